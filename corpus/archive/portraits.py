"""All that an archive tells of one place, organization, person or type of activity, added up."""

import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.article_lines import ArticleLine, newest_rows
from corpus.archive.article_lines import of as lines_of
from corpus.archive.counting.columns import Ints, counted, each_once, ints, most
from corpus.archive.counting.held import Columns
from corpus.archive.facets import Facet, Value, months, of_types, parties
from corpus.archive.sums import Sums, added
from schemas.annotations import PLACE_TYPES

TOP = 12
BELOW = 100
"""Places inside a place that are listed."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """Of one thing. `months`, `types`, `organizers`, `partners`, `places` count its activities.

    `places` are streets and smaller ones where they took place, without itself and what it lies in; `organizers` and
    `partners` are the others, without itself.
    `newest`: its newest articles; the filters give them all.
    """

    articles: int
    activities: int
    months: Facet
    types: Facet
    organizers: Facet
    partners: Facet
    places: Facet
    sums: Sums
    newest: tuple[ArticleLine, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """A place that lies in another, with its own figures."""

    place: PlaceName
    articles: int
    activities: int


@dataclass(frozen=True, slots=True)
class PlacePortrait:
    """A place. `above`: what it lies in, the nearest first, known by `basis` (code, or stated by `told` articles).

    `learned` articles name it alone and mean it by what others print; `variants`: how else it is printed, most often
    first. `organized`, `partnered`: activities that it runs or takes part in itself, wherever. `below`: what lies
    directly in it, most articles first, and `more` further ones.
    """

    place: PlaceName
    above: tuple[PlaceName, ...]
    basis: str | None
    told: int
    learned: int
    mentions: int
    first: str | None
    last: str | None
    variants: tuple[str, ...]
    below: tuple[Inside, ...]
    more: int
    organized: int
    partnered: int
    portrait: Portrait


def of_place(database: sqlite3.Connection, columns: Columns, place: int, top: int = TOP) -> PlacePortrait:
    """Of a place (place.id), with all that lies in it; KeyError without one."""
    named = of_places(database, [place])[place]
    query = "SELECT basis, told, learned, mentions, first, last FROM place WHERE id = ?"
    row = database.execute(query, (place,)).fetchone()
    above, at = list[int](), int(columns.places.above[place])
    while at:
        above.append(at)
        at = int(columns.places.above[at])
    uppers = of_places(database, above)
    forms = "SELECT form FROM entity_place JOIN entity_form USING (article, number) WHERE place = ?"
    variants = Counter(form for (form,) in database.execute(forms, (place,)))
    inside = np.flatnonzero(columns.places.above == place)
    articles = counted(columns.articles.places.values, len(columns.places.above))
    activities = counted(columns.activities.places.values, len(columns.places.above))
    inside = inside[np.lexsort((inside, -articles[inside]))]
    names = of_places(database, inside[:BELOW].tolist())
    below = tuple(Inside(names[each], int(articles[each]), int(activities[each])) for each in inside[:BELOW].tolist())
    itself = np.flatnonzero(columns.parties.place == place).tolist()
    found = columns.articles.places.rows_with(place), columns.activities.places.rows_with(place)
    known = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row iterates over its values
    return PlacePortrait(
        place=named,
        above=tuple(uppers[each] for each in above),
        variants=tuple(sorted(variants, key=lambda each: (-variants[each], each))),
        below=below,
        more=len(inside) - len(below),
        organized=_held_by(columns, itself, "organizer"),
        partnered=_held_by(columns, itself, "partner"),
        portrait=_portrait(database, columns, *found, top, {place, *above}, itself),
        **known,
    )


def of_organization(database: sqlite3.Connection, columns: Columns, name: int, top: int = TOP) -> Portrait:
    """Of an organization (name.id): the articles that name it, the activities that it runs or takes part in."""
    numbers = np.flatnonzero((columns.parties.name == name) & (columns.parties.place == 0)).tolist()
    held = columns.activities
    runs = [lists.rows_with(each) for each in numbers for lists in (held.organizers, held.partners)]
    rows = ints(each_once(np.concatenate(runs))) if runs else ints([])
    return _portrait(database, columns, columns.articles.organizations.rows_with(name), rows, top, itself=numbers)


def of_person(database: sqlite3.Connection, columns: Columns, name: int, top: int = TOP) -> Portrait:
    """Of the persons of one name (name.id): the articles that name them, and these articles' activities."""
    found = database.execute("SELECT article FROM entity WHERE name = ?", (name,)).fetchall()
    rows = columns.article_rows(ints([row[0] for row in found]))
    return _portrait(database, columns, rows, _of_articles(columns, rows), top)


def of_type(database: sqlite3.Connection, columns: Columns, kind: str, top: int = TOP) -> Portrait:
    """Of a type of activity; empty for one that the archive does not have."""
    types = columns.texts.types
    if kind not in types:
        return _portrait(database, columns, ints([]), ints([]), top)
    number = types.index(kind)
    rows = ints(np.flatnonzero(columns.activities.type == number))
    return _portrait(database, columns, columns.articles.types.rows_with(number), rows, top)


def _portrait(
    database: sqlite3.Connection,
    columns: Columns,
    articles: Ints,
    activities: Ints,
    top: int,
    places: Collection[int] = (),
    itself: Collection[int] = (),
) -> Portrait:
    """`places`, `itself`: places, and parties that it is itself, which are not listed."""
    held = columns.activities
    organizers, partners = (_others(each.of(activities), itself) for each in (held.organizers, held.partners))
    return Portrait(
        len(articles),
        len(activities),
        months(held.day[activities]),
        of_types(columns, held.type[activities], top),
        parties(database, columns, organizers, top),
        parties(database, columns, partners, top),
        _places(database, columns, _others(held.places.of(activities), places), top),
        added(columns, activities),
        lines_of(database, newest_rows(columns, articles, top)),
    )


def _places(database: sqlite3.Connection, columns: Columns, values: Ints, top: int) -> Facet:
    near = values[columns.places.type[values] >= PLACE_TYPES.index("street")]
    counts = counted(near)
    chosen = most(counts, top).tolist()
    names = of_places(database, chosen)
    made = tuple(
        Value(names[each].address.name, names[each].address.path, int(counts[each]), names[each]) for each in chosen
    )
    return Facet(made, int(np.count_nonzero(counts)) - len(chosen))


def _others(values: Ints, without: Collection[int]) -> Ints:
    return values[~np.isin(values, ints(list(without)))] if without else values


def _of_articles(columns: Columns, rows: Ints) -> Ints:
    among = np.zeros(len(columns.articles), dtype=bool)
    among[rows] = True
    return ints(np.flatnonzero(among[columns.activities.article]))


def _held_by(columns: Columns, numbers: Collection[int], role: Literal["organizer", "partner"]) -> int:
    lists = columns.activities.organizers if role == "organizer" else columns.activities.partners
    rows = [lists.rows_with(each) for each in numbers]
    return len(each_once(np.concatenate(rows))) if rows else 0
