"""One part of a partitioned output: its records, and beside them its sources, leftovers and rejects."""

from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from corpus import part_source
from corpus.archive.packing import PageContent
from corpus.atomic import AtomicFile
from corpus.naming import shown
from corpus.part_forms import Form, JsonLines, writer
from corpus.part_names import KINDS, NAME, name_of
from corpus.part_source import MadeBy, Origin
from corpus.records import from_json, reject_line
from corpus.rejects import Reject

TRANSIENT = ("no_permission", "read_error", "changed", "worker_died")
"""Rejects that say nothing of the content: a part with one is made again by the next run."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part, as the manifest has it. `inputs`: digest of what it is made of; `bytes` and `sha256` of its records,
    and of its sources; `first` and `last`: the paths it goes from and to; `again`: whether it holds rejects that may
    pass.
    """

    name: str
    inputs: str
    sources: int
    first: str
    last: str
    records: int
    bytes: int
    sha256: str
    sources_bytes: int
    sources_sha256: str
    leftovers: int
    rejects: int
    again: bool = False


@dataclass(slots=True)
class Ahead:
    """A part that is being made, and where the inputs lie whose outcomes it waits for."""

    number: int
    inputs: str
    first: str
    last: str
    sources: int
    waiting: deque[Origin]


class Writing:
    """The files of one part while it is made; they appear when it is whole, its records last."""

    def __init__(self, folder: Path, ahead: Ahead, made_by: MadeBy, form: Form = "jsonl") -> None:
        self._ahead, self._made_by, self._stack = ahead, made_by, ExitStack()
        self._folder, self._form = folder, form
        self._files: dict[str, AtomicFile] = {}
        for kind in KINDS[:-1]:
            self._open(kind)
        self._records = writer(form, self._files["part"])
        self._sources = JsonLines(self._files["sources"])
        self._lines = dict.fromkeys(KINDS, 0)
        self._again = False

    def _open(self, kind: str) -> None:
        # what is entered first is named last
        path = self._folder / name_of(kind, self._ahead.number, self._ahead.inputs, self._form)
        self._files[kind] = self._stack.enter_context(AtomicFile(path))

    def add(
        self, records: bytes, leftovers: bytes, rejects: Sequence[Reject], pages: Sequence[PageContent] = ()
    ) -> None:
        """Append the lines of the next source."""
        self._again = self._again or any(reject.reason in TRANSIENT for reject in rejects)
        source = part_source.of(self._ahead.waiting.popleft(), self._made_by, pages, rejects).line()
        for kind, lines in zip(KINDS, (records, source, leftovers, _lines(rejects)), strict=True):
            if lines and kind not in self._files:
                self._open(kind)
            if lines:
                told = {"part": self._records, "sources": self._sources}.get(kind, self._files[kind])
                told.write(lines)
                self._lines[kind] += lines.count(b"\n")

    def close(self) -> Part:
        """Give the files their names."""
        self._records.close()
        self._stack.close()
        ahead = self._ahead
        name = name_of("part", ahead.number, ahead.inputs, self._form)
        if not self._lines["rejects"]:
            # an earlier try of this part may have had some
            (self._folder / name_of("rejects", ahead.number, ahead.inputs)).unlink(missing_ok=True)
        records, sources = self._records, self._sources
        return Part(
            name,
            ahead.inputs,
            ahead.sources,
            ahead.first,
            ahead.last,
            self._lines["part"],
            records.size,
            records.sha256,
            sources.size,
            sources.sha256,
            self._lines["leftovers"],
            self._lines["rejects"],
            self._again,
        )

    def give_up(self) -> None:
        """Leave nothing."""
        self._records.give_up()
        error = InterruptedError()
        self._stack.__exit__(type(error), error, None)


def _lines(rejects: Sequence[Reject]) -> bytes:
    return b"".join(map(reject_line, rejects))


def identity(part: Part) -> tuple[int, str]:
    """Its number, and the digest of its inputs."""
    named = NAME.fullmatch(part.name)
    return int(named[2]) if named else 0, part.inputs


def sources_of(part: Part) -> str:
    """The name of the file beside a part that tells of its sources."""
    return name_of("sources", *identity(part))


def rejects_in(folder: Path, part: Part) -> list[Reject]:
    """What could not be read of a part's sources; where that cannot be read itself, one reject that says so."""
    path = folder / name_of("rejects", *identity(part))
    try:
        with path.open("rb") as file:
            told = [from_json(line) for line in file]
        return [Reject(each["path"], each["reason"], each["message"]) for each in told]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [Reject(shown(str(path)), "broken_part", f"it cannot be read ({type(error).__name__})")]
