"""The METS files that lie above a page while it is read: met before it, forgotten when their folder is left."""

import posixpath
from collections.abc import Iterable
from typing import BinaryIO

from corpus.issues import IssuePage, Issues, could_describe
from corpus.limits import most
from corpus.rejects import Rejected

SIGN = b"mets"
LOOKED_AT = 2000
"""Bytes of a file in which it says that it is METS."""
MOST_AT_ONCE = 500
"""METS files of one folder or archive; what further ones say is not heard, so that memory stays bounded."""


class Described:
    """What is known of the files of the folders that one is in, from their METS."""

    def __init__(self) -> None:
        self._folders: list[tuple[str, Issues]] = []
        self._count = 0

    def offer(self, path: str, file: BinaryIO, limit: int) -> None:
        """Take in the file at `path` if it is METS; what cannot be read says nothing here, and is named in its turn."""
        if not could_describe(path) or self._count >= MOST_AT_ONCE:
            return
        try:
            head = file.read(LOOKED_AT)
            if SIGN in head.lower():
                allowed = most(head, limit)
                self.add(path, head + file.read(allowed - len(head)))
        except (Rejected, OSError):
            return

    def add(self, path: str, data: bytes) -> None:
        """Take in the METS file at `path`."""
        folder = posixpath.dirname(path.replace("\\", "/"))
        self._leave(path)
        if not self._folders or self._folders[-1][0] != folder:
            self._folders.append((folder, Issues()))
        self._folders[-1][1].add(path, data)
        self._count += 1

    def page(self, path: str) -> IssuePage | None:
        """What the METS in its folder, or in one above, says of the file at `path`."""
        if not self._folders:
            return None
        self._leave(path)
        found = (issues.page(path) for _, issues in reversed(self._folders))
        return next((page for page in found if page), None)

    def _leave(self, path: str) -> None:
        path = path.replace("\\", "/")
        while self._folders and self._folders[-1][0] and not path.startswith(f"{self._folders[-1][0]}/"):
            self._folders.pop()
            self._count = 0


def worth_a_look(names: Iterable[str]) -> list[str]:
    """The files of an archive that may be METS: named so, or in its uppermost folder that holds XML."""
    candidates = [name for name in names if could_describe(name)]
    uppermost = min((name.count("/") for name in candidates), default=0)
    return [name for name in candidates if SIGN.decode() in name.lower() or name.count("/") == uppermost]
