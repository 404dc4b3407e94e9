"""An ALTO Page element to its printed lines, each with its block, label and place; nothing is put in order yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from statistics import mean

from lxml import etree

from corpus.readers import xml
from corpus.readers.alto import labels
from corpus.readers.alto.lines import Line, box, line, spaces_are_rare, words_of
from corpus.readers.geometry import Box
from schemas.layout import MarkRole

BLOCKS = frozenset(("TextBlock", "ComposedBlock", "Illustration", "GraphicalElement"))
SPACES = ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin")
MARGINS = frozenset(("TopMargin", "BottomMargin"))
THIN = 6.0
"""How many times longer than wide a GraphicalElement is that is a rule."""
LONG = 4
"""Lines from which a block is no headline."""
DEEPEST = 200


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed, the ids of the elements it is in (from outside), what they are labelled as, and its style."""

    line: Line
    ids: tuple[str, ...]
    block: str
    article: str = ""
    role: MarkRole | None = None
    label: str = ""
    bold: bool = False
    face: str = ""
    points: float = 0.0  # FONTSIZE; 0: not said


@dataclass(slots=True)
class Content:
    """All that one Page holds, in the order of the file."""

    number: int | None
    width: float
    height: float
    lines: list[PrintedLine] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    order: list[str] = field(default_factory=list)  # ids of blocks as they are to be read; empty: not said
    sureness: float | None = None  # mean confidence of the words, 0 to 1


@dataclass(frozen=True, slots=True)
class _Style:
    face: str = ""
    bold: bool = False
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class _Within:
    """What the elements around a line say of it."""

    ids: tuple[str, ...] = ()
    block: str = ""
    article: str = ""
    role: MarkRole | None = None
    label: str = ""
    style: _Style = _Style()


_MARGIN = _Within(role="furniture", label="margin")


def pages(root: etree._Element) -> list[Content]:
    """Every Page of an ALTO document."""
    tags = {
        each.get("ID", ""): each.get("LABEL", "") or each.get("TYPE", "")
        for each in _all(root, "Tags")
        for each in each
    }
    styles = {each.get("ID", ""): _style(each) for each in root.iter(etree.Element) if xml.local(each) == "TextStyle"}
    found = [_page(each, tags, styles) for each in root.iter(etree.Element) if xml.local(each) == "Page"]
    order = [each.get("REF", "") for top in _all(root, "ReadingOrder") for each in top.iter(etree.Element)]
    for page in found:
        mine = {name for each in page.lines for name in each.ids}
        page.order = [name for name in order if name in mine] or page.order
    return found


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in root.iter(etree.Element) if xml.local(each) == name)


def _style(element: etree._Element) -> _Style:
    try:
        size = float(element.get("FONTSIZE", "0"))
    except ValueError:
        size = 0.0
    size = size if 0 < size < 1000 else 0.0
    return _Style(element.get("FONTFAMILY", ""), "bold" in element.get("FONTSTYLE", "").lower(), size)


def _page(element: etree._Element, tags: Mapping[str, str], styles: Mapping[str, _Style]) -> Content:
    printed = element.get("PRINTED_IMG_NR", "").strip()
    number = int(printed) if printed.isascii() and printed.isdecimal() and len(printed) < 5 else None
    content = Content(number or None, _length(element, "WIDTH"), _length(element, "HEIGHT"))
    words = {each: words_of(each) for each in _all(element, "TextLine")}
    rare = spaces_are_rare(words.values())
    following: dict[str, str] = {}
    sure: list[float] = []
    ahead = [
        (child, _MARGIN if xml.local(child) in MARGINS else _Within(), 0)
        for child in reversed(element)
        if xml.local(child) in SPACES
    ]
    if not ahead:  # ALTO written by hand may have its blocks right under the page
        ahead = [(element, _Within(), 0)]
    while ahead:
        each, within, depth = ahead.pop()
        name = xml.local(each)
        if name == "Illustration" and (at := box(each)):
            content.pictures.append(at)
        elif name == "GraphicalElement" and (at := box(each)) and _thin(at):
            content.rules.append(at)
        if name == "TextLine":
            printed_line = line(each, words[each], rare)
            if printed_line.text.strip():
                inner = _inner(each, within, tags, styles, str(len(content.lines)))
                style = inner.style if inner.style.size else _of_strings(each, styles) or inner.style
                content.lines.append(
                    PrintedLine(
                        printed_line, inner.ids, within.block, inner.article, inner.role, inner.label,
                        style.bold or _bold(each, styles), style.face, style.size,
                    )
                )  # fmt: skip
                sure += _sureness(each)
        elif depth < DEEPEST:
            inner = _inner(each, within, tags, styles, str(len(content.lines))) if name in BLOCKS else within
            if name in BLOCKS and each.get("IDNEXT"):
                following[each.get("ID", "")] = each.get("IDNEXT", "")
            ahead += [(child, inner, depth + 1) for child in reversed(each) if xml.local(child) in _HOLD]
    _settle_weights(content)
    content.order = _chained(following)
    content.sureness = mean(sure) if sure else None
    return content


