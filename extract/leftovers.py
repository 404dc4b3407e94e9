"""What of a page belongs to no article, so that nothing vanishes: a printed character is in a block or here."""

from collections.abc import Sequence

from extract.block_context import Role
from extract.blocks import Reading
from extract.lines import read_lines
from schemas.layout import Article, Leftover


def leftovers(page: str, readings: Sequence[Reading], articles: Sequence[Article]) -> tuple[Leftover, ...]:
    """The page's characters outside all blocks, by line, with the reason; offsets over the page.

    >>> leftovers("新闻热线 027-85550000\\n", (), ())  # a hotline that nobody has read yet
    (Leftover(reason='unassigned', start=0, end=17),)
    """
    reasons = {
        start: reading.evidence[0].reason
        for reading in readings
        if reading.role is Role.FURNITURE
        for start, _ in reading.piece.ranges
    }
    reasons |= {
        start: "credit without an article"
        for reading in readings
        if reading.role is Role.CREDIT
        for start, _ in reading.piece.ranges
    }
    taken = sorted(r for a in articles for b in a.blocks for r in b.source)
    found, k = [], 0
    for line in read_lines(page):
        at = line.start
        while k < len(taken) and taken[k][1] <= at:
            k += 1
        m = k
        while at < line.end:
            stop = min(taken[m][0], line.end) if m < len(taken) else line.end
            if at < stop and page[at:stop].strip():
                found.append(Leftover(reasons.get(line.start, "unassigned"), at, stop))
            if m >= len(taken):
                break
            at = max(at, taken[m][1])
            m += 1
    return tuple(found)
