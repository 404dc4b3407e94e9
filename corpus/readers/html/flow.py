"""A page's tree to the lines that it shows, each with what the markup around it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from corpus.readers.html.data_tables import rows
from corpus.readers.html.document import BLOCK
from corpus.readers.html.looks import is_picture
from corpus.readers.html.places import Place, place_of
from corpus.readers.html.selectors import Named, named
from corpus.readers.html.wording import is_page_header, is_site, labelled
from corpus.rejects import Rejected

LONGEST_CAPTION = 150
MOST_LINES = 20_000
"""Lines up to which a file is read; a printed page has some hundreds, a whole issue some thousands."""
LONGEST_NAMED = 150
"""Characters that an element may have for a word in its name to say what it holds."""
MOST_CHROME = 0.5
"""Share of the page's text that an element may have for a word in its name to make it the site's."""
_BOXES = frozenset(("div", "figure", "li", "section", "dl", "dd", "td", "table", "center"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[ \u3000\xa0\u2000-\u200a\u202f\u205f]"
_INDENT = re.compile(rf"\A{_WIDE}*")
# a new paragraph that has only its indentation to show for it
_INDENTED_AFTER_STOP = re.compile(rf"(?<=[。！？；：”’」』）)!?…]){_WIDE}{{2,}}")
_FOREIGN_SPACE = re.compile(rf"{_WIDE}+")
# a line break of the source between two characters of Chinese is no space
_BROKEN_SOURCE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’…—]) ?\n ?(?=[\u2e80-\u9fff\uff00-\uffef“”‘’…—])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that the page shows: without white space at its ends, and with single spaces inside.

    `linked` and `bold`: shares of its characters. `indented`: it begins with two blanks or more, as paragraphs do.
    `gap`: an empty line before it. `below_picture`: nothing but a picture stands before it.
    `ruled`: a rule does.
    """

    text: str
    place: Place
    linked: float = 0.0
    bold: float = 0.0
    size: float = 0.0
    indented: bool = False
    gap: bool = False
    below_picture: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """The lines of a page, and the parent of every element."""

    lines: tuple[Line, ...]
    parents: tuple[int, ...]
    links: int

    def within(self, element: int) -> Iterator[int]:
        """`element` and everything around it, outwards."""
        while element >= 0:
            yield element
            element = self.parents[element]


def flow(root: etree._Element) -> Flow:
    """The lines of the page below `root`, in the order of its source.

    Raises Rejected (markup_bomb) where there are more than any page has.

    >>> from corpus.readers.html.document import parse
    >>> found = flow(parse("<h1>社区 开课</h1><p>3月<b>2日</b>，<br>居民来了。").root)  # a course begins
    >>> [(line.text, line.place.tag) for line in found.lines]
    [('社区 开课', 'h1'), ('3月2日，', 'p'), ('居民来了。', 'p')]
    """
    walk = _Walk(_holding(root), rows(root), int(_length(root) * MOST_CHROME))
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    walk.flush()
    return Flow(tuple(walk.lines), tuple(walk.parents), walk.links)


def _holding(root: etree._Element) -> frozenset[etree._Element]:
    """The elements that hold a body or a first-level heading: no name makes them the site's."""
    found: set[etree._Element] = set()
    for element in root.iter():
        name = named(element)
        if (name and name.role in ("body", "main") and not name.loose) or element.tag in ("h1", "article", "main"):
            above: etree._Element | None = element
            while above is not None and above not in found:
                found.add(above)
                above = above.getparent()
    return frozenset(found)


