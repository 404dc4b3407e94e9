"""/activities: the researcher's table, a row an activity, with what the rows have in common counted beside it."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import activity_table, facets, slots
from corpus.archive.narrowing import Only
from web import addresses, asking, facet_lists, parameters
from web.language import of_request
from web.links import Here
from web.parameters import ACTIVITY_ORDERS, DISTINCT
from web.reading import archive, columns
from web.templating import page

PER_PAGE, MOST = 50, 200
VALUES = 20
"""Values of a facet; the first of them are seen at once."""
TREES = {
    "street": ("street", "community"), "district": ("street", "community"), "city": ("district", "street"),
    "province": ("city", "district"),
}  # fmt: skip
"""The levels of places that are counted where one of such a level is asked for."""


def activities(request: Request) -> Response:
    """The activities that are asked for, a page of them."""
    wanted, paging = parameters.filters(request), parameters.paging(request, MOST, PER_PAGE)
    order = parameters.choice(request, parameters.sort(tuple(ACTIVITY_ORDERS)))
    distinct = parameters.flag(request, DISTINCT)
    speech, only = of_request(request), asking.values(request)
    here = Here(request.url.path, tuple(request.query_params.multi_items()))
    with archive(request) as database:
        held = columns(request, database)
        found = asking.activities(request, database, held)
        rows = activity_table.page(database, held, found, *ACTIVITY_ORDERS[order], paging.per_page, paging.offset)
        who_and_where = slots.of_activities(database, [row.key for row in rows])
        beside = facets.of_activities(database, held, found, VALUES, _tree(here, only))
        names = addresses.shown(database, wanted)
    return page(
        request,
        "activities.html",
        rows=[(row, who_and_where[row.key]) for row in rows],
        of=found,
        paging=paging,
        order=order,
        orders=tuple(ACTIVITY_ORDERS),
        distinct=distinct,
        facets=facet_lists.of_activities(beside, here, speech, distinct),
        names=names,
        only=facet_lists.chips(here, only, speech),
    )


def _tree(here: Here, only: Iterable[Only]) -> tuple[str, ...]:
    given = {name for name, _ in here.given} | {each.dimension for each in only}
    return next((levels for level, levels in TREES.items() if level in given), ("district", "street"))
