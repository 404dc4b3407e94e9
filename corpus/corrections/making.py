"""Corrections made of what an editor says about a record: block 3, c2, a1, or the words themselves.

What is said is looked up here and quoted, so that the correction holds when numbers are others. CorrectionError says
what there is where something is not found.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.corrections.correction import ArticleRef, Correction, CorrectionError, Quote
from corpus.corrections.kinds import ACTIVITY_FIELDS, COUNT_FIELDS, DATE_FIELDS, parse
from corpus.corrections.matching import places, reference, short
from corpus.records import from_json
from schemas.layout import Block
from schemas.record import ArticleRecord

QUOTED = 30
"""Characters of a block that are quoted."""
LONGEST_NUMBER = 5
"""More digits are words of a block and not its number."""


def correction(
    kind: str,
    values: Mapping[str, Any],
    ref: ArticleRef | None = None,
    paper: str | None = None,
    *,
    note: str | None = None,
    by: str | None = None,
    at: str | None = None,
) -> Correction:
    """A correction that has been checked like a line of the file"""
    made = Correction(kind, values, ref, paper, note=note, by=by, at=at)
    return parse(made.to_dict() | {"id": made.named().id})


def block_quote(record: ArticleRecord, said: str) -> dict[str, str]:
    """A block by its number, or by words that it prints; it may be cut before them."""
    article = record.article
    if said.isdecimal() and len(said) < LONGEST_NUMBER:
        number = int(said)
        if not 0 < number <= len(article.blocks):
            raise CorrectionError(f"there is no block {said}; there are 1 to {len(article.blocks)}")
        return _opening(record, article.blocks[number - 1])
    return words_quote(record, said)


def _opening(record: ArticleRecord, block: Block) -> dict[str, str]:
    return Quote.of(record.article.text, block.start, min(block.end, block.start + QUOTED)).to_dict()


def words_quote(record: ArticleRecord, said: str) -> dict[str, str]:
    """Words that the article prints once; 3@WORDS means the third of several."""
    text = record.article.text
    match = re.fullmatch(r"([1-9]\d{0,5})@(.+)", said, re.DOTALL)
    if match and said not in text:
        found = places(text, match[2])
        if int(match[1]) > len(found):
            raise CorrectionError(f"{short(match[2])!r} is printed {len(found)} times")
        at, words = found[int(match[1]) - 1], match[2]
    else:
        found = places(text, said)
        if len(found) != 1:
            which = f"is printed {len(found)} times; say which: 1@{short(said)}, 2@…" if found else "is not in it"
            raise CorrectionError(f"{short(said)!r} {which}")
        at, words = found[0], said
    return Quote.of(text, at, at + len(words)).to_dict()


def thing_quote(record: ArticleRecord, said: str, kind: str) -> dict[str, str]:
    """A count or a date by its id (c2, d1) or by what it prints; `kind`: count or date."""
    things: Sequence[Any] = record.counts if kind == "count" else record.dates
    found = [each for each in things if said in (each.id, each.text)]
    found = found or [each for each in things if said in each.text]
    if len(found) != 1:
        raise CorrectionError(f"{short(said)!r} is {_how_many(found)} {kind}; there are {_listed(things)}")
    return Quote.of(record.article.text, found[0].start, found[0].end).to_dict()


def activity_quote(record: ArticleRecord, said: str) -> dict[str, Any]:
    """An activity by its id (a1) or its name."""
    found = [each for each in record.activities if said in (each.id, each.name)]
    found = found or [each for each in record.activities if said in each.name]
    if len(found) != 1:
        there = ", ".join(f"{each.id} {each.name}" for each in record.activities) or "none"
        raise CorrectionError(f"{short(said)!r} is {_how_many(found)} activity; there are {there}")
    span, text = found[0].evidence, record.article.text
    quote = Quote.of(text, span.start, min(span.end, span.start + QUOTED))
    return {"name": found[0].name, "evidence": quote.to_dict()}


def _how_many(found: Sequence[object]) -> str:
    return "more than one" if found else "no"


def _listed(things: Sequence[Any]) -> str:
    return ", ".join(f"{each.id} {each.text}" for each in things) or "none"


def fields_of(kind: str) -> Sequence[str]:
    """What can be set of an activity, a count or a date."""
    return tuple({"activity": ACTIVITY_FIELDS, "count": COUNT_FIELDS, "date": DATE_FIELDS}[kind])


def settings(record: ArticleRecord, kind: str, said: Sequence[str]) -> dict[str, Any]:
    """FIELD=VALUE pairs as values of an activity, a count or a date; an empty value is none. Lists are set apart by ;

    Names may have their type before them: street:城北街道.
    """
    fields = fields_of(kind)
    told: dict[str, Any] = {}
    for each in said:
        field, sign, value = each.partition("=")
        if not sign or field not in fields:
            raise CorrectionError(
                f"{short(each)!r} sets nothing of a {kind}; write FIELD=VALUE, of {', '.join(fields)}"
            )
        told[field] = _value(record, field, value)
    if not told:
        raise CorrectionError(f"nothing is set of the {kind}; add --set FIELD=VALUE, of {', '.join(fields)}")
    return told


def _value(record: ArticleRecord, field: str, said: str) -> Any:
    each = [part.strip() for part in re.split("[;；]", said) if part.strip()]
    match field:
        case "organizers" | "partners" | "places":
            return [which(part) for part in each]
        case "audience":
            return each
        case "counts":
            return [thing_quote(record, part, "count") for part in each]
        case "date":
            return thing_quote(record, said, "date") if said else None
        case "value" | "max" if re.fullmatch(r"-?\d+(\.\d+)?", said):
            return from_json(said.encode())
        case "max" | "role" | "value" if not said:
            return None
    return said


def which(said: str, kind: str | None = None) -> dict[str, str]:
    """A thing by its name, perhaps with its type before it.

    >>> which("street:城北街道"), which("城北")  # a street, and something called Chengbei
    ({'name': '城北街道', 'type': 'street'}, {'name': '城北'})
    """
    match = re.fullmatch(r"([a-z]+)[:：](.+)", said)
    name, told = (match[2], match[1]) if match else (said, kind)
    return {"name": name} | ({"type": told} if told else {})


def typed(record: ArticleRecord | None, said: str) -> dict[str, str]:
    """A thing whose type has to be known: from the words, or from what the article has of that name."""
    told = which(said)
    if "type" not in told:
        kinds = {each.type for each in record.entities if each.name == told["name"]} if record else set()
        if len(kinds) != 1:
            raise CorrectionError(f"of which type is {short(said)!r}? write it like street:{short(said)}")
        told["type"] = kinds.pop()
    return told


def leftover_quote(page: str, said: str) -> dict[str, str]:
    """Words of the page that no article has, by themselves."""
    found = places(page, said)
    if not found:
        raise CorrectionError(f"{short(said)!r} is not on the page as it was read; cli.py text prints it")
    return Quote.of(page, found[0], found[0] + len(said)).to_dict()


def other(record: ArticleRecord) -> dict[str, Any]:
    """Another article, as a correction names it."""
    ref = reference(record)
    return {"id": ref.id, "sha256": ref.sha256, "quotes": list(ref.quotes)}
