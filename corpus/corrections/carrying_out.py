"""Carrying out a change: what it would change, without changing anything; then in one step in the file and the archive.

The command and the web page share it. Whoever says what may be waited for, and what is shown, is the caller.
"""

import datetime
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive import database, derive
from corpus.corrections import file, replay
from corpus.corrections.applying import Outcome
from corpus.corrections.change import Bounds, Change, Expected, Found, Lapse, Tally
from corpus.corrections.correction import CorrectionError
from corpus.corrections.file import Line
from corpus.corrections.replay import Reader, Replay

UNBOUNDED = Bounds()
Progress = Callable[[int], None]
"""Is told again and again how many articles have changed; what it raises ends the work, and nothing is changed."""


@dataclass(frozen=True, slots=True)
class Corrector:
    """Who corrects one archive; `reader` reads again what an editor put together otherwise (work.reading_again)."""

    archive: Path
    reader: Reader

    @property
    def path(self) -> Path:
        """The corrections file."""
        return file.path_of(self.archive)

    def preview(self, change: Change, bounds: Bounds = UNBOUNDED) -> Found:
        """What a change would do; waits for no writer and changes nothing.

        CorrectionError where it cannot even be asked: a correction that is to be taken back is not there.
        """
        with database.reading(self.archive) as opened:
            opened.execute("BEGIN")
            return self.foreseen(opened, change, bounds)

    def foreseen(self, opened: sqlite3.Connection, change: Change, bounds: Bounds = UNBOUNDED) -> Found:
        """The same in an archive that is open for reading, within a transaction: all of it is of one state."""
        ends = time.monotonic() + bounds.seconds
        lines = replay.lines(opened, self.path)
        change, known = self._settled(change, lines)
        if known and not change.added:
            return Found(known=known)
        now, then = (Replay(opened, each, self.reader) for each in (lines, change.of(lines)))
        # a file that was edited by hand since `index`: what it says already is no part of the change
        behind = now.behind() is not None
        tally, lapsed = Tally(change, bounds.shown), dict[str, str]()
        told: dict[str, dict[str, str | None]] = {each.id: {} for each in change.added}
        unseen = deque(then.behind() or ())
        while unseen:
            source = unseen.popleft()
            after = then.foreseen(source)
            if behind:
                before = now.foreseen(source).corrected
                after = replace(after, pages=before.pages, stored=before.records)
                lost = _lost_of(before.outcomes)
            else:
                lost = dict(opened.execute(f"{_LOST} AND source = ?", (source,)).fetchall())
            if changed := after.changed:
                tally.add(changed)
            for outcome in after.corrected.outcomes:
                if outcome.correction in told:
                    told[outcome.correction][outcome.status] = outcome.reason
                elif outcome.status == "lost" and outcome.correction not in lost:
                    lapsed[outcome.correction] = outcome.reason or ""
            if tally.articles >= bounds.articles or time.monotonic() > ends:
                break
        refusal = None if unseen else _refusal(change, told)
        return Found(
            tuple(tally.shown), tally.articles, tally.sources, len(unseen), _lapses(lapsed, lines), known, refusal,
            tally.fingerprint(not unseen),
        )  # fmt: skip

    def carry_out(
        self,
        change: Change,
        *,
        wait: float = 0.0,
        shown: int = 0,
        expected: Expected | None = None,
        progress: Progress = lambda articles: None,
        settled: bool = True,
    ) -> Found:
        """Write the change to the file and bring the archive in step with it, or raise and change nothing.

        What the file has already as a whole is only brought into the archive, where it is not yet.
        CorrectionError: it applies to nothing; MeanwhileError: it is not what `expected` stands for; ArchiveError:
        another process has been writing for `wait` seconds. Where not `settled`, what is made of the articles (places,
        sameness) is left for `settle`.
        """
        with database.reading(self.archive):
            pass  # `writing` would make it
        with database.writing(self.archive, wait) as opened:
            lines = replay.lines(opened, self.path)
            change, known = self._settled(change, lines)
            opened.execute("BEGIN IMMEDIATE")
            for changed in Replay(opened, lines, self.reader).catch_up():
                if changed:
                    derive.stale(opened)
                progress(0)
            if known and not change.added:
                # whoever was killed behind the file says it again, and then it is done
                opened.execute("COMMIT")
                if settled:
                    derive.finish(opened)
                return Found(known=known)
            lost = _lost(opened)
            tally = Tally(change, expected.shown if expected else shown)
            for changed in Replay(opened, change.of(lines), self.reader).catch_up():
                if changed:
                    tally.add(changed)
                    if expected:
                        expected.check(tally, done=False)
                progress(tally.articles)
            if expected:
                expected.check(tally, done=True)
            if refusal := _refusal(change, _told(opened, change)):
                raise CorrectionError(refusal)
            lapsed = {each: reason for each, reason in _lost(opened).items() if each not in lost}
            if tally.sources:
                derive.stale(opened)
            self._write(change, lines)
            opened.execute("COMMIT")
            if settled:
                derive.finish(opened)
        return Found(tuple(tally.shown), tally.articles, tally.sources, 0, _lapses(lapsed, lines), known)

    def settle(self, wait: float = 0.0) -> None:
        """What `carry_out` left to be done; ArchiveError where another process is writing."""
        with database.writing(self.archive, wait) as opened:
            derive.finish(opened)

    def _settled(self, change: Change, lines: Iterable[Line]) -> tuple[Change, dict[str, int]]:
        """The change without what the file has already, and that with the numbers of its lines."""
        numbers = {line.correction.id: line.number for line in lines if line.correction}
        if change.removed is not None and change.removed not in numbers:
            raise CorrectionError(f"{self.path.name} has no correction {change.removed!r}; --list names them")
        known = {each.id: numbers[each.id] for each in change.added if each.id in numbers}
        known.pop(change.removed or "", None)
        return replace(change, added=tuple(each for each in change.added if each.id not in known)), known

    def _write(self, change: Change, lines: Iterable[Line]) -> None:
        """The file first: what is in it and not in the archive, the next run replays."""
        if not self.path.exists() and (copied := [line.correction for line in lines if line.correction]):
            file.append(self.path, copied)
        file.alter(self.path, change.added, change.removed)


