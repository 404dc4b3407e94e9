"""Which division of the table a name means, given what stands above it, around it and on the page.

Names repeat (298 communities are called 永安): a code is only given where the evidence leaves one, never by chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from extract.gazetteer import DIGITS, Gazetteer, any_inside, inside
from extract.parents import LEVELS, Key, ancestors


class Region(Protocol):
    """What the surroundings say: codes of divisions, surest first."""

    @property
    def home(self) -> tuple[str, ...]:
        """The paper's home."""

    @property
    def page(self) -> tuple[str, ...]:
        """Divisions that the page names."""


ENOUGH = 2
UPPER = frozenset(("province", "city", "district"))

Candidates = Mapping[Key, tuple[int, ...]]
"""The divisions that each name may mean, as the gazetteer numbers them."""


def decide_codes(keys: Iterable[Key], parents: Mapping[Key, Key], context: Region, gaz: Gazetteer) -> dict[Key, str]:
    """The code of every place that has one, by key; from the top down, so that each level narrows the next."""
    ordered = sorted((k for k in keys if k[0] in DIGITS), key=lambda k: LEVELS[k[0]])
    candidates = {k: gaz.numbers_of(k[1], k[0]) for k in ordered}
    elsewhere = [[gaz.region(code) for code in codes] for codes in (context.page, context.home)]
    decided: dict[Key, int] = {}
    regions: dict[Key, range] = {}
    for _, level in groupby(ordered, key=itemgetter(0)):
        around = [list(regions.values()), *elsewhere]
        for k in level:
            if not candidates[k]:
                continue
            number = _by_chain(k, candidates, regions, parents, around)
            if number is None:
                number = _by_children(k, candidates, parents, gaz)
            if number is not None:
                decided[k], regions[k] = number, gaz.within(number)
    return {k: gaz.code(number) for k, number in decided.items()}


def _by_chain(
    k: Key,
    candidates: Candidates,
    regions: Mapping[Key, range],
    parents: Mapping[Key, Key],
    around: Sequence[Sequence[range]],
) -> int | None:
    """The one candidate inside the nearest decided ancestor; without one, inside the article's, page's, home region."""
    numbers = candidates[k]
    for a in ancestors(k, parents):
        if a in regions:
            return _single(inside(numbers, regions[a]))
        # a street that the table lacks: its communities may still be filed elsewhere in the district
        if a[0] in DIGITS and a[0] != "street" and not candidates.get(a):
            return None  # a district the table lacks holds nothing that the table has
    for places in around:
        found = {number for region in places for number in inside(numbers, region)}
        if len(found) == 1:
            return found.pop()
        if found:
            numbers = tuple(sorted(found))
    return _single(numbers) if k[0] in UPPER else None


def _single(numbers: tuple[int, ...]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None


def _by_children(k: Key, candidates: Candidates, parents: Mapping[Key, Key], gaz: Gazetteer) -> int | None:
    """The one candidate under which the table has most of the places that the article puts below it."""
    if any(a in candidates for a in ancestors(k, parents)):
        return None
    children = [found for c, parent in parents.items() if parent == k and (found := candidates.get(c))]
    if not children:
        return None
    votes = {number: _votes(children, (gaz.within(number),)) for number in candidates[k]}
    best = max(votes.values())
    winners = [number for number, vote in votes.items() if vote == best]
    return winners[0] if best >= ENOUGH and len(winners) == 1 else None


def _votes(children: Iterable[tuple[int, ...]], region: tuple[range]) -> int:
    """How many places a region may hold: a name that the country has once says all, others need a second."""
    return sum(ENOUGH if len(child) == 1 else 1 for child in children if any_inside(child, region))
