"""What is made of the core tables for search and questions, kept in step with them: one list of steps.

A step is told of articles in the very transaction that brings or takes them, and once when a run has changed anything.
So the archive is consistent whenever it is read: what a step cannot keep up article by article it makes anew in
`finish`, and what `finish` has not done yet, because a run was killed, the next run does.
"""

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from corpus.archive.counting.making import Counting
from corpus.archive.doubt_index import Doubts
from corpus.archive.place_index import Places
from corpus.archive.same_index import Sameness
from corpus.archive.words import FullText


class Step(Protocol):
    """One derived thing, with its own tables."""

    @property
    def version(self) -> int:
        """Raised when what the step makes has changed: `anew` is then called for archives made before."""

    def entering(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """The articles with these ids (article.id) have just been stored, with all their rows."""

    def leaving(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """The articles with these ids are about to be deleted; their rows are still there."""

    def finish(self, database: sqlite3.Connection) -> None:
        """A run that changed something ends; all in one transaction with the other steps."""

    def anew(self, database: sqlite3.Connection) -> None:
        """Make everything anew from the core; `finish` follows."""


STEPS: tuple[Step, ...] = (FullText(), Places(), Sameness(), Counting(), Doubts())
"""In this order. The name of a step in the archive is the name of its class."""

_STALE = "derived_stale"


def begin(database: sqlite3.Connection) -> None:
    """Note, in the transaction that opens a run, that what is made in an archive without articles is up to date.

    So what steps do with every article that comes in is not done once more when the first run ends.
    """
    if database.execute("SELECT 1 FROM article LIMIT 1").fetchone() is None:
        for step in STEPS:
            _note(database, step)


def outdated(database: sqlite3.Connection, step: Step) -> bool:
    """Whether what the step made is another version's than this program's, and what it is asked might be wrong."""
    made = _made(database, step)
    if made is None:
        return database.execute("SELECT 1 FROM article LIMIT 1").fetchone() is not None
    return made != step.version


def stale(database: sqlite3.Connection) -> None:
    """Note, in the transaction of a change, that `finish` has to be done."""
    database.execute("INSERT INTO archive VALUES (?, 1) ON CONFLICT DO UPDATE SET value = 1", (_STALE,))


def unfinished(database: sqlite3.Connection) -> bool:
    """Whether articles have come or gone since `finish` was last done."""
    row = database.execute("SELECT value FROM archive WHERE key = ?", (_STALE,)).fetchone()
    return bool(row and row[0])


def finish(database: sqlite3.Connection) -> bool:
    """Bring every step up to date, in one transaction; whether there was anything to do.

    Names that no article has any more are forgotten here: until then what was made before still speaks of them.
    """
    behind = [step for step in STEPS if _made(database, step) != step.version]
    if not behind and not unfinished(database):
        return False
    database.execute("BEGIN IMMEDIATE")
    for step in STEPS:
        if step in behind:
            step.anew(database)
        step.finish(database)
        _note(database, step)
    database.execute("DELETE FROM name WHERE id NOT IN (SELECT name FROM entity)")
    database.execute("UPDATE archive SET value = 0 WHERE key = ?", (_STALE,))
    database.execute("COMMIT")
    return True


def _note(database: sqlite3.Connection, step: Step) -> None:
    database.execute("INSERT OR REPLACE INTO archive VALUES (?, ?)", (_key(step), step.version))


def _made(database: sqlite3.Connection, step: Step) -> int | None:
    row = database.execute("SELECT value FROM archive WHERE key = ?", (_key(step),)).fetchone()
    return row and int(row[0])


def _key(step: Step) -> str:
    return f"derived_{type(step).__name__}"
