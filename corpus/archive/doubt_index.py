"""Doubts as a step of derive.py, and the review queue: the least certain articles that nobody has looked at yet."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.archive import records
from corpus.archive.doubts import Seen, doubts
from corpus.records import from_json, to_json

VERSION = 1
_PAGES = "SELECT DISTINCT page FROM article WHERE id IN (SELECT value FROM json_each(?)) ORDER BY page"
_OF_PAGE = "SELECT id FROM article WHERE page = ? ORDER BY position"
_LOOKED_AT = """
EXISTS (SELECT 1 FROM corrected_article AS seen JOIN correction ON correction.id = seen.correction
        WHERE seen.article = doubt.article AND correction.kind = 'reviewed')
"""
_QUEUE = f"""
SELECT doubt.article, article.record_id, article.title, doubt.points, doubt.signals
FROM article_doubt AS doubt JOIN article ON article.id = doubt.article
WHERE (doubt.points < :points OR (doubt.points = :points AND doubt.article > :article)) AND NOT {_LOOKED_AT}
ORDER BY doubt.points DESC, doubt.article LIMIT :most
"""
TOP = 2**62
"""More points than any article has."""


class Doubts:
    """Table article_doubt."""

    @property
    def version(self) -> int:
        """Raised when a sign is another."""
        return VERSION

    def entering(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Weighs the articles; their pages are as a whole in the archive."""
        for (page,) in database.execute(_PAGES, (to_json(list(articles)).decode(),)).fetchall():
            self._page(database, page)

    def leaving(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Nothing: rows go with their articles."""

    def finish(self, database: sqlite3.Connection) -> None:
        """Nothing: what is said of an article hangs on its page alone."""

    def anew(self, database: sqlite3.Connection) -> None:
        """Weighs everything."""
        for (page,) in database.execute("SELECT id FROM page ORDER BY id").fetchall():
            self._page(database, page)

    def _page(self, database: sqlite3.Connection, page: int) -> None:
        ids = [row[0] for row in database.execute(_OF_PAGE, (page,))]
        found = list(records.of_articles(database, ids))
        text, leftovers = records.page_text(database, page)
        ranges = [{each for block in record.article.blocks for each in block.source} for record in found]
        every = sorted(chain.from_iterable(ranges))
        rows = []
        for article, record, own in zip(ids, found, ranges, strict=True):
            # what lies farther off than its neighbours says nothing of it, and a page may hold thousands
            first = bisect_left(every, min(own)) - 1
            behind = bisect_left(every, (max(end for _, end in own), 0)) + 1
            others = [each for each in every[max(first, 0) : behind] if each not in own]
            points, signals = doubts(Seen(record, text, leftovers, others))
            rows.append((article, points, to_json(signals).decode()))
        database.executemany("INSERT OR REPLACE INTO article_doubt VALUES (?, ?, ?)", rows)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An article of the queue: article.id, its record's id and title, its points, and the signs that it has."""

    article: int
    record_id: str
    title: str | None
    points: int
    signals: Mapping[str, int]


def queue(database: sqlite3.Connection, most: int, after: tuple[int, int] = (TOP, 0)) -> Iterator[Doubtful]:
    """The least certain articles that nobody has looked at, behind `after` (points, article.id)."""
    values = {"points": after[0], "article": after[1], "most": most}
    for row in database.execute(_QUEUE, values):
        yield Doubtful(row[0], row[1], row[2], row[3], from_json(row[4].encode()))


def of_article(database: sqlite3.Connection, article: int) -> Doubtful | None:
    """What speaks against an article (article.id); None where nobody knows it."""
    row = database.execute(
        "SELECT article, record_id, title, points, signals FROM article_doubt JOIN article ON id = article"
        " WHERE article = ?",
        (article,),
    ).fetchone()
    return row and Doubtful(row[0], row[1], row[2], row[3], from_json(row[4].encode()))


def looked_at(database: sqlite3.Connection, article: int) -> bool:
    """Whether somebody has looked at an article (article.id) as it is now."""
    query = f"SELECT {_LOOKED_AT} FROM (SELECT ? AS article) AS doubt"
    return bool(database.execute(query, (article,)).fetchone()[0])


def progress(database: sqlite3.Connection) -> tuple[int, int]:
    """How many articles somebody has looked at, and how many there are."""
    seen = (
        "SELECT count(DISTINCT article) FROM corrected_article JOIN correction ON correction.id = correction"
        " WHERE kind = 'reviewed'"
    )
    (reviewed,) = database.execute(seen).fetchone()
    (every,) = database.execute("SELECT count(*) FROM article_doubt").fetchone()
    return reviewed, every
