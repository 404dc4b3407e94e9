"""What a page's type says by its size: the body is what most characters are set in, the rest stands out from it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.readers.geometry.shapes import PositionedLine

_T = TypeVar("_T")
HEADLINE = 1.3
"""Times the body's size from which a line can be a headline by itself."""
RAISED = 1.08
"""Times the body's size from which a line stands out: a crosshead, or a kicker or subtitle beside a headline."""
FINE = 0.96
"""Times the body's size below which type is small."""
ALIKE = 1.12
"""Sizes with less than this between them are one: scans and justified setting vary that much."""


@dataclass(frozen=True, slots=True)
class Body:
    """How the body of a page or article is set."""

    size: float
    face: str
    bold: bool

    def small(self, size: float) -> bool:
        """Whether type is smaller than the body's."""
        return size < FINE * self.size

    def times(self, size: float) -> float:
        """`size` as a multiple of the body's."""
        return size / self.size

    def differs(self, line: PositionedLine) -> bool:
        """Whether a line is set apart by its style: bold, or another typeface where faces are known."""
        return line.bold != self.bold or bool(line.face and self.face and line.face != self.face)


def body_of(lines: Sequence[PositionedLine]) -> Body:
    """The body's size, face and weight: those that most characters have. A page without lines has size 1."""
    sizes: Counter[float] = Counter()
    faces: Counter[str] = Counter()
    weights: Counter[bool] = Counter()
    for line in lines:
        sizes[round(line.size, 2)] += len(line.text)
    size = max(sizes, key=lambda s: (_near(sizes, s), sizes[s], s), default=1.0)
    for line in lines:
        if alike(line.size, size):
            faces[line.face] += len(line.text)
            weights[line.bold] += len(line.text)
    return Body(size, _first(faces, ""), _first(weights, False))


def alike(one: float, other: float) -> bool:
    """Whether two sizes of type are the same to the eye.

    >>> alike(9, 9.4), alike(9, 10.5)
    (True, False)
    """
    return max(one, other) <= ALIKE * min(one, other)


def _near(sizes: Counter[float], size: float) -> int:
    return sum(n for other, n in sizes.items() if alike(size, other))


def _first(counted: Counter[_T], without: _T) -> _T:
    return counted.most_common(1)[0][0] if counted else without
