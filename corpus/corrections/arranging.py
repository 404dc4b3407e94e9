"""The parts of an article and the article that they make: the contract's order, roles and text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas.layout import HEADLINE_ROLES, Article, Block, BlockRole, Byline, Range

BODY = ("paragraph", "crosshead")


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its words: `source` are the ranges of the page whose characters, white space apart, they are."""

    role: BlockRole
    text: str
    source: tuple[Range, ...]
    incomplete: bool = False

    @property
    def start(self) -> int:
        """Where on the page it begins."""
        return self.source[0][0]


def parts(article: Article) -> list[Part]:
    """The parts of an article in its order; what a picture story says is a caption again."""
    made = []
    for block in article.blocks:
        role = "caption" if article.kind == "photo" and block.role == "paragraph" else block.role
        made.append(Part(role, article.quote(block), block.source, block.incomplete))
    return made


def arranged(made: Sequence[Part], article_id: str, bylines: tuple[Byline, ...]) -> Article:
    """The article of some parts, at least one: headlines as printed, credits, the body, captions with their credits."""
    headlines: list[Part] = []
    credited: list[Part] = []
    body: list[Part] = []
    captions: list[Part] = []
    under = False
    for part in made:
        if part.role in HEADLINE_ROLES:
            headlines.append(part)
        elif part.role == "credit":
            (captions if under else credited).append(part)
            continue
        else:
            (captions if part.role == "caption" else body).append(part)
        under = part.role == "caption"
    headlines.sort(key=lambda part: part.source)
    if not body:
        # a picture story has its caption for a body, under a headline or without one
        captions = [replace(part, role="paragraph") if part.role == "caption" else part for part in captions]
    ordered = [*headlines, *credited, *body, *captions]
    blocks, at = [], 0
    for part in ordered:
        torn = part.incomplete and part.role == "paragraph"
        blocks.append(Block(part.role, at, at + len(part.text), part.source, torn))
        at += len(part.text) + 1
    text = "\n".join(part.text for part in ordered)
    return Article(article_id, "article" if headlines or body else "photo", text, tuple(blocks), bylines)


def cut(part: Part, at: int, page: str) -> tuple[Part, Part]:
    """A part in two, before its character `at` (0 < at < its length); the characters of the page go with their words.

    ValueError where one of the two would be blank.
    """
    words = (part.text[:at].rstrip(), part.text[at:].lstrip())
    if not all(words):
        raise ValueError("one of the two would be blank")
    sources = cut_source(part.source, page, sum(not c.isspace() for c in words[0]))
    first, second = (replace(part, text=text, source=source) for text, source in zip(words, sources, strict=True))
    return first, second


def cut_source(source: Sequence[Range], page: str, printed: int) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    """Ranges of a page in two, behind so many characters that are not blank.

    >>> cut_source([(0, 3), (5, 9)], "ab c.de fg", 3)
    (((0, 3), (5, 6)), ((6, 9),))
    """
    first: list[Range] = []
    second: list[Range] = []
    left = printed
    for start, end in source:
        at = start
        while at < end and left:
            left -= not page[at].isspace()
            at += 1
        if start < at:
            first.append((start, at))
        if at < end:
            second.append((at, end))
    return tuple(first), tuple(second)


def identity(page: str, start: int) -> str:
    """The id of an article that an editor made, from the page's text and where on it the article begins.

    As extraction's are made of the page and the article's number, with another sign between: the two never meet.
    """
    digest = hashlib.sha256(page.encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(f"{digest}@{start}".encode()).hexdigest()[:16]


def credited_in(bylines: Iterable[Byline], made: Sequence[Part]) -> tuple[Byline, ...]:
    """Those whom some parts name."""
    text = "".join("\n".join(part.text for part in made).split())
    return tuple(byline for byline in bylines if "".join(byline.name.split()) in text)
