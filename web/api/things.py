"""Endpoints of one thing: a place, an organization, persons of one name, a type of activity."""

from corpus.archive import portraits
from web import addresses
from web.api.asked import Asked
from web.parameters import TYPES
from web.problems import SEVERAL, ProblemError, not_found


def place(asked: Asked) -> portraits.PlacePortrait:
    """A place by its code, or by its type, name and what it lies in."""
    resolved = addresses.asked_place(asked.request, asked.database)
    if resolved.state == "gone":
        raise not_found()
    if resolved.state == "several":
        raise ProblemError(SEVERAL)
    return portraits.of_place(asked.database, asked.columns, resolved.places[0].id)


def organization(asked: Asked) -> portraits.Portrait:
    """An organization by its name."""
    name = addresses.asked_name(asked.request, asked.database, "organization")
    return portraits.of_organization(asked.database, asked.columns, name)


def person(asked: Asked) -> portraits.Portrait:
    """The persons of one name."""
    return portraits.of_person(
        asked.database, asked.columns, addresses.asked_name(asked.request, asked.database, "person")
    )


def type_(asked: Asked) -> portraits.Portrait:
    """A type of activity."""
    kind = asked.path("type")
    if kind not in TYPES:
        raise not_found()
    return portraits.of_type(asked.database, asked.columns, kind)
