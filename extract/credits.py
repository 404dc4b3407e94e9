"""Who made the item, not who is in it: where bylines and picture credits stand in an article's text.

`bylines` reads the formulas; this module says which stretches of the restored text they cover, so that nobody in them
is taken for a person of the article.
"""

import re
from collections.abc import Iterable, Iterator

from extract.bylines import LONGEST_CREDIT, closing_credit, lead_credit, parse_credit
from schemas.annotations import Span
from schemas.layout import Article

PARENTHESIS = re.compile(r"[（(](?=[^（）()\n]{0,12}(?:记者|通讯员|实习生))[^（）()\n]{2,60}[)）]")
REPORTER = re.compile(r"(?:记者|通讯员|实习生)(?=[\u4e00-\u9fff]{2})")
HEAD = 160
"""A credit stands within this many characters of a block's beginning or end."""


def credit_spans(article: Article) -> tuple[Span, ...]:
    """The stretches of `article.text` that credit its makers.

    >>> text = "本报讯（记者 马小文）昨日，居民何芳说"  # (reporter Ma Xiaowen) yesterday resident He Fang said
    >>> [text[s.start : s.end] for s in credit_spans(Article("0" * 16, "article", text, ()))]
    ['本报讯（记者 马小文）', '（记者 马小文）']
    """
    found = [span for start, end in _lines(article.text) for span in _of_line(article.text, start, end)]
    found += [Span(m.start(), m.end()) for m in PARENTHESIS.finditer(article.text)]
    found += [Span(b.start, b.end) for b in article.blocks if b.role == "credit" and b.start < b.end]
    return tuple(sorted(set(found)))


def reporter_starts(text: str) -> frozenset[int]:
    """Where a name begins that follows 记者 or 通讯员 in running text: it is a reporter's.

    >>> sorted(reporter_starts("记者张帆看到"))  # reporter Zhang Fan saw
    [2]
    """
    return frozenset(m.end() for m in REPORTER.finditer(text))


def inside(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether [start, end) shares a character with one of `spans`."""
    return any(start < s.end and s.start < end for s in spans)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _of_line(text: str, start: int, end: int) -> Iterator[Span]:
    if end - start <= LONGEST_CREDIT and parse_credit(text[start:end]):
        yield Span(start, end)
        return
    lead = lead_credit(text[start : min(end, start + HEAD)])
    if lead:
        yield Span(start, start + lead.end)
    tail = max(start, end - HEAD)
    closing = closing_credit(text[tail:end])
    if closing:
        yield Span(tail + closing.start, tail + closing.end)
