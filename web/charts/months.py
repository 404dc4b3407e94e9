"""Activities over time by type: stacked bars of the types that most are of."""

import sqlite3
from collections.abc import Sequence

from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched
from corpus.archive.pivot import Heading, Pivot, pivot

TYPES = 7
"""Types with a colour of their own; one more colour is for the others."""
MOST = 1200
BY_MONTH = 60
"""Months up to which they are shown one by one; years else."""
GAP = 24
"""Months without an activity that are shown as such; what lies further apart is not drawn to scale."""


def over_time(database: sqlite3.Connection, columns: Columns, found: Matched, types: int = TYPES) -> Pivot:
    """The activities found by month, or by year where there are many months, and type."""
    by_month = pivot(database, columns, found, ("month", "type"), (MOST, types))
    if len(by_month.rows.headings) <= BY_MONTH:
        return by_month
    return pivot(database, columns, found, ("year", "type"), (MOST, types))


def stretch(headings: Sequence[Heading]) -> list[str]:
    """The months or years from the first to the last, also those between them in which nothing took place.

    >>> stretch([Heading("2023-11"), Heading("2024-02")])
    ['2023-11', '2023-12', '2024-01', '2024-02']
    >>> stretch([Heading("2003"), Heading("2005")])
    ['2003', '2004', '2005']
    """
    made = list[str]()
    before = None
    for name in (heading.name for heading in headings if heading.name):
        at = _number(name)
        if before is not None and at - before <= GAP:
            made += [_name(between, name) for between in range(before + 1, at)]
        made.append(name)
        before = at
    return made


def _number(name: str) -> int:
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _name(number: int, like: str) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}" if "-" in like else f"{number:04}"
