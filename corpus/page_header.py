"""Paper, date and page number from a page's own header or footer: `2024年3月12日 星期二 第03版 社区新闻 兰州社区报`.

Only lines at the page's edges count that are nothing but header: dates, weekdays, page numbers, names of papers and
sections, who edited. A date counts where something else there says that this is a header, and no weekday speaks
against it. A sentence never gives one, nor does the date under a notice. The words are data: page_header.toml.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from corpus import header_tokens as tokens
from corpus.header_words import words
from corpus.metadata import Metadata, page_number

TOP, BOTTOM = 8, 5
"""Lines with text that are looked at from either edge."""
LONGEST = 120
"""Characters of a header line; in type that is set wide, every other one is a space."""
LOOKED_AT = 2000
"""Characters at either edge of the page in which its lines are looked for."""
LONGEST_SECTION = 6
"""Characters of a section's name that is not among the known ones."""
SET_WIDE = 0.6
"""Share of words of one character from which a line is set wide."""

_SEPARATORS = re.compile(r"[\s|丨│·•/\\—–_\-()\[\]【】〔〕《》〈〉「」*■●◆▲]+")
_TELLING = re.compile(r"[。!?;,:、“”‘’\"…]")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Header:
    """What header lines say. `bare`: numbers that stand alone; `known`: all that is beside is known to be header."""

    dates: tuple[datetime.date, ...] = ()
    weekdays: tuple[int, ...] = ()
    lunar: bool = False
    pages: tuple[int, ...] = ()
    bare: tuple[int, ...] = ()
    papers: tuple[str, ...] = ()
    imprint: bool = False
    known: bool = True

    @property
    def kinds(self) -> int:
        """How many kinds of things that headers are made of are there."""
        return sum(map(bool, (self.dates, self.weekdays, self.lunar, self.pages, self.papers, self.imprint)))

    def beside(self, other: "Header") -> "Header":
        """Both as one."""
        return Header(
            self.dates + other.dates,
            self.weekdays + other.weekdays,
            self.lunar or other.lunar,
            self.pages + other.pages,
            self.bare + other.bare,
            self.papers + other.papers,
            self.imprint or other.imprint,
            self.known and other.known,
        )


def read(text: str) -> Metadata:
    """What the page's own header and footer say of it; None where they do not, or contradict themselves.

    >>> read("兰州社区报  2024年3月12日 星期二  第03版\\n\\n巷子里的灯亮了\\n")  # the lane is lit again
    Metadata(paper='兰州社区报', issue_date='2024-03-12', page=3)
    >>> read("2024年3月12日，星期二，兰州社区报第03版刊登了这张照片。")  # a sentence
    Metadata(paper=None, issue_date=None, page=None)
    """
    top = [header_line(line) for line in _edge(text[:LOOKED_AT].split("\n"), TOP)]
    bottom = [header_line(line) for line in _edge(reversed(text[-LOOKED_AT:].split("\n")), BOTTOM)]
    # at the top a header may stand in lines of its own; at the bottom such lines may be the end of a notice
    said = [_said(header) for header in (*_together(top), *filter(None, bottom))]
    return Metadata(
        _only(each.paper for each in said), _only(each.issue_date for each in said), _only(each.page for each in said)
    )


def header_line(line: str) -> Header | None:
    """What a line says that is nothing but header; None for any other line."""
    if len(line) > LONGEST:
        return None
    printed = _closed_up(unicodedata.normalize("NFKC", line))
    whole = printed.translate(words().simplified)
    dates, rest = tokens.take(tokens.DATES, whole)
    imprint, rest = tokens.take(tokens.IMPRINTS, rest)
    pages, rest = tokens.take(tokens.PAGES, rest)
    weekdays, rest = tokens.take(tokens.WEEKDAYS, rest)
    lunar, rest = tokens.take(tokens.LUNAR, rest)
    papers, rest = tokens.take_papers(rest)
    if _TELLING.search(rest):
        return None
    numbers = (page_number(re.sub(r"[ \t-]", "", match["n"])) for match in pages)
    found = Header(
        tuple(filter(None, map(tokens.day_of, dates))),
        tuple(map(tokens.weekday_of, weekdays)),
        bool(lunar),
        tuple(filter(None, numbers)),
        papers=tuple(printed[at : at + len(name)] for name in papers if (at := whole.find(name)) >= 0),
        imprint=bool(imprint),
    )
    return _with_rest(found, rest)


def _with_rest(found: Header, rest: str) -> Header | None:
    """`found`, unless what the line has beside it is more than names of sections and numbers of pages."""
    bare, known = [], True
    for chunk in _SEPARATORS.split(rest):
        text = chunk.strip(tokens.TOKEN)
        if not text or tokens.SECTION.fullmatch(text):
            continue
        if text.isdecimal() and len(text) <= 2 and text == chunk:
            bare.append(int(text))
        elif text == chunk and text.isascii() and text.isalpha():
            known = False
        elif text != chunk or len(text) > LONGEST_SECTION or not text.isalpha() or tokens.NEVER.search(text):
            # what is not set apart from a date is its clause: 2024年3月12日植树
            return None
        else:
            known = False
    # a day with its weekday also announces something: what stands beside it must be more than that
    if not known and (found.kinds < 2 or not (found.pages or found.papers or found.imprint)):
        return None
    return replace(found, bare=tuple(bare), known=known)


def _together(lines: Sequence[Header | None]) -> list[Header]:
    """Neighbouring header lines put together."""
    runs = []
    for is_header, group in groupby(lines, lambda line: line is not None):
        if is_header:
            run = Header()
            for line in filter(None, group):
                run = run.beside(line)
            runs.append(run)
    return runs


def _said(header: Header) -> Metadata:
    """What header lines that stand together say, as far as each thing is borne out by another."""
    date = _only(header.dates)
    if date and (header.kinds < 2 or any(day != date.weekday() for day in header.weekdays)):
        date = None
    page = _only(header.pages)
    if page and header.kinds < 2 and not header.known:
        page = None
    if date and not header.pages:
        page = _only(number for number in header.bare if number)
    paper = _only(header.papers) if header.kinds > 1 else None
    return Metadata(paper, date.isoformat() if date else None, page)


def _edge(lines: Iterable[str], count: int) -> list[str]:
    """The first lines with text, stripped."""
    found: list[str] = []
    for line in lines:
        if len(found) < count and line.strip():
            found.append(line.strip())
    return found


def _closed_up(line: str) -> str:
    """A line that is set wide, without the spaces between its characters."""
    parts = line.split()
    if len(parts) > 3 and sum(len(part) == 1 for part in parts) > len(parts) * SET_WIDE:
        wide = re.sub(r"(?<=\S)[ \t](?=\S)", "", line)
        return re.sub(r"[ \t]{2,}", " ", wide)
    return line


def _only(values: Iterable[Value | None]) -> Value | None:
    """The one value that is said; None where there is none or they contradict one another."""
    said = {value for value in values if value is not None}
    return said.pop() if len(said) == 1 else None
