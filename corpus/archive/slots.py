"""Who and where of activities, and all that an article names, each with what its link needs."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.archive.addresses import PlaceName, of_places
from corpus.archive.counting.parties import Party
from corpus.archive.named import marks


@dataclass(frozen=True, slots=True)
class Slots:
    """Those of one activity, in the record's order."""

    organizers: tuple[Party, ...] = ()
    partners: tuple[Party, ...] = ()
    places: tuple[Party, ...] = ()


_SLOTS = """
SELECT slot.activity, slot.role, name.name, name.type, seen.place
FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
     JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
     JOIN name ON name.id = entity.name
     LEFT JOIN entity_place AS seen ON seen.article = entity.article AND seen.number = entity.number
WHERE slot.activity IN ({}) ORDER BY slot.activity, slot.role, slot.position
"""
_ENTITIES = """
SELECT entity.number, name.name, name.type, seen.place
FROM entity JOIN name ON name.id = entity.name
     LEFT JOIN entity_place AS seen ON seen.article = entity.article AND seen.number = entity.number
WHERE entity.article = ? ORDER BY entity.number
"""


def of_activities(database: sqlite3.Connection, keys: Sequence[int]) -> dict[int, Slots]:
    """The slots of these activities (activity.id, ActivityRow.key), also of those that have none."""
    rows = database.execute(_SLOTS.format(marks(keys)), tuple(keys)).fetchall()
    places = of_places(database, {row["place"] for row in rows} - {None})
    held: dict[int, dict[str, list[Party]]] = {key: defaultdict(list) for key in keys}
    for key, role, name, kind, place in rows:
        held[key][role].append(_party(name, kind, place, places))
    return {
        key: Slots(tuple(each["organizer"]), tuple(each["partner"]), tuple(each["place"])) for key, each in held.items()
    }


def of_article(database: sqlite3.Connection, article: int) -> dict[str, Party]:
    """The entities of an article (article.id) by their ids in its record (e1 …)."""
    rows = database.execute(_ENTITIES, (article,)).fetchall()
    places = of_places(database, {row["place"] for row in rows} - {None})
    return {f"e{number}": _party(name, kind, place, places) for number, name, kind, place in rows}


def _party(name: str, kind: str, place: int | None, places: dict[int, PlaceName]) -> Party:
    return Party(name, kind, None if place is None else places[place])
