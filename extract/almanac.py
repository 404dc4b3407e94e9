"""When a feast falls: fixed days, days of the farmers' calendar, n-th weekdays, solar terms.

The feasts live in `lexicons/festivals.tsv`.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from lunardate import LunarDate  # type: ignore[import-untyped]

from extract import lexicon

NEAR, FAR = 120, 245
"""Days from the issue within which the nearest feast is meant, and beyond which none ahead is; see `likely`."""
YEARS = range(1900, 2100)
"""The years of the lunar table."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One feast of the lexicon; `days` is how long its holiday lasts."""

    name: str
    kind: str
    rule: tuple[int, ...]
    days: int

    def in_year(self, year: int) -> datetime.date | None:
        """Its (first) day in the calendar year that the feast belongs to; None outside the lunar table.

        除夕 (New Year's Eve) belongs to the year that it opens: 2024年除夕 is 9 February 2024.

        >>> festival("重阳节").in_year(2023)  # Double Ninth
        datetime.date(2023, 10, 23)
        >>> festival("母亲节").in_year(2024), festival("清明节").in_year(2024)  # Mother's Day, Qingming
        (datetime.date(2024, 5, 12), datetime.date(2024, 4, 4))
        """
        month, number, *rest = self.rule
        if self.kind == "solar":
            return datetime.date(year, month, number)
        if self.kind == "weekday":
            first = datetime.date(year, month, 1)
            return first + datetime.timedelta((rest[0] - 1 - first.weekday()) % 7 + 7 * (number - 1))
        if self.kind == "term":
            return solar_term(year, month, number)
        if (month, number) == (12, 30):
            new_year = lunar(year, 1, 1)
            return None if new_year is None else new_year - datetime.timedelta(1)
        day = lunar(year - 1 if month == 12 else year, month, number)
        return day


def lunar(year: int, month: int, day: int) -> datetime.date | None:
    """The solar day of a day of the farmers' calendar, or None where there is no such day in the table.

    >>> lunar(2023, 5, 5)  # Dragon Boat Festival
    datetime.date(2023, 6, 22)
    """
    if year not in YEARS:
        return None
    try:
        found: datetime.date = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return found


_TERMS = {  # C of the usual formula [Y*0.2422 + C] - [Y/4] for 1901-2000 and 2001-2099, by (month, mean day)
    (2, 4): (4.6295, 3.87), (2, 19): (19.4599, 18.73), (3, 6): (6.3826, 5.63), (3, 21): (21.4155, 20.646),
    (4, 5): (5.59, 4.81), (4, 20): (20.888, 20.1), (5, 6): (6.318, 5.52), (5, 21): (21.86, 21.04),
    (6, 6): (6.5, 5.678), (6, 21): (22.2, 21.37), (7, 7): (7.928, 7.108), (7, 23): (23.65, 22.83),
    (8, 8): (8.35, 7.5), (8, 23): (23.95, 23.13), (9, 8): (8.44, 7.646), (9, 23): (23.822, 23.042),
    (10, 8): (9.098, 8.318), (10, 23): (24.218, 23.438), (11, 7): (8.218, 7.438), (11, 22): (23.08, 22.36),
    (12, 7): (7.9, 7.18), (12, 22): (22.6, 21.94),
}  # fmt: skip


def solar_term(year: int, month: int, mean: int) -> datetime.date:
    """The day of a solar term by the century formula (right to the day for all but a handful of years)."""
    early, late = _TERMS[month, mean]
    of_century = year % 100
    leap = (of_century - 1) // 4 if month <= 2 else of_century // 4
    return datetime.date(year, month, int(of_century * 0.2422 + (late if year > 2000 else early)) - leap)


@cache
def festivals() -> MappingProxyType[str, Festival]:
    """The lexicon's feasts by name."""
    rows = lexicon.table("festivals")
    return MappingProxyType(
        {
            r["name"]: Festival(r["name"], r["kind"], tuple(int(n) for n in r["date"].split("-")), int(r["days"]))
            for r in rows
        }
    )


def festival(name: str) -> Festival:
    """The feast of that name; KeyError where there is none."""
    return festivals()[name]


def nearest(feast: Festival, issue: datetime.date) -> datetime.date | None:
    """The occurrence that a paper of the issue date means; see `likely`."""
    return likely([feast.in_year(y) for y in (issue.year - 1, issue.year, issue.year + 1)], issue)


def likely(days: Sequence[datetime.date | None], issue: datetime.date) -> datetime.date | None:
    """Which day is meant of those in the years around: one within `NEAR` days, the nearest, else the issue year's.

    One of the issue year that lies more than `FAR` days ahead is last year's (国庆节 in a January paper).

    >>> days = [datetime.date(y, 10, 1) for y in (2022, 2023, 2024)]
    >>> likely(days, datetime.date(2023, 3, 15)), likely(days, datetime.date(2023, 1, 5))
    (datetime.date(2023, 10, 1), datetime.date(2022, 10, 1))
    """
    known = [d for d in days if d is not None]
    close = min(known, key=lambda d: (abs((d - issue).days), d), default=None)
    if close is None or abs((close - issue).days) <= NEAR:
        return close
    same = [d for d in known if d.year == issue.year and (d - issue).days <= FAR]
    return same[0] if same else close
