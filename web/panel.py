"""What the editing panel of an article shows: its blocks and names to choose from, and its values as they are."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args
from urllib.parse import unquote

from starlette.requests import Request

from corpus.archive import around, doubt_index, records
from corpus.corrections.kinds import TYPES, activity_types
from corpus.naming import printable
from schemas.annotations import CountRole, Mod, Status
from schemas.layout import BlockRole, Leftover
from schemas.record import ArticleRecord
from web.desk import Desk
from web.problems import not_found
from web.said import Article, now

EDITOR = "editor"
"""The cookie with the name of whoever corrects here."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "place": TYPES, "type": activity_types(), "block": get_args(BlockRole), "status": get_args(Status),
    "mod": get_args(Mod), "count": get_args(CountRole),
}  # fmt: skip
"""What may be chosen, by the kind of name that it has in the reader's language."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a block: plain, or what is named or told there. `start`, `end` count characters of the article.

    `type`: that of a name, or figure or date, "" for plain words; `value`: TYPE:NAME, c1 or d1; `name`: canonical.
    """

    text: str
    start: int
    end: int
    type: str = ""
    value: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """A leftover of the page that may belong to the article."""

    leftover: Leftover
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The article and all there is to choose. `number`: article.id; `saved`: the correction just saved, with undo.

    `things`: activities, counts and dates by their ids, each field as it is.
    """

    article: Article
    number: int
    blocks: tuple[tuple[Piece, ...], ...]
    rests: tuple[Rest, ...]
    things: Mapping[str, Mapping[str, str]]
    doubts: doubt_index.Doubtful | None
    reviewed: bool
    saved: tuple[str, str] | None = None
    undone: bool = False
    page: int | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: CHOICES)

    @property
    def record(self) -> ArticleRecord:
        """The article's record."""
        return self.article.record

    @property
    def names(self) -> list[tuple[str, str, str]]:
        """Every name once: TYPE:NAME, type, name."""
        found = {f"{e.type}:{e.name}": (f"{e.type}:{e.name}", e.type, e.name) for e in self.record.entities}
        return list(found.values())


def article(database: sqlite3.Connection, record_id: str, page: int | None = None) -> tuple[int, Article]:
    """The article of a record's id (article.id and all that forms speak of); ProblemError 404 without one."""
    numbers = around.numbers(database, record_id, page)
    if not numbers:
        raise not_found()
    (on,) = database.execute("SELECT page FROM article WHERE id = ?", (numbers[0],)).fetchone()
    ids = [row[0] for row in database.execute("SELECT id FROM article WHERE page = ? ORDER BY position", (on,))]
    found = dict(zip(ids, records.of_articles(database, ids), strict=True))
    others = {each.article.id: each for number, each in found.items() if number != numbers[0]}
    return numbers[0], Article(found[numbers[0]], records.page_text(database, on)[0], others)


def number(given: str) -> int | None:
    """A number of the archive as an address or a form gives it; None for what is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else None


def panel(request: Request, database: sqlite3.Connection, record_id: str) -> Panel:
    """The panel of an article. In the query: `page` (page.id) of a copy, and what is to be said: saved, undone."""
    query = request.query_params
    article_id, own = article(database, record_id, number(query.get("page", "")))
    (on,) = database.execute("SELECT page FROM article WHERE id = ?", (article_id,)).fetchone()
    text, leftovers = records.page_text(database, on)
    record = own.record
    things = {
        each.id: now(record, kind, each.id)
        for kind, some in (("activity", record.activities), ("count", record.counts), ("date", record.dates))
        for each in some
    }
    return Panel(
        own,
        article_id,
        tuple(pieces(record)),
        tuple(Rest(each, text[each.start : each.end]) for each in leftovers),
        things,
        doubt_index.of_article(database, article_id),
        doubt_index.looked_at(database, article_id),
        saved(database, query.get("saved", "")),
        "undone" in query,
        number(query.get("page", "")),
    )


def pieces(record: ArticleRecord) -> list[tuple[Piece, ...]]:
    """The blocks, each cut into its pieces; of what overlaps the names come first."""
    text = record.article.text
    spans: list[tuple[int, int, int, str, str, str]] = []
    for entity in record.entities:
        value = f"{entity.type}:{entity.name}"
        spans += [(m.start, -m.end, 0, entity.type, value, entity.name) for m in entity.mentions]
    spans += [(d.start, -d.end, 1, "date", d.id, d.value or "") for d in record.dates]
    spans += [(c.start, -c.end, 2, "figure", c.id, f"{c.value:g}") for c in record.counts]
    taken: list[Piece] = []
    for rank in range(3):
        for start, end, own, kind, value, name in sorted(spans):
            free = all(-end <= each.start or each.end <= start for each in taken)
            if own == rank and free:
                taken.append(Piece(text[start:-end], start, -end, kind, value, name))
    taken.sort(key=lambda each: each.start)
    return [_cut(text, block.start, block.end, taken) for block in record.article.blocks]


def _cut(text: str, start: int, end: int, taken: list[Piece]) -> tuple[Piece, ...]:
    made, at = [], start
    for each in taken:
        if start <= each.start and each.end <= end:
            if at < each.start:
                made.append(Piece(text[at : each.start], at, each.start))
            made.append(each)
            at = each.end
    return (*made, Piece(text[at:end], at, end)) if at < end else tuple(made)


def saved(database: sqlite3.Connection, correction: str) -> tuple[str, str] | None:
    """The correction that a page has just saved: its id and kind."""
    row = database.execute("SELECT id, kind FROM correction WHERE id = ?", (correction,)).fetchone()
    return row and (row[0], row[1])


def editor(request: Request) -> str:
    """The name of whoever corrects here, as they gave it."""
    return printable(unquote(request.cookies.get(EDITOR, "")))[:60].strip()


def desk(request: Request) -> Desk:
    """The desk of the site, where it may be corrected."""
    found: Desk = request.app.state.desk
    return found
