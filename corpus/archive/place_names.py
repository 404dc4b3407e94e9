"""Which places of the authority file somebody means who types a name or a code."""

import sqlite3

from corpus.archive.filters import Filters
from corpus.archive.folding import fold
from corpus.archive.named import PLACE_TYPES, SUFFIXES, Level, beginning, marks

LEVELS: tuple[tuple[str, Level], ...] = (
    ("provinces", "province"),
    ("cities", "city"),
    ("districts", "district"),
    ("streets", "street"),
    ("communities", "community"),
    ("places", "place"),
)
"""The filters that name places, with the level that each is about."""


def place_ids(database: sqlite3.Connection, wanted: str, level: Level = "place") -> tuple[int, ...]:
    """The ids of the places of this name at this level, or of the division of this code with all in it."""
    wanted = wanted.strip()
    if wanted.isascii() and wanted.isdigit():
        first = beginning(wanted)
        rows = database.execute("SELECT id FROM place WHERE code >= ? AND code < ?", (first, first + ":"))
        return tuple(sorted(row[0] for row in rows))
    found: set[int] = set()
    for kind in PLACE_TYPES[level]:
        forms = {f"{form}{suffix}" for form in (wanted, fold(wanted)) for suffix in ("", *SUFFIXES.get(kind, ()))}
        query = f"SELECT id FROM place WHERE type = ? AND name IN ({marks(forms)})"
        found.update(row[0] for row in database.execute(query, (kind, *sorted(forms))))
    return tuple(sorted(found))


def asked(database: sqlite3.Connection, filters: Filters) -> list[tuple[int, ...]]:
    """For each filter by place that is given, the places that it may mean; none where the archive knows none."""
    found = []
    for field, level in LEVELS:
        if names := getattr(filters, field):
            found.append(tuple(sorted({each for name in names for each in place_ids(database, name, level)})))
    return found
