"""Paths to page files, in a stable order: a file, a folder with all below it, an archive with its members, a table
with its rows, standard input, shared storage by URL.

A page file is bytes with a name. Nothing is unpacked to disk, so a member's name is only ever a name. The bytes of one
page file are held at a time; whatever cannot be read comes out as a Reject in its place.
"""

import contextlib
import io
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from corpus import containers, piped, tables, urls
from corpus.described import Described, worth_a_look
from corpus.folders import at_once, look_ahead, walk
from corpus.given import STANDARD_INPUT
from corpus.issues import IssuePage
from corpus.limits import DEFAULT_LIMIT, HEAD, most, too_large
from corpus.naming import hidden, shown
from corpus.part_names import MANIFEST, is_of_parts
from corpus.rejects import Reject, Rejected, from_os_error
from corpus.unpacking import Ahead, Budget

__all__ = ["DEFAULT_LIMIT", "PageFile", "count", "hidden", "page_files", "shown"]

DEEPEST = 1
"""How many archives may lie inside one another: one inside another, not one inside that."""
MOST_NESTED = 64 * 2**20
"""Bytes of a zip inside an archive, which is held in memory."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file as found: `path` as the user would name it (`archive.zip!member` inside an archive, `table.csv!12` for
    the twelfth row of a table).

    `part`: only this one of its pages is wanted, from 1; None: all. `format`: what is known of the bytes from where
    they were found ("row": one row of a table as a JSON object); None: the bytes and the name decide. `encoding`: the
    codec of the table that a row stands in.
    """

    path: str
    data: bytes
    part: int | None = None
    format: str | None = None
    encoding: str | None = None
    issue: IssuePage | None = None  # what the METS of its issue says of it


Known = Callable[[str, os.stat_result], bool]
"""Whether a file need not be read, asked of every file before it is: its path, and what the system says of it."""


def _unknown(path: str, status: os.stat_result) -> bool:
    return False


_MADE_UP = Rejected("not_a_file", "the system makes its content up while it is read, as under /proc and /sys")


@dataclass(frozen=True, slots=True)
class _How:
    """How files are read."""

    limit: int
    columns: tuple[tuple[str, str], ...] = ()
    known: Known = _unknown


def page_files(
    paths: Iterable[str | Reject],
    limit: int = DEFAULT_LIMIT,
    leave_out: Collection[Path] = (),
    columns: tuple[tuple[str, str], ...] = (),
    known: Known = _unknown,
) -> Iterator[PageFile | Reject]:
    """Every page file under `paths`: paths in the order given, a folder's files sorted by path, archives opened.

    Hidden files and folders are skipped, and so are those of `leave_out` (absolute paths): the files of this very run.
    `limit`: bytes of a page's text (corpus/limits.py says what other formats may have). `columns`: what the user says
    of a table's columns. A Reject among the paths comes out again. A file that is `known` is passed over.
    """
    how = _How(limit, columns, known)
    for path in paths:
        try:
            if isinstance(path, Reject):
                yield path
            elif path == STANDARD_INPUT:
                yield from _standard_input(how)
            elif urls.is_url(path):
                yield from _shared(path, how)
            elif stat.S_ISDIR(os.stat(path).st_mode):
                yield from _folder(path, how, frozenset(leave_out))
            else:
                yield from _file(path, how)
        except OSError as error:
            yield from_os_error(error, shown(str(path)))
        except ValueError:  # a name with a NUL, which no system has
            yield Reject(shown(str(path)), "not_found", "there is no such file or folder")


def count(paths: Iterable[str | Reject]) -> int | None:
    """How many page files and rejects `page_files` will give, from names alone; None where only reading would tell."""
    total = 0
    for path in paths:
        if isinstance(path, str) and urls.is_url(path):
            return None
        for item in walk(path) if isinstance(path, str) else (path,):
            if isinstance(item, str) and tables.kind(item):
                return None
            inside = containers.count(item) if isinstance(item, str) else 1
            if inside is None:
                return None
            total += inside
    return total


def _folder(top: str, how: _How, leave_out: frozenset[Path]) -> Iterator[PageFile | Reject]:
    found, described = False, Described()
    for path in walk(top, partial(look_ahead, described, how.limit)):
        if isinstance(path, Reject):
            found = True
            yield path
        elif Path(os.path.realpath(path)) not in leave_out:
            found = True
            yield from _file(path, how, described)
    if not found:
        yield Reject(shown(top), "no_pages", "the folder holds no file that could be a page")


def _file(path: str, how: _How, described: Described | None = None) -> Iterator[PageFile | Reject]:
    name = shown(path)
    try:
        # opening some devices does something, so they are not even opened
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            yield Reject(name, "not_a_file", "it is a device, a pipe or a socket")
            return
        if is_of_parts(path):
            # one word for the folder is enough
            if os.path.basename(path) == MANIFEST:
                yield Reject(name, "records", "it is the manifest of records that extract wrote, no page")
            return
        if how.known(path, status):
            return
        with open(path, "rb", opener=at_once) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                yield Reject(name, "changed", "the file became a device, a pipe or a socket while it was opened")
            elif before.st_size and containers.kind(path):
                yield from _members(file, containers.kind(path) or "", name, how, Budget(before.st_size), 0)
            elif before.st_size and tables.kind(path):
                yield from _rows(file, name, how)
            else:
                read = _read(file, name, how.limit, before)
                issue = described.page(name) if described and isinstance(read, PageFile) else None
                yield replace(read, issue=issue) if issue and isinstance(read, PageFile) else read
    except Rejected as error:
        yield error.at(name)
    except OSError as error:
        yield from_os_error(error, name)


