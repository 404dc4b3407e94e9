"""Records out of the archive, in one order whatever the order they came in: by path, place in the file, page, position.

The same inputs give the same records, byte for byte, however often indexing was stopped.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from corpus.archive.database import packing
from corpus.archive.packing import Packing, PackingError, unpack_page
from corpus.records import article_lines
from schemas.layout import Leftover, Source
from schemas.record import ArticleRecord

_COLUMNS = """
SELECT article.id, article.record_id, article.kind, article.text, article.record, page.page, page.paper,
       page.issue_date, page.format, page.encoding, lower(hex(coalesce(page.sha256, source.sha256))) AS sha256,
       coalesce(page.path, file.path || iif(source.member = '', '', '!' || source.member)) AS path
FROM article JOIN page ON page.id = article.page JOIN source ON source.id = page.source
     JOIN file ON file.id = source.file
"""
ORDER = "file.path, file.location, CAST(source.member AS INTEGER), source.member, page.number, article.position"
"""What articles are sorted by wherever the order is the archive's own: rows of a table by number, members by name."""


def every(database: sqlite3.Connection) -> Iterator[ArticleRecord]:
    """All records of the archive, one at a time; PackingError where one is damaged."""
    joined = _COLUMNS[_COLUMNS.index("FROM") :]
    # only the ids are sorted: texts would fill memory or the disk
    ids = database.execute(f"SELECT article.id {joined} ORDER BY {ORDER}")
    yield from of_articles(database, (row[0] for row in ids))


def of_articles(database: sqlite3.Connection, articles: Iterable[int]) -> Iterator[ArticleRecord]:
    """The records of these articles (article.id), in the order given; an id that is not there gives none."""
    packs = packing(database)
    for article in articles:
        yield from _read(packs, database.execute(f"{_COLUMNS} WHERE article.id = ?", (article,)))


def of_source(database: sqlite3.Connection, source: int) -> Iterator[ArticleRecord]:
    """The records of a source (source.id)."""
    yield from _read(packing(database), database.execute(f"{_COLUMNS} WHERE source.id = ? ORDER BY {ORDER}", (source,)))


def with_id(database: sqlite3.Connection, record_id: str) -> Iterator[ArticleRecord]:
    """The records with this id: copies of a page share theirs."""
    rows = database.execute(f"{_COLUMNS} WHERE article.record_id = ? ORDER BY {ORDER}", (record_id,))
    yield from _read(packing(database), rows)


def lines(database: sqlite3.Connection) -> Iterator[bytes]:
    """All records as JSON lines."""
    for record in every(database):
        yield article_lines([record])


def page_text(database: sqlite3.Connection, page: int) -> tuple[str, tuple[Leftover, ...]]:
    """The whole text of a page (page.id) as it was read, and what of it is in no article; KeyError without one."""
    row = database.execute("SELECT text FROM page WHERE id = ?", (page,)).fetchone()
    if row is None:
        raise KeyError(page)
    texts = database.execute("SELECT text FROM article WHERE page = ? ORDER BY position", (page,))
    return unpack_page(row[0], [text for (text,) in texts])


def _read(packs: Packing, rows: Iterable[sqlite3.Row]) -> Iterator[ArticleRecord]:
    for row in rows:
        source = Source(
            row["path"], row["sha256"], row["encoding"], row["format"], row["page"], row["paper"], row["issue_date"]
        )
        yield packs.record(row["record"], row["record_id"], row["kind"], row["text"], source)


__all__ = ["ORDER", "PackingError", "every", "lines", "of_articles", "of_source", "page_text", "with_id"]
