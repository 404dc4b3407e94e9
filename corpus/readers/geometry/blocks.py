"""Lines to blocks: what is set one line under the other in one size is one printed block, as ALTO's TextBlock."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.geometry.nearby import Rows
from corpus.readers.geometry.shapes import Box, PositionedLine, around
from corpus.readers.geometry.type_sizes import alike

WIDEST_LEADING = 0.95
"""Ems of white between two lines of one block."""
INDENT = 4.6
"""Ems by which lines of one paragraph are set in at most."""
OVERHANG = 1.6
"""Ems that a line may stand out from the block above it."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, each under the one before it."""

    lines: tuple[PositionedLine, ...]
    box: Box
    size: float

    @property
    def length(self) -> int:
        """Characters."""
        return sum(len(line.text) for line in self.lines)


def block(lines: Sequence[PositionedLine]) -> Block:
    """The lines, of which there must be one, as a block."""
    return Block(tuple(lines), around(line.box for line in lines), max(line.size for line in lines))


def blocks(lines: Sequence[PositionedLine], barriers: Sequence[Box]) -> list[Block]:
    """The blocks that horizontal `lines` make, by height; no block goes over one of `barriers` (rules, pictures)."""
    ordered = sorted(lines, key=lambda line: (line.box.top, line.box.left))
    rows = Rows(ordered, median(line.size for line in ordered) if ordered else 1.0)
    stacks: list[list[PositionedLine]] = []
    open_stacks: list[list[PositionedLine]] = []
    for line in ordered:
        open_stacks = [stack for stack in open_stacks if line.box.top < stack[-1].box.bottom + 1.2 * stack[-1].size]
        above = [
            stack for stack in open_stacks if _under(line, stack) and not _alone(line, stack, rows)
            and not _barred(stack[-1].box, line.box, barriers)
        ]  # fmt: skip
        if above:
            max(above, key=lambda stack: stack[-1].box.bottom).append(line)
        else:
            stacks.append([line])
            open_stacks.append(stacks[-1])
    return [block(stack) for stack in stacks]


def _under(line: PositionedLine, stack: list[PositionedLine]) -> bool:
    """Whether the line goes on with the stack of lines."""
    last, size = stack[-1], line.size
    if line.block != last.block or line.role != last.role or not alike(size, last.size):
        return False
    white = (line.box.top - last.box.bottom) / size
    if not -0.6 < white < WIDEST_LEADING or line.box.top <= last.box.top + 0.3 * size:
        return False
    whole = around(each.box for each in stack)
    if line.box.overlap_x(whole) < 0.5 * min(line.box.width, whole.width):
        return False
    left, right = (line.box.left - whole.left) / size, (line.box.right - whole.right) / size
    if len(stack) == 1 and abs(left) < INDENT:
        return True  # one line can be the short end or the indented beginning of a paragraph of any width
    full = len(stack) > 1 and last.box.right > whole.right - 2 * size
    return max(-left, right) < OVERHANG + (0 if full else 1) + (4 if len(stack) == 1 else 0)


def _alone(line: PositionedLine, stack: list[PositionedLine], rows: Rows) -> bool:
    """Whether another line stands beside this one below the same stack: then these are columns of their own."""
    whole = around(each.box for each in stack)
    return any(
        other is not line
        and other.writing == "horizontal"
        and other.box.overlap_y(line.box) > 0.5 * min(other.box.height, line.box.height)
        and other.box.overlap_x(whole) > 1.5 * line.size
        and other.box.overlap_x(line.box) <= 0
        for other in rows.near(line.box)
    )


def _barred(upper: Box, lower: Box, barriers: Sequence[Box]) -> bool:
    """Whether a rule or picture stands between two boxes, one under the other."""
    return any(
        bar.level > upper.level
        and bar.level < lower.level
        and bar.overlap_x(lower) > 0.4 * min(lower.width, upper.width)
        for bar in barriers
    )
