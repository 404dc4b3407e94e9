"""Activities counted by two dimensions at once: street by month, type by district …"""

import sqlite3
from dataclasses import dataclass

import numpy as np

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.counting.columns import Ints, Lists, counted, each_once, ints, most
from corpus.archive.counting.dimensions import TIMES, pairs, time_text
from corpus.archive.counting.held import Columns
from corpus.archive.counting.parties import Party, named_parties
from corpus.archive.matched import Matched
from schemas.annotations import PLACE_TYPES


@dataclass(frozen=True, slots=True)
class Heading:
    """A value of a dimension: its name (None: not known), and what it is where that is a place or a party."""

    name: str | None
    place: PlaceName | None = None
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """The values along one side, and how many activities have each.

    `others` are the activities that have one of the `more` values that are not shown, `unknown` those that have none.
    """

    dimension: str
    headings: tuple[Heading, ...]
    totals: tuple[int, ...]
    more: int
    others: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Pivot:
    """`cells[row][column]`; behind the values shown stand the others and the unknown of each axis, in this order.

    An activity with several values counts once for each of them, and once in each total: totals are no sums of cells.
    """

    rows: Axis
    columns: Axis
    cells: tuple[tuple[int, ...], ...]
    total: int
    exact: bool


def pivot(
    database: sqlite3.Connection,
    columns: Columns,
    found: Matched,
    by: tuple[str, str],
    limits: tuple[int, int] = (30, 30),
) -> Pivot:
    """The activities found by the dimensions of rows and of columns; KeyError for what is no dimension.

    `limits`: how many values of each are shown at most, from 1 on; those that most activities have, of times the last.
    """
    made = [_Side(columns, found.rows, dimension, limit) for dimension, limit in zip(by, limits, strict=True)]
    down, across = made
    width = across.shown + 2
    of = down.slots.of(None)[across.slots.owners(down.owners)].astype(np.int64) * width + across.slots.of(down.owners)
    cells = np.bincount(of, minlength=(down.shown + 2) * width).reshape(-1, width)
    rows, beside = (side.axis(database) for side in made)
    return Pivot(rows, beside, tuple(map(tuple, cells.tolist())), down.size, found.exact)


class _Side:
    """The activities along one dimension: for each, in `slots`, which of the values shown, of the others, or unknown.

    `owners`: the activity, by its place among the found, that each slot is of.
    """

    def __init__(self, columns: Columns, rows: Ints | None, dimension: str, limit: int) -> None:
        self._columns, self._dimension = columns, dimension
        self.size = len(columns.activities) if rows is None else len(rows)
        owners, values = pairs(columns, rows, dimension)
        if dimension in TIMES:
            # days as numbers are few and far between: a place for each number up to 99991231 is too much
            there = ints(each_once(values))
            values = ints(np.searchsorted(there, values))
            counts, chosen = counted(values), np.arange(len(there), dtype=np.int32)[-limit:]
            self._values = there[chosen].tolist()
        else:
            counts = counted(values)
            chosen = most(counts, limit)
            self._values = chosen.tolist()
        self.shown = len(chosen)
        self._more = int(np.count_nonzero(counts)) - self.shown
        slot = np.full(len(counts), self.shown, dtype=np.int32)
        slot[chosen] = np.arange(self.shown, dtype=np.int32)
        # an activity with several of the others is one of them
        width = self.shown + 2
        without = np.ones(self.size, dtype=bool)
        without[owners] = False
        unknown = np.flatnonzero(without) * width + self.shown + 1
        both = each_once(np.concatenate((owners.astype(np.int64) * width + slot[values], unknown)))
        self.owners = ints(both // width)
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.owners, minlength=self.size))))
        self.slots = Lists(ints(starts), ints(both % width))

    def axis(self, database: sqlite3.Connection) -> Axis:
        """What is shown of it."""
        totals = counted(self.slots.values, self.shown + 2).tolist()
        *shown, others, unknown = totals
        return Axis(self._dimension, self._headings(database), tuple(shown), self._more, others, unknown)

    def _headings(self, database: sqlite3.Connection) -> tuple[Heading, ...]:
        texts, values, dimension = self._columns.texts, self._values, self._dimension
        if dimension in PLACE_TYPES:
            names = of_places(database, values)
            return tuple(Heading(names[each].address.name, names[each]) for each in values)
        if dimension in ("organizer", "partner"):
            parties = named_parties(database, self._columns, values)
            return tuple(Heading(each.name, each.place, each) for each in parties)
        if dimension in TIMES:
            return tuple(Heading(time_text(each, dimension)) for each in values)
        named = {"paper": texts.papers, "type": texts.types, "status": texts.statuses}[dimension]
        return tuple(Heading(named[each]) for each in values)
