"""The columns of an archive as they are counted from, and a holder that keeps those of one archive in memory.

Rows of articles stand in the archive's own order (records.ORDER), those of activities in that of their articles.
"""

import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.archive.counting.columns import Floats, Ints, Lists, Mask, ints, unpack
from corpus.archive.database import ArchiveError
from corpus.records import from_json
from schemas.annotations import DIVISIONS, PLACE_TYPES

VERSION = 4
"""Raised when other columns are made, or in another way."""
MADE = "columns_made"
"""Of table archive: how often the columns have been made anew."""
_BEFORE = "SELECT 1 FROM article WHERE NOT EXISTS (SELECT 1 FROM archive WHERE key = 'derived_Counting') LIMIT 1"
"""Whether there are articles of a program that made no columns: derive.py notes each step from the first run on."""


@dataclass(frozen=True, slots=True)
class Articles:
    """`id` is article.id, `day` the issue's as 20240312 (0: not known), `paper` and `kind` numbers of `Texts`.

    `places` are ids of the places that it names and of all that they lie in; `organizations` ids of names; `types`
    numbers of the types of its activities, each once. `otherwise`: ids of those names that it calls a place by and that
    are not the place's own.
    """

    id: Ints
    day: Ints
    paper: Ints
    kind: Ints
    places: Lists
    organizations: Lists
    types: Lists
    otherwise: Lists

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class Activities:
    """`article` is a row of Articles; `day` its own first day, else its issue's; `by_name` its rank by name.

    `places` as those of articles, where it took place; `stated` are further ones that only its own article says these
    lie in, `otherwise` as of articles, of all of them; `organizers` and `partners` numbers of parties; `counts` numbers
    of `Texts.counts`, with `count_value` beside each. `grouped`, `leader`, `turn`: the rows that several articles tell
    of, which account leads each, and the order of the accounts.
    """

    id: Ints
    article: Ints
    type: Ints
    status: Ints
    day: Ints
    by_name: Ints
    places: Lists
    stated: Lists
    otherwise: Lists
    organizers: Lists
    partners: Lists
    counts: Lists
    count_value: Floats
    grouped: Ints
    leader: Ints
    turn: Ints

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class Places:
    """By place.id, 0 for none: `above` is the id of what it lies in, `type` a number of PLACE_TYPES.

    `nearest`: for each level of DIVISIONS the id of the place of this type that it is or lies in.
    """

    above: Ints
    type: Ints
    nearest: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who runs activities or takes part: a place (its id) or, where that is 0, a name (name.id)."""

    place: Ints
    name: Ints


@dataclass(frozen=True, slots=True)
class Texts:
    """What the numbers in columns are called; `counts` as (unit, object, role).

    `printed` is no such thing but what there is: papers, issues that have a day, pages, first and last day of an issue.
    """

    papers: tuple[str | None, ...] = ()
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    counts: tuple[tuple[str, str, str | None], ...] = ()
    printed: tuple[int, int, int, str | None, str | None] = (0, 0, 0, None, None)


@dataclass(frozen=True, slots=True)
class Columns:
    """All of them; `made` counts how often they have been made anew."""

    made: int
    articles: Articles
    activities: Activities
    places: Places
    parties: Parties
    texts: Texts

    def article_rows(self, ids: Ints) -> Ints:
        """The rows of these articles (article.id), in order; what came in since the last run ended is left out."""
        return _rows(self.articles.id, ids)

    def activity_rows(self, ids: Ints) -> Ints:
        """The rows of these activities (activity.id), in order."""
        return _rows(self.activities.id, ids)

    def first_accounts(self, wanted: Mask) -> Mask:
        """Of the wanted activities the first account of each that several articles tell of."""
        activities = self.activities
        told = wanted[activities.grouped]
        rows, leader = activities.grouped[told], activities.leader[told]
        order = np.lexsort((activities.turn[told], leader))
        again = np.zeros(len(order), dtype=bool)
        again[1:] = leader[order][1:] == leader[order][:-1]
        first = wanted.copy()
        first[rows[order][again]] = False
        return first


class Holder:
    """Keeps the columns of one archive, and reads them again when a run has made them anew. Threads may share one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._columns: Columns | None = None

    def at(self, database: sqlite3.Connection) -> Columns:
        """The columns of what the connection sees. packing.PackingError where they are damaged.

        To be called within one transaction with whatever else is read, so that both are of one state.
        """
        made = made_at(database)
        with self._lock:
            if self._columns is None or self._columns.made != made:
                self._columns = read(database)
            return self._columns


def made_at(database: sqlite3.Connection) -> int:
    """How often the columns have been made; 0 for an archive whose first run has not ended."""
    row = database.execute("SELECT value FROM archive WHERE key = ?", (MADE,)).fetchone()
    return int(row[0]) if row else 0


def read(database: sqlite3.Connection) -> Columns:
    """The columns as they are stored; without rows where no run has ended. ArchiveError: an older program made them."""
    stored: dict[str, bytes] = dict(database.execute("SELECT name, content FROM packed_column").fetchall())
    texts: dict[str, Any] = from_json(stored["texts"]) if "texts" in stored else {}
    if texts.pop("version", VERSION) != VERSION or (not stored and database.execute(_BEFORE).fetchone()):
        raise ArchiveError(
            "the archive was made by another version of this program; bring it up to date: "
            "cli.py index PATH --archive FILE"
        )
    texts["counts"] = tuple(map(tuple, texts.get("counts", ())))

    def column(name: str) -> Any:
        return unpack(stored[name]) if name in stored else ints([])

    def lists(name: str) -> Lists:
        starts = ints(np.concatenate(([0], np.cumsum(column(f"{name}.lengths")))))
        return Lists(starts, column(f"{name}.values"))

    def table(name: str, plain: str, several: str) -> Mapping[str, Any]:
        made = {each: column(f"{name}.{each}") for each in plain.split()}
        return made | {each: lists(f"{name}.{each}") for each in several.split()}

    return Columns(
        made_at(database),
        Articles(**table("article", "id day paper kind", "places organizations types otherwise")),
        Activities(
            **table(
                "activity",
                "id article type status day by_name count_value grouped leader turn",
                "places stated otherwise organizers partners counts",
            )
        ),
        _places(column("place.above"), column("place.type")),
        Parties(**table("party", "place name", "")),
        Texts(**{key: tuple(each) for key, each in texts.items()}),
    )


def _places(above: Ints, kind: Ints) -> Places:
    itself = np.arange(len(above), dtype=np.int32)
    nearest: dict[str, Ints] = {}
    for level in DIVISIONS:
        at = itself
        for _ in PLACE_TYPES:
            at = np.where((kind[at] == PLACE_TYPES.index(level)) | (at == 0), at, above[at])
        nearest[level] = at
    return Places(above, kind, nearest)


def _rows(known: Ints, ids: Ints) -> Ints:
    if not len(known) or not len(ids):
        return ints([])
    at = np.full(int(max(known.max(), ids.max())) + 1, -1, dtype=np.int32)
    at[known] = np.arange(len(known), dtype=np.int32)
    rows = at[ids]
    return np.sort(rows[rows >= 0])
