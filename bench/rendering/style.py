"""How papers set their pages: lengths in points."""

from dataclasses import dataclass

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's left and top."""


@dataclass(frozen=True, slots=True)
class Style:
    """One paper's: `measure` is a column's width in characters of body type.

    `spaces`: a paragraph's indent is two ideographic spaces, not an offset. `boxes`: some stories are ruled off all
    round. `free`: the make-up of large papers: a headline over some of its story's columns while the text fills the
    others beside it, headlines that stand upright at the left, picture stories boxed inside another story's columns;
    and the way some systems write them: every character in its place by itself, headlines with a shadow drawn twice.
    """

    columns: int
    measure: int
    body: float
    leading: float
    gutter: float
    height: float
    margin: float
    small: float
    spaces: bool = False
    boxes: bool = True
    free: bool = False

    @property
    def column(self) -> float:
        """The width of a column."""
        return self.measure * self.body

    def width(self, span: int) -> float:
        """The width of `span` columns with the gutters between them."""
        return span * self.column + (span - 1) * self.gutter

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.margin + self.offset(column)

    def offset(self, column: int) -> float:
        """Where a column begins in its story's rectangle."""
        return column * (self.column + self.gutter)


FIVE = Style(columns=5, measure=13, body=9, leading=13.5, gutter=12, height=1120, margin=36, small=8)
TWO = Style(2, measure=20, body=10.5, leading=16, gutter=21, height=760, margin=42, small=9, spaces=True, boxes=False)
FREE = Style(columns=6, measure=12, body=8.5, leading=12.5, gutter=10, height=1150, margin=30, small=7.5, free=True)
