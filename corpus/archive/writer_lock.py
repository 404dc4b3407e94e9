"""One writer at a time, for a whole run and not only for a transaction of it.

The lock is the operating system's, on a file beside the archive, so that it is gone with the process that held it,
however that ended. (The archive itself cannot be locked: closing a second handle on it would drop SQLite's own locks.)
"""

import contextlib
import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

PAUSE = 0.1
"""Seconds between two tries."""


class LockedError(RuntimeError):
    """Another process is writing; the message is who."""


class WriterLock:
    """Held from `with` to the end of the block. OSError where no file can be made beside the archive."""

    def __init__(self, archive: Path, wait: float) -> None:
        self.path = Path(f"{archive}-lock")
        self._wait = wait
        self._handle = -1

    def __enter__(self) -> Self:
        until = time.monotonic() + self._wait
        while not self._take():
            if time.monotonic() >= until:
                raise LockedError(self._holder())
            time.sleep(min(PAUSE, self._wait))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # Windows removes no open file; an empty one does no harm
            os.unlink(self.path)
        os.close(self._handle)

    def _take(self) -> bool:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(handle)
            # whoever held it may have removed the file between our opening and our locking it
            if os.fstat(handle).st_ino != os.stat(self.path).st_ino:
                raise FileNotFoundError
        except OSError as error:
            os.close(handle)
            if isinstance(error, BlockingIOError | PermissionError | FileNotFoundError):
                return False
            raise
        os.truncate(handle, 0)
        os.write(handle, f"process {os.getpid()}".encode())
        self._handle = handle
        return True

    def _holder(self) -> str:
        try:
            return self.path.read_text("utf-8") or "another process"
        except OSError:
            return "another process"


def _lock(handle: int) -> None:
    """Take the lock or raise BlockingIOError or PermissionError at once."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
