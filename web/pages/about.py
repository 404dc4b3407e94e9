"""/about: what this is, how to search, and which archive it is."""

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import activities
from corpus.archive.filters import Filters
from web import parameters
from web.reading import archive
from web.templating import page


def about(request: Request) -> Response:
    """What the archive is asked for, and how to ask."""
    wanted = parameters.filters(request)
    with archive(request) as database:
        total = activities.total(database, Filters())
    return page(request, "about.html", total=total, wanted=wanted)
