"""Why a page was cut as it was, read again when somebody asks: in a process of its own that a time limit ends."""

import functools
import threading
from collections.abc import Callable, Sequence
from typing import Literal

from corpus import workers
from corpus.fork_server import PRELOAD
from schemas.layout import Source

Explain = Callable[[Source, str, str | None], Sequence[str]]
Asked = tuple[Source, str, str]
SECONDS = 10.0
WAIT = 15.0
"""Seconds that a request waits for those in front of it."""
LONGEST = 200_000
"""Characters of a page that is read again for a reader who waits."""
MOST = 2_000
"""Lines that are given."""

Nothing = Literal["unable", "busy", "long", "late", "otherwise"]
"""Why there are no reasons: nobody can tell here; others ask; the page is too long; it took too long; the page reads
otherwise now, since an editor or a newer version changed the article."""


class Explaining:
    """One process that reads pages again, started when it is first needed and kept."""

    def __init__(self, explain: Explain | None, seconds: float = SECONDS) -> None:
        self._explain = explain
        self._seconds = seconds
        self._crew = workers.Crew()
        self._lock = threading.Lock()

    def lines(self, source: Source, text: str, article: str) -> Sequence[str] | Nothing:
        """The reasons for one article of the page, or why there are none."""
        if self._explain is None:
            return "unable"
        if len(text) > LONGEST:
            return "long"
        if not self._lock.acquire(timeout=WAIT):
            return "busy"
        try:
            work = functools.partial(_told, self._explain)
            asked: list[Asked] = [(source, text, article)]
            # what is sent to get ready takes its imports with it, whose time is no question's
            ready = functools.partial(_ready, self._explain)
            [told] = workers.in_order(work, asked, 1, self._seconds, PRELOAD, ready, crew=self._crew)
        except workers.WorkersError:
            return "unable"
        finally:
            self._lock.release()
        if isinstance(told, workers.Lost):
            return "late"
        return "otherwise" if told is None else told


def _ready(explain: Explain) -> None:
    """Nothing more: what `explain` is has been imported when this is called with it."""


def _told(explain: Explain, asked: Asked) -> Sequence[str] | None:
    # whatever goes wrong with a page goes wrong for this question alone
    try:
        return [*explain(*asked)][:MOST]
    except Exception:
        return None
