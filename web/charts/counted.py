"""Activities counted for a chart and its table: by time and type, or by any two dimensions."""

import sqlite3
from dataclasses import dataclass

from corpus.archive.counting.held import Columns
from corpus.archive.matched import Matched
from corpus.archive.pivot import Pivot, pivot
from web.charts.grid import OWN, Asked, Grid, grid
from web.charts.months import over_time
from web.language import Language

SHOWN = 25
"""Values of each dimension, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A pivot, how it is read, and the parameters that ask for its activities."""

    pivot: Pivot
    grid: Grid
    asked: tuple[tuple[str, str], ...]


def by_month(database: sqlite3.Connection, columns: Columns, found: Matched, asked: Asked, speech: Language) -> Counted:
    """The activities found by time and type; `asked`: the parameters of /activities that ask for them."""
    made = over_time(database, columns, found)
    return Counted(made, grid(made, asked, speech), _kept(asked))


def by_two(
    database: sqlite3.Connection,
    columns: Columns,
    found: Matched,
    by: tuple[str, str],
    top: int,
    asked: Asked,
    speech: Language,
) -> Counted:
    """The activities found by two dimensions, `top` values of each at most."""
    made = pivot(database, columns, found, by, (top, top))
    return Counted(made, grid(made, asked, speech), _kept(asked))


def _kept(asked: Asked) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in asked if name not in OWN and value)
