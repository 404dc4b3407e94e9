"""Which column of a table holds what: as the user names them, else by the names that such columns usually have.

The usual names are data: columns.tsv.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.rejects import Rejected

MOST_SHOWN = 20
"""Columns that a message names; tables of databases have hundreds."""


def find(names: Collection[str], chosen: Iterable[tuple[str, str]] = ()) -> Mapping[str, str]:
    """Field → the column among `names` that holds it; `chosen` are the user's pairs and go first.

    >>> dict(find(["标题", "Content", "字数"]))  # headline, content, number of characters
    {'text': 'Content', 'title': '标题'}
    >>> dict(find(["Content", "摘要"], [("text", "摘要")]))  # abstract
    {'text': '摘要'}
    """
    backwards = list(names)[::-1]  # of two alike the first is taken
    # article.title of a nested object is a title, where nothing is called title
    known = {plain(name.rpartition(".")[2]): name for name in backwards} | {plain(name): name for name in backwards}
    found: dict[str, str] = {}
    for field, usual in _usual().items():
        column = next((known[name] for name in usual if name in known), None)
        if column is not None:
            found[field] = column
    for field, column in chosen:
        if column in names or plain(column) in known:
            taken = column if column in names else known[plain(column)]
            found = {other: name for other, name in found.items() if name != taken}
            found[field] = taken
    return MappingProxyType(found)


def flat(row: Mapping[str, Any], above: str = "", depth: int = 3) -> dict[str, Any]:
    """A nested object's values under dotted names.

    >>> flat({"id": 1, "article": {"title": "晨练"}})  # morning exercise
    {'id': 1, 'article.title': '晨练'}
    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping) and value and depth:
            found |= flat(value, f"{above}{name}.", depth - 1)
        else:
            found[f"{above}{name}"] = value
    return found


def plain(name: str) -> str:
    """A column's name as columns.tsv writes it.

    >>> plain(" Publish_Time ")
    'publishtime'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", name).lower() if c not in "_- \ufeff\t\n")


def missing(names: Iterable[str]) -> Rejected:
    """No column is known to hold the text: what to tell the user."""
    shown = [name if len(name) <= 30 else name[:29] + "…" for name in names]
    more = f" and {len(shown) - MOST_SHOWN} more" if len(shown) > MOST_SHOWN else ""
    listed = ", ".join(shown[:MOST_SHOWN]) or "none"
    return Rejected("no_text_column", f"no column is known to hold the text; there are: {listed}{more}")


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    lines = Path(__file__).with_suffix(".tsv").read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
    fields = dict.fromkeys(field for field, _ in rows)
    return MappingProxyType({field: tuple(name for other, name in rows if other == field) for field in fields})
