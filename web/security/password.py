"""The password of an archive that other machines can reach: HTTP Basic, any user name, and slow to guess."""

import base64
import binascii
import math
import time
from collections import OrderedDict

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.security import sessions
from web.settings import Settings

REALM = 'Basic realm="archive", charset="UTF-8"'
FREE = 3
"""Wrong passwords from one address before the next one has to wait: 1 s, 2, 4 … up to SLOWEST."""
SLOWEST = 300.0
REMEMBERED = 10_000
"""Addresses that are remembered; the one longest unseen is forgotten."""


class Password:
    """Lets through whoever gives the password, or has a session that gave it; without a password everybody.

    A browser that is in stays in while somebody else guesses from the same address.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._password = settings.password
        self._secret = settings.secret
        self._cookie = sessions.cookie_name(settings.archive)
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        session = sessions.read(HTTPConnection(scope), self._cookie, self._secret)
        if self._password is not None and not (session and session.known):
            if refused := self._refused(HTTPConnection(scope)):
                await refused(scope, receive, send)
                return
            session = None
        if session:
            scope["session"] = session
            await self._app(scope, receive, send)
            return
        scope["session"] = session = sessions.new(known=self._password is not None)
        cookie = f"{self._cookie}={session.cookie(self._secret)}; Path=/; HttpOnly; SameSite=Strict"

        async def sending(message: Message) -> None:
            # what caches keep is nobody's own
            if message["type"] == "http.response.start" and not _shared(message):
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        await self._app(scope, receive, sending)

    def _refused(self, connection: HTTPConnection) -> Response | None:
        address = connection.client.host if connection.client else ""
        count, until = self._failures.get(address, (0, 0.0))
        wait = until - time.monotonic()
        given = _given(connection)
        if given is not None and wait > 0:
            return _plain(429, "密码错误次数过多，请稍后再试。Too many wrong passwords; wait and try again.\n",
                          {"Retry-After": str(math.ceil(wait))})  # fmt: skip
        if given is not None and sessions.matches(given, self._password or ""):
            self._failures.pop(address, None)
            return None
        if given is not None:
            delay = min(2.0 ** (count + 1 - FREE), SLOWEST) if count + 1 >= FREE else 0.0
            self._failures[address] = count + 1, time.monotonic() + delay
            self._failures.move_to_end(address)
            if len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)
        return _plain(401, "需要密码。A password is needed.\n", {"WWW-Authenticate": REALM})


def _given(connection: HTTPConnection) -> str | None:
    """The password that a request brings."""
    scheme, _, encoded = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _shared(message: Message) -> bool:
    return any(name.lower() == b"cache-control" and b"public" in value for name, value in message["headers"])


def _plain(status: int, text: str, headers: dict[str, str]) -> Response:
    return Response(text, status, headers, "text/plain; charset=utf-8")
