"""What an endpoint is asked with, and how its answers are made up."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.requests import Request

from corpus.archive.counting.held import Columns
from corpus.archive.filters import Filters
from web import parameters
from web.api.shapes import as_json
from web.links import Here
from web.parameters import Paging, Parameter
from web.reading import columns


class Asked:
    """A request with the archive that it is about, read as it is needed. ProblemError 400 for what cannot be meant."""

    def __init__(self, request: Request, database: sqlite3.Connection) -> None:
        self.request = request
        self.database = database

    @cached_property
    def columns(self) -> Columns:
        """What is counted from."""
        return columns(self.request, self.database)

    @cached_property
    def filters(self) -> Filters:
        """What is wanted."""
        return parameters.filters(self.request)

    @cached_property
    def paging(self) -> Paging:
        """Which rows."""
        return parameters.paging(self.request)

    @property
    def query(self) -> str:
        """The words."""
        return parameters.query(self.request)

    def choice(self, parameter: Parameter) -> str:
        """The value of a parameter that has a fixed choice."""
        return parameters.choice(self.request, parameter)

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def page(self, rows: Iterable[Any], total: int, exact: bool = True) -> dict[str, Any]:
        """A page of rows, with the address of the next one."""
        made = [as_json(row) for row in rows]
        behind = self.paging.offset + len(made)
        here = Here(self.request.url.path, tuple(self.request.query_params.multi_items()))
        return {
            "total": total,
            "exact": exact,
            "page": self.paging.page,
            "per_page": self.paging.per_page,
            "next": here.page(self.paging.page + 1) if made and behind < total else None,
            "rows": made,
        }


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the API. `answer`: the type (or schema) of what `give` gives; `rows`: of each of its rows instead.

    `path`: with the names of its parts as {name}, which `parts` describe.
    """

    path: str
    summary: str
    give: Callable[[Asked], Any]
    answer: Any = None
    rows: Any = None
    parameters: Sequence[Parameter] = ()
    parts: Sequence[Parameter] = ()
