"""A query of the user's own: read-only, bounded in time, without a way out of the archive."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | int | float | None
STEPS = 20_000
"""Instructions of SQLite's machine between two looks at the clock: about a millisecond."""
LONGEST = 64 * 1024 * 1024
"""Bytes of a value: more than the largest page has; the clock does not stop what makes longer ones."""
READING = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
PRAGMAS = frozenset(("table_info", "table_list", "table_xinfo", "index_list", "index_info", "data_version"))
FORBIDDEN = frozenset(("load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"))


class OwnSqlError(ValueError):
    """The query cannot be run; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of a query and its rows, to be read once; bytes are shown as their hex digits."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Value, ...]]


def ask(database: sqlite3.Connection, query: str, seconds: float) -> Answer:
    """Run one SELECT. OwnSqlError: it is none, it is wrong, or it takes longer than `seconds` (also while reading).

    >>> answer = ask(sqlite3.connect(":memory:"), "SELECT 1 + 1 AS two", 1)
    >>> answer.columns, list(answer.rows)
    (('two',), [(2,)])
    """
    # the views use json_group_array, which this SQLite distrusts in a schema; what it could do harm with is not allowed
    database.execute("PRAGMA trusted_schema = on")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    end = time.monotonic() + seconds
    database.set_authorizer(_allowed)
    database.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
    try:
        cursor = database.execute(query)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _told(error, seconds) from error
    if cursor.description is None:
        raise OwnSqlError("it asks for nothing; write a SELECT")
    return Answer(tuple(column[0] for column in cursor.description), _read(cursor, seconds))


def _read(cursor: sqlite3.Cursor, seconds: float) -> Iterator[tuple[Value, ...]]:
    try:
        for row in cursor:
            yield tuple(value.hex() if isinstance(value, bytes) else value for value in row)
    except (sqlite3.Error, ValueError) as error:
        raise _told(error, seconds) from error


def _told(error: Exception, seconds: float) -> OwnSqlError:
    message = str(error)
    if "interrupted" in message:
        return OwnSqlError(f"it takes longer than {seconds:g} seconds; narrow it, or give --seconds")
    if "not authorized" in message or "prohibited" in message:
        return OwnSqlError("only SELECT is allowed: the archive is changed by index and correct alone")
    if "too big" in message:
        return OwnSqlError(f"it makes a value of more than {LONGEST // 1024**2} MB; take a part of it")
    return OwnSqlError(message)


def _allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in PRAGMAS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in FORBIDDEN:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY
