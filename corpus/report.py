"""What a run tells its user, as text: a line for a page, for a reject, and the summary. Whoever calls prints it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.naming import printable
from corpus.output import Output
from corpus.rejects import Reject
from corpus.tally import Tally
from schemas.layout import Page

if TYPE_CHECKING:
    from corpus.partitions import Partitions

MOST_NOTES = 5
"""Kinds of notes that the summary has."""
SHOWN = 30
"""Characters of a stretch of text that a line shows."""


def page(path: str, tally: Tally, notes: Sequence[str] = ()) -> str:
    """What one page file gave, and what was odd about its bytes."""
    figures = ", ".join(f"{tally.found[kind]} {kind}" for kind in ("places", "counts", "dates", "activities"))
    how = ", ".join(f"{count} pages {name}" if count > 1 else name for name, count in tally.formats.items())
    what = f"{how}: {tally.articles} articles, {figures}" if tally.formats else "no page"
    return printable(f"{path}: {what}" + "".join(f"  ({note})" for note in notes))


def marked(page: Page) -> Iterator[str]:
    """What a page's format says of its parts, a line each: characters, role, why, how much it counts, how it begins."""
    source = page.source
    yield printable(f"{source.path}: {source.format} {source.encoding}, {len(page.text)} characters")
    known = (source.paper, source.issue_date, source.page and f"page {source.page}")
    yield "  " + (", ".join(str(each) for each in known if each) or "paper, date and page are not known")
    stretches: list[tuple[int, int, str]] = [
        (mark.start, mark.end, f"  {mark.role or 'block':9} {mark.reason} ({mark.points:g})") for mark in page.marks
    ] + [
        (region.start, region.end, f"{'article' if region.single else 'region'}: {region.reason}")
        for region in page.regions
    ]
    if not stretches:
        yield "  the format says nothing of its parts"
    for start, end, what in sorted(stretches, key=lambda each: (each[0], -each[1])):
        text = page.text[start:end]
        begin = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        yield f"  {f'{start}-{end}':>13} {what}: {printable(' / '.join(begin.split()))}"


def reject(rejected: Reject, verbose: bool = False) -> str:
    """What was not read, why, and the remedy; with the traceback where there is one and it is wanted.

    >>> print(reject(Reject("page.txt", "empty", "the file has no text")))
    rejected page.txt: the file has no text [empty]
             remove the file or export the page again
    """
    what = printable(f"rejected {rejected.path}: {rejected.message} [{rejected.reason}]")
    detail = [f"\n{printable(line)}" for line in rejected.detail.rstrip().split("\n")] if rejected.detail else []
    return f"{what}\n         {rejected.remedy}{''.join(detail) if verbose else ''}"


def summary(total: Tally, rejected: int, seconds: float, out: "Output | Partitions", following: str) -> Iterator[str]:
    """What the run found, how long it took, where it is, and the command to try next."""
    found = total.found
    photos = f" ({found['photo stories']} of them photo stories)" if found["photo stories"] else ""
    pages = f"{found['pages']} page{'s' * (found['pages'] != 1)}"
    yield f"{pages}, {total.articles} articles{photos}, {rejected} rejected, {seconds:.1f} s"
    if total.formats:
        yield "read       " + ", ".join(f"{count} {name}" for name, count in total.formats.most_common(8))
    for note, count in total.notes.most_common(MOST_NOTES):
        yield printable(f"noted      {count} × {note}")
    if len(total.notes) > MOST_NOTES:
        yield "noted      and more; --verbose shows every page with its notes"
    kinds = ("places", "people", "organizations", "dates", "counts", "activities")
    if total.articles:
        yield "found      " + ", ".join(f"{found[kind]} {kind}" for kind in kinds)
    if total.types:
        yield "activities " + ", ".join(f"{name} {count}" for name, count in total.types.most_common(8))
    if not isinstance(out, Output):
        yield f"parts      {out.made} made, {len(out.kept)} kept with {sum(part.records for part in out.kept)} articles"
    if out.records:
        yield f"records    {out.records}"
    if out.leftovers:
        yield f"no article {out.leftovers}"
    if out.rejects and rejected:
        yield f"rejected   {out.rejects}"
    if total.articles:
        yield f"next       {following}"
