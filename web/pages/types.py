"""/types: the types of activities, and the portrait of each."""

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import facets, portraits
from web import parameters
from web.language import of_request
from web.pages.portraits import Subject, over_time, shown
from web.problems import not_found
from web.reading import archive, columns
from web.templating import page

TYPES = next(parameter.values for parameter in parameters.FILTERS if parameter.name == "type")


def listed(request: Request) -> Response:
    """All types, with the articles and activities of each."""
    with archive(request) as database:
        held = columns(request, database)
        activities, articles = (
            {value.name: value.count for value in facets.of_types(held, of, len(TYPES)).values}
            for of in (held.activities.type, held.articles.types.values)
        )
    rows = sorted(((kind, articles.get(kind, 0), activities.get(kind, 0)) for kind in TYPES), key=lambda row: -row[2])
    return page(request, "types.html", rows=rows)


def portrait(request: Request) -> Response:
    """One type."""
    kind = request.path_params["type"]
    if kind not in TYPES:
        raise not_found()
    subject = Subject(of_request(request).name("type", kind), "type", (("type", kind),))
    with archive(request) as database:
        held = columns(request, database)
        one = portraits.of_type(database, held, kind)
        drawn = over_time(request, database, held, subject)
    return shown(request, subject, one, drawn)
