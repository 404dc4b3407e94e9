"""Opening an archive: for reading, which never waits and never writes, and for writing, one process at a time.

What is no archive, is damaged, or was written by a newer program is refused with an ArchiveError that names the remedy,
and nothing of it is changed.
"""

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from corpus.archive import migrations
from corpus.archive.packing import Packing, PackingError, train
from corpus.archive.writer_lock import LockedError, WriterLock
from corpus.naming import shown

APPLICATION_ID = 0x4E50_4152  # "NPAR"; in the file's header, so that `file` and others can tell
PAGE_SIZE = 8192
"""Bytes: an article with its record has one to five thousand."""
CACHE = 64 * 2**20
BUSY = 60.0
"""Seconds that a transaction waits for another program's, such as an editor's that has the file open."""
HEADER = b"SQLite format 3\0"
SMALLEST = 512
"""Bytes of the smallest database: SQLite takes what is smaller for empty, and would write over it."""


class ArchiveError(Exception):
    """The archive cannot be used; the message says why and what to do."""


def files(archive: Path) -> frozenset[Path]:
    """The absolute paths of everything that belongs to an archive, which a run must not read as pages."""
    real = os.path.realpath(archive)
    return frozenset(Path(f"{real}{end}") for end in ("", "-wal", "-shm", "-journal", "-lock", ".corrections.jsonl"))


@contextlib.contextmanager
def reading(archive: Path, any_thread: bool = False) -> Iterator[sqlite3.Connection]:
    """The archive as it stands now; what is written meanwhile is not waited for. Rows are sqlite3.Row.

    Nothing can be changed through the connection. `any_thread`: it may go from thread to thread, one at a time.
    """
    if not archive.exists():
        raise ArchiveError(
            f"there is no archive {_name(archive)}; make one: cli.py index PATH --archive {_name(archive)}"
        )
    _refuse_what_is_no_archive(archive)
    with told(archive), contextlib.closing(_opened(archive, any_thread)) as database:
        version = _schema(database, archive)
        if not version:
            raise ArchiveError(f"{_name(archive)} is empty; fill it: cli.py index PATH --archive {_name(archive)}")
        if version < migrations.latest():
            raise ArchiveError(
                f"{_name(archive)} was made by an older version of this program (schema {version}, now "
                f"{migrations.latest()}); bring it up to date: cli.py index PATH --archive {_name(archive)}"
            )
        database.execute("PRAGMA query_only = on")
        yield database


@contextlib.contextmanager
def writing(archive: Path, wait: float = 0.0) -> Iterator[sqlite3.Connection]:
    """The archive for changes, made if it is not there, brought up to date if it is older. Rows are sqlite3.Row.

    Held by one process at a time: a second one waits up to `wait` seconds and is then refused. The caller begins and
    ends transactions; what has not been committed when the block ends is undone.
    """
    new = not archive.exists()
    if new:
        _refuse_a_bad_place(archive)
    _refuse_what_is_no_archive(archive)
    try:
        lock = WriterLock(Path(os.path.realpath(archive)), wait)
        with lock, told(archive), contextlib.closing(_connect(archive, "mode=rwc")) as database:
            try:
                _prepare(database, archive)
            except ArchiveError:
                if new:
                    database.close()
                    os.unlink(os.path.realpath(archive))
                raise
            yield database
            database.rollback()
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except LockedError as error:
        raise ArchiveError(
            f"{_name(archive)} is being written by {error}; wait for it, or give --wait SECONDS"
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ArchiveError(f"{_name(archive)}: {error.strerror}; {_FULL}") from error
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        raise ArchiveError(
            f"{_name(archive)} cannot be written ({error.strerror}: {shown(str(error.filename))}); give yourself write "
            "permission for it and its folder, or copy it to a place of your own"
        ) from error


def packing(database: sqlite3.Connection) -> Packing:
    """What packs and unpacks the records of this archive."""
    (dictionary,) = database.execute("SELECT value FROM archive WHERE key = 'dictionary'").fetchone()
    return Packing(dictionary)


@contextlib.contextmanager
def told(archive: Path) -> Iterator[None]:
    """What SQLite says, as an ArchiveError with its remedy."""
    try:
        yield
    except PackingError as error:
        raise ArchiveError(f"{_name(archive)}: {error}; {_DAMAGED}") from error
    except sqlite3.Error as error:
        # "Could not decode to UTF-8" has no code; what the program writes can be decoded
        remedy = _DAMAGED if "Could not decode" in str(error) else _REMEDIES.get(_code(error))
        if remedy is None:
            raise
        raise ArchiveError(f"{_name(archive)}: {error}; {remedy}") from error


_FULL = "what was stored before is kept: free space on the disk and run the same command again"
_DAMAGED = (
    "the file is damaged: restore it from a copy, save what can be saved (sqlite3 FILE .recover | sqlite3 NEW), "
    "or index the pages into a new one"
)
_REMEDIES = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: f"the disk reports an error or is full; {_FULL}",
    sqlite3.SQLITE_TOOBIG: "a page is too large for the archive; lower --page-limit",
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_READONLY: "give yourself write permission for it and its folder, or copy it to a place of your own",
    sqlite3.SQLITE_CANTOPEN: "give yourself permission for it and its folder, or copy it to a place of your own",
    sqlite3.SQLITE_PERM: "give yourself permission for it and its folder",
    sqlite3.SQLITE_BUSY: "another program has it open and is changing it; close that and run again",
    sqlite3.SQLITE_LOCKED: "another program has it open and is changing it; close that and run again",
    sqlite3.SQLITE_PROTOCOL: "this file system locks no files as SQLite needs it; copy the archive to a local disk",
}


