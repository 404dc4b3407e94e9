"""What activities can be counted by, and which values of a dimension each activity has."""

import numpy as np

from corpus.archive.counting.columns import Ints, Lists, ints, taken
from corpus.archive.counting.held import Columns
from schemas.annotations import PLACE_TYPES

TIMES = {"year": 10_000, "month": 100, "day": 1}
"""What a day as a number is divided by."""
PARTIES = ("organizer", "partner")
DIMENSIONS = (*PLACE_TYPES, *PARTIES, "type", "status", "paper", *TIMES)


def pairs(columns: Columns, rows: Ints | None, dimension: str) -> tuple[Ints, Ints]:
    """Activities, by their place in `rows` (None: all), each beside a value that it has; one with none is left out.

    Values are ids of places, numbers of parties or of texts, and 2024, 202403 or 20240312 for times.
    """
    held = columns.activities
    every = np.arange(len(held) if rows is None else len(rows), dtype=np.int32)
    if dimension in PLACE_TYPES:
        values = held.places.of(rows)
        fits = columns.places.type[values] == PLACE_TYPES.index(dimension)
        return held.places.owners(rows)[fits], values[fits]
    if dimension in PARTIES:
        lists: Lists = held.organizers if dimension == "organizer" else held.partners
        return lists.owners(rows), lists.of(rows)
    if dimension in TIMES:
        days = taken(held.day, rows)
        return every[days > 0], ints(days[days > 0] // TIMES[dimension])
    if dimension == "paper":
        papers = columns.articles.paper[taken(held.article, rows)]
        known = np.array([text is not None for text in columns.texts.papers], dtype=bool)[papers]
        return every[known], papers[known]
    return every, taken({"type": held.type, "status": held.status}[dimension], rows)


def time_text(value: int, dimension: str) -> str:
    """What the value of a time is called.

    >>> time_text(202403, "month"), time_text(6180102, "day")
    ('2024-03', '0618-01-02')
    """
    digits = f"{value:0{ {'year': 4, 'month': 6, 'day': 8}[dimension] }}"
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)
