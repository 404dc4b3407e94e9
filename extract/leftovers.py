"""What of a page belongs to no article, so that nothing vanishes: a printed character is in a block or here."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from extract.block_roles import Role
from extract.blocks import Reading
from extract.lines import Line, read_lines
from schemas.layout import Article, Leftover, Range


def leftovers(page: str, readings: Sequence[Reading], articles: Sequence[Article]) -> tuple[Leftover, ...]:
    """The page's characters outside all blocks, by line, with the reason; offsets over the page.

    >>> leftovers("新闻热线 027-85550000\\n", (), ())  # a hotline that nobody has read yet
    (Leftover(reason='unassigned', start=0, end=17),)
    """
    reasons: dict[int, str] = {}
    for reading in readings:
        if reading.role is Role.FURNITURE:
            reasons.update((start, reading.evidence[0].reason) for start, _ in reading.piece.ranges)
        elif reading.role is Role.CREDIT:
            reasons.update((start, "credit without an article") for start, _ in reading.piece.ranges)
    found = []
    lines: Sequence[Line] = ()
    for start, end in _gaps(page, sorted(r for a in articles for b in a.blocks for r in b.source)):
        lines = lines or read_lines(page)
        for line in lines[bisect_right(lines, start, key=_end) :]:
            if line.start >= end:
                break
            at, stop = max(start, line.start), min(end, line.end)
            if page[at:stop].strip():
                found.append(Leftover(reasons.get(line.start, "unassigned"), at, stop))
    return tuple(found)


def _end(line: Line) -> int:
    return line.end


def _gaps(page: str, taken: Iterable[Range]) -> Iterator[Range]:
    """The stretches between those taken on which anything is printed."""
    at = 0
    for start, end in [*taken, (len(page), len(page))]:
        if at < start and not page[at:start].isspace():
            yield at, start
        at = max(at, end)
