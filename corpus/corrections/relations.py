"""What refers to the entities of a record, kept right while they are put into each other, made one or taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.corrections import renumbering
from corpus.corrections.correction import LostError
from corpus.corrections.matching import short
from schemas.annotations import Activity, Entity, EntityType
from schemas.record import ArticleRecord


def set_in(record: ArticleRecord, of: str, told: Mapping[str, str] | None) -> ArticleRecord:
    """Put an entity into another one, which is inferred where the article does not name it."""
    own = next(each for each in record.entities if each.id == of)
    if told is None:
        return replaced(record, replace(own, parent=None))
    kind: EntityType = told["type"]  # type: ignore[assignment]
    upper = next((each for each in record.entities if (each.type, each.name) == (kind, told["name"])), None)
    if upper is None:
        upper = Entity(fresh(record), kind, told["name"], None, None, "inferred", ())
        record = replace(record, entities=(*record.entities, upper))
    parents = {each.id: each.parent for each in record.entities}
    at: str | None = upper.id
    while at is not None:
        if at == of:
            raise LostError(f"{short(own.name)!r} would lie in itself")
        at = parents.get(at)
    return replaced(record, replace(own, parent=upper.id))


def fresh(record: ArticleRecord) -> str:
    """An id for a new entity of the record."""
    return renumbering.fresh(each.id for each in record.entities)


def replaced(record: ArticleRecord, changed: Entity) -> ArticleRecord:
    """The record with the entity of this id being `changed`."""
    entities = tuple(changed if each.id == changed.id else each for each in record.entities)
    return replace(record, entities=entities)


def merged(record: ArticleRecord, changed: Entity, other_first: bool = False) -> ArticleRecord:
    """The record with what is called as `changed` is made one with it; the first of them stays.

    Its place and code are those of `changed`, or with `other_first` of what was called so before, where it has them.
    """
    alike = [each for each in record.entities if (each.type, each.name) == (changed.type, changed.name)]
    if len(alike) < 2:
        return record
    ranked = sorted(alike, key=lambda each: (each.id == changed.id) == other_first)
    within: dict[str, object] = {each.id: None for each in alike}
    parents = {each.id: each.parent for each in record.entities}
    upper = (above(each.parent, within, parents) for each in ranked)
    one = replace(
        alike[0],
        parent=next((each for each in upper if each), None),
        code=next((each.code for each in ranked if each.code), None),
        basis=min((each.basis for each in alike), key=("stated", "listed", "inferred").index),
        mentions=tuple(sorted({m for each in alike for m in each.mentions})),
    )
    gone = {each.id: one.id for each in alike[1:]}
    entities = tuple(one if each.id == one.id else each for each in record.entities if each.id not in gone)
    return referring(replace(record, entities=entities), gone)


def referring(record: ArticleRecord, now: Mapping[str, str]) -> ArticleRecord:
    """The record with what refers to entities that became others referring to those."""

    def ids(old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(now.get(each, each) for each in old))

    def own(each: Activity) -> Activity:
        return replace(
            each, organizers=ids(each.organizers), partners=ids(each.partners), places=ids(each.places)
        )  # fmt: skip

    entities = []
    for each in record.entities:
        parent = now.get(each.parent or "", each.parent)
        entities.append(replace(each, parent=None if parent == each.id else parent))
    return replace(record, entities=_acyclic(entities), activities=tuple(own(each) for each in record.activities))


def _acyclic(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Entities none of which lies in itself: where two became one, its place may have been below it."""
    parents = {each.id: each.parent for each in entities}
    for each in entities:
        seen, at = {each.id}, parents[each.id]
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at == each.id:
            parents[each.id] = None
    return tuple(replace(each, parent=parents[each.id]) for each in entities)


def without(record: ArticleRecord, gone: Mapping[str, str | None]) -> ArticleRecord:
    """The record whose activities do not refer to entities that are gone."""

    def ids(old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in old if each not in gone)

    activities = tuple(
        replace(each, organizers=ids(each.organizers), partners=ids(each.partners), places=ids(each.places))
        for each in record.activities
    )
    return replace(record, activities=activities) if gone else record


def above(parent: str | None, gone: Mapping[str, object], parents: Mapping[str, str | None]) -> str | None:
    """The nearest thing above that is still there."""
    while parent is not None and parent in gone:
        parent = parents.get(parent)
    return parent
