"""Which places the names of an archive mean: an authority file made of what its articles print.

An article prints 和平区明珠社区, another 明珠社区 alone. Names with a code are the division of that code. Of the others
those are one place that bear one name inside the same place; and a name that stands alone is the only place of that
name in the same paper, as other articles print it. A code also says which district, city and province it is of, though
no article prints them: those are places too. Where two could be meant, or none is known, it stays by itself:
unknown is better than guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from corpus.archive.divisions import level, upper_codes
from schemas.annotations import PLACE_TYPES

Basis = Literal["code", "stated", "learned", "alone"]
_RANK = {kind: rank for rank, kind in enumerate(PLACE_TYPES)}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place entity of an article: what its record says. `above` is the number of the entity that it lies in."""

    article: int
    number: int
    type: str
    name: str
    code: str | None
    above: int | None
    paper: str


@dataclass(frozen=True, slots=True)
class Place:
    """A distinct place, met or implied. `id` counts from 1 by type, code and name; `above` is an id."""

    id: int
    type: str
    name: str
    code: str | None
    above: int | None
    basis: Literal["code", "stated"] | None


@dataclass(frozen=True, slots=True)
class Authority:
    """All places, and which one every sighting (article, number) means, and by what."""

    places: tuple[Place, ...]
    meant: Mapping[tuple[int, int], tuple[int, Basis]]

    def chain(self, place: int) -> tuple[int, ...]:
        """A place and all that it lies in, from itself up."""
        found, at = [place], self.places[place - 1].above
        while at is not None:
            found.append(at)
            at = self.places[at - 1].above
        return tuple(found)


def settle(sightings: Iterable[Sighting], divisions: Mapping[str, str] = MappingProxyType({})) -> Authority:
    """The authority file of these sightings; the same whatever their order. `divisions`: upper ones, name by code.

    >>> told = [Sighting(1, 1, "street", "城北街道", None, None, "晚报"),
    ...         Sighting(1, 2, "community", "明珠社区", None, 1, "晚报")]
    >>> alone = Sighting(2, 1, "community", "明珠社区", None, None, "晚报")  # Pearl community, which street is not said
    >>> made = settle([*told, alone])
    >>> made.meant[2, 1], [place.name for place in made.places]
    ((2, 'learned'), ['城北街道', '明珠社区'])
    """
    by_level: dict[str, list[Sighting]] = defaultdict(list)
    codes = set[str]()
    for sighting in sightings:
        if sighting.type in _RANK:
            by_level[sighting.type].append(sighting)
            codes.update([sighting.code] if sighting.code else [])
    implied = {upper for code in codes for upper in upper_codes(code) if upper in divisions} - codes
    made = _Making()
    for kind in PLACE_TYPES:
        unmet = {code: divisions[code] for code in implied if level(code) == kind}
        made.level(kind, by_level.pop(kind, []), unmet)
    return Authority(tuple(made.places), made.meant)


class _Making:
    """The places so far, level by level from above."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.meant: dict[tuple[int, int], tuple[int, Basis]] = {}
        self._by_code: dict[str, int] = {}
        self._named: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._papers: dict[int, set[str]] = defaultdict(set)

    def level(self, kind: str, sightings: Sequence[Sighting], unmet: Mapping[str, str]) -> None:
        """All sightings of one type: those with a code, those in something, those alone; and what codes imply."""
        coded: dict[str, list[Sighting]] = defaultdict(list)
        inside: dict[tuple[str, int], list[Sighting]] = defaultdict(list)
        alone: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
        for sighting in sightings:
            above = self._above(sighting)
            if sighting.code:
                coded[sighting.code].append(sighting)
            elif above is not None:
                inside[sighting.name, above].append(sighting)
            else:
                alone[sighting.name, sighting.paper].append(sighting)
        for code in sorted((*coded, *unmet)):
            if code in coded:
                self._coded(code, coded[code])
            else:
                upper = self._by_prefix(code)
                self._by_code[code] = self._new(kind, unmet[code], code, upper, "code" if upper else None)
        # what is told more exactly comes first: a street's community before the district's of the same name
        for (name, above), same in sorted(inside.items(), key=lambda each: (-len(self._chain(each[0][1])), each[0])):
            self._inside(name, above, same)
        for (name, paper), same in sorted(alone.items()):
            self._alone(name, paper, same)

    def _coded(self, code: str, same: Sequence[Sighting]) -> None:
        above = self._by_prefix(code)
        basis: Literal["code", "stated"] | None = "code" if above else None
        if above is None:
            stated = Counter(each for sighting in same if (each := self._above(sighting)) is not None)
            above = min(stated, key=lambda each: (-stated[each], each), default=None)
            basis = "stated" if above else None
        names = Counter(sighting.name for sighting in same)
        name = min(names, key=lambda each: (-names[each], each))
        place = self._new(same[0].type, name, code, above, basis)
        self._by_code[code] = place
        for other in names:
            if other != name:
                self._named[same[0].type, other].append(place)
        self._mean(same, place, "code")

    def _inside(self, name: str, above: int, same: Sequence[Sighting]) -> None:
        kind = same[0].type
        fitting = [place for place in self._named[kind, name] if above in self._chain(place)]
        place = fitting[0] if len(fitting) == 1 else self._new(kind, name, None, above, "stated")
        self._mean(same, place, "stated")

    def _alone(self, name: str, paper: str, same: Sequence[Sighting]) -> None:
        kind = same[0].type
        known = [place for place in self._named[kind, name] if paper in self._papers[place]]
        if len(known) == 1:
            self._mean(same, known[0], "learned")
        else:
            self._mean(same, self._new(kind, name, None, None, None), "alone")

    def _new(
        self, kind: str, name: str, code: str | None, above: int | None, basis: Literal["code", "stated"] | None
    ) -> int:
        place = Place(len(self.places) + 1, kind, name, code, above, basis)
        self.places.append(place)
        self._named[kind, name].append(place.id)
        return place.id

    def _mean(self, same: Sequence[Sighting], place: int, basis: Basis) -> None:
        for sighting in same:
            self.meant[sighting.article, sighting.number] = place, basis
            self._papers[place].add(sighting.paper)

    def _above(self, sighting: Sighting) -> int | None:
        """The place that the article says it lies in."""
        if sighting.above is None:
            return None
        place, _ = self.meant.get((sighting.article, sighting.above), (None, None))
        return place

    def _by_prefix(self, code: str) -> int | None:
        """The nearest division met whose code contains this one's."""
        return next((self._by_code[upper] for upper in upper_codes(code) if upper in self._by_code), None)

    def _chain(self, place: int) -> list[int]:
        found, at = [place], self.places[place - 1].above
        while at is not None:
            found.append(at)
            at = self.places[at - 1].above
        return found
