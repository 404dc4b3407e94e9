"""Articles as a line each, for lists: what they are called and where they were printed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from corpus.archive.counting.columns import Ints
from corpus.archive.counting.held import Columns


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """`article` and `page_id` are its id and its page's in this archive; `id` is its record's; `page` as printed."""

    article: int
    id: str
    kind: str
    title: str | None
    opening: str  # the first characters of its text behind the headlines
    paper: str | None
    issue_date: str | None
    page: int | None
    page_id: int
    position: int


OPENING = 60
_QUERY = f"""
SELECT article.id, article.record_id, article.kind, article.title,
       substr(article.text, coalesce(nullif(search_entry.headline_end, 0) + 2, 1), {OPENING}),
       page.paper, page.issue_date, page.page, page.id, article.position
FROM article JOIN page ON page.id = article.page LEFT JOIN search_entry ON search_entry.article = article.id
WHERE article.id = ?
"""


def of(database: sqlite3.Connection, articles: Iterable[int]) -> tuple[ArticleLine, ...]:
    """The articles with these ids (article.id), in the order given; one that is not there gives none."""
    return tuple(ArticleLine(*row) for article in articles for row in database.execute(_QUERY, (article,)))


def newest(database: sqlite3.Connection, limit: int, offset: int = 0) -> tuple[ArticleLine, ...]:
    """The articles of the newest issues."""
    query = "SELECT article FROM search_entry ORDER BY day DESC, record_id LIMIT ? OFFSET ?"
    return of(database, [row[0] for row in database.execute(query, (limit, offset))])


def newest_rows(columns: Columns, rows: Ints, limit: int, offset: int = 0) -> list[int]:
    """Of some rows of articles the ids (article.id) of the newest."""
    held = columns.articles
    chosen: list[int] = held.id[rows[np.lexsort((rows, -held.day[rows]))][offset : offset + limit]].tolist()
    return chosen
