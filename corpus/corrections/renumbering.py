"""A corrected record made whole again: ids without gaps, no reference to what is gone, everything in order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schemas.annotations import Check, Count, Entity
from schemas.record import ArticleRecord


def whole(record: ArticleRecord) -> ArticleRecord:
    """The record with its ids from 1 on.

    Entities keep their order, what came in new stands where it is first named. References to what is not there any
    more are left out; of what named a thing's place, the place above it is taken.
    """
    entities = _placed(record.entities)
    counts = sorted(record.counts, key=lambda each: (each.start, each.end))
    dates = sorted(record.dates, key=lambda each: (each.start, each.end))
    e = _numbers("e", (each.id for each in entities))
    c = _numbers("c", (each.id for each in counts))
    d = _numbers("d", (each.id for each in dates))
    return replace(
        record,
        entities=tuple(
            replace(each, id=e[each.id], parent=e.get(each.parent or ""), mentions=tuple(sorted(each.mentions)))
            for each in entities
        ),
        counts=tuple(replace(each, id=c[each.id], check=_check(each, c)) for each in counts),
        dates=tuple(replace(each, id=d[each.id]) for each in dates),
        activities=tuple(
            replace(
                each,
                id=f"a{number}",
                organizers=_mapped(each.organizers, e),
                partners=_mapped(each.partners, e),
                places=_mapped(each.places, e),
                date=d.get(each.date or ""),
                counts=_mapped(each.counts, c),
            )
            for number, each in enumerate(record.activities, 1)
        ),
    )


NEW = "n"
"""What the ids of things begin with that came in new, until `whole` numbers them."""


def fresh(ids: Iterable[str]) -> str:
    """An id for a new thing beside those that there are."""
    return f"{NEW}{sum(each.startswith(NEW) for each in ids) + 1}"


def _placed(entities: Iterable[Entity]) -> list[Entity]:
    """New entities where their first mention puts them among the others."""
    every = list(entities)
    placed = [entity for entity in every if not entity.id.startswith(NEW)]
    for entity in every:
        if entity.id.startswith(NEW):
            behind = (
                k for k, each in enumerate(placed)
                if entity.mentions and each.mentions and each.mentions[0] > entity.mentions[0]
            )  # fmt: skip
            placed.insert(next(behind, len(placed)), entity)
    return placed


def _numbers(kind: str, ids: Iterable[str]) -> dict[str, str]:
    return {old: f"{kind}{number}" for number, old in enumerate(ids, 1)}


def _mapped(ids: Iterable[str], numbers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers[each] for each in ids if each in numbers))


def _check(count: Count, numbers: Mapping[str, str]) -> Check | None:
    check = count.check
    if check is None or check.of not in numbers or check.part not in numbers:
        return None
    return Check(numbers[check.of], numbers[check.part], check.agrees)
