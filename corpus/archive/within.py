"""Filters by place and day answered from columns: what filters.py finds, as fast for a whole city as for a street."""

import json
import sqlite3
from dataclasses import fields

import numpy as np

from corpus.archive import filters as sieve
from corpus.archive.conditions import Condition, Every, Rows
from corpus.archive.counting.columns import Ints, Lists, Mask, ints
from corpus.archive.counting.held import Columns
from corpus.archive.filters import ALWAYS, Filters
from corpus.archive.places import PLACE_FILTERS


def articles(database: sqlite3.Connection, columns: Columns, filters: Filters) -> Mask | None:
    """The rows of columns.articles in the places that the filters want; None for all."""
    held = columns.articles
    return _within(database, (held.places,), held.otherwise, filters)


def activities(database: sqlite3.Connection, columns: Columns, filters: Filters) -> Mask | None:
    """The rows of columns.activities in the places that the filters want; None for all."""
    held = columns.activities
    return _within(database, (held.places, held.stated), held.otherwise, filters)


def days(database: sqlite3.Connection, columns: Columns, filters: Filters) -> Mask | None:
    """The rows of columns.articles between the days that the filters want; None for all."""
    if not filters.since and not filters.until:
        return None
    held = columns.articles
    first, last = (
        (day or default).replace("-", "") for day, default in ((filters.since, "0"), (filters.until, ALWAYS))
    )
    wanted: Mask = (held.day >= max(1, int(first))) & (held.day <= int(last))
    rows = sieve.undated(filters)
    wanted[columns.article_rows(ints([row[0] for row in database.execute(rows.sql, rows.values)]))] = True
    return wanted


def condition(database: sqlite3.Connection, columns: Columns, filters: Filters) -> Condition:
    """The articles in the places that the filters want, for search: `among`."""
    wanted = articles(database, columns, filters)
    if wanted is None:
        return Every()
    few = np.count_nonzero(wanted) * 2 < len(wanted)
    ids: Ints = columns.articles.id[wanted if few else ~wanted]
    listed = json.dumps(ids.tolist(), separators=(",", ":"))
    if few:
        return Rows("search_entry.article IN (SELECT value FROM json_each(?))", (listed,))
    last = int(columns.articles.id.max(initial=0))  # what came in since is not known to lie there
    sql = "(search_entry.article NOT IN (SELECT value FROM json_each(?)) AND search_entry.article <= ?)"
    return Rows(sql, (listed, last))


def elsewhere(filters: Filters) -> Filters:
    """The filters without those by place."""
    rest = {field.name: getattr(filters, field.name) for field in fields(filters) if field.name not in PLACE_FILTERS}
    return Filters(**rest)


def _within(database: sqlite3.Connection, held: tuple[Lists, ...], otherwise: Lists, filters: Filters) -> Mask | None:
    wanted: Mask | None = None
    for field in PLACE_FILTERS:
        if not (names := getattr(filters, field)):
            continue
        things = [thing for name in names if (thing := sieve.known(database, field, name))]
        places = {place for thing in things for place in thing.places}
        for code in (code for thing in things for code in thing.codes):
            coded = database.execute("SELECT id FROM place WHERE code >= ? AND code < ?", (code, code + ":"))
            places.update(row[0] for row in coded)
        rows = otherwise.having(ints(sorted({name for thing in things for name in thing.names})))
        for lists in held:
            rows |= lists.having(ints(sorted(places)))
        wanted = rows if wanted is None else wanted & rows
    return wanted
