"""What was printed and is there: papers, their issues, the pages of an issue."""

import sqlite3
from dataclasses import dataclass

import numpy as np

from corpus.archive.counting.held import Columns


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper (None: not known) with its issues that have a date, its pages and articles, its first and last day."""

    paper: str | None
    issues: int
    pages: int
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue of a paper; `date` None: of its pages without one."""

    date: str | None
    pages: int
    articles: int


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page (page.id); `page` is the number printed on it, `title` that of its first article."""

    id: int
    page: int | None
    path: str
    articles: int
    title: str | None


def papers(database: sqlite3.Connection, columns: Columns) -> tuple[PaperRow, ...]:
    """All papers, by name; pages of no known paper last."""
    query = """
    SELECT paper, count(issue_date), sum(pages), min(issue_date), max(issue_date)
    FROM (SELECT paper, issue_date, count(*) AS pages FROM page INDEXED BY page_by_issue GROUP BY paper, issue_date)
    GROUP BY paper ORDER BY paper IS NULL, paper
    """
    counts = dict(zip(columns.texts.papers, np.bincount(columns.articles.paper).tolist(), strict=False))
    return tuple(
        PaperRow(paper, issues, pages, counts.get(paper, 0), first, last)
        for paper, issues, pages, first, last in database.execute(query)
    )


def issues(
    database: sqlite3.Connection, columns: Columns, paper: str | None, year: int | None = None
) -> tuple[IssueRow, ...]:
    """The issues of a paper (None: of pages of no known paper), of one year or all, the first day first."""
    query = "SELECT issue_date, count(*) FROM page INDEXED BY page_by_issue WHERE paper IS ?"
    values: list[str | None] = [paper]
    if year is not None:
        query += " AND issue_date BETWEEN ? AND ?"
        values += [f"{year:04}-01-01", f"{year:04}-12-31"]
    known = columns.texts.papers
    days = columns.articles.day[columns.articles.paper == known.index(paper)] if paper in known else np.zeros(0, int)
    printed, often = np.unique(days, return_counts=True)
    counts = dict(zip(printed.tolist(), often.tolist(), strict=True))
    grouped = f"{query} GROUP BY issue_date ORDER BY issue_date IS NULL, issue_date"
    return tuple(
        IssueRow(date, pages, counts.get(int((date or "0").replace("-", "")), 0))
        for date, pages in database.execute(grouped, values)
    )


def pages(database: sqlite3.Connection, paper: str | None, date: str | None) -> tuple[PageRow, ...]:
    """The pages of an issue, by their printed numbers, then by their paths."""
    query = """
    SELECT page.id, page.page,
           coalesce(page.path, file.path || iif(source.member = '', '', '!' || coalesce(source.member, '?'))) AS path,
           (SELECT count(*) FROM article WHERE article.page = page.id),
           (SELECT title FROM article WHERE article.page = page.id ORDER BY position LIMIT 1)
    FROM page JOIN source ON source.id = page.source JOIN file ON file.id = source.file
    WHERE page.paper IS ? AND page.issue_date IS ?
    ORDER BY page.page IS NULL, page.page, path, page.number
    """
    return tuple(PageRow(*row) for row in database.execute(query, (paper, date)))
