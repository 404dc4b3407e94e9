"""Records in many files of bounded size, with a manifest: what a run has finished no later run does again.

    DIR/part-00000-9f2c51d07ab3.jsonl         records, JSON Lines; parts sorted by name are in the order of the inputs
    DIR/leftovers-00000-9f2c51d07ab3.jsonl    what of these pages is in no article
    DIR/rejects-00000-9f2c51d07ab3.jsonl      what of them could not be read, where there is such
    DIR/manifest.json                         what is in the parts, see docs/scale.md

The second part of a name is a digest of what the part is made of: the extractor's version, its settings, and the path
and content of every source. So a part whose name is there need not be made, wherever among the others it stands now.
Where one part ends and the next begins is decided by the paths themselves, so that a source more at the beginning
changes a part or two and not all that follow.
"""

import hashlib
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.archive.writer_lock import LockedError, WriterLock
from corpus.atomic import AtomicFile
from corpus.output import OutputError
from corpus.partition import KINDS, NAME, Ahead, Part, Writing, name_of
from corpus.records import from_json, to_json
from corpus.rejects import Reject
from corpus.sources import PageFile

SCHEMA = "manifest/1"
MANIFEST = "manifest.json"
BYTES = 256 * 2**20
"""Bytes of sources after which a part ends, however few they are: they are held until it is known what is in it."""
PAUSE = 10.0
"""Seconds between two states of the manifest: what a killed run made after the last one is made again."""


