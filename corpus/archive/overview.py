"""What an archive holds, at a glance."""

import sqlite3
from dataclasses import dataclass

import numpy as np

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.article_lines import ArticleLine, newest
from corpus.archive.counting.columns import counted, most
from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched
from corpus.archive.pivot import Pivot, pivot
from schemas.annotations import PLACE_TYPES

MONTHS = 1200
"""A hundred years of them."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A place and how many activities took place in it."""

    place: PlaceName
    activities: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`papers` are those whose name is known, `issues` those that have a day, of whatever paper; `pages` all there are.

    `places` are those that articles name and all that these lie in. `first` and `last` are days of issues, None where
    no issue has one. `by_month`: activities, months by types.
    """

    papers: int
    issues: int
    pages: int
    articles: int
    photos: int
    activities: int
    distinct: int
    places: int
    first: str | None
    last: str | None
    by_month: Pivot
    streets: tuple[Busy, ...]
    newest: tuple[ArticleLine, ...]


def overview(database: sqlite3.Connection, columns: Columns, streets: int = 10, articles: int = 10) -> Overview:
    """All of it; so many streets and articles."""
    papers, issues, pages, first, last = columns.texts.printed
    held, kinds = columns.articles, columns.texts.kinds
    photos = int(np.count_nonzero(held.kind == kinds.index("photo"))) if "photo" in kinds else 0
    every = np.ones(len(columns.activities), dtype=bool)
    distinct = int(np.count_nonzero(columns.first_accounts(every)))
    places = int(np.count_nonzero(counted(held.places.values)))
    by_month = pivot(database, columns, Matched(None, len(every), True), ("month", "type"), (MONTHS, len(held) + 1))
    return Overview(
        papers, issues, pages, len(held), photos, len(every), distinct, places, first, last, by_month,
        busiest(database, columns, "street", streets), newest(database, articles),
    )  # fmt: skip


def busiest(database: sqlite3.Connection, columns: Columns, level: str, limit: int) -> tuple[Busy, ...]:
    """The places of this level in which most activities took place."""
    counts = counted(columns.activities.places.values, len(columns.places.above))
    counts[columns.places.type != PLACE_TYPES.index(level)] = 0
    chosen = most(counts, limit).tolist()
    names = of_places(database, chosen)
    return tuple(Busy(names[each], int(counts[each])) for each in chosen)
