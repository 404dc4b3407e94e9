"""What training data holds of a record: its text with typed spans that do not overlap."""

from dataclasses import dataclass

from schemas.record import ArticleRecord


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A typed stretch [start, end) of an article's text; `id` is the entity's, date's or count's in the record."""

    start: int
    end: int
    type: str
    id: str


def labels(record: ArticleRecord) -> tuple[Label, ...]:
    """Entities by their types, dates as `date`, counts as `count`, in order; of two that overlap the first and longest.

    Inferred entities have no mention and are not here.
    """
    every = [Label(m.start, m.end, e.type, e.id) for e in record.entities for m in e.mentions]
    every += [Label(d.start, d.end, "date", d.id) for d in record.dates]
    every += [Label(c.start, c.end, "count", c.id) for c in record.counts]
    kept: list[Label] = []
    for label in sorted(every, key=lambda each: (each.start, -each.end)):
        if not kept or kept[-1].end <= label.start:
            kept.append(label)
    return tuple(kept)
