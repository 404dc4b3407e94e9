"""Records that `extract` wrote in parts, into the archive as they are: nothing is extracted again.

A part that was taken and has not changed is passed over; what is in a newer one replaces what an older one said of the
same sources. What was in the folder's parts and is not any more has vanished.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import manifest, part_folder
from corpus.archive.met import Met, Vanished, location_of
from corpus.archive.packing import PageContent
from corpus.archive.store import Content, Place, Store
from corpus.archive.tasks import Event, How, Maker, Task
from corpus.manifest import ManifestError
from corpus.naming import shown
from corpus.part_folder import BrokenPart, Read
from corpus.part_names import MANIFEST, has_manifest
from corpus.part_source import MadeBy, Origin, PartSource
from corpus.partition import Part, rejects_in
from corpus.rejects import Reject
from schemas.record import ArticleRecord

Settle = Callable[[Task, Sequence[PageContent], Sequence[ArticleRecord], Sequence[Reject], Maker], Event]
"""Stores what became of a source, or says why not."""


@dataclass(slots=True)
class Taking:
    """Takes folders of parts in. `own`: who makes the records of this run; `makers`: who made others.

    `vanished`: what was in these folders before and is not now.
    """

    database: sqlite3.Connection
    store: Store
    met: Met
    how: How
    own: Maker
    makers: Callable[[MadeBy], Maker]
    tell: Callable[[Event], None]
    settle: Settle
    vanished: list[Vanished] = field(default_factory=list)

    def folder(self, path: Path) -> None:
        """Bring the archive up to date with all parts of a folder."""
        location = location_of(str(path))
        try:
            told = manifest.read(path)
        except (ManifestError, OSError) as error:
            self._broken(BrokenPart(path / MANIFEST, f"the manifest cannot be read ({error})"))
            return
        if not told.parts and not told.complete:
            self._broken(BrokenPart(path / MANIFEST, "it names no parts, or an older program wrote it"))
            return
        if any(part.name.endswith(".parquet") for part in told.parts):
            reject = Reject(shown(str(path)), "parquet_parts", "its records are in Parquet")
            self.tell(Event("rejected", reject.path, rejects=(reject,)))
            return
        # what is known is met first, so that what is new is not taken for something that moved
        waiting = [part for part in told.parts if not self._known(path, location, part)]
        sound = [self._take(path, location, part) for part in waiting]
        if told.complete and all(sound):
            self._leave(location, told.parts)

    def _known(self, folder: Path, location: str | bytes, part: Part) -> bool:
        """Whether a part was taken before; then its sources are met and its rejects told again."""
        row = self.database.execute(
            "SELECT id FROM part WHERE folder = ? AND inputs = ? AND sha256 = ? AND taken",
            (location, part.inputs, part.sha256),
        ).fetchone()
        if row is None or self.how.refresh:
            return False
        sources = self.database.execute("SELECT source FROM part_source WHERE part = ?", (row["id"],)).fetchall()
        for (source,) in sources:
            self.met.source(source)
        if wrong := part_folder.missing(folder, part):
            wrong.args = (f"{wrong}; what was taken of it before is kept",)
            self._broken(wrong)
            return True
        name = str(folder / part.name)
        if part.rejects:
            for reject in rejects_in(folder, part):
                self.tell(Event("rejected", reject.path, rejects=(reject,)))
        if sources:
            self.tell(Event("unchanged", shown(name), len(sources)))
        return True

    def _take(self, folder: Path, location: str | bytes, part: Part) -> bool:
        """Take a part; whether all of it could be."""
        run = self.database.execute
        (row,) = run(
            "INSERT INTO part (folder, inputs, sha256, taken) VALUES (?, ?, ?, 0)"
            " ON CONFLICT (folder, inputs) DO UPDATE SET sha256 = excluded.sha256, taken = 0 RETURNING id",
            (location, part.inputs, part.sha256),
        ).fetchone()
        try:
            for read in part_folder.read(folder, part):
                self._source(read, location, row)
        except BrokenPart as error:
            self._broken(error)
            return False
        run("UPDATE part SET taken = 1 WHERE id = ?", (row,))
        return True

    def _source(self, read: Read, folder: str | bytes, part: int) -> None:
        """Take one source of a part."""
        told, origin = read.source, read.source.origin
        if origin.location is None:
            self.tell(Event("rejected", origin.name, rejects=told.rejects))
            return
        file = self.store.file(origin.location, origin.path)
        maker = self.makers(told.made_by)
        if origin.member is None or not origin.sha256:
            self._unread(file, told, maker)
            return
        place = Place(file, origin.member)
        content = Content(bytes.fromhex(origin.sha256), origin.context)
        task = self._task(place, content, origin, maker, folder)
        if task is None:
            pass
        elif self.how.dry_run and task.kind != "refreshed":
            self.met.source(task.replaces or 0)
            self.tell(Event("rejected" if told.rejects and not told.pages else task.kind, task.path))
        else:
            event = self.settle(task, told.pages, read.records, told.rejects, maker)
            self.store.drop_displaced(file)
            self.tell(event)
        row = self.database.execute(
            "SELECT id FROM source WHERE file = ? AND member = ?", (place.file, place.member)
        ).fetchone()
        if row:
            self.database.execute(
                "DELETE FROM part_source WHERE source = ? AND part IN (SELECT id FROM part WHERE folder = ?)",
                (row["id"], folder),
            )
            self.database.execute("INSERT INTO part_source VALUES (?, ?)", (part, row["id"]))

    def _unread(self, file: int, told: PartSource, maker: Maker) -> None:
        """What could not be read to become a page file: what was read there before stays."""
        run, member = self.database.execute, told.origin.member
        if member is None:
            self.met.sources_of(file)
            run("DELETE FROM reject WHERE file = ? AND member IS NULL", (file,))
        else:
            self.store.accept(Place(file, member))
            for row in run("SELECT id FROM source WHERE file = ? AND member = ?", (file, member)).fetchall():
                self.met.source(row["id"])
        for reject in told.rejects:
            self.store.reject(Place(file, member or ""), member is None, reject, None, maker.tried)
        self.tell(Event("rejected", told.origin.name, rejects=told.rejects))

    def _task(self, place: Place, content: Content, origin: Origin, maker: Maker, folder: str | bytes) -> Task | None:
        """What is to be done with a source; None where the archive has it so."""
        row = self.database.execute(
            "SELECT id, sha256, context, maker FROM source WHERE file = ? AND member = ?", (place.file, place.member)
        ).fetchone()
        if row and (row["sha256"], row["context"]) == (content.sha256, content.context):
            self.met.source(row["id"])
            # what this very program has made is not replaced by what another version of it made
            if row["maker"] == maker.id or (row["maker"] == self.own.id and not self.how.refresh):
                self.tell(Event("unchanged", origin.name))
                return None
            return Task(origin.name, "refreshed", place, content, row["id"])
        if row:
            return Task(origin.name, "changed", place, content, row["id"])
        moved = self.database.execute(
            "SELECT id FROM source WHERE sha256 = ? AND context = ? AND id NOT IN (SELECT id FROM met_source)"
            " AND id IN (SELECT source FROM part_source JOIN part ON part.id = part_source.part WHERE folder = ?)"
            " ORDER BY id LIMIT 1",
            (content.sha256, content.context, folder),
        ).fetchone()
        kind = "moved" if moved else "new"
        return Task(origin.name, kind, place, content, moved and moved["id"])

    def _leave(self, folder: str | bytes, parts: Sequence[Part]) -> None:
        """What was in parts that are not there any more, and in no other."""
        run, present = self.database.execute, {part.inputs for part in parts}
        for row in run("SELECT id, inputs FROM part WHERE folder = ?", (folder,)).fetchall():
            if row["inputs"] not in present:
                self.vanished.extend(Vanished(*each) for each in run(_UNMET, (row["id"],)))
                run(
                    "DELETE FROM part WHERE id = ? AND id NOT IN (SELECT part FROM part_source)",
                    (row["id"],),
                )

    def _broken(self, error: BrokenPart) -> None:
        path = shown(str(error.path))
        self.tell(Event("rejected", path, rejects=(Reject(path, "broken_part", str(error)),)))


def divided(paths: Iterator[str | Reject], folders: list[Path]) -> Iterator[str | Reject]:
    """The paths that are no folders of parts; those that are go into `folders`."""
    for path in paths:
        if isinstance(path, str) and has_manifest(path):
            folders.append(Path(path))
        else:
            yield path


_UNMET = """
SELECT v_source.id, v_source.path FROM part_source JOIN v_source ON v_source.id = part_source.source
WHERE part_source.part = ? AND v_source.id NOT IN (SELECT id FROM met_source)
"""
