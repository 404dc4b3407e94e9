"""How much was found: figures that add up over pages, of bounded size however many there are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.record import ArticleRecord

PLACE_TYPES = frozenset(["province", "city", "district", "street", "community", "estate", "road", "venue"])


@dataclass(slots=True)
class Tally:
    """Running totals: things by kind (`articles`, `places`, `counts` …) and activities by type."""

    found: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)

    @property
    def articles(self) -> int:
        """Articles and photo stories."""
        return self.found["articles"] + self.found["photo stories"]

    def add(self, other: "Tally") -> None:
        """Put `other` on top."""
        self.found.update(other.found)
        self.types.update(other.types)


def of_page(records: Sequence[ArticleRecord]) -> Tally:
    """The totals of one page; a place that two articles name counts in each."""
    tally = Tally(Counter(pages=1))
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
