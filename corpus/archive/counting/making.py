"""The columns made of the tables, as a step of derive.py: anew at the end of a run, when places and groups are settled.

`finish` writes them in the transaction in which everything else becomes as the run leaves it.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.archive.counting.columns import Ints, Lists, ints, lists_of, pack
from corpus.archive.counting.held import MADE, VERSION, made_at
from corpus.archive.records import ARTICLES, ORDER
from corpus.records import to_json
from schemas.annotations import PLACE_TYPES


def _day(date: str) -> str:
    """SQL for a day of ISO 8601 as a number, the first day of a month or a year, 0 for none."""
    return f"CAST(coalesce(replace(substr({date} || '-01-01', 1, 10), '-', ''), 0) AS INTEGER)"


_ARTICLES = f"""
SELECT article.id, {_day("page.issue_date")}, page.paper, article.kind
FROM {ARTICLES} ORDER BY {ORDER}
"""
_PRINTED = """
SELECT count(DISTINCT paper), count(issue_date), coalesce(sum(pages), 0), min(issue_date), max(issue_date)
FROM (SELECT paper, issue_date, count(*) AS pages FROM page INDEXED BY page_by_issue GROUP BY paper, issue_date)
"""
_ACTIVITIES = f"""
SELECT activity.id, activity.article, activity.number, activity.type, activity.status,
       {_day("coalesce(date.first, date.last, page.issue_date)")}
FROM activity JOIN article ON article.id = activity.article JOIN page ON page.id = article.page
     LEFT JOIN date ON date.article = activity.article AND date.number = activity.date
"""
_PARTIES = """
SELECT slot.activity, slot.role, coalesce(seen.place, 0), iif(seen.place IS NULL, entity.name, 0)
FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
     JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
     LEFT JOIN entity_place AS seen ON seen.article = entity.article AND seen.number = entity.number
"""
_ORGANIZATIONS = """
SELECT DISTINCT entity.article, name.id FROM name JOIN entity ON entity.name = name.id WHERE name.type = 'organization'
"""
_COUNTS = """
SELECT slot.activity, count.unit, count.object, count.role, count.value
FROM activity_count AS slot JOIN activity ON activity.id = slot.activity
     JOIN count ON count.article = activity.article AND count.number = slot.count
"""
_OTHERWISE = """
SELECT entity.article, entity.name FROM entity JOIN entity_place USING (article, number)
JOIN place ON place.id = entity_place.place JOIN name ON name.id = entity.name WHERE name.name <> place.name
"""
_UP = """
WITH RECURSIVE up (activity, article, number) AS (
  SELECT slot.activity, activity.article, slot.entity
  FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity WHERE slot.role = 'place' UNION
  SELECT up.activity, up.article, entity.parent
  FROM up JOIN entity ON entity.article = up.article AND entity.number = up.number WHERE entity.parent IS NOT NULL)
