"""The only reader of `lexicons/`: words and rules as data, with the file and line of whatever is wrong in them.

Flat lists are TSV: `#` lines say what the file holds, its source and licence; the first other line names the columns.
Structured rules are TOML. Both are read once per process and handed out as immutable values.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).with_name("lexicons")


class LexiconError(ValueError):
    """A lexicon cannot be used; the message names the file, the line and what to do."""


@cache
def table(name: str, folder: Path = FOLDER) -> tuple[Mapping[str, str], ...]:
    """The rows of `lexicons/NAME.tsv`, each by column name. Missing trailing cells are "".

    Raises LexiconError on a missing file, an empty first cell, too many cells or a first cell used twice.

    >>> table("surnames")[0]["surname"]
    '王'
    """
    path = folder / f"{name}.tsv"
    rows: list[Mapping[str, str]] = []
    columns: list[str] | None = None
    seen: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line or line[0] == "#" or line.isspace():
            continue
        cells = [*map(str.strip, line.split("\t"))]
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise LexiconError(f"{path}:{number}: {len(cells)} cells under {len(columns)} columns; separate by one tab")
        if not cells[0]:
            raise LexiconError(f"{path}:{number}: the first cell is empty")
        if cells[0] in seen:
            raise LexiconError(f"{path}:{number}: {cells[0]} stands on line {seen[cells[0]]} already; merge the two")
        seen[cells[0]] = number
        rows.append(MappingProxyType(dict(zip_longest(columns, cells, fillvalue=""))))
    return tuple(rows)


@cache
def words(name: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """The first column of `lexicons/NAME.tsv`, in file order."""
    rows = table(name, folder)
    return tuple(next(iter(row.values())) for row in rows)


@cache
def rules(name: str, folder: Path = FOLDER) -> Mapping[str, Any]:
    """The content of `lexicons/NAME.toml`."""
    path = folder / f"{name}.toml"
    try:
        return MappingProxyType(tomllib.loads("\n".join(_lines(path))))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: {error}") from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").split("\n")
    except FileNotFoundError as error:
        raise LexiconError(f"{path}: no such lexicon") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8; save it as UTF-8") from error
