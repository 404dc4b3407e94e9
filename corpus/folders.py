"""Folders on the disk: the files below them, and files opened without waiting."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator

from corpus.described import Described
from corpus.issues import could_describe
from corpus.naming import hidden, shown
from corpus.rejects import Reject, from_os_error


def look_ahead(described: Described, limit: int, folder: str, names: Iterable[str]) -> None:
    """Read the METS files of a folder before its other files."""
    for name in filter(could_describe, names):
        path = os.path.join(folder, name)
        with contextlib.suppress(OSError), open(path, "rb", opener=at_once) as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                described.offer(shown(path), file, limit)


def walk(top: str, entered: Callable[[str, Iterable[str]], None] | None = None) -> Iterator[str | Reject]:
    """File paths below `top`, sorted; each real folder is entered once, so that links cannot loop.

    `entered` is told each folder and the names in it.
    """
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
            if entered:
                entered(path, reversed(names))
            ahead.extend(os.path.join(path, name) for name in names)
        except OSError as error:
            yield from_os_error(error, shown(path))


def at_once(path: str, flags: int) -> int:
    """Open without waiting: what is a file now may be a pipe a moment later."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
