"""The places of an archive as rows: its authority file."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.archive import filters
from corpus.archive.conditions import as_rows
from corpus.archive.filters import Filters, known
from corpus.archive.named import marks

ORDERS: Mapping[str, str] = {
    "place": "place.id",
    "name": "place.name, place.id",
    "articles": "place.articles DESC, place.id",
    "first": "place.first IS NULL, place.first, place.id",
}
"""What rows can be sorted by; `place`: the upper ones first, in the order of their codes."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A distinct place. `chain`: the names of what it lies in, the nearest first.

    `basis` says how the nearest is known: code, or stated by `told` articles, of which `example` is one. `learned`
    articles name the place alone and mean it by what the others print. `variants`: how it is printed otherwise.
    """

    id: int
    type: str
    name: str
    code: str | None
    chain: tuple[str, ...]
    basis: str | None
    told: int
    example: str | None
    learned: int
    variants: tuple[str, ...]
    articles: int
    mentions: int
    activities: int
    first: str | None
    last: str | None

    def values(self) -> dict[str, Any]:
        """The row by the names that people and files see, as JSON values; lists for what may be several."""
        return asdict(self) | {"in": list(self.chain), "variants": list(self.variants)}


PLACE_FILTERS = ("provinces", "cities", "districts", "streets", "communities", "places")
_QUERY = """
SELECT place.id, place.type, place.name, place.code, place.basis, place.told, place.learned, place.articles,
       place.mentions, place.first, place.last,
       (SELECT count(DISTINCT slot.activity) FROM entity_place AS seen
          JOIN activity ON activity.article = seen.article
          JOIN activity_entity AS slot ON slot.activity = activity.id AND slot.entity = seen.number
        WHERE seen.place = place.id AND slot.role = 'place') AS activities,
       (SELECT min(article.record_id) FROM entity_place AS seen JOIN entity USING (article, number)
          JOIN entity_place AS upper ON upper.article = entity.article AND upper.number = entity.parent
          JOIN article ON article.id = entity.article
        WHERE seen.place = place.id AND upper.place = place.above) AS example
FROM place
"""
_CHAIN = """
WITH RECURSIVE up (id, name, above, far) AS (
  SELECT place.id, place.name, place.above, 0 FROM place WHERE id = ? UNION
  SELECT place.id, place.name, place.above, far + 1 FROM up JOIN place ON place.id = up.above)
SELECT name FROM up WHERE far > 0 ORDER BY far
"""
_FORMS = """
SELECT DISTINCT form FROM entity_place JOIN entity_form USING (article, number) WHERE place = ? ORDER BY form
"""


def rows(
    database: sqlite3.Connection,
    wanted: Filters = Filters(),  # noqa: B008 - immutable
    types: tuple[str, ...] = (),
    order: str = "place",
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[PlaceRow]:
    """The places of the articles that the filters want, of these types if any are given.

    Without filters all places: also those that no article names but codes or other articles say something lies in, with
    figures of 0.
    """
    condition, values = _condition(database, wanted, types)
    # what a row holds is looked up only for those that are wanted
    keys = f"SELECT place.id FROM place WHERE {condition} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    wanted_keys = database.execute(keys, (*values, -1 if limit is None else limit, offset))
    for row in (row for key in wanted_keys for row in database.execute(f"{_QUERY} WHERE place.id = ?", tuple(key))):
        known = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row iterates over its values
        chain = tuple(name for (name,) in database.execute(_CHAIN, (row["id"],)))
        variants = tuple(form for (form,) in database.execute(_FORMS, (row["id"],)))
        yield PlaceRow(chain=chain, variants=variants, **known)


def total(database: sqlite3.Connection, wanted: Filters, types: tuple[str, ...] = ()) -> int:
    """How many places there are of those articles and types."""
    condition, values = _condition(database, wanted, types)
    [(count,)] = database.execute(f"SELECT count(*) FROM place WHERE {condition}", values)
    return int(count)


def _condition(
    database: sqlite3.Connection, wanted: Filters, types: tuple[str, ...]
) -> tuple[str, tuple[str | int | float | None, ...]]:
    """Of a place that is asked for by name only what lies in it is wanted, not what its articles name besides."""
    parts, values = list[str](), list[str | int | float | None]()
    if types:
        parts.append(f"place.type IN ({marks(types)})")
        values += types
    if wanted.given():
        rows = as_rows(filters.articles(database, wanted))
        parts.append(
            "place.id IN (SELECT place FROM entity_place WHERE article IN"
            f" (SELECT article FROM search_entry WHERE {rows.sql}))"
        )
        values += rows.values
    for field in PLACE_FILTERS:
        if names := getattr(wanted, field):
            within = [thing for name in names if (thing := known(database, field, name))]
            some = [place for thing in within for place in thing.places]
            inside = [f"place.id IN (SELECT place FROM place_above WHERE above IN ({marks(some)}))"]
            values += some
            for code in (code for thing in within for code in thing.codes):
                inside.append("(place.code >= ? AND place.code < ?)")
                values += [code, code + ":"]  # ":" is what follows "9"
            parts.append(f"({' OR '.join(inside)})")
    return " AND ".join(parts) or "1", tuple(values)
