"""Which articles and activities a query and filters mean, as rows of the columns that they are counted from."""

import sqlite3
from dataclasses import dataclass, replace

import numpy as np

from corpus.archive import filters as sieve
from corpus.archive import within
from corpus.archive.bounds import bounds
from corpus.archive.candidates import Candidates
from corpus.archive.counting.columns import Ints, Mask, ints
from corpus.archive.counting.held import Columns
from corpus.archive.filters import Filters
from corpus.archive.query import parse
from corpus.archive.reading import Reader
from corpus.archive.search import ALL, Found
from corpus.archive.search import search as search_all
from corpus.archive.within import elsewhere


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows in the archive's order, None for all. Where not `exact` some are too many, as of search's total."""

    rows: Ints | None
    total: int
    exact: bool


def search(
    database: sqlite3.Connection,
    columns: Columns,
    query: str,
    filters: Filters = Filters(),  # noqa: B008 - immutable
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """What search.search finds, with its filters by place answered from the columns."""
    among = within.condition(database, columns, filters)
    return search_all(database, query, elsewhere(filters), limit, offset, among)


def articles(
    database: sqlite3.Connection,
    columns: Columns,
    query: str = "",
    filters: Filters = Filters(),  # noqa: B008 - immutable
) -> Matched:
    """The articles that search finds; QueryError for what is no query.

    Up to search.ALL candidates are read, as search does; more are taken as the index gives them.
    """
    expression = parse(query)
    held, rest = columns.articles, replace(elsewhere(filters), since=None, until=None)
    inside = within.articles(database, columns, filters)
    if (between := within.days(database, columns, filters)) is not None:
        inside = _and(inside, between)
    if expression is None and not rest.given():
        return _every(inside, len(held))
    limits = bounds(database, expression)
    candidates = Candidates(database, limits.possible, sieve.articles(database, rest))
    rows = columns.article_rows(_numbers(candidates.every()))
    if inside is not None:
        rows = rows[inside[rows]]
    if limits.exact or len(rows) > ALL:
        return Matched(rows, len(rows), limits.exact)
    texts = Reader(database, expression, settled=False).read(held.id[rows].tolist())
    rows = columns.article_rows(ints([text.article for text in texts]))
    return Matched(rows, len(rows), True)


def activities(
    database: sqlite3.Connection,
    columns: Columns,
    filters: Filters = Filters(),  # noqa: B008 - immutable
    query: str = "",
    distinct: bool = False,
) -> Matched:
    """The activities that the filters want, of the articles that search finds for `query`.

    `distinct`: of what several articles tell the first account among these.
    """
    held, rest, exact = columns.activities, elsewhere(filters), True
    wanted = within.activities(database, columns, filters)
    if rest.given():
        condition = sieve.activities(database, rest)
        found = f"SELECT coalesce(group_concat(activity.id), '') FROM activity WHERE {condition.sql}"
        [(ids,)] = database.execute(found, condition.values)
        wanted = _and(wanted, _mask(columns.activity_rows(_numbers(ids)), len(held)))
    if query.strip():
        of = articles(database, columns, query)
        exact = of.exact
        if of.rows is not None:
            wanted = _and(wanted, _mask(of.rows, len(columns.articles))[held.article])
    if distinct:
        wanted = columns.first_accounts(np.ones(len(held), dtype=bool) if wanted is None else wanted)
    found_all = _every(wanted, len(held))
    return Matched(found_all.rows, found_all.total, exact)


def _and(one: Mask | None, other: Mask) -> Mask:
    return other if one is None else one & other


def _every(wanted: Mask | None, size: int) -> Matched:
    if wanted is None:
        return Matched(None, size, True)
    rows = ints(np.flatnonzero(wanted))
    return Matched(rows, len(rows), True)


def _mask(rows: Ints, size: int) -> Mask:
    made = np.zeros(size, dtype=bool)
    made[rows] = True
    return made


def _numbers(ids: str) -> Ints:
    return np.fromstring(ids, dtype=np.int32, sep=",") if ids else ints([])
