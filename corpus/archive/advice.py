"""What may help where nothing was found: which word or filter is to blame, what is near, what is there without it."""

import difflib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.archive import filters as sieve
from corpus.archive.filters import NAMED, Filters
from corpus.archive.named import PLACE_TYPES, Level, marks
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


def advice(
    connection: sqlite3.Connection, query: str, filters: Filters, expression: Expression | None
) -> Iterator[str]:
    """Sentences for somebody whose query, read as `expression`, found nothing with these filters."""
    asked = terms(expression)
    unknown = False
    for field in NAMED:
        for wanted in getattr(filters, field):
            if sieve.known(connection, field, wanted) is None:
                unknown = True
                near = _near_names(connection, field, wanted)
                yield f"no article names the {OPTIONS[field]} {wanted}{_or_near(near)}"
    for term in asked:
        if term.field in _FIELD_TYPES and sieve.known(connection, _FIELD_TYPES[term.field], term.text) is None:
            near = _near_names(connection, _FIELD_TYPES[term.field], term.text)
            yield f"no article names {term.field}:{term.text}{_or_near(near)}"
        elif term.field == "type" and not _has_type(connection, term.text):
            yield f"no activity is of the type {term.text}; docs/search.md lists the types"
        elif term.field not in NAME_FIELDS:
            yield from _of_term(connection, term, alone=len(asked) == 1)
    given = filters.given()
    for field in given if not unknown else ():
        empty: Any = getattr(Filters(), field)
        if total := _count(connection, query, replace(filters, **{field: empty})):
            yield f"without --{OPTIONS[field]} there are {total}"
    if len(given) > 1 and (total := _count(connection, query, Filters())):
        yield f"without any filter there are {total}"


def _of_term(connection: sqlite3.Connection, term: Term, alone: bool) -> Iterator[str]:
    total = _count(connection, _quoted(term.folded))
    if total:
        if not alone or term.field:
            yield f"{term.text} alone stands in {total}"
        return
    near = _near_names(connection, "places", term.text) + _near_names(connection, "persons", term.text)
    part = _longest_part(connection, term.folded)
    known = f"; {part[0]} stands in {part[1]}" if part else ""
    yield f"no article has {term.text}{_or_near(near[:NEAREST])}{known}"


def _has_type(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM activity WHERE type = ? LIMIT 1", (name,)).fetchone() is not None


def _longest_part(connection: sqlite3.Connection, folded: str) -> tuple[str, str] | None:
    """The longest beginning or end of a term, two characters at least, that is there, and in how many articles."""
    for length in range(min(len(folded) - 1, 20), 1, -1):
        for part in (folded[:length], folded[-length:]):
            if part == part.strip() and (total := _count(connection, _quoted(part))):
                return part, total
    return None


def _near_names(connection: sqlite3.Connection, field: str, wanted: str) -> list[str]:
    """Names of things of this kind that are written nearly so, nearest first."""
    level = {"cities": "city", "communities": "community"}.get(field, field.removesuffix("s"))
    types: Sequence[str] = (level,) if level in ("organization", "person") else PLACE_TYPES[_level(level)]
    if not wanted:
        return []
    has_one = " OR ".join("instr(name, ?)" for _ in set(wanted))
    rows = connection.execute(
        f"SELECT DISTINCT name FROM name WHERE type IN ({marks(types)}) AND ({has_one}) ORDER BY name LIMIT ?",
        (*types, *sorted(set(wanted)), LOOKED_AT),
    )
    return difflib.get_close_matches(wanted, [row[0] for row in rows], NEAREST, LIKE)


def _level(name: str) -> Level:
    return next(level for level in PLACE_TYPES if level == name)


def _or_near(names: Sequence[str]) -> str:
    return f"; near it: {', '.join(names)}" if names else ""


def _count(connection: sqlite3.Connection, query: str, filters: Filters | None = None) -> str:
    """How many articles there are, in words; "" for none."""
    found = search(connection, query, filters, limit=1)
    many = f"{found.total:,} article{'s' * (found.total != 1)}"
    return "" if not found.hits else many if found.exact else f"up to {many}"


def _quoted(folded: str) -> str:
    doubled = folded.replace('"', '""')
    return f'"{doubled}"'
