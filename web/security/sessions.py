"""A signed cookie that tells one browser from another and says whether it has given the password."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import HTTPConnection, Request


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. `known`: it has given the password."""

    id: str
    known: bool

    def cookie(self, secret: bytes) -> str:
        """The session as the value of its cookie, signed."""
        body = f"{self.id}.{int(self.known)}"
        return f"{body}.{sign(secret, 'session', body)}"


def new(known: bool = False) -> Session:
    """A session that nobody can guess."""
    return Session(secrets.token_urlsafe(24), known)


def cookie_name(archive: Path) -> str:
    """Cookies know no ports: two archives that are open at once on one machine need two names."""
    return f"session-{hashlib.sha256(os.fsencode(archive.resolve())).hexdigest()[:8]}"


def read(connection: HTTPConnection, name: str, secret: bytes) -> Session | None:
    """The session in the cookie of this name; None where there is none or somebody else has signed it."""
    identity, _, rest = connection.cookies.get(name, "").partition(".")
    known, _, signature = rest.partition(".")
    if known in ("0", "1") and matches(signature, sign(secret, "session", f"{identity}.{known}")):
        return Session(identity, known == "1")
    return None


def token(request: Request) -> str:
    """The token of this browser, which its forms carry and no other site can know."""
    return sign(request.app.state.settings.secret, "change", request.scope["session"].id)


def sign(secret: bytes, purpose: str, text: str) -> str:
    """A signature that holds for one purpose only."""
    return hmac.new(secret, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def matches(one: str, other: str) -> bool:
    """Whether two texts are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
