"""Who is asked and from where: a page of another site must not reach the archive through the reader's browser.

A name that points to this machine for a moment (DNS rebinding) is refused by Host; a form or script of another site by
Origin and Sec-Fetch-Site.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.failing import answer
from web.problems import FOREIGN, TOO_LONG_ADDRESS, UNKNOWN_HOST, Problem

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::[0-9]{1,5})?")


class KnownHosts:
    """Refuses what is not addressed to one of `hosts`, a change that another site asks for, and addresses without end.

    `by_number`: addresses in figures are ours too; no name that somebody else owns is in them.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], by_number: bool, longest: int) -> None:
        self._app = app
        self._hosts = hosts
        self._by_number = by_number
        self._longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and (problem := self._problem(scope)):
            await answer(scope, problem)(scope, receive, send)
        elif scope["type"] in ("http", "lifespan"):
            await self._app(scope, receive, send)

    def _problem(self, scope: Scope) -> Problem | None:
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > self._longest:
            return TOO_LONG_ADDRESS
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        name = _name(host)
        if name not in self._hosts and not (self._by_number and _is_number(name)):
            return UNKNOWN_HOST
        if scope["method"] in SAFE:
            return None
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return FOREIGN
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return FOREIGN
        return None


def _name(host: str) -> str | None:
    """The name in a Host header, without its port; None for what is none.

    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("a b"), _name("")
    ('localhost', '::1', None, None)
    """
    match = _HOST.fullmatch(host)
    return match["name"].strip("[]").lower() if match else None


def _is_number(name: str | None) -> bool:
    try:
        ipaddress.ip_address(name or "")
    except ValueError:
        return False
    return True
