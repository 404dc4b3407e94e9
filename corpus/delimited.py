"""Cells separated by commas, tabs or semicolons: the rows of a CSV, each held to the table's form or rejected.

A quotation mark that is never closed would make the rest of the file one cell; here it costs its row.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus import columns as known_columns
from corpus.lines import Line, Lines
from corpus.rejects import Rejected

DELIMITERS = ",\t;|"
LONGEST_NAME = 40
"""Characters of a column's name; a first row with longer cells is a row of values."""
DIALECTS: tuple[Mapping[str, Any], ...] = (
    {},
    {"escapechar": "\\"},  # exports of MySQL write \\" where others write ""
    {"quoting": csv.QUOTE_NONE},  # "夕阳红"舞蹈队: the marks are the text's own
)
"""How a row may be quoted, first what is usual; the first under which it has the table's form."""
MOST_READ_AGAIN = 16
"""How many times `limit` characters are read again behind rows that did not end, before the table is given up."""


class Table(Iterator[list[str] | Rejected]):
    """The rows behind the header, each with as many cells as `names`; a row that has not is Rejected (broken_row).

    Raises Rejected: no_header, no_text_column, broken_table (its quotation marks are not balanced at all).
    """

    def __init__(self, lines: Lines, limit: int, columns: Sequence[tuple[str, str]] = ()) -> None:
        self._lines = lines
        self._limit = limit
        self._to_read_again = MOST_READ_AGAIN * limit
        self._delimiter = _delimiter(lines, columns)
        self.names: list[str] = []
        header = self._record()
        while not header:
            header = self._record()
        if isinstance(header, Rejected):
            raise Rejected("no_header", f"its first row names no columns: {header.message}")
        self.names = _names(header)
        found = known_columns.find(self.names, columns)
        if "text" not in found and (
            len(header) == 1 or any(len(cell) > LONGEST_NAME or "。" in cell for cell in header)
        ):
            raise Rejected("no_header", "its first row seems to hold values, not the names of columns")
        if "text" not in found:
            raise known_columns.missing(self.names)

    def __next__(self) -> list[str] | Rejected:
        """The cells of the next row."""
        while not (record := self._record()):
            continue
        return record

    def _record(self) -> list[str] | Rejected:
        """The next record; [] for an empty line."""
        first = next(self._lines)
        if first.text is None:
            return Rejected("too_large", f"line {first.number} is longer than a row may be ({self._limit} bytes)")
        width, wrong = len(self.names), ""
        for dialect in DIALECTS:
            taken = [first]
            try:
                cells = self._parse(taken, dialect)
            except (csv.Error, _TooLongError) as error:
                found = str(error).replace("unexpected end of data", "a quotation mark is not closed")
            else:
                while width and len(cells) > width and not cells[-1].strip():
                    cells.pop()
                if not width or not cells or (len(cells) == width and not _quoted(cells, dialect)):
                    return cells
                found = f"{len(cells)} cells under {width} columns"
            wrong = wrong or f"line {first.number}: {found}"  # what is wrong with it as it is usually written
            again = taken[1:]
            self._to_read_again -= sum(len(line.text or "") for line in again)
            if self._to_read_again < 0:
                raise Rejected("broken_table", f"quotation marks are not balanced from line {first.number} on")
            # the next row begins on the next line, whatever this one swallowed
            self._lines.put_back(again)
        return Rejected("broken_row", wrong)

    def _parse(self, taken: list[Line], dialect: Mapping[str, Any]) -> list[str]:
        """The cells of the record whose first line is `taken[0]`; puts the further lines that it spans there too."""
        reader = csv.reader(self._feed(taken), delimiter=self._delimiter, strict=True, **dialect)
        before = csv.field_size_limit(self._limit + 1)  # the module's own, for all; so only for this one row
        try:
            return next(reader)
        finally:
            csv.field_size_limit(before)

    def _feed(self, taken: list[Line]) -> Iterator[str]:
        line, size = taken[0], 0
        while True:
            size += len(line.text or "")
            if line.text is None:
                raise _TooLongError(f"line {line.number} is longer than a row may be ({self._limit} bytes)")
            if size > self._limit:
                raise _TooLongError("a quotation mark is not closed, or the row is longer than a row may be")
            yield line.text
            following = next(self._lines, None)
            if following is None:
                return
            line = following
            taken.append(line)


def _quoted(cells: list[str], dialect: Mapping[str, Any]) -> bool:
    """Whether quotation marks that belong to the table were taken for the text's own, which come in pairs."""
    return "quoting" in dialect and any(
        cell.count('"') % 2 or (len(cell) > 1 and cell[0] == cell[-1] == '"') for cell in cells
    )


class _TooLongError(Exception):
    """A record that does not end within the limit."""


def _delimiter(lines: Lines, columns: Sequence[tuple[str, str]]) -> str:
    """The separator under which the first row has the most known columns, of these the one with the most cells."""
    first = next((line.text for line in lines.ahead(20, 2**16) if line.text and line.text.strip()), None)
    if first is None:
        raise Rejected("empty", "the table has no rows")

    def weight(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([first[: 2**16]], delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return len(known_columns.find(cells, columns)), len(cells)

    return max(DELIMITERS, key=weight)


def _names(header: list[str]) -> list[str]:
    """Names that tell the columns apart.

    >>> _names(["title", "", "title"])
    ['title', 'column 2', 'title (3)']
    """
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = cell.strip("\ufeff \t\n\u3000") or f"column {place}"
        names.append(f"{name} ({place})" if name in names else name)
    return names
