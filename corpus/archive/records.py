"""Records out of the archive, in one order whatever the order they came in: by path, place in the file, page, position.

The same inputs give the same records, byte for byte, however often indexing was stopped.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from corpus.archive.database import packing
from corpus.archive.packing import Packing, unpack_page
from corpus.records import article_lines
from schemas.layout import Leftover, Source
from schemas.record import ArticleRecord

PATH = "coalesce(page.path, file.path || iif(source.member = '', '', '!' || source.member))"
"""Where an article was read from, as its record says it."""
ARTICLES = """
article JOIN page ON page.id = article.page JOIN source ON source.id = page.source JOIN file ON file.id = source.file
"""
"""Articles with all that PATH and ORDER are made of, for FROM."""
_COLUMNS = f"""
SELECT article.id, article.record_id, article.kind, article.text, article.record, page.page, page.paper,
       page.issue_date, page.format, page.encoding, lower(hex(coalesce(page.sha256, source.sha256))) AS sha256,
       {PATH} AS path
FROM {ARTICLES}
"""
ORDER = "file.path, file.location, CAST(source.member AS INTEGER), source.member, page.number, article.position"
"""What articles are sorted by wherever the order is the archive's own: rows of a table by number, members by name."""


def every(database: sqlite3.Connection) -> Iterator[ArticleRecord]:
    """All records of the archive, one at a time; packing.PackingError where one is damaged."""
    # only the ids are sorted: texts would fill memory or the disk
    ids = database.execute(f"SELECT article.id FROM {ARTICLES} ORDER BY {ORDER}")
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
