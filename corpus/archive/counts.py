"""The counts of an archive as rows: a figure, what it counts, whose it is, and where it stands."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.archive import filters
from corpus.archive.conditions import as_rows
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
    condition, values = _condition(database, wanted)
    query = f"{_QUERY} WHERE {condition} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    for row in database.execute(query, (*values, -1 if limit is None else limit, offset)):
        yield CountRow(*row)


def total(database: sqlite3.Connection, wanted: Filters) -> int:
    """How many counts the filters want."""
    condition, values = _condition(database, wanted)
    [(count,)] = database.execute(f"SELECT count(*) {_FIGURES} WHERE {condition}", values)
    return int(count)


def _condition(database: sqlite3.Connection, wanted: Filters) -> tuple[str, tuple[object, ...]]:
    of_articles = {"since", "until", "papers", "kinds"}
    if set(wanted.given()) <= of_articles:
        rows = as_rows(filters.articles(database, wanted))
        return f"count.article IN (SELECT article FROM search_entry WHERE {rows.sql})", rows.values
    rows = filters.activities(database, wanted)
    return f"activity.id IS NOT NULL AND {rows.sql}", rows.values
