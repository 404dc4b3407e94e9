"""Where a run's lines go: records, and beside them what of the pages is in no record and what could not be read."""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.atomic import AtomicFile
from corpus.records import reject_line
from corpus.rejects import Reject

STANDARD_OUTPUT = "-"


class OutputError(ValueError):
    """The place cannot be written to; the message says why and what to do."""


class Output:
    """FILE with FILE.leftovers.jsonl and, where there are any, FILE.rejects.jsonl: all of them complete or none there.

    With "-" the records go to standard output and nothing is written beside them; so too for a device (/dev/null).
    """

    def __init__(self, target: str) -> None:
        self._stack = contextlib.ExitStack()
        self._rejects: AtomicFile | None = None
        self.records: Path | None = None
        self.leftovers: Path | None = None
        self.rejects: Path | None = None
        if target != STANDARD_OUTPUT:
            self.records = Path(target)
            _refuse_what_would_be_lost(self.records)
            if self.records.is_file() or not self.records.exists():
                self.leftovers = Path(f"{target}.leftovers.jsonl")
                self.rejects = Path(f"{target}.rejects.jsonl")

    @property
    def paths(self) -> frozenset[Path]:
        """The absolute paths this run may write, which it must not read as pages."""
        return frozenset(Path(os.path.realpath(p)) for p in (self.records, self.leftovers, self.rejects) if p)

    def __enter__(self) -> Self:
        self._stack.__enter__()
        # what is entered first is named last: where the records stand, everything stands
        self._records = self._stack.enter_context(AtomicFile(self.records)) if self.records else None
        self._leftovers = self._stack.enter_context(AtomicFile(self.leftovers)) if self.leftovers else None
        return self

    def add(self, records: bytes, leftovers: bytes, rejects: Sequence[Reject], pages: object = ()) -> None:
        """What became of one page file; for its `pages` there is room in parts only."""
        self.write(records, leftovers)
        for reject in rejects:
            self.reject(reject)

    def write(self, records: bytes, leftovers: bytes) -> None:
        """Append the lines of a page."""
        if self._records:
            self._records.write(records)
        else:
            sys.stdout.buffer.write(records)
            sys.stdout.buffer.flush()
        if self._leftovers:
            self._leftovers.write(leftovers)

    def reject(self, reject: Reject) -> None:
        """Append what could not be read."""
        if self.rejects is None:
            return
        if self._rejects is None:
            self._rejects = self._stack.enter_context(AtomicFile(self.rejects))
        self._rejects.write(reject_line(reject))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self.rejects and self._rejects is None:
            # an earlier run's rejects would be taken for this one's
            self.rejects.unlink(missing_ok=True)
        self._stack.__exit__(kind, error, trace)


def _refuse_what_would_be_lost(path: Path) -> None:
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it, for example {path / 'records.jsonl'}")
    if path.is_file() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(1) != b"{":
                raise OutputError(f"{path} holds something other than records; choose another name or remove it first")
