"""The archive for request threads: few connections, each for one request at a time, read-only and bounded in time.

A request sees the archive as it stood at its first query, to the end; the next one sees what `index` or a correction
has written since.
"""

import contextlib
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request

from corpus.archive import database
from corpus.archive.counting.held import Columns, Holder
from web.settings import Limits

STEPS = 20_000
"""Instructions of SQLite's machine between two looks at the clock: about a millisecond."""
CACHE = 16 * 2**20
"""Bytes of pages that a connection keeps."""


class TooLongError(Exception):
    """A query has taken longer than a request may."""


class BusyError(Exception):
    """All connections are in use, and none came free in time."""


class Reading:
    """Connections to one archive, opened when they are first needed and used again."""

    def __init__(self, archive: Path, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._places = threading.BoundedSemaphore(limits.connections)
        self._holder: tuple[tuple[int, int] | None, Holder] = (None, Holder())
        self._idle: queue.SimpleQueue[_Opened] = queue.SimpleQueue()

    @contextlib.contextmanager
    def connection(self, seconds: float) -> Iterator[sqlite3.Connection]:
        """The archive as it stands now. ArchiveError: it cannot be read; TooLongError, BusyError: not within time."""
        if not self._places.acquire(timeout=self._limits.wait):
            raise BusyError
        try:
            opened = self._opened()
            try:
                with database.told(self._archive), _bounded(opened.connection, seconds) as connection:
                    yield connection
            except (sqlite3.Error, database.ArchiveError):
                opened.close()
                raise
            except BaseException:
                self._idle.put(opened)
                raise
            self._idle.put(opened)
        finally:
            self._places.release()

    def columns(self, connection: sqlite3.Connection) -> Columns:
        """The columns that are counted from, of the state that the connection sees."""
        identity, holder = self._holder
        if identity != (now := _identity(self._archive)):
            self._holder = now, (holder := Holder())
        return holder.at(connection)

    def version(self) -> str:
        """A text that is another one as soon as anything of the archive has changed."""
        parts = []
        for end in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                status = os.stat(f"{self._archive}{end}")
                # an empty log comes and goes with those who read
                if not end or status.st_size:
                    parts.append(f"{status.st_ino:x}.{status.st_size:x}.{status.st_mtime_ns:x}")
        return "-".join(parts)

    def close(self) -> None:
        """Close what nobody uses."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def _opened(self) -> "_Opened":
        now = _identity(self._archive)
        with contextlib.suppress(queue.Empty):
            while True:
                opened = self._idle.get_nowait()
                if opened.identity == now:
                    return opened
                opened.close()  # another file has taken the archive's place
        return _Opened(self._archive, now)


class _Opened:
    """A connection and the file that it is open on."""

    def __init__(self, archive: Path, identity: tuple[int, int] | None) -> None:
        self.identity = identity
        self._open = contextlib.ExitStack()
        self.connection = self._open.enter_context(database.reading(archive, any_thread=True))
        self.connection.execute(f"PRAGMA cache_size = -{CACHE // 1024}")

    def close(self) -> None:
        self._open.close()


@contextlib.contextmanager
def archive(request: Request, seconds: float | None = None) -> Iterator[sqlite3.Connection]:
    """The archive for one request: `with archive(request) as database:`; `seconds`: another limit than the usual."""
    reading: Reading = request.app.state.reading
    with reading.connection(seconds or request.app.state.settings.limits.seconds) as connection:
        yield connection


def columns(request: Request, connection: sqlite3.Connection) -> Columns:
    """What facets, pivots and tables are counted from: `columns(request, database)`, within `with archive(…)`."""
    reading: Reading = request.app.state.reading
    return reading.columns(connection)


@contextlib.contextmanager
def _bounded(connection: sqlite3.Connection, seconds: float) -> Iterator[sqlite3.Connection]:
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
    connection.execute("BEGIN")
    try:
        yield connection
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise TooLongError from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _identity(archive: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(archive)
    except OSError:
        return None
    return status.st_dev, status.st_ino
