"""The size of type of every line of a page: what the boxes of scanned lines say is settled by their neighbours."""

from collections.abc import Sequence
from statistics import median

from corpus.readers.alto.content import PrintedLine

NEAR = 1.3
"""Times by which the boxes of lines of one type differ: a line of 一 and 人 has less height than one of 《建筑》."""
MOST = 0.9
"""Share of lines whose boxes must bear the file's FONTSIZE out before it is believed."""


def sizes(lines: Sequence[PrintedLine]) -> list[float]:
    """The em of each line in the page's unit; every line has a box.

    The file's own sizes where the boxes bear them out; else the middle of its block's lines, where it is near that.
    """
    measured = [each.line.size for each in lines]
    if not lines or all(each.points for each in lines):
        unit = median(size / each.points for size, each in zip(measured, lines, strict=True)) if lines else 0.0
        stated = [each.points * unit for each in lines]
        if sum(map(_near, stated, measured)) >= MOST * len(lines):
            return stated
    blocks: dict[str, list[float]] = {}
    for size, each in zip(measured, lines, strict=True):
        blocks.setdefault(each.block, []).append(size)
    middles = {name: median(found) for name, found in blocks.items()}
    found = []
    for size, each in zip(measured, lines, strict=True):
        middle = middles[each.block]
        found.append(middle if _near(middle, size) else size)
    return found


def _near(one: float, other: float) -> bool:
    return max(one, other) <= NEAR * min(one, other)
