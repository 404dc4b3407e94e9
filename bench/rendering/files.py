"""A file of a rendered page: its path inside the format's folder and its bytes."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class File(NamedTuple):
    """What one export wrote."""

    path: str
    data: bytes


def write(files: Iterable[File], folder: Path) -> None:
    """All files below `folder`."""
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
