"""The header and footer lines of a page, as marks: nothing of them belongs to an article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.page_header import BOTTOM, LOOKED_AT, TOP, Header, header_line
from schemas.layout import Mark, Page

REASON = "header"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    header: Header | None


def with_header(page: Page) -> Page:
    """`page` with its header and footer lines marked, where nothing else says what they are."""
    more = [mark for mark in marks(page.text) if all(m.end <= mark.start or mark.end <= m.start for m in page.marks)]
    return replace(page, marks=tuple(sorted((*page.marks, *more), key=lambda mark: mark.start))) if more else page


def marks(text: str) -> tuple[Mark, ...]:
    """What is nothing but header at the top of `text`, and what is surely so further on and at its end.

    >>> text = "A06版 社区新闻\\n2024年4月8日\\n\\n楼道装上扶手\\n2024年4月6日"  # the last: of a notice
    >>> [text[mark.start : mark.end] for mark in marks(text)]
    ['A06版 社区新闻', '2024年4月8日']
    """
    top = _lines(text, 0, min(len(text), LOOKED_AT))[:TOP]
    bottom = _lines(text, max(0, len(text) - LOOKED_AT), len(text))[-BOTTOM:]
    first = _opening(top)
    sure = [line for line in (*top[len(first) :], *bottom) if line.header and _is_sure(line.header)]
    found = {line.start: line for line in (*first, *sure)}
    return tuple(Mark(line.start, line.end, "furniture", REASON) for _, line in sorted(found.items()))


def _opening(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines with which the page begins, as far as they are header: up to the last that a headline could not be."""
    run = list(takewhile(lambda line: line.header is not None, lines))
    while run and not _says_something(run[-1].header, opens=len(run) == 1):
        run.pop()
    return run


def _says_something(header: Header | None, opens: bool) -> bool:
    """Whether there is more than names of sections and bare numbers; of a page's first line they are enough."""
    return header is not None and (header.kinds > 0 or (opens and header.known))


def _is_sure(header: Header) -> bool:
    """Whether a line is header wherever it stands: a date alone may be that under a notice, a name anybody's."""
    return bool(header.pages) or header.kinds > 1


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """The lines with text between two offsets, without those that an offset cuts."""
    found, at = [], start
    for line in text[start:end].split("\n"):
        cut = (at == start > 0 and text[start - 1] != "\n") or (at + len(line) == end < len(text) and text[end] != "\n")
        if (stripped := line.strip()) and not cut:
            begin = at + line.index(stripped)
            found.append(_Line(begin, begin + len(stripped), header_line(stripped)))
        at += len(line) + 1
    return found
