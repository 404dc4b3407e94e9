"""Corrections of names: what is one and what not, of which type, called what, where, and which are the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.corrections.correction import Correction, LostError, Quote
from corpus.corrections.kinds import PLACE, PLACES
from corpus.corrections.matching import find, places, short
from corpus.corrections.renumbering import fresh
from schemas.annotations import Activity, Entity, EntityType, Span
from schemas.record import ArticleRecord


def named(record: ArticleRecord, which: Mapping[str, Any]) -> list[Entity]:
    """The entities of a name, or where none has it those that are printed so; only of the type, where one is told."""
    name, wanted = which["name"], which.get("type")
    fitting = [each for each in record.entities if wanted in (None, each.type) or _is_place(wanted, each)]
    return [each for each in fitting if each.name == name] or [each for each in fitting if _printed(record, each, name)]


def _is_place(wanted: str | None, entity: Entity) -> bool:
    return wanted == PLACE and entity.type in PLACES


def _printed(record: ArticleRecord, entity: Entity, words: str) -> list[Span]:
    return [m for m in entity.mentions if record.article.text[m.start : m.end] == words]


def is_(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """A name is of a type, wherever the text prints it and no longer name stands there."""
    values = correction.values
    name, kind, text = values["name"], values["type"], record.article.text
    own = [each for each in record.entities if each.name == name]
    spans = {m for each in own for m in each.mentions}
    spans |= {m for each in record.entities for m in _printed(record, each, name)}
    taken = [m for each in record.entities for m in each.mentions] + [Span(d.start, d.end) for d in record.dates]
    for at in places(text, name):
        here = Span(at, at + len(name))
        if not any(here.overlaps(other) for other in (*taken, *spans)):
            spans.add(here)
    if not spans and not own:
        if correction.article is None:
            return record
        raise LostError(f"{short(name)!r} is not in it")
    first = own[0] if own else Entity(_fresh(record), kind, name, None, None, "stated", ())
    same_type = first.type == kind
    made = replace(
        first,
        type=kind,
        mentions=tuple(sorted(spans)),
        basis=first.basis if same_type else "stated" if spans else "inferred",
        code=values.get("code", first.code if same_type else None),
    )
    record = _mentioned_by(record, made, own)
    return _set_in(record, made.id, values["in"]) if "in" in values else record


def _mentioned_by(record: ArticleRecord, made: Entity, own: Sequence[Entity]) -> ArticleRecord:
    """Give `made` its mentions, which others lose; those of its name become it."""
    others = [each for each in record.entities if each not in own]
    left = []
    for each in others:
        mentions = tuple(m for m in each.mentions if m not in made.mentions)
        if mentions or not each.mentions:
            left.append(replace(each, mentions=mentions))
    order = {each.id: at for at, each in enumerate(record.entities)}
    entities = sorted((*left, made), key=lambda each: order.get(each.id, len(order)))
    gone = {each.id: made.id for each in own}
    gone |= {each.id: made.id for each in others if each.id not in {e.id for e in left}}
    return _referring(replace(record, entities=tuple(entities)), gone)


def not_entity(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """Nothing of this name is named here, or nothing of this type."""
    which = correction.values["entity"]
    found = named(record, which)
    if not found:
        return record
    by_name = any(each.name == which["name"] for each in found)
    entities: list[Entity] = []
    gone: dict[str, str | None] = {}
    for each in record.entities:
        if each not in found:
            entities.append(each)
            continue
        printed = _printed(record, each, which["name"])
        mentions = () if by_name else tuple(m for m in each.mentions if m not in printed)
        if mentions:
            entities.append(replace(each, mentions=mentions))
        else:
            gone[each.id] = None
    parents = {each.id: each.parent for each in record.entities}
    entities = [replace(each, parent=_above(each.parent, gone, parents)) for each in entities]
    return _without(replace(record, entities=tuple(entities)), gone)


def entity(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """What a named thing is: type, canonical name, what it lies in, code."""
    which, told = correction.values["entity"], correction.values["set"]
    found = named(record, which)
    if not found:
        renamed = {"name": told.get("name", which["name"])} | ({"type": told["type"]} if "type" in told else {})
        if correction.article is None or ("in" not in told and named(record, renamed)):
            return record
        raise _nothing(which)
    if correction.article is not None and len({(each.type, each.name) for each in found}) > 1:
        raise LostError(f"{short(which['name'])!r} is {' and '.join(sorted({e.type for e in found}))}; say which")
    plain = {key: told[key] for key in ("type", "name", "code") if key in told}
    for each in found:
        changed = replace(each, **plain)
        if changed.type != each.type and "code" not in told:
            changed = replace(changed, code=None)
        record = _merged(_replaced(record, changed), changed)
        if "in" in told:
            kept = next(e for e in record.entities if (e.type, e.name) == (changed.type, changed.name))
            record = _set_in(record, kept.id, told["in"])
    return record


def same(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """A named thing is another one, which the article names too or which it then is called."""
    which, target = correction.values["entity"], correction.values["as"]
    found = [each for each in named(record, which) if (each.type, each.name) != (target["type"], target["name"])]
    if not found:
        if correction.article is None or named(record, target):
            return record
        raise _nothing(which)
    for each in found:
        # its code was that of another thing, and where that one is named here its place is
        changed = replace(each, type=target["type"], name=target["name"], code=None)
        if any((other.type, other.name) == (changed.type, changed.name) for other in record.entities):
            changed = replace(changed, parent=None)
        record = _merged(_replaced(record, changed), changed)
    return record


def mark(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These very words name something of this type, and nothing else."""
    span, kind = _span(record, correction), correction.values["type"]
    name = correction.values.get("name", correction.values["words"]["text"])
    for each in record.entities:
        if span in each.mentions and (each.type, each.name) == (kind, name):
            return record
    record = unmarked(record, [span], overlapping=True)
    known = next((each for each in record.entities if (each.type, each.name) == (kind, name)), None)
    if known:
        return _replaced(record, replace(known, basis="stated", mentions=tuple(sorted({*known.mentions, span}))))
    return replace(
        record, entities=(*record.entities, Entity(_fresh(record), kind, name, None, None, "stated", (span,)))
    )