def now() -> str:
    """The time for a correction's `at`."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


_LOST = "SELECT correction, reason FROM correction_outcome WHERE status = 'lost'"


def _lost(opened: sqlite3.Connection) -> dict[str, str]:
    """The corrections that apply no longer, and why."""
    return dict(opened.execute(_LOST).fetchall())


def _lost_of(outcomes: Iterable[Outcome]) -> dict[str, str]:
    return {each.correction: each.reason or "" for each in outcomes if each.status == "lost"}


def _lapses(reasons: Mapping[str, str], lines: Iterable[Line]) -> tuple[Lapse, ...]:
    numbers = {line.correction.id: line.number for line in lines if line.correction}
    return tuple(Lapse(each, numbers[each], reason) for each, reason in reasons.items() if each in numbers)


def _told(opened: sqlite3.Connection, change: Change) -> dict[str, dict[str, str | None]]:
    """What became of the added corrections: reasons by status."""
    query = "SELECT status, reason FROM correction_outcome WHERE correction = ?"
    return {each.id: dict(opened.execute(query, (each.id,)).fetchall()) for each in change.added}


def _refusal(change: Change, told: Mapping[str, Mapping[str, str | None]]) -> str | None:
    """What does not apply is not written; what is taught may change nothing yet."""
    for each in change.added:
        if "lost" in told[each.id]:
            return f"it cannot be applied: {told[each.id]['lost']}; nothing was changed"
        if each.article and "applied" not in told[each.id]:
            return "it changes nothing: the article reads so already; nothing was written"
    return None
