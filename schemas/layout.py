"""What a page is made of, before and after restoration: Page, Block, Article.

All offsets count Unicode characters and are half-open. Offsets of a `Block` are over its article's text; the
`source` ranges of a block and the range of a `Leftover` are over the text of the page.
The words follow ALTO (Page, TextBlock) and METS (a content item, here Article).
"""

from dataclasses import dataclass
from typing import Literal

ArticleKind = Literal["article", "photo"]
HeadlineRole = Literal["kicker", "main", "subtitle"]
BlockRole = Literal["kicker", "main", "subtitle", "crosshead", "paragraph", "caption", "credit"]

Range = tuple[int, int]
"""Half-open [start, end) in characters."""


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
class Page:
    """The decoded text of one page in the order of its dump."""

    source: Source
    text: str


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
