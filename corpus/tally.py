"""How much was found: figures that add up over pages, of bounded size however many there are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.annotations import PLACE_TYPES
from schemas.layout import Source
from schemas.record import ArticleRecord

MOST_KINDS = 100
"""Kinds of notes that are told apart."""
_FIGURES = re.compile(r"\d[\d.:/-]*(?<=\d)")


@dataclass(slots=True)
class Tally:
    """Running totals: things by kind (`articles`, `places` …), activities by type, pages by format, notes."""

    found: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def articles(self) -> int:
        """Articles and photo stories."""
        return self.found["articles"] + self.found["photo stories"]

    def add(self, other: "Tally") -> None:
        """Put `other` on top."""
        self.found.update(other.found)
        self.types.update(other.types)
        self.formats.update(other.formats)
        self.notes.update(other.notes)

    def note(self, notes: Sequence[str]) -> None:
        """Count what was noted of a page, figures apart; of very many kinds only the first are told apart."""
        for note in notes:
            kind = _FIGURES.sub("…", note)
            self.notes[kind if kind in self.notes or len(self.notes) < MOST_KINDS else "other notes"] += 1


def of_page(records: Sequence[ArticleRecord], source: Source) -> Tally:
    """The totals of one page; a place that two articles name counts in each."""
    # what a PDF says is in Unicode, which is no choice that anybody made
    how = source.format if source.encoding == "unicode" else f"{source.format} {source.encoding}"
    tally = Tally(Counter(pages=1), formats=Counter([how]))
    for record in records:
        tally.found["photo stories" if record.article.kind == "photo" else "articles"] += 1
        tally.found.update(_group(entity.type) for entity in record.entities)
        tally.found["counts"] += len(record.counts)
        tally.found["dates"] += len(record.dates)
        tally.found["activities"] += len(record.activities)
        tally.types.update(activity.type for activity in record.activities)
    return tally


def _group(entity_type: str) -> str:
    if entity_type in PLACE_TYPES:
        return "places"
    return "people" if entity_type == "person" else "organizations"