class Partitions:
    """A folder of parts, for one run: `todo` takes the page files in, `add` what became of each that it lets through.

    `made_by`: the extractor's version and settings as one string; `size`: the most sources of a part.
    """

    def __init__(self, folder: Path, size: int, made_by: str, version: str) -> None:
        self.folder = folder
        self._size, self._made_by, self._version = size, made_by, version
        self._known, self._files = _known(folder), _files(folder)
        self._parts: list[Part] = []
        self._ahead: deque[Ahead] = deque()
        self._numbers = 0
        self._writing: Writing | None = None
        self._written = time.monotonic()
        self._lock = WriterLock(folder / "manifest", 0)
        self.kept: list[Part] = []

        self.records = folder / "part-*.jsonl"
        self.leftovers = folder / "leftovers-*.jsonl"
        self.rejects = folder / "rejects-*.jsonl"

    @property
    def made(self) -> int:
        """Parts that this run has made."""
        return len(self._parts) - len(self.kept)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.__enter__()
        except LockedError as error:
            raise OutputError(f"{self.folder} is being written by another run ({error})") from error
        # another run may have ended since
        self._known, self._files = _known(self.folder), _files(self.folder)
        return self

    def todo(self, files: Iterable[PageFile | Reject]) -> Iterator[PageFile | Reject]:
        """Those of `files` whose part is not there yet, in their order."""
        for sources in self._groups(files):
            number, inputs = self._numbers, self._digest(sources)
            self._numbers += 1
            # two of the same inputs are two parts: what is kept once is not kept again
            known = self._known.pop(inputs, None)
            if known is not None and not known.again and self._is_there(known):
                self.kept.append(self._moved(known, number))
                self._parts.append(self.kept[-1])
            else:
                self._ahead.append(Ahead(number, inputs, sources[0].path, sources[-1].path, len(sources), len(sources)))
                yield from sources

    def add(self, records: bytes, leftovers: bytes, rejects: Sequence[Reject]) -> None:
        """What became of the next source."""
        ahead = self._ahead[0]
        if self._writing is None:
            self._writing = Writing(self.folder, ahead)
        self._writing.add(records, leftovers, rejects)
        ahead.left -= 1
        if ahead.left == 0:
            self._parts.append(self._writing.close())
            self._writing = None
            self._ahead.popleft()
            if time.monotonic() - self._written > PAUSE:
                self._write_manifest(complete=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._writing is not None:
                self._writing.give_up()
            self._write_manifest(complete=kind is None)
            if kind is None:
                self._remove_others()
        finally:
            self._lock.__exit__(kind, error, trace)

    def _groups(self, files: Iterable[PageFile | Reject]) -> Iterator[list[PageFile | Reject]]:
        group: list[PageFile | Reject] = []
        held, least, often = 0, self._size // 2, max(2, self._size // 4)
        for file in files:
            group.append(file)
            held += len(file.data) if isinstance(file, PageFile) else 0
            whole = len(group) >= self._size or held >= BYTES
            if whole or (len(group) >= least and _number_of(file.path) % often == 0):
                yield group
                group, held = [], 0
        if group:
            yield group

    def _digest(self, sources: Sequence[PageFile | Reject]) -> str:
        digest = hashlib.sha256(self._made_by.encode())
        for each in sources:
            told = (
                (each.path, hashlib.sha256(each.data).hexdigest(), each.format, each.encoding, repr(each.issue))
                if isinstance(each, PageFile)
                else (each.path, each.reason, each.message)
            )
            digest.update(repr(told).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()

    def _is_there(self, part: Part) -> bool:
        try:
            return (self.folder / part.name).stat().st_size == part.bytes
        except OSError:
            return False

    def _moved(self, part: Part, number: int) -> Part:
        """The part under its number of today, with what lies beside it."""
        name = name_of("part", number, part.inputs)
        # the records move last: whoever is killed before finds the part where it was
        for kind in reversed(KINDS):
            before, after = self._files.get((kind, part.inputs[:12])), name_of(kind, number, part.inputs)
            if before and before != after:
                os.replace(self.folder / before, self.folder / after)
        return replace(part, name=name)

    def _write_manifest(self, complete: bool) -> None:
        parts = sorted(self._parts, key=lambda part: part.name)
        if not complete:
            # what this run has not come to yet is still good
            met = {part.inputs for part in parts}
            parts += [part for part in self._known.values() if part.inputs not in met and self._is_there(part)]
        values = {
            "schema": SCHEMA,
            "complete": complete,
            "version": self._version,
            "records": sum(part.records for part in parts),
            "parts": [asdict(part) for part in parts],
        }
        with AtomicFile(self.folder / MANIFEST) as file:
            file.write(to_json(values) + b"\n")
        self._written = time.monotonic()

    def _remove_others(self) -> None:
        """Parts of what is not among the inputs any more, or was made by another version."""
        present = {name_of(kind, *_identity(part)) for kind in KINDS for part in self._parts}
        for name in os.listdir(self.folder):
            if NAME.fullmatch(name) and name not in present:
                (self.folder / name).unlink()


def _number_of(path: str) -> int:
    return int.from_bytes(hashlib.sha256(path.encode("utf-8", "backslashreplace")).digest()[:4], "big")


def _identity(part: Part) -> tuple[int, str]:
    named = NAME.fullmatch(part.name)
    return int(named[2]) if named else 0, part.inputs


def _files(folder: Path) -> dict[tuple[str, str], str]:
    """Names of the files of parts by kind and digest."""
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    return {(named[1], named[3]): name for name in names if (named := NAME.fullmatch(name))}


def _known(folder: Path) -> dict[str, Part]:
    """The parts of earlier runs by their inputs; OutputError where the folder holds something else."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; with --partition-size name a folder")
    files = _files(folder)
    try:
        values: dict[str, Any] = from_json((folder / MANIFEST).read_bytes())
        if values["schema"] != SCHEMA:
            raise ValueError(f"it is {values['schema']}")
        parts = [Part(**each) for each in values["parts"]]
    except FileNotFoundError:
        others = set(os.listdir(folder)) - set(files.values()) if folder.exists() else set()
        if strange := sorted(name for name in others if not name.startswith((".", "manifest"))):
            raise OutputError(f"{folder} holds something other than parts ({strange[0]}); name a new folder") from None
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{folder / MANIFEST} cannot be read ({error}); remove it to make all parts anew") from error
    # a run that was killed may have given a part another number since
    return {part.inputs: replace(part, name=files.get(("part", part.inputs[:12]), part.name)) for part in parts}
