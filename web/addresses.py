"""Where each thing has its page: made and read here and nowhere else, so that a link holds when the archive is indexed
anew. In plain words: /places/410105, /places/community/明珠社区?in=410108, /organizations/…, /people/…, /types/health.
"""

import sqlite3

from starlette.requests import Request

from corpus.archive import addresses
from corpus.archive.addresses import Address, PlaceName, Resolved
from corpus.archive.article_lines import ArticleLine
from corpus.archive.counting.parties import Party
from corpus.archive.facets import Value
from corpus.archive.filters import Filters
from corpus.archive.places import PLACE_FILTERS
from schemas.annotations import PLACE_TYPES
from web.links import link
from web.problems import not_found

PAGED_BY_NAME = ("organization", "person")


def place(address: Address | PlaceName) -> str:
    """The page of a place: by its code, else by its type, its name and what it lies in.

    >>> place(Address("street", "南湖街道", within="410105"))
    '/places/street/%E5%8D%97%E6%B9%96%E8%A1%97%E9%81%93?in=410105'
    """
    own = address.address if isinstance(address, PlaceName) else address
    if own.code:
        return link(f"/places/{own.code}")
    return link(f"/places/{own.type}/{own.name}", {} if own.within is None else {"in": own.within})


def named(kind: str, name: str) -> str | None:
    """The page of what a record names by type and name alone; of a place whichever it is that is called so."""
    if kind == "organization":
        return organization(name)
    if kind == "person":
        return person(name)
    return place(Address(kind, name)) if kind in PLACE_TYPES else None


def organization(name: str) -> str:
    """The page of an organization."""
    return link(f"/organizations/{name}")


def person(name: str) -> str:
    """The page of the persons of one name."""
    return link(f"/people/{name}")


def type_(name: str) -> str:
    """The page of a type of activity."""
    return link(f"/types/{name}")


def article(record_id: str, page: int | None = None) -> str:
    """The page of an article; `page` (page.id) tells copies apart."""
    return link(f"/articles/{record_id}", {} if page is None else {"page": page})


def line(one: ArticleLine) -> str:
    """The page of the article of a line; of copies, which share their id, the first."""
    return article(one.id)


def page(number: int) -> str:
    """The page of a page (page.id)."""
    return link(f"/pages/{number}")


def issue(paper: str | None, day: str | None) -> str:
    """The pages of an issue; - stands for a paper or a day that is not known."""
    return link(f"/papers/{paper or '-'}/issues/{day or '-'}")


def party(one: Party | Value) -> str | None:
    """The page of who runs activities or takes part: a place or an organization; None where it is not known."""
    return place(one.place) if one.place else organization(one.name) if one.name else None


def asked_place(request: Request, database: sqlite3.Connection) -> Resolved:
    """The place that /places/{code} or /places/{type}/{name:path}?in= asks for; ProblemError 404 for no address."""
    given = request.path_params
    if "code" in given:
        return addresses.place(database, given["code"])
    if given["type"] not in PLACE_TYPES:
        raise not_found()
    return addresses.find(database, Address(given["type"], given["name"], within=request.query_params.get("in")))


def asked_name(request: Request, database: sqlite3.Connection, kind: str) -> int:
    """The id (name.id) of the organization or person that {name:path} asks for; ProblemError 404 without one."""
    assert kind in PAGED_BY_NAME
    found = addresses.name(database, "person" if kind == "person" else "organization", request.path_params["name"])
    if found is None:
        raise not_found()
    return found


def shown(database: sqlite3.Connection, wanted: Filters) -> dict[str, str]:
    """What people call the values of filters that are codes or paths: {"410105": "金水区"}, for rows.chips(names)."""
    names = {}
    for field in PLACE_FILTERS:
        for value in getattr(wanted, field):
            last = value.rpartition("/")[2]
            if last.isdecimal() and (found := addresses.place(database, last).places):
                last = found[0].address.name
            if last != value:
                names[value] = last
    for value in (*wanted.organizations, *wanted.papers):
        if value.startswith("="):
            names[value] = value[1:]
    return names
