"""Who made the item, not who is in it: where bylines and picture credits stand in an article's text.

`bylines` reads the formulas; this module says which stretches of the restored text they cover, so that nobody in them
is taken for a person of the article.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from extract.bylines import LONGEST_CREDIT, closing_credit, lead_credit, parse_credit
from schemas.annotations import Span
from schemas.layout import Article

PARENTHESIS = re.compile(r"[（(](?=[^（）()\n]{0,12}(?:记者|通讯员|实习生))[^（）()\n]{2,60}[)）]")
REPORTER = re.compile(r"(?:记者|通讯员|实习生)(?=[\u4e00-\u9fff]{2})")
HEAD = 160
"""The credit before a lead stands within this many characters of a line's beginning."""
REMEMBERED = 32


def credit_spans(article: Article) -> tuple[Span, ...]:
    """The stretches of `article.text` that credit its makers.

    >>> text = "本报讯（记者 马小文）昨日，居民何芳说"  # (reporter Ma Xiaowen) yesterday resident He Fang said
    >>> [text[s.start : s.end] for s in credit_spans(Article("0" * 16, "article", text, ()))]
    ['本报讯（记者 马小文）', '（记者 马小文）']
    """
    return _credit_spans(article.text, tuple((b.start, b.end) for b in article.blocks if b.role == "credit"))


@lru_cache(maxsize=REMEMBERED)
def _credit_spans(text: str, marked: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
    """The last texts are kept: people and organizations ask for the same."""
    found = {parenthesis.span() for parenthesis in PARENTHESIS.finditer(text)}
    found.update((start, end) for start, end in marked if start < end)
    start = 0
    for line in text.split("\n"):
        for first, last in _of_line(line) if line else ():
            found.add((start + first, start + last))
        start += len(line) + 1
    return tuple(Span(start, end) for start, end in sorted(found))


def reporter_starts(text: str) -> frozenset[int]:
    """Where a name begins that follows 记者 or 通讯员 in running text: it is a reporter's.

    >>> sorted(reporter_starts("记者张帆看到"))  # reporter Zhang Fan saw
    [2]
    """
    return frozenset(m.end() for m in REPORTER.finditer(text))


class Stretch(Protocol):
    """Anything that lies at [start, end) of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def inside(start: int, end: int, stretches: Iterable[Stretch]) -> bool:
    """Whether [start, end) shares a character with one of `stretches`."""
    return any(start < one.end and one.start < end for one in stretches)


def _of_line(line: str) -> list[tuple[int, int]]:
    if len(line) <= LONGEST_CREDIT and parse_credit(line):
        return [(0, len(line))]
    found: list[tuple[int, int]] = []
    lead = lead_credit(line[:HEAD])
    if lead:
        found.append((0, lead.end))
    tail = max(0, len(line) - LONGEST_CREDIT)
    closing = closing_credit(line[tail:])
    if closing:
        found.append((tail + closing.start, tail + closing.end))
    return found
