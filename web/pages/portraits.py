"""What the portraits of places, organizations, people and types have in common: the page, its links, its years."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import matched
from corpus.archive.addresses import PlaceName
from corpus.archive.counting.held import Columns
from corpus.archive.facets import Facet
from corpus.archive.filters import Filters
from corpus.archive.named import LEVELS
from corpus.archive.narrowing import Only, narrowed
from corpus.archive.portraits import Portrait
from schemas.annotations import PLACE_TYPES
from web import asking, parameters
from web.charts import counted
from web.charts.counted import Counted
from web.language import of_request
from web.links import link
from web.pages.search import by_year
from web.templating import page

MONTHS = tuple(f"{month:02}" for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a portrait is of: what it is called, its kind (a name of data), and the filters that mean just this."""

    name: str
    kind: str
    wanted: tuple[tuple[str, str], ...]

    def at(self, path: str, *more: tuple[str, str]) -> str:
        """The address of a page with these filters, and further ones."""
        return link(path, (*self.wanted, *more))

    def articles(self, *more: tuple[str, str]) -> str:
        """Its articles."""
        return self.at("/search", *more)

    def activities(self, dimension: str | None = None, value: str | None = None) -> str:
        """Its activities, all or those with one value of a dimension."""
        more = [asking.asked(dimension, value)] if dimension else []
        # of two values of one dimension one is enough
        return link("/activities", (*(self.wanted if self.kind == dimension else self.counted), *more))

    @property
    def counted(self) -> tuple[tuple[str, str], ...]:
        """What asks for just the activities that are counted: of a place its filter asks for more."""
        return tuple(asking.asked(self.kind, path) for _, path in self.wanted) if self._a_place else self.wanted

    @property
    def only(self) -> tuple[Only, ...]:
        """A place as `counted` asks for it."""
        return tuple(Only(self.kind, path) for _, path in self.wanted) if self._a_place else ()

    @property
    def _a_place(self) -> bool:
        return self.kind in PLACE_TYPES

    def filters(self) -> Filters:
        """The filters as such."""
        fields = {parameter.name: str(parameter.field) for parameter in parameters.FILTERS}
        chosen: dict[str, Any] = {fields[name]: (value,) for name, value in self.wanted}
        return Filters(**chosen)


def of_place(place: PlaceName) -> Subject:
    """A place with the filter that means just this one."""
    kind = place.address.type
    return Subject(place.address.name, kind, ((kind if kind in LEVELS else "place", place.address.path),))


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of activities, and for each of its twelve months what it is called and how many, None for none."""

    name: str
    count: int
    months: tuple[tuple[str, int] | None, ...]


def years(months: Facet) -> Sequence[YearRow]:
    """The years that have activities, the newest first."""
    rows = []
    for year in by_year(months):
        there = {name[5:]: (name, count) for name, count, _ in year.months}
        rows.append(YearRow(year.name, year.count, tuple(there.get(month) for month in MONTHS)))
    return rows


def over_time(request: Request, database: sqlite3.Connection, columns: Columns, subject: Subject) -> Counted:
    """Its activities by month and type, for the chart."""
    found = matched.activities(database, columns, subject.filters())
    found = narrowed(database, columns, found, subject.only)
    return counted.by_month(database, columns, found, subject.counted, of_request(request))


def shown(request: Request, subject: Subject, portrait: Portrait, drawn: Counted, **values: Any) -> Response:
    """The page of a portrait."""
    undated = sum(value.count for value in portrait.months.values if value.name is None)
    most = max((value.count for value in portrait.months.values if value.name), default=0)
    given: dict[str, Any] = {"place": None, "above": [], "itself": (), "subject_of": None} | values
    return page(
        request, "portrait.html", subject=subject, portrait=portrait, drawn=drawn,
        years=years(portrait.months), undated=undated, most=most, party=asking.party, **given,
    )  # fmt: skip
