"""/places: the places that the archive names, and the portrait of each."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus.archive import name_lists, portraits
from schemas.annotations import PLACE_TYPES
from web import addresses, asking, parameters
from web.links import link
from web.pages import named
from web.pages.portraits import of_place, over_time, shown
from web.reading import archive, columns
from web.templating import page


def listed(request: Request) -> Response:
    """What places there are."""
    level, begins, paging = parameters.choice(request, parameters.LEVEL), named.begins(request), named.paging(request)
    types = (level,) if level else PLACE_TYPES
    with archive(request) as database:
        held = columns(request, database)
        found = name_lists.places(database, held, types, begins, paging.per_page, paging.offset)
    return named.listed(request, "place", found, level=level, levels=PLACE_TYPES)


def portrait(request: Request) -> Response:
    """One place; a choice where the address may mean several, a redirect where the place lies elsewhere now."""
    with archive(request) as database:
        resolved = addresses.asked_place(request, database)
        if resolved.state == "found":
            held = columns(request, database)
            one = portraits.of_place(database, held, resolved.places[0].id)
            drawn = over_time(request, database, held, of_place(one.place))
    if resolved.state == "found":
        above = [(upper.address.name, addresses.place(upper)) for upper in reversed(one.above)]
        path = one.place.address.path
        itself = [link("/activities", [asking.asked(role, path)]) for role in ("organizer", "partner")]
        return shown(
            request,
            of_place(one.place),
            one.portrait,
            drawn,
            place=one,
            above=above,
            itself=itself,
            subject_of=of_place,
        )
    if resolved.state == "moved":
        return RedirectResponse(addresses.place(resolved.places[0]), 302)
    asked = request.path_params.get("name") or request.path_params["code"]
    if resolved.state == "several":
        return page(request, "which_place.html", status=300, asked=asked, places=resolved.places)
    return named.missing(request, request.path_params.get("type", "place"), asked, resolved.near)
