"""Lines by height, so that a line's neighbours are found without looking at the whole page."""

from collections.abc import Iterator, Sequence

from corpus.readers.geometry.shapes import Box, PositionedLine

MOST_ROWS = 2000
"""Rows that a page is divided into at most; a broadsheet page has about 150 lines in a column."""


class Rows:
    """The lines of a page in rows of one height."""

    def __init__(self, lines: Sequence[PositionedLine], height: float) -> None:
        top = min((line.box.top for line in lines), default=0.0)
        bottom = max((line.box.bottom for line in lines), default=0.0)
        self._top = top
        self._height = max(height, (bottom - top) / MOST_ROWS, 1e-9)
        self._rows: dict[int, list[tuple[int, PositionedLine]]] = {}
        for n, line in enumerate(lines):
            for row in self._range(line.box.top, line.box.bottom):
                self._rows.setdefault(row, []).append((n, line))

    def near(self, box: Box, white: float = 0.0) -> Iterator[PositionedLine]:
        """Every line that shares some height with `box`, or is at most `white` above or below it, once; some others."""
        seen: set[int] = set()
        for row in self._range(box.top - white, box.bottom + white):
            for n, line in self._rows.get(row, ()):
                if n not in seen:
                    seen.add(n)
                    yield line

    def _range(self, top: float, bottom: float) -> range:
        return range(int((top - self._top) // self._height), int((bottom - self._top) // self._height) + 1)
