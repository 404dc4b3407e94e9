"""What a run has met, and so what has vanished: sources that lie under the paths given and were not there any more.

Kept in temporary tables, so that memory does not grow with the archive.
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.given import STANDARD_INPUT
from corpus.naming import hidden

_TABLES = """
CREATE TEMP TABLE met_file (id INTEGER PRIMARY KEY, through INTEGER NOT NULL); -- through: read to its end
CREATE TEMP TABLE met_source (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE met_reject (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE top (location PRIMARY KEY, first NOT NULL, behind NOT NULL, folder INTEGER NOT NULL);
CREATE TEMP TABLE blind (location PRIMARY KEY, first NOT NULL, behind NOT NULL);
"""
_UNMET = """
SELECT source.id, v_source.path FROM source JOIN v_source ON v_source.id = source.id
WHERE source.id NOT IN (SELECT id FROM met_source) AND source.file
"""


@dataclass(frozen=True, slots=True)
class Vanished:
    """A source that is not there any more."""

    source: int
    path: str


class Met:
    """What one run has met. `location`s are absolute paths without links, as `location_of` gives them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._run = database.execute
        for statement in _TABLES.strip().splitlines():
            self._run(statement)

    def file(self, file: int, through: bool) -> None:
        """A file has been met; `through`: read to its end, so that what was in it and was not met is gone."""
        self._run("INSERT OR REPLACE INTO met_file VALUES (?, ?)", (file, through))

    def has_file(self, file: int) -> bool:
        """Whether a file has been met."""
        return self._run("SELECT 1 FROM met_file WHERE id = ?", (file,)).fetchone() is not None

    def source(self, source: int) -> None:
        """A source has been met."""
        self._run("INSERT OR IGNORE INTO met_source VALUES (?)", (source,))

    def sources_of(self, file: int) -> None:
        """Everything in a file has been met."""
        self._run("INSERT OR IGNORE INTO met_source SELECT id FROM source WHERE file = ?", (file,))

    def reject(self, reject: int) -> None:
        """A reject holds still."""
        self._run("INSERT OR IGNORE INTO met_reject VALUES (?)", (reject,))

    def top(self, path: str) -> None:
        """A path that the user gave, or that a pattern or a list did."""
        if path == STANDARD_INPUT:
            return
        folder = os.path.isdir(path)
        # a disk that is not mounted is an empty folder, or none at all
        mounted = _holds_something(path if folder else os.path.dirname(os.path.abspath(path)))
        if mounted:
            for bounds in _bounds(path):
                # folder: it is one, and is there
                self._run("INSERT OR IGNORE INTO top VALUES (?, ?, ?, ?)", (*bounds, folder))

    def blind(self, path: str) -> None:
        """What lies at `path` or below cannot be seen: it has not vanished for that."""
        for bounds in _bounds(path):
            self._run("INSERT OR IGNORE INTO blind VALUES (?, ?, ?)", bounds)

    def vanished(self) -> Iterator[Vanished]:
        """Every source under the paths given that has not been met."""
        yield from self._found(f"{_UNMET} IN (SELECT id FROM met_file WHERE through)", ())
        for location, first, behind, folder in self._run("SELECT * FROM top").fetchall():
            known = f"NOT EXISTS (SELECT 1 FROM met_file WHERE id = file.id) AND {_SEEN}"
            at = f"{_UNMET} IN (SELECT id FROM file WHERE {known} AND"
            yield from self._found(f"{at} location = ?)", (location,))
            if folder:
                yield from self._found(f"{at} location > ? AND location < ?)", (first, behind))

    def _found(self, query: str, values: tuple[str | bytes, ...]) -> list[Vanished]:
        return [Vanished(*row) for row in self._run(query, values)]


_SEEN = """NOT EXISTS (
    SELECT 1 FROM blind WHERE file.location = blind.location
        OR (file.location > blind.first AND file.location < blind.behind))"""


def _bounds(path: str) -> Iterator[tuple[str | bytes, str | bytes, str | bytes]]:
    """The location of a path, and what everything below it lies between: as text, and as bytes, which names of files
    that are no UTF-8 are compared with."""
    location = location_of(path)
    if isinstance(location, str):
        yield location, f"{location}/", f"{location}0"  # "0" is what follows "/"
        location = location.encode()
    yield location, location + b"/", location + b"0"


def location_of(path: str) -> str | bytes:
    """Where a path leads, as text; as bytes where it is no UTF-8 and so no text."""
    real = os.path.realpath(path)
    if os.sep != "/":
        real = real.replace(os.sep, "/")
    try:
        real.encode()
    except UnicodeEncodeError:
        return os.fsencode(real)
    return real


def gone(location: str | bytes) -> bool:
    """Whether there is no file any more at a location."""
    return not os.path.lexists(os.fsdecode(location))


def _holds_something(folder: str) -> bool:
    try:
        with os.scandir(Path(folder)) as entries:
            return any(not hidden(entry.name) for entry in entries)
    except OSError:
        return False
