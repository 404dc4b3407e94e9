"""The order in which the parts of a page are read, after Breuel: from above inside a column, columns from the left."""

from collections.abc import Sequence

from corpus.readers.geometry.shapes import Box


def in_order(boxes: Sequence[Box]) -> list[int]:
    """Indices of the boxes in reading order.

    >>> in_order([Box(50, 0, 90, 40), Box(0, 50, 90, 90), Box(0, 0, 40, 40)])  # right, below both, left
    [2, 0, 1]
    """
    waiting = sorted(range(len(boxes)), key=lambda n: (boxes[n].top, boxes[n].left))
    found: list[int] = []
    while waiting:
        ready = (n for n in waiting if not any(m != n and _before(boxes[m], boxes[n]) for m in waiting))
        each = next(ready, waiting[0])
        found.append(each)
        waiting.remove(each)
    return found


def _before(one: Box, other: Box) -> bool:
    """Whether `one` is read before `other`: it is above, sharing some of its width, or to its left at its height."""
    if one.overlap_x(other) > 0.1 * min(one.width, other.width):
        return one.level < other.level and one.overlap_y(other) < 0.5 * min(one.height, other.height)
    return one.middle < other.middle and one.overlap_y(other) > 0.3 * min(one.height, other.height)
