"""Files that are either complete or not there: written beside their place, then moved into it."""

import contextlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self


class AtomicFile:
    """A binary file that gets its name when the block ends well, and never appears when it does not.

    The bytes go to a hidden temporary file in the same folder, are flushed to the disk, and renamed. A link is
    followed, so that the file it names is replaced and the link stays. What is no regular file (/dev/null, a pipe) is
    written directly. Missing folders are made.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))
        self._direct = self.path.exists() and not self.path.is_file()
        self._temporary: Path | None = None
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        if self._direct:
            self._file = self.path.open("wb")
            return self
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", suffix=".tmp", dir=self.path.parent)
        self._temporary = Path(name)
        self._file = os.fdopen(handle, "wb")
        return self

    def write(self, data: bytes) -> None:
        """Append `data`."""
        if self._file is None:
            raise ValueError(f"{self.path} is not open; write inside its with block")
        self._file.write(data)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._file is not None
        if self._temporary is None:
            self._file.close()
            return
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                os.chmod(self._temporary, 0o666 & ~_umask())
                os.replace(self._temporary, self.path)
                _sync_folder(self.path.parent)
        finally:
            try:
                self._file.close()  # on a full disk it fails too: what is left in memory finds no room
            finally:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self._temporary)


def _umask() -> int:
    # the mask can only be read by setting it
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders; there the rename alone has to do
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
