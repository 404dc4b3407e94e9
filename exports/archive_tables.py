"""An archive as four tidy tables: articles, activities, counts, places, each row with the ids that join them."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.archive import activities, counts, filters, places
from corpus.archive.conditions import as_rows
from corpus.archive.filters import Filters
from corpus.archive.records import ARTICLES as RECORDED
from corpus.archive.records import ORDER
from exports.table import Column, Table, Value

ISSUE = (
    Column("paper", "text", "the newspaper", "报纸"),
    Column("issue_date", "text", "day of the issue, ISO 8601", "出版日期"),
    Column("page", "integer", "page of the paper", "版面"),
    Column("path", "text", "the file that it was read from", "来源文件"),
)
"""Where an article was printed, in every table but places."""
ARTICLES = (
    Column("article", "text", "the article's id; copies of a page share theirs", "文章编号，同一版面的副本编号相同"),
    Column("kind", "text", "article, or photo: a picture story", "类型：文章或图片新闻"),
    Column("title", "text", "the main headline", "主标题"),
    *ISSUE,
    Column("text", "text", "the article restored: headlines, paragraphs, captions, a block a line", "还原后的全文"),
)
ACTIVITIES = (
    Column("article", "text", "id of the article that tells it", "文章编号"),
    Column("activity", "text", "its id in the article", "活动在文章中的编号"),
    Column("name", "text", "what it is called, or the shortest clause that tells it", "活动名称"),
    Column("type", "text", "one of the published types", "活动类型"),
    Column("status", "text", "done or under_way", "状态：已完成或进行中"),
    Column("from", "text", "the first day that its date may mean, ISO 8601", "起始日期"),
    Column("to", "text", "the last day", "结束日期"),
    Column("date", "text", "its date as printed", "原文日期"),
    Column("edtf", "text", "its date as EDTF (ISO 8601-2)", "日期（EDTF）"),
    Column("organizers", "text", "who ran it, JSON list", "主办方（JSON 列表）"),
    Column("partners", "text", "with whom, JSON list", "协办方（JSON 列表）"),
    Column("places", "text", "where it took place, JSON list", "地点（JSON 列表）"),
    Column("place_codes", "text", "codes of the places in the same order, null where unknown", "地点区划代码"),
    Column("audience", "text", "for whom, as printed, JSON list", "对象（原文，JSON 列表）"),
    Column("counts", "text", "its figures as printed, JSON list; table counts has them as numbers", "相关数字（原文）"),
    Column("accounts", "integer", "articles that tell of it, this one too", "报道该活动的文章数"),
    Column("evidence", "text", "the words that say it", "原文依据"),
    Column("title", "text", "headline of the article", "文章标题"),
    *ISSUE,
)
COUNTS = (
    Column("article", "text", "id of the article", "文章编号"),
    Column("count", "text", "its id in the article", "数字在文章中的编号"),
    Column("value", "number", "the figure; the lower end of a range", "数值（区间取下限）"),
    Column("max", "number", "the upper end of a range", "区间上限"),
    Column("mod", "text", "exact, about, over or under", "精确、约、超过、不足"),
    Column("unit", "text", "measure word, % or currency", "量词或单位"),
    Column("object", "text", "what is counted", "计数对象"),
    Column("role", "text", "what part it plays: served, participants, materials …", "数字的含义"),
    Column("text", "text", "as printed", "原文"),
    Column("activity", "text", "name of the activity that it belongs to", "所属活动"),
    Column("type", "text", "type of that activity", "活动类型"),
    Column("title", "text", "headline of the article", "文章标题"),
    *ISSUE,
)
PLACES = (
    Column("type", "text", "province, city, district, street, community, estate, road or venue", "类型"),
    Column("name", "text", "its name", "名称"),
    Column("code", "text", "code of the division (GB/T 2260 and below)", "行政区划代码"),
    Column("in", "text", "what it lies in, nearest first, JSON list", "上级（由近及远，JSON 列表）"),
    Column("basis", "text", "how the nearest is known: code or stated", "上级依据"),
    Column("told", "integer", "articles that print the two as a chain", "写明上级的文章数"),
    Column("learned", "integer", "articles that name it alone", "只写其名的文章数"),
    Column("variants", "text", "how it is printed otherwise, JSON list", "其他写法"),
    Column("articles", "integer", "articles that name it", "出现的文章数"),
    Column("activities", "integer", "activities that took place there", "在此举行的活动数"),
    Column("mentions", "integer", "how often it is printed", "出现次数"),
    Column("first", "text", "day of the first issue that names it", "首次出现"),
    Column("last", "text", "day of the last", "最近出现"),
)


def tables(database: sqlite3.Connection, wanted: Filters, distinct: bool = False) -> tuple[Table, ...]:
    """The four tables of what the filters want, in the archive's own order; rows are read while they are written."""
    return (
        Table("articles", ARTICLES, _articles(database, wanted)),
        Table("activities", ACTIVITIES, _activities(database, wanted, distinct)),
        Table("counts", COUNTS, _counts(database, wanted)),
        Table("places", PLACES, _places(database, wanted)),
    )


def article_ids(database: sqlite3.Connection, wanted: Filters) -> list[int]:
    """The articles (article.id) that the filters want, in the archive's own order."""
    rows = as_rows(filters.articles(database, wanted))
    within = f"article.id IN (SELECT article FROM search_entry WHERE {rows.sql})"
    query = f"SELECT article.id FROM {RECORDED} WHERE {within} ORDER BY {ORDER}"
    return [row[0] for row in database.execute(query, rows.values)]


def _articles(database: sqlite3.Connection, wanted: Filters) -> Iterator[Sequence[Value]]:
    names = ", ".join("record_id" if column.name == "article" else column.name for column in ARTICLES)
    for article in article_ids(database, wanted):
        yield tuple(database.execute(f"SELECT {names} FROM v_article WHERE id = ?", (article,)).fetchone())


def _activities(database: sqlite3.Connection, wanted: Filters, distinct: bool) -> Iterator[Sequence[Value]]:
    for row in activities.rows(database, wanted, distinct=distinct):
        yield cells(ACTIVITIES, row.values() | {"activity": row.id})


def _counts(database: sqlite3.Connection, wanted: Filters) -> Iterator[Sequence[Value]]:
    for row in counts.rows(database, wanted):
        yield cells(COUNTS, row.values() | {"count": row.id})


def _places(database: sqlite3.Connection, wanted: Filters) -> Iterator[Sequence[Value]]:
    for row in places.rows(database, wanted):
        yield cells(PLACES, row.values())


def cells(columns: Sequence[Column], values: Mapping[str, Any]) -> list[Value]:
    """The values of the columns, lists as JSON."""
    chosen = (values[column.name] for column in columns)
    return [json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell for cell in chosen]
