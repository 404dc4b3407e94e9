"""A page with all of its articles: where each stands on it, what is in none, the pages before and behind."""

import sqlite3
from dataclasses import dataclass

from corpus.archive import issues, records
from corpus.archive.article_lines import ArticleLine
from corpus.archive.article_lines import of as lines_of
from schemas.layout import BlockRole, Leftover, Range


@dataclass(frozen=True, slots=True)
class BlockOnPage:
    """A block of an article: its place in that text, and the stretches of the page that it was put together of."""

    role: BlockRole
    start: int
    end: int
    source: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class ArticleOnPage:
    """An article with its blocks, in the order of its text."""

    line: ArticleLine
    blocks: tuple[BlockOnPage, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page (page.id). `text` is as it was read; every character is in an article, in a leftover or white space.

    `before` and `behind` are the pages of the same issue.
    """

    id: int
    path: str
    paper: str | None
    issue_date: str | None
    page: int | None
    format: str
    encoding: str
    sha256: str
    text: str
    leftovers: tuple[Leftover, ...]
    articles: tuple[ArticleOnPage, ...]
    before: int | None
    behind: int | None


LARGEST = 2**63 - 1
"""The largest number of a page that SQLite takes; addresses may name any."""
_PAGE = f"""
SELECT {records.PATH} AS path, page.paper, page.issue_date, page.page, page.format, page.encoding,
       lower(hex(coalesce(page.sha256, source.sha256))) AS sha256
FROM page JOIN source ON source.id = page.source JOIN file ON file.id = source.file WHERE page.id = ?
"""


def view(database: sqlite3.Connection, page: int) -> PageView:
    """The page with this id; KeyError without one, packing.PackingError where it is damaged."""
    row = database.execute(_PAGE, (page,)).fetchone() if page <= LARGEST else None
    if row is None:
        raise KeyError(page)
    text, leftovers = records.page_text(database, page)
    query = "SELECT id FROM article WHERE page = ? ORDER BY position"
    ids = [each for (each,) in database.execute(query, (page,))]
    held = zip(lines_of(database, ids), records.of_articles(database, ids), strict=True)
    articles = tuple(
        ArticleOnPage(line, tuple(BlockOnPage(b.role, b.start, b.end, b.source) for b in record.article.blocks))
        for line, record in held
    )
    before, behind = _beside(database, page, row["paper"], row["issue_date"])
    known = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row iterates over its values
    return PageView(id=page, text=text, leftovers=leftovers, articles=articles, before=before, behind=behind, **known)


def _beside(
    database: sqlite3.Connection, page: int, paper: str | None, date: str | None
) -> tuple[int | None, int | None]:
    """The page before and the page behind; none where no issue is known."""
    if paper is None or date is None:
        return None, None
    ids = [each.id for each in issues.pages(database, paper, date)]
    at = ids.index(page)
    return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None
