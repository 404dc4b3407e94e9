"""A run of `index`: page files into the archive, in transactions of whole sources, so that it can be stopped anywhere.

files ──▶ planning.py: known? ──▶ extraction (given as a function) ──▶ store.py ──▶ derive.py
"""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from corpus.archive import derive, records
from corpus.archive.database import packing
from corpus.archive.met import Vanished
from corpus.archive.packing import PageContent
from corpus.archive.planning import Planner
from corpus.archive.store import Store
from corpus.archive.taking import Taking
from corpus.archive.tasks import Done, Event, How, Maker, Task, tried
from corpus.corrections.replay import Replay
from corpus.part_source import MadeBy
from corpus.records import article_lines, parse
from corpus.rejects import Reject
from corpus.sources import Known, PageFile
from schemas.record import ArticleRecord

LOSS = 0.5
"""Seconds of work that a stopped run may have to do again, beside the pages in hand."""
PATIENCE = 10.0
"""The same while rows of a table are changing places: each may still be met at its new one."""


class Outcome(Protocol):
    """What became of one page file in a worker."""

    @property
    def records(self) -> bytes:
        """Its records as JSON lines."""

    @property
    def pages(self) -> list[PageContent]:
        """Its pages, in the order of the records."""

    @property
    def rejects(self) -> list[Reject]:
        """What of it could not be read."""

    @property
    def notes(self) -> list[str]:
        """What was odd about it."""


Files = Callable[[Iterable[str | Reject], Known], Iterator[PageFile | Reject]]
"""The page files under some paths, without those that are known."""
Extract = Callable[[Iterator[PageFile]], Generator[Outcome, None, None]]
"""What becomes of page files, one each, in their order."""


@dataclass(slots=True)
class Summary:
    """What a run did. `sources` by what became of them (tasks.Event), `records` of refreshed sources: changed,
    appeared, gone, same; `older`: sources under the paths given that another extractor made; `corrected`:
    sources that were unchanged and are otherwise by a change of the corrections file; `articles` in the archive.
    """

    sources: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    vanished: list[Vanished] = field(default_factory=list)
    dropped: int = 0
    older: int = 0
    corrected: int = 0
    articles: int = 0


