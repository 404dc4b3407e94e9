"""One part of a partitioned output: its records, and beside them its leftovers and rejects."""

import hashlib
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from corpus.atomic import AtomicFile
from corpus.records import reject_line
from corpus.rejects import Reject

TRANSIENT = ("no_permission", "read_error", "changed", "worker_died")
"""Rejects that say nothing of the content: a part with one is made again by the next run."""
KINDS = ("part", "leftovers", "rejects")
NAME = re.compile(r"(part|leftovers|rejects)-(\d{5,})-([0-9a-f]{12})\.jsonl")
"""Kind, number, digest."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part, as the manifest has it. `inputs`: digest of what it is made of; `bytes` and `sha256` of its records;
    `first` and `last`: the paths it goes from and to; `again`: whether it holds rejects that may pass.
    """

    name: str
    inputs: str
    sources: int
    first: str
    last: str
    records: int
    bytes: int
    sha256: str
    leftovers: int
    rejects: int
    again: bool = False


@dataclass(slots=True)
class Ahead:
    """A part that is being made: how many outcomes it waits for."""

    number: int
    inputs: str
    first: str
    last: str
    sources: int
    left: int


class Writing:
    """The files of one part while it is made; they appear when it is whole, its records last."""

    def __init__(self, folder: Path, ahead: Ahead) -> None:
        self._ahead, self._stack = ahead, ExitStack()
        self._folder = folder
        self._files: dict[str, AtomicFile] = {}
        self._open("part")
        self._open("leftovers")
        self._sha256 = hashlib.sha256()
        self._lines = dict.fromkeys(KINDS, 0)
        self._bytes = 0
        self._again = False

    def _open(self, kind: str) -> None:
        # what is entered first is named last
        path = self._folder / name_of(kind, self._ahead.number, self._ahead.inputs)
        self._files[kind] = self._stack.enter_context(AtomicFile(path))

    def add(self, records: bytes, leftovers: bytes, rejects: Sequence[Reject]) -> None:
        """Append the lines of one source."""
        self._sha256.update(records)
        self._bytes += len(records)
        self._again = self._again or any(reject.reason in TRANSIENT for reject in rejects)
        for kind, lines in (("part", records), ("leftovers", leftovers), ("rejects", _lines(rejects))):
            if lines and kind not in self._files:
                self._open(kind)
            if lines:
                self._files[kind].write(lines)
                self._lines[kind] += lines.count(b"\n")

    def close(self) -> Part:
        """Give the files their names."""
        self._stack.close()
        ahead, name = self._ahead, name_of("part", self._ahead.number, self._ahead.inputs)
        if not self._lines["rejects"]:
            # an earlier try of this part may have had some
            (self._folder / name_of("rejects", ahead.number, ahead.inputs)).unlink(missing_ok=True)
        return Part(
            name, ahead.inputs, ahead.sources, ahead.first, ahead.last, self._lines["part"], self._bytes,
            self._sha256.hexdigest(), self._lines["leftovers"], self._lines["rejects"], self._again,
        )  # fmt: skip

    def give_up(self) -> None:
        """Leave nothing."""
        error = InterruptedError()
        self._stack.__exit__(type(error), error, None)


def _lines(rejects: Sequence[Reject]) -> bytes:
    return b"".join(map(reject_line, rejects))


def name_of(kind: str, number: int, inputs: str) -> str:
    """What the file of a part is called.

    >>> name_of("part", 7, "9f2c51d07ab3e4" + "0" * 50)
    'part-00007-9f2c51d07ab3.jsonl'
    """
    return f"{kind}-{number:05}-{inputs[:12]}.jsonl"
