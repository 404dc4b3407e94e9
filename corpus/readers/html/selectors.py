"""What an element is called, as a role for what it holds: names of known systems (selectors.tsv) and words that any
system makes its names of (name_words.tsv)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

PRECEDENCE = ("chrome", "body", "main", "kicker", "subtitle", "byline", "caption", "source", "furniture", "head")
"""Which role counts where an element bears several names."""
MOST_NAMES = 2048
"""Different names that are remembered; a page has some dozens."""
MOST_CLASSES = 20
"""Classes of one element that are looked at."""


@dataclass(frozen=True, slots=True)
class Named:
    """A role, the name that says so, and whether it is an e-paper system's."""

    role: str
    selector: str
    epaper: bool = False
    loose: bool = False  # by a word in its name: it holds for small elements only


LONGEST_NAME = 80

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def named(element: etree._Element) -> Named | None:
    """What the names of an element say of what it holds; None where they are not known.

    >>> element = etree.Element("td", {"class": "Font01 big"})
    >>> named(element)
    Named(role='head', selector='.font01', epaper=True, loose=False)
    """
    return _of(str(element.tag), element.get("id", ""), element.get("class", ""))


@lru_cache(MOST_NAMES)
def _of(tag: str, identity: str, classes: str) -> Named | None:
    table, several = _table(), classes.lower().split()[:MOST_CLASSES]
    names = [tag, f"#{identity.lower()}"]
    names += [name for each in several for name in (f".{each}", f"{tag}.{each}")]
    found = [table[name] for name in names if name in table]
    found += [name for pattern, name in _patterns() if any(map(pattern.fullmatch, several))]
    if not found:
        found = [name for each in (*classes.split()[:MOST_CLASSES], identity) if (name := _by_words(each))]
    return min(found, key=lambda each: PRECEDENCE.index(each.role)) if found else None


def _by_words(name: str) -> Named | None:
    """What the words of a name say; its last word that is known decides, as in page_nav or title__Xy12."""
    table = _words()
    words = [word.lower() for word in _WORD.findall(name[:LONGEST_NAME])]
    last = next((word for word in reversed(words) if word in table), None)
    return Named(table[last], name, loose=True) if last else None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Named], ...]:
    return tuple((re.compile(text.strip("/")), name) for text, name in _table().items() if text.startswith("/"))


@cache
def _table() -> Mapping[str, Named]:
    table = {}
    for line in Path(__file__).with_name("selectors.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("# ") and line != "#":
            selector, role, system = line.split("\t")
            table[selector] = Named(role, selector, system == "epaper")
    return table


@cache
def _words() -> Mapping[str, str]:
    lines = Path(__file__).with_name("name_words.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: role for words, role in pairs for word in words.split()}
