"""What extraction finds in an article. Every offset counts characters of the article's text, half-open."""

from dataclasses import dataclass
from typing import Literal

EntityType = Literal[
    "province", "city", "district", "street", "community", "estate", "road", "venue", "organization", "person"
]
DIVISIONS: tuple[EntityType, ...] = ("province", "city", "district", "street", "community")
PLACE_TYPES: tuple[EntityType, ...] = (*DIVISIONS, "estate", "road", "venue")
"""The upper ones first: what lies above a place is of an earlier type."""
Basis = Literal["stated", "listed", "inferred"]
Mod = Literal["exact", "about", "over", "under"]
CountRole = Literal[
    "served", "deployed", "participants", "removed", "resolved", "found", "materials", "built", "checked", "events",
    "teams", "places", "money", "rate", "age",
]  # fmt: skip
"""What part a count plays; the words that give each are in `extract/lexicons/count_roles.toml`."""
Status = Literal["done", "under_way"]
"""Whether an article reports an activity as held or still going on; plans are no activities."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) over the article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span runs forward and is not empty: [{self.start}, {self.end})")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character.

        >>> Span(0, 4).overlaps(Span(3, 5)), Span(0, 4).overlaps(Span(4, 5))
        (True, False)
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed, before anyone knows what it counts: 三千余 -> 3000, over."""

    start: int
    end: int
    value: int | float
    max: int | float | None = None
    mod: Mod = "exact"
    unit: str = ""  # "%" where the numeral itself says so (百分之九十, 90%); else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something; `name` is its full form, also where the text elides a suffix."""

    start: int
    end: int
    type: EntityType
    name: str
    basis: Basis = "stated"


@dataclass(frozen=True, slots=True)
class Entity:
    """One distinct thing that an article names, with all its mentions in order."""

    id: str
    type: EntityType
    name: str
    parent: str | None  # the id of the entity above it ("in" in the record)
    code: str | None
    basis: Basis
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """When something took place; `value` is EDTF (ISO 8601-2), None where text and issue date do not decide it."""

    id: str
    text: str
    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """A percentage compared with two other counts of the article: `part` of `of`, by their ids."""

    of: str
    part: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with what it counts: 地锁8个 -> 8 个 地锁 (eight ground locks)."""

    id: str
    text: str
    start: int
    end: int
    value: int | float
    max: int | float | None
    unit: str
    object: str
    mod: Mod
    role: CountRole | None = None  # None where the text does not tell
    check: Check | None = None  # of a percentage that two other counts imply


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened, who did it, where and when. Slots hold ids of entities, dates and counts of the same article."""

    id: str
    name: str
    type: str
    organizers: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]
    date: str | None
    audience: tuple[str, ...]
    counts: tuple[str, ...]
    evidence: Span
    status: Status = "done"
