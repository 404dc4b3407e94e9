"""The articles that were found in the order of their days, with snippets, where search.py has them by relevance."""

import sqlite3
from dataclasses import dataclass

import numpy as np

from corpus.archive.counting.columns import Ints
from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched
from corpus.archive.query import parse
from corpus.archive.reading import Reader
from corpus.archive.search import Hit, hits


@dataclass(frozen=True, slots=True)
class Page:
    """The hits among `candidates` articles that the index gave; fewer where reading their texts showed otherwise."""

    hits: tuple[Hit, ...]
    candidates: int


def by_day(
    database: sqlite3.Connection,
    columns: Columns,
    query: str,
    found: Matched,
    limit: int,
    offset: int = 0,
    oldest: bool = False,
) -> Page:
    """A page of what matched.articles found for `query`, newest first, or oldest first; undated articles are last."""
    rows = _ordered(columns, found.rows, oldest)[offset : offset + limit]
    reader = Reader(database, parse(query), settled=found.exact)
    texts = reader.read(columns.articles.id[rows].tolist())
    return Page(tuple(hits(database, [(0.0, text) for text in texts])), len(rows))


def _ordered(columns: Columns, rows: Ints | None, oldest: bool) -> Ints:
    days = columns.articles.day
    held = np.arange(len(days), dtype=np.int32) if rows is None else rows
    of = days[held]
    if oldest:
        return held[np.lexsort((held, of, of == 0))]
    return held[np.lexsort((held, -of))]
