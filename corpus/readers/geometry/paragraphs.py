"""The lines of an article's columns to paragraphs: by indent, short last lines and white between lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.geometry.blocks import Block
from corpus.readers.geometry.runs import glue
from corpus.readers.geometry.shapes import Box, PositionedLine, around
from corpus.readers.geometry.type_sizes import RAISED, Body, body_of
from schemas.layout import SETTLED, MarkRole

TERMINAL = "。！？!?…”’」』）)；;："
"""What a paragraph's last line ends in; a column that ends in something else goes on."""
STOPS = "。；;，,、"
LONGEST_CROSSHEAD = 30
INDENT = (1.3, 4.6)
"""Ems by which the first line of a paragraph is set in: two, as a rule, four in some papers."""
SHORT = 1.8
"""Ems that a line leaves free at its end from which it is the last of its paragraph; less is left by stops that may
not begin a line."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One block of the page's text as it will be written; `role` None: not known."""

    text: str
    role: MarkRole | None
    reason: str = ""
    points: float = SETTLED
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with where it stands in its column, in ems of the body."""

    line: PositionedLine
    indent: float
    free: float
    white: float  # above it, inside its column
    top: bool  # of a column


def paragraphs(texts: Sequence[Block], page: Body, sure: bool) -> list[Printed]:
    """The text of an article, whose blocks are given in reading order, as paragraphs, crossheads and loose lines.

    `sure`: the columns are one article's, so that a paragraph goes on from column to column.
    """
    body = body_of([line for block in texts for line in block.lines])
    lines = _measured(texts, body)
    indented = _indented(lines)
    found: list[list[_Line]] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _starts(line, before, indented, body, sure):
            found.append([line])
        else:
            found[-1].append(line)
    return [
        _printed(piece, found[n + 1] if n + 1 < len(found) else None, found[n - 1] if n else None, indented, body, page)
        for n, piece in enumerate(found)
    ]


def in_columns(texts: Sequence[Block], figures: Sequence[Box]) -> list[Block]:
    """Blocks in reading order: columns from left to right, each from above; a picture across all of them divides it."""
    if not texts:
        return []
    whole = around(text.box for text in texts)
    cuts = sorted(
        box.level
        for box in figures
        if box.overlap_x(whole) > 0.85 * whole.width and whole.top < box.top and box.bottom < whole.bottom
        and len({round(text.box.left / text.size / 3) for text in texts}) > 1
    )  # fmt: skip

    def band(text: Block) -> int:
        return sum(cut < text.box.level for cut in cuts)

    ordered: list[Block] = []
    for n in range(len(cuts) + 1):
        columns: list[list[Block]] = []
        for text in sorted((t for t in texts if band(t) == n), key=lambda t: (t.box.left, t.box.top)):
            of = next((c for c in columns if _one_column(around(t.box for t in c), text.box)), None)
            if of is None:
                columns.append([text])
            else:
                of.append(text)
        for column in columns:
            ordered += sorted(column, key=lambda t: t.box.top)
    return ordered


def _one_column(column: Box, box: Box) -> bool:
    return column.overlap_x(box) > 0.5 * min(column.width, box.width)


def _measured(texts: Sequence[Block], body: Body) -> list[_Line]:
    columns: list[tuple[Box, list[Block]]] = []
    for text in texts:
        if columns and _one_column(columns[-1][0], text.box) and text.box.top > columns[-1][0].top:
            columns[-1][1].append(text)
            columns[-1] = (around((columns[-1][0], text.box)), columns[-1][1])
        else:
            columns.append((text.box, [text]))
    broadest = max((box.width for box, _ in columns), default=0.0)
    found: list[_Line] = []
    for box, mine in columns:
        left, right, bottom = box.left, box.right, None
        if len([1 for text in mine for _ in text.lines]) < 4 and broadest < 1.5 * box.width:
            right = max(right, left + broadest)  # a column of few short lines does not show its own measure
        for text in mine:
            for line in text.lines:
                white = 0.0 if bottom is None else (line.box.top - bottom) / body.size
                indent, free = (line.box.left - left) / body.size, (right - line.box.right) / body.size
                found.append(_Line(line, indent, free, white, bottom is None))
                bottom = line.box.bottom
    return found


def _indented(lines: Sequence[_Line]) -> bool:
    """Whether paragraphs begin with an indent here: some lines have it, and most lines that follow a short one."""
    after_short = [line for last, line in pairwise(lines) if last.free > SHORT and last.line.text[-1] in TERMINAL]
    if not after_short:
        return any(_set_in(line) for line in lines)
    return 2 * sum(_set_in(line) for line in after_short) >= len(after_short)


def _set_in(line: _Line) -> bool:
    return INDENT[0] < line.indent < INDENT[1]


def _centred(line: _Line) -> bool:
    return line.indent > 2.6 and line.free > 1 and abs(line.indent - line.free) < 1.3


def _apart(line: _Line, body: Body) -> bool:
    return body.differs(line.line) or body.times(line.line.size) >= RAISED or body.times(line.line.size) < 1 / RAISED


def _starts(line: _Line, before: _Line, indented: bool, body: Body, sure: bool) -> bool:
    """Whether a printed block begins with this line."""
    if line.line.role != before.line.role or _apart(line, body) != _apart(before, body):
        return True
    if line.line.block and line.line.block == before.line.block and not indented:
        return False
    if _set_in(line) or _centred(line) != _centred(before):
        return True
    if line.top and not sure:
        return True
    ended = before.line.text[-1:] in TERMINAL
    if line.indent > INDENT[1]:
        return True
    if before.free > SHORT:
        # a line can also be short for the stop or the number that would not be parted
        return ended or (not indented and not line.top) or before.free > 3 * SHORT
    return not indented and ended and line.white > 1.2


def _printed(
    piece: list[_Line], after: list[_Line] | None, before: list[_Line] | None, indented: bool, body: Body, page: Body
) -> Printed:
    text = ""
    for line in piece:
        text += glue(text, line.line.text) + line.line.text
    first, last = piece[0], piece[-1]
    said = first.line.role
    if said is not None:
        return Printed(text, said, "the format's own label", whole=len(piece) > 1 or last.free > SHORT)
    if len(text) <= LONGEST_CROSSHEAD and len(piece) <= 2 and text[-1] not in STOPS and after:
        if _apart(first, body) and page.times(first.line.size) >= RAISED:
            return Printed(text, "crosshead", "larger type in the column", 3.0, True)
        if before and len(piece) == 1 and first.free > 1.3 and abs(first.indent - first.free) < 1.3:
            return Printed(text, "crosshead", "in the middle of the column", 3.0, True)
        if before and body.differs(first.line):
            return Printed(text, "crosshead", "another face in the column", 2.0, True)
    if first.indent > INDENT[1] and len(piece) <= 2:
        return Printed(text, None)  # set to the right: a byline, a place and date, a signature
    begins = _set_in(first) or not indented
    new = after is None or not indented or _set_in(after[0]) or _centred(after[0]) or _apart(after[0], body)
    ends = text[-1] in TERMINAL and (last.free > SHORT or new)
    if len(piece) == 1 and not (begins and ends):
        return Printed(text, None)
    return Printed(text, "paragraph", "indent and last line" if indented else "short last line", whole=begins and ends)
