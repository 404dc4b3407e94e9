"""/pivot: activities counted by any two dimensions, each figure a link to what it counts."""

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive.counting.dimensions import DIMENSIONS
from web import addresses, asking, facet_lists, parameters
from web.charts import files
from web.charts.counted import SHOWN
from web.language import of_request
from web.links import Here
from web.parameters import COLUMNS, DISTINCT, ROWS, TOP
from web.reading import archive, columns
from web.templating import page

TOPS = (10, 25, 50, 100)


def pivot(request: Request) -> Response:
    """The two dimensions of the activities that are asked for."""
    here = Here(request.url.path, tuple(request.query_params.multi_items()))
    wanted = parameters.filters(request)
    with archive(request) as database:
        counted = files.by_two(request, database, columns(request, database))
        names = addresses.shown(database, wanted)
    return page(
        request,
        "pivot.html",
        counted=counted,
        by=(parameters.choice(request, ROWS), parameters.choice(request, COLUMNS)),
        dimensions=DIMENSIONS,
        top=parameters.number(request, TOP, SHOWN),
        tops=TOPS,
        distinct=parameters.flag(request, DISTINCT),
        names=names,
        only=facet_lists.chips(here, asking.values(request), of_request(request)),
    )
