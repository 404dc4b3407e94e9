"""A web page's text to a tree that is safe to walk: bounded in depth and size, without scripts and hidden parts.

The parser (libxml2's, which forgives what browsers forgive) reports tags to a target that decides what becomes part of
the tree. Nothing is fetched, and no entity stands for more than a character.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from corpus.rejects import Rejected

DEEPEST = 200
"""Elements deeper than this are flattened into their ancestor; pages have 15 to 40 levels."""
MOST_ELEMENTS = 60_000
"""Pages have some hundreds to some thousands."""
MOST_TAGS = 200_000

_ELEMENTS = tomllib.loads(Path(__file__).with_name("elements.toml").read_text("utf-8"))
BLOCK = frozenset(_ELEMENTS["block"].split())
"""Elements that begin and end a line."""
UNSEEN = frozenset(_ELEMENTS["unseen"].split())
"""Elements whose content nobody reads on the page."""
_ATTRIBUTES = frozenset(_ELEMENTS["attributes"].split())
_LONGEST_ATTRIBUTE = 2000
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb\\ufdd0-\\ufdef\\ufffe\\uffff\\U000e0000-\\U000e0fff]"
)
"""What is not printed: controls, zero-width and bidirectional characters, halves of surrogates, tags."""
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """The page's tree, and its comments and data, in which systems store an article's properties."""

    root: etree._Element
    comments: tuple[str, ...]
    data: tuple[str, ...] = ()  # JSON-LD


def parse(text: str, with_hidden: bool = False) -> Document:
    """The tree of a page; Rejected (markup_bomb) where it has more elements than any page.

    `with_hidden`: parts that the page hides (display: none) too. White space is as in the source; characters that are
    not printed (zero-width, bidirectional and other controls) are left out.

    >>> etree.tostring(parse("<p>四<script>x</script>月&#8203;里").root, encoding="unicode")  # in April
    '<html><body><p>四月里</p></body></html>'
    """
    if text.count("<") > MOST_TAGS:
        raise Rejected("markup_bomb", f"it has more than {MOST_TAGS} tags")
    target = _Target(with_hidden)
    # the stubs know no target whose text is always str, as libxml2's is
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)  # type: ignore[arg-type]
    try:
        document: Document = etree.fromstring(printed(text).encode("utf-8", "ignore"), parser)  # type: ignore[assignment]
        return document
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Rejected("broken_markup", f"its markup cannot be read ({error})") from error


def printed(text: str) -> str:
    """`text` without the characters that are not printed."""
    return text if text.isprintable() else _INVISIBLE.sub("", text)


@dataclass(slots=True)
class _Target:
    """Builds the tree from what the parser reports."""

    with_hidden: bool
    tree: etree.TreeBuilder = field(default_factory=etree.TreeBuilder)
    comments: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of the tree's open elements
    open: list[bool] = field(default_factory=list)  # of every element under way: whether it is part of the tree
    built: int = 0
    depth: int = 0
    unseen: int = 0  # number of open elements from the outermost unseen one on
    text_since_break: bool = False
    stored: list[str] = field(default_factory=list)
    storing: bool = False  # inside a script of data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in BLOCK:
            tag = tag.rpartition(":")[2].lower()
            tag = tag if _NAME.match(tag) else "span"
        if self.unseen or tag in UNSEEN or (attributes and not self.with_hidden and _hidden(attributes)):
            self.unseen += 1
            self.open.append(False)
            self.storing = tag == "script" and "ld+json" in attributes.get("type", "")
            return
        within = self.depth < DEEPEST
        self.open.append(within)
        if within:
            self.depth += 1
            self._element(tag, _safe(attributes) if attributes else {})
        elif tag in BLOCK and self.text_since_break:
            self._break()

    def end(self, tag: str) -> None:
        if not self.open:
            return
        within = self.open.pop()
        if self.unseen:
            self.unseen -= 1
            self.storing = False
        elif within:
            self.depth -= 1
            self.tree.end(self.names.pop())
        elif tag in BLOCK and self.text_since_break:
            self._break()

    def data(self, text: str) -> None:
        if self.storing:
            self.stored.append(text)
        elif not self.unseen and self.depth and (text := printed(text)):
            self.text_since_break = True
            self.tree.data(text)

    def comment(self, text: str) -> None:
        if "<" in text:
            self.comments.append(printed(text))

    def close(self) -> Document:
        while self.names:
            self.tree.end(self.names.pop())
        if not self.built:
            raise Rejected("empty", "the page has no text")
        return Document(self.tree.close(), tuple(self.comments), tuple(self.stored))

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        self.built += 1
        if self.built > MOST_ELEMENTS:
            raise Rejected("markup_bomb", f"it has more than {MOST_ELEMENTS} elements")
        self.names.append(tag)
        self.tree.start(tag, attributes)  # type: ignore[arg-type]

    def _break(self) -> None:
        self.text_since_break = False
        self._element("br", {})
        self.tree.end(self.names.pop())


def _hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")[:_LONGEST_ATTRIBUTE]))


def _safe(attributes: dict[str, str]) -> dict[str, str]:
    return {name: printed(attributes[name][:_LONGEST_ATTRIBUTE]) for name in _ATTRIBUTES & attributes.keys()}
