"""What may help where nothing was found: which word or filter is to blame, what is near, what is there without it."""

import difflib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from corpus.archive import filters as sieve
from corpus.archive.filters import NAMED, Filters
from corpus.archive.named import LEVELS, Level, marks
from corpus.archive.query import NAME_FIELDS, Expression, Term, terms
from corpus.archive.search import search

LIKE = 0.5
"""Share of characters that two names have in common, in order, to be near each other (difflib's ratio)."""
NEAREST = 3
LOOKED_AT = 20_000
"""Names that are compared at most."""
OPTIONS = {
    "types": "type", "provinces": "province", "cities": "city", "districts": "district", "streets": "street",
    "communities": "community", "places": "place", "organizations": "organization", "persons": "person",
    "since": "since", "until": "until", "papers": "paper", "kinds": "kind",
}  # fmt: skip
"""Each filter and what it is called on the command line."""
_FIELD_TYPES = {"place": "places", "org": "organizations", "person": "persons"}


@dataclass(frozen=True, slots=True)
class Total:
    """How many articles; where not `exact` at most so many."""

    count: int
    exact: bool

    def __str__(self) -> str:
        many = f"{self.count:,} article{'s' * (self.count != 1)}"
        return many if self.exact else f"up to {many}"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that is to blame or that helps; as a text a sentence for the command line.

    unnamed: no article names the `value` of the filter (Filters) or of the field (query.FIELDS) `name`; `near` are
    names like it. untyped: no activity is of the type `value`. apart: the word `value` by itself stands in `total`.
    absent: no article has the word `value`; its `part` stands in `total`. without: so many there are without the filter
    `name`, or where that is "" without any.
    """

    kind: Literal["unnamed", "untyped", "apart", "absent", "without"]
    name: str = ""
    value: str = ""
    near: tuple[str, ...] = ()
    part: str = ""
    total: Total | None = None

    def __str__(self) -> str:
        near = f"; near it: {', '.join(self.near)}" if self.near else ""
        option = OPTIONS.get(self.name)
        match self.kind:
            case "unnamed":
                return f"no article names {f'the {option} ' if option else f'{self.name}:'}{self.value}{near}"
            case "untyped":
                return f"no activity is of the type {self.value}; docs/search.md lists the types"
            case "apart":
                return f"{self.value} alone stands in {self.total}"
            case "absent":
                known = f"; {self.part} stands in {self.total}" if self.part else ""
                return f"no article has {self.value}{near}{known}"
        return f"without {f'--{option}' if option else 'any filter'} there are {self.total}"


def advice(
    connection: sqlite3.Connection, query: str, filters: Filters, expression: Expression | None
) -> Iterator[str]:
    """Sentences for somebody whose query, read as `expression`, found nothing with these filters."""
    return map(str, hints(connection, query, filters, expression))


def hints(
    connection: sqlite3.Connection, query: str, filters: Filters, expression: Expression | None
) -> Iterator[Hint]:
    """The same as data. Each takes a search or two, so a program that is in a hurry takes the first ones only."""
    asked = terms(expression)
    unknown = False
    for field in NAMED:
        for wanted in getattr(filters, field):
            if sieve.known(connection, field, wanted) is None:
                unknown = True
                yield Hint("unnamed", field, wanted, tuple(near_names(connection, field, wanted)))
    for term in asked:
        if term.field in _FIELD_TYPES and sieve.known(connection, _FIELD_TYPES[term.field], term.text) is None:
            near = tuple(near_names(connection, _FIELD_TYPES[term.field], term.text))
            yield Hint("unnamed", term.field, term.text, near)
        elif term.field == "type" and not _has_type(connection, term.text):
            yield Hint("untyped", value=term.text)
        elif term.field not in NAME_FIELDS:
            yield from _of_term(connection, term, alone=len(asked) == 1)
    given = filters.given()
    for field in given if not unknown else ():
        empty: Any = getattr(Filters(), field)
        if total := _count(connection, query, replace(filters, **{field: empty})):
            yield Hint("without", field, total=total)
    if len(given) > 1 and (total := _count(connection, query, Filters())):
        yield Hint("without", total=total)


def _of_term(connection: sqlite3.Connection, term: Term, alone: bool) -> Iterator[Hint]:
    total = _count(connection, _quoted(term.folded))
    if total:
        if not alone or term.field:
            yield Hint("apart", value=term.text, total=total)
        return
    near = near_names(connection, "places", term.text) + near_names(connection, "persons", term.text)
    part, total = _longest_part(connection, term.folded) or ("", None)
    yield Hint("absent", value=term.text, near=tuple(near[:NEAREST]), part=part, total=total)


def _has_type(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM activity WHERE type = ? LIMIT 1", (name,)).fetchone() is not None


def _longest_part(connection: sqlite3.Connection, folded: str) -> tuple[str, Total] | None:
    """The longest beginning or end of a term, two characters at least, that is there, and in how many articles."""
    for length in range(min(len(folded) - 1, 20), 1, -1):
        for part in (folded[:length], folded[-length:]):
            if part == part.strip() and (total := _count(connection, _quoted(part))):
                return part, total
    return None


def near_names(connection: sqlite3.Connection, field: str, wanted: str) -> list[str]:
    """Names of things of this kind that are written nearly so, nearest first."""
    level = {"cities": "city", "communities": "community"}.get(field, field.removesuffix("s"))
    types: Sequence[str] = (level,) if level in ("organization", "person") else LEVELS[_level(level)]
    if not wanted:
        return []
    has_one = " OR ".join("instr(name, ?)" for _ in set(wanted))
    rows = connection.execute(
        f"SELECT DISTINCT name FROM name WHERE type IN ({marks(types)}) AND ({has_one}) ORDER BY name LIMIT ?",
        (*types, *sorted(set(wanted)), LOOKED_AT),
    )
    return difflib.get_close_matches(wanted, [row[0] for row in rows], NEAREST, LIKE)


def _level(name: str) -> Level:
    return next(level for level in LEVELS if level == name)


def _count(connection: sqlite3.Connection, query: str, filters: Filters | None = None) -> Total | None:
    """How many articles there are; None for none."""
    found = search(connection, query, filters, limit=1)
    return Total(found.total, found.exact) if found.hits else None


def _quoted(folded: str) -> str:
    doubled = folded.replace('"', '""')
    return f'"{doubled}"'
