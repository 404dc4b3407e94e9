"""/review: the least certain articles, one after the other; each is approved, or put right and then approved."""

import re

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from corpus.archive import doubt_index
from corpus.archive.database import ArchiveError
from corpus.archive.doubts import DOUBTS
from corpus.corrections import replay, reviewing
from corpus.corrections.carrying_out import now
from corpus.corrections.correction import CorrectionError
from web import panel
from web.language import of_request
from web.links import link
from web.pages.correcting import busy, changed_meanwhile, flat, refused
from web.panel import desk, editor
from web.problems import wrong
from web.reading import archive
from web.refusals import in_words
from web.templating import page

START = (doubt_index.TOP, 0)


def review(request: Request) -> Response:
    """An article of the queue: the one that is named, or the first behind `after`."""
    after = _after(request.query_params.get("after", ""))
    named = request.query_params.get("article")
    with archive(request) as database:
        ahead = list(doubt_index.queue(database, 2, after))
        looked, every = doubt_index.progress(database)
        approved = panel.saved(database, request.query_params.get("approved", ""))
        shown = panel.panel(request, database, named or ahead[0].record_id) if named or ahead else None
    own = shown.doubts if shown else None
    # where it stands no more where it stood, because it was corrected, one goes on from where one came
    here = (own.points, own.article) if own and ahead and ahead[0].article == own.article else after
    return page(
        request, "review.html", panel=shown, looked=looked, every=every, by=editor(request),
        signs=[(each.name, own.signals[each.name]) for each in DOUBTS if own and each.name in own.signals],
        after=_told(after), approved=approved, behind=_told(here),
        back=link("/review", {"article": shown.record.article.id, "after": _told(after)}) if shown else "/review",
    )  # fmt: skip


def approve(request: Request, form: FormData) -> Response:
    """Somebody has looked at the article as it was shown, and it is right."""
    fields, speech = flat(form), of_request(request)
    after = _told(_after(fields.get("after", "")))
    back = link("/review", {"article": fields.get("article", ""), "after": after})
    with archive(request) as database:
        _, article = panel.article(database, fields.get("article", ""))
        lines = replay.lines(database, desk(request).corrector.path)
    if fields.get("seal") != article.seal:
        return changed_meanwhile(request, back)
    try:
        change = reviewing.approval(article.record, lines, by=editor(request) or None, at=now())
        desk(request).save(change)
    except CorrectionError as error:
        return refused(request, in_words(str(error), speech), back, 409)
    except ArchiveError as error:
        return busy(request, error, back)
    if request.headers.get("accept") == "application/json":
        return JSONResponse({"approved": change.added[0].id})
    behind = _told(_after(fields.get("behind", "")))
    return RedirectResponse(link("/review", {"after": behind, "approved": change.added[0].id}), 303)


def _after(given: str) -> tuple[int, int]:
    if not given:
        return START
    match = re.fullmatch(r"(\d{1,6})\.(\d{1,15})", given, re.ASCII)
    if match is None:
        raise wrong("%(name)s is no place in the queue; begin at its first article.", name="after")
    return int(match[1]), int(match[2])


def _told(place: tuple[int, int]) -> str:
    return "" if place == START else f"{place[0]}.{place[1]}"
