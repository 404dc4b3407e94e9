"""One source with its pages, articles and all that was read from them: put in, replaced, moved, dropped.

Nothing here begins or ends a transaction: whoever calls does, so that a source is there as a whole or not at all.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields

from corpus.archive import packing
from corpus.archive.derive import STEPS
from corpus.archive.numbers import Numbers
from corpus.archive.packing import Packing, PageContent
from corpus.archive.spans_of_days import days
from corpus.rejects import Reject
from corpus.sources import PageFile
from schemas.annotations import Activity
from schemas.layout import Source
from schemas.record import ArticleRecord

LARGEST = 2**63 - 1
"""A larger number is stored as a float; the record keeps it as it is."""
REMEMBERED = 50_000
"""Names whose ids are kept in memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source lies: a row of `file`, and which member of it; "" is the file itself."""

    file: int
    member: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What makes a source the same: its bytes, and what was read beside them."""

    sha256: bytes
    context: str = ""


def content_of(item: PageFile) -> Content:
    """The content of a page file: its bytes, and a digest of what was read beside them and the names, if anything."""
    beside = {
        field.name: getattr(item, field.name)
        for field in fields(item)
        if field.name not in ("path", "data") and getattr(item, field.name) is not None
    }
    context = hashlib.sha256(repr(beside).encode()).hexdigest()[:16] if beside else ""
    return Content(hashlib.sha256(item.data).digest(), context)


