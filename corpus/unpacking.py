"""Packed streams read forward in small pieces: what they unpack to is counted while it is read, and bounded."""

import bz2
import errno
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from typing import IO, Any, BinaryIO

import zstandard

from corpus.limits import megabytes
from corpus.rejects import Rejected

MOST_RATIO = 200
"""Text packs to a third or a tenth of its size, at most to a fiftieth; a bomb to a thousandth."""
FREE_BYTES = 64 * 2**20
"""An archive may unpack to this much whatever its ratio."""
MOST_WINDOW = 2**27
"""Bytes that a .zst may make the reader remember: what `zstd --long` asks for; `--ultra --long=31` asks for 2 GB."""

BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, zstandard.ZstdError, struct.error, EOFError,
    NotImplementedError, ValueError, OverflowError, LookupError, TypeError, RecursionError, MemoryError,
)  # fmt: skip
"""What libraries raise over bytes that are no archive; an OSError without a number is another (see `broken`)."""


class Budget:
    """How much an archive, with all archives inside it, may unpack to: one for all of them."""

    def __init__(self, packed: int | None) -> None:
        """`packed`: the archive's size; None where it is a stream, whose size is what was read of it so far."""
        self.known = packed is not None
        self.packed = packed or 0
        self.unpacked = 0

    @property
    def most(self) -> int:
        """Bytes that it may unpack to."""
        return max(FREE_BYTES, MOST_RATIO * self.packed)

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked; Rejected where they are too many."""
        self.unpacked += count
        if self.unpacked > self.most:
            raise self.bomb(self.unpacked)

    def declare(self, count: int) -> None:
        """Look at bytes that are said to come; Rejected where they are too many."""
        if self.known and self.unpacked + count > self.most:
            raise self.bomb(self.unpacked + count)

    def bomb(self, count: int) -> Rejected:
        """What is wrong with an archive that unpacks to `count` bytes."""
        return Rejected("archive_bomb", f"{megabytes(self.packed)} unpack to {megabytes(count)} and more")


class Forward(io.RawIOBase):
    """A stream that is read in pieces, each through `piece`, and never back."""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some of the bytes."""
        part = self.piece(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def piece(self, size: int) -> bytes:
        """Up to `size` of the next bytes; none at the end."""
        raise NotImplementedError

    def buffered(self) -> BinaryIO:
        """The stream as libraries expect one."""
        return io.BufferedReader(self)


class Ahead(Forward):
    """A stream of which the beginning was read already and is given again."""

    def __init__(self, head: bytes, rest: BinaryIO, budget: Budget | None = None) -> None:
        """`budget`: where the size of what is packed is not known, what is read here counts as it."""
        super().__init__()
        self._head, self._rest, self._budget = head, rest, budget

    def piece(self, size: int) -> bytes:
        """First of the beginning, then of the rest."""
        part, self._head = self._head[:size], self._head[size:]
        part = part or self._rest.read(size)
        if self._budget and not self._budget.known:
            self._budget.packed += len(part)
        return part


class Member(Forward):
    """One file of an archive: what it unpacks to is counted, and what is wrong with it is Rejected by name."""

    def __init__(self, content: IO[bytes], budget: Budget | None) -> None:
        """`budget` None: it is counted elsewhere."""
        super().__init__()
        self._content, self._budget = content, budget

    def piece(self, size: int) -> bytes:
        """Up to `size` bytes; Rejected where they cannot be unpacked or are too many."""
        try:
            part = self._content.read(size)
        except (*BROKEN, OSError) as error:
            raise broken(error, "the file cannot be unpacked") from error
        if self._budget:
            self._budget.spend(len(part))
        return part


class Guarded(Forward):
    """What a tar is unpacked to: counted, never more than `until` bytes, never read long beyond its end.

    tarfile reads a header of any size that one declares, and skips to any place that one names.
    """

    def __init__(self, content: BinaryIO, budget: Budget, until: int) -> None:
        super().__init__()
        self._content, self._budget = content, budget
        self.until = until
        self._at = 0
        self._ends = 0

    def piece(self, size: int) -> bytes:
        """Up to `size` bytes; EOFError or ValueError where the archive leads nowhere, Rejected where it is a bomb."""
        part = self._content.read(size)
        self._at += len(part)
        self._ends += not part
        if self._ends > MOST_ENDS:
            raise EOFError("cut off")
        if self._at > self.until:
            raise ValueError("a header of unbelievable size")
        self._budget.spend(len(part))
        return part


MOST_ENDS = 100
"""How often one may read at the end of a stream before it is taken for skipping into nowhere."""


def unpacked(file: BinaryIO) -> BinaryIO:
    """What `file` unpacks to, by how it begins: gzip, bzip2, xz, zstd, or as it is."""
    head = file.read(6)
    whole = Ahead(head, file).buffered()
    stream: Any = whole
    if head.startswith(b"\x1f\x8b"):
        stream = gzip.GzipFile(fileobj=whole)
    elif head.startswith(b"BZh"):
        stream = bz2.BZ2File(whole)
    elif head.startswith(b"\xfd7zXZ\0"):
        stream = lzma.LZMAFile(whole)  # noqa: SIM115 - the caller reads it
    elif head.startswith(b"\x28\xb5\x2f\xfd"):
        decompressor = zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW)
        stream = decompressor.stream_reader(whole, read_across_frames=True)
    opened: BinaryIO = stream
    return opened


def broken(error: BaseException, what: str) -> Rejected:
    """The reject for what a library raised; an error of the system's own is raised again.

    A place before the beginning, which an archive may name, is the system's word too (EINVAL).
    """
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
        raise error
    return Rejected("broken_archive", f"{what} ({error or 'cut off'})")
