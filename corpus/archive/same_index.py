"""Sameness as a step of derive.py: sketches with the articles, groups made anew at the end of a run."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from corpus.archive.records import ARTICLES, ORDER
from corpus.archive.sameness import Group, Told, groups, same_activities
from corpus.archive.sketches import near_pairs, sketch

VERSION = 2
_ARTICLES = f"""
SELECT article.id FROM {ARTICLES} ORDER BY page.issue_date IS NULL, page.issue_date, {ORDER}
"""
_ACTIVITIES = """
SELECT activity.id, activity.article, activity.type, activity.name, date.first, date.last, page.issue_date
FROM activity JOIN article ON article.id = activity.article JOIN page ON page.id = article.page
     LEFT JOIN date ON date.article = activity.article AND date.number = activity.date ORDER BY activity.id
"""
_WHERE = """
SELECT slot.activity, seen.place FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
     JOIN entity_place AS seen ON seen.article = activity.article AND seen.number = slot.entity
     JOIN place ON place.id = seen.place
WHERE slot.role = 'place' AND place.type NOT IN ('province', 'city', 'district')
"""
_WHO = """
SELECT slot.activity, name.name FROM activity_entity AS slot JOIN activity ON activity.id = slot.activity
     JOIN entity ON entity.article = activity.article AND entity.number = slot.entity
     JOIN name ON name.id = entity.name
WHERE slot.role IN ('organizer', 'partner') AND name.type NOT IN ('province', 'city', 'district')
"""
_COUNTS = """
SELECT slot.activity, count.unit || ' ' || count.object, count.value
FROM activity_count AS slot JOIN activity ON activity.id = slot.activity
     JOIN count ON count.article = activity.article AND count.number = slot.count
"""


class Sameness:
    """Tables article_sketch, article_group and activity_group."""

    @property
    def version(self) -> int:
        """Raised when sketches are made in another way."""
        return VERSION

    def entering(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Sketches the articles."""
        for article in articles:
            [(text,)] = database.execute("SELECT text FROM article WHERE id = ?", (article,))
            if made := sketch(text):
                database.execute("INSERT INTO article_sketch VALUES (?, ?)", (article, made))

    def leaving(self, database: sqlite3.Connection, articles: Sequence[int]) -> None:
        """Nothing: rows go with their articles."""

    def finish(self, database: sqlite3.Connection) -> None:
        """Makes the groups anew; places must be settled."""
        ranks = {row[0]: rank for rank, row in enumerate(database.execute(_ARTICLES), 1)}
        sketches = dict(database.execute("SELECT article, sketch FROM article_sketch").fetchall())
        in_order = sorted(sketches, key=lambda article: ranks[article])
        pairs = ((a, b, "") for a, b in near_pairs((article, sketches[article]) for article in in_order))
        order = {article: (rank, article) for article, rank in ranks.items()}
        texts = groups(pairs, order, {article: article for article in ranks})
        database.execute("DELETE FROM article_group")
        database.executemany(
            "INSERT INTO article_group VALUES (?, ?, ?)",
            ((article, group.leader, rank) for group in texts for rank, article in enumerate(group.members, 1)),
        )
        activities = same_activities(_told(database, ranks, texts))
        database.execute("DELETE FROM activity_group")
        database.executemany(
            "INSERT INTO activity_group VALUES (?, ?, ?, ?)",
            (
                (activity, group.leader, rank, group.reasons[activity])
                for group in activities
                for rank, activity in enumerate(group.members, 1)
            ),
        )

    def anew(self, database: sqlite3.Connection) -> None:
        """Sketches everything; `finish` does the rest."""
        database.execute("DELETE FROM article_sketch")
        self.entering(database, [row[0] for row in database.execute("SELECT id FROM article ORDER BY id")])


def _told(database: sqlite3.Connection, ranks: Mapping[int, int], texts: Sequence[Group]) -> list[Told]:
    group_of = {article: group.leader for group in texts for article in group.members}
    where, who, counts = defaultdict(set), defaultdict(set), defaultdict(set)
    for activity, place in database.execute(_WHERE):
        where[activity].add(place)
    for activity, name in database.execute(_WHO):
        who[activity].add(name)
    for activity, what, value in database.execute(_COUNTS):
        counts[activity].add((what, float(value)))
    return [
        Told(
            key, article, ranks[article], kind, name, frozenset(where[key]), frozenset(who[key]), first, last, issue,
            frozenset(counts[key]), group_of.get(article),
        )
        for key, article, kind, name, first, last, issue in database.execute(_ACTIVITIES)
    ]  # fmt: skip
