"""The numbers (ids) that pages, articles and activities of a source have, kept where the source is stored anew.

So a link to a page holds when its source is refreshed or corrected, and what is made at the end of a run (columns,
groups, places) still speaks of the same rows until it is made anew.
"""

import sqlite3
from typing import Generic, TypeVar

_PAGES = "SELECT number, id FROM page WHERE source = ?"
_ARTICLES = """
SELECT page.number, article.record_id, article.id FROM article JOIN page ON page.id = article.page WHERE page.source = ?
ORDER BY article.id DESC
"""
_ACTIVITIES = """
SELECT activity.article, activity.number, activity.id FROM activity JOIN article ON article.id = activity.article
       JOIN page ON page.id = article.page WHERE page.source = ?
"""
_PLACES = """
SELECT seen.place, seen.basis, seen.article, entity.name FROM entity_place AS seen JOIN entity USING (article, number)
       JOIN article ON article.id = seen.article JOIN page ON page.id = article.page WHERE page.source = ?
"""
_ALIKE = """
SELECT leader, rank, article_group.article FROM article_group JOIN article ON article.id = article_group.article
       JOIN page ON page.id = article.page WHERE page.source = ?
"""
_SAME = """
SELECT told.leader, told.rank, told.reason, activity.id, activity.name FROM activity_group AS told
       JOIN activity ON activity.id = told.activity JOIN article ON article.id = activity.article
       JOIN page ON page.id = article.page WHERE page.source = ?
"""


Key = TypeVar("Key")


class Kept(Generic[Key]):
    """The numbers of one table, by what tells its rows apart."""

    def __init__(self, database: sqlite3.Connection, table: str, known: dict[Key, int]) -> None:
        self._database, self._table, self._known = database, table, known

    def of(self, key: Key) -> int | None:
        """The number that the row had; of a new row one that none has or will be given, None for SQLite's choice."""
        if key in self._known:
            return self._known.pop(key)
        if not self._known:
            return None
        (last,) = self._database.execute(f"SELECT coalesce(max(id), 0) FROM {self._table}").fetchone()
        return int(max(last, *self._known.values())) + 1


class Numbers:
    """What was stored of a source (source.id), read before it is cleared; each number is given once."""

    def __init__(self, database: sqlite3.Connection, source: int) -> None:
        run = database.execute
        self.pages = Kept[int](database, "page", dict(run(_PAGES, (source,)).fetchall()))
        articles = {(number, record): key for number, record, key in run(_ARTICLES, (source,))}
        self.articles = Kept[tuple[int, str]](database, "article", articles)
        activities = {(article, number): key for article, number, key in run(_ACTIVITIES, (source,))}
        self.activities = Kept[tuple[int, int]](database, "activity", activities)


class Derived:
    """What `finish` made of the articles of a source, to be put back where it is corrected between two runs."""

    def __init__(self, database: sqlite3.Connection, source: int) -> None:
        self._database = database
        self._places, self._alike, self._same = (
            [tuple(row) for row in database.execute(query, (source,))] for query in (_PLACES, _ALIKE, _SAME)
        )

    def put_back(self) -> None:
        """As far as it speaks of what is still there: what is new is known when `finish` has been."""
        many = self._database.executemany
        many(
            "INSERT OR IGNORE INTO entity_place (place, basis, article, number)"
            " SELECT ?, ?, article, number FROM entity WHERE article = ? AND name = ?",
            self._places,
        )
        many("INSERT OR IGNORE INTO article_group (leader, rank, article) SELECT ?, ?, id FROM article WHERE id = ?",
             self._alike)  # fmt: skip
        many(
            "INSERT OR IGNORE INTO activity_group (leader, rank, reason, activity)"
            " SELECT ?, ?, ?, id FROM activity WHERE id = ? AND name = ?",
            self._same,
        )
