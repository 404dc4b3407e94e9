"""Who runs activities or takes part, by name: a number of `Parties` as a place or an organization."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.counting.held import Columns
from corpus.archive.named import marks


@dataclass(frozen=True, slots=True)
class Party:
    """`type` as records name it; `place` where it is one."""

    name: str
    type: str
    place: PlaceName | None

    @property
    def wanted(self) -> str | None:
        """What the filter by organization takes for just this one; None where it is none."""
        return f"={self.name}" if self.type == "organization" else None


def named_parties(database: sqlite3.Connection, columns: Columns, numbers: Sequence[int]) -> list[Party]:
    """The parties with these numbers, in their order."""
    held = columns.parties
    places = of_places(database, {int(held.place[each]) for each in numbers} - {0})
    ids = [int(held.name[each]) for each in numbers]
    names = names_of(database, ids)
    made = []
    for number, name in zip(numbers, ids, strict=True):
        place = places.get(int(held.place[number]))
        kind, called = (place.address.type, place.address.name) if place else names[name]
        made.append(Party(called, kind, place))
    return made


def names_of(database: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The type and the name of these (name.id)."""
    query = f"SELECT id, type, name FROM name WHERE id IN ({marks(ids)})"
    return {key: (kind, name) for key, kind, name in database.execute(query, tuple(ids))}
