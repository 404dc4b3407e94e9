"""The corrections of an archive with what became of each."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.corrections.correction import Correction
from corpus.corrections.file import Line

Fate = Literal["applied", "unneeded", "lost", "waiting"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction, in how many articles it has had a hand, and what became of it.

    `unneeded`: extraction says so by itself everywhere; `lost`: it applies no longer somewhere, and `reason` is why;
    `waiting`: the archive has not been brought in step with the file, which `index` does.
    """

    line: int
    correction: Correction
    articles: int
    fate: Fate
    reason: str | None = None


def listed(database: sqlite3.Connection, lines: Sequence[Line]) -> Iterator[Listed]:
    """The corrections of a file's lines, in their order."""
    known = {row[0] for row in database.execute("SELECT id FROM correction")}
    # all at once: v_correction goes through them once for each correction
    hands = "SELECT correction, count(*) FROM corrected_article GROUP BY correction"
    articles = dict(database.execute(hands).fetchall())
    fates: dict[str, dict[str, str | None]] = {}
    for correction, status, reason in database.execute("SELECT correction, status, reason FROM correction_outcome"):
        fates.setdefault(correction, {})[status] = reason
    for line in lines:
        if own := line.correction:
            told = fates.get(own.id, {})
            fate: Fate = "applied"
            if own.id not in known:
                fate = "waiting"
            elif "lost" in told:
                fate = "lost"
            elif told.keys() == {"unneeded"}:
                fate = "unneeded"
            yield Listed(line.number, own, articles.get(own.id, 0), fate, told.get("lost"))
