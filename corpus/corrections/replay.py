"""The archive kept in step with the corrections file: what is stored is what extraction made, corrected.

What extraction made of a source that corrections change is kept beside it (table extraction), so that a correction can
be added, changed or taken back without the page.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from corpus.archive import derive, records
from corpus.archive.bigrams import wanted
from corpus.archive.database import packing
from corpus.archive.folding import fold
from corpus.archive.numbers import Derived
from corpus.archive.packing import PageContent
from corpus.archive.store import Content, Place, Store
from corpus.archive.words import FullText
from corpus.corrections.applying import Corrected, Corrections, Read, apply, name_of
from corpus.corrections.correction import Correction
from corpus.corrections.file import Line, read
from corpus.corrections.kinds import parse as parse_correction
from corpus.records import article_lines, from_json, parse, to_json
from schemas.layout import Leftover, Source
from schemas.record import ArticleRecord

Reader = Callable[[str], Read]
"""Who reads again as the settings (JSON, of a maker) say."""


def nobody(settings: str) -> Read:
    """The reader where there are no corrections, so that nothing is ever read again."""
    raise AssertionError(f"nothing is corrected, and yet something is to be read again ({settings})")


@dataclass(frozen=True, slots=True)
class Changed:
    """A source whose records are others now."""

    before: tuple[ArticleRecord, ...]
    after: tuple[ArticleRecord, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A source as it is stored, as extraction made it, and as it will be."""

    pages: tuple[PageContent, ...]
    stored: tuple[ArticleRecord, ...]
    made: tuple[PageContent, ...]
    read: tuple[ArticleRecord, ...]
    corrected: Corrected

    @property
    def changed(self) -> Changed | None:
        """How it will be otherwise than it is; None where it stays."""
        after = self.corrected.records
        same = article_lines(self.stored) == article_lines(after) and self.pages == self.corrected.pages
        return None if same else Changed(self.stored, after)


@dataclass(slots=True)
class Replay:
    """The corrections of one archive, opened for writing. The caller begins and ends transactions."""

    database: sqlite3.Connection
    lines: Sequence[Line]
    reader: Reader = nobody
    corrections: Corrections = field(init=False)
    _kept: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.corrections = Corrections(line.correction for line in self.lines if line.correction)

    def corrected(self, pages: Sequence[PageContent], read: Sequence[ArticleRecord], settings: str) -> Corrected:
        """What extraction gave of one source, corrected; nothing is stored."""
        return apply(self.corrections, pages, read, lambda *given: self.reader(settings)(*given))

    def keep(
        self, source: int, pages: Sequence[PageContent], read: Sequence[ArticleRecord], corrected: Corrected
    ) -> None:
        """Note what corrections did to a source that has just been stored; `pages`, `read`: what extraction gave."""
        run = self.database.execute
        self._kept.add(source)
        run("DELETE FROM correction_outcome WHERE source = ?", (source,))
        run("DELETE FROM extraction WHERE source = ?", (source,))
        if not corrected.outcomes:
            return
        self.database.executemany(
            "INSERT INTO correction_outcome VALUES (?, ?, ?, ?)",
            [(each.correction, source, each.status, each.reason) for each in corrected.outcomes],
        )
        if (tuple(pages), tuple(read)) != (corrected.pages, corrected.records):
            run("INSERT INTO extraction VALUES (?, ?)", (source, _packed(pages, read)))
        articles = run(
            "SELECT article.id FROM article JOIN page ON page.id = article.page WHERE page.source = ?"
            " ORDER BY page.number, article.position",
            (source,),
        ).fetchall()
        self.database.executemany(
            "INSERT OR IGNORE INTO corrected_article VALUES (?, ?)",
            [(row[0], each) for row, hands in zip(articles, corrected.touched, strict=True) for each in hands],
        )

    def behind(self) -> list[int] | None:
        """The sources (source.id) that have to be looked at to bring the archive in step; None where it is."""
        run = self.database.execute
        known = {row["id"]: row["line"] for row in run("SELECT id, line FROM correction ORDER BY position")}
        now = {each.id: _line(each) for each in self.corrections.every}
        changed = {each for each in known.keys() | now.keys() if known.get(each) != now.get(each)}
        if [each for each in known if each in now] != [each for each in now if each in known]:
            changed |= now.keys()
        if not changed:
            return None
        affected = {row[0] for each in changed for row in run(_TOLD, (each,))}
        affected.update(self._candidates([each for each in self.corrections.every if each.id in changed]))
        # a correction that named a thing otherwise may be what another one about that name hangs on
        names = {name_of(each) for each in self.corrections.every if each.id in changed and not each.article}
        for each in self.corrections.every:
            if names and each.id not in changed and any(name in now[each.id] for name in names):
                affected.update(row[0] for row in run(_TOLD, (each.id,)))
        return sorted(affected - self._kept)

    def catch_up(self) -> Iterator[Changed | None]:
        """Bring what is stored in step with the file, source by source, as it is asked to go on: what changes, or None.

        What is left before its end has to be undone.
        """
        sources = self.behind()
        if sources is None:
            return
        store = Store(self.database, packing(self.database))
        for source in sources:
            yield self._again(store, source)
        run, now = self.database.execute, {each.id: _line(each) for each in self.corrections.every}
        run("DELETE FROM correction")
        self.database.executemany(
            "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (each.id, position, each.kind, each.scope, each.note, each.by, each.at, now[each.id])
                for position, each in enumerate(self.corrections.every, 1)
            ],
        )

    def _candidates(self, corrections: Sequence[Correction]) -> Iterator[int]:
        """The sources that corrections may concern, and perhaps some more."""
        run, names = self.database.execute, []
        for each in corrections:
            if each.article is None:
                names.append(name_of(each))
                continue
            page = {"id": each.article.id, "sha256": bytes.fromhex(each.article.sha256)}
            yield from (row[0] for row in run(_BY_ARTICLE, page).fetchall())
        if not names:
            return
        yield from (row[0] for row in run(_BY_NAME, (to_json(names).decode(),)).fetchall())
        folded = [fold(name) for name in names]
        if all(folded) and not derive.outdated(self.database, FullText()):
            for words in folded:
                yield from (row[0] for row in run(_BY_WORDS, (wanted(words).match,)).fetchall())
            return
        finder = AhoCorasick(names)
        for source, text in run(_TEXTS):
            if finder.find_matches_as_indexes(text):
                yield source

    def foreseen(self, source: int) -> "Foreseen":
        """What a stored source will be, corrected anew from what extraction made of it; nothing is changed."""
        pages = tuple(_pages(self.database, source))
        stored = tuple(records.of_source(self.database, source))
        made, read = self._made(source, pages, stored)
        row = self.database.execute(_SOURCE, (source,)).fetchone()
        return Foreseen(pages, stored, tuple(made), tuple(read), self.corrected(made, read, row["settings"]))

    def _again(self, store: Store, source: int) -> Changed | None:
        """Correct a stored source anew; None where its records stay as they are."""
        row = self.database.execute(_SOURCE, (source,)).fetchone()
        told = self.foreseen(source)
        changed, corrected = told.changed, told.corrected
        if changed:
            content, derived = Content(row["sha256"], row["context"]), Derived(self.database, source)
            store.put(Place(row["file"], row["member"]), content, row["maker"], corrected.pages, corrected.records)
            derived.put_back()
        else:
            self.database.execute(_FORGET, (source,))
        self.keep(source, told.made, told.read, corrected)
        return changed

    def _made(
        self, source: int, pages: Sequence[PageContent], stored: Sequence[ArticleRecord]
    ) -> tuple[list[PageContent], list[ArticleRecord]]:
        """What extraction made of a stored source."""
        row = self.database.execute("SELECT content FROM extraction WHERE source = ?", (source,)).fetchone()
        if row is None:
            return list(pages), list(stored)
        told, lines = from_json(zlib.decompress(row[0]))
        made = [
            replace(page, articles=articles, leftovers=tuple(Leftover(*each) for each in leftovers))
            for page, (articles, leftovers) in zip(pages, told, strict=True)
        ]
        ahead = iter(parse(lines.encode()))
        # the file may lie elsewhere by now
        read = [replace(next(ahead), source=page.source) for page in made for _ in range(page.articles)]
        return made, read


