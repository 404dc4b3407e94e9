"""Tables as an Excel workbook: one sheet a table, header frozen, filters on, the data dictionary last.

Written row by row in constant memory (XlsxWriter). Texts are written as texts: nothing is a formula or a link.
"""

import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from corpus.atomic import AtomicFile
from exports.table import Column, Table, Value, data_dictionary

MOST_ROWS = 1_048_575
"""Rows below the header that a sheet can have; what goes beyond is on further sheets: counts, counts 2 …"""
MOST_CHARACTERS = 32_767
WIDTHS = {"text": 22, "integer": 10, "number": 10, "boolean": 8}
MEGABYTE = 2**20
LONG_AGO = datetime(1980, 1, 1)


def write(tables: Sequence[Table], target: Path) -> dict[str, int]:
    """The tables as the workbook `target`; the rows written of each. A text too long for a cell is cut, with a mark."""
    counted = {}
    handle, name = tempfile.mkstemp(suffix=".xlsx")
    os.close(handle)
    try:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(name, options) as book:
            book.set_properties({"created": LONG_AGO})  # the same bytes on every day
            bold = book.add_format({"bold": True})
            for table in (*tables, data_dictionary(tables)):
                count = 0
                sheet = _sheet(book, table.name, table.columns, bold)
                for values in table.rows:
                    if count and count % MOST_ROWS == 0:
                        _close(sheet, MOST_ROWS, table.columns)
                        sheet = _sheet(book, f"{table.name} {count // MOST_ROWS + 1}", table.columns, bold)
                    _row(sheet, count % MOST_ROWS + 1, values)
                    count += 1
                _close(sheet, count % MOST_ROWS, table.columns)
                counted[table.name] = count
        with AtomicFile(target) as file, open(name, "rb") as made:
            while block := made.read(MEGABYTE):
                file.write(block)
    finally:
        os.unlink(name)
    return counted


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[Column], bold: object) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, WIDTHS[column.kind])
        sheet.write_string(0, at, column.name, bold)
    return sheet


def _row(sheet: Worksheet, at: int, values: Sequence[Value]) -> None:
    for column, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, bool):
            sheet.write_boolean(at, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value)
        else:
            sheet.write_string(
                at, column, value if len(value) <= MOST_CHARACTERS else value[: MOST_CHARACTERS - 1] + "…"
            )


def _close(sheet: Worksheet, rows: int, columns: Sequence[Column]) -> None:
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
