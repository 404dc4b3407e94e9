"""What a query may mean besides its words: 金水区 反诈 三月 is a place, a word and a month.

Search takes a query as it is written; nothing is done behind the reader's back. What is recognised here is offered: the
same question with places, months and types as filters, and how many articles it finds.
"""

import calendar
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.archive import facets, matched
from corpus.archive.counting.columns import taken
from corpus.archive.counting.held import Columns
from corpus.archive.filters import Filters
from corpus.archive.named import LEVELS, SUFFIXES, Level, marks
from corpus.archive.query import And, Expression, Term

WORDS = 6
"""Words of a query that are looked at."""
YEARS = 3
"""Years that are offered for a month without one, the newest first."""
NAMED: Mapping[str, Level] = {
    "districts": "district", "streets": "street", "communities": "community", "cities": "city",
    "provinces": "province", "places": "place",
}  # fmt: skip
"""Filters by place that a word is tried as, in this order; then as a person."""
_DIGITS = "一二三四五六七八九"
_TIME = re.compile(r"(?:((?:19|20)\d\d)年?)?(?:(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?)?")


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Another way to ask: `query` and `filters`, and that at most `total` articles are found, just so many if `exact`.

    `read`: the words that are read otherwise, each with the filter and its value.
    """

    query: str
    filters: Filters
    read: tuple[tuple[str, str, str], ...]
    total: int
    exact: bool


def otherwise(
    database: sqlite3.Connection,
    columns: Columns,
    expression: Expression | None,
    filters: Filters,
    types: Mapping[str, Iterable[str]],
) -> tuple[Otherwise, ...]:
    """The other ways to ask that find something. `types`: what people call each type of activity."""
    parts = expression.parts if isinstance(expression, And) else (expression,)
    words = [part for part in parts if isinstance(part, Term) and part.field is None]
    if not words or len(words) < len(parts) or len(words) > WORDS:
        return ()
    left, read, wanted = list[Term](), list[tuple[str, str, str]](), filters
    time: re.Match[str] | None = None
    for term in words:
        if time is None and (found := _time(term.text)):
            time = found
        elif len(term.text) > 1 and (field := _named(database, term.text)):
            read.append((term.text, field, term.text))
            more: Any = (*getattr(wanted, field), term.text)
            wanted = replace(wanted, **{field: more})
        else:
            left.append(term)
    made = _in_time(database, columns, left, wanted, tuple(read), time) if read or time else []
    for term in left:
        kinds = [kind for kind, names in types.items() if len(term.text) > 1 and any(term.text in n for n in names)]
        if kinds:
            rest = [each for each in left if each is not term]
            typed = replace(wanted, types=(*wanted.types, kinds[0]))
            made += _in_time(database, columns, rest, typed, (*read, (term.text, "types", kinds[0])), time)
            break
    return tuple(each for each in made if each.total and each.read)


def _time(word: str) -> re.Match[str] | None:
    """A year, a month or both, as a whole word.

    >>> [bool(_time(word)) for word in ("2024年3月", "三月", "2024年", "2024", "三月三")]
    [True, True, True, True, False]
    """
    found = _TIME.fullmatch(word)
    return found if word and found else None


def _named(database: sqlite3.Connection, word: str) -> str | None:
    """The filter that takes a word as a name, with or without its suffix; None where nothing is called so."""
    levels = [(field, LEVELS[level]) for field, level in NAMED.items()]
    names = {word, *(word + end for ends in SUFFIXES.values() for end in ends)}
    # a city may be known only as what its districts lie in
    query = " UNION ".join(
        f"SELECT type, name FROM {table} WHERE name IN ({marks(names)})" for table in ("name", "place")
    )
    found = {kind for kind, name in database.execute(query, (*names, *names))
             if name == word or name.removeprefix(word) in SUFFIXES.get(kind, ())}  # fmt: skip
    return next((field for field, types in levels if found & set(types)), "persons" if "person" in found else None)


def _in_time(
    database: sqlite3.Connection,
    columns: Columns,
    words: list[Term],
    filters: Filters,
    read: tuple[tuple[str, str, str], ...],
    time: re.Match[str] | None,
) -> list[Otherwise]:
    query = " ".join(_written(term) for term in words)
    if time is None:
        found = matched.articles(database, columns, query, filters)
        return [Otherwise(query, filters, read, found.total, found.exact)]
    year, number = time[1], _number(time[2])
    if year:
        day = f"{year}-{number:02}" if number else year
        return _in_time(database, columns, words, _between(filters, day), (*read, (time[0], "since", day)), None)
    found = matched.articles(database, columns, query, filters)
    of_months = facets.months(taken(columns.articles.day, found.rows)).values
    there = [value for value in of_months if value.name and int(value.name[5:]) == number][-YEARS:]
    made = []
    for value in reversed(there):
        day = str(value.name)
        dated = _between(filters, day)
        made.append(Otherwise(query, dated, (*read, (time[0], "since", day)), value.count, found.exact))
    return made


def _number(month: str | None) -> int:
    """A month in digits or characters; 0 for none.

    >>> [_number(month) for month in ("3", "三", "十", "十二", None)]
    [3, 3, 10, 12, 0]
    """
    if not month or month.isascii():
        return int(month or 0)
    return 10 * month.startswith("十") + _DIGITS.find(month[-1]) + 1


def _between(filters: Filters, time: str) -> Filters:
    """The filters with the days of a year or of a month."""
    since, until = days_of(time)
    return replace(filters, since=since, until=until)


def days_of(time: str) -> tuple[str, str]:
    """The first and the last day of a year or of a month.

    >>> days_of("2024-02"), days_of("2023")
    (('2024-02-01', '2024-02-29'), ('2023-01-01', '2023-12-31'))
    """
    year, _, month = time.partition("-")
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    last = calendar.monthrange(int(year), int(month))[1]
    return f"{time}-01", f"{time}-{last}"


def _written(term: Term) -> str:
    doubled = term.text.replace('"', '""')
    return term.text if term.text.isalnum() and term.text not in ("AND", "OR", "NOT") else f'"{doubled}"'