def _code(error: sqlite3.Error) -> int:
    # extended codes carry the plain one in their lowest byte
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _connect(archive: Path, how: str, any_thread: bool = False) -> sqlite3.Connection:
    location = quote(os.fsencode(os.path.abspath(archive)))
    database = sqlite3.connect(
        f"file:{location}?{how}", uri=True, isolation_level=None, timeout=BUSY, check_same_thread=not any_thread
    )
    try:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA foreign_keys = on")
        database.execute(f"PRAGMA cache_size = -{CACHE // 1024}")
        database.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        database.close()
        if _code(error) == sqlite3.SQLITE_NOTADB:
            _refuse_what_sqlite_cannot_read(archive)
        raise
    except UnicodeDecodeError as error:  # in what SQLite says of a schema that it cannot read
        database.close()
        raise ArchiveError(f"{_name(archive)}: {error}; {_DAMAGED}") from error
    except BaseException:
        database.close()
        raise
    return database


def _opened(archive: Path, any_thread: bool) -> sqlite3.Connection:
    """A connection that can read, whether or not anything can be written where the archive lies."""
    try:
        # "rw" although nothing is written: a connection that may not write leaves its files beside the archive
        return _connect(archive, "mode=rw", any_thread)
    except sqlite3.OperationalError:
        # in a place that is read-only SQLite cannot make the file that readers share; there nobody writes either
        if os.path.exists(f"{archive}-wal") and os.path.getsize(f"{archive}-wal"):
            raise
        return _connect(archive, "mode=ro&immutable=1", any_thread)


def _schema(database: sqlite3.Connection, archive: Path) -> int:
    """The number of the file's schema, 0 for a file without anything; ArchiveError where it is not ours."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not application and not version and not tables:
        return 0
    if application != APPLICATION_ID:
        raise ArchiveError(f"{_name(archive)} is a database of another program; choose another name for the archive")
    if version > migrations.latest():
        raise ArchiveError(
            f"{_name(archive)} was written by a newer version of this program (schema {version}, this one knows "
            f"{migrations.latest()}); update the program: pip install --upgrade newspaper-activities"
        )
    return int(version)


def _prepare(database: sqlite3.Connection, archive: Path) -> None:
    """Bring the file to the present schema, in one transaction."""
    version = _schema(database, archive)
    if not version:
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    (mode,) = database.execute("PRAGMA journal_mode = wal").fetchone()
    if mode != "wal":
        raise ArchiveError(
            f"{_name(archive)} lies on a file system that cannot share memory between processes (a network folder?); "
            "put the archive on a local disk"
        )
    database.execute("PRAGMA synchronous = normal")
    if version == migrations.latest():
        return
    database.execute("BEGIN IMMEDIATE")
    migrations.apply(database, version)
    if not version:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("INSERT INTO archive (key, value) VALUES ('dictionary', ?)", (train(),))
    database.execute("COMMIT")


def _refuse_a_bad_place(archive: Path) -> None:
    folder = Path(os.path.realpath(archive)).parent
    if not folder.is_dir():
        raise ArchiveError(f"there is no folder {_name(folder)} for the archive; make it or choose another place")


def _refuse_what_is_no_archive(archive: Path) -> None:
    try:
        if archive.is_dir():
            raise ArchiveError(f"{_name(archive)} is a folder; name a file in it, like {_name(archive / 'archive.db')}")
        if not archive.exists():
            return
        if not archive.is_file():
            raise ArchiveError(f"{_name(archive)} is a device or a pipe, no file; choose another name for the archive")
        size = archive.stat().st_size
    except OSError as error:
        raise ArchiveError(f"{_name(archive)} cannot be read ({error.strerror}); give yourself permission") from error
    # the file itself is left to SQLite: who opens and closes it gives up all locks that the process holds on it
    # (POSIX), and the next program to end takes itself for the last and deletes the log that is in use
    if 0 < size < SMALLEST:
        raise ArchiveError(_other(archive))


def _refuse_what_sqlite_cannot_read(archive: Path) -> None:
    """What SQLite has called no database, where it is not one of which the header alone is left."""
    with archive.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            raise ArchiveError(_other(archive))


def _other(archive: Path) -> str:
    return f"{_name(archive)} is no archive but some other file; choose another name for the archive"


def _name(path: Path) -> str:
    return shown(str(path))
