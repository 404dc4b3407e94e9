"""Archives as streams of members. Sizes are checked as declared and as read, so that a bomb costs nothing.

Names inside an archive are labels: nothing is written to disk, so `../../etc/passwd` is only an odd name.
"""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpus.rejects import Rejected

ZIP = (".zip",)
TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

MOST_RATIO = 200
"""Text packs to a third or a tenth of its size, at most to a fiftieth; a bomb to a thousandth."""
FREE_BYTES = 64 * 2**20
"""An archive may unpack to this much whatever its ratio."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its bytes, or why they cannot be had."""

    name: str
    content: bytes | Rejected


def kind(path: str) -> str | None:
    """Which archive a name promises.

    >>> kind("2024-03.ZIP"), kind("march.tar.gz"), kind("page.txt")
    ('zip', 'tar', None)
    """
    name = path.lower()
    return "zip" if name.endswith(ZIP) else "tar" if name.endswith(TAR) else None


def count(path: str) -> int | None:
    """How many files an archive has, 1 for any other file; None for a tar, which would have to be read through."""
    if kind(path) == "tar":
        return None
    if kind(path) is None:
        return 1
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(not info.is_dir() for info in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return 1


def members(path: str, limit: int) -> Iterator[Member]:
    """The files of the archive at `path`: a zip's sorted by name, a tar's as they come (it can only be read forward).

    Raises Rejected where the archive as a whole cannot be read, OSError where its file cannot.
    """
    try:
        yield from (_zip(path, limit) if kind(path) == "zip" else _tar(path, limit))
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Rejected("broken_archive", f"the archive cannot be read to its end ({error or 'cut off'})") from error


def _zip(path: str, limit: int) -> Iterator[Member]:
    with open(path, "rb") as file, zipfile.ZipFile(file) as archive:
        packed = file.seek(0, 2)
        entries = sorted((member_name(info), at, info) for at, info in enumerate(archive.infolist()))
        declared = sum(info.file_size for _, _, info in entries)
        if declared > max(FREE_BYTES, MOST_RATIO * packed):
            raise Rejected("archive_bomb", f"{_megabytes(packed)} claim to unpack to {_megabytes(declared)}")
        for name, _, info in entries:
            if not info.is_dir():
                yield Member(name, _zip_content(archive, info, limit))


def _zip_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | Rejected:
    if info.flag_bits & 0x1:
        return Rejected("encrypted", "the file is encrypted")
    if kind(info.filename):
        return Rejected("nested_archive", "it is an archive inside an archive")
    if info.file_size > limit:
        return Rejected("too_large", too_large(info.file_size, limit))
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        return Rejected("broken_archive", f"the file cannot be unpacked ({error or 'cut off'})")
    return data if len(data) <= limit else Rejected("too_large", too_large(len(data), limit))


def _tar(path: str, limit: int) -> Iterator[Member]:
    with open(path, "rb") as file:
        packed = file.seek(0, 2)
        file.seek(0)
        unpacked = 0
        with _opened_tar(file) as archive:
            for info in archive:
                unpacked += info.size
                if unpacked > max(FREE_BYTES, MOST_RATIO * packed):
                    raise Rejected(
                        "archive_bomb", f"{_megabytes(packed)} claim to unpack to {_megabytes(unpacked)} and more"
                    )
                if not info.isdir():
                    name = readable(info.name.encode("utf-8", "surrogateescape"))
                    yield Member(name, _tar_content(archive, info, limit))


def _opened_tar(file: BinaryIO) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r|*", encoding="utf-8", errors="surrogateescape")
    except TypeError as error:  # what tarfile makes of a gzip header that breaks off
        raise tarfile.ReadError("cut off") from error


def _tar_content(archive: tarfile.TarFile, info: tarfile.TarInfo, limit: int) -> bytes | Rejected:
    if not info.isreg():
        return Rejected("not_a_file", "it is a link or a device inside an archive")
    if kind(info.name):
        return Rejected("nested_archive", "it is an archive inside an archive")
    if info.size > limit:
        return Rejected("too_large", too_large(info.size, limit))
    content = archive.extractfile(info)
    assert content is not None
    return content.read()


def too_large(count: int, limit: int) -> str:
    """What is wrong with a file of `count` bytes where a page may have `limit`.

    >>> too_large(52_428_800, 8_388_608)
    '50.0 MB are more than a page may have (8.0 MB)'
    """
    return f"{_megabytes(count)} are more than a page may have ({_megabytes(limit)})"


def _megabytes(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 100_000 else f"{count} bytes"


def member_name(info: zipfile.ZipInfo) -> str:
    """A zip member's name. Chinese Windows writes GBK without saying so, which Python shows as `╥╗╘┬`."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return readable(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def readable(name: bytes) -> str:
    """A file's name as text; Chinese Windows writes GBK where others write UTF-8.

    >>> readable("第3版.txt".encode("gbk"))  # page 3
    '第3版.txt'
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "backslashreplace")
