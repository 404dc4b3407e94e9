"""/papers: what was printed and is there, from a paper to its issues to their pages."""

import calendar
import datetime
import re
from dataclasses import dataclass

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from corpus.archive import issues
from corpus.archive.counting.held import Columns
from corpus.archive.issues import IssueRow, PaperRow
from web import parameters
from web.pages import named
from web.problems import not_found
from web.reading import archive, columns
from web.templating import page

UNKNOWN = "-"
"""Stands in an address for a paper, or the day of an issue, that is not known."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Sums:
    """What the papers of a list have together: those with a name, issues that have a day, pages."""

    papers: int
    issues: int
    pages: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven days from Monday, each the issue of that day, the number of the day, or None."""

    name: str
    weeks: tuple[tuple[tuple[int, IssueRow | None] | None, ...], ...]


def listed(request: Request) -> Response:
    """What papers there are."""
    begins, paging = named.begins(request), named.paging(request)
    with archive(request) as database:
        held = columns(request, database)
        every = [row for row in issues.papers(database, held) if (row.paper or "").startswith(begins)]
        shown = every[paging.offset :][: paging.per_page]
        by_year = _by_year(held, shown)
    years = sorted({year for row in by_year.values() for year in row if year})
    most = max((count for row in by_year.values() for count in row.values()), default=0)
    letters = tuple({row.paper[0]: None for row in every if row.paper}) if not begins else ()
    return page(
        request, "papers.html", papers=shown, total=len(every), paging=paging, begins=begins, years=years,
        by_year=by_year, most=most, letters=letters[:200], unknown=UNKNOWN,
        sums=Sums(sum(row.paper is not None for row in every), sum(row.issues for row in every),
                  sum(row.pages for row in every)),
    )  # fmt: skip


def paper(request: Request) -> Response:
    """The issues of a paper, a year of them as a calendar."""
    name = _paper(request)
    with archive(request) as database:
        every = issues.issues(database, columns(request, database), name)
    if not every:
        raise not_found()
    years: dict[int, int] = {}
    for issue in every:
        if issue.date:
            years[int(issue.date[:4])] = years.get(int(issue.date[:4]), 0) + 1
    asked = _year(request, max(years, default=0))
    months = _months(asked, [issue for issue in every if issue.date and int(issue.date[:4]) == asked])
    undated = next((issue for issue in every if issue.date is None), None)
    return page(
        request, "paper.html", paper=name, named=request.path_params["name"], years=years, year=asked, months=months,
        undated=undated, pages=sum(each.pages for each in every), articles=sum(each.articles for each in every),
        first=next((each.date for each in every if each.date), None),
        last=next((each.date for each in reversed(every) if each.date), None),
    )  # fmt: skip


def issue(request: Request) -> Response:
    """The pages of an issue."""
    name, day = _paper(request), request.path_params["day"]
    if day != UNKNOWN and not _DAY.fullmatch(day):
        raise not_found()
    wanted = None if day == UNKNOWN else day
    with archive(request) as database:
        pages = issues.pages(database, name, wanted)
        days = [each.date for each in issues.issues(database, columns(request, database), name) if each.date]
    if not pages:
        raise not_found()
    at = days.index(wanted) if wanted in days else -1
    return page(
        request, "issue.html", paper=name, named=request.path_params["name"], day=wanted, pages=pages,
        before=days[at - 1] if at > 0 else None, behind=days[at + 1] if 0 <= at < len(days) - 1 else None,
    )  # fmt: skip


def _paper(request: Request) -> str | None:
    name: str = request.path_params["name"]
    return None if name == UNKNOWN else name


def _year(request: Request, newest: int) -> int:
    return int(next(iter(parameters.choices(request, parameters.YEAR)), newest))


def _by_year(held: Columns, papers: list[PaperRow]) -> dict[str | None, dict[int, int]]:
    """For each paper its articles by year, 0 for what has no day."""
    known = held.texts.papers
    made: dict[str | None, dict[int, int]] = {}
    for row in papers:
        if row.paper in known:
            days = held.articles.day[held.articles.paper == known.index(row.paper)]
            years, often = np.unique(days // 10_000, return_counts=True)
            made[row.paper] = dict(zip(years.tolist(), often.tolist(), strict=True))
    return made


def _months(year: int, there: list[IssueRow]) -> list[Month]:
    """The months of a year that have an issue."""
    days = {datetime.date.fromisoformat(str(each.date)): each for each in there}
    made = []
    for month in sorted({day.month for day in days}):
        weeks = tuple(
            tuple((day.day, days.get(day)) if day.month == month else None for day in week)
            for week in calendar.Calendar().monthdatescalendar(year, month)
        )
        made.append(Month(f"{year:04}-{month:02}", weeks))
    return made
