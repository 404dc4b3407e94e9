"""What the rows of each page of the site cost over a large archive, in the processor's milliseconds.

    python -m bench.archive_pages --archive FILE

FILE is made by `cli.py index` from pages of bench.generate (15,550 of them for 100,000 articles). Only what is read
from the archive is measured here, not the page made of it. Exit status 1 where a bar is missed.
"""

import argparse
import sqlite3
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.archive_search import milliseconds
from corpus.archive import (
    activity_table,
    around,
    database,
    facets,
    issues,
    matched,
    overview,
    pages,
    pivot,
    portraits,
    sums,
)
from corpus.archive.counting.held import Columns, Holder, read
from corpus.archive.filters import Filters

MEDIAN, WORST = 30.0, 200.0
"""Milliseconds of any row below."""
QUERIES = ("", "社区", "的", "社区居民", "志愿者 -学校", "反诈 OR 垃圾分类", "无此词语")


def filters(connection: sqlite3.Connection) -> Iterator[Filters]:
    """One of each kind, of what the archive has most of."""
    query = "SELECT name FROM place WHERE type = ? ORDER BY articles DESC, id LIMIT 1"
    province, district, street = (
        tuple(name for (name,) in connection.execute(query, (level,))) for level in ("province", "district", "street")
    )
    yield from (Filters(provinces=province), Filters(districts=district), Filters(streets=street))
    yield Filters(types=("health",))
    yield Filters(since="2014-01-01")
    yield Filters(papers=("日报",))
    yield Filters(organizations=("社区",))


def cases(connection: sqlite3.Connection, columns: Columns) -> Iterator[tuple[str, Callable[[], object]]]:
    """What each page reads."""
    yield "columns, read again", lambda: read(connection)
    yield "home", lambda: overview.overview(connection, columns)
    asked = [(query, Filters()) for query in QUERIES] + [("", wanted) for wanted in filters(connection)]
    for query, wanted in [*asked, *(("社区", wanted) for wanted in filters(connection))]:
        name = f"{query or '(all)'} {' '.join(f'{key}={getattr(wanted, key)}' for key in wanted.given())}"
        yield (
            f"articles and facets: {name}",
            lambda query=query, wanted=wanted: facets.of_articles(  # type: ignore[misc]
                connection, columns, matched.articles(connection, columns, query, wanted)
            ),
        )
        yield (
            f"activities and facets: {name}",
            lambda query=query, wanted=wanted: facets.of_activities(  # type: ignore[misc]
                connection, columns, matched.activities(connection, columns, wanted, query)
            ),
        )
    every = matched.activities(connection, columns)
    sides = ("street", "month"), ("type", "district"), ("community", "type"), ("organizer", "year"), ("day", "type")
    for by in sides:
        yield f"pivot {by[0]} × {by[1]}", lambda by=by: pivot.pivot(connection, columns, every, by)  # type: ignore[misc]
    for order in ("archive", "date", "type", "name"):
        yield (
            f"last page of the table by {order}",
            lambda order=order: activity_table.page(  # type: ignore[misc]
                connection, columns, every, order, offset=max(0, every.total - 50)
            ),
        )
    for level in ("province", "district", "street", "community"):
        query = "SELECT id FROM place WHERE type = ? ORDER BY articles DESC, id LIMIT 1"
        for (place,) in connection.execute(query, (level,)).fetchall():
            yield f"{level}", lambda place=place: portraits.of_place(connection, columns, place)  # type: ignore[misc]
    yield "type of activity", lambda: portraits.of_type(connection, columns, "health")
    yield "figures of everything", lambda: sums.added(columns, None)
    yield "papers", lambda: issues.papers(connection, columns)
    [(page, article)] = connection.execute("SELECT page, id FROM article ORDER BY id LIMIT 1 OFFSET 100").fetchall()
    yield "page", lambda: pages.view(connection, page)
    yield "around an article", lambda: around.around(connection, article)


def main() -> int:
    """Measure, print, and fail where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    given = parser.parse_args()
    with database.reading(given.archive) as connection:
        columns = Holder().at(connection)
        print(f"{len(columns.articles):,} articles, {len(columns.activities):,} activities")
        taken = []
        for name, work in cases(connection, columns):
            taken.append(milliseconds(work))
            print(f"{name:70}{taken[-1]:8.1f}", flush=True)
    median, worst = statistics.median(taken), max(taken)
    print(f"median {median:.1f} ms (at most {MEDIAN:.0f}), worst {worst:.1f} ms (at most {WORST:.0f})")
    return int(median > MEDIAN or worst > WORST)


if __name__ == "__main__":
    sys.exit(main())
