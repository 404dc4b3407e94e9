"""Facets: what the articles or activities that were found have in common, counted.

Counted are all that were found, not the page shown. An article counts once for each of its places, types and
organizations, and a place with all that it lies in, just as the filters of these names would find it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.counting.columns import Ints, Lists, counted, ints, most, taken
from corpus.archive.counting.held import Columns
from corpus.archive.counting.parties import named_parties, names_of
from corpus.archive.matched import Matched

TREE = ("district", "street", "community")
TOP = 10
INNER = 5
"""Places inside a place at most: whoever wants more of them filters by it."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value and how many have it. `wanted` is what the filter takes for it, None where there is no such filter.

    `place`: of an organizer or partner that is a place.
    """

    name: str | None
    wanted: str | None
    count: int
    place: PlaceName | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """The values that most have, and how many further values there are."""

    values: tuple[Value, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place with how many have it or what lies in it, and the next level below; `more`: further ones there."""

    place: PlaceName
    count: int
    below: tuple["PlaceValue", ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class PlaceFacet:
    """The places of the highest level, and how many further ones there are."""

    values: tuple[PlaceValue, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ArticleFacets:
    """`total` articles, where not `exact` at most so many.

    `months` are all of them as 2024-03, None last; an article without a day is in each month of its activities.
    """

    total: int
    exact: bool
    places: PlaceFacet
    types: Facet
    months: Facet
    organizations: Facet
    papers: Facet
    kinds: Facet


@dataclass(frozen=True, slots=True)
class ActivityFacets:
    """The same of activities. Organizers and partners may be places too; these have no filter by organization."""

    total: int
    exact: bool
    places: PlaceFacet
    types: Facet
    statuses: Facet
    months: Facet
    organizers: Facet
    partners: Facet
    papers: Facet


def of_articles(
    database: sqlite3.Connection, columns: Columns, found: Matched, top: int = TOP, tree: Sequence[str] = TREE
) -> ArticleFacets:
    """The facets of the articles found; `top` values of each, `tree` the levels of places, the highest first."""
    held, texts, rows = columns.articles, columns.texts, found.rows
    return ArticleFacets(
        found.total,
        found.exact,
        places(database, columns, held.places, rows, top, tree),
        of_types(columns, held.types.of(rows), top),
        _months_of_articles(columns, rows),
        _organizations(database, held.organizations.of(rows), top),
        _facet(texts.papers, taken(held.paper, rows), top, exactly=True),
        _facet(texts.kinds, taken(held.kind, rows), top),
    )


def of_activities(
    database: sqlite3.Connection, columns: Columns, found: Matched, top: int = TOP, tree: Sequence[str] = TREE
) -> ActivityFacets:
    """The facets of the activities found."""
    held, texts, rows = columns.activities, columns.texts, found.rows
    return ActivityFacets(
        found.total,
        found.exact,
        places(database, columns, held.places, rows, top, tree),
        of_types(columns, taken(held.type, rows), top),
        _facet(texts.statuses, taken(held.status, rows), top, filtered=False),
        months(taken(held.day, rows)),
        parties(database, columns, held.organizers.of(rows), top),
        parties(database, columns, held.partners.of(rows), top),
        _facet(texts.papers, columns.articles.paper[taken(held.article, rows)], top, exactly=True),
    )


def places(
    database: sqlite3.Connection, columns: Columns, held: Lists, rows: Ints | None, top: int, tree: Sequence[str]
) -> PlaceFacet:
    """The places of some rows as a tree. What is known to lie in none of the upper levels stands beside them."""
    counts = counted(held.of(rows), len(columns.places.above))
    nearest = columns.places.nearest
    above = np.zeros_like(columns.places.above)
    of_tree = np.zeros(len(above), dtype=bool)
    for at, level in enumerate(tree):
        here = (nearest[level] == np.arange(len(above))) & (counts > 0)
        here[:1] = False
        of_tree |= here
        for upper in tree[:at]:
            lies = here & (nearest[upper] > 0)
            above[lies] = nearest[upper][lies]
    there = np.flatnonzero(of_tree)
    there = there[np.lexsort((there, -counts[there], above[there]))]
    uppers = above[there]
    chosen: dict[int, list[int]] = {}
    further: dict[int, int] = {}
    waiting, limit = [0], top
    for _ in tree:
        begins, ends = np.searchsorted(uppers, waiting), np.searchsorted(uppers, waiting, side="right")
        for parent, begin, end in zip(waiting, begins.tolist(), ends.tolist(), strict=True):
            chosen[parent] = there[begin : min(end, begin + limit)].tolist()
            further[parent] = max(0, end - begin - limit)
        waiting, limit = [place for parent in waiting for place in chosen[parent]], min(top, INNER)
    names = of_places(database, [place for inside in chosen.values() for place in inside])

    def value(place: int) -> PlaceValue:
        inside = tuple(map(value, chosen.get(place, [])))
        return PlaceValue(names[place], int(counts[place]), inside, further.get(place, 0))

    return PlaceFacet(tuple(map(value, chosen[0])), further[0])


def months(days: Ints) -> Facet:
    """All months of some days, in order; the days that are not known last."""
    counts = counted(days // 100)
    there = np.flatnonzero(counts).tolist()
    named = [(f"{each // 100:04}-{each % 100:02}" if each else None, int(counts[each])) for each in there]
    named.sort(key=lambda each: (each[0] is None, each[0] or ""))
    return Facet(tuple(Value(name, name, count) for name, count in named), 0)


def _months_of_articles(columns: Columns, rows: Ints | None) -> Facet:
    """An article whose issue has no day counts in the months of its activities, for that is where filters find it."""
    days = taken(columns.articles.day, rows)
    undated = np.zeros(len(columns.articles), dtype=bool)
    undated[np.flatnonzero(columns.articles.day == 0) if rows is None else rows[days == 0]] = True
    held = columns.activities
    at = np.flatnonzero(undated[held.article] & (held.day > 0))
    pairs = np.unique(np.stack((held.article[at], held.day[at] // 100)), axis=1)
    undated[pairs[0]] = False
    there = np.concatenate((days[days > 0], pairs[1] * 100, np.zeros(np.count_nonzero(undated), dtype=np.int32)))
    return months(ints(there))


def parties(database: sqlite3.Connection, columns: Columns, values: Ints, top: int) -> Facet:
    """Who runs activities or takes part, by numbers of parties."""
    counts = counted(values)
    chosen = most(counts, top).tolist()
    named = zip(named_parties(database, columns, chosen), chosen, strict=True)
    made = tuple(Value(party.name, party.wanted, int(counts[each]), party.place) for party, each in named)
    return Facet(made, int(np.count_nonzero(counts)) - len(chosen))


def _organizations(database: sqlite3.Connection, values: Ints, top: int) -> Facet:
    counts = counted(values)
    chosen = most(counts, top).tolist()
    names = names_of(database, chosen)
    made = tuple(Value(names[each][1], f"={names[each][1]}", int(counts[each])) for each in chosen if each in names)
    return Facet(made, int(np.count_nonzero(counts)) - len(chosen))


def of_types(columns: Columns, values: Ints, top: int) -> Facet:
    """Types of activities, by their numbers."""
    return _facet(columns.texts.types, values, top)


def _facet(texts: Sequence[str | None], values: Ints, top: int, exactly: bool = False, filtered: bool = True) -> Facet:
    counts = counted(values)
    chosen = most(counts, top).tolist()
    made = []
    for each in chosen:
        text = texts[each]
        wanted = None if text is None or not filtered else f"={text}" if exactly else text
        made.append(Value(text, wanted, int(counts[each])))
    return Facet(tuple(made), int(np.count_nonzero(counts)) - len(chosen))