def lines(database: sqlite3.Connection, path: Path) -> tuple[Line, ...]:
    """The lines of the corrections file at `path`; where there is none, those that the archive was last in step with.

    So a file that is lost is not a loss, and an archive that is copied without it keeps its corrections; who wants
    none any more leaves an empty file. CorrectionError where the file cannot be read.
    """
    if path.exists():
        return read(path)
    rows = database.execute("SELECT line FROM correction ORDER BY position")
    stored = (row["line"].encode() for row in rows)
    return tuple(Line(number, data, parse_correction(from_json(data))) for number, data in enumerate(stored, 1))


_SOURCE = """
SELECT file, member, sha256, context, maker, settings FROM source JOIN maker ON maker.id = source.maker
WHERE source.id = ?
"""
_TOLD = "SELECT source FROM correction_outcome WHERE correction = ?"
_FORGET = """
DELETE FROM corrected_article WHERE article IN (
  SELECT article.id FROM article JOIN page ON page.id = article.page WHERE page.source = ?)
"""
_BY_ARTICLE = """
SELECT page.source FROM article JOIN page ON page.id = article.page WHERE article.record_id = :id
UNION SELECT id FROM source WHERE sha256 = :sha256
UNION SELECT source FROM page WHERE sha256 = :sha256
"""
_BY_NAME = """
SELECT DISTINCT page.source FROM name JOIN entity ON entity.name = name.id
       JOIN article ON article.id = entity.article JOIN page ON page.id = article.page
WHERE name.name IN (SELECT value FROM json_each(?))
"""
_BY_WORDS = """
SELECT DISTINCT page.source FROM article_words JOIN article ON article.id = article_words.rowid
       JOIN page ON page.id = article.page
WHERE article_words MATCH ?
"""
_TEXTS = "SELECT page.source, article.text FROM article JOIN page ON page.id = article.page"
_PAGES = """
SELECT page.id, page.page, page.paper, page.issue_date, page.format, page.encoding,
       lower(hex(coalesce(page.sha256, source.sha256))) AS sha256, coalesce(page.path, v_source.path) AS path,
       (SELECT count(*) FROM article WHERE article.page = page.id) AS articles
FROM page JOIN source ON source.id = page.source JOIN v_source ON v_source.id = source.id
WHERE source.id = ? ORDER BY page.number
"""


def _pages(database: sqlite3.Connection, source: int) -> Iterator[PageContent]:
    for row in database.execute(_PAGES, (source,)).fetchall():
        told = Source(
            row["path"], row["sha256"], row["encoding"], row["format"], row["page"], row["paper"], row["issue_date"]
        )
        text, leftovers = records.page_text(database, row["id"])
        yield PageContent(told, text, leftovers, row["articles"])


def _packed(pages: Sequence[PageContent], read: Sequence[ArticleRecord]) -> bytes:
    told = [[page.articles, [[each.reason, each.start, each.end] for each in page.leftovers]] for page in pages]
    return zlib.compress(to_json([told, article_lines(read).decode()]), 9)


def _line(correction: Correction) -> str:
    return correction.line().decode().rstrip("\n")
