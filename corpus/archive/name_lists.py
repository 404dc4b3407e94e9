"""What an archive names, as lists to look something up in: places, organizations, persons, the most printed first.

The figures are those of the portraits: a place counts with all that lies in it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.counting.columns import Ints, counted, ints
from corpus.archive.counting.held import Columns
from corpus.archive.named import LAST, marks
from schemas.annotations import PLACE_TYPES

LETTERS = 60
"""First characters that are listed, those that most names have."""


@dataclass(frozen=True, slots=True)
class Line:
    """A name with the articles that name it and its activities, None where nobody counts them; `place` if it is one."""

    name: str
    articles: int
    activities: int | None
    place: PlaceName | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """A page of `total` names, and the first characters of all of the kind, with how many names begin so."""

    lines: tuple[Line, ...]
    total: int
    letters: tuple[tuple[str, int], ...]


def places(
    database: sqlite3.Connection,
    columns: Columns,
    types: Sequence[str] = PLACE_TYPES,
    begins: str = "",
    limit: int = 50,
    offset: int = 0,
) -> Names:
    """The places of these types whose names begin so."""
    size = len(columns.places.above)
    articles = counted(columns.articles.places.values, size)
    ids = _beginning(database, "place", types, begins)
    ids = ids[(ids < size)]
    ids = ids[articles[ids] > 0]
    shown = _most(ids, articles)[offset : offset + limit].tolist()
    activities = counted(columns.activities.places.values, size)
    named = of_places(database, shown)
    lines = (Line(named[each].address.name, int(articles[each]), int(activities[each]), named[each]) for each in shown)
    return Names(tuple(lines), len(ids), _letters(database, "place", types))


def organizations(
    database: sqlite3.Connection, columns: Columns, begins: str = "", limit: int = 50, offset: int = 0
) -> Names:
    """The organizations whose names begin so."""
    ids = _beginning(database, "name", ("organization",), begins)
    articles = counted(columns.articles.organizations.values, int(ids.max(initial=0)) + 1)
    ids = ids[articles[ids] > 0]
    shown = _most(ids, articles)[offset : offset + limit]
    names = _names(database, shown)
    activities = _held_by(columns, shown)
    lines = (Line(names[each], int(articles[each]), activities.get(each, 0)) for each in shown.tolist())
    return Names(tuple(lines), len(ids), _letters(database, "name", ("organization",)))


def persons(database: sqlite3.Connection, begins: str = "", limit: int = 50, offset: int = 0) -> Names:
    """The names of persons that begin so."""
    counts = """
    SELECT name.name, count(DISTINCT entity.article) AS articles FROM name JOIN entity ON entity.name = name.id
    WHERE name.type = 'person' AND name.name >= ? AND name.name < ? GROUP BY name.id ORDER BY articles DESC, name.id
    """
    rows = database.execute(counts, (begins, begins + LAST)).fetchall()
    lines = tuple(Line(name, articles, None) for name, articles in rows[offset : offset + limit])
    return Names(lines, len(rows), _letters(database, "name", ("person",)))


def _beginning(
    database: sqlite3.Connection, table: Literal["place", "name"], types: Sequence[str], begins: str
) -> Ints:
    query = (
        f"SELECT coalesce(group_concat(id), '') FROM {table} WHERE name >= ? AND name < ? AND type IN ({marks(types)})"
    )
    [(found,)] = database.execute(query, (begins, begins + LAST, *types))
    return np.fromstring(found, dtype=np.int32, sep=",") if found else ints([])


def _letters(
    database: sqlite3.Connection, table: Literal["place", "name"], types: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    query = f"""
    SELECT substr(name, 1, 1) AS letter, count(*) AS many FROM {table} WHERE type IN ({marks(types)})
    GROUP BY letter ORDER BY many DESC, letter LIMIT ?
    """
    return tuple((letter, many) for letter, many in database.execute(query, (*types, LETTERS)))


def _most(ids: Ints, articles: Ints) -> Ints:
    return ids[np.lexsort((ids, -articles[ids]))]


def _names(database: sqlite3.Connection, ids: Ints) -> dict[int, str]:
    query = f"SELECT id, name FROM name WHERE id IN ({marks(ids)})"
    return dict(database.execute(query, tuple(ids.tolist())).fetchall())


def _held_by(columns: Columns, names: Ints) -> dict[int, int]:
    """For each name (name.id) the activities that it runs or takes part in, each once."""
    held, parties = columns.activities, columns.parties
    of = np.where(parties.place == 0, parties.name, 0)
    owners = np.concatenate((held.organizers.owners(None), held.partners.owners(None)))
    named = of[np.concatenate((held.organizers.values, held.partners.values))]
    fits = np.isin(named, names)
    pairs = np.unique(np.stack((named[fits], owners[fits])), axis=1)
    each, often = np.unique(pairs[0], return_counts=True)
    return dict(zip(each.tolist(), often.tolist(), strict=True))
