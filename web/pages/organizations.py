"""/organizations: the organizations that the archive names, and the portrait of each."""

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import addresses, name_lists, portraits
from web.pages import named
from web.pages.portraits import Subject, over_time, shown
from web.reading import archive, columns


def listed(request: Request) -> Response:
    """What organizations there are."""
    begins, paging = named.begins(request), named.paging(request)
    with archive(request) as database:
        held = columns(request, database)
        found = name_lists.organizations(database, held, begins, paging.per_page, paging.offset)
    return named.listed(request, "organization", found)


def portrait(request: Request) -> Response:
    """One organization."""
    name = request.path_params["name"]
    with archive(request) as database:
        number = addresses.name(database, "organization", name)
        if number is None:
            return named.gone(request, database, "organization", name)
        held, subject = columns(request, database), Subject(name, "organization", (("organization", f"={name}"),))
        one = portraits.of_organization(database, held, number)
        drawn = over_time(request, database, held, subject)
    return shown(request, subject, one, drawn)
