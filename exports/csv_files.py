"""Tables as CSV: a zip with one file a table, or a single table as plain CSV (RFC 4180, UTF-8).

A byte order mark opens each file of the zip, because Excel takes UTF-8 for the system's code page without one; pandas
and R skip it. A cell that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from corpus.atomic import AtomicFile
from exports.table import Table, Value, data_dictionary

FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a cell begins with that Excel, LibreOffice or WPS may calculate (OWASP, CSV Injection)."""
BOM = "\ufeff"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The same bytes on every day: a zip's members carry the earliest time that the format knows."""


def write_zip(tables: Sequence[Table], target: Path) -> dict[str, int]:
    """The tables and their data dictionary as `target`; the rows written of each."""
    counted = {}
    with AtomicFile(target) as file, zipfile.ZipFile(_Written(file), "w", zipfile.ZIP_DEFLATED) as archive:
        for table in (*tables, data_dictionary(tables)):
            member = zipfile.ZipInfo(f"{table.name}.csv", LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w", force_zip64=True) as raw:
                text = io.TextIOWrapper(raw, "utf-8", newline="")
                text.write(BOM)
                counted[table.name] = write(table, text)
                text.flush()
                text.detach()
    return counted


def write(table: Table, file: IO[str]) -> int:
    """One table; how many rows it had.

    >>> from exports.table import Column
    >>> file = io.StringIO()
    >>> write(Table("t", (Column("name", "text", "", ""),), [("=1+1",), ("锦绣社区",), (None,)]), file)
    3
    >>> file.getvalue().split()  # a community, and what would have been a formula
    ['name', "'=1+1", '锦绣社区', '""']
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    count = 0
    for row in table.rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return count


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value) if isinstance(value, str) else value


def as_text(text: str) -> str:
    """A text as no spreadsheet runs it: with an apostrophe before what would begin a formula.

    >>> as_text("=1+1"), as_text("锦绣社区")  # a community
    ("'=1+1", '锦绣社区')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


class _Written(io.RawIOBase):
    """An AtomicFile as the file object that zipfile writes to: forward only."""

    def __init__(self, file: AtomicFile) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        block = bytes(data)  # type: ignore[call-overload]
        self._file.write(block)
        return len(block)