class Store:
    """Writes sources into one archive."""

    def __init__(self, database: sqlite3.Connection, packs: Packing) -> None:
        self._database = database
        self._packing = packs
        self._names: dict[tuple[str, str], int] = {}

    def put(
        self,
        place: Place,
        content: Content,
        maker: int,
        pages: Sequence[PageContent],
        records: Sequence[ArticleRecord],
    ) -> int:
        """Store a source in place of whatever lay there; its id. `records` are those of the pages, in their order.

        ValueError where a record contradicts itself; then nothing may be committed of it.
        """
        source = self._row(place, content, maker)
        kept = Numbers(self._database, source)
        self._clear(source)
        ahead = iter(records)
        for number, page in enumerate(pages, 1):
            self._page(source, content, number, page, [next(ahead) for _ in range(page.articles)], kept)
        return source

    def file(self, location: str | bytes, path: str) -> int:
        """The row of the file at a location, made if there is none; `path`: how it was named."""
        run = self._database.execute
        row = run("SELECT id FROM file WHERE location = ?", (location,)).fetchone()
        row = row or run("INSERT INTO file (location, path) VALUES (?, ?) RETURNING id", (location, path)).fetchone()
        return int(row[0])

    def drop(self, source: int) -> None:
        """Forget a source and all that came from it."""
        self._clear(source)
        self._database.execute("DELETE FROM source WHERE id = ?", (source,))

    def move(self, source: int, place: Place) -> None:
        """Say that a source lies elsewhere now; nothing else lies there."""
        self._database.execute(
            "UPDATE source SET file = ?, member = ? WHERE id = ?", (place.file, place.member, source)
        )

    def displace(self, place: Place) -> None:
        """Take its place from the source that lies at `place`; it may still be met elsewhere in its file."""
        self._database.execute(
            "UPDATE source SET member = NULL WHERE file = ? AND member = ?", (place.file, place.member)
        )

    def has_displaced(self) -> bool:
        """Whether any source has no place now; there is none in what is committed."""
        return self._database.execute("SELECT 1 FROM source WHERE member IS NULL LIMIT 1").fetchone() is not None

    def drop_displaced(self, file: int | None = None) -> None:
        """Drop the sources without a place, of one file or of all: their content is not there any more."""
        rows = self._database.execute(
            "SELECT id FROM source WHERE member IS NULL AND file = coalesce(?, file)", (file,)
        ).fetchall()
        for (source,) in rows:
            self.drop(source)

    def reject(self, place: Place, whole: bool, reject: Reject, content: Content | None, tried: str) -> int:
        """Remember what could not be read; its id. `whole`: it is said of the file, not of a source in it."""
        (row,) = self._database.execute(
            "INSERT INTO reject (file, member, path, reason, message, sha256, context, tried)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                place.file, None if whole else place.member, reject.path, reject.reason, reject.message,
                content and content.sha256, content.context if content else "", tried,
            ),
        ).fetchone()  # fmt: skip
        return int(row)

    def accept(self, place: Place) -> None:
        """Forget what was rejected at a place before."""
        self._database.execute("DELETE FROM reject WHERE file = ? AND member = ?", (place.file, place.member))

    def _row(self, place: Place, content: Content, maker: int) -> int:
        """The source's row, made or brought up to date."""
        (source,) = self._database.execute(
            "INSERT INTO source (file, member, sha256, context, maker) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (file, member) DO UPDATE SET sha256 = excluded.sha256, context = excluded.context,"
            " maker = excluded.maker RETURNING id",
            (place.file, place.member, content.sha256, content.context, maker),
        ).fetchone()
        return int(source)

    def _clear(self, source: int) -> None:
        """Take away what came from a source; what hangs on its pages goes with them."""
        gone = [row[0] for row in self._database.execute(
            "SELECT article.id FROM article JOIN page ON page.id = article.page WHERE page.source = ?", (source,)
        )]  # fmt: skip
        if gone:
            for step in STEPS:
                step.leaving(self._database, gone)
        self._database.execute("DELETE FROM page WHERE source = ?", (source,))

    def _page(
        self,
        source: int,
        content: Content,
        number: int,
        page: PageContent,
        records: Sequence[ArticleRecord],
        kept: Numbers,
    ) -> None:
        told = page.source
        packed = packing.pack_page(page.text, page.leftovers, (record.article.text for record in records))
        sha256 = bytes.fromhex(told.sha256)
        (page_id,) = self._database.execute(
            "INSERT INTO page (id, source, number, page, paper, issue_date, format, encoding, path, sha256, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                kept.pages.of(number), source, number, told.page, told.paper, told.issue_date, told.format,
                told.encoding, self._path(source, told), None if sha256 == content.sha256 else sha256, packed,
            ),
        ).fetchone()  # fmt: skip
        articles = [
            self._article(page_id, at, record, kept.articles.of((number, record.article.id)), kept)
            for at, record in enumerate(records, 1)
        ]
        for step in STEPS if articles else ():
            step.entering(self._database, articles)

    def _path(self, source: int, told: Source) -> str | None:
        """The path that records of a page give, where it is not the source's."""
        (path,) = self._database.execute("SELECT path FROM v_source WHERE id = ?", (source,)).fetchone()
        return None if told.path == path else told.path

    def _article(self, page: int, position: int, record: ArticleRecord, known: int | None, kept: Numbers) -> int:
        """The article with all that was read from it; its id, which is `known` where it had one."""
        made, run = record.article, self._database.execute
        (article,) = run(
            "INSERT INTO article (id, page, position, record_id, kind, title, text, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (known, page, position, made.id, made.kind, record.title, made.text, self._packing.pack(record)),
        ).fetchone()
        entities = {each.id: number for number, each in enumerate(record.entities, 1)}
        dates = {each.id: number for number, each in enumerate(record.dates, 1)}
        counts = {each.id: number for number, each in enumerate(record.counts, 1)}
        many = self._database.executemany
        many(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (article, n, self._name(e.type, e.name), entities.get(e.parent or ""), e.code, e.basis, len(e.mentions))
                for n, e in enumerate(record.entities, 1)
            ],
        )
        many(
            "INSERT INTO date VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(article, n, d.start, d.end, d.value, *days(d.value)) for n, d in enumerate(record.dates, 1)],
        )
        many(
            "INSERT INTO count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (article, n, c.start, c.end, _number(c.value), _number(c.max), c.unit, c.object, c.mod, c.role)
                for n, c in enumerate(record.counts, 1)
            ],
        )
        for number, activity in enumerate(record.activities, 1):
            known = kept.activities.of((article, number))
            self._activity(article, number, activity, entities, dates, counts, known)
        return int(article)

    def _activity(
        self,
        article: int,
        number: int,
        made: Activity,
        entities: dict[str, int],
        dates: dict[str, int],
        counts: dict[str, int],
        known: int | None,
    ) -> None:
        (activity,) = self._database.execute(
            "INSERT INTO activity"
            " (id, article, number, name, type, status, date, audience, evidence_start, evidence_end)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                known, article, number, made.name, made.type, made.status, dates.get(made.date or ""),
                json.dumps(made.audience, ensure_ascii=False) if made.audience else None,
                made.evidence.start, made.evidence.end,
            ),
        ).fetchone()  # fmt: skip
        roles = (("organizer", made.organizers), ("partner", made.partners), ("place", made.places))
        self._database.executemany(
            "INSERT INTO activity_entity VALUES (?, ?, ?, ?)",
            [(activity, role, at, entities[each]) for role, ids in roles for at, each in enumerate(ids, 1)],
        )
        self._database.executemany(
            "INSERT INTO activity_count VALUES (?, ?, ?)",
            [(activity, at, counts[each]) for at, each in enumerate(made.counts, 1)],
        )

    def _name(self, kind: str, name: str) -> int:
        """The id of a name; those met lately are remembered."""
        key = (name, kind)
        known = self._names.get(key)
        if known is None:
            run = self._database.execute
            row = run("SELECT id FROM name WHERE name = ? AND type = ?", key).fetchone()
            row = row or run("INSERT INTO name (name, type) VALUES (?, ?) RETURNING id", key).fetchone()
            if len(self._names) >= REMEMBERED:
                self._names.clear()
            known = self._names[key] = int(row[0])
        return known

    def undone(self) -> None:
        """What was remembered of a transaction that has been undone must be forgotten."""
        self._names.clear()


def _number(value: float | None) -> float | None:
    return float(value) if isinstance(value, int) and abs(value) > LARGEST else value