def unmark(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These very words name nothing."""
    return unmarked(record, [_span(record, correction)], kind=correction.values.get("type"))


def unmarked(
    record: ArticleRecord, spans: Iterable[Span], kind: str | None = None, overlapping: bool = False
) -> ArticleRecord:
    """The record without the mentions at some places, or that overlap them; things without a mention left are gone."""
    places_, entities = list(spans), []
    gone: dict[str, str | None] = {}
    for each in record.entities:
        kept = tuple(
            m
            for m in each.mentions
            if (kind is not None and each.type != kind)
            or not (m in places_ or (overlapping and any(m.overlaps(other) for other in places_)))
        )
        if kept or not each.mentions:
            entities.append(replace(each, mentions=kept))
        else:
            gone[each.id] = None
    parents = {each.id: each.parent for each in record.entities}
    lifted = tuple(replace(each, parent=_above(each.parent, gone, parents)) for each in entities)
    return _without(replace(record, entities=lifted), gone)


STEPS: dict[str, Callable[[ArticleRecord, Correction], ArticleRecord]] = {
    "is": is_, "not_entity": not_entity, "entity": entity, "same": same, "mark": mark, "unmark": unmark,
}  # fmt: skip
"""Each gives the record corrected, or as it is where nothing is to be done; LostError where it does not apply."""


def _span(record: ArticleRecord, correction: Correction) -> Span:
    quote = Quote.from_dict(correction.values["words"])
    start = find(record.article.text, quote)
    return Span(start, start + len(quote.text))


def _set_in(record: ArticleRecord, of: str, above: Mapping[str, str] | None) -> ArticleRecord:
    """Put an entity into another one, which is inferred where the article does not name it."""
    own = next(each for each in record.entities if each.id == of)
    if above is None:
        return _replaced(record, replace(own, parent=None))
    kind: EntityType = above["type"]  # type: ignore[assignment]
    upper = next((each for each in record.entities if (each.type, each.name) == (kind, above["name"])), None)
    if upper is None:
        upper = Entity(_fresh(record), kind, above["name"], None, None, "inferred", ())
        record = replace(record, entities=(*record.entities, upper))
    parents = {each.id: each.parent for each in record.entities}
    at: str | None = upper.id
    while at is not None:
        if at == of:
            raise LostError(f"{short(own.name)!r} would lie in itself")
        at = parents.get(at)
    return _replaced(record, replace(own, parent=upper.id))


def _fresh(record: ArticleRecord) -> str:
    return fresh(each.id for each in record.entities)


def _replaced(record: ArticleRecord, changed: Entity) -> ArticleRecord:
    entities = tuple(changed if each.id == changed.id else each for each in record.entities)
    return replace(record, entities=entities)


def _merged(record: ArticleRecord, changed: Entity) -> ArticleRecord:
    """The record with what is called as `changed` is made one with it: the first of them stays."""
    alike = [each for each in record.entities if (each.type, each.name) == (changed.type, changed.name)]
    if len(alike) < 2:
        return record
    first = alike[0]
    one = replace(
        first,
        parent=next((e.parent for e in alike if e.parent not in {a.id for a in alike} | {None}), None),
        code=next((e.code for e in alike if e.code), None),
        basis=min((e.basis for e in alike), key=("stated", "listed", "inferred").index),
        mentions=tuple(sorted({m for e in alike for m in e.mentions})),
    )
    gone = {each.id: first.id for each in alike[1:]}
    entities = tuple(one if each is first else each for each in record.entities if each.id not in gone)
    return _referring(replace(record, entities=entities), gone)


def _referring(record: ArticleRecord, now: Mapping[str, str]) -> ArticleRecord:
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


def _without(record: ArticleRecord, gone: Mapping[str, str | None]) -> ArticleRecord:
    def ids(old: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in old if each not in gone)

    activities = tuple(
        replace(each, organizers=ids(each.organizers), partners=ids(each.partners), places=ids(each.places))
        for each in record.activities
    )
    return replace(record, activities=activities) if gone else record


def _above(parent: str | None, gone: Mapping[str, object], parents: Mapping[str, str | None]) -> str | None:
    """The nearest thing above that is still there."""
    while parent is not None and parent in gone:
        parent = parents.get(parent)
    return parent


def _nothing(which: Mapping[str, Any]) -> LostError:
    kind = f" of type {which['type']}" if "type" in which else ""
    return LostError(f"nothing{kind} is called {short(which['name'])!r} here")
