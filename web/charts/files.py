"""/charts/NAME.json and .csv: the figures of a chart for static/chart.js, and as a table for a spreadsheet."""

import io
import sqlite3
from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from corpus.archive.counting.dimensions import TIMES
from corpus.archive.counting.held import Columns
from exports import csv_files
from exports.table import Column, Table, Value
from web import asking, parameters
from web.charts import counted, figures
from web.charts.counted import SHOWN, Counted
from web.charts.grid import Grid, Label
from web.language import Language, of_request
from web.parameters import COLUMNS, ROWS, TOP
from web.reading import archive, columns


def months(request: Request) -> Response:
    """/charts/months.json: the activities asked for, by month and type."""
    made = _read(request, by_month)
    return JSONResponse(figures.bars(made.pivot, made.grid))


def months_table(request: Request) -> Response:
    """/charts/months.csv."""
    return _csv(_read(request, by_month).grid, of_request(request), "activities-by-time")


def heat(request: Request) -> Response:
    """/charts/pivot.json: the activities asked for by two dimensions."""
    return JSONResponse(figures.heat(_read(request, by_two).grid))


def heat_table(request: Request) -> Response:
    """/charts/pivot.csv."""
    return _csv(_read(request, by_two).grid, of_request(request), "activities-by-two")


def by_month(request: Request, database: sqlite3.Connection, held: Columns) -> Counted:
    """The activities that a request asks for by time and type."""
    found = asking.activities(request, database, held)
    return counted.by_month(database, held, found, _asked(request), of_request(request))


def by_two(request: Request, database: sqlite3.Connection, held: Columns) -> Counted:
    """The activities that a request asks for by the two dimensions that it names."""
    found = asking.activities(request, database, held)
    by = parameters.choice(request, ROWS), parameters.choice(request, COLUMNS)
    top = parameters.number(request, TOP, SHOWN)
    return counted.by_two(database, held, found, by, top, _asked(request), of_request(request))


def _asked(request: Request) -> list[tuple[str, str]]:
    """What goes into the links of a chart."""
    return [(name, value) for name, value in request.query_params.multi_items() if name in parameters.KNOWN]


def _read(request: Request, read: Callable[[Request, sqlite3.Connection, Columns], Counted]) -> Counted:
    with archive(request) as database:
        return read(request, database, columns(request, database))


def _csv(made: Grid, speech: Language, name: str) -> Response:
    down, across = made.dimensions
    heads = (speech.name("dimension", down), *(_head(label, across) for label in made.columns), speech.text("All"))
    table = Table(name, tuple(Column(csv_files.as_text(head), "text", "", "") for head in heads), _rows(made, speech))
    file = io.StringIO(newline="")
    file.write(csv_files.BOM)
    csv_files.write(table, file)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(file.getvalue(), headers=headers, media_type="text/csv")


def _rows(made: Grid, speech: Language) -> Iterator[list[Value]]:
    for label, cells in zip(made.rows, made.cells, strict=True):
        yield [_head(label, made.dimensions[0]), *(cell.count for cell in cells), label.total]
    yield [speech.text("All"), *(label.total for label in made.columns), made.total]


def _head(label: Label, dimension: str) -> str:
    """Times as programs read them."""
    return label.short if dimension in TIMES and label.kind == "value" else label.text
