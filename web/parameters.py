"""The query string: one table of what may stand in it, used to read it, to make links (links.py), and for the API.

Names are the command line's: district, type, since. A filter may be given several times: one of them is enough. What is
not in the table is left alone, for links of others bring parameters of their own.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from corpus.archive import counts, places
from corpus.archive.activity_table import Order
from corpus.archive.counting.dimensions import DIMENSIONS
from corpus.archive.filters import Filters
from schemas import published
from schemas.annotations import PLACE_TYPES
from web.problems import wrong

PER_PAGE = 20
MOST_VALUES = 50
"""Values of one filter."""
LONGEST = 500
"""Characters of a value; `q` is bounded by the query language."""
LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name in the query string. `field`: of Filters; `label`: msgid for people; `values`: all that it may be.

    `kind`: text, day, number or choice.
    """

    name: str
    meaning: str
    label: str = ""
    field: str | None = None
    kind: str = "text"
    values: tuple[str, ...] = ()
    several: bool = False
    most: int = LAST_PAGE

    def schema(self) -> dict[str, Any]:
        """The values as a JSON Schema, for the OpenAPI document."""
        forms: dict[str, dict[str, Any]] = {
            "text": {"type": "string", "minLength": 1, "maxLength": LONGEST},
            "day": {"type": "string", "format": "date"},
            "number": {"type": "integer", "minimum": 1, "maximum": self.most},
            "choice": {"type": "string", "enum": list(self.values)},
        }
        one = forms[self.kind]
        return {"type": "array", "items": one, "maxItems": MOST_VALUES} if self.several else one


def _types() -> tuple[str, ...]:
    activity = published.load("article")["properties"]["activities"]["items"]
    return tuple(activity["properties"]["type"]["enum"])


def _place(name: str, field: str, meaning: str) -> Parameter:
    return Parameter(name, meaning, name.capitalize(), field, several=True)


TYPES = _types()
FILTERS: tuple[Parameter, ...] = (
    Parameter("type", "Type of activity.", "Type", "types", "choice", TYPES, several=True),
    _place("province", "provinces", "Province with all that lies in it; its suffix may be left out, its code given."),
    _place("city", "cities", "City, likewise."),
    _place("district", "districts", "District or county, likewise."),
    _place("street", "streets", "Street (街道), town or township, likewise."),
    _place("community", "communities", "Community or village (社区, 村)."),
    _place("place", "places", "Place of any kind: the above, estates, roads, venues."),
    _place("organization", "organizations", "Organization whose name holds this."),
    _place("person", "persons", "Person of exactly this name."),
    _place("paper", "papers", "Paper whose name holds this."),
    Parameter("kind", "Of the article.", "Kind", "kinds", "choice", ("article", "photo"), several=True),
    Parameter("since", "First day: of the issue, for activities their own.", "Since", "since", "day"),
    Parameter("until", "Last day.", "Until", "until", "day"),
)
QUERY = Parameter("q", "Words to search for; docs/search.md has the language.", "Words")
PAGE = Parameter("page", "Which page of the rows, from 1.", "Page", kind="number")
PER = Parameter("per_page", "Rows on a page.", "Rows on a page", kind="number", most=500)
PAGING = (PAGE, PER)


def sort(values: Sequence[str]) -> Parameter:
    """What rows may be sorted by; the first is the default."""
    return Parameter("sort", "Order of the rows.", "Order", kind="choice", values=tuple(values))


ACTIVITY_ORDERS: dict[str, tuple[Order, bool]] = {
    "newest": ("date", True), "date": ("date", False), "type": ("type", False), "name": ("name", False),
    "archive": ("archive", False),
}  # fmt: skip
"""What a table of activities may be sorted by, and whether backwards; see activity_table.page."""
ACTIVITY_ORDER = sort(("date", *(each for each in ACTIVITY_ORDERS if each != "date")))
COUNT_ORDER = sort(tuple(counts.ORDERS))
PLACE_ORDER = sort(tuple(places.ORDERS))
DISTINCT = Parameter(
    "distinct", "1: what several articles tell of one activity is one row, the first account of it.",
    "Each activity once", kind="choice", values=("0", "1"),
)  # fmt: skip


ONLY = Parameter(
    "only", "DIMENSION:VALUE, as month:2024-03 or street:410105/南湖街道: what a figure of facets and pivots counts, "
    "exactly; without a value those of which it is not known.",
    "Only", several=True,
)  # fmt: skip
BEGINS = Parameter("begins", "First characters of the name.", "Begins with")
LEVEL = Parameter("level", "Type of place.", "Kind", kind="choice", values=("", *PLACE_TYPES))
WITHIN = Parameter("in", "What it lies in, as a code or a path like 410108/明珠社区; blank: in nothing known.")
YEAR = Parameter("year", "Year of the issues.", "Year", kind="number", most=9999)
TOP = Parameter("top", "Values of each dimension at most.", "Values", kind="number", most=100)


