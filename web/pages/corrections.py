"""/corrections: what editors have put right, and what became of it; saving a change and taking one back."""

from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus.archive.database import ArchiveError
from corpus.corrections import replay
from corpus.corrections.carrying_out import now
from corpus.corrections.change import Change, Expected, MeanwhileError
from corpus.corrections.correction import Correction, CorrectionError
from corpus.corrections.kinds import parse
from corpus.corrections.listing import listed
from corpus.naming import printable
from corpus.records import from_json
from web import parameters
from web.language import of_request
from web.pages.correcting import busy, changed_meanwhile, flat, local, refused, shown
from web.panel import EDITOR, desk
from web.problems import wrong
from web.reading import archive
from web.refusals import in_words
from web.templating import YEAR, page

MOST_LINES = 20
"""Corrections that are saved at once."""


def corrections(request: Request) -> Response:
    """The corrections, the last one first."""
    paging = parameters.paging(request)
    with archive(request) as database:
        lines = replay.lines(database, desk(request).corrector.path)
        found = list(listed(database, lines))[::-1]
    speech = of_request(request)
    rows = [(each, _about(each.correction), each.reason and in_words(each.reason, speech)) for each in
            found[paging.offset : paging.offset + paging.per_page]]  # fmt: skip
    bad = [(line.number, line.problem) for line in lines if line.problem]
    saved = next((each.correction for each in found if each.correction.id == request.query_params.get("saved")), None)
    return page(
        request, "corrections.html", rows=rows, total=len(found), paging=paging, bad=bad, saved=saved,
        undone="undone" in request.query_params, file=desk(request).corrector.path.name,
    )  # fmt: skip


def _about(correction: Correction) -> str:
    """The words that a correction is about."""
    values = correction.values
    for field in ("entity", "words", "block", "before", "count", "date", "activity"):
        if field in values:
            return str(values[field].get("name") or values[field].get("text"))
    return str(values.get("name") or values.get("title") or "")


def save(request: Request, form: FormData) -> Response:
    """Save what was shown: the lines and the fingerprint of the preview."""
    fields = flat(form)
    back = local(fields.get("back", "")) or "/corrections"
    by, note = (printable(" ".join(fields.get(each, "").split()))[:200] or None for each in ("by", "note"))
    change = Change(tuple(_lines(fields.get("lines", ""), by, note)))
    answer = _done(request, change, Expected(fields.get("fingerprint", "")), back, {"saved": change.added[0].id})
    answer.set_cookie(EDITOR, quote((by or "")[:60]), max_age=YEAR, httponly=True, samesite="strict")
    return answer


def undo(request: Request, form: FormData) -> Response:
    """Take a correction back, at once; where much hangs on it, after it was shown."""
    fields = flat(form)
    back = local(fields.get("back", "")) or "/corrections"
    change = Change(removed=request.path_params["correction"])
    if not fields.get("fingerprint"):
        try:
            found = desk(request).preview(change)
        except CorrectionError as error:
            return refused(request, in_words(str(error), of_request(request)), back, 409)
        if found.unseen or found.lapsed:
            return shown(request, change, found, back)
        return _done(request, change, Expected(found.fingerprint), back, {"undone": "1"})
    return _done(request, change, Expected(fields["fingerprint"]), back, {"undone": "1"})


def carrying_out(request: Request) -> Response:
    """How far a large change has come."""
    errand = desk(request).errand
    message = in_words(errand.message, of_request(request)) if errand else ""
    return page(request, "carrying_out.html", errand=errand, message=message)


def _done(request: Request, change: Change, expected: Expected, back: str, told: dict[str, str]) -> Response:
    try:
        found = desk(request).save(change, expected, expected.whole)
    except MeanwhileError:
        return changed_meanwhile(request, back)
    except CorrectionError as error:
        return refused(request, in_words(str(error), of_request(request)), back, 409)
    except ArchiveError as error:
        return busy(request, error, back)
    if found is None:
        return RedirectResponse("/corrections/carrying-out", 303)
    path, _, query = back.partition("?")
    kept = [each for each in query.split("&") if each and each.partition("=")[0] not in ("saved", "undone")]
    return RedirectResponse(f"{path}?{'&'.join([*kept, urlencode(told)])}", 303)


def _lines(lines: str, by: str | None, note: str | None) -> list[Correction]:
    made = []
    for line in lines.split("\n")[:MOST_LINES]:
        try:
            values = from_json(line.encode())
            values = {key: each for key, each in values.items() if key not in ("id", "by", "at", "note")}
            told = {"by": by, "note": note, "at": now()}
            made.append(parse(values | {key: each for key, each in told.items() if each}))
        except (ValueError, AttributeError, RecursionError):
            raise wrong("The form does not say what is to be saved. Go back and begin again.") from None
    return made
