"""/articles/ID/correct: what is wrong with an article; then what putting it right changes, before it is done."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from corpus.archive.database import ArchiveError
from corpus.corrections.change import Change, Found, Pair
from corpus.corrections.changes import difference
from corpus.corrections.correction import CorrectionError
from web import panel, said
from web.language import Language, of_request
from web.links import link
from web.panel import editor
from web.reading import archive
from web.refusals import in_words
from web.templating import page

LINES = 60
"""Lines of an article whose changes are shown."""


def correct(request: Request) -> Response:
    """The article with everything that can be put right about it."""
    with archive(request) as database:
        shown = panel.panel(request, database, request.path_params["id"])
    back = link(f"/articles/{shown.record.article.id}/correct", {"page": shown.page} if shown.page else {})
    return page(request, "correct.html", panel=shown, back=back)


def preview(request: Request, form: FormData) -> Response:
    """What the corrections that a form asks for would change, with what is needed to confirm them."""
    fields, speech = flat(form), of_request(request)
    with archive(request) as database:
        _, article = panel.article(database, request.path_params["id"], panel.number(fields.get("page", "")))
    back = local(fields.get("back", "")) or f"/articles/{article.record.article.id}"
    if fields.get("seal") != article.seal:
        return changed_meanwhile(request, back)
    try:
        change = Change(tuple(said.corrections(article, fields)))
        found = panel.desk(request).preview(change)
    except CorrectionError as error:
        return refused(request, in_words(str(error), speech), back)
    return shown(request, change, found, back)


def shown(request: Request, change: Change, found: Found, back: str) -> Response:
    """The preview of a change."""
    speech = of_request(request)
    lines = "\n".join(each.line().decode().rstrip() for each in change.added)
    refusal = found.refusal and in_words(found.refusal, speech)
    if change.added and len(found.known) == len(change.added):
        refusal = speech.text("The corrections say so already.")
    return page(
        request,
        "preview.html",
        status=_status(request, 422) if refusal else 200,
        change=change,
        found=found,
        refusal=refusal,
        differences=[(after or before, before is None, after is None, told(pair, speech)) for pair in found.shown
                     for before, after in (pair,)],
        lapsed=[(each.correction, each.line, in_words(each.reason, speech)) for each in found.lapsed],
        lines=lines,
        back=back,
        by=editor(request),
    )  # fmt: skip


def refused(request: Request, reason: str, back: str, status: int = 422) -> Response:
    """What cannot be done, and why."""
    return page(request, "refused.html", status=_status(request, status), reason=reason, back=back)


def _status(request: Request, status: int) -> int:
    """For our own script, which shows the answer over the page, what is refused is no failure."""
    return 200 if "x-preview" in request.headers else status


def changed_meanwhile(request: Request, back: str) -> Response:
    """Somebody else was quicker."""
    return refused(request, in_words("it was changed meanwhile", of_request(request)), back, 409)


def busy(request: Request, error: ArchiveError, back: str) -> Response:
    """Somebody else is writing."""
    return refused(request, in_words(str(error), of_request(request)), back, 503)


def told(pair: Pair, speech: Language) -> list[str]:
    """The lines of an article that change."""
    before, after = pair
    if after is None:
        return []
    lines = list(difference(before, after, speech))
    more = len(lines) - LINES
    if more <= 0:
        return lines
    return [*lines[:LINES], speech.several("… %(count)s more line", "… %(count)s more lines", more)]


def flat(form: FormData) -> dict[str, str]:
    """A form with one text a field."""
    found: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found[name] = f"{found[name]}；{value}" if found.get(name) else value
    return found


def local(address: str) -> str | None:
    """An address of this site to go back to; None for any other."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isascii()
    return address if plain and address.isprintable() and "\\" not in address else None
