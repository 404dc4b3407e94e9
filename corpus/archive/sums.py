"""Figures of activities added up by their unit: so many copies, so many residents.

What several articles tell of one activity is added once, from its first account. Shares and ages are not added; of a
range the lower end is.
"""

from dataclasses import dataclass

import numpy as np

from corpus.archive.counting.columns import Floats, Ints, Mask, counted, each_once, ints
from corpus.archive.counting.held import Columns

NOT_ADDED_ROLES = ("rate", "age")
NOT_ADDED_UNITS = ("%", "‰", "岁", "周岁", "度", "℃")
"""Figures of which a sum says nothing."""


@dataclass(frozen=True, slots=True)
class ObjectSum:
    """Figures of one unit, object and role."""

    object: str
    role: str | None
    total: float
    figures: int


@dataclass(frozen=True, slots=True)
class UnitSum:
    """All figures of a unit in so many `activities`; `objects` those that most figures are of, `more` further ones."""

    unit: str
    total: float
    figures: int
    activities: int
    objects: tuple[ObjectSum, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Sums:
    """`units` with the most figures first, and how many further units there are.

    `activities` are those added up, `left_out` further reports of the same ones, which are not.
    """

    units: tuple[UnitSum, ...]
    more: int
    activities: int
    left_out: int


def added(columns: Columns, rows: Ints | None, units: int = 10, objects: int = 5) -> Sums:
    """The figures of these activities (rows of columns.activities; None: all)."""
    held = columns.activities
    wanted: Mask = np.ones(len(held), dtype=bool)
    if rows is not None:
        wanted[:] = False
        wanted[rows] = True
    firsts = ints(np.flatnonzero(columns.first_accounts(wanted)))
    at, owners = held.counts.at(firsts), held.counts.owners(firsts)
    keys, values = held.counts.values[at], held.count_value[at]
    named = columns.texts.counts
    can = np.array([unit not in NOT_ADDED_UNITS and role not in NOT_ADDED_ROLES for unit, _, role in named], dtype=bool)
    adds = can[keys] if len(named) else np.zeros(0, dtype=bool)
    owners, keys, values = owners[adds], keys[adds], values[adds]
    unit_of: dict[str, int] = {}
    unit = ints([unit_of.setdefault(each, len(unit_of)) for each, _, _ in named])
    figures = counted(unit[keys], len(unit_of))
    chosen = np.lexsort((np.arange(len(figures)), -figures))[:units]
    texts = list(unit_of)
    made = tuple(
        _unit(columns, texts[each], unit[keys] == each, (owners, keys, values), objects)
        for each in chosen.tolist()
        if figures[each]
    )
    left_out = int(np.count_nonzero(wanted)) - len(firsts)
    return Sums(made, int(np.count_nonzero(figures)) - len(made), len(firsts), left_out)


def _unit(columns: Columns, unit: str, fits: Mask, all_of: tuple[Ints, Ints, Floats], objects: int) -> UnitSum:
    owners, keys, values = all_of[0][fits], all_of[1][fits], all_of[2][fits]
    figures, totals = counted(keys), np.bincount(keys, weights=values)
    there = np.flatnonzero(figures)
    most = there[np.lexsort((there, -figures[there]))][:objects].tolist()
    made = tuple(
        ObjectSum(columns.texts.counts[each][1], columns.texts.counts[each][2], float(totals[each]), int(figures[each]))
        for each in most
    )
    return UnitSum(unit, float(values.sum()), len(keys), len(each_once(owners)), made, len(there) - len(made))
