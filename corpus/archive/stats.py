"""Activities counted by what they have in common: street, type, month …"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.archive.counting.columns import Ints, Lists, counted, each_once, ints, lists_of
from corpus.archive.counting.dimensions import TIMES, pairs, time_text
from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched
from schemas.annotations import DIVISIONS

DIMENSIONS = (*DIVISIONS, "organizer", "type", "status", "paper", *TIMES)
"""What can be counted by. An activity with several places or organizers counts once for each; the total once."""
MOST = 10_000_000
"""Pairs of an activity and a combination of its values that are held at once: some 500 MB."""
_ORGANIZERS = """
SELECT DISTINCT slot.activity, name.id, name.name
FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
     JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
     JOIN name ON name.id = entity.name
WHERE slot.role = 'organizer'
"""
"""By the names of records: columns know organizers that are places by their place."""
Label = tuple[str | None, str | None]
"""What a value is called, and its code where it is a division."""


class TooManyError(Exception):
    """There are too many combinations of values to count them."""


@dataclass(frozen=True, slots=True)
class StatsRow:
    """A value of each dimension (None: not known) with its code where it is a division, and how many there are."""

    values: tuple[str | None, ...]
    codes: tuple[str | None, ...]
    activities: int
    articles: int


@dataclass(frozen=True, slots=True)
class _Side:
    """The values of one dimension: `labels` in their order, the unknown last; `of` each activity found which it has."""

    labels: Sequence[Label]
    of: Lists


def rows(database: sqlite3.Connection, columns: Columns, found: Matched, by: Sequence[str]) -> Iterator[StatsRow]:
    """The activities found, counted by the dimensions, in the order of their values, unknown ones last.

    Two streets of one name are two rows, each with its own months. KeyError for what is no dimension, TooManyError for
    more than MOST.
    """
    articles = columns.activities.article if found.rows is None else columns.activities.article[found.rows]
    sides = [_side(database, columns, found.rows, dimension) for dimension in by]
    owners, keys = np.arange(len(articles), dtype=np.int32), np.zeros(len(articles), dtype=np.int64)
    chosen = np.zeros((1 if not by or len(articles) else 0, 0), dtype=np.int32)
    for dimension, side in zip(by, sides, strict=True):
        lengths = np.diff(side.of.starts)[owners]
        if lengths.sum(dtype=np.int64) > MOST:
            raise TooManyError(
                f"there are more than {MOST:,} combinations up to {dimension}; count by fewer things, or of fewer "
                "activities: --type, --since …"
            )
        keys = np.repeat(keys, lengths) * len(side.labels) + side.of.of(owners)
        owners = np.repeat(owners, lengths)
        there, keys = np.unique(keys, return_inverse=True)
        chosen = np.column_stack((chosen[there // len(side.labels)], ints(there % len(side.labels))))
    activities = counted(ints(keys), len(chosen)).tolist()
    told = each_once(keys * (len(columns.articles) + 1) + articles[owners]) // (len(columns.articles) + 1)
    for numbers, one, other in zip(chosen.tolist(), activities, counted(ints(told), len(chosen)).tolist(), strict=True):
        labels = [side.labels[number] for side, number in zip(sides, numbers, strict=True)]
        yield StatsRow(tuple(name for name, _ in labels), tuple(code for _, code in labels), one, other)


def _side(database: sqlite3.Connection, columns: Columns, found: Ints | None, dimension: str) -> _Side:
    if dimension not in DIMENSIONS:
        raise KeyError(dimension)
    size = len(columns.activities) if found is None else len(found)
    if dimension == "organizer":
        owners, values, called = _organizers(database, columns, found)
    else:
        owners, values = pairs(columns, found, dimension)
        called = _called(database, columns, dimension, values)
    there = each_once(values)
    in_order = sorted(there.tolist(), key=lambda number: (*_order(called[number]), number))
    rank = np.empty(len(there), dtype=np.int32)
    rank[np.searchsorted(there, ints(in_order))] = np.arange(len(there), dtype=np.int32)
    without = np.ones(size, dtype=bool)
    without[owners] = False
    unknown = ints(np.flatnonzero(without))
    ranks = rank[np.searchsorted(there, values)]
    of = lists_of(
        size,
        np.concatenate((owners, unknown)),
        np.concatenate((ranks, np.full(len(unknown), len(there), dtype=np.int32))),
    )
    return _Side([*(called[number] for number in in_order), (None, None)], of)


def _order(label: Label) -> tuple[str, bool, str]:
    name, code = label
    return name or "", code is None, code or ""


def _called(database: sqlite3.Connection, columns: Columns, dimension: str, values: Ints) -> Mapping[int, Label]:
    texts = columns.texts
    if dimension in DIVISIONS:
        query = "SELECT id, name, code FROM place WHERE type = ?"
        return {key: (name, code) for key, name, code in database.execute(query, (dimension,))}
    if dimension in TIMES:
        return {each: (time_text(each, dimension), None) for each in each_once(values).tolist()}
    named = {"type": texts.types, "status": texts.statuses, "paper": texts.papers}[dimension]
    return {number: (text, None) for number, text in enumerate(named)}


def _organizers(
    database: sqlite3.Connection, columns: Columns, found: Ints | None
) -> tuple[Ints, Ints, Mapping[int, Label]]:
    of, names, called = [], [], dict[int, Label]()
    for activity, name, text in database.execute(_ORGANIZERS):
        of.append(activity)
        names.append(name)
        called[name] = (text, None)
    ids = columns.activities.id if found is None else columns.activities.id[found]
    order = np.argsort(ids)
    at = np.searchsorted(ids[order], ints(of))
    known = at < len(ids)
    known[known] = ids[order][at[known]] == ints(of)[known]
    return ints(order[at[known]]), ints(names)[known], called