"""
"""The places of activities and, as their own articles say it, what these lie in."""
_STATED = f"""
{_UP} SELECT up.activity, place.id, iif(name.name = place.name, 0, name.id) FROM up JOIN entity USING (article, number)
JOIN entity_place USING (article, number) JOIN place ON place.id = entity_place.place JOIN name ON name.id = entity.name
"""
_GROUPS = "SELECT activity, leader, rank FROM activity_group"


class Counting:
    """Table packed_column."""

    @property
    def version(self) -> int:
        """Raised when other columns are made, or in another way."""
        return VERSION

    def entering(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Nothing: `finish` makes the columns of all articles."""

    def leaving(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Nothing."""

    def anew(self, database: sqlite3.Connection) -> None:
        """Nothing."""

    def finish(self, database: sqlite3.Connection) -> None:
        """Makes all columns anew."""
        made = made_at(database) + 1
        database.execute("DELETE FROM packed_column")
        _Making(database).write()
        database.execute("INSERT OR REPLACE INTO archive VALUES (?, ?)", (MADE, made))


class _Making:
    """Writes the columns one by one, so that few of them are in memory at once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._texts: dict[str, list[Any]] = {}

    def write(self) -> None:
        """All of them."""
        self._places()
        articles = self._articles()
        self._texts["printed"] = list(self._database.execute(_PRINTED).fetchone())
        self._activities(articles)
        self._keep("texts", to_json(self._texts | {"version": VERSION}))

    def _places(self) -> None:
        rows = self._database.execute("SELECT id, coalesce(above, 0), type FROM place ORDER BY id").fetchall()
        size = max((row[0] for row in rows), default=0) + 1
        above, kind = np.zeros(size, np.int32), np.full(size, -1, np.int32)
        for place, upper, name in rows:
            above[place], kind[place] = upper, PLACE_TYPES.index(name)
        self._above = above
        self._column("place.above", above)
        self._column("place.type", kind)

    def _articles(self) -> "_Numbers":
        ids, days, papers, kinds = [], [], _Seen(), _Seen()
        for article, day, paper, kind in self._database.execute(_ARTICLES):
            ids.append(article)
            days.append(day)
            papers.add(paper)
            kinds.add(kind)
        rows = _Numbers(ids)
        self._column("article.id", ints(ids))
        self._column("article.day", ints(days))
        self._dictionary("article.paper", "papers", papers)
        self._dictionary("article.kind", "kinds", kinds)
        named = self._pairs(rows, "SELECT article, place FROM entity_place")
        self._lists("article.places", self._with_all_above(len(rows), *named))
        self._lists("article.otherwise", lists_of(len(rows), *self._pairs(rows, _OTHERWISE)))
        self._lists("article.organizations", lists_of(len(rows), *self._pairs(rows, _ORGANIZATIONS)))
        return rows

    def _activities(self, articles: "_Numbers") -> None:
        read = [(articles.row(article), number, key, kind, status, day)
                for key, article, number, kind, status, day in self._database.execute(_ACTIVITIES)]  # fmt: skip
        read.sort()
        owners, _, ids, kinds, statuses, days = zip(*read, strict=True) if read else ((), (), (), (), (), ())
        rows, types, stated = _Numbers(ids), _Seen(kinds), _Seen(statuses)
        self._column("activity.id", ints(ids))
        self._column("activity.article", ints(owners))
        self._column("activity.day", ints(days))
        self._dictionary("activity.type", "types", types)
        self._dictionary("activity.status", "statuses", stated)
        of_articles = np.unique(np.column_stack((ints(owners), ints(types.numbers))).reshape(-1, 2), axis=0)
        self._lists("article.types", lists_of(len(articles), ints(of_articles[:, 0]), ints(of_articles[:, 1])))
        by_name = np.zeros(len(ids), np.int32)
        ranked = self._database.execute("SELECT id, dense_rank() OVER (ORDER BY name) FROM activity").fetchall()
        by_name[rows.rows([row[0] for row in ranked])] = ints([row[1] for row in ranked])
        self._column("activity.by_name", by_name)
        self._slots(rows)
        self._counts(rows)
        groups = self._database.execute(_GROUPS).fetchall()
        for column, values in zip(("grouped", "leader", "turn"), zip(*groups, strict=True) if groups else ((),) * 3,
                                  strict=True):  # fmt: skip
            self._column(f"activity.{column}", ints(values) if column == "turn" else rows.rows(values))

    def _slots(self, rows: "_Numbers") -> None:
        parties, slots = _Seen(), list[tuple[int, str]]()
        for activity, role, place, name in self._database.execute(_PARTIES):
            slots.append((rows.row(activity), role))
            parties.add((place, name))
        places, names = zip(*parties.texts, strict=True) if parties.texts else ((), ())
        self._column("party.place", ints(places))
        self._column("party.name", ints(names))
        owners, party = ints([row for row, _ in slots]), ints(parties.numbers)
        roles = np.array([role for _, role in slots], dtype="U9")
        for role in ("organizer", "partner"):
            held = roles == role
            self._lists(f"activity.{role}s", lists_of(len(rows), owners[held], party[held]))
        held = roles == "place"
        if len(party):
            held &= ints(places)[party] > 0
        where = self._with_all_above(len(rows), owners[held], ints(places)[party[held]])
        self._lists("activity.places", where)
        found = self._database.execute(_STATED).fetchall()
        owners, upper = rows.rows([row[0] for row in found]), ints([row[1] for row in found])
        stated = self._with_all_above(len(rows), owners, upper)
        size = len(self._above)
        known, told = (each.owners(None).astype(np.int64) * size + each.values for each in (where, stated))
        further = np.setdiff1d(told, known)
        self._lists("activity.stated", lists_of(len(rows), ints(further // size), ints(further % size)))
        otherwise = ints([row[2] for row in found])
        other = otherwise > 0
        self._lists("activity.otherwise", lists_of(len(rows), owners[other], otherwise[other]))

    def _counts(self, rows: "_Numbers") -> None:
        keys, owners, values = _Seen(), [], []
        for activity, unit, thing, role, value in self._database.execute(_COUNTS):
            keys.add((unit, thing, role))
            owners.append(rows.row(activity))
            values.append(float(value))
        order = np.lexsort((ints(keys.numbers), ints(owners)))
        self._texts["counts"] = [list(each) for each in keys.texts]
        self._lists("activity.counts", lists_of(len(rows), ints(owners), ints(keys.numbers)))
        self._column("activity.count_value", np.array(values, dtype=np.float64)[order])

    def _with_all_above(self, rows: int, owners: Ints, places: Ints) -> Lists:
        """Each row's places and everything that they lie in, each once."""
        pairs, size = [], len(self._above)
        while len(places):
            pairs.append(np.unique(owners.astype(np.int64) * size + places))
            places, owners = self._above[places], owners
            lies = places > 0
            places, owners = places[lies], owners[lies]
        every = np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, np.int64)
        return lists_of(rows, ints(every // size), ints(every % size))

    def _pairs(self, rows: "_Numbers", query: str) -> tuple[Ints, Ints]:
        found = self._database.execute(query).fetchall()
        return rows.rows([row[0] for row in found]), ints([row[1] for row in found])

    def _dictionary(self, column: str, key: str, seen: "_Seen") -> None:
        self._texts[key] = list(seen.texts)
        self._column(column, ints(seen.numbers))

    def _lists(self, name: str, lists: Lists) -> None:
        self._column(f"{name}.lengths", np.diff(lists.starts).astype(np.int32))
        self._column(f"{name}.values", lists.values)

    def _column(self, name: str, values: npt.NDArray[Any]) -> None:
        self._keep(name, pack(values))

    def _keep(self, name: str, content: bytes) -> None:
        self._database.execute("INSERT INTO packed_column VALUES (?, ?)", (name, content))


class _Numbers:
    """The row of each id."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._row = {each: row for row, each in enumerate(ids)}

    def __len__(self) -> int:
        return len(self._row)

    def row(self, key: int) -> int:
        """Of one."""
        return self._row[key]

    def rows(self, keys: Iterable[int]) -> Ints:
        """Of several."""
        return ints([self._row[key] for key in keys])


class _Seen:
    """Values in the order in which they came: each a number from 0, and what the numbers mean."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self.texts: dict[Any, int] = {}
        self.numbers: list[int] = []
        for value in values:
            self.add(value)

    def add(self, value: Any) -> None:
        """One more."""
        self.numbers.append(self.texts.setdefault(value, len(self.texts)))
