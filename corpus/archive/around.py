"""What stands around an article: before and behind it on the page, its copies, other accounts of what it tells."""

import sqlite3
from dataclasses import dataclass

from corpus.archive import issues
from corpus.archive.article_lines import ArticleLine
from corpus.archive.article_lines import of as lines_of


@dataclass(frozen=True, slots=True)
class Account:
    """Another article's account of an activity: which of ours (a1 …), which of theirs, and what they are known by.

    `reason` is None where both are known by a third one.
    """

    activity: str
    article: ArticleLine
    other: str
    name: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """`copies`: the same page read from other files, with the same ids; `alike`: articles of nearly the same text."""

    before: ArticleLine | None
    behind: ArticleLine | None
    copies: tuple[ArticleLine, ...]
    alike: tuple[ArticleLine, ...]
    accounts: tuple[Account, ...]


_ACCOUNTS = """
SELECT 'a' || activity.number, other.article, 'a' || other.number, other.name,
       iif(told.leader IN (told.activity, mine.activity), iif(mine.rank < told.rank, told.reason, mine.reason), NULL)
FROM activity JOIN activity_group AS mine ON mine.activity = activity.id
     JOIN activity_group AS told ON told.leader = mine.leader AND told.activity <> mine.activity
     JOIN activity AS other ON other.id = told.activity
WHERE activity.article = ? ORDER BY activity.number, told.rank LIMIT ?
"""
MOST = 100
"""Copies, articles and accounts that are listed at most."""


def numbers(database: sqlite3.Connection, record_id: str, page: int | None = None) -> list[int]:
    """The articles (article.id) whose records have this id, of all pages or of one (page.id): copies share theirs."""
    query = "SELECT id, page FROM article WHERE record_id = ? ORDER BY id"
    return [article for article, on in database.execute(query, (record_id,)) if page in (None, on)]


def around(database: sqlite3.Connection, article: int) -> Around:
    """Of the article with this id (article.id); KeyError without one."""
    found = database.execute("SELECT page, position, record_id FROM article WHERE id = ?", (article,)).fetchone()
    if found is None:
        raise KeyError(article)
    page, position, record_id = found
    before = _line(database, "SELECT id FROM article WHERE page = ? AND position < ? ORDER BY position DESC LIMIT 1",
                   page, position)  # fmt: skip
    behind = _line(database, "SELECT id FROM article WHERE page = ? AND position > ? ORDER BY position LIMIT 1",
                   page, position)  # fmt: skip
    copies = [each for each in numbers(database, record_id) if each != article][:MOST]
    alike = database.execute(
        "SELECT other.article FROM article_group AS mine JOIN article_group AS other ON other.leader = mine.leader"
        " WHERE mine.article = ? AND other.article <> mine.article ORDER BY other.rank LIMIT ?",
        (article, MOST),
    ).fetchall()
    others = [row[0] for row in alike if row[0] not in copies]
    accounts = []
    for ours, other, theirs, name, reason in database.execute(_ACCOUNTS, (article, MOST)).fetchall():
        [line] = lines_of(database, [other])
        accounts.append(Account(ours, line, theirs, name, reason))
    return Around(before, behind, lines_of(database, copies), lines_of(database, others), tuple(accounts))


@dataclass(frozen=True, slots=True)
class InIssue:
    """The pages of the issue before and behind an article's (page.id), and on the nearest that have any the article
    nearest to it: the last one before, the first one behind."""

    page_before: int | None = None
    page_behind: int | None = None
    before: ArticleLine | None = None
    behind: ArticleLine | None = None


def in_issue(database: sqlite3.Connection, article: int) -> InIssue:
    """Of the article with this id (article.id), nothing where no issue is known; KeyError without one."""
    query = "SELECT page.id, paper, issue_date FROM article JOIN page ON page.id = article.page WHERE article.id = ?"
    found = database.execute(query, (article,)).fetchone()
    if found is None:
        raise KeyError(article)
    page, paper, date = found
    if paper is None or date is None:
        return InIssue()
    all_of_them = issues.pages(database, paper, date)
    at = [each.id for each in all_of_them].index(page)
    before, behind = all_of_them[:at][::-1], all_of_them[at + 1 :]
    last = next((each.id for each in before if each.articles), None)
    first = next((each.id for each in behind if each.articles), None)
    return InIssue(
        before[0].id if before else None,
        behind[0].id if behind else None,
        _line(database, "SELECT id FROM article WHERE page = ? ORDER BY position DESC LIMIT 1", last),
        _line(database, "SELECT id FROM article WHERE page = ? ORDER BY position LIMIT 1", first),
    )


def _line(database: sqlite3.Connection, query: str, *values: int | None) -> ArticleLine | None:
    row = database.execute(query, values).fetchone()
    return lines_of(database, [row[0]])[0] if row else None
