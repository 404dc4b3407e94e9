"""The full-text index as a step of derive.py: articles are put in and taken out in the transaction that stores them."""

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.archive import folding, records
from corpus.archive.bigrams import tokens
from schemas.layout import HEADLINE_ROLES
from schemas.record import ArticleRecord

_DELETE = "INSERT INTO article_words (article_words, rowid, tokens) VALUES ('delete', ?, ?)"
_INSERT = "INSERT INTO article_words (rowid, tokens) VALUES (?, ?)"
_ENTRY = "INSERT INTO search_entry (article, day, record_id, headline_end) VALUES (?, ?, ?, ?)"
"""Of table archive: the version of the fold that all tokens are made with."""
_MERGED = 500
"""Pages of the index that one run puts together at most; enough to keep up with what a run of usual size brings."""


class FullText:
    """Tables article_words and search_entry."""

    @property
    def version(self) -> int:
        """Of the fold, which decides the tokens."""
        return folding.VERSION

    def entering(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Puts the articles in."""
        for article, record in zip(articles, records.of_articles(database, articles), strict=True):
            end = headline_end(record)
            day = record.source.issue_date or ""
            database.execute(_ENTRY, (article, day, record.article.id, end))
            database.execute(_INSERT, (article, tokens(record.article.text, end)))

    def leaving(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Takes them out; an index without contents has to be told what it held."""
        texts = "SELECT text, headline_end FROM search_entry JOIN article ON id = article WHERE article = ?"
        for article in articles:
            for row in database.execute(texts, (article,)).fetchall():
                database.execute(_DELETE, (article, tokens(*row)))
                database.execute("DELETE FROM search_entry WHERE article = ?", (article,))

    def finish(self, database: sqlite3.Connection) -> None:
        """Puts parts of the index together, as far as that is due."""
        database.execute("INSERT INTO article_words (article_words, rank) VALUES ('merge', ?)", (_MERGED,))

    def anew(self, database: sqlite3.Connection) -> None:
        """Makes the whole index from the articles."""
        database.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
        database.execute("DELETE FROM search_entry")
        self.entering(database, _ids(database.execute("SELECT id FROM article ORDER BY id")))


def headline_end(record: ArticleRecord) -> int:
    """Where the headlines of a record's text end; 0 where there are none."""
    return max((block.end for block in record.article.blocks if block.role in HEADLINE_ROLES), default=0)


def _ids(rows: Iterable[sqlite3.Row]) -> list[int]:
    return [row[0] for row in rows]
