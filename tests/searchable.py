"""A small archive in memory with articles that a test writes, and what a plain scan of them finds."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.archive import migrations
from corpus.archive.bigrams import tokens
from corpus.archive.counting.held import Columns, Holder
from corpus.archive.counting.making import Counting
from corpus.archive.folding import fold
from corpus.archive.place_index import Places


@dataclass(frozen=True, slots=True)
class Written:
    """An article: headlines, then blocks; its entities as (type, name, code, number of the one above it)."""

    headlines: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    day: str | None = None
    paper: str | None = None
    kind: str = "article"
    entities: tuple[tuple[str, str, str | None, int | None], ...] = ()
    activities: tuple[tuple[str, str | None, str | None, tuple[tuple[str, int], ...]], ...] = ()
    """(type, first day, last day, ((role, number of the entity), …))"""

    @property
    def text(self) -> str:
        """As in a record."""
        return "\n".join((*self.headlines, *self.blocks))

    @property
    def headline_end(self) -> int:
        """Where the headlines end."""
        return len("\n".join(self.headlines))


def archive(articles: Sequence[Written]) -> sqlite3.Connection:
    """The articles with ids from 1, in their order."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.row_factory = sqlite3.Row
    run = database.execute
    for step in migrations.steps():
        for statement in migrations.statements(step):
            run(statement)
    run("INSERT INTO maker VALUES (1, '', '')")
    for number, article in enumerate(articles, 1):
        run("INSERT INTO file (id, location, path) VALUES (?, ?, ?)", (number, f"/{number}", f"{number}.txt"))
        run("INSERT INTO source (id, file, member, sha256, maker) VALUES (?, ?, '', '', 1)", (number, number))
        page = (number, number, article.paper, article.day)
        run("INSERT INTO page (id, source, number, paper, issue_date, format, encoding) VALUES (?,?,1,?,?,'','')", page)
        title = "".join(article.headlines) or None
        row = (number, number, f"{number:016x}", article.kind, title, article.text)
        run("INSERT INTO article VALUES (?, ?, 1, ?, ?, ?, ?, '')", row)
        for at, (kind, name, code, parent) in enumerate(article.entities, 1):
            run("INSERT OR IGNORE INTO name (type, name) VALUES (?, ?)", (kind, name))
            (known,) = run("SELECT id FROM name WHERE type = ? AND name = ?", (kind, name)).fetchone()
            run("INSERT INTO entity VALUES (?, ?, ?, ?, ?, 'stated', 1)", (number, at, known, parent, code))
        for at, (kind, first, last, slots) in enumerate(article.activities, 1):
            run("INSERT INTO date VALUES (?, ?, 0, 1, NULL, ?, ?)", (number, at, first, last))
            dated = at if first or last else None
            made = (number, at, kind, dated)
            run("INSERT INTO activity VALUES (NULL, ?, ?, '', ?, 'done', ?, NULL, 0, 1)", made)
            (activity,) = run("SELECT max(id) FROM activity").fetchone()
            for position, (role, entity) in enumerate(slots, 1):
                run("INSERT INTO activity_entity VALUES (?, ?, ?, ?)", (activity, role, position, entity))
        put(database, number, article)
    return database


def put(database: sqlite3.Connection, number: int, article: Written) -> None:
    """Into the index, as FullText does it."""
    entry = (number, article.day or "", f"{number:016x}", article.headline_end)
    database.execute("INSERT INTO search_entry VALUES (?, ?, ?, ?)", entry)
    words = tokens(article.text, article.headline_end)
    database.execute("INSERT INTO article_words (rowid, tokens) VALUES (?, ?)", (number, words))


def settled(articles: Sequence[Written]) -> tuple[sqlite3.Connection, Columns]:
    """An archive of these articles whose run has ended, and its columns."""
    made = archive(articles)
    Places().finish(made)
    Counting().finish(made)
    return made, Holder().at(made)


def scanned(articles: Sequence[Written], term: str, field: str | None = None) -> set[int]:
    """The ids of the articles with a block whose fold holds the term's."""
    wanted = fold(" ".join(term.split())).strip()
    parts = {
        None: lambda article: (*article.headlines, *article.blocks),
        "title": lambda article: article.headlines,
        "body": lambda article: article.blocks,
    }
    return {
        number
        for number, article in enumerate(articles, 1)
        if any(wanted in fold(block) for block in parts[field](article))
    }
