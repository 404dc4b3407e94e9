"""Where editors' changes are carried out: small ones while they wait, large ones and what follows in another process.

One change at a time: the archive's own lock holds the others, and whoever waits too long is told. What is made of the
articles (places, sameness, columns to count) takes minutes in a large archive: it is done when editors pause, and gives
way to the next change; a process that is killed leaves the archive as it was.
"""

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Literal, Protocol

from corpus.archive.database import ArchiveError
from corpus.corrections.carrying_out import Corrector
from corpus.corrections.change import Bounds, Change, Expected, Found
from corpus.corrections.correction import CorrectionError

PAUSE = 20.0
"""Seconds without a change after which what follows is done."""
WAIT = 5.0
"""Seconds that a change waits for another."""
PREVIEW = Bounds(seconds=1.5, articles=300, shown=20)
"""How far a preview looks; what it does not see the end of is carried out in a process of its own."""
TOLD = 0.2
"""Seconds between two words about progress."""


class _Process(Protocol):
    """As much of a process of multiprocessing as is used here."""

    def start(self) -> None: ...
    def terminate(self) -> None: ...
    def join(self, timeout: float | None = None) -> None: ...
    def is_alive(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Errand:
    """A large change while it is carried out: how many articles have changed, or how it ended."""

    change: Change
    state: Literal["running", "done", "failed"] = "running"
    articles: int = 0
    message: str = ""


class Desk:
    """The corrections of one archive. Threads of requests share it."""

    def __init__(self, corrector: Corrector, pause: float = PAUSE) -> None:
        self.corrector = corrector
        self._pause = pause
        self._processes = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._errand: Errand | None = None
        self._due: float | None = None
        self._settling: _Process | None = None
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._settle_when_due, name="settling", daemon=True)

    def open(self) -> None:
        """Begin; what an earlier run left to be done is done soon."""
        self._schedule()
        self._thread.start()

    def close(self) -> None:
        """Stop what can be done another time."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def errand(self) -> Errand | None:
        """The large change that was last asked for."""
        return self._errand

    def preview(self, change: Change) -> Found:
        """What a change would do, as far as PREVIEW looks; CorrectionError as the corrector's."""
        return self.corrector.preview(change, PREVIEW)

    def save(self, change: Change, expected: Expected | None = None, whole: bool = True) -> Found | None:
        """Carry out a change; None where it is large (not `whole`) and goes on in its own process: see `errand`.

        Errors as of `Corrector.carry_out`.
        """
        with self._held():
            if whole:
                return self.corrector.carry_out(change, wait=WAIT, expected=expected, settled=False)
            with self._lock:
                if self._errand and self._errand.state == "running":
                    raise ArchiveError("another large change is being carried out")
                self._errand = Errand(change)
            threading.Thread(target=self._carry, args=(change, expected), daemon=True).start()
        return None

    def _carry(self, change: Change, expected: Expected | None) -> None:
        mine, theirs = self._processes.Pipe(duplex=False)
        errand = Errand(change)
        with self._held():
            process = self._processes.Process(
                target=_carried, args=(self.corrector, change, expected, theirs), daemon=True
            )
            process.start()
            theirs.close()
            with contextlib.suppress(EOFError):
                while True:
                    state, articles, message = mine.recv()
                    self._errand = errand = replace(errand, state=state, articles=articles, message=message)
            process.join()
        if errand.state == "running":
            self._errand = replace(errand, state="failed", message="its process has ended; nothing was changed")

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """What follows gives way meanwhile, and is due again afterwards."""
        with self._wake:
            self._due = None
            settling = self._settling
        if settling:
            settling.terminate()
            settling.join()
        try:
            yield
        finally:
            self._schedule()

    def _schedule(self) -> None:
        with self._wake:
            self._due = time.monotonic() + self._pause
            self._wake.notify_all()

    def _settle_when_due(self) -> None:
        while True:
            with self._wake:
                while not self._closed and (self._due is None or self._due > time.monotonic()):
                    self._wake.wait(None if self._due is None else max(self._due - time.monotonic(), 0.01))
                if self._closed:
                    return
                self._due = None
                process = self._processes.Process(target=_settled, args=(self.corrector,), daemon=True)
                process.start()
                self._settling = process
            while process.is_alive():
                process.join(0.2)
                if self._closed:
                    process.terminate()
            with self._wake:
                self._settling = None


def _settled(corrector: Corrector) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the site stops this too
    # somebody else writes: `index` does this itself at its end
    with contextlib.suppress(ArchiveError):
        corrector.settle()


def _carried(corrector: Corrector, change: Change, expected: Expected | None, told: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    last = 0.0

    def progress(articles: int) -> None:
        nonlocal last
        if time.monotonic() - last > TOLD:
            last = time.monotonic()
            told.send(("running", articles, ""))

    try:
        found = corrector.carry_out(change, wait=WAIT, expected=expected, progress=progress, settled=False)
        told.send(("done", found.articles, ""))
    except (ArchiveError, CorrectionError) as error:
        told.send(("failed", 0, str(error)))