class _Walk:
    """The line under way and the elements that are open."""

    def __init__(self, holding: frozenset[etree._Element], table_rows: frozenset[etree._Element], much: int) -> None:
        self.holding = holding
        self.much = much  # characters that no part of the site has
        self.rows = table_rows
        self.lines: list[Line] = []
        self.parents: list[int] = []
        self.links = 0
        self._open: list[Place] = []
        self._before: list[tuple[int, int]] = []  # lines and pictures before each open element
        self._pictures = 0
        self._text: list[tuple[str, Place]] = []
        self._empty = 0
        self._picture = False
        self._rule = False

    def enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        above = self._open[-1] if self._open else Place(-1, 0, "body")
        in_row = above.row and tag != "tr"
        breaks = tag in BLOCK and not in_row
        name = self._name(element, above)
        place = place_of(element, tag, len(self.parents), above, name, breaks)
        if element in self.rows:
            place = replace(place, row=True)
        self.parents.append(above.element)
        self._open.append(place)
        self._before.append((len(self.lines) + bool(self._text), self._pictures))
        self.links += tag in ("a", "area")
        if in_row and tag in BLOCK:
            self._text.append((" ", place))
        elif tag == "br":
            self._break()
        elif breaks or place.role != above.role:
            self.flush()
        self._rule = self._rule or tag == "hr"
        if tag == "img" and is_picture(element):
            self.flush()
            self._picture = True
            self._pictures += 1
        if tag != "title" and (text := element.text):
            self._text.append((text, place))

    def _name(self, element: etree._Element, above: Place) -> Named | None:
        """What the element's names say, where they may."""
        name = named(element)
        if not name or (name.role == "chrome" and (above.chrome or element in self.holding)):
            return None
        if name.loose and (above.role or not _shorter(element, self.much if name.role == "chrome" else LONGEST_NAMED)):
            return None
        return name

    def leave(self, element: etree._Element) -> None:
        tag, place = element.tag, self._open.pop()
        above = self._open[-1] if self._open else place
        if tag != "br" and not (above.row and place.row) and (tag in BLOCK or place.role != above.role):
            shown = self.flush()
            self._empty += tag == "p" and not shown and self.parents[-1] != place.element
        lines, pictures = self._before.pop()
        if self._pictures > pictures and tag in _BOXES and place.body != place.element:
            self._caption(lines)
        if self._open and (text := element.tail):
            self._text.append((text, above))

    def _caption(self, start: int) -> None:
        """Name the caption of a box that holds a picture and a line or two, which begin at `start`."""
        if not 0 < len(self.lines) - start <= 2:
            return
        inside = self.lines[start:]
        first = inside[0]
        if not first.below_picture or sum(len(line.text) for line in inside) > LONGEST_CAPTION:
            return
        if first.place.role or first.place.level or first.linked:
            return
        if not is_page_header(first.text) and not labelled(first.text):
            self.lines[start] = replace(first, place=replace(first.place, role="caption", selector="a picture's box"))

    def _break(self) -> None:
        self._empty = 0 if self.flush() else self._empty + 1

    def flush(self) -> bool:
        """End the line under way; whether there was one."""
        if not self._text:
            return False
        runs, self._text = self._text, []
        if any(place.linked for _, place in runs):
            runs = [run for run in runs if not (run[1].linked and is_site(run[0]))]
        texts = _texts(runs)
        if not texts:
            return False
        inked = [(count, place) for run, place in runs if (count := len(run.strip()))]
        total = sum(count for count, _ in inked) or 1
        linked = sum([count for count, each in inked if each.linked]) / total
        bold = sum([count for count, each in inked if each.bold]) / total
        size = max([each.size for _, each in inked])
        place = _common(inked)
        for text, indented in texts:
            if text:
                gap = self._empty > 0
                self.lines.append(Line(text, place, linked, bold, size, indented, gap, self._picture, self._rule))
                self._empty, self._picture, self._rule = 0, False, False
            else:
                self._empty += 1
        if len(self.lines) > MOST_LINES:
            raise Rejected("markup_bomb", f"it shows more than {MOST_LINES} lines")
        return True


def _length(root: etree._Element) -> int:
    return sum(len(text.strip()) for text in root.itertext())


def _shorter(element: etree._Element, length: int) -> bool:
    """Whether an element's text has no more than `length` characters."""
    for text in element.itertext():
        length -= len(text.strip())
        if length < 0:
            return False
    return True


def _common(inked: Sequence[tuple[int, Place]]) -> Place:
    """The place of the line's longest run; only what holds for all of it is kept."""
    place = inked[0][1]
    if len(inked) == 1:
        return place
    place = max(inked, key=lambda each: each[0])[1]
    centred = all(each.centred for _, each in inked)
    chrome = all(each.chrome for _, each in inked)
    if (centred, chrome) == (place.centred, place.chrome):
        return place
    return replace(place, centred=centred, chrome=chrome)


def _texts(runs: Sequence[tuple[str, Place]]) -> list[tuple[str, bool]]:
    """The lines that a stretch without line breaks of the markup shows, each with whether it is indented."""
    raw = "".join([text for text, _ in runs])
    if not raw or (raw.isspace() and not runs[0][1].as_typed and "\u3000" not in raw and "\xa0" not in raw):
        return []
    if runs[0][1].as_typed:
        parts = raw.split("\n")
    else:
        shown = _SPACE.sub(lambda found: "\n" if "\n" in found[0] else " ", raw.strip(" \t\r\n\f"))
        shown = _BROKEN_SOURCE.sub("", shown).replace("\n", " ")
        parts = _INDENTED_AFTER_STOP.sub(lambda found: f"\n{found[0]}" if _width(found[0]) >= 4 else " ", shown).split(
            "\n"
        )
    texts = [(_FOREIGN_SPACE.sub(" ", part.strip("\t\r\f")).strip(), _width(_indent(part)) >= 2) for part in parts]
    return texts if any(text for text, _ in texts) else []


def _indent(part: str) -> str:
    found = _INDENT.match(part)
    return found[0] if found else ""


def _width(blanks: str) -> int:
    """How wide blanks are, in halves of a Chinese character; a plain space of the source is none."""
    return sum(2 if c == "\u3000" else c != " " for c in blanks)
