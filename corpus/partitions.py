"""Records in many files of bounded size, with a manifest: what a run has finished no later run does again.

    DIR/part-00000-9f2c51d07ab3.jsonl         records, JSON Lines; parts sorted by name are in the order of the inputs
    DIR/sources-00000-9f2c51d07ab3.jsonl      what an archive needs of their sources, beside the records
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
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus import manifest
from corpus.archive.packing import PageContent
from corpus.archive.writer_lock import LockedError, WriterLock
from corpus.manifest import Manifest, ManifestError
from corpus.origins import Origins
from corpus.output import OutputError
from corpus.part_forms import Form, check_installed
from corpus.part_names import KINDS, MANIFEST, NAME, name_of
from corpus.part_source import MadeBy, Origin
from corpus.partition import Ahead, Part, Writing, identity, sources_of
from corpus.rejects import Reject
from corpus.sources import PageFile

BYTES = 256 * 2**20
"""Bytes of sources after which a part ends, however few they are: they are held until it is known what is in it."""
PAUSE = 10.0
"""Seconds between two states of the manifest: what a killed run made after the last one is made again."""


class Partitions:
    """A folder of parts, for one run: `todo` takes the page files in, `add` what became of each that it lets through.

    `size`: the most sources of a part.
    """

    def __init__(self, folder: Path, size: int, made_by: MadeBy, form: Form = "jsonl") -> None:
        check_installed(form)
        self.folder = folder
        self._size, self._made_by, self._form = size, made_by, form
        self._origins = Origins()
        self._known, self._files = _known(folder), _files(folder)
        self._parts: list[Part] = []
        self._ahead: deque[Ahead] = deque()
        self._numbers = 0
        self._writing: Writing | None = None
        self._written = time.monotonic()
        self._lock = WriterLock(folder / "manifest", 0)
        self.kept: list[Part] = []

        self.records = folder / f"part-*.{form}"
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

    def known(self, path: str, status: os.stat_result) -> bool:
        """Hears of every file before it is read (corpus.sources.Known): parts say where their sources lie."""
        self._origins.begin(path)
        return False

    def todo(self, files: Iterable[PageFile | Reject]) -> Iterator[PageFile | Reject]:
        """Those of `files` whose part is not there yet, in their order."""
        for sources, origins in self._groups(files):
            number, inputs = self._numbers, self._digest(sources, origins)
            self._numbers += 1
            # two of the same inputs are two parts: what is kept once is not kept again
            known = self._known.pop(inputs, None)
            if known is not None and not known.again and self._is_there(known):
                self.kept.append(self._moved(known, number))
                self._parts.append(self.kept[-1])
            else:
                first, last = sources[0].path, sources[-1].path
                self._ahead.append(Ahead(number, inputs, first, last, len(sources), deque(origins)))
                yield from sources

    def add(
        self, records: bytes, leftovers: bytes, rejects: Sequence[Reject], pages: Sequence[PageContent] = ()
    ) -> None:
        """What became of the next source."""
        ahead = self._ahead[0]
        if self._writing is None:
            self._writing = Writing(self.folder, ahead, self._made_by, self._form)
        self._writing.add(records, leftovers, rejects, pages)
        if not ahead.waiting:
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

    def _groups(self, files: Iterable[PageFile | Reject]) -> Iterator[tuple[list[PageFile | Reject], list[Origin]]]:
        group: list[PageFile | Reject] = []
        origins: list[Origin] = []
        held, least, often = 0, self._size // 2, max(2, self._size // 4)
        for file in files:
            group.append(file)
            origins.append(self._origins.of(file))
            held += len(file.data) if isinstance(file, PageFile) else 0
            whole = len(group) >= self._size or held >= BYTES
            if whole or (len(group) >= least and _number_of(file.path) % often == 0):
                yield group, origins
                group, origins, held = [], [], 0
        if group:
            yield group, origins

    def _digest(self, sources: Sequence[PageFile | Reject], origins: Sequence[Origin]) -> str:
        digest = hashlib.sha256(repr((self._made_by, self._form)).encode())
        for each, origin in zip(sources, origins, strict=True):
            told = (
                (each.path, origin.sha256, each.format, each.encoding, repr(each.issue))
                if isinstance(each, PageFile)
                else (each.path, each.reason, each.message)
            )
            digest.update(repr(told).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()

    def _is_there(self, part: Part) -> bool:
        try:
            return (self.folder / part.name).stat().st_size == part.bytes and (
                self.folder / sources_of(part)
            ).stat().st_size == part.sources_bytes
        except OSError:
            return False

    def _moved(self, part: Part, number: int) -> Part:
        """The part under its number of today, with what lies beside it."""
        name = name_of("part", number, part.inputs, self._form)
        # the records move last: whoever is killed before finds the part where it was
        for kind in reversed(KINDS):
            before, after = self._files.get((kind, part.inputs[:12])), name_of(kind, number, part.inputs, self._form)
            if before and before != after:
                os.replace(self.folder / before, self.folder / after)
        return replace(part, name=name)

    def _write_manifest(self, complete: bool) -> None:
        parts = sorted(self._parts, key=lambda part: part.name)
        if not complete:
            # what this run has not come to yet is still good
            met = {part.inputs for part in parts}
            parts += [part for part in self._known.values() if part.inputs not in met and self._is_there(part)]
        Manifest(complete, self._made_by.version, tuple(parts)).write(self.folder)
        self._written = time.monotonic()

    def _remove_others(self) -> None:
        """Parts of what is not among the inputs any more, or was made by another version."""
        present = {name_of(kind, *identity(part), self._form) for kind in KINDS for part in self._parts}
        for name in os.listdir(self.folder):
            if NAME.fullmatch(name) and name not in present:
                (self.folder / name).unlink()


def _number_of(path: str) -> int:
    return int.from_bytes(hashlib.sha256(path.encode("utf-8", "backslashreplace")).digest()[:4], "big")


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
        parts = manifest.read(folder).parts
    except FileNotFoundError:
        others = set(os.listdir(folder)) - set(files.values()) if folder.exists() else set()
        if strange := sorted(name for name in others if not name.startswith((".", "manifest"))):
            raise OutputError(f"{folder} holds something other than parts ({strange[0]}); name a new folder") from None
        return {}
    except ManifestError as error:
        raise OutputError(f"{folder / MANIFEST} cannot be read ({error}); remove it to make all parts anew") from error
    # a run that was killed may have given a part another number since
    return {part.inputs: replace(part, name=files.get(("part", part.inputs[:12]), part.name)) for part in parts}
