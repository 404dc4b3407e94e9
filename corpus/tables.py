r"""Tables of articles (.csv, .tsv, .jsonl, .ndjson, .json) as streams of rows. A table may have gigabytes.

`rows(file, name, limit, columns)` gives one `Row` a row, in bounded memory (a few times `limit`). A CSV needs a first
row that names its columns; its rows are numbered from 1 behind that. Rows of JSON Lines have the numbers of their
lines, elements of a JSON array their place. One broken row is one reject and the others are given.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from corpus import columns as known_columns
from corpus import delimited
from corpus.containers import too_large
from corpus.lines import Line, Lines
from corpus.rejects import Rejected

KINDS = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
LOOKED_AT = 20
"""Lines of a table that are looked at before it is said that no column holds text."""
LONGEST_INTEGER = 20
"""Digits: a longer one is an identifier, and stays a string."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `name` its number, `content` the row as one JSON object in UTF-8 or why it cannot be had.

    `encoding`: the codec that the table is written in. A line of JSON Lines is given as it stands, not yet parsed.
    """

    name: str
    content: bytes | Rejected
    encoding: str


def kind(name: str) -> str | None:
    """Which table a name promises.

    >>> kind("2024.CSV"), kind("a.ndjson"), kind("page.json"), kind("page.txt")
    ('csv', 'jsonl', 'json', None)
    """
    return KINDS.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())


def rows(file: BinaryIO, name: str, limit: int, columns: Sequence[tuple[str, str]] = ()) -> Iterator[Row]:
    r"""The rows of the table in `file`, which is only read forward; `limit` is the bytes that one row may have.

    `columns`: the user's pairs (field, column), so that a table without a column for the text is one reject and not a
    million. Raises Rejected where the table as a whole cannot be read, also behind rows that could; what `file`
    raises passes through.

    >>> import io
    >>> [row.content.decode() for row in rows(io.BytesIO("标题;正文\n晨练;居民早起。\n".encode()), "a.csv", 1000)]
    ['{"标题": "晨练", "正文": "居民早起。"}']
    """
    form = kind(name)
    if form == "json":
        yield from _whole(file, limit, columns)
        return
    lines = Lines(file, limit)
    given = 0
    for number, content in (_delimited if form == "csv" else _objects)(lines, name, limit, columns):
        if isinstance(content, bytes) and len(content) > limit:
            content = Rejected("too_large", too_large(len(content), limit))
        given += 1
        yield Row(str(number), content, lines.encoding)
    if not given:
        raise Rejected("empty", "the table has no rows")


def value(text: str) -> Any:
    """The JSON value in `text`; ValueError (also for values nested too deeply) where there is none.

    >>> value('{"page": 3, "id": 123456789012345678901234567890}')
    {'page': 3, 'id': '123456789012345678901234567890'}
    """
    try:
        return json.loads(text, parse_int=_integer)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _delimited(
    lines: Lines, name: str, limit: int, columns: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, bytes | Rejected]]:
    table = delimited.Table(lines, limit, columns)
    for number, cells in enumerate(table, 1):
        yield (
            number,
            cells
            if isinstance(cells, Rejected)
            else json.dumps(dict(zip(table.names, cells, strict=True)), ensure_ascii=False).encode("utf-8", "replace"),
        )


def _objects(
    lines: Lines, name: str, limit: int, columns: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, bytes | Rejected]]:
    _expect_text(lines.ahead(LOOKED_AT, limit), columns)
    for number, text in lines:
        if text is None:
            yield number, Rejected("too_large", f"line {number} is longer than a row may be ({limit} bytes)")
        elif text.strip(" \t\n\ufeff"):
            yield number, text.strip(" \t\n\ufeff").encode("utf-8", "replace")


def _expect_text(lines: list[Line], columns: Sequence[tuple[str, str]]) -> None:
    """Rejected where none of these objects has a column for text, or where they are no lines of objects at all."""
    names: dict[str, None] = {}
    for line in lines:
        try:
            found = value((line.text or "").strip(" \t\n\ufeff"))
        except ValueError:
            continue
        if isinstance(found, dict):
            names |= dict.fromkeys(known_columns.flat(found))
    if names and "text" not in known_columns.find(names, columns):
        raise known_columns.missing(names)
    first = next((line.text for line in lines if line.text and line.text.strip("\ufeff \t\n")), "")
    if not names and first.lstrip("\ufeff \t").startswith("["):
        raise Rejected("broken_table", "it is one JSON array, not one JSON object a line; name it .json")


def _whole(file: BinaryIO, limit: int, columns: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """A JSON file: an array of objects, an object that holds one such array, or one object."""
    from corpus.readers.encoding import decode  # here: the readers know corpus.sources, which knows this

    data = file.read(limit + 1)
    if len(data) > limit:
        raise Rejected("too_large", too_large(len(data), limit))
    decoded = decode(data)
    try:
        found = value(decoded.text.lstrip("\ufeff"))
    except ValueError as error:
        raise Rejected("broken_table", f"it is no JSON ({error})") from error
    if isinstance(found, dict) and "text" not in known_columns.find(known_columns.flat(found), columns):
        lists = [each for each in found.values() if isinstance(each, list) and any(isinstance(e, dict) for e in each)]
        found = lists[0] if len(lists) == 1 else found
    elements = found if isinstance(found, list) else [found]
    objects = [each for each in elements if isinstance(each, dict)]
    names = dict.fromkeys(chain.from_iterable(known_columns.flat(each) for each in objects[:LOOKED_AT]))
    if not objects:
        raise Rejected("broken_table", "it holds no JSON objects")
    if "text" not in known_columns.find(names, columns):
        raise known_columns.missing(names)
    for number, each in enumerate(elements, 1):
        # escapes keep lone surrogates, which the reader of rows replaces
        yield Row(str(number), json.dumps(each).encode(), decoded.encoding)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_INTEGER else digits
