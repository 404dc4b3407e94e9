"""What has to be done with each page file: nothing, because it is known; extract it; or only say where it lies now.

A source is known by its content. Whether a file has changed is told by size and times where they can be trusted, and
by its bytes where not; members of archives and rows of tables are always told by their bytes, but only where the file
that they are in has changed.
"""

import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from corpus import readers
from corpus.archive.met import Met, gone, location_of
from corpus.archive.store import Content, Place, Store, content_of
from corpus.archive.tasks import Done, Event, How, OpenFile, Task
from corpus.given import STANDARD_INPUT
from corpus.naming import shown
from corpus.rejects import Reject
from corpus.sources import PageFile

SETTLES = 2 * 10**9
"""Nanoseconds after which a change gives a file another time on every file system: a file younger than this when it is
read might change again unseen."""
TRANSIENT = frozenset({"changed", "read_error", "no_permission", "worker_died"})
"""Rejects that say nothing about the content; the input is tried again at the next run."""
MOST_COPIES = 50
"""How many sources of the same content are asked whether they are still there."""


class Planner:
    """Goes through the page files of a run. `tell` hears of everything that needs no extraction.

    `ahead` holds, in order, what is being extracted (Task), and after all tasks of a file its `Done`.
    """

    def __init__(
        self, database: sqlite3.Connection, store: Store, how: How, maker: int, tell: Callable[[Event], None]
    ) -> None:
        self._run = database.execute
        self._store = store
        self._how = how
        self._maker = maker
        self._tell = tell
        self._file: OpenFile | None = None
        self.met = Met(database)
        self.ahead: deque[Task | Done] = deque()

    def given(self, paths: Iterable[str | Reject]) -> Iterator[str | Reject]:
        """The paths that the user gave, noted as they are used."""
        for path in paths:
            if isinstance(path, str):
                self.met.top(path)
            yield path

    def known(self, path: str, status: os.stat_result) -> bool:
        """Whether a file is as it was when it was last read to its end; corpus.sources asks it of every file."""
        self.file_ends()
        location = location_of(path)
        row = self._run("SELECT * FROM file WHERE location = ?", (location,)).fetchone()
        if row is not None and self.met.has_file(row["id"]):
            return True  # it was named twice
        if row is not None and self._unchanged(row, path, status):
            self._pass_over(row)
            return True
        settled = time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > SETTLES
        file = self._store.file(location, shown(path))
        self._file = OpenFile(file, shown(path), status, settled)
        self.met.file(file, False)
        self._run(
            "UPDATE file SET size = NULL, mtime_ns = NULL, ctime_ns = NULL WHERE id = ? AND size NOTNULL", (file,)
        )
        self._run("DELETE FROM reject WHERE file = ? AND member IS NULL", (file,))
        return False

    def to_extract(self, files: Iterable[PageFile | Reject]) -> Iterator[PageFile]:
        """The page files that have to be extracted; the others are dealt with on the way."""
        for item in files:
            if isinstance(item, Reject):
                self._rejected(item)
            elif task := self._task(item):
                if self._how.dry_run and task.kind != "refreshed":
                    self.met.source(task.replaces or 0)
                    self._tell(Event(task.kind, task.path))
                else:
                    self.ahead.append(task)
                    yield item
        self.file_ends()

    def file_ends(self) -> None:
        """The file that was being read has come to its end."""
        if self._file:
            self.ahead.append(Done(self._file))
            self._file = None

    def done(self, file: OpenFile) -> None:
        """Everything in `file` has been dealt with: what was in it before and is not is replaced or has vanished."""
        run = self._run
        self._store.drop_displaced(file.id)
        if file.whole:
            # what stands behind the place where it cannot be read is not known
            self.met.sources_of(file.id)
        else:
            run("DELETE FROM reject WHERE file = ? AND id NOT IN (SELECT id FROM met_reject)", (file.id,))
        self.met.file(file.id, not file.whole)
        if file.settled and file.status:
            trusted = (file.status.st_size, file.status.st_mtime_ns, file.status.st_ctime_ns)
            run("UPDATE file SET size = ?, mtime_ns = ?, ctime_ns = ? WHERE id = ?", (*trusted, file.id))

    def reject(
        self, place: Place, reject: Reject, content: Content | None = None, whole: bool = False, tried: str = ""
    ) -> None:
        """Keep a reject with its file; `tried`: by whom, this run if empty."""
        self.met.reject(self._store.reject(place, whole, reject, content, tried or self._how.tried))

    def _unchanged(self, row: sqlite3.Row, path: str, status: os.stat_result) -> bool:
        as_it_was = (row["size"], row["mtime_ns"], row["ctime_ns"])
        if as_it_was != (status.st_size, status.st_mtime_ns, status.st_ctime_ns):
            return False
        if path.lower().endswith(".xml"):
            return False  # what a METS elsewhere says of it may have changed
        again = self._run(
            "SELECT 1 FROM reject WHERE file = ? AND (tried <> ? OR reason IN (SELECT value FROM json_each(?)))",
            (row["id"], self._how.tried, _TRANSIENT),
        ).fetchone()
        other = (
            self._how.refresh
            and self._run(
                "SELECT 1 FROM source WHERE file = ? AND maker <> ? LIMIT 1", (row["id"], self._maker)
            ).fetchone()
        )
        return not (again or other)

    def _pass_over(self, row: sqlite3.Row) -> None:
        """A file that need not be read: what is in it is unchanged, and what was rejected of it still is."""
        self.met.file(row["id"], True)
        self.met.sources_of(row["id"])
        rejects = self._run("SELECT path, reason, message FROM reject WHERE file = ? ORDER BY id", (row["id"],))
        for each in rejects.fetchall():
            self._tell(Event("rejected", each["path"], rejects=(Reject(*each),)))
        (count,) = self._run("SELECT count(*) FROM source WHERE file = ?", (row["id"],)).fetchone()
        if count:
            self._tell(Event("unchanged", row["path"], count))

    def _task(self, item: PageFile) -> Task | None:
        """What has to be done with a page file, or None where that has been done."""
        content = content_of(item)
        place = self._place(item, content)
        row = self._run(
            "SELECT id, sha256, context, maker FROM source WHERE file = ? AND member = ?", (place.file, place.member)
        ).fetchone()
        if row and (row["sha256"], row["context"]) == (content.sha256, content.context):
            self.met.source(row["id"])
            if not self._how.refresh or row["maker"] == self._maker:
                self._tell(Event("unchanged", item.path))
                return None
            return (
                None if self._again(item, place, content) else Task(item.path, "refreshed", place, content, row["id"])
            )
        if self._again(item, place, content):
            if row:
                self.met.source(row["id"])
            return None
        if (elsewhere := self._elsewhere(place, content)) is not None:
            self.met.source(elsewhere)
            if self._says_the_same(item, elsewhere):
                self._store.displace(place)
                self._store.move(elsewhere, place)
                self._tell(Event("moved", item.path))
                return None
            return Task(item.path, "moved", place, content, elsewhere)
        if row:
            # not met yet: what lay here may be met at another place in the same file, and move there
            return Task(item.path, "changed", place, content, row["id"])
        return Task(item.path, "new", place, content)

    def _again(self, item: PageFile, place: Place, content: Content) -> bool:
        """Whether this very content was rejected before, in which case it is said again."""
        rows = self._run(
            "SELECT id, path, reason, message FROM reject WHERE file = ? AND member = ? AND sha256 = ? AND context = ?"
            " AND tried = ? AND reason NOT IN (SELECT value FROM json_each(?)) ORDER BY id",
            (place.file, place.member, content.sha256, content.context, self._how.tried, _TRANSIENT),
        ).fetchall()
        for row in rows:
            self.met.reject(row["id"])
        if rows:
            self._tell(Event("rejected", item.path, rejects=tuple(Reject(*row[1:]) for row in rows)))
        return bool(rows)

    def _elsewhere(self, place: Place, content: Content) -> int | None:
        """A source with this content whose own place is gone, or may yet turn out to be: it lies in the same file."""
        rows = self._run(
            "SELECT source.id, source.file, file.location FROM source JOIN file ON file.id = source.file"
            " WHERE sha256 = ? AND context = ? AND source.id NOT IN (SELECT id FROM met_source)"
            " ORDER BY source.member IS NOT NULL, source.file <> ?, source.id LIMIT ?",
            (content.sha256, content.context, place.file, MOST_COPIES),
        )
        return next((row["id"] for row in rows if row["file"] == place.file or gone(row["location"])), None)

    def _says_the_same(self, item: PageFile, source: int) -> bool:
        """Whether names say of `item` at its new place what they said at the old one: paper, date, page, format."""
        stored = self._run(
            "SELECT page, paper, issue_date, format, encoding, path FROM page WHERE source = ? ORDER BY number",
            (source,),
        ).fetchall()
        if any(row["path"] for row in stored):
            return False
        try:
            pages = readers.read(item, self._how.reading).pages
        except Exception:
            return False  # it is read in a worker then, which will tell
        said = [(p.page, p.paper, p.issue_date, p.format, p.encoding, None) for p in (page.source for page in pages)]
        return said == [tuple(row) for row in stored]

    def _place(self, item: PageFile, content: Content) -> Place:
        if item.path == STANDARD_INPUT or item.path.startswith(f"{STANDARD_INPUT}!"):
            # what is piped in has no place of its own: another text of tomorrow does not replace today's
            self.file_ends()
            file = self._store.file(f"{STANDARD_INPUT}{content.sha256.hex()}", STANDARD_INPUT)
            self.met.file(file, False)
            return Place(file, item.path.removeprefix(STANDARD_INPUT).removeprefix("!"))
        assert self._file is not None
        return Place(self._file.id, item.path.removeprefix(self._file.path).removeprefix("!"))

    def _rejected(self, reject: Reject) -> None:
        """What could not be read to become a page file."""
        file = self._file
        if file and reject.path == file.path:
            file.whole = True
            self.reject(Place(file.id), reject, whole=True)
        elif file and reject.path.startswith(f"{file.path}!"):
            place = Place(file.id, reject.path.removeprefix(f"{file.path}!"))
            self._store.accept(place)
            self.reject(place, reject)
            for row in self._run("SELECT id FROM source WHERE file = ? AND member = ?", (place.file, place.member)):
                self.met.source(row["id"])
        elif reject.reason not in ("not_found", "no_pages"):
            self.met.blind(reject.path)
        self._tell(Event("rejected", reject.path, rejects=(reject,)))


_TRANSIENT = "[" + ", ".join(f'"{reason}"' for reason in sorted(TRANSIENT)) + "]"
