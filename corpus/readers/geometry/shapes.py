"""What lies where on a page, whatever format said so: lines of type, ruled boxes, rules and pictures.

Units are whatever the format counts in (points, pixels, tenths of millimetres), the same for a whole sheet; (0, 0) is
the upper left corner as a reader holds the page, x grows to the right and y downwards. All of the code here works with
ratios to the type, so that the unit never matters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from schemas.layout import Mark, MarkRole, Region

Writing = Literal["horizontal", "vertical"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its sides along the page's.

    >>> Box(0, 0, 40, 10).overlap_x(Box(30, 50, 90, 60))
    10
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between the sides."""
        return (self.left + self.right) / 2

    @property
    def level(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    def overlap_x(self, other: "Box") -> float:
        """How much of the width both share; negative: the gap between them."""
        return min(self.right, other.right) - max(self.left, other.left)

    def overlap_y(self, other: "Box") -> float:
        """How much of the height both share; negative: the gap between them."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def holds(self, other: "Box", slack: float = 0.0) -> bool:
        """Whether `other` lies inside, give or take `slack`."""
        return (
            self.left - slack <= other.left
            and other.right <= self.right + slack
            and self.top - slack <= other.top
            and other.bottom <= self.bottom + slack
        )


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of `boxes`, of which there must be one."""
    every = list(boxes)
    return Box(
        min(box.left for box in every),
        min(box.top for box in every),
        max(box.right for box in every),
        max(box.bottom for box in every),
    )


@dataclass(frozen=True, slots=True)
class PositionedLine:
    """One printed line of one column, as it was printed: without its line end, spaces inside as printed.

    `size`: height of the type (the em: the side of one Chinese character), not of the box. `box`: what the characters
    take up, their advance included where it is known. `face`: name of the typeface, to tell captions and crossheads
    from the body; `bold` where the format says so. What the format knows of structure comes along: `block` (lines with
    the same one are one printed block: ALTO's TextBlock), `article` (lines with the same one are one article: METS),
    `role` (ALTO's or METS's label). Empty or None: not said.
    """

    text: str
    box: Box
    size: float
    bold: bool = False
    face: str = ""
    writing: Writing = "horizontal"
    block: str = ""
    article: str = ""
    role: MarkRole | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its lines in any order, and what is drawn on it.

    `frames`: ruled or tinted boxes (four sides, or a filled area) that can hold an article. `rules`: single lines, as
    boxes of hardly any height or width. `pictures`: photographs and drawings.
    """

    width: float
    height: float
    lines: tuple[PositionedLine, ...]
    frames: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """The page in reading order, ready to be a schemas.layout.Page; `header`: running heads and feet as printed."""

    text: str
    marks: tuple[Mark, ...]
    regions: tuple[Region, ...]
    header: tuple[str, ...] = ()
