"""The activities of an archive as rows: what a researcher tabulates, one row an activity."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.archive import filters
from corpus.archive.conditions import Rows
from corpus.archive.distinct import first_activities
from corpus.archive.filters import Filters
from corpus.archive.records import ARTICLES, ORDER, PATH

_DAY = "coalesce(date.first, date.last, page.issue_date)"
ORDERS: Mapping[str, str] = {
    "archive": f"{ORDER}, activity.number",
    "date": f"{_DAY} IS NULL, {_DAY}, {ORDER}, activity.number",
    "type": f"activity.type, {ORDER}, activity.number",
    "name": f"activity.name, {ORDER}, activity.number",
}
"""What rows can be sorted by; what is equal stands in the archive's own order, what has no date last."""


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """A figure of an activity: as printed, and as a number with its unit and what it counts."""

    text: str
    value: int | float
    max: int | float | None
    unit: str
    object: str
    mod: str


@dataclass(frozen=True, slots=True)
class ActivityPlace:
    """A place of an activity by its name; `code` is that of its division, None where it is not known."""

    name: str
    type: str
    code: str | None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity. Names, not ids; `date` as printed, `first` and `last` the days it may mean (ISO 8601).

    `first` and `last` are None where the article does not say, or is open on that side.
    """

    key: int = field(compare=False)  # activity.id: of this archive only
    article: str
    id: str
    name: str
    type: str
    status: str
    organizers: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[ActivityPlace, ...]
    date: str | None
    edtf: str | None
    first: str | None
    last: str | None
    audience: tuple[str, ...]
    counts: tuple[ActivityCount, ...]
    evidence: str
    title: str | None
    paper: str | None
    issue_date: str | None
    page: int | None
    path: str
    accounts: int  # articles that tell of it, this one too

    def values(self) -> dict[str, Any]:
        """The row by the names that people and files see, as JSON values; lists for what may be several."""
        return {
            "article": self.article,
            "id": self.id,
            "from": self.first,
            "to": self.last,
            "date": self.date,
            "edtf": self.edtf,
            "type": self.type,
            "status": self.status,
            "name": self.name,
            "organizers": list(self.organizers),
            "partners": list(self.partners),
            "places": [place.name for place in self.places],
            "place_codes": [place.code for place in self.places],
            "audience": list(self.audience),
            "counts": [count.text for count in self.counts],
            "evidence": self.evidence,
            "title": self.title,
            "paper": self.paper,
            "issue_date": self.issue_date,
            "page": self.page,
            "path": self.path,
            "accounts": self.accounts,
        }


_QUERY = f"""
SELECT activity.id AS key, article.record_id AS article, 'a' || activity.number AS id, activity.name, activity.type,
       activity.status, activity.audience, article.title, page.paper, page.issue_date, page.page,
       substr(article.text, date.start + 1, date."end" - date.start) AS date, date.value AS edtf, date.first, date.last,
       substr(article.text, activity.evidence_start + 1, activity.evidence_end - activity.evidence_start) AS evidence,
       {PATH} AS path,
       (SELECT count(*) FROM activity_group AS one JOIN activity_group AS other ON other.leader = one.leader
        WHERE one.activity = activity.id) AS told
FROM {ARTICLES} JOIN activity ON activity.article = article.id
     LEFT JOIN date ON date.article = activity.article AND date.number = activity.date
"""
_SLOTS = """
SELECT slot.role, name.name, name.type, entity.code
FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
     JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
     JOIN name ON name.id = entity.name
WHERE slot.activity = ? ORDER BY slot.role, slot.position
"""
_COUNTS = """
SELECT substr(article.text, count.start + 1, count."end" - count.start) AS text, count.value, count.max, count.unit,
       count.object, count.mod
FROM activity_count AS slot JOIN activity ON activity.id = slot.activity
     JOIN count ON count.article = activity.article AND count.number = slot.count
     JOIN article ON article.id = activity.article
WHERE slot.activity = ? ORDER BY slot.position
"""


def rows(
    database: sqlite3.Connection,
    wanted: Filters = Filters(),  # noqa: B008 - immutable
    order: str = "archive",
    limit: int | None = None,
    offset: int = 0,
    distinct: bool = False,
) -> Iterator[ActivityRow]:
    """The activities that the filters want, at most `limit` of them from the `offset`-th on.

    `distinct`: what several articles tell is one row, the first account of it.
    """
    condition = _condition(database, wanted, distinct)
    query = f"{_QUERY} WHERE {condition.sql} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    for row in database.execute(query, (*condition.values, -1 if limit is None else limit, offset)):
        yield _row(database, row)


def of(database: sqlite3.Connection, keys: Iterable[int]) -> Iterator[ActivityRow]:
    """The activities with these keys (activity.id), in the order given; one that is not there gives none."""
    for key in keys:
        for row in database.execute(f"{_QUERY} WHERE activity.id = ?", (key,)):
            yield _row(database, row)


def total(database: sqlite3.Connection, wanted: Filters, distinct: bool = False) -> int:
    """How many activities the filters want."""
    condition = _condition(database, wanted, distinct)
    [(count,)] = database.execute(f"SELECT count(*) FROM activity WHERE {condition.sql}", condition.values)
    return int(count)


def _condition(database: sqlite3.Connection, wanted: Filters, distinct: bool) -> Rows:
    condition = filters.activities(database, wanted)
    return first_activities(condition) if distinct else condition


def _row(database: sqlite3.Connection, row: sqlite3.Row) -> ActivityRow:
    slots: dict[str, list[ActivityPlace]] = {"organizer": [], "partner": [], "place": []}
    for role, name, kind, code in database.execute(_SLOTS, (row["key"],)):
        slots[role].append(ActivityPlace(name, kind, code))
    counts = tuple(ActivityCount(*count) for count in database.execute(_COUNTS, (row["key"],)))
    plain = {
        name: row[name]
        for name in (
            "key", "article", "id", "name", "type", "status", "date", "edtf", "first", "last", "evidence", "title",
            "paper", "issue_date", "page", "path",
        )
    }  # fmt: skip
    return ActivityRow(
        **plain,
        accounts=row["told"] or 1,
        organizers=tuple(each.name for each in slots["organizer"]),
        partners=tuple(each.name for each in slots["partner"]),
        places=tuple(slots["place"]),
        audience=tuple(json.loads(row["audience"] or "[]")),
        counts=counts,
    )
