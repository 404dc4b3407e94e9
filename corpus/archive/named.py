"""What a name that somebody types stands for in an archive: a place with all in it, persons, organizations."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from corpus.archive.conditions import Rows, Value
from corpus.archive.folding import fold, pattern, printed
from schemas.annotations import PLACE_TYPES

Level = Literal["province", "city", "district", "street", "community", "place"]
LEVELS: Mapping[Level, tuple[str, ...]] = {
    "province": ("province",),
    "city": ("city",),
    "district": ("district",),
    "street": ("street",),
    "community": ("community",),
    "place": PLACE_TYPES,
}
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "province": ("省", "市", "自治区", "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区"),
    "city": ("市", "地区", "盟", "自治州"),
    "district": ("区", "县", "市", "旗", "自治县", "自治旗", "新区", "林区", "特区"),
    "street": ("街道", "镇", "乡", "苏木", "民族乡", "地区"),
    "community": ("社区", "村", "嘎查"),
    "estate": ("小区",),
}
"""What may be left out of a name, by the type of what it names."""
UPPER_DIGITS = (2, 4)
"""Digits that the codes of a province's and a city's parts begin with; the rest of theirs is zeros."""
PAPERS = """
SELECT coalesce(page.paper, '') FROM entity_place JOIN article ON article.id = entity_place.article
JOIN page ON page.id = article.page WHERE entity_place.place = place.id
"""
"""The papers whose articles name a place."""
LAST = "\U0010ffff"
"""Behind a name it gives what follows all names that begin so, as SQLite compares texts."""
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Thing:
    """Ids of names; for places also of rows of the authority file (`place`), and what codes within them begin with."""

    names: tuple[int, ...]
    places: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()

    def entities(self) -> Rows:
        """A query for the entities that it means, or that lie in it: their article and number."""
        parts = [f"SELECT article, number FROM entity WHERE name IN ({marks(self.names)})"]
        values: list[Value] = [*self.names]
        if self.places:
            # by the parents that articles print anywhere in the archive
            parts.append(
                "SELECT entity_place.article, number FROM place_above JOIN entity_place USING (place)"
                f" WHERE above IN ({marks(self.places)})"
            )
            values += self.places
        for code in self.codes:
            # also of articles that the authority file has not seen yet
            parts.append("SELECT article, number FROM entity WHERE code >= ? AND code < ?")
            values += [code, code + ":"]  # ":" is what follows "9"
        return Rows(" UNION ALL ".join(parts), tuple(values))


def places(connection: sqlite3.Connection, wanted: str, level: Level = "place") -> Thing | None:
    """The places of this name at this level, or the division of this code; None where the archive knows none.

    A path means one place of several that are called so: 和平区/明珠社区 or 120101/明珠社区. /明珠社区 is one of which
    nobody says where it lies, @晚报/明珠社区 that of one paper. Its names are written in full. Behind a code the path
    is an address: what lies just there, without its namesakes further in.
    """
    wanted = wanted.strip()
    if wanted.isascii() and wanted.isdigit():
        rows = connection.execute("SELECT id FROM place WHERE code = ?", (wanted,)).fetchall()
        below = beginning(wanted)
        if not rows:  # no article names it, but perhaps something in it
            inner = "SELECT id FROM place WHERE code >= ? AND code < ?"
            rows = connection.execute(inner, (below, below + ":")).fetchall()
        return Thing((), tuple(row[0] for row in rows), (below,))
    if "/" in wanted and (within := by_path(connection, wanted, LEVELS[level])):
        return Thing((), within)
    names, known = set[int](), list[tuple[int, str | None]]()
    for kind in LEVELS[level]:
        names.update(_exactly(connection, kind, wanted))
        known += [(row["id"], row["code"]) for row in _called(connection, "place", kind, wanted)]
    if not names and not known:
        return None
    codes = {code for _, code in known}
    if not known:
        query = f"SELECT DISTINCT code FROM entity WHERE name IN ({marks(names)})"
        codes = {row[0] for row in connection.execute(query, sorted(names))}
        meant = f"SELECT id, code FROM place WHERE code IN ({marks(codes)})"
        known = [(row[0], row[1]) for row in connection.execute(meant, tuple(codes))]
    beginnings = sorted({beginning(code) for code in codes if code})
    return Thing(tuple(sorted(names)), tuple(sorted(place for place, _ in known)), tuple(beginnings))


def by_path(connection: sqlite3.Connection, path: str, types: Sequence[str]) -> tuple[int, ...]:
    """The places (place.id) of these types at the end of a path of names and codes, the upper ones first.

    Of namesakes behind a code those that lie directly in what stands before them, if there are any.
    """
    upper, *inner = path.split("/")
    if len(inner) > len(LEVELS["place"]):
        return ()
    coded = upper.isascii() and upper.isdigit()
    query = f"SELECT id FROM place WHERE {'code' if coded else 'name'} = ?"
    root = not upper or upper.startswith("@")
    at = None if root else [row[0] for row in connection.execute(query, (upper,))]
    for number, name in enumerate(inner, 1):
        kinds = tuple(types) if number == len(inner) else LEVELS["place"]
        lies, values = "above IS NULL", list[Value]()
        if at is not None:
            lies = f"EXISTS (SELECT 1 FROM place_above AS up WHERE up.place = place.id AND up.above IN ({marks(at)}))"
            values += at
        elif upper:
            lies += f" AND ? IN ({PAPERS})"
            values.append(upper[1:])
        found = f"SELECT id, above FROM place WHERE name = ? AND type IN ({marks(kinds)}) AND {lies}"
        rows = connection.execute(found, (name, *kinds, *values)).fetchall()
        directly = [place for place, above in rows if at is not None and above in at] if coded or root else []
        at = directly or [place for place, _ in rows]
    return tuple(at or ())


def persons(connection: sqlite3.Connection, wanted: str) -> Thing | None:
    """The persons of exactly this name; None where the archive knows none."""
    found = _exactly(connection, "person", wanted)
    return Thing(tuple(sorted(found))) if found else None


def organizations(connection: sqlite3.Connection, wanted: str) -> Thing | None:
    """The organizations whose names hold `wanted`, or behind `=` are just that; None where there are none."""
    if wanted.startswith("="):
        query = "SELECT id FROM name WHERE type = 'organization' AND name = ?"
        exactly = tuple(row[0] for row in connection.execute(query, (wanted[1:],)))
        return Thing(exactly) if exactly else None
    found = holding(connection.execute("SELECT id, name FROM name WHERE type = 'organization'"), wanted)
    return Thing(tuple(sorted(found))) if found else None


def holding(rows: Iterable[tuple[_Key, str]], wanted: str) -> list[_Key]:
    """The keys of the names in which `wanted` is, as search finds it."""
    folded = fold(wanted).strip()
    find = pattern(folded).search if folded else None
    return [key for key, name in rows if find and find(name)]


def beginning(code: str) -> str:
    """What the codes of a division and of its parts begin with.

    >>> beginning("140000"), beginning("140200"), beginning("140213"), beginning("140213004")
    ('14', '1402', '140213', '140213004')
    """
    upper = (code[:digits] for digits in UPPER_DIGITS if len(code) == 6 and not code[digits:].strip("0"))
    return next(upper, code)


def marks(values: Iterable[object]) -> str:
    """A question mark for each value, for SQL's IN."""
    return ",".join("?" for _ in values)


def _exactly(connection: sqlite3.Connection, kind: str, wanted: str) -> list[int]:
    return [row["id"] for row in _called(connection, "name", kind, wanted)]


def _called(
    connection: sqlite3.Connection, table: Literal["name", "place"], kind: str, wanted: str
) -> Iterator[sqlite3.Row]:
    """The rows of this type that are called so, with or without the suffix; script and width make no difference."""
    if not (folded := fold(wanted).strip()):
        return
    ends = "|".join(pattern(fold(end)).pattern for end in SUFFIXES.get(kind, ()))
    called = re.compile(f"{pattern(folded).pattern}(?:{ends})?").fullmatch
    first = printed(folded[0])  # few names begin so, and SQLite finds them
    query = f"SELECT * FROM {table} WHERE type = ? AND ({' OR '.join(['name >= ? AND name < ?'] * len(first))})"
    ranges = (end for each in first for end in (each, each + LAST))
    for row in connection.execute(query, (kind, *ranges)):
        if called(row["name"]):
            yield row
