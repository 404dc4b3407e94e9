"""Archives as streams of members. Sizes are checked as declared and as read, so that a bomb costs nothing.

Names inside an archive are labels: nothing is written to disk, so `../../etc/passwd` is only an odd name.
"""

import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from corpus import unpacking
from corpus.limits import megabytes, too_large
from corpus.naming import member_name, readable
from corpus.rejects import Rejected
from corpus.unpacking import Budget

__all__ = ["Member", "count", "kind", "kind_of_bytes", "members", "too_large"]

ZIP = (".zip",)
TAR = (
    ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".tar.zst", ".tzst",
)  # fmt: skip
MOST_DIRECTORY = 16 * 2**20
"""Bytes of a zip's table of contents, which is held in memory: about 200,000 files."""
MOST_HEADERS = 2**20
"""Bytes that may stand between two files of a tar."""
_TAIL = 22 + 65535 + 76  # the end of a zip with the longest comment, and what stands before it in a large one


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. `size` is what the archive declares; `open` gives its bytes as a stream that holds until
    the next member is asked for, or raises Rejected."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


def kind(path: str) -> str | None:
    """Which archive a name promises.

    >>> kind("2024-03.ZIP"), kind("march.tar.gz"), kind("page.txt")
    ('zip', 'tar', None)
    """
    name = path.lower()
    return "zip" if name.endswith(ZIP) else "tar" if name.endswith(TAR) else None


def kind_of_bytes(head: bytes) -> str | None:
    """Which archive the bytes are that begin with `head`; what is packed is taken for a tar."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    packed = head.startswith((b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")) or (
        head.startswith(b"BZh") and b"\0" in head
    )
    return "tar" if packed or head[257:262] == b"ustar" else None


def count(path: str) -> int | None:
    """How many files an archive has, 1 for any other file; None for a tar, which would have to be read through."""
    if kind(path) == "tar":
        return None
    if kind(path) is None:
        return 1
    try:
        with open(path, "rb") as file:
            _refuse_a_long_directory(file)
            with zipfile.ZipFile(file) as archive:
                return sum(not info.is_dir() for info in archive.infolist())
    except (*unpacking.BROKEN, OSError, Rejected):
        return 1


def members(file: BinaryIO, form: str, budget: Budget) -> Iterator[Member]:
    """The files of the archive in `file`: a zip's sorted by name, a tar's as they come (it can only be read forward).

    A zip must be seekable. Raises Rejected where the archive as a whole cannot be read, OSError where its file cannot.
    """
    try:
        yield from (_zip(file, budget) if form == "zip" else _tar(file, budget))
    except (*unpacking.BROKEN, OSError) as error:
        raise unpacking.broken(error, "the archive cannot be read to its end") from error


def _zip(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    _refuse_a_long_directory(file)
    with zipfile.ZipFile(file) as archive:
        entries = sorted((member_name(info), at, info) for at, info in enumerate(archive.infolist()))
        budget.declare(sum(info.file_size for _, _, info in entries))
        for name, _, info in entries:
            if not info.is_dir():
                budget.spend(0)
                yield Member(name, info.file_size, partial(_zip_content, archive, info, budget))


def _zip_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
    if info.flag_bits & 0x1:
        raise Rejected("encrypted", "the file is encrypted")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise Rejected("not_a_file", "it is a link or a device inside an archive")
    try:
        content = archive.open(info)
    except (*unpacking.BROKEN, OSError, RuntimeError) as error:
        raise unpacking.broken(error, "the file cannot be unpacked") from error
    return unpacking.Member(content, budget).buffered()


def _refuse_a_long_directory(file: BinaryIO) -> None:
    """zipfile holds the whole table of contents in memory, whatever its size."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    size = struct.unpack_from("<L", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
    large = tail.rfind(b"PK\x06\x06")
    if size == 0xFFFFFFFF and 0 <= large <= len(tail) - 56:
        size = struct.unpack_from("<Q", tail, large + 40)[0]
    if min(size, end) > MOST_DIRECTORY:
        raise Rejected("too_many_files", f"its table of contents alone has {megabytes(min(size, end))}")


def _tar(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    guarded = unpacking.Guarded(unpacking.unpacked(file), budget, MOST_HEADERS)
    with tarfile.open(fileobj=guarded, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps every header that it has read
            if info.size < 0:
                raise ValueError("a file of negative size")
            budget.declare(info.size)
            guarded.until = info.offset_data + info.size + MOST_HEADERS
            if not info.isdir():
                name = readable(info.name.encode("utf-8", "surrogateescape"))
                yield Member(name, info.size, partial(_tar_content, archive, info))


def _tar_content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    if not info.isreg() or info.issparse():
        raise Rejected("not_a_file", "it is a link, a device or a file with holes inside an archive")
    content = archive.extractfile(info)
    assert content is not None
    return unpacking.Member(content, None).buffered()
