"""Corrections of what an article tells: activities, figures and days."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from corpus.corrections import names
from corpus.corrections.correction import Correction, LostError, Quote, text_digest
from corpus.corrections.matching import find, short
from corpus.corrections.renumbering import fresh
from schemas.annotations import Activity, Count, Span, TimeExpression
from schemas.record import ArticleRecord

SLOTS = ("organizers", "partners", "places")


def not_activity(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """The article reports no such activity."""
    gone = _activity(record, correction)
    if gone is None:
        return record
    return replace(record, activities=tuple(each for each in record.activities if each is not gone))


def activity(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """What an activity is called, of which type, held by whom, where, when, for whom."""
    told: Mapping[str, Any] = correction.values["set"]
    own = _activity(record, correction)
    if own is None:
        name = correction.values["activity"]["name"]
        own = next((each for each in record.activities if each.name == told.get("name")), None)
        if own is None:
            raise LostError(f"no activity is called {short(name)!r} here")
    values: dict[str, Any] = {key: told[key] for key in ("type", "status") if key in told}
    if "name" in told:
        values["name"] = _printed(record, told["name"])
    if "audience" in told:
        values["audience"] = tuple(_printed(record, each) for each in told["audience"])
    for slot in SLOTS:
        if slot in told:
            values[slot] = tuple(dict.fromkeys(_entity_id(record, which) for which in told[slot]))
    if "date" in told:
        values["date"] = told["date"] and _date(record, told["date"]).id
    if "counts" in told:
        values["counts"] = tuple(dict.fromkeys(_count(record, each).id for each in told["counts"]))
    changed = replace(own, **values)
    return replace(record, activities=tuple(changed if each is own else each for each in record.activities))


def not_count(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These words are no figure of anything."""
    return _without_count(record, correction.values["count"])


def count(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """What a figure says: value, unit, what is counted, how exactly."""
    own = _count(record, correction.values["count"])
    changed = replace(own, **correction.values["set"])
    if changed.max is not None and changed.max < changed.value:
        raise LostError(f"its range would end at {changed.max}, before it begins at {changed.value}")
    counts = tuple(changed if each is own else each for each in record.counts)
    if (changed.value, changed.unit) != (own.value, own.unit):
        # whether a percentage agrees was told of the old figures
        counts = tuple(
            replace(each, check=None)
            if each.check and own.id in (each.id, each.check.of, each.check.part)
            else each
            for each in counts
        )  # fmt: skip
    return replace(record, counts=counts)


def not_date(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These words are no day or time."""
    return _without_date(record, correction.values["date"])


def date(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """Which day or time these words mean."""
    own = _date(record, correction.values["date"])
    changed = replace(own, value=correction.values["set"]["value"])
    return replace(record, dates=tuple(changed if each is own else each for each in record.dates))


def mark(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These very words are a day, or name something."""
    if correction.values["type"] != "date":
        return names.mark(record, correction)
    words = correction.values["words"]
    quote = Quote.from_dict(words)
    start = find(record.article.text, quote)
    end = start + len(quote.text)
    if any((each.start, each.end) == (start, end) for each in record.dates):
        return record
    record = names.unmarked(record, [Span(start, end)])
    kept = tuple(each for each in record.dates if each.end <= start or end <= each.start)
    made = TimeExpression(fresh(each.id for each in kept), quote.text, start, end, None)
    return replace(record, dates=(*kept, made))


def unmark(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """These very words are nothing of that type, or nothing at all."""
    kind, words = correction.values.get("type"), correction.values["words"]
    if kind in (None, "count"):
        record = _without_count(record, words)
    if kind in (None, "date"):
        record = _without_date(record, words)
    return record if kind in ("count", "date") else names.unmark(record, correction)


def reviewed(record: ArticleRecord, correction: Correction) -> ArticleRecord:
    """Nothing is otherwise; LostError where its text is not the one that somebody looked at."""
    digest = text_digest(record.article.text)
    if correction.values.get("digest", digest) != digest:
        raise LostError("its text is another since it was looked at; look again")
    return record


STEPS: dict[str, Callable[[ArticleRecord, Correction], ArticleRecord]] = {
    **names.STEPS, "mark": mark, "unmark": unmark, "not_activity": not_activity, "activity": activity,
    "not_count": not_count, "count": count, "not_date": not_date, "date": date, "reviewed": reviewed,
}  # fmt: skip
"""Every correction of what was read; as names.STEPS."""


def _activity(record: ArticleRecord, correction: Correction) -> Activity | None:
    """The activity of a name; of several the one that the quoted words are nearest to."""
    which = correction.values["activity"]
    found = [each for each in record.activities if each.name == which["name"]]
    if len(found) > 1 and "evidence" in which:
        at = find(record.article.text, Quote.from_dict(which["evidence"]))
        found.sort(key=lambda each: abs(each.evidence.start - at))
    return found[0] if found else None


def _entity_id(record: ArticleRecord, which: Mapping[str, str]) -> str:
    found = names.named(record, which)
    if not found:
        raise LostError(f"nothing is called {short(which['name'])!r} here; mark it first")
    if len({each.type for each in found}) > 1:
        raise LostError(f"{short(which['name'])!r} is {' and '.join(sorted(e.type for e in found))}; say which")
    return found[0].id


def _count(record: ArticleRecord, words: Mapping[str, str]) -> Count:
    found = _count_at(record, words)
    if found is None:
        raise LostError(f"{short(words['text'])!r} is no figure here")
    return found


def _date(record: ArticleRecord, words: Mapping[str, str]) -> TimeExpression:
    found = _date_at(record, words)
    if found is None:
        raise LostError(f"{short(words['text'])!r} is no date here; mark it first")
    return found


def _count_at(record: ArticleRecord, words: Mapping[str, str]) -> Count | None:
    start, end = _stretch(record, words)
    return next((each for each in record.counts if (each.start, each.end) == (start, end)), None)


def _date_at(record: ArticleRecord, words: Mapping[str, str]) -> TimeExpression | None:
    start, end = _stretch(record, words)
    return next((each for each in record.dates if (each.start, each.end) == (start, end)), None)


def _without_count(record: ArticleRecord, words: Mapping[str, str]) -> ArticleRecord:
    gone = _count_at(record, words)
    return replace(record, counts=tuple(each for each in record.counts if each is not gone)) if gone else record


def _without_date(record: ArticleRecord, words: Mapping[str, str]) -> ArticleRecord:
    gone = _date_at(record, words)
    return replace(record, dates=tuple(each for each in record.dates if each is not gone)) if gone else record


def _stretch(record: ArticleRecord, words: Mapping[str, str]) -> tuple[int, int]:
    quote = Quote.from_dict(words)
    start = find(record.article.text, quote)
    return start, start + len(quote.text)


def _printed(record: ArticleRecord, words: str) -> str:
    """Words that a record may only have where the article prints them."""
    if words not in record.article.text:
        raise LostError(f"{short(words)!r} is not in it; it is given in the article's own words")
    return words