class Indexing:
    """One run over one archive, opened for writing. Nothing is changed where `how.dry_run` says so."""

    def __init__(
        self, database: sqlite3.Connection, how: How, told: Callable[[Event], None], corrections: Replay | None = None
    ) -> None:
        self.summary = Summary()
        self._corrections = corrections or Replay(database, ())
        self._replays = corrections is not None
        self._database = database
        self._how = how
        self._told = told
        self._store = Store(database, packing(database))
        self._committed = time.monotonic()
        self._changed = False
        self._makers: dict[MadeBy, Maker] = {}

    def run(
        self,
        given: Iterable[str | Reject],
        files: Files,
        extract: Extract,
        drop_vanished: bool = False,
        parts: Sequence[Path] = (),
    ) -> None:
        """Bring everything under the paths given up to date, then what is in folders of `parts`.

        `parts` are looked at when all of `given` has been read.

        sqlite3.Error where the archive cannot be written (a full disk): then the source in hand is not in it, all
        before it are, and the next run goes on there.
        """
        run = self._database.execute
        run("BEGIN IMMEDIATE")
        derive.begin(self._database)
        self._maker = self._made_by(self._how.made_by)
        planner = self._planner = Planner(self._database, self._store, self._how, self._maker.id, self._tell)
        planned = planner.to_extract(files(planner.given(given), planner.known))
        with closing(extract(planned)) as outcomes:
            for outcome in outcomes:
                self._files_done()
                task = planner.ahead.popleft()
                assert isinstance(task, Task)
                read = parse(outcome.records)
                event = self._settle(task, outcome.pages, read, outcome.rejects, self._maker)
                self._tell(replace(event, notes=tuple(outcome.notes)))
            self._files_done()
        taking = Taking(
            self._database, self._store, planner.met, self._how, self._maker, self._made_by, self._tell, self._settle
        )
        for folder in parts:
            taking.folder(folder)
        self._finish(chain(planner.met.vanished(), taking.vanished), drop_vanished)

    def _finish(self, vanished: Iterable[Vanished], drop_vanished: bool) -> None:
        run, summary = self._database.execute, self.summary
        for each in dict.fromkeys(vanished):
            summary.vanished.append(each)
            if drop_vanished:
                self._store.drop(each.source)
                summary.dropped += 1
                self._change()
        if self._replays:
            for changed in self._corrections.catch_up():
                if changed:
                    summary.corrected += 1
                    self._change()
        (summary.older,) = run(
            "SELECT count(*) FROM source JOIN met_source USING (id) WHERE maker <> ?"
            " AND id NOT IN (SELECT source FROM part_source)",
            (self._maker.id,),
        ).fetchone()
        if self._changed:
            run(
                "DELETE FROM file WHERE id NOT IN (SELECT file FROM source) AND id NOT IN (SELECT file FROM reject)"
                " AND id NOT IN (SELECT id FROM met_file)"
            )
            run("DELETE FROM maker WHERE id NOT IN (SELECT maker FROM source)")
        if self._how.dry_run:
            run("ROLLBACK")
        else:
            self._commit()
            if derive.finish(self._database):
                run("PRAGMA analysis_limit = 1000")
                run("PRAGMA optimize")
        (summary.articles,) = run("SELECT count(*) FROM article").fetchone()

    def _settle(
        self,
        task: Task,
        pages: Sequence[PageContent],
        read: Sequence[ArticleRecord],
        rejected: Sequence[Reject],
        maker: Maker,
    ) -> Event:
        """Store what became of a page file; what is there of it is kept where it cannot be read any more."""
        rejects, stored = list(rejected), bool(pages) or not rejected
        if stored and self._how.dry_run:
            self._compare(task, self._corrections.corrected(pages, read, maker.settings).records)
        elif stored and (mistake := self._put(task, pages, read, maker)):
            rejects, stored = [mistake], False
        if not stored and task.replaces is not None:
            self._planner.met.source(task.replaces)
        if not self._how.dry_run:
            self._store.accept(task.place)
            for reject in rejects:
                self._planner.reject(task.place, reject, task.content, tried=maker.tried)
        # `rejected` where nothing came of it; else the rejects are of some of its pages
        return Event(task.kind if stored else "rejected", task.path, 1, tuple(rejects))

    def _put(
        self, task: Task, pages: Sequence[PageContent], read: Sequence[ArticleRecord], maker: Maker
    ) -> Reject | None:
        """Store the records; a reject where they contradict themselves, and then all is as it was."""
        run = self._database.execute
        run("SAVEPOINT source")
        try:
            corrected = self._corrections.corrected(pages, read, maker.settings)
            if task.kind == "refreshed":
                self._compare(task, corrected.records)
            if task.kind == "moved" and task.replaces is not None:
                self._store.drop(task.replaces)
            elif task.kind == "changed" and task.place.member:
                # what lay here may come yet at another place in the same file
                self._store.displace(task.place)
            source = self._store.put(task.place, task.content, maker.id, corrected.pages, corrected.records)
            self._corrections.keep(source, pages, read, corrected)
            self._planner.met.source(source)
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            run("ROLLBACK TO source")
            self._store.undone()
            return Reject(task.path, "extraction_failed", f"its records contradict themselves ({error})")
        finally:
            if self._database.in_transaction:  # a full disk has ended it
                run("RELEASE source")
        self._change()
        return None

    def _compare(self, task: Task, read: Sequence[ArticleRecord]) -> None:
        """Count how the records of a source differ from those that are stored."""
        assert task.replaces is not None
        before = Counter(article_lines([each]) for each in records.of_source(self._database, task.replaces))
        after = Counter(article_lines([each]) for each in read)
        gone, come = sum((before - after).values()), sum((after - before).values())
        changed = min(gone, come)
        self.summary.records.update(
            changed=changed, gone=gone - changed, appeared=come - changed, same=sum((before & after).values())
        )

    def _files_done(self) -> None:
        """Finish files all of whose sources are stored."""
        ahead = self._planner.ahead
        while ahead and isinstance(ahead[0], Done):
            self._planner.done(ahead[0].file)
            ahead.popleft()

    def _tell(self, event: Event) -> None:
        """Count and pass on, and commit where it is time to. No source is ever half stored here."""
        self.summary.sources[event.kind] += event.count
        if event.kind == "moved":
            self._change()
        self._told(event)
        since = time.monotonic() - self._committed
        if since < LOSS or self._how.dry_run or (since < PATIENCE and self._store.has_displaced()):
            return
        self._store.drop_displaced()
        self._commit()
        self._database.execute("BEGIN IMMEDIATE")

    def _change(self) -> None:
        if not self._changed:
            derive.stale(self._database)
        self._changed = True

    def _commit(self) -> None:
        self._database.execute("COMMIT")
        self._committed = time.monotonic()

    def _made_by(self, made_by: MadeBy) -> Maker:
        """Who made records, as a row of the archive."""
        if (known := self._makers.get(made_by)) is None:
            run, made = self._database.execute, (made_by.version, made_by.settings)
            row = run("SELECT id FROM maker WHERE version = ? AND settings = ?", made).fetchone()
            row = row or run("INSERT INTO maker (version, settings) VALUES (?, ?) RETURNING id", made).fetchone()
            known = self._makers[made_by] = Maker(int(row[0]), made_by.settings, tried(made_by))
        return known
