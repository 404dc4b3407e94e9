"""The filters that every command shares: what articles or activities have to do with.

Values of one filter are alternatives, different filters hold together. A place is found at any level: a district with
its streets, communities and whatever else lies in it, by the codes of divisions and by what articles say of the places
they name. A name is the record's; its suffix may be left out, and script and width do not matter.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from corpus.archive.conditions import Condition, Every, Nothing, Rows, Value, all_of, any_of, as_rows
from corpus.archive.folding import printable
from corpus.archive.named import Thing, holding, marks, organizations, persons, places

ALWAYS = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; an empty one wants everything. Days are ISO 8601, both ends included.

    An article's day is that of its issue; where the issue has none, the days of its activities. An activity's day is
    its own, else its issue's.
    """

    types: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    papers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                object.__setattr__(self, field.name, tuple(map(printable, value)))

    def given(self) -> list[str]:
        """The names of the fields that want something.

        >>> Filters(types=("antifraud",), since="2024-03-01").given()
        ['types', 'since']
        """
        return [field.name for field in fields(self) if getattr(self, field.name)]


def articles(connection: sqlite3.Connection, filters: Filters) -> Condition:
    """The articles that the filters want, as a condition over search_entry.article."""
    wanted = [any_of(map(articles_naming, things)) for _, things in _named(connection, filters)]
    if filters.types:
        wanted.append(of_types(filters.types))
    if filters.papers:
        wanted.append(of_papers(connection, filters.papers))
    if filters.kinds:
        wanted.append(_in("SELECT id FROM article WHERE kind IN ({})", filters.kinds))
    return all_of((*wanted, _days(connection, filters)))


def activities(connection: sqlite3.Connection, filters: Filters) -> Rows:
    """The activities that the filters want, as an expression over the columns of table `activity`.

    Its places are its own, its organizations those that ran it or took part, its persons those that the article names.
    """
    wanted = [
        any_of(_activities_with(field, thing) for thing in things) for field, things in _named(connection, filters)
    ]
    if filters.types:
        wanted.append(Rows(f"activity.type IN ({marks(filters.types)})", filters.types))
    rest = articles(connection, Filters(papers=filters.papers, kinds=filters.kinds))
    if rest != Every():
        rows = as_rows(rest)
        wanted.append(Rows(f"activity.article IN (SELECT article FROM search_entry WHERE {rows.sql})", rows.values))
    if filters.since or filters.until:
        sql = (
            "EXISTS (SELECT 1 FROM search_entry LEFT JOIN date ON date.article = activity.article"
            " AND date.number = activity.date WHERE search_entry.article = activity.article"
            " AND coalesce(date.last, date.first, nullif(day, '')) >= ?"
            " AND coalesce(date.first, date.last, nullif(day, '')) <= ?)"
        )
        wanted.append(Rows(sql, (filters.since or "", filters.until or ALWAYS)))
    return as_rows(all_of(wanted))


def known(connection: sqlite3.Connection, field: str, wanted: str) -> Thing | None:
    """What the filter `field` means by `wanted`; None where the archive knows nothing of that name."""
    match field:
        case "provinces":
            return places(connection, wanted, "province")
        case "cities":
            return places(connection, wanted, "city")
        case "districts":
            return places(connection, wanted, "district")
        case "streets":
            return places(connection, wanted, "street")
        case "communities":
            return places(connection, wanted, "community")
        case "places":
            return places(connection, wanted)
        case "organizations":
            return organizations(connection, wanted)
        case "persons":
            return persons(connection, wanted)
    raise KeyError(field)


NAMED = ("provinces", "cities", "districts", "streets", "communities", "places", "organizations", "persons")
"""The filters whose values are names of things that records name."""


def articles_naming(thing: Thing) -> Rows:
    """The articles that name it, or what lies in it."""
    rows = thing.entities()
    return Rows(f"search_entry.article IN (SELECT article FROM ({rows.sql}))", rows.values)


def of_types(types: Sequence[str]) -> Rows:
    """The articles with an activity of one of these types."""
    return _in("SELECT activity.article FROM activity WHERE type IN ({})", types)


def of_papers(connection: sqlite3.Connection, papers: Sequence[str]) -> Condition:
    """The articles of papers whose names hold one of these, or behind `=` are just that."""
    every = connection.execute("SELECT DISTINCT paper, paper FROM page WHERE paper IS NOT NULL").fetchall()
    found = sorted(
        {name for wanted in papers if not wanted.startswith("=") for name in holding(every, wanted)}
        | {name for name, _ in every if f"={name}" in papers}
    )
    query = "SELECT article.id FROM page JOIN article ON article.page = page.id WHERE paper IN ({})"
    return _in(query, found) if found else Nothing()


def _named(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[str, list[Thing]]]:
    """For each filter by name that is given, the things it may mean; none where the archive knows none."""
    for field in NAMED:
        if wanted := getattr(filters, field):
            yield field, [thing for each in wanted if (thing := known(connection, field, each))]


def _activities_with(field: str, thing: Thing) -> Rows:
    rows = thing.entities()
    if field == "persons":
        return Rows(f"activity.article IN (SELECT article FROM ({rows.sql}))", rows.values)
    roles = "('organizer', 'partner')" if field == "organizations" else "('place')"
    # what the article itself says lies in the place belongs to it too
    sql = (
        "activity.id IN (WITH RECURSIVE within (article, number) AS ("
        f"SELECT article, number FROM ({rows.sql}) UNION"
        " SELECT part.article, part.number FROM within JOIN entity AS part"
        " ON part.article = within.article AND part.parent = within.number)"
        " SELECT slot.activity FROM within JOIN activity AS held ON held.article = within.article"
        " JOIN activity_entity AS slot ON slot.activity = held.id AND slot.entity = within.number"
        f" WHERE slot.role IN {roles})"
    )
    return Rows(sql, rows.values)


def _days(connection: sqlite3.Connection, filters: Filters) -> Condition:
    if not filters.since and not filters.until:
        return Every()
    since, until = filters.since or "0", filters.until or ALWAYS
    within = Rows("search_entry.day BETWEEN ? AND ?", (since, until), days=True)
    if connection.execute("SELECT 1 FROM search_entry WHERE day = '' LIMIT 1").fetchone() is None:
        return within  # by itself it is a stretch of the index
    rows = undated(filters)
    sql = f"(search_entry.day = '' AND search_entry.article IN ({rows.sql}))"
    return any_of((within, Rows(sql, rows.values, days=True)))


def undated(filters: Filters) -> Rows:
    """A query for the articles of issues without a day that have an activity between the days that the filters want."""
    sql = (
        "SELECT activity.article FROM search_entry AS undated JOIN activity ON activity.article = undated.article"
        " JOIN date ON date.article = activity.article AND date.number = activity.date"
        " WHERE undated.day = '' AND coalesce(date.last, date.first) >= ? AND coalesce(date.first, date.last) <= ?"
    )
    return Rows(sql, (filters.since or "0", filters.until or ALWAYS))


def _in(query: str, values: Sequence[Value]) -> Rows:
    return Rows(f"search_entry.article IN ({query.format(marks(values))})", tuple(values))
