"""Standard input has no name: what it is, is told by its first bytes."""

import csv
from collections.abc import Sequence
from typing import BinaryIO

from corpus import columns as known_columns
from corpus.limits import too_large
from corpus.naming import readable
from corpus.rejects import Rejected

MOST_PIPED = 2**31
"""Bytes of a zip from standard input, which is kept in a nameless file: a zip is read from its end."""
_SEPARATORS = ",\t;|"


def table(head: bytes, chosen: Sequence[tuple[str, str]] = ()) -> str | None:
    r"""The ending that a table which begins with `head` should bear; None where it is none.

    A table of cells is one where its first line names a column for the text, and another.

    >>> table(b'{"text": "..."}\n'), table("标题,正文\n".encode()), table("夕阳红,最美".encode())
    ('.jsonl', '.csv', None)
    """
    text = readable(head[: head.rfind(b"\n") + 1] or head).lstrip("\ufeff \t\r\n")
    first = text.partition("\n")[0].strip("\r")
    if first.startswith("{"):
        # an object over many lines is a file of its own
        return ".jsonl" if first.rstrip().endswith("}") or len(first) > len(text) // 2 else ".json"
    if first.startswith("["):
        return ".json" if first.lstrip("[ ").startswith("{") or text.lstrip("[ \n\r\t").startswith("{") else None
    for separator in _SEPARATORS:
        names = next(csv.reader([first], delimiter=separator), [])
        if len(names) > 1 and "text" in known_columns.find([name.strip() for name in names], chosen):
            return ".tsv" if separator == "\t" else ".csv"
    return None


def kept(stream: BinaryIO, file: BinaryIO) -> BinaryIO:
    """`file`, with all of `stream` in it; Rejected where that is too much."""
    while data := stream.read(2**20):
        file.write(data)
        if file.tell() > MOST_PIPED:
            raise Rejected("too_large", too_large(file.tell(), MOST_PIPED))
    return file
