"""Which activities a request asks for: by filters and words, all or each once, and of these what a figure counts."""

import sqlite3

from starlette.requests import Request

from corpus.archive import matched
from corpus.archive.counting.held import Columns
from corpus.archive.counting.parties import Party
from corpus.archive.facets import Value
from corpus.archive.matched import Matched
from corpus.archive.narrowing import Only, narrowed
from corpus.archive.query import QueryError
from web import parameters, problems
from web.parameters import DISTINCT, ONLY
from web.problems import Problem, ProblemError, wrong


def activities(request: Request, database: sqlite3.Connection, columns: Columns) -> Matched:
    """The activities; ProblemError 400 for a query or value that cannot be meant."""
    only, wanted = values(request), parameters.filters(request)
    distinct = parameters.flag(request, DISTINCT)
    try:
        found = matched.activities(database, columns, wanted, parameters.query(request), distinct)
    except QueryError as error:
        raise unreadable(error) from error
    return narrowed(database, columns, found, only)


def unreadable(error: QueryError) -> ProblemError:
    """For a query that says nothing clear."""
    said = tuple((name, str(value)) for name, value in error.values.items())
    return ProblemError(Problem(400, problems.WRONG_QUERY, error.said, said))


def values(request: Request) -> list[Only]:
    """What `only` asks for."""
    made = []
    for each in parameters.choices(request, ONLY):
        try:
            made.append(Only.parse(each))
        except ValueError:
            raise wrong("%(name)s is DIMENSION:VALUE, for instance month:2024-03", name="only") from None
    return made


def asked(dimension: str, value: str | None, distinct: bool = False) -> tuple[str, str]:
    """The parameter and its value by which just the activities with one value of a dimension are asked for.

    A filter where it asks for no more than these: that by place asks also for what only one article says lies there.
    With `distinct` any filter would choose other first accounts.

    >>> asked("type", "health"), asked("month", "2024-03"), asked("type", "health", distinct=True)
    (('type', 'health'), ('only', 'month:2024-03'), ('only', 'type:health'))
    """
    if value is not None and not distinct:
        if dimension == "type":
            return "type", value
        if dimension == "paper":
            return "paper", f"={value}"
    return "only", str(Only(dimension, value))


def party(one: Party | Value) -> str | None:
    """What `only` takes for an organizer or partner."""
    return one.place.address.path if one.place else f"={one.name}" if one.name else None
