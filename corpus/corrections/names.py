"""Corrections of names: what is one and what not, of which type, called what, where, and which are the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.corrections import relations
from corpus.corrections.correction import Correction, LostError, Quote
from corpus.corrections.kinds import PLACE
from corpus.corrections.matching import find, places, short
from schemas.annotations import PLACE_TYPES, Entity, Span
from schemas.record import ArticleRecord


def named(record: ArticleRecord, which: Mapping[str, Any]) -> list[Entity]:
    """The entities of a name, or where none has it those that are printed so; only of the type, where one is told."""
    name, wanted = which["name"], which.get("type")
    fitting = [each for each in record.entities if wanted in (None, each.type) or _is_place(wanted, each)]
    return [each for each in fitting if each.name == name] or [each for each in fitting if _printed(record, each, name)]


def _is_place(wanted: str | None, entity: Entity) -> bool:
    return wanted == PLACE and entity.type in PLACE_TYPES


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
    first = own[0] if own else Entity(relations.fresh(record), kind, name, None, None, "stated", ())
    same_type = first.type == kind
    made = replace(
        first,
        type=kind,
        mentions=tuple(sorted(spans)),
        basis=first.basis if same_type else "stated" if spans else "inferred",
        code=values.get("code", first.code if same_type else None),
    )
    record = _mentioned_by(record, made, own)
    return relations.set_in(record, made.id, values["in"]) if "in" in values else record


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
    return relations.referring(replace(record, entities=tuple(entities)), gone)


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
    entities = [replace(each, parent=relations.above(each.parent, gone, parents)) for each in entities]
    return relations.without(replace(record, entities=tuple(entities)), gone)


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
        record = relations.merged(relations.replaced(record, changed), changed)
        if "in" in told:
            kept = next(e for e in record.entities if (e.type, e.name) == (changed.type, changed.name))
            record = relations.set_in(record, kept.id, told["in"])
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
        # its code was that of another thing
        changed = replace(each, type=target["type"], name=target["name"], code=None)
        record = relations.merged(relations.replaced(record, changed), changed, other_first=True)
    return record


def mark(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These very words name something of this type, and nothing else."""
    span, kind = _span(record, correction), correction.values["type"]
    name = correction.values.get("name", correction.values["words"]["text"])
    known = next((each for each in record.entities if (each.type, each.name) == (kind, name)), None)
    if known and span in known.mentions:
        return record
    alone = next((each for each in record.entities if _moves(each, span, kind)), None)
    if known:
        kept = (m for m in known.mentions if not m.overlaps(span))
        record = relations.replaced(record, replace(known, basis="stated", mentions=tuple(sorted((*kept, span)))))
    elif alone:
        known = replace(alone, type=kind, name=name, code=None, basis="stated", mentions=(span,))
        record = relations.replaced(record, known)
    else:
        known = Entity(relations.fresh(record), kind, name, None, None, "stated", (span,))
        record = replace(record, entities=(*record.entities, known))
    return unmarked(record, [span], but=known.id)


def _moves(entity: Entity, span: Span, kind: str) -> bool:
    """Whether a thing is what is marked, with other edges or of another type, and keeps its part in the article."""
    return len(entity.mentions) == 1 and (
        entity.mentions[0] == span or (entity.type == kind and entity.mentions[0].overlaps(span))
    )


def unmark(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These very words name nothing."""
    return unmarked(record, [_span(record, correction)], kind=correction.values.get("type"), exact=True)


def unmarked(
    record: ArticleRecord, spans: Sequence[Span], kind: str | None = None, but: str | None = None, exact: bool = False
) -> ArticleRecord:
    """The record without the mentions that overlap some places, or are `exact`ly there, and without what has none left.

    Only those of a type, where `kind` says one; not those of the entity `but`.
    """
    entities = []
    gone: dict[str, str | None] = {}
    for each in record.entities:
        if each.id == but or kind not in (None, each.type):
            entities.append(each)
            continue
        kept = tuple(
            m for m in each.mentions if not (m in spans if exact else any(m.overlaps(place) for place in spans))
        )  # fmt: skip
        if kept or not each.mentions:
            entities.append(replace(each, mentions=kept))
        else:
            gone[each.id] = None
    parents = {each.id: each.parent for each in record.entities}
    lifted = tuple(replace(each, parent=relations.above(each.parent, gone, parents)) for each in entities)
    return relations.without(replace(record, entities=lifted), gone)


STEPS: dict[str, Callable[[ArticleRecord, Correction], ArticleRecord]] = {
    "is": is_, "not_entity": not_entity, "entity": entity, "same": same, "mark": mark, "unmark": unmark,
}  # fmt: skip
"""Each gives the record corrected, or as it is where nothing is to be done; LostError where it does not apply."""


def _span(record: ArticleRecord, correction: Correction) -> Span:
    quote = Quote.from_dict(correction.values["words"])
    start = find(record.article.text, quote)
    return Span(start, start + len(quote.text))


def _nothing(which: Mapping[str, Any]) -> LostError:
    kind = f" of type {which['type']}" if "type" in which else ""
    return LostError(f"nothing{kind} is called {short(which['name'])!r} here")
