"""Paths to page files, in a stable order: a file, a folder with all below it, an archive with its members.

A page file is bytes with a name. Nothing is unpacked to disk, so a member's name is only ever a name. At most `limit`
bytes of a file are held at a time; whatever cannot be read comes out as a Reject in its place.
"""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import containers
from corpus.rejects import Reject, Rejected, from_os_error

DEFAULT_LIMIT = 8 * 2**20
"""Bytes of one page file: a newspaper page has about 10 to 50 thousand; the limit keeps memory and time bounded."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file as found: `path` as the user would name it (`archive.zip!member` inside an archive, `table.csv!12` for
    the twelfth row of a table).

    `part`: only this one of its pages is wanted, from 1; None: all. `format`: what is known of the bytes from where
    they were found ("row": one row of a table as a JSON object); None: the bytes and the name decide.
    """

    path: str
    data: bytes
    part: int | None = None
    format: str | None = None


def page_files(
    paths: Iterable[str], limit: int = DEFAULT_LIMIT, leave_out: Collection[Path] = ()
) -> Iterator[PageFile | Reject]:
    """Every page file under `paths`: paths in the order given, a folder's files sorted by path, archives opened.

    Hidden files and folders are skipped, and so are those of `leave_out` (absolute paths): the files of this very run.
    """
    for path in paths:
        try:
            if stat.S_ISDIR(os.stat(path).st_mode):
                yield from _folder(path, limit, frozenset(leave_out))
            else:
                yield from _file(path, limit)
        except OSError as error:
            yield from_os_error(error, shown(path))


def count(paths: Iterable[str]) -> int | None:
    """How many page files and rejects `page_files` will give, from names alone; None where only reading would tell."""
    total = 0
    for path in paths:
        for item in _walk(path):
            inside = containers.count(item) if isinstance(item, str) else 1
            if inside is None:
                return None
            total += inside
    return total


def _folder(top: str, limit: int, leave_out: frozenset[Path]) -> Iterator[PageFile | Reject]:
    found = False
    for path in _walk(top):
        if isinstance(path, Reject):
            found = True
            yield path
        elif Path(os.path.realpath(path)) not in leave_out:
            found = True
            yield from _file(path, limit)
    if not found:
        yield Reject(shown(top), "no_pages", "the folder holds no file that could be a page")


def _walk(top: str) -> Iterator[str | Reject]:
    """File paths below `top`, sorted; each real folder is entered once, so that links cannot loop."""
    seen: set[tuple[int, int]] = set()
    ahead = [top]
    while ahead:
        path = ahead.pop()
        if not os.path.isdir(path):
            yield path
            continue
        try:
            status = os.stat(path)
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                yield Reject(shown(path), "link_loop", "the link leads to a folder that was read already")
                continue
            seen.add(identity)
            names = sorted((entry.name for entry in os.scandir(path) if not hidden(entry.name)), reverse=True)
            ahead.extend(os.path.join(path, name) for name in names)
        except OSError as error:
            yield from_os_error(error, shown(path))


def _file(path: str, limit: int) -> Iterator[PageFile | Reject]:
    try:
        before = os.stat(path)
        if not stat.S_ISREG(before.st_mode):
            yield Reject(shown(path), "not_a_file", "it is a device, a pipe or a socket")
        elif containers.kind(path):
            yield from _members(path, limit)
        elif before.st_size > limit:
            yield Reject(shown(path), "too_large", containers.too_large(before.st_size, limit))
        else:
            yield _read(path, limit)
    except Rejected as error:
        yield error.at(shown(path))
    except OSError as error:
        yield from_os_error(error, shown(path))


def _read(path: str, limit: int) -> PageFile | Reject:
    with open(path, "rb") as file:
        before = os.fstat(file.fileno())
        data = file.read(limit + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        return Reject(shown(path), "changed", "the file was being written while it was read")
    return PageFile(shown(path), data)


def _members(path: str, limit: int) -> Iterator[PageFile | Reject]:
    found = False
    for member in containers.members(path, limit):
        if hidden(*member.name.split("/")):
            continue
        found = True
        name = f"{shown(path)}!{member.name}"
        if isinstance(member.content, Rejected):
            yield member.content.at(name)
        else:
            yield PageFile(name, member.content)
    if not found:
        yield Reject(shown(path), "no_pages", "the archive holds no file that could be a page")


def hidden(*names: str) -> bool:
    """Whether a file is the system's and not the user's: dot files, and what macOS adds to archives.

    >>> hidden(".DS_Store"), hidden("__MACOSX", "a.txt"), hidden("2024", "A05.txt")
    (True, True, False)
    """
    return any(name == "__MACOSX" or (name.startswith(".") and name not in (".", "..")) for name in names)


def shown(path: str) -> str:
    """A path as text that can be printed and stored: names that are not UTF-8 are read as GB18030 or escaped."""
    return containers.readable(os.fsencode(path))
