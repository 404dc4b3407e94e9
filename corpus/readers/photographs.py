"""Where a scanned page shows photographs: stretches that are darker than paper and hold no type."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from corpus.readers.geometry import Box

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

DARK = 0.85
"""Share of the paper's brightness below which a square is not paper."""
LEAST = 4
"""Ems of the shorter side of the smallest photograph."""
FULL = 0.6
"""Share of its box that a photograph fills."""


def photographs(grey: "NDArray[numpy.uint8]", lines: Sequence[Box], em: float) -> list[Box]:
    """The boxes of photographs on `grey`, a page of rows of pixels (0 black), whose `lines` of type are known."""
    side = max(1, round(em))
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    if not rows or not columns:
        return []
    squares = grey[: rows * side, : columns * side].reshape(rows, side, columns, side).mean(axis=(1, 3))
    dark = squares < DARK * float(sorted(squares.ravel().tolist())[-max(1, squares.size // 4)])
    for box in lines:
        top, left = max(0, int(box.top // side)), max(0, int(box.left // side))
        dark[top : int(box.bottom // side) + 1, left : int(box.right // side) + 1] = False
    found = []
    for cells in _connected(dark):
        ys, xs = [y for y, _ in cells], [x for _, x in cells]
        height, width = max(ys) - min(ys) + 1, max(xs) - min(xs) + 1
        if min(height, width) >= LEAST and len(cells) >= FULL * height * width:
            found.append(Box(min(xs) * side, min(ys) * side, (max(xs) + 1) * side, (max(ys) + 1) * side))
    return found


def _connected(dark: Any) -> Iterable[list[tuple[int, int]]]:
    waiting = {(y, x) for y, x in zip(*(axis.tolist() for axis in dark.nonzero()), strict=True)}
    while waiting:
        ahead, cells = [waiting.pop()], []
        while ahead:
            y, x = ahead.pop()
            cells.append((y, x))
            for each in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if each in waiting:
                    waiting.remove(each)
                    ahead.append(each)
        yield cells
