"""What cli.py stats counts, asked of the tables: plain, slow, and what the columns have to give."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from corpus.archive import filters
from corpus.archive.distinct import first_activities
from corpus.archive.filters import Filters
from corpus.archive.stats import StatsRow
from schemas.annotations import DIVISIONS

PLAIN: Mapping[str, str] = {
    "type": "held.type",
    "status": "held.status",
    "paper": "held.paper",
    "year": "substr(held.day, 1, 4)",
    "month": "substr(held.day, 1, 7)",
    "day": "held.day",
}

_HELD = """
held AS (
  SELECT activity.id, activity.article, activity.type, activity.status, page.paper,
         coalesce(date.first, date.last, page.issue_date) AS day
  FROM activity JOIN article ON article.id = activity.article JOIN page ON page.id = article.page
       LEFT JOIN date ON date.article = activity.article AND date.number = activity.date
  WHERE {condition})
"""
_LEVEL = """
{level}s AS (
  SELECT DISTINCT slot.activity, upper.id, upper.name, upper.code
  FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
       JOIN entity_place AS seen ON seen.article = activity.article AND seen.number = slot.entity
       JOIN place_above ON place_above.place = seen.place
       JOIN place AS upper ON upper.id = place_above.above AND upper.type = '{level}'
  WHERE slot.role = 'place')
"""
_ORGANIZERS = """
organizers AS (
  SELECT DISTINCT slot.activity, name.id, name.name, NULL AS code
  FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
       JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
       JOIN name ON name.id = entity.name
  WHERE slot.role = 'organizer')
"""


def asked(
    database: sqlite3.Connection,
    by: Sequence[str],
    wanted: Filters = Filters(),  # noqa: B008 - immutable
    distinct: bool = False,
) -> Iterator[StatsRow]:
    """The activities that the filters want counted by the dimensions."""
    condition = filters.activities(database, wanted)
    if distinct:
        condition = first_activities(condition)
    tables, joins, columns, keys = [_HELD.format(condition=condition.sql)], [], [], []
    for dimension in by:
        if dimension in PLAIN:
            columns += [f"{PLAIN[dimension]} AS {dimension}", "NULL"]
            keys.append(PLAIN[dimension])
            continue
        tables.append(_LEVEL.format(level=dimension) if dimension in DIVISIONS else _ORGANIZERS)
        joins.append(f"LEFT JOIN {dimension}s ON {dimension}s.activity = held.id")
        columns += [f"{dimension}s.name", f"{dimension}s.code"]
        keys.append(f"{dimension}s.id")
    order = [f"{column} IS NULL, {column}" for column in (name.partition(" AS ")[0] for name in columns)]
    group = f"GROUP BY {', '.join(keys)} ORDER BY {', '.join(order)}" if by else ""
    query = (
        f"WITH {', '.join(tables)} SELECT {', '.join([*columns, 'count(DISTINCT held.id)'])},"
        f" count(DISTINCT held.article) FROM held {' '.join(joins)} {group}"
    )
    for row in database.execute(query, condition.values):
        *cells, activities, articles = row
        yield StatsRow(tuple(cells[::2]), tuple(cells[1::2]), activities, articles)
