"""The kinds of corrections and their fields, and whether a line is one of them.

schemas/correction.schema.json publishes the same; a test holds the two together.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from corpus.corrections.correction import SCHEMA, ArticleRef, Correction, CorrectionError
from corpus.naming import printable
from schemas import published
from schemas.annotations import CountRole, EntityType, Mod, Status
from schemas.layout import BlockRole

PLACE = "place"
"""Stands for every type but organization and person where a correction says which thing of a name it means."""
TYPES: tuple[str, ...] = get_args(EntityType)
LONGEST = 2000
"""Characters of a string in a correction."""
MOST = 100
"""Items of a list in a correction."""

Check = Callable[[str, Any], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of correction: its fields with their checks; `taught`: it may hold for more than one article."""

    fields: Mapping[str, Check]
    optional: frozenset[str] = frozenset()
    taught: bool = False


def _text(field: str, value: Any) -> None:
    """Words that were or might be printed: no control characters, nothing that turns the direction of writing."""
    _quoted(field, value)
    if printable(value) != value or value != value.strip():
        raise CorrectionError(f"{field}: {printable(value)!r} has control characters or blanks around it")


def _quoted(field: str, value: Any) -> None:
    """Words of a page, whatever they are."""
    if not isinstance(value, str) or not value.strip():
        raise CorrectionError(f"{field} is no text")
    if len(value) > LONGEST:
        raise CorrectionError(f"{field} has more than {LONGEST} characters")


def _context(field: str, value: Any) -> None:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise CorrectionError(f"{field} is no text, or too long")


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(field: str, value: Any) -> None:
        if value not in choices:
            shown = printable(str(value))[:60]
            raise CorrectionError(f"{field}: {shown!r} is none; there are {', '.join(choices)}")

    return check


