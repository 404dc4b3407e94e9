"""What an element is called by the systems that make pages (selectors.tsv), as a role for what it holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

PRECEDENCE = ("chrome", "body", "main", "kicker", "subtitle", "byline", "caption", "source", "furniture", "head")
"""Which role counts where an element bears several names."""


@dataclass(frozen=True, slots=True)
class Named:
    """A role, the name that says so, and whether it is an e-paper system's."""

    role: str
    selector: str
    epaper: bool


def named(element: etree._Element) -> Named | None:
    """What the names of an element say of what it holds; None where they are not known.

    >>> element = etree.Element("td", {"class": "Font01 big"})
    >>> named(element)
    Named(role='head', selector='.font01', epaper=True)
    """
    table = _table()
    tag, classes = str(element.tag), element.get("class", "").lower().split()
    names = [tag, f"#{element.get('id', '').lower()}"]
    names += [name for each in classes for name in (f".{each}", f"{tag}.{each}")]
    found = [table[name] for name in names if name in table]
    found += [name for pattern, name in _patterns() if any(map(pattern.fullmatch, classes))]
    return min(found, key=lambda each: PRECEDENCE.index(each.role)) if found else None


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
