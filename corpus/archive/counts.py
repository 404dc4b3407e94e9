"""The counts of an archive as rows: a figure, what it counts, whose it is, and where it stands."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.archive import filters
from corpus.archive.conditions import Rows, as_rows
from corpus.archive.filters import Filters
from corpus.archive.records import ARTICLES, ORDER, PATH

ORDERS: Mapping[str, str] = {
    "archive": f"{ORDER}, count.number",
    "date": f"page.issue_date IS NULL, page.issue_date, {ORDER}, count.number",
    "value": f"count.value DESC, {ORDER}, count.number",
    "object": f"count.object, count.unit, {ORDER}, count.number",
}


@dataclass(frozen=True, slots=True)
class CountRow:
    """One figure. `activity` is the name of the activity that it belongs to, None where it belongs to none."""

    article: str
    id: str
    text: str
    value: int | float
    max: int | float | None
    unit: str
    object: str
    mod: str
    role: str | None
    activity: str | None
    type: str | None
    title: str | None
    paper: str | None
    issue_date: str | None
    page: int | None
    path: str

    def values(self) -> dict[str, Any]:
        """The row by the names that people and files see, as JSON values."""
        return asdict(self)


_FIGURES = f"""
FROM {ARTICLES} JOIN count ON count.article = article.id
     LEFT JOIN activity ON activity.id = (
         SELECT min(held.id) FROM activity AS held JOIN activity_count AS slot ON slot.activity = held.id
         WHERE held.article = count.article AND slot.count = count.number)
"""
_PRINTED = """
JOIN article ON article.id = count.article JOIN page ON page.id = article.page
JOIN source ON source.id = page.source JOIN file ON file.id = source.file
"""
_OF_ACTIVITIES = """
activity JOIN activity_count AS slot ON slot.activity = activity.id
JOIN count ON count.article = activity.article AND count.number = slot.count
"""
_FIRST = """
NOT EXISTS (SELECT 1 FROM activity AS held JOIN activity_count AS other ON other.activity = held.id
            WHERE held.article = activity.article AND held.id < activity.id AND other.count = slot.count)
"""
"""A count that several activities have is the first one's."""
_QUERY = f"""
SELECT article.record_id AS article, 'c' || count.number AS id,
       substr(article.text, count.start + 1, count."end" - count.start) AS text, count.value, count.max, count.unit,
       count.object, count.mod, count.role, activity.name AS activity, activity.type, article.title, page.paper,
       page.issue_date, page.page,
       {PATH} AS path
{_FIGURES}
"""


def rows(
    database: sqlite3.Connection,
    wanted: Filters = Filters(),  # noqa: B008 - immutable
    order: str = "archive",
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[CountRow]:
    """The counts that the filters want, at most `limit` of them from the `offset`-th on.

    A type, a place or an organization is that of the activity whose count it is; without such a filter the counts of no
    activity are there too.
    """
    tables, condition = _wanted(database, wanted)
    # only keys are sorted: what the rows hold is looked up for those that are wanted
    keys = f"SELECT count.article, count.number FROM {tables} {_PRINTED} WHERE {condition.sql}"
    query = f"{keys} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    for key in database.execute(query, (*condition.values, -1 if limit is None else limit, offset)):
        for row in database.execute(f"{_QUERY} WHERE count.article = ? AND count.number = ?", tuple(key)):
            yield CountRow(*row)


def total(database: sqlite3.Connection, wanted: Filters) -> int:
    """How many counts the filters want."""
    tables, condition = _wanted(database, wanted)
    [(count,)] = database.execute(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    return int(count)


def _wanted(database: sqlite3.Connection, wanted: Filters) -> tuple[str, Rows]:
    """Tables that hold each count once, and which of them are wanted."""
    of_articles = {"since", "until", "papers", "kinds"}
    if set(wanted.given()) <= of_articles:
        rows = as_rows(filters.articles(database, wanted))
        within = "1" if rows.sql == "1" else f"count.article IN (SELECT article FROM search_entry WHERE {rows.sql})"
        return "count", Rows(within, rows.values)
    rows = filters.activities(database, wanted)
    return _OF_ACTIVITIES, Rows(f"{_FIRST} AND {rows.sql}", rows.values)