def _number(field: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CorrectionError(f"{field} is no number")


def _free(field: str, value: Any) -> None:
    """A text that may be empty."""
    if value != "":
        _text(field, value)


def _or_null(check: Check) -> Check:
    def checked(field: str, value: Any) -> None:
        if value is not None:
            check(field, value)

    return checked


def _list(check: Check) -> Check:
    def checked(field: str, value: Any) -> None:
        if not isinstance(value, list) or len(value) > MOST:
            raise CorrectionError(f"{field} is no list of at most {MOST}")
        for each in value:
            check(field, each)

    return checked


def _object(fields: Mapping[str, Check], optional: frozenset[str] = frozenset(), least: int = 0) -> Check:
    def check(field: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise CorrectionError(f"{field} is no object")
        check_fields(value, fields, optional, f"{field}.")
        if len(value) < least:
            raise CorrectionError(f"{field} sets nothing; there are {', '.join(fields)}")

    return check


def check_fields(values: Mapping[str, Any], fields: Mapping[str, Check], optional: frozenset[str], at: str) -> None:
    """CorrectionError where a field is missing, unknown or wrong; `at` is put before its name."""
    for field, check in fields.items():
        if field in values:
            check(f"{at}{field}", values[field])
        elif field not in optional:
            raise CorrectionError(f"{at}{field} is missing")
    unknown = [printable(field)[:60] for field in values if field not in fields]
    if unknown:
        raise CorrectionError(f"{at}{unknown[0]} is no field here; there are {', '.join(fields)}")


def _pattern(length: tuple[int, ...], digits: str) -> Check:
    def check(field: str, value: Any) -> None:
        if not isinstance(value, str) or len(value) not in length or not set(value) <= set(digits):
            raise CorrectionError(f"{field} is not {' or '.join(map(str, length))} digits of {digits}")

    return check


def _day(field: str, value: Any) -> None:
    from corpus.archive.spans_of_days import days

    _text(field, value)
    try:
        known = days(value)
    except (ValueError, TypeError):
        known = (None, None)
    if known == (None, None):
        raise CorrectionError(
            f"{field}: {value!r} is no date in EDTF; write it like 2024-03-12 or 2024-03-05/2024-03-12"
        )


@cache
def activity_types() -> tuple[str, ...]:
    """As the published schema has them."""
    items = published.load("article")["properties"]["activities"]["items"]
    return tuple(items["properties"]["type"]["enum"])


def _activity_type(field: str, value: Any) -> None:
    _one_of(activity_types())(field, value)


HEX = "0123456789abcdef"
_QUOTE = _object({"text": _quoted, "before": _context, "after": _context}, frozenset({"before", "after"}))
_REF = _object({"id": _pattern((16,), HEX), "sha256": _pattern((64,), HEX), "quotes": _list(_quoted)})
_TYPE = _one_of(TYPES)
_WHICH = _object({"name": _text, "type": _one_of((*TYPES, PLACE))}, frozenset({"type"}))
_THING = _object({"name": _text, "type": _TYPE})
_CODE = _or_null(_pattern((6, 9, 12), "0123456789"))
_ACTIVITY = _object({"name": _text, "evidence": _QUOTE}, frozenset({"evidence"}))
_WHO = _list(_WHICH)
ENTITY_FIELDS: dict[str, Check] = {"type": _TYPE, "name": _text, "in": _or_null(_THING), "code": _CODE}
ACTIVITY_FIELDS: dict[str, Check] = {
    "name": _text, "type": _activity_type, "status": _one_of(get_args(Status)), "organizers": _WHO, "partners": _WHO,
    "places": _WHO, "date": _or_null(_QUOTE), "audience": _list(_text), "counts": _list(_QUOTE),
}  # fmt: skip
COUNT_FIELDS: dict[str, Check] = {
    "value": _number, "max": _or_null(_number), "unit": _free, "object": _free, "mod": _one_of(get_args(Mod)),
    "role": _or_null(_one_of(get_args(CountRole))),
}  # fmt: skip
DATE_FIELDS: dict[str, Check] = {"value": _or_null(_day)}
MARKS = (*TYPES, "date", "count")


def _set(fields: dict[str, Check]) -> Check:
    return _object(fields, frozenset(fields), least=1)


KINDS: dict[str, Kind] = {
    # the parts of a page
    "split": Kind({"before": _QUOTE}),
    "join": Kind({"with": _REF}),
    "move": Kind({"block": _QUOTE, "to": _REF}),
    "drop": Kind({"block": _QUOTE}),
    "take": Kind({"words": _QUOTE, "role": _one_of(get_args(BlockRole))}),
    "role": Kind({"block": _QUOTE, "role": _one_of(get_args(BlockRole))}),
    "title": Kind({"title": _quoted}),
    "bylines": Kind({"bylines": _list(_object({"name": _text, "role": _free}))}),
    # names
    "is": Kind({"name": _text, "type": _TYPE, "in": _THING, "code": _CODE}, frozenset({"in", "code"}), taught=True),
    "not_entity": Kind({"entity": _WHICH}, taught=True),
    "entity": Kind({"entity": _WHICH, "set": _set(ENTITY_FIELDS)}, taught=True),
    "same": Kind({"entity": _WHICH, "as": _THING}, taught=True),
    "mark": Kind({"words": _QUOTE, "type": _one_of((*TYPES, "date")), "name": _text}, frozenset({"name"})),
    "unmark": Kind({"words": _QUOTE, "type": _one_of(MARKS)}, frozenset({"type"})),
    # activities, figures, days
    "not_activity": Kind({"activity": _ACTIVITY}),
    "activity": Kind({"activity": _ACTIVITY, "set": _set(ACTIVITY_FIELDS)}),
    "not_count": Kind({"count": _QUOTE}),
    "count": Kind({"count": _QUOTE, "set": _set(COUNT_FIELDS)}),
    "not_date": Kind({"date": _QUOTE}),
    "date": Kind({"date": _QUOTE, "set": _set(DATE_FIELDS)}),
    # nothing is otherwise
    "reviewed": Kind({"digest": _pattern((16,), HEX)}, frozenset({"digest"})),
}
"""In the order of work: parts of a page, then what is read from them, last that somebody has looked at it."""
REVIEWED = "reviewed"
"""The kind that changes nothing."""
STRUCTURE = frozenset({"split", "join", "move", "drop", "take", "role", "title", "bylines"})


def _id(field: str, value: Any) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= 64 or not value.isascii():
        raise CorrectionError(f"{field} is no short name of letters, digits, - and _")
    if not value.replace("-", "").replace("_", "").isalnum():
        raise CorrectionError(f"{field} is no short name of letters, digits, - and _")


def _true(field: str, value: Any) -> None:
    if value is not True:
        raise CorrectionError(f"{field} is not true; leave it out, or say which article or paper")


COMMON: dict[str, Check] = {
    "schema": _one_of((SCHEMA,)), "kind": _one_of(tuple(KINDS)), "id": _id, "note": _text, "by": _text, "at": _text,
    "article": _REF, "paper": _text, "everywhere": _true,
}  # fmt: skip
_OPTIONAL = frozenset(COMMON) - {"schema", "kind"}


def parse(values: Any) -> Correction:
    """The correction that a line's values are; CorrectionError where they are none."""
    if not isinstance(values, dict):
        raise CorrectionError("it is no JSON object")
    for field in ("schema", "kind"):
        check_fields({k: v for k, v in values.items() if k == field}, {field: COMMON[field]}, frozenset(), "")
    kind = KINDS[values["kind"]]
    check_fields(values, {**COMMON, **kind.fields}, _OPTIONAL | kind.optional, "")
    scopes = [field for field in ("article", "paper", "everywhere") if field in values]
    if len(scopes) != 1:
        raise CorrectionError("it says not exactly one of article, paper, everywhere")
    if scopes != ["article"] and not kind.taught:
        raise CorrectionError(f"{values['kind']} corrects one article, not {scopes[0]}")
    ref = values.get("article")
    return Correction(
        kind=values["kind"],
        values={field: values[field] for field in kind.fields if field in values},
        article=ref and reference(ref),
        paper=values.get("paper"),
        id=values.get("id", ""),
        note=values.get("note"),
        by=values.get("by"),
        at=values.get("at"),
    ).named()


def reference(values: Mapping[str, Any]) -> ArticleRef:
    """An article as a line names it."""
    return ArticleRef(values["id"], values["sha256"], tuple(values["quotes"]))
