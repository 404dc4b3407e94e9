"""The rows of a page as a file: the same address with .csv, .json or .xlsx behind it.

A file has all rows that the filters want or is refused with the remedy; it is made in a temporary place and sent from
there. Few are made at once, so that readers are not kept waiting.
"""

import json
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from corpus.archive.query import QueryError
from exports import csv_files, excel
from exports.table import Table
from web import problems, reading
from web.api.asked import Asked
from web.api.shapes import LISTS
from web.asking import unreadable
from web.reading import BusyError
from web.tables import TABLES, Maker

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def routes() -> tuple[Route, ...]:
    """Of every page that has a table."""
    return tuple(Route(path + suffix, _saving(path, suffix, make)) for path, make in TABLES.items() for suffix in TYPES)


def _saving(path: str, suffix: str, make: Maker) -> Callable[[Request], Response]:
    def save(request: Request) -> Response:
        limits = request.app.state.settings.limits
        turn: threading.BoundedSemaphore = request.app.state.downloads
        if not turn.acquire(timeout=limits.wait):
            raise BusyError
        handle, name = tempfile.mkstemp(suffix=suffix)
        os.close(handle)
        try:
            with reading.archive(request, limits.saving) as database:
                table, rows = _table(make, Asked(request, database))
                if rows > limits.download:
                    most = f"{limits.download:,}"
                    raise problems.wrong(
                        "It has %(rows)s rows, a file %(most)s at most: narrow it, or use cli.py export",
                        rows=f"{rows:,}", most=most,
                    )  # fmt: skip
                WRITERS[suffix](table, Path(name))
        except BaseException:
            os.unlink(name)
            raise
        finally:
            turn.release()
        afterwards = BackgroundTask(os.unlink, name)
        return FileResponse(name, media_type=TYPES[suffix], filename=path.strip("/") + suffix, background=afterwards)

    return save


def _table(make: Maker, asked: Asked) -> tuple[Table, int]:
    try:
        return make(asked)
    except QueryError as error:
        raise unreadable(error) from error


def _csv(table: Table, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(csv_files.BOM)
        csv_files.write(table, file)


def _json(table: Table, target: Path) -> None:
    """A list of objects; what is a list in a cell as JSON is a list here."""
    with target.open("w", encoding="utf-8") as file:
        before = "[\n"
        for row in table.rows:
            values = {
                column.name: json.loads(value) if column.name in LISTS and isinstance(value, str) else value
                for column, value in zip(table.columns, row, strict=True)
            }
            file.write(before + json.dumps(values, ensure_ascii=False))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def _excel(table: Table, target: Path) -> None:
    excel.write([table], target)


WRITERS: Mapping[str, Callable[[Table, Path], None]] = {".csv": _csv, ".json": _json, ".xlsx": _excel}
