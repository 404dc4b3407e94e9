"""What the lists of places, organizations and people have in common, and what is said of a name that is not there."""

import sqlite3
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive.advice import near_names
from corpus.archive.name_lists import Line, Names
from web import parameters
from web.pages.portraits import Subject, of_place
from web.parameters import Paging
from web.templating import page

PER_PAGE = 60
FIELDS = {"place": "places", "organization": "organizations", "person": "persons"}


def begins(request: Request) -> str:
    """The first characters that are asked for, "" for any."""
    return next(iter(parameters.choices(request, parameters.BEGINS)), "")


def paging(request: Request) -> Paging:
    """Which names are asked for."""
    return parameters.paging(request, per_page=PER_PAGE)


def listed(request: Request, kind: str, found: Names, **values: Any) -> Response:
    """The page of a list."""
    shown: dict[str, Any] = {"level": "", "levels": (), "subject": subject} | values
    return page(request, "names.html", kind=kind, found=found, paging=paging(request), begins=begins(request), **shown)


def gone(request: Request, database: sqlite3.Connection, kind: str, name: str) -> Response:
    """Nobody is called so: the names near it."""
    return missing(request, kind, name, tuple(near_names(database, FIELDS[kind], name)))


def missing(request: Request, kind: str, name: str, near: tuple[str, ...]) -> Response:
    """The page for a name that the archive does not have."""
    return page(request, "missing.html", status=404, kind=kind, asked=name, near=near)


def subject(kind: str, line: Line) -> Subject:
    """A line of a list with the filter that means just it."""
    if line.place is not None:
        return of_place(line.place)
    return Subject(line.name, kind, ((kind, f"={line.name}" if kind == "organization" else line.name),))
