"""What `serve` decides once, and every request is served by."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.corrections.replay import Reader, nobody
from schemas.layout import Source

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""The names by which a browser on this machine reaches it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost.

    `seconds`: of SQLite's work for it, `saving`: for a file. `wait`: seconds for a free connection. `rows`: of a table
    on a page or in an answer of the API; `download`: of a file. `query`, `body`: bytes of what is sent. `connections`:
    open at once, `downloads`: of them for files.
    """

    seconds: float = 10.0
    saving: float = 120.0
    wait: float = 30.0
    rows: int = 500
    download: int = 100_000
    query: int = 32_768
    body: int = 1_048_576
    connections: int = 8
    downloads: int = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """The archive, who may see and change it, and what extraction does for the pages.

    `hosts`: names that a request's Host may have; `by_number`: an address in figures is one of them. `secret`: what
    forgery tokens and sessions are signed with. `web` knows nothing of extraction, so commands/serve.py hands it in:
    `reader` reads again what an editor put together otherwise; `explain` tells line by line why a page (source, text)
    was cut as it was, or only one article of it.
    """

    archive: Path
    edit: bool = False
    hosts: frozenset[str] = LOOPBACK
    by_number: bool = False
    password: str | None = field(default=None, repr=False)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    limits: Limits = Limits()
    reader: Reader = nobody
    explain: Callable[[Source, str, str | None], Sequence[str]] | None = None
