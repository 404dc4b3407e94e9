"""The corrections file: one correction a line, beside the archive, written by `correct` and by hand.

What is in it is never lost: a line that cannot be read is named and stays, and a change of the file is written beside
it and renamed, by one process at a time.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.archive.writer_lock import LockedError, WriterLock
from corpus.atomic import AtomicFile
from corpus.corrections.correction import Correction, CorrectionError
from corpus.corrections.kinds import parse
from corpus.naming import printable, shown
from corpus.records import from_json

SUFFIX = ".corrections.jsonl"
LARGEST = 256 * 2**20
"""Bytes of the file."""
WAIT = 10.0
"""Seconds that a change waits for another one."""
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number from 1, its bytes, and its correction or what is wrong with it."""

    number: int
    data: bytes
    correction: Correction | None = None
    problem: str | None = None


def path_of(archive: Path) -> Path:
    """Where the corrections of an archive lie.

    >>> path_of(Path("papers.db")).name
    'papers.db.corrections.jsonl'
    """
    real = os.path.realpath(archive)
    return Path(f"{real}{SUFFIX}")


def read(path: Path) -> tuple[Line, ...]:
    """The lines that say something; none where there is no file. CorrectionError where it cannot be read at all."""
    try:
        if path.stat().st_size > LARGEST:
            raise CorrectionError(f"{_name(path)} has more than {LARGEST >> 20} MB; that is no corrections file")
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise CorrectionError(
            f"{_name(path)} cannot be read ({error.strerror}); give yourself permission, or move it away"
        ) from error
    lines = []
    seen: dict[str, int] = {}
    for number, line in enumerate(data.removeprefix(BOM).split(b"\n"), 1):
        if line.strip():
            lines.append(_line(number, line, seen))
    return tuple(lines)


def _line(number: int, data: bytes, seen: dict[str, int]) -> Line:
    try:
        correction = parse(from_json(data))
    except CorrectionError as error:
        return Line(number, data, problem=str(error))
    except (ValueError, RecursionError) as error:
        return Line(number, data, problem=f"it is no JSON ({printable(str(error))})")
    if correction.id in seen:
        return Line(number, data, problem=f"its id {correction.id} is that of line {seen[correction.id]} already")
    seen[correction.id] = number
    return Line(number, data, correction)


def append(path: Path, corrections: Sequence[Correction]) -> None:
    """Add lines at the end. CorrectionError where the file cannot be written; then it is as it was."""
    alter(path, corrections)


def remove(path: Path, correction_id: str) -> None:
    """Take the line of a correction out; every other byte stays as it is. CorrectionError where there is none."""
    alter(path, (), correction_id)


def alter(path: Path, added: Sequence[Correction], removed: str | None = None) -> None:
    """Take one line out and add others at the end, in one step; CorrectionError as above."""
    lines = b"".join(correction.line() for correction in added)

    def change(data: bytes) -> bytes:
        data = data if removed is None else _without(path, data, removed)
        return data + (b"\n" if lines and data and not data.endswith(b"\n") else b"") + lines

    _changed(path, change)


def _without(path: Path, data: bytes, correction_id: str) -> bytes:
    numbers = {line.number for line in read(path) if line.correction and line.correction.id == correction_id}
    if not numbers:
        raise CorrectionError(f"{_name(path)} has no correction {printable(correction_id)}")
    head = BOM if data.startswith(BOM) else b""
    lines = data.removeprefix(BOM).split(b"\n")
    return head + b"\n".join(line for number, line in enumerate(lines, 1) if number not in numbers)


def _changed(path: Path, change: Callable[[bytes], bytes]) -> None:
    try:
        with WriterLock(path, WAIT):
            data = path.read_bytes() if path.exists() else b""
            with AtomicFile(path) as file:
                file.write(change(data))
    except LockedError as error:
        raise CorrectionError(f"{_name(path)} is being changed by {error}; try again") from error
    except OSError as error:
        raise CorrectionError(
            f"{_name(path)} cannot be written ({error.strerror}) and is as it was; give yourself permission for it and "
            "its folder, or free space on the disk"
        ) from error


def _name(path: Path) -> str:
    return shown(str(path))
