"""Dates as EDTF (ISO 8601-2) strings: a day, a month, a year, an interval, or one with parts unknown.

Used forms: 2023-03-05 · 2023-03 · 2023 · 198X (decade) · 19XX (century) · XXXX-03-05, XXXX-XX-05 (level 2: the year, or
year and month, are not known) · 2023-03-05T15:00:00 · A/B · ../B and A/.. (level 1: open) · 2023-03-05~ (about).
"""

import calendar
import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """From `first` to `last`, each an EDTF date; the two are equal for a single date.

    >>> Extent("2023-06-01", "2023-06-07").edtf(), Extent("2023", "2023").edtf()
    ('2023-06-01/2023-06-07', '2023')
    """

    first: str
    last: str

    def edtf(self) -> str:
        """The extent as one EDTF string."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


def date(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """As much of a date as is known.

    >>> date(2023, 3), date(None, 3, 5), date(None, None, 13)
    ('2023-03', 'XXXX-03-05', 'XXXX-XX-13')
    """
    text = "XXXX" if year is None else f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
    elif day is not None:
        text += "-XX"
    if day is not None:
        text += f"-{day:02d}"
    return text


def last_day(year: int | None, month: int) -> int:
    """The last day of a month; 28 for a February of an unknown year."""
    return calendar.monthrange(year or 2001, month)[1]


def day(value: datetime.date) -> str:
    """A calendar day.

    >>> day(datetime.date(2023, 3, 5))
    '2023-03-05'
    """
    return value.isoformat()


def days(first: datetime.date, last: datetime.date) -> Extent:
    """The days from `first` to `last`."""
    return Extent(first.isoformat(), last.isoformat())


def months(year: int | None, first: int, last: int) -> Extent:
    """Whole months; a month above 12 lies in the next year.

    >>> months(2022, 12, 14).edtf()  # the winter of 2022
    '2022-12/2023-02'
    """

    def at(month: int) -> str:
        return date(None if year is None else year + (month - 1) // 12, (month - 1) % 12 + 1)

    return Extent(at(first), at(last))


def valid(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether such a day exists (29 February only in a leap year or where the year is unknown)."""
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    most = 31 if month is None else 29 if year is None and month == 2 else last_day(year, month)
    return 1 <= day <= most
