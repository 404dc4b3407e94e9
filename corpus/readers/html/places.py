"""Where in the markup a line stands: what the elements around it are called and how they look."""

from dataclasses import dataclass

from lxml import etree

from corpus.readers.html.looks import styled, type_size
from corpus.readers.html.selectors import Named

HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_TYPED = frozenset(("pre", "xmp", "listing", "plaintext"))


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
    row: bool = False  # of a table of data


def place_of(element: etree._Element, tag: str, number: int, above: Place, name: Named | None, breaks: bool) -> Place:
    """The place of an element of that name and number within `above`; `breaks`: it begins and ends a line."""
    attributes = element.attrib
    bold = centred = sides = False
    size = 0.0
    if attributes:
        style, align = attributes.get("style", ""), attributes.get("align", "").lower()
        bold, centred = styled(style) if style else (False, False)
        centred = centred or align == "center"
        sides = align in ("left", "right", "justify")
        size = type_size(element, style)
    role, selector, epaper, body, chrome = above.role, above.selector, above.epaper, above.body, above.chrome
    if name:
        if name.role == "chrome":
            chrome = True
        elif name.role == "body":
            if body < 0:
                body, role, epaper = number, None, name.epaper
        elif body < 0 or name.role != "head":
            role, selector, epaper = name.role, name.selector, epaper or name.epaper
    ends_line = breaks and tag != "br"
    return Place(
        number,
        number if ends_line else above.block,
        tag if ends_line else above.tag,
        HEADINGS.get(tag, above.level),
        role,
        selector,
        epaper,
        body,
        number if tag == "article" and above.article < 0 else above.article,
        chrome,
        above.linked or tag == "a",
        above.bold or bold or tag in _BOLD,
        (above.centred or centred or tag == "center") and not sides,
        size or above.size,
        above.as_typed or tag in _TYPED,
        above.row,
    )
