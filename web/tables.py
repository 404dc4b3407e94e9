"""The tables behind pages, whole: all rows that a question wants, for a file."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress

from corpus.archive import activities, activity_table, counts, matched, pivot, places
from corpus.archive.pivot import Heading
from corpus.archive.query import parse
from corpus.archive.reading import Reader
from exports.archive_tables import ACTIVITIES, ARTICLES, COUNTS, PLACES, cells
from exports.table import Column, Table, Value
from web import asking
from web.api.asked import Asked
from web.parameters import ACTIVITY_ORDER, ACTIVITY_ORDERS, COLUMNS, ROWS

STEP = 200
"""Texts that are read at once."""
MOST_ROWS, MOST_COLUMNS = 100_000, 1000
"""Of a pivot table."""
Maker = Callable[[Asked], tuple[Table, int]]
"""What gives the table for a question, and how many rows it has at most."""


def articles(asked: Asked) -> tuple[Table, int]:
    """The articles found, whole, in the archive's order."""
    found = matched.articles(asked.database, asked.columns, asked.query, asked.filters)
    held = asked.columns.articles.id
    ids: list[int] = (held if found.rows is None else held[found.rows]).tolist()
    names = ", ".join("record_id" if column.name == "article" else column.name for column in ARTICLES)
    query = f"SELECT {names} FROM v_article WHERE id = ?"

    def rows() -> Iterator[Sequence[Value]]:
        reader = None if found.exact else Reader(asked.database, parse(asked.query), settled=False)
        for start in range(0, len(ids), STEP):
            chosen = ids[start : start + STEP]
            # what the index alone cannot tell is read
            for article in [text.article for text in reader.read(chosen)] if reader else chosen:
                yield from map(tuple, asked.database.execute(query, (article,)))

    return Table("articles", ARTICLES, rows()), len(ids)


def all_activities(asked: Asked) -> tuple[Table, int]:
    """The activities found."""
    found = asking.activities(asked.request, asked.database, asked.columns)
    rows = activity_table.sorted_rows(asked.columns, found, *ACTIVITY_ORDERS[asked.choice(ACTIVITY_ORDER)])
    ids = asked.columns.activities.id[rows].tolist()
    made = (cells(ACTIVITIES, row.values() | {"activity": row.id}) for row in activities.of(asked.database, ids))
    return Table("activities", ACTIVITIES, made), len(ids)


def all_counts(asked: Asked) -> tuple[Table, int]:
    """The counts."""
    rows = counts.rows(asked.database, asked.filters)
    made = (cells(COUNTS, row.values() | {"count": row.id}) for row in rows)
    return Table("counts", COUNTS, made), counts.total(asked.database, asked.filters)


def all_places(asked: Asked) -> tuple[Table, int]:
    """The places."""
    made = (cells(PLACES, row.values()) for row in places.rows(asked.database, asked.filters))
    return Table("places", PLACES, made), places.total(asked.database, asked.filters)


def crossed(asked: Asked) -> tuple[Table, int]:
    """The pivot table, all of it: a line for each value of the rows, a column for each of the columns."""
    by = asked.choice(ROWS), asked.choice(COLUMNS)
    found = asking.activities(asked.request, asked.database, asked.columns)
    whole = pivot.pivot(asked.database, asked.columns, found, by, (MOST_ROWS, MOST_COLUMNS))
    across, down = whole.columns, whole.rows
    shown = [*(True for _ in across.headings), across.others > 0, across.unknown > 0]
    names = [*_apart(across.headings), "(others)", "(unknown)"]
    columns = (
        Column(down.dimension, "text", f"value of {down.dimension}", "行"),
        Column("code", "text", "code or path of the place", "区划代码或路径"),
        *(
            Column(name, "integer", f"activities with this {across.dimension}", "活动数")
            for name in compress(names, shown)
        ),
        Column("total", "integer", "activities in all, each once", "合计"),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for heading, figures, total in zip(down.headings, whole.cells, down.totals, strict=False):
            path = heading.place.address.path if heading.place else None
            yield heading.name, path, *compress(figures, shown), total
        if down.unknown:
            yield None, None, *compress(whole.cells[-1], shown), down.unknown

    return Table("pivot", columns, rows()), len(down.headings) + 1


def _apart(headings: Sequence[Heading]) -> list[str]:
    """Names of columns: of places of one name each with what it lies in."""
    often = Counter(heading.name for heading in headings)
    return [
        f"{each.name} ({each.place.address.path})" if each.place and often[each.name] > 1 else str(each.name)
        for each in headings
    ]


TABLES: Mapping[str, Maker] = {
    "/search": articles,
    "/activities": all_activities,
    "/counts": all_counts,
    "/places": all_places,
    "/pivot": crossed,
}
