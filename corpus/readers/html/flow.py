"""A page's tree to the lines that it shows, each with what the markup around it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from corpus.readers.html.document import BLOCK
from corpus.readers.html.looks import is_picture, type_size
from corpus.readers.html.selectors import named
from corpus.readers.html.wording import is_page_header, is_site, labelled

HEADINGS = {f"h{n}": n for n in range(1, 7)}

LONGEST_CAPTION = 150
_BOXES = frozenset(("div", "figure", "li", "section", "dl", "dd", "td", "table", "center"))
_BOLD = frozenset(("b", "strong"))
_STYLE_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLE_CENTRE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[ \u3000\xa0\u2000-\u200a\u202f\u205f]"
_INDENT = re.compile(rf"\A{_WIDE}*")
# a new paragraph that has only its indentation to show for it
_INDENTED_AFTER_STOP = re.compile(rf"(?<=[。！？；：”’」』）)!?…]){_WIDE}{{2,}}")
_FOREIGN_SPACE = re.compile(rf"{_WIDE}+")
# a line break of the source between two characters of Chinese is no space
_BROKEN_SOURCE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’…—]) ?\n ?(?=[\u2e80-\u9fff\uff00-\uffef“”‘’…—])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the markup a line stands; elements are numbered in the order of the page."""

    element: int
    block: int  # the innermost element that breaks lines
    tag: str  # its name
    level: int = 0  # 1 to 6 within <h1> to <h6>
    role: str | None = None  # selectors.tsv
    selector: str = ""
    epaper: bool = False
    body: int = -1  # the outermost element that holds an article's paragraphs
    article: int = -1  # the outermost <article>
    chrome: bool = False
    linked: bool = False
    bold: bool = False
    centred: bool = False
    size: float = 0.0  # pixels; 0: not said
    as_typed: bool = False  # <pre>


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

    >>> from corpus.readers.html.document import parse
    >>> found = flow(parse("<h1>社区 开课</h1><p>3月<b>2日</b>，<br>居民来了。").root)  # a course begins
    >>> [(line.text, line.place.tag) for line in found.lines]
    [('社区 开课', 'h1'), ('3月2日，', 'p'), ('居民来了。', 'p')]
    """
    walk = _Walk(_holding(root))
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
        if element.tag in ("h1", "article", "main") or (name and name.role in ("body", "main")):
            above: etree._Element | None = element
            while above is not None and above not in found:
                found.add(above)
                above = above.getparent()
    return frozenset(found)


class _Walk:
    """The line under way and the elements that are open."""

    def __init__(self, holding: frozenset[etree._Element]) -> None:
        self.holding = holding
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
        above = self._open[-1] if self._open else Place(-1, 0, "body")
        place = _place(element, len(self.parents), above, element in self.holding)
        self.parents.append(above.element)
        self._open.append(place)
        self._before.append((len(self.lines) + bool(self._text), self._pictures))
        self.links += element.tag in ("a", "area")
        if element.tag == "br":
            self._break()
        elif element.tag in BLOCK or place.role != above.role:
            self.flush()
        self._rule = self._rule or element.tag == "hr"
        if element.tag == "img" and is_picture(element):
            self.flush()
            self._picture = True
            self._pictures += 1
        if element.text and element.tag != "title":
            self._text.append((element.text, place))

    def leave(self, element: etree._Element) -> None:
        place = self._open.pop()
        above = self._open[-1] if self._open else place
        if element.tag != "br" and (element.tag in BLOCK or place.role != above.role):
            shown = self.flush()
            self._empty += element.tag == "p" and not shown and self.parents[-1] != place.element
        lines, pictures = self._before.pop()
        if element.tag in _BOXES and place.body != place.element and self._pictures > pictures:
            self._caption(lines)
        if element.tail and self._open:
            self._text.append((element.tail, above))

    def _caption(self, start: int) -> None:
        """Name the caption of a box that holds a picture and a line or two, which begin at `start`."""
        inside = self.lines[start:]
        first = inside[0] if inside else None
        if (
            not first
            or len(inside) > 2
            or not first.below_picture
            or sum(len(line.text) for line in inside) > LONGEST_CAPTION
        ):
            return
        if first.place.role or first.place.level or first.linked:
            return
        if not is_page_header(first.text) and not labelled(first.text):
            self.lines[start] = replace(first, place=replace(first.place, role="caption", selector="a picture's box"))

    def _break(self) -> None:
        self._empty = 0 if self.flush() else self._empty + 1

    def flush(self) -> bool:
        """End the line under way; whether there was one."""
        runs = [run for run in self._text if not (run[1].linked and is_site(run[0]))]
        self._text = []
        texts = _texts(runs)
        inked = [(len(run.strip()), place) for run, place in runs if run.strip()] if texts else []
        total = sum(count for count, _ in inked)
        linked = sum(count for count, each in inked if each.linked) / max(total, 1)
        bold = sum(count for count, each in inked if each.bold) / max(total, 1)
        size = max((each.size for _, each in inked), default=0.0)
        place = _common(inked) if texts else None
        for text, indented in texts:
            if text and place:
                self.lines.append(
                    Line(
                        text,
                        place,
                        linked,
                        bold,
                        size,
                        indented,
                        self._empty > 0,
                        self._picture,
                        self._rule,
                    )
                )
                self._empty, self._picture, self._rule = 0, False, False
            else:
                self._empty += 1
        return bool(texts)


def _place(element: etree._Element, number: int, above: Place, holds: bool) -> Place:
    tag, name, style = str(element.tag), named(element), element.get("style", "")
    place = replace(
        above,
        element=number,
        level=HEADINGS.get(tag, above.level),
        linked=above.linked or tag == "a",
        bold=above.bold or tag in _BOLD or bool(_STYLE_BOLD.search(style)),
        centred=above.centred
        or tag == "center"
        or element.get("align") == "center"
        or bool(_STYLE_CENTRE.search(style)),
        size=type_size(element, style) or above.size,
        as_typed=above.as_typed or tag in ("pre", "xmp", "listing", "plaintext"),
    )
    if tag in BLOCK and tag != "br":
        place = replace(place, block=number, tag=tag)
    if element.get("align", "").lower() in ("left", "right", "justify"):
        place = replace(place, centred=False)
    if tag == "article" and above.article < 0:
        place = replace(place, article=number)
    if not name or (name.role == "chrome" and holds):
        return place
    if name.role == "chrome":
        return replace(place, chrome=True)
    if name.role == "body":
        return place if above.body >= 0 else replace(place, body=number, role=None, epaper=name.epaper)
    if above.body >= 0 and name.role == "head":
        return place
    return replace(place, role=name.role, selector=name.selector, epaper=above.epaper or name.epaper)


def _common(inked: Sequence[tuple[int, Place]]) -> Place:
    """The place of the line's longest run; only what holds for all of it is kept."""
    place = max(inked, key=lambda each: each[0])[1]
    return replace(place, centred=all(each.centred for _, each in inked), chrome=all(each.chrome for _, each in inked))


def _texts(runs: Sequence[tuple[str, Place]]) -> list[tuple[str, bool]]:
    """The lines that a stretch without line breaks of the markup shows, each with whether it is indented."""
    if not runs:
        return []
    raw = "".join(text for text, _ in runs)
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
