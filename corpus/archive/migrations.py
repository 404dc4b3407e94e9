"""What the archive's tables have become over time: numbered steps in migrations/, applied in order, never edited.

The number of the last step that was applied is the file's `user_version`. A step is SQL; what SQL cannot do belongs to
a derived table (derive.py), which is made anew from the core.
"""

import re
import sqlite3
from functools import cache
from pathlib import Path

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@cache
def steps() -> tuple[str, ...]:
    """The SQL of every step, in order; they are numbered without a gap."""
    found = sorted(path for path in (Path(__file__).parent / "migrations").iterdir() if _NAME.fullmatch(path.name))
    numbers = [int(path.name[:4]) for path in found]
    if numbers != list(range(1, len(found) + 1)):
        raise RuntimeError(f"migrations are not numbered from 1 without a gap: {numbers}")
    return tuple(path.read_text("utf-8") for path in found)


def latest() -> int:
    """The schema that this program reads and writes."""
    return len(steps())


def apply(database: sqlite3.Connection, after: int) -> None:
    """Every step behind number `after`, within the transaction that the caller has begun."""
    for number, step in enumerate(steps()[after:], after + 1):
        for statement in statements(step):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {number}")


def statements(script: str) -> list[str]:
    """A script's statements one by one: `executescript` would commit first.

    >>> statements("CREATE TABLE a (b); -- one; two\\nCREATE TABLE c (d);")
    ['CREATE TABLE a (b);', '-- one; two\\nCREATE TABLE c (d);']
    """
    found, begun = [], ""
    for piece in re.split(r"(?<=;)", script):
        begun += piece
        if sqlite3.complete_statement(begun):
            found.append(begun.strip())
            begun = ""
    return found
