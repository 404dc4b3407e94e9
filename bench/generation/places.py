"""Real divisions to set made-up stories in: a district, one of its streets, one of its communities."""

import random
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from extract.gazetteer import gazetteer

FEWEST = 3
"""Communities that a street must have to be written about."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street with the district that it lies in and the names of its communities."""

    city: str
    district: str
    name: str
    communities: tuple[str, ...]


@cache
def districts() -> tuple[tuple[Street, ...], ...]:
    """The urban districts of the gazetteer, each as its streets in the order of their codes."""
    divisions = gazetteer()
    streets: dict[str, str] = {}
    communities: dict[str, list[str]] = defaultdict(list)
    for name, code in divisions.items():
        if len(code) == 9 and name.endswith("街道"):
            streets[code] = name
        elif len(code) == 12 and name.endswith("社区"):
            communities[code[:9]].append(name)
    found: dict[str, list[Street]] = defaultdict(list)
    for code in sorted(streets):
        district, city = divisions.name(code[:6]), divisions.name(f"{code[:4]}00")
        names = tuple(sorted(communities[code]))
        if district and city and district.endswith("区") and len(names) >= FEWEST:
            found[code[:6]].append(Street(city, district, streets[code], names))
    return tuple(tuple(each) for each in found.values() if len(each) >= FEWEST)


def pick(chance: random.Random) -> tuple[Street, ...]:
    """The streets of one district: what one page of a paper writes about."""
    return chance.choice(districts())
