"""/search: articles by their words, with what they have in common counted beside them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import facets, matched
from corpus.archive import filters as sieve
from corpus.archive.addresses import of_places
from corpus.archive.advice import Hint, hints
from corpus.archive.by_day import by_day
from corpus.archive.counting.columns import ints
from corpus.archive.counting.held import Columns
from corpus.archive.facets import Facet
from corpus.archive.filters import Filters
from corpus.archive.matched import Matched
from corpus.archive.otherwise import Otherwise, days_of, otherwise
from corpus.archive.places import PLACE_FILTERS
from corpus.archive.query import Expression, QueryError, parse
from corpus.archive.search import ALL, Hit, search
from web import addresses, links, parameters
from web.language import TAGS, language, of_request
from web.links import link
from web.parameters import Paging
from web.reading import archive, columns
from web.templating import page

SORT = parameters.sort(("relevance", "newest", "oldest"))
MOST = 100
"""Hits on a page."""
VALUES = 12
"""Values of a facet; the first ten of them are seen at once."""
HINTS = 8
MOST_LITERAL = 200
LABELS = {str(parameter.field): parameter.label for parameter in parameters.FILTERS} | {"since": "Month"}
"""What a filter is called (msgids)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of hits. `fewer`: articles that the index gave for it and that are not meant after all.

    `types`: of each hit (Hit.article) the types of its activities.
    """

    hits: tuple[Hit, ...]
    fewer: int = 0
    types: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another way to ask, with its address."""

    way: Otherwise
    address: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its months; `days` are the first and the last of it, as of each month."""

    name: str
    count: int
    days: tuple[str, str]
    months: tuple[tuple[str, int, tuple[str, str]], ...]


def found(request: Request) -> Response:
    """The articles that the query and the filters mean."""
    query, wanted = parameters.query(request), parameters.filters(request)
    paging = parameters.paging(request, most=MOST)
    sort = parameters.choice(request, SORT)
    try:
        expression = parse(query)
    except QueryError as error:
        remedy = of_request(request).text(error.said, **error.values)
        literal = link("/search", {"q": _quoted(query)}) if len(query) <= MOST_LITERAL else None
        return page(request, "search_wrong.html", status=400, query=query, remedy=remedy, literal=literal)
    if expression is None and sort == "relevance":
        sort = "newest"
    with archive(request) as database:
        held = columns(request, database)
        of = matched.articles(database, held, query, wanted)
        # what is not among the best is in no order of relevance, and costs the reading of all before it
        beyond = sort == "relevance" and ALL <= paging.offset < of.total
        shown = Shown(()) if beyond else _shown(database, held, query, wanted, of, paging, sort)
        first = paging.page == 1
        ways = _suggestions(database, held, expression, wanted) if first else []
        steps = list(islice(_hints(request, database, query, wanted, expression), HINTS)) if not of.total else []
        beside = facets.of_articles(database, held, of, VALUES) if of.total else None
        names = addresses.shown(database, wanted)
        about = _portraits(database, wanted)
    return page(
        request, "search.html", query=query, wanted=wanted, paging=paging, sort=sort, of=of, shown=shown, beyond=beyond,
        ways=ways, steps=steps, facets=beside, names=names,
        years=by_year(beside.months) if beside else [], undated=_undated(beside.months) if beside else 0,
        ranked=expression is not None, labels=LABELS, about=about,
        reach=min(of.total, ALL) if sort == "relevance" else of.total,
    )  # fmt: skip


def _shown(
    database: sqlite3.Connection,
    held: Columns,
    query: str,
    wanted: Filters,
    of: Matched,
    paging: Paging,
    sort: str,
) -> Shown:
    if not of.total or paging.offset >= of.total:
        return Shown(())
    if sort == "relevance":
        hits = search(database, query, wanted, paging.per_page, paging.offset).hits
        return Shown(hits, types=_types(held, hits))
    made = by_day(database, held, query, of, paging.per_page, paging.offset, oldest=sort == "oldest")
    return Shown(made.hits, made.candidates - len(made.hits), _types(held, made.hits))


def _types(held: Columns, hits: Sequence[Hit]) -> dict[int, list[str]]:
    rows = held.article_rows(ints([hit.article for hit in hits]))
    return {
        article: [held.texts.types[each] for each in held.articles.types.of(ints([row])).tolist()]
        for article, row in zip(held.articles.id[rows].tolist(), rows.tolist(), strict=True)
    }


def _suggestions(
    database: sqlite3.Connection, held: Columns, expression: Expression | None, wanted: Filters
) -> list[Suggestion]:
    types = {kind: [kind, *(language(code).name("type", kind) for code in TAGS)] for kind in held.texts.types}
    ways = otherwise(database, held, expression, wanted, types)
    return [
        Suggestion(way, link("/search", [*([("q", way.query)] if way.query else []), *parameters.asked(way.filters)]))
        for way in ways
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """A hint, and for each address what it is called: a name like the one asked for, a word, a filter."""

    hint: Hint
    label: str = ""
    links: tuple[tuple[str, str], ...] = ()


def _hints(
    request: Request, database: sqlite3.Connection, query: str, wanted: Filters, expression: Expression | None
) -> Iterator[Step]:
    here = links.Here("/search", tuple(request.query_params.multi_items()))
    options = {str(parameter.field): parameter for parameter in parameters.FILTERS}
    fields = {"place": "place", "org": "organization", "person": "person"}
    for hint in hints(database, query, wanted, expression):
        option = options.get(hint.name)
        match hint.kind:
            case "unnamed":
                name = option.name if option else fields[hint.name]
                dropped = name if option else "q"
                rest = links.Here(here.path, tuple(pair for pair in here.given if pair[0] != dropped))
                label = option.label if option else name.capitalize()
                yield Step(hint, label, tuple((each, rest.with_(**{name: each})) for each in hint.near))
            case "apart":
                yield Step(hint, links=((hint.value, link("/search", {"q": _quoted(hint.value)})),))
            case "absent":
                words = (*hint.near, hint.part) if hint.part else hint.near
                yield Step(hint, links=tuple((each, link("/search", {"q": _quoted(each)})) for each in words))
            case "without":
                kept = here.without(option.name) if option else here.without(*(each.name for each in options.values()))
                yield Step(hint, option.label if option else "", ((hint.name, kept),))
            case _:
                yield Step(hint)


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return word if word.isalnum() else f'"{doubled}"'


def _portraits(database: sqlite3.Connection, wanted: Filters) -> list[tuple[str, str]]:
    """The name and the page of what the filters surely mean one of: a place by its code or path, an organization."""
    made = []
    for field_ in PLACE_FILTERS:
        for value in getattr(wanted, field_):
            if (value.isdecimal() or "/" in value) and (thing := sieve.known(database, field_, value)):
                own = of_places(database, [each for each in thing.places if len(thing.places) == 1])
                made += [(each.address.name, addresses.place(each)) for each in own.values()]
    made += [(name[1:], addresses.organization(name[1:])) for name in wanted.organizations if name.startswith("=")]
    made += [(name, addresses.person(name)) for name in wanted.persons]
    return made


def _undated(months: Facet) -> int:
    return sum(value.count for value in months.values if value.name is None)


def by_year(months: Facet) -> list[Year]:
    """Months by their years, the newest first; what has no month is left out."""
    known = [(value.name, value.count) for value in months.values if value.name]
    made = []
    for year, inside in groupby(known, key=lambda each: each[0][:4]):
        held = tuple((name, count, days_of(name)) for name, count in inside)
        made.append(Year(year, sum(count for _, count, _ in held), days_of(year), held))
    return made[::-1]