def _dimension(name: str, meaning: str, label: str, first: str) -> Parameter:
    others = tuple(each for each in DIMENSIONS if each != first)
    return Parameter(name, meaning, label, kind="choice", values=(first, *others))


ROWS = _dimension("rows", "Dimension of the rows.", "Rows", "street")
COLUMNS = _dimension("columns", "Dimension of the columns.", "Columns", "month")


_SEVERAL = frozenset(parameter.name for parameter in (*FILTERS, ONLY) if parameter.several)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows are asked for. `page` counts from 1."""

    page: int = 1
    per_page: int = PER_PAGE

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * self.per_page

    def pages(self, total: int) -> int:
        """How many pages `total` rows fill; one at least.

        >>> Paging().pages(0), Paging(per_page=20).pages(41)
        (1, 3)
        """
        return max(1, -(-total // self.per_page))


def filters(request: Request) -> Filters:
    """The filters of a request; ProblemError 400 for what cannot be meant."""
    chosen: dict[str, Any] = {}
    for parameter in FILTERS:
        values = _values(request, parameter)
        chosen[str(parameter.field)] = tuple(dict.fromkeys(values)) if parameter.several else next(iter(values), None)
    if chosen["since"] and chosen["until"] and chosen["since"] > chosen["until"]:
        raise wrong("%(name)s is after until: no day is in between", name="since")
    return Filters(**chosen)


def asked(wanted: Filters) -> list[tuple[str, str]]:
    """The filters as what stands in an address; `filters` reads it back."""
    made = []
    for parameter in FILTERS:
        values = getattr(wanted, str(parameter.field))
        made += [(parameter.name, value) for value in ((values,) if isinstance(values, str) else values or ())]
    return made


def paging(request: Request, most: int = 500, per_page: int = PER_PAGE) -> Paging:
    """Which rows are asked for, at most `most` at once; ProblemError 400 for what is no number."""
    return Paging(number(request, PAGE, 1), min(number(request, PER, per_page), most))


def choice(request: Request, parameter: Parameter) -> str:
    """The value of a parameter of kind choice, its first where none is given; ProblemError 400 for any other."""
    return next(iter(_values(request, parameter)), parameter.values[0])


def choices(request: Request, parameter: Parameter) -> tuple[str, ...]:
    """All values of a parameter; ProblemError 400 for what it may not be."""
    return tuple(_values(request, parameter))


def flag(request: Request, parameter: Parameter) -> bool:
    """Whether a parameter that is 0 or 1 is 1; ProblemError 400 for anything else."""
    return choice(request, parameter) == "1"


def number(request: Request, parameter: Parameter, default: int) -> int:
    """The value of a parameter of kind number; ProblemError 400 for anything else."""
    return int(next(iter(_values(request, parameter)), default))


_ALL = (QUERY, *FILTERS, *PAGING, ACTIVITY_ORDER, DISTINCT, ONLY, ROWS, COLUMNS, TOP, BEGINS, LEVEL, WITHIN, YEAR)
KNOWN = frozenset({"lang", *(each.name for each in _ALL)})
"""The names of all that may be asked for anywhere: whatever else is in an address goes into no link."""


def refuse_unknown(request: Request) -> None:
    """ProblemError 400 where a parameter is called as none is: a filter that is misspelled would narrow nothing."""
    unknown = next((name for name in request.query_params if name not in KNOWN), None)
    if unknown is not None:
        names = ", ".join(sorted(KNOWN - {"lang"}))
        raise wrong("There is no parameter %(name)s; there are %(names)s", name=unknown[:40], names=names)


def query(request: Request) -> str:
    """The words that are searched for, "" for none."""
    return request.query_params.get(QUERY.name, "").strip()


def _values(request: Request, parameter: Parameter) -> list[str]:
    """What is given, checked; blank is as if it were not there, as forms send it."""
    given = [value.strip() for value in request.query_params.getlist(parameter.name)]
    given = [value for value in given if value]
    if not parameter.several:
        given = given[-1:]
    if len(given) > MOST_VALUES:
        raise wrong("%(name)s is given too often; 50 times is the most", name=parameter.name)
    return [_checked(parameter, value) for value in given]


def _checked(parameter: Parameter, value: str) -> str:
    name = parameter.name
    match parameter.kind:
        case "day":
            try:
                return datetime.date.fromisoformat(value).isoformat()
            except ValueError:
                raise wrong("%(name)s is no day; write it like 2024-03-12", name=name) from None
        case "number":
            if not (value.isascii() and value.isdecimal() and len(value) < 10 and 1 <= int(value) <= parameter.most):
                raise wrong("%(name)s is a number from 1 to %(most)s", name=name, most=str(parameter.most))
        case "choice":
            if value not in parameter.values:
                raise wrong("%(name)s is one of: %(values)s", name=name, values=", ".join(parameter.values))
        case _:
            if len(value) > LONGEST:
                raise wrong("%(name)s is too long; 500 characters are the most", name=name)
    return value
