"""What a page is made of, before and after restoration: Page, Block, Article.

All offsets count Unicode characters and are half-open. Offsets of a `Block` are over its article's text; the
`source` ranges of a block and the range of a `Leftover` are over the text of the page.
The words follow ALTO (Page, TextBlock) and METS (a content item, here Article).
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

ArticleKind = Literal["article", "photo"]
HeadlineRole = Literal["kicker", "main", "subtitle"]
BlockRole = Literal["kicker", "main", "subtitle", "crosshead", "paragraph", "caption", "credit"]

HEADLINE_ROLES: tuple[BlockRole, ...] = ("kicker", "main", "subtitle")
"""Roles of the lines of a headline (引题, 主题, 副题)."""

MarkRole = Literal["kicker", "main", "subtitle", "byline", "crosshead", "paragraph", "caption", "credit", "furniture"]

Range = tuple[int, int]
"""Half-open [start, end) in characters."""

SETTLED = 5.0
"""Points at which a mark decides a role by itself; about two decide an ordinary case (extract/evidence.py)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page came from and how its bytes were read."""

    path: str
    sha256: str
    encoding: str
    format: str
    page: int | None = None
    paper: str | None = None
    issue_date: str | None = None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Mark:
    """What markup or geometry says of one printed block, the characters [start, end) of the page's text.

    `role` is None where only the block's extent is known. `points` is how much the role counts among other evidence:
    SETTLED decides it. `whole`: the block begins and ends where the mark does, nothing of it stands elsewhere. `reason`
    is for people: "<h1>", "type 2.1 times the body's", "column title".
    """

    start: int
    end: int
    role: MarkRole | None
    reason: str
    points: float = SETTLED
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the page's text that nothing outside belongs to: a ruled box, an <article>, the row of a table.

    `single`: it holds exactly one article, whatever its parts look like.
    """

    start: int
    end: int
    reason: str
    single: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page as it was read, in the order of its dump, with what its format says of its parts.

    `marks` and `regions` are in order and do not overlap among themselves; a mark never crosses the edge of a region.
    Plain text has none. ValueError where they are not so, or lie outside the text.
    """

    source: Source
    text: str
    marks: tuple[Mark, ...] = ()
    regions: tuple[Region, ...] = ()

    def __post_init__(self) -> None:
        for kind, stretches in (("mark", self.marks), ("region", self.regions)):
            at = 0
            for each in stretches:
                if not at <= each.start < each.end <= len(self.text):
                    raise ValueError(f"{kind} [{each.start}, {each.end}) overlaps, is empty or leaves the page's text")
                at = each.end
        edges = [edge for region in self.regions for edge in (region.start, region.end)]
        for mark in self.marks:
            following = bisect_right(edges, mark.start)
            if following < len(edges) and edges[following] < mark.end:
                raise ValueError(f"mark [{mark.start}, {mark.end}) crosses the edge of a region")


@dataclass(frozen=True, slots=True)
class Byline:
    """A credited name and its role as printed: 记者 reporter, 通讯员 correspondent, 摄 photographer …"""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of article text with one role; `source` names the page characters that it was put together from."""

    role: BlockRole
    start: int
    end: int
    source: tuple[Range, ...]
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One content item, restored. Its text is fixed here and never rewritten by later steps."""

    id: str
    kind: ArticleKind
    text: str
    blocks: tuple[Block, ...]
    bylines: tuple[Byline, ...] = ()

    def quote(self, block: Block) -> str:
        """The text of `block`."""
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Page text that belongs to no article, and why: hotline, column label, page header …"""

    reason: str
    start: int
    end: int
