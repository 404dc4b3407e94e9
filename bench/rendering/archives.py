"""Rendered files packed as archives are handed over: a zip from a Windows desk, a tar compressed with zstd."""

import io
import tarfile
import zipfile
from collections.abc import Iterable

import zstandard

from bench.rendering.files import File

DAY = (2024, 6, 1, 8, 0, 0)


class _WindowsName(zipfile.ZipInfo):
    """A member whose name is written in GBK without the flag for UTF-8, as Windows' own packer does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def as_zip(files: Iterable[File], name: str) -> File:
    """A zip whose names are GBK, in a folder with a Chinese name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = _WindowsName(f"版面/{file.path}", DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, file.data)
    return File(f"{name}.zip", out.getvalue())


def as_tar_zst(files: Iterable[File], name: str) -> File:
    """A .tar.zst."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for file in files:
            member = tarfile.TarInfo(file.path)
            member.size = len(file.data)
            archive.addfile(member, io.BytesIO(file.data))
    return File(f"{name}.tar.zst", zstandard.ZstdCompressor(level=3).compress(out.getvalue()))