def _shared(url: str, how: _How) -> Iterator[PageFile | Reject]:
    """What lies on shared storage."""
    described = Described()
    for found in urls.walk(url, described, how.limit):
        if isinstance(found, Reject):
            yield found
            continue
        name, size = found.name, found.size
        try:
            with found.open() as file:
                if size != 0 and containers.kind(name):
                    yield from _members(file, containers.kind(name) or "", name, how, Budget(size), 0)
                elif size != 0 and tables.kind(name):
                    yield from _rows(file, name, how)
                else:
                    yield PageFile(name, _content(file, size or 0, how.limit), issue=described.page(name))
        except Exception as error:
            yield urls.failed(error, name)


def _read(file: BinaryIO, name: str, limit: int, before: os.stat_result) -> PageFile | Reject:
    data = _content(file, before.st_size, limit)
    after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return Reject(name, "changed", "the file was being written while it was read")
    if len(data) != after.st_size:
        raise _MADE_UP
    return PageFile(name, data)


def _content(file: BinaryIO, size: int, limit: int) -> bytes:
    """All bytes of a file of `size` bytes as declared; Rejected where they are too many, also if the size lied."""
    head = file.read(HEAD)
    if head is None:  # there is nothing now, but there may be at any time
        raise _MADE_UP
    allowed = most(head, limit)
    if size > allowed:
        raise Rejected("too_large", too_large(size, allowed))
    data = head + file.read(allowed + 1 - len(head))
    if len(data) > allowed:
        raise Rejected("too_large", too_large(len(data), allowed))
    return data


def _members(
    file: BinaryIO, form: str, archive: str, how: _How, budget: Budget, depth: int
) -> Iterator[PageFile | Reject]:
    seen: set[int] = set()
    described = Described()
    if form == "zip":
        _look_ahead_in_zip(described, file, how.limit, budget)
    for member in containers.members(file, form, budget):
        if hidden(*member.name.split("/")):
            continue
        name = f"{archive}!{member.name}"
        if hash(member.name) in seen:
            yield Reject(name, "duplicate_name", "the archive holds another file of this name, which was read")
            continue
        seen.add(hash(member.name))
        try:
            for found in _member(member, name, how, budget, depth):
                if isinstance(found, PageFile) and found.path == name:
                    if form == "tar":
                        described.offer(member.name, io.BytesIO(found.data), how.limit)
                    yield replace(found, issue=described.page(member.name))
                else:
                    yield found
        except Rejected as error:
            yield error.at(name)
    if not seen:
        yield Reject(archive, "no_pages", "the archive holds no file that could be a page")


def _look_ahead_in_zip(described: Described, file: BinaryIO, limit: int, budget: Budget) -> None:
    """Read the METS files of a zip before its other files; what is wrong with it is told when it is read."""
    with contextlib.suppress(Rejected):
        names = [member.name for member in containers.members(file, "zip", Budget(None))]
        wanted = set(worth_a_look(names))
        for member in containers.members(file, "zip", budget) if wanted else ():
            if member.name in wanted:
                with contextlib.suppress(Rejected):
                    described.offer(member.name, member.open(), limit)


def _member(member: containers.Member, name: str, how: _How, budget: Budget, depth: int) -> Iterator[PageFile | Reject]:
    form, content, size = containers.kind(name), member.open(), member.size
    if form is None:
        if tables.kind(name):
            yield from _rows(content, name, how)
        else:
            yield PageFile(name, _content(content, size, how.limit))
        return
    if depth >= DEEPEST:
        raise Rejected("nested_archive", "it is an archive inside an archive inside an archive")
    if form == "zip":
        data = content.read(MOST_NESTED + 1)
        if len(data) > MOST_NESTED:
            raise Rejected("nested_archive", f"it is a zip of {size / 2**20:.0f} MB inside an archive")
        content = io.BytesIO(data)
    yield from _members(content, form, name, how, budget, depth + 1)


def _rows(file: BinaryIO, name: str, how: _How, suffix: str = "") -> Iterator[PageFile | Reject]:
    for row in tables.rows(file, name + suffix, how.limit, how.columns):
        path = f"{name}!{row.name}"
        if isinstance(row.content, Rejected):
            yield row.content.at(path)
        else:
            yield PageFile(path, row.content, format="row", encoding=row.encoding)


def _standard_input(how: _How) -> Iterator[PageFile | Reject]:
    """What comes from standard input, by its bytes: an archive, a table, or one page."""
    name = STANDARD_INPUT
    if sys.stdin is None or sys.stdin.closed:
        yield Reject(name, "not_found", "there is no standard input")
        return
    try:
        head = sys.stdin.buffer.read(HEAD)
        budget = Budget(None)
        whole = Ahead(head, sys.stdin.buffer, budget).buffered()
        form = containers.kind_of_bytes(head)
        if form == "zip":
            with tempfile.TemporaryFile() as file:
                yield from _members(piped.kept(whole, file), form, name, how, Budget(file.tell()), 0)
        elif form:
            yield from _members(whole, form, name, how, budget, 0)
        elif suffix := piped.table(head, how.columns):
            yield from _rows(whole, name, how, suffix)
        else:
            yield PageFile(name, _content(whole, 0, how.limit))
    except Rejected as error:
        yield error.at(name)
    except OSError as error:
        yield from_os_error(error, name)
