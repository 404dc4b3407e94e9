"""/: what the archive holds, what has come in, and where to begin; an empty archive says how to fill it."""

import datetime
import sqlite3
from dataclasses import dataclass

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import doubt_index, facets
from corpus.archive.counting.held import Columns
from corpus.archive.facets import Facet
from corpus.archive.matched import Matched
from corpus.archive.overview import overview
from web.charts import counted
from web.language import of_request
from web.reading import archive, columns
from web.templating import page

STREETS, ARTICLES, TYPES, ISSUES = 20, 8, 30, 6


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue: its day, how many pages and articles of it are there."""

    paper: str | None
    day: str
    pages: int
    articles: int


def home(request: Request) -> Response:
    """What an editor wants to know in the morning."""
    with archive(request) as database:
        held = columns(request, database)
        every = Matched(None, len(held.activities), True)
        return page(
            request,
            "home.html" if len(held.articles) else "home_empty.html",
            file=request.app.state.settings.archive.name,
            holds=overview(database, held, STREETS, ARTICLES),
            over_time=counted.by_month(database, held, every, (), of_request(request)),
            types=types(held, every),
            latest=latest(database, held),
            review=doubt_index.progress(database) if request.app.state.settings.edit else None,
        )


def types(held: Columns, every: Matched) -> Facet:
    """The types of activities by how many there are."""
    return facets.of_types(held, held.activities.type, TYPES)


def latest(database: sqlite3.Connection, held: Columns) -> list[Issue]:
    """The issues that were printed last, of all papers; none where no page has a day."""
    papers = held.texts.papers
    days = held.articles.day
    issues, often = np.unique(days.astype(np.int64) * (len(papers) + 1) + held.articles.paper, return_counts=True)
    made = list[Issue]()
    for issue, articles in zip(issues[::-1].tolist(), often[::-1].tolist(), strict=True):
        number, paper = divmod(issue, len(papers) + 1)
        if not number or len(made) == ISSUES:
            break
        day = datetime.datetime.strptime(str(number), "%Y%m%d").date().isoformat()
        query = "SELECT count(*) FROM page WHERE paper IS ? AND issue_date = ?"
        (pages,) = database.execute(query, (papers[paper], day)).fetchone()
        made.append(Issue(papers[paper], day, pages, articles))
    return made
