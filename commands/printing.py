"""Rows of what was asked, printed as a table, JSON, JSON Lines or CSV: the same for every command that asks.

JSON holds every column, in their order, and beside a marked text `NAME_marks`, the places of its marks. A table is as
wide as the terminal; into a file or a pipe nothing is cut. CSV is UTF-8 with a header; lists are joined by "; ". A
text that a spreadsheet would take for a formula gets an apostrophe before it there, as spreadsheets themselves write.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from corpus.archive.snippets import Marked
from exports.csv_files import as_text

if TYPE_CHECKING:
    from rich.text import Text

Command = TypeVar("Command", bound=Callable[..., Any])
Form = Literal["table", "json", "jsonl", "csv"]
Row = Mapping[str, Any]
"""JSON values or Marked, by the names of columns."""
BOM = "\ufeff"
NARROWEST = 60
_SEEN = dict.fromkeys((*range(32), *range(127, 160)), " ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `heading` in tables, where it is not left out; `wrap`: it may have several lines there."""

    name: str
    heading: str | None = None
    wrap: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints rows in the form that was asked for."""

    form: Form
    bom: bool = False

    def write(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        """Every row; tables leave out the columns without a heading."""
        match self.form:
            case "table":
                _table(rows, [column for column in columns if column.heading is not None])
            case "json":
                _json(_object(row, columns) for row in rows)
            case "jsonl":
                for row in rows:
                    click.echo(_dumped(_object(row, columns)))
            case "csv":
                _csv(rows, columns, self.bom)


def printing_options(command: Command) -> Command:
    """Give a command --format and --bom, as its one parameter `printer`."""

    @functools.wraps(command)
    def collected(form: Form, bom: bool, **values: Any) -> Any:
        if bom and form != "csv":
            raise click.UsageError("--bom is for --format csv")
        return command(printer=Printer(form, bom), **values)

    options = (
        click.option(
            "--format", "form", type=click.Choice(["table", "json", "jsonl", "csv"]), default="table",
            show_default=True, help="json is one list of objects, jsonl one object a line.",
        ),
        click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark: Excel then reads it as UTF-8."),
    )  # fmt: skip
    decorated: Any = collected
    for option in reversed(options):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def cell(value: Any) -> str:
    """A value in a cell of CSV.

    >>> cell(["城北街道", "和平社区"]), cell("=1+1"), cell(-3), cell(None)  # a street and a community
    ('城北街道; 和平社区', "'=1+1", '-3', '')
    """
    text = _plain(value)
    return as_text(text) if isinstance(value, str | Marked | list | tuple) else text


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return str(value)
        case Marked(text):
            return text
        case list() | tuple():
            return "; ".join(map(_plain, value))
    return _dumped(value)


def _csv(rows: Iterable[Row], columns: Sequence[Column], bom: bool) -> None:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    names = [column.name for column in columns]
    writer.writerow(names)
    click.echo(BOM if bom else "", nl=False)
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
        click.echo(line.getvalue(), nl=False)
        line.seek(0)
        line.truncate()
    click.echo(line.getvalue(), nl=False)


def _json(objects: Iterable[Mapping[str, Any]]) -> None:
    before = "[\n"
    for each in objects:
        click.echo(before + _dumped(each), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")


def _object(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in columns:
        value = row[column.name]
        if isinstance(value, Marked):
            values[column.name] = value.text
            values[f"{column.name}_marks"] = [list(mark) for mark in value.marks]
        else:
            values[column.name] = value
    return values


def _dumped(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:  # JSON has no infinite numbers; only an object of one's own SQL has them
        return json.dumps({key: _finite(each) for key, each in value.items()}, ensure_ascii=False)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _table(rows: Iterable[Row], columns: Sequence[Column]) -> None:
    if not sys.stdout.isatty():
        for line in aligned(([_unsteered(row[column.name]) for column in columns] for row in rows), columns):
            click.echo(line)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(column.heading or "", no_wrap=not column.wrap, overflow="fold", justify=justify)
    for row in rows:
        table.add_row(*(_shown(row[column.name]) for column in columns))
    if not table.row_count:
        return
    width = max(NARROWEST, shutil.get_terminal_size().columns)
    lines = io.StringIO()
    console = Console(
        file=lines, width=width, force_terminal=True, color_system="auto", highlight=False, markup=False, emoji=False
    )
    console.print(table)
    for line in lines.getvalue().splitlines():
        click.echo(line.rstrip())


def aligned(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of a table, with its header, as wide as their longest cells; none for no rows.

    >>> for line in aligned([["城北街道", "3"]], [Column("street", "street"), Column("n", "count", right=True)]):
    ...     print(line)
    street    count
    城北街道      3
    """
    from rich.cells import cell_len

    every = [[column.heading or "" for column in columns], *rows]
    if len(every) == 1:
        return
    widths = [max(map(cell_len, cells)) for cells in zip(*every, strict=True)]
    for cells in every:
        padded = []
        for text, width, column in zip(cells, widths, columns, strict=True):
            missing = " " * (width - cell_len(text))
            padded.append(missing + text if column.right else text + missing)
        yield "  ".join(padded).rstrip()


def _unsteered(value: Any) -> str:
    """A value in a cell of a table that goes into a file or a pipe: marks stand in 【】."""
    return _plain(value.painted() if isinstance(value, Marked) else value).translate(_SEEN)


def _shown(value: Any) -> Text:
    """A value in a cell of a table on a terminal: marks are reversed; nothing in it steers the terminal."""
    from rich.text import Text

    text = Text(_plain(value).translate(_SEEN))
    if isinstance(value, Marked):
        for start, end in value.marks:
            text.stylize("bold reverse", start, end)
    return text
