"""The authority file as a step of derive.py: made anew at the end of a run, from the entities of all articles."""

import sqlite3
from collections.abc import Iterator, Sequence

from corpus.archive import records
from corpus.archive.authority import Authority, Sighting, settle
from corpus.archive.divisions import divisions
from schemas.annotations import PLACE_TYPES

VERSION = 2
POINTING = ("该", "本", "此", "我", "这", "全")
"""What a form begins with that only points back: 该社区, 我区."""
_PLACES = ", ".join(f"'{kind}'" for kind in PLACE_TYPES)
_SIGHTINGS = f"""
SELECT entity.article, entity.number, name.type, name.name, entity.code, entity.parent, coalesce(page.paper, '')
FROM entity JOIN name ON name.id = entity.name JOIN article ON article.id = entity.article
     JOIN page ON page.id = article.page
WHERE name.type IN ({_PLACES})
"""
_SEEN = """
UPDATE place SET (articles, mentions, first, last, learned) = (
  SELECT count(DISTINCT seen.article), coalesce(sum(entity.mentions), 0), min(page.issue_date), max(page.issue_date),
         count(DISTINCT iif(seen.basis = 'learned', seen.article, NULL))
  FROM entity_place AS seen JOIN entity USING (article, number) JOIN article ON article.id = seen.article
       JOIN page ON page.id = article.page
  WHERE seen.place = place.id)
"""
_TOLD = """
UPDATE place SET told = (
  SELECT count(DISTINCT seen.article) FROM entity_place AS seen JOIN entity USING (article, number)
         JOIN entity_place AS upper ON upper.article = entity.article AND upper.number = entity.parent
  WHERE seen.place = place.id AND upper.place = place.above)
WHERE above IS NOT NULL
"""


class Places:
    """Tables place, entity_place, place_above and entity_form."""

    @property
    def version(self) -> int:
        """Raised when places are settled in another way."""
        return VERSION

    def entering(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Keeps how places are printed, which only the record tells."""
        for article in articles:
            for record in records.of_articles(database, [article]):
                text = record.article.text
                for entity in record.entities:
                    if entity.type not in PLACE_TYPES:
                        continue
                    forms = {text[m.start : m.end] for m in entity.mentions} - {entity.name}
                    forms = {form for form in forms if not form.startswith(POINTING)}
                    database.executemany(
                        "INSERT INTO entity_form VALUES (?, ?, ?)",
                        ((article, int(entity.id[1:]), form) for form in sorted(forms)),
                    )

    def leaving(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Nothing: rows go with their articles, and `finish` settles anew."""

    def finish(self, database: sqlite3.Connection) -> None:
        """Settles all places."""
        made = settle(_sightings(database), divisions())
        for table in ("place_above", "entity_place", "place"):
            database.execute(f"DELETE FROM {table}")
        database.executemany(
            "INSERT INTO place (id, type, name, code, above, basis, told, learned, articles, mentions)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
            ((p.id, p.type, p.name, p.code, p.above, p.basis) for p in made.places),
        )
        meant = ((*key, *place) for key, place in made.meant.items())
        database.executemany("INSERT INTO entity_place VALUES (?, ?, ?, ?)", meant)
        database.executemany("INSERT INTO place_above VALUES (?, ?)", _closure(made))
        database.execute(_SEEN)
        database.execute(_TOLD)

    def anew(self, database: sqlite3.Connection) -> None:
        """Reads the printed forms again; `finish` does the rest."""
        database.execute("DELETE FROM entity_form")
        self.entering(database, [row[0] for row in database.execute("SELECT id FROM article ORDER BY id")])


def _sightings(database: sqlite3.Connection) -> Iterator[Sighting]:
    return (Sighting(*row) for row in database.execute(_SIGHTINGS))


def _closure(made: Authority) -> Iterator[tuple[int, int]]:
    return ((place.id, above) for place in made.places for above in made.chain(place.id))
