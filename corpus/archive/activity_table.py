"""A table of activities, a page of it at a time: the rows of activities.py in any order, as fast at its end as at its
beginning."""

import sqlite3
from typing import Literal

import numpy as np

from corpus.archive import activities
from corpus.archive.activities import ActivityRow
from corpus.archive.counting.columns import Ints
from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched

Order = Literal["archive", "date", "type", "name"]
"""As activities.ORDERS, which says what they mean."""


def page(
    database: sqlite3.Connection,
    columns: Columns,
    found: Matched,
    order: Order = "archive",
    backwards: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[ActivityRow, ...]:
    """At most `limit` of the activities found from the `offset`-th on; `backwards`: the last day or name first.

    What is equal stands in the archive's own order, what has no date last, either way.
    """
    rows = sorted_rows(columns, found, order, backwards)[offset : offset + limit]
    return tuple(activities.of(database, columns.activities.id[rows].tolist()))


def sorted_rows(columns: Columns, found: Matched, order: Order, backwards: bool = False) -> Ints:
    """All that were found, as rows of columns.activities in this order."""
    held = columns.activities
    rows = np.arange(len(held), dtype=np.int32) if found.rows is None else found.rows
    if order == "archive":
        return rows[::-1] if backwards else rows
    if order == "type":
        types = columns.texts.types
        rank = np.empty(len(types), dtype=np.int32)
        rank[sorted(range(len(types)), key=types.__getitem__)] = np.arange(len(types), dtype=np.int32)
        keys = rank[held.type[rows]]
    else:
        keys = (held.day if order == "date" else held.by_name)[rows]
    keys = -keys if backwards else keys.copy()
    if order == "date":
        keys[keys == 0] = np.iinfo(np.int32).max
    # rows stand in the archive's order, and what is equal keeps it
    return rows[np.argsort(keys, kind="stable")]
