"""/people: the names of persons that the archive has, and the portrait of each; namesakes are not told apart."""

from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import addresses, name_lists, portraits
from web.pages import named
from web.pages.portraits import Subject, over_time, shown
from web.reading import archive, columns


def listed(request: Request) -> Response:
    """What names there are."""
    begins, paging = named.begins(request), named.paging(request)
    with archive(request) as database:
        found = name_lists.persons(database, begins, paging.per_page, paging.offset)
    return named.listed(request, "person", found)


def portrait(request: Request) -> Response:
    """The persons of one name."""
    name = request.path_params["name"]
    with archive(request) as database:
        number = addresses.name(database, "person", name)
        if number is None:
            return named.gone(request, database, "person", name)
        held, subject = columns(request, database), Subject(name, "person", (("person", name),))
        one = portraits.of_person(database, held, number)
        drawn = over_time(request, database, held, subject)
    return shown(request, subject, one, drawn)
