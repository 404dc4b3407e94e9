"""Activities narrowed to those behind a figure of a facet or a pivot: exactly those that it counts.

The filters of filters.py ask wider: a day within what a date may mean, whatever is called so. And of what several
articles tell they leave the first account among those that they want; here what is one account stays it.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from corpus.archive.counting.columns import Ints, ints
from corpus.archive.counting.dimensions import DIMENSIONS, PARTIES, TIMES, pairs
from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched
from corpus.archive.named import by_path
from schemas.annotations import PLACE_TYPES


@dataclass(frozen=True, slots=True)
class Only:
    """A value of a dimension, None: not known.

    2024, 2024-03 or 2024-03-12; antifraud; done; of places and of parties that are one their path (Address.path), of
    other parties =NAME.
    """

    dimension: str
    value: str | None

    @classmethod
    def parse(cls, text: str) -> "Only":
        """The value that DIMENSION:VALUE writes; ValueError where there is no such dimension.

        >>> Only.parse("month:2024-03"), Only.parse("street:")
        (Only(dimension='month', value='2024-03'), Only(dimension='street', value=None))
        """
        dimension, colon, value = text.partition(":")
        if not colon or dimension not in DIMENSIONS:
            raise ValueError(text)
        return cls(dimension, value or None)

    def __str__(self) -> str:
        return f"{self.dimension}:{self.value or ''}"


def narrowed(database: sqlite3.Connection, columns: Columns, found: Matched, wanted: Iterable[Only]) -> Matched:
    """Of the activities found those that are wanted; of several values of one dimension one is enough."""
    by_dimension = defaultdict[str, list[str | None]](list)
    for each in wanted:
        by_dimension[each.dimension].append(each.value)
    for dimension, values in by_dimension.items():
        rows = ints(np.arange(len(columns.activities))) if found.rows is None else found.rows
        owners, has = pairs(columns, found.rows, dimension)
        meant = [_numbers(database, columns, dimension, value) for value in values if value is not None]
        kept = np.zeros(len(rows), dtype=bool)
        if None in values:
            kept[:] = True
            kept[owners] = False
        if meant:
            kept[owners[np.isin(has, np.concatenate(meant))]] = True
        chosen = rows[kept]
        found = Matched(chosen, len(chosen), found.exact)
    return found


def _numbers(database: sqlite3.Connection, columns: Columns, dimension: str, value: str) -> Ints:
    if dimension in TIMES:
        time = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value, re.ASCII)
        return ints([int("".join(filter(None, time.groups())))] if time else [])
    if dimension in PLACE_TYPES:
        return _places(database, value, (dimension,))
    if dimension in PARTIES:
        held = columns.parties
        if value.startswith("="):
            names = [row[0] for row in database.execute("SELECT id FROM name WHERE name = ?", (value[1:],))]
            return ints(np.flatnonzero((held.place == 0) & np.isin(held.name, ints(names))))
        return ints(np.flatnonzero((held.place > 0) & np.isin(held.place, _places(database, value, PLACE_TYPES))))
    texts = {"type": columns.texts.types, "status": columns.texts.statuses, "paper": columns.texts.papers}[dimension]
    return ints([number for number, text in enumerate(texts) if text == value])


def _places(database: sqlite3.Connection, path: str, types: tuple[str, ...]) -> Ints:
    if path.isascii() and path.isdigit():
        return ints([row[0] for row in database.execute("SELECT id FROM place WHERE code = ?", (path,))])
    return ints(by_path(database, path, types))
