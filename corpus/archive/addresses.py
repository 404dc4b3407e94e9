"""How a place, an organization or a person is addressed so that a link holds when the archive is indexed anew.

Numbers of rows change with every run; a code or a name does not. A place without a code is told from its namesakes by
what it lies in, as a path that filters understand too (named.places): 410108/明珠社区.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus.archive.advice import near_names
from corpus.archive.named import PAPERS, by_path
from schemas.annotations import PLACE_TYPES

State = Literal["found", "moved", "several", "gone"]


@dataclass(frozen=True, slots=True)
class Address:
    """`type` as records name it. `within`: the path of what a place lies in, None where it is not said.

    It is "" where nobody says what the place lies in, and @晚报 where only the paper tells it from its namesakes.

    >>> Address("community", "明珠社区", within="120101/劝业场街道").path  # Pearl community, of a street of Heping
    '120101/劝业场街道/明珠社区'
    """

    type: str
    name: str
    code: str | None = None
    within: str | None = None

    @property
    def path(self) -> str:
        """What a filter by place takes for just this one."""
        return self.code or (self.name if self.within is None else f"{self.within}/{self.name}")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place (place.id) with what it is called and what it lies in, the nearest first."""

    id: int
    address: Address
    chain: tuple[str, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an address means now.

    found: one place. moved: one, which lies in another than the address says, for instance since more is known.
    several: `places` are those that it may mean. gone: none; `near` are names that are written nearly so.
    """

    state: State
    places: tuple[PlaceName, ...] = ()
    near: tuple[str, ...] = ()


def of_places(database: sqlite3.Connection, ids: Iterable[int]) -> dict[int, PlaceName]:
    """The places with these ids; KeyError where there is none."""
    uppers = dict[int, sqlite3.Row]()

    def row(place: int) -> sqlite3.Row:
        if place not in uppers:
            query = "SELECT type, name, code, above, articles FROM place WHERE id = ?"
            found = database.execute(query, (place,)).fetchone()
            if found is None:
                raise KeyError(place)
            uppers[place] = found
        return uppers[place]

    def path(place: int) -> str:
        return row(place)["code"] or f"{within(place)}/{row(place)['name']}"

    def within(place: int) -> str:
        above = row(place)["above"]
        return path(above) if above is not None else _paper(database, place, row(place))

    made = {}
    for place in ids:
        kind, name, code, above, articles = row(place)
        chain, at = [], above
        while at is not None:
            chain.append(row(at)[1])
            at = row(at)[3]
        made[place] = PlaceName(place, Address(kind, name, code, within(place)), tuple(chain), articles)
    return made


def place(database: sqlite3.Connection, code: str) -> Resolved:
    """The division of this code."""
    return _resolved(database, [row[0] for row in database.execute("SELECT id FROM place WHERE code = ?", (code,))])


def find(database: sqlite3.Connection, address: Address) -> Resolved:
    """The place that an address means."""
    if address.code:
        return place(database, address.code)
    if address.type not in PLACE_TYPES:
        return Resolved("gone")
    everywhere = "SELECT id FROM place WHERE name = ? AND type = ? ORDER BY articles DESC, id"
    called = [row[0] for row in database.execute(everywhere, (address.name, address.type))]
    if address.within is not None and called:
        there = by_path(database, address.path, (address.type,))
        exactly = [each.id for each in of_places(database, there).values() if each.address.within == address.within]
        if exactly or there:
            return _resolved(database, exactly or there)
        moved = _resolved(database, called)
        return Resolved("moved", moved.places) if moved.state == "found" else moved
    if not called:
        return Resolved("gone", near=tuple(near_names(database, "places", address.name)))
    return _resolved(database, called)


def name(database: sqlite3.Connection, kind: Literal["organization", "person"], called: str) -> int | None:
    """The id (name.id) of the organization or the person of this name; None where no article has it."""
    row = database.execute("SELECT id FROM name WHERE name = ? AND type = ?", (called, kind)).fetchone()
    return row and int(row[0])


def _paper(database: sqlite3.Connection, place: int, row: sqlite3.Row) -> str:
    """What tells a place that lies in nothing known from its namesakes: their papers are others."""
    namesake = "SELECT 1 FROM place WHERE name = ? AND type = ? AND above IS NULL AND code IS NULL AND id <> ? LIMIT 1"
    if row["code"] or database.execute(namesake, (row["name"], row["type"], place)).fetchone() is None:
        return ""
    paper = database.execute(f"SELECT ({PAPERS} LIMIT 1) FROM place WHERE id = ?", (place,)).fetchone()[0]
    return f"@{paper or ''}"


def _resolved(database: sqlite3.Connection, ids: Iterable[int]) -> Resolved:
    places = tuple(of_places(database, ids).values())
    return Resolved("gone" if not places else "found" if len(places) == 1 else "several", places)