def _thin(at: Box) -> bool:
    return max(at.width, at.height) > THIN * min(at.width, at.height)


_HOLD = BLOCKS | {"TextLine", *SPACES}


def _inner(
    element: etree._Element, within: _Within, tags: Mapping[str, str], styles: Mapping[str, _Style], number: str
) -> _Within:
    """What is said of the lines in `element`: its own labels go before those around it."""
    name, identity = xml.local(element), element.get("ID", "")
    said = [tags.get(ref, "") for ref in element.get("TAGREFS", "").split()]
    said += [element.get("TYPE", "")] if name != "Illustration" else []
    label = next((each for each in said if labels.role(each)), "")
    article = next((identity or number for each in said if labels.is_article(each)), within.article)
    style = next((styles[ref] for ref in element.get("STYLEREFS", "").split() if ref in styles), within.style)
    return _Within(
        (*within.ids, identity) if identity else within.ids,
        (identity or number) if name == "TextBlock" else within.block,
        article,
        labels.role(label) or within.role,
        label or within.label,
        style,
    )


def _settle_weights(content: Content) -> None:
    """A long block that is bold as a whole was given the style of its first line; that says nothing of the others."""
    blocks: dict[str, list[int]] = {}
    for at, each in enumerate(content.lines):
        blocks.setdefault(each.block, []).append(at)
    for ats in blocks.values():
        if len(ats) >= LONG and all(content.lines[at].bold for at in ats):
            for at in ats:
                content.lines[at] = replace(content.lines[at], bold=False)


def _of_strings(element: etree._Element, styles: Mapping[str, _Style]) -> _Style | None:
    """The style of a line's first String that has one."""
    refs = (ref for child in element for ref in child.get("STYLEREFS", "").split())
    return next((styles[ref] for ref in refs if ref in styles), None)


def _bold(element: etree._Element, styles: Mapping[str, _Style]) -> bool:
    """Whether all the words of a line are bold."""
    strings = [child for child in element if xml.local(child) == "String"]
    return bool(strings) and all(
        "bold" in child.get("STYLE", "").lower()
        or any(styles[ref].bold for ref in child.get("STYLEREFS", "").split() if ref in styles)
        for child in strings
    )


def _sureness(element: etree._Element) -> list[float]:
    """How sure the engine was of the words of a line, 0 to 1 each."""
    found = []
    for child in element:
        try:
            if child.get("WC"):
                found.append(min(1.0, max(0.0, float(child.get("WC", "")))))
            elif child.get("CC"):  # a digit a character: 0 sure, 9 not at all
                digits = [int(c) for c in child.get("CC", "") if c.isdecimal()]
                found.append(1 - mean(digits) / 9)
        except (ValueError, ArithmeticError):
            continue
    return [each for each in found if each == each]


def _chained(following: Mapping[str, str]) -> list[str]:
    """Ids in the order of IDNEXT, where that makes one chain."""
    starts = [name for name in following if name not in set(following.values())]
    if len(starts) != 1 or not starts[0]:
        return []
    chain = [starts[0]]
    while chain[-1] in following and len(chain) <= len(following):
        chain.append(following[chain[-1]])
    return chain if len(chain) == len(following) + 1 == len(set(chain)) else []


def _length(element: etree._Element, name: str) -> float:
    try:
        value = float(element.get(name, "0"))
    except ValueError:
        return 0.0
    return value if 0 < value < 10_000_000 else 0.0
