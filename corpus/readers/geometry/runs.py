"""Pieces of one printed line put together where only a space was between them, not a gutter.

A format that knows characters and not lines (PDF) cuts a line wherever the gap is wide; whether that is the space of a
two-part headline or the gutter between two columns shows in what stands above and below.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.geometry.nearby import Rows
from corpus.readers.geometry.shapes import Box, PositionedLine, around
from corpus.readers.geometry.type_sizes import RAISED, Body, alike

WIDEST_SPACE = 2.6
"""Ems between two pieces that can still be one line."""
WIDEST_IN_HEADLINE = 1.4
"""The same in a headline: its two parts are set apart by one character, two headlines by what their widths leave."""
LEVEL = 0.25
"""Ems between the middles of two pieces of one line."""
LOOK = 4.0
"""Ems above and below a gap in which other lines tell whether it is a gutter."""
LATIN = re.compile(r"[0-9A-Za-z]")


def joined(lines: Sequence[PositionedLine], body: Body, bars: Sequence[Box] = ()) -> list[PositionedLine]:
    """The lines with their pieces put together, in no special order; vertical ones and marked blocks as they are.

    `bars`: upright rules and sides of frames, which no line goes over.
    """
    rows = Rows(lines, body.size)
    found: list[PositionedLine] = []
    levels: dict[int, list[int]] = {}  # height in ems → lines found there
    for line in sorted(lines, key=lambda line: (line.box.left, line.box.top)):
        first, last = (int((line.box.level + part * line.size) // body.size) for part in (-LEVEL, LEVEL))
        near = [n for level in range(first, last + 1) for n in levels.get(level, ())]
        before = _before(line, near, found, rows, body) if line.writing == "horizontal" else None
        if before is not None and _parted(found[before].box, line.box, bars):
            before = None
        if before is None:
            levels.setdefault(int(line.box.level // body.size), []).append(len(found))
            found.append(line)
        else:
            found[before] = _one(found[before], line)
    return found


def glue(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: nothing in Chinese, a space between two Latin words.

    >>> glue("社区", "居民"), glue("Open", "Day"), glue("12", "345")  # community residents
    ('', ' ', '')
    """
    if not (before and after and before[-1].isascii() and after[0].isascii()):
        return ""
    return " " if before[-1].isalpha() and after[0].isalpha() else ""


def _before(
    line: PositionedLine, near: Sequence[int], found: Sequence[PositionedLine], rows: Rows, body: Body
) -> int | None:
    """Which of the lines `near` this one goes on with."""
    best, least = None, WIDEST_SPACE
    for at in near:
        other = found[at]
        if other.writing != "horizontal" or other.block != line.block or not alike(other.size, line.size):
            continue
        gap = (line.box.left - other.box.right) / line.size
        level = abs(line.box.level - other.box.level) / line.size
        if level < LEVEL and -0.6 < gap < least and not _gutter(other, line, rows, body):
            best, least = at, gap
    return best


def _parted(left: Box, right: Box, bars: Sequence[Box]) -> bool:
    return any(left.middle < bar.middle < right.middle and bar.overlap_y(right) > 0 for bar in bars)


def _gutter(left: PositionedLine, right: PositionedLine, rows: Rows, body: Body) -> bool:
    """Whether the gap between the two parts columns.

    It does not where a line of the same type goes over it right above or below; else it does in type of the body's
    size, and in larger type where there is text on both sides that leaves the gap free.
    """
    gap = Box(left.box.right, left.box.top, right.box.left, left.box.bottom)
    if gap.width < 0.3 * left.size:
        return False
    large = body.times(left.size) >= RAISED
    if large and gap.width > WIDEST_IN_HEADLINE * left.size:
        return True
    sides = [0, 0]
    for line in rows.near(gap, LOOK * left.size):
        box = line.box
        if line is left or line is right or not -LOOK * left.size < box.overlap_y(gap) < 0.5 * gap.height:
            continue
        if box.overlap_x(gap) > gap.width - 0.2 * left.size:
            # a headline over two columns goes over their gutter too
            if box.overlap_y(gap) > -1.2 * left.size and alike(line.size, left.size):
                return False
            continue
        sides[0] += -2 * left.size < box.right - gap.left <= gap.width
        sides[1] += -gap.width <= box.left - gap.right < 2 * left.size
    return not large or min(sides) > 0


def _one(left: PositionedLine, right: PositionedLine) -> PositionedLine:
    gap = (right.box.left - left.box.right) / right.size
    latin = LATIN.match(left.text[-1]) and LATIN.match(right.text[0])
    space = " " if gap > (0.15 if latin else 0.5) else ""
    return replace(left, text=left.text + space + right.text, box=around((left.box, right.box)))
