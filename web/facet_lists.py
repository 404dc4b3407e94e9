"""The facets of activities as lists of links: each value with its count, and the address that has just these.

A value that is on leads back to the address without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.archive.counting.dimensions import PARTIES, TIMES
from corpus.archive.facets import ActivityFacets, Facet, PlaceFacet, PlaceValue, Value
from corpus.archive.narrowing import Only
from schemas.annotations import PLACE_TYPES
from web import asking
from web.language import Language
from web.links import Chip, Here


@dataclass(frozen=True, slots=True)
class Entry:
    """A value: what it is called, how many have it, its address, whether it is on, and what lies in it."""

    name: str
    count: int
    address: str
    on: bool
    below: tuple["Entry", ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class FacetList:
    """One facet; `dimension` names it, `more` are further values. The tree of places: of `level` at its top."""

    dimension: str
    entries: tuple[Entry, ...]
    more: int
    level: str = ""


def of_activities(found: ActivityFacets, here: Here, speech: Language, distinct: bool) -> tuple[FacetList, ...]:
    """All facets that have a value, the ones that narrow most at the top."""
    made = _Lists(here, speech, distinct)
    lists = (
        made.places(found.places),
        made.plain("type", found.types),
        made.plain("month", found.months, newest_first=True),
        made.parties("organizer", found.organizers),
        made.parties("partner", found.partners),
        made.plain("status", found.statuses),
        made.plain("paper", found.papers),
    )
    return tuple(each for each in lists if each.entries)


def chips(here: Here, only: Iterable[Only], speech: Language) -> list[Chip]:
    """What `only` asks for, as chips; their labels are names of dimensions."""
    return [
        Chip(each.dimension, speech.name("dimension", each.dimension), _shown(each, speech),
             here.without("only", value=str(each)))
        for each in only
    ]  # fmt: skip


class _Lists:
    def __init__(self, here: Here, speech: Language, distinct: bool) -> None:
        self._here, self._speech, self._distinct = here, speech, distinct

    def plain(self, dimension: str, facet: Facet, newest_first: bool = False) -> FacetList:
        values: Sequence[Value] = facet.values
        if newest_first:
            known = [value for value in values if value.name]
            values = [*known[::-1], *(value for value in values if not value.name)]
        entries = tuple(self._entry(dimension, value.name, self._named(dimension, value.name), value.count)
                        for value in values)  # fmt: skip
        return FacetList(dimension, entries, facet.more)

    def parties(self, dimension: str, facet: Facet) -> FacetList:
        entries = tuple(
            self._entry(dimension, asking.party(value), value.name or "", value.count) for value in facet.values
        )
        return FacetList(dimension, entries, facet.more)

    def places(self, facet: PlaceFacet) -> FacetList:
        level = facet.values[0].place.address.type if facet.values else ""
        return FacetList("place", tuple(map(self.place, facet.values)), facet.more, level)

    def place(self, value: PlaceValue) -> Entry:
        address = value.place.address
        below = tuple(self.place(each) for each in value.below)
        return self._entry(address.type, address.path, address.name, value.count, below, value.more)

    def _entry(
        self, dimension: str, value: str | None, shown: str, count: int, below: tuple[Entry, ...] = (), more: int = 0
    ) -> Entry:
        name, wanted = asking.asked(dimension, value, self._distinct)
        for way in ((name, wanted), ("only", str(Only(dimension, value)))):
            if self._here.has(*way):
                return Entry(shown, count, self._here.without(way[0], value=way[1]), True, below, more)
        if any(given == name for given, _ in self._here.given):
            # one more value of a filter would be an alternative; this one narrows
            name, wanted = "only", str(Only(dimension, value))
        return Entry(shown, count, self._here.with_(**{name: wanted}), False, below, more)

    def _named(self, dimension: str, value: str | None) -> str:
        return _shown(Only(dimension, value), self._speech)


def _shown(one: Only, speech: Language) -> str:
    if one.value is None:
        return speech.text("not known")
    if one.dimension in ("type", "status"):
        return speech.name(one.dimension, one.value)
    if one.dimension in TIMES:
        return speech.day(one.value)
    if one.dimension in PLACE_TYPES or one.dimension in PARTIES:
        return one.value.removeprefix("=").rpartition("/")[2]
    return one.value
