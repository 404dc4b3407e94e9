"""Endpoints over the whole archive: what it holds, articles, pages, activities, figures, places, facets, pivots."""

from typing import Any

from corpus.archive import (
    activity_table,
    around,
    counts,
    facets,
    issues,
    matched,
    overview,
    pages,
    pivot,
    places,
    records,
)
from corpus.archive.search import search
from corpus.corrections import file, listing, replay
from exports.archive_tables import ACTIVITIES, COUNTS, PLACES
from schemas.record import to_dict
from web import asking
from web.api import shapes
from web.api.asked import Asked
from web.parameters import (
    ACTIVITY_ORDER,
    ACTIVITY_ORDERS,
    COLUMNS,
    COUNT_ORDER,
    PLACE_ORDER,
    ROWS,
)  # fmt: skip
from web.problems import not_found


def holdings(asked: Asked) -> overview.Overview:
    """What the archive holds."""
    return overview.overview(asked.database, asked.columns)


def found(asked: Asked) -> dict[str, Any]:
    """The articles found, best first."""
    paging = asked.paging
    result = search(asked.database, asked.query, asked.filters, paging.per_page, paging.offset)
    return asked.page(result.hits, result.total, result.exact)


def article(asked: Asked) -> dict[str, Any]:
    """The records with an id."""
    made = [to_dict(record) for record in records.with_id(asked.database, asked.path("id"))]
    if not made:
        raise not_found()
    return {"records": made}


def near(asked: Asked) -> around.Around:
    """What stands around an article."""
    numbers = around.numbers(asked.database, asked.path("id"))
    if not numbers:
        raise not_found()
    return around.around(asked.database, numbers[0])


def page(asked: Asked) -> pages.PageView:
    """A page with its articles."""
    number = asked.path("number")
    if len(number) > 18:
        raise not_found()
    try:
        return pages.view(asked.database, int(number))
    except KeyError:
        raise not_found() from None


def activities(asked: Asked) -> dict[str, Any]:
    """The activities."""
    order = ACTIVITY_ORDERS[asked.choice(ACTIVITY_ORDER)]
    paging = asked.paging
    all_of_them = asking.activities(asked.request, asked.database, asked.columns)
    rows = activity_table.page(asked.database, asked.columns, all_of_them, *order, paging.per_page, paging.offset)
    made = [shapes.row(ACTIVITIES, row.values() | {"activity": row.id}) for row in rows]
    return asked.page(made, all_of_them.total, all_of_them.exact)


def figures(asked: Asked) -> dict[str, Any]:
    """The counts."""
    rows = counts.rows(
        asked.database, asked.filters, asked.choice(COUNT_ORDER), asked.paging.per_page, asked.paging.offset
    )
    made = [shapes.row(COUNTS, row.values() | {"count": row.id}) for row in rows]
    return asked.page(made, counts.total(asked.database, asked.filters))


def all_places(asked: Asked) -> dict[str, Any]:
    """The places."""
    order, paging = asked.choice(PLACE_ORDER), asked.paging
    rows = places.rows(asked.database, asked.filters, (), order, paging.per_page, paging.offset)
    made = [shapes.row(PLACES, row.values()) for row in rows]
    return asked.page(made, places.total(asked.database, asked.filters))


def article_facets(asked: Asked) -> facets.ArticleFacets:
    """What the articles found have in common."""
    of = matched.articles(asked.database, asked.columns, asked.query, asked.filters)
    return facets.of_articles(asked.database, asked.columns, of)


def activity_facets(asked: Asked) -> facets.ActivityFacets:
    """What the activities found have in common."""
    of = asking.activities(asked.request, asked.database, asked.columns)
    return facets.of_activities(asked.database, asked.columns, of)


def crossed(asked: Asked) -> pivot.Pivot:
    """Activities by two dimensions."""
    of = asking.activities(asked.request, asked.database, asked.columns)
    return pivot.pivot(asked.database, asked.columns, of, (asked.choice(ROWS), asked.choice(COLUMNS)))


def papers(asked: Asked) -> dict[str, Any]:
    """The papers."""
    rows = issues.papers(asked.database, asked.columns)
    return asked.page(rows[asked.paging.offset :][: asked.paging.per_page], len(rows))


def corrections(asked: Asked) -> dict[str, Any]:
    """The corrections with what became of each."""
    archive = asked.request.app.state.settings.archive
    lines = replay.lines(asked.database, file.path_of(archive))
    rows = list(listing.listed(asked.database, lines))
    wanted = rows[asked.paging.offset :][: asked.paging.per_page]
    made = [
        {"correction": row.correction.to_dict(), "articles": row.articles, "fate": row.fate, "reason": row.reason}
        for row in wanted
    ]
    return asked.page(made, len(rows))
