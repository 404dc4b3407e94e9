"""Expressions of time in news text, with EDTF values against the issue date.

An expression is what the annotation guide would mark: 13日下午, 5月4日至9日, 元宵节前后, 今年3月以来, 截至2月底, 近日.
`PRECEDENCE` is the order in which its forms are tried at a place. Left out: recurring times (每月, 每周三: they have no
one value), hours of the clock alone, lengths of time (三天), and dates inside names (五一广场, 八一小学, 《…》).

近日, 日前, 连日来 … have as value an interval of stated width that ends on the issue date: `lexicons/time_words.toml`.
A part of a year or a season is an interval of months: 去年冬天 is 2022-12/2023-02.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract import edtf, time_guards
from extract.edtf import Extent
from extract.moments import Moment, moment, point_pattern, words_of
from extract.numeral_forms import TO
from extract.spans_of_time import elliptic, quantity, since_pattern, vague_pattern
from extract.time_triggers import time_triggers
from extract.time_values import Context, resolve
from schemas.annotations import TimeExpression

TO_PATTERN = re.compile(TO)
BEFORE = re.compile(r"(?:截至到?|截止到?|自从|自|从|早在|直到|到|至)$")
SINCE = re.compile(r"以来|起(?!来|床|火|点|因|到)|开始(?=，|,|，)")
SINCE_EVENT = re.compile(r"[\u4e00-\u9fff“”]{1,10}?以来")
"""What began then, between a day and 以来: 自3月|开馆以来."""
AROUND = re.compile(
    r"(?:来临|到来)?前后|来临之际|到来之际|即将来临|来临前夕|到来前夕|来临前|到来前|将至|前夕|临近|之际"
)
WITHIN = re.compile(
    r"(?:小?长假|假期|黄金周|假日)?(?:期间|假期)|小?长假|黄金周|当[天日晚]|[那这]一?天|假日(?:期间)?|节日期间|当月"
)
UNTIL = re.compile(r"(?:之|以)?前(?!往|来|夕|后|期|景|进|沿|去|方|台|三|两|几)|为止")
AFTER = re.compile(r"(?:之|以)?后(?=[，,、。；]|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression before its value is known."""

    start: int
    end: int
    first: Moment | None = None
    last: Moment | None = None  # the end of a span
    frame: str = ""  # since, from, until, around, eve, within, after, or a fixed value's kind
    fixed: tuple[str, int] | None = None  # a vague word, a quantity: kind and number
    unit: str = ""
    kept: bool = True  # False: locked against the segmenter, but no expression of its own


class TimeReader:
    """Reads times from the characters, before segmentation.

    >>> reader = TimeReader()
    >>> text = "近日，街道开展清雪行动。截至2月底，13日下午又有人参加。"
    >>> [(d.text, d.value) for d in reader.read(text, datetime.date(2023, 3, 15))]
    [('近日', '2023-03-08/2023-03-15'), ('截至2月底', '../2023-02-28'), ('13日下午', '2023-03-13')]
    """

    def read(self, text: str, issue: datetime.date | None) -> tuple[TimeExpression, ...]:
        """The expressions of `text` in order, ids d1, d2 …, one each time one is printed."""
        found: list[TimeExpression] = []
        context = Context(issue)
        last_end = 0
        for reading in readings(text):
            if "\n" in text[last_end : reading.start] and context.month is not None:
                context = Context(issue, context.year, None, context.day)
            last_end = reading.end
            future = time_guards.announced(text, reading.start)
            now = Context(issue, context.year, context.month, context.day, future)
            value = value_of(reading, now)
            context = _carry(reading, value, context)
            if reading.kept:
                quoted = text[reading.start : reading.end]
                found.append(TimeExpression(f"d{len(found) + 1}", quoted, reading.start, reading.end, value))
        return tuple(found)


@lru_cache(maxsize=64)
def readings(text: str) -> tuple[Reading, ...]:
    """Every time in `text`, in order, none overlapping. The articles of a page are kept for the steps."""
    return tuple(_readings(text))


def _readings(text: str) -> Iterator[Reading]:
    floor = 0
    for start in time_triggers(text):
        reading = _at(text, start, floor) if start >= floor else None
        if reading is not None:
            yield reading
            floor = reading.end


def _at(text: str, start: int, floor: int) -> Reading | None:
    """The expression at `start`, by the first form that fits."""
    for form in PRECEDENCE:
        reading = form(text, start, floor)
        if reading is not None:
            return reading
    return None


def _vague(text: str, start: int, floor: int) -> Reading | None:
    found = vague_pattern().match(text, start)
    if found is None or not time_guards.vague(text, start, found.end(), found.group()):
        return None
    return Reading(start, found.end(), fixed=("vague", int(words_of("vague")[found.group()])))


def _since(text: str, start: int, floor: int) -> Reading | None:
    found = since_pattern().match(text, start)
    return None if found is None else Reading(start, found.end(), frame="since", unit=found["event"])


def _quantity(text: str, start: int, floor: int) -> Reading | None:
    found = quantity(text, start)
    if found is None:
        return None
    return Reading(start, found.end, fixed=(found.kind, found.number), unit=found.unit, kept=found.kept)


def _elliptic(text: str, start: int, floor: int) -> Reading | None:
    """A span whose first end leaves its unit to the second: 3至5日, 2019—2023年."""
    found = elliptic(text, start)
    if found is None or time_guards.inside_name(text, start):
        return None
    kept = not time_guards.recurring(text, start)
    return _framed(text, Reading(start, found.end, found.first, found.last, kept=kept), floor)


def _point(text: str, start: int, floor: int) -> Reading | None:
    """A point, or a span of two points."""
    found = point_pattern().match(text, start)
    if found is None or found.end() == start:
        return None
    end = found.end()
    said = moment(found)
    if not time_guards.plausible(text, found, said):
        return None
    last, ranged = None, False
    to = TO_PATTERN.match(text, end)
    if to:
        second = point_pattern().match(text, to.end())
        if second and second.end() > to.end() and time_guards.closes(said, moment(second), second):
            last, end = moment(second), second.end()
        else:
            hours = time_guards.CLOCK.match(text, to.end())
            if said.hour is not None and hours:
                end, ranged = hours.end(), True
    kept = time_guards.keeps(text, start, end, said, last)
    if kept is None:
        return None
    kept = kept and not (ranged and time_guards.clock_only(said))
    return _framed(text, Reading(start, end, said, last, kept=kept), floor)


PRECEDENCE = (_vague, _since, _quantity, _elliptic, _point)


def _framed(text: str, reading: Reading, floor: int) -> Reading | None:
    """The reading with the words around that belong to it: 自 … 以来, 截至, 前后, 期间."""
    start, end, frame, kept = reading.start, reading.end, "", reading.kept
    feast = reading.first is not None and reading.first.festival is not None
    before = BEFORE.search(text, max(floor, start - 3), start)
    lead = before.group() if before else ""
    since = SINCE.match(text, end) or (SINCE_EVENT.match(text, end) if lead in ("自", "自从", "从") else None)
    if since:
        frame, end = "from" if since.group()[0] in "起开" else "since", since.end()
        if lead in ("自", "从", "自从"):
            start -= len(lead)
        kept = kept or since.group().endswith("以来")
    elif lead in ("截至", "截至到", "截止", "截止到"):
        frame, start = "until", start - len(lead)
    elif lead in ("自", "自从", "从") and reading.last is not None:
        start -= len(lead)
    if not frame:
        if around := AROUND.match(text, end):
            if feast or around.group() in ("前后", "前夕", "之际"):
                frame, end = "around" if around.group() == "前后" else "eve", around.end()
                kept = True
        elif (within := WITHIN.match(text, end)) and (
            feast or within.group() in ("期间", "当天", "当日", "当晚", "那天")
        ):
            frame = "within" if within.group()[0] in "当那这" or not feast else "holiday"
            end, kept = within.end(), True
        elif (until := UNTIL.match(text, end)) and not time_guards.recurring(text, start):
            frame, end = "before", until.end()
        elif after := AFTER.match(text, end):
            frame, end = "after", after.end()
            kept = kept or feast
    if feast and reading.first is not None and not kept:
        return None if not frame else Reading(start, end, reading.first, reading.last, frame)
    return Reading(start, end, reading.first, reading.last, frame, kept=kept)


def value_of(reading: Reading, context: Context) -> str | None:
    """The EDTF value of a reading, or None."""
    issue = context.issue
    if reading.fixed:
        return _fixed(reading, issue)
    if reading.frame == "since" and reading.first is None:
        begun = words_of("since").get(reading.unit, "")
        return f"{begun}/{edtf.day(issue) if issue else '..'}" if begun else None
    if reading.first is None:
        return None
    extent = resolve(reading.first, context)
    if extent is not None and reading.last is not None:
        last = resolve(time_guards.completed(reading.last, reading.first), _year_of(extent, context))
        extent = None if last is None else Extent(extent.first[:10], last.last[:10])
    if extent is None:
        return None
    return _in_frame(reading, extent, issue)


def _year_of(extent: Extent, context: Context) -> Context:
    """The context in which the second end of a span is read."""
    known = extent.first[:4].isdigit()
    year = int(extent.first[:4]) if known else None
    month = (year, int(extent.first[5:7])) if extent.first[5:7].isdigit() else None
    return Context(context.issue, year or context.year, month, context.day, context.future)


def _in_frame(reading: Reading, extent: Extent, issue: datetime.date | None) -> str | None:
    frame, first, last = reading.frame, extent.first, extent.last
    if frame == "from":
        return None if "X" in first and "-" in first else f"{first}/.."
    if frame == "since":
        open_end = edtf.day(issue) if issue and "X" not in first and first[:10] <= edtf.day(issue) else ".."
        if "X" in first and "-" in first:
            return None
        return f"{first}/{open_end}"
    if frame in ("until", "before"):
        return None if "X" in last else f"../{last}"
    if frame == "around" and "X" in first:
        return extent.edtf()  # EDTF has no "about" on dates of unknown parts
    if frame == "around":
        return f"{first}~" if first == last else f"{first}~/{last}~"
    if frame == "eve" and "X" not in first and len(first) == 10:
        day = datetime.date.fromisoformat(first)
        width = words_of("around")["eve_days"]
        return edtf.days(day - datetime.timedelta(width), day - datetime.timedelta(1)).edtf()
    if frame == "after":
        return None if "X" in first else f"{last}/.."
    if frame == "holiday" and "X" in first:
        return None
    if frame == "holiday" and reading.first and reading.first.festival:
        length = time_guards.holiday(reading.first.festival)
        day = datetime.date.fromisoformat(first)
        return edtf.days(day, day + datetime.timedelta(length - 1)).edtf()
    if last < first and "X" not in first + last:
        return None
    return extent.edtf()


def _fixed(reading: Reading, issue: datetime.date | None) -> str | None:
    if reading.fixed is None or issue is None:
        return None
    kind, number = reading.fixed
    if kind == "vague":
        return edtf.days(issue - datetime.timedelta(number), issue).edtf()
    return time_guards.counted(kind, number, reading.unit, issue)


def _carry(reading: Reading, value: str | None, context: Context) -> Context:
    """What later moments may lean on."""
    said = reading.first
    if said is None or value is None:
        return context
    year = int(value[:4]) if value[:4].isdigit() and (said.year or said.year_shift is not None) else context.year
    month, day = context.month, context.day
    date = value.split("/")[-1 if reading.last else 0][:10].rstrip("~")
    if len(date) == 10 and date[5:7].isdigit() and date[8:10].isdigit() and said.day is not None:
        known = int(date[:4]) if date[:4].isdigit() else None
        day = (known, int(date[5:7]), int(date[8:10]))
        if said.month is not None:
            month = (known, int(date[5:7]))
    elif said.day_shift is not None and len(date) == 10 and date[:4].isdigit():
        day = (int(date[:4]), int(date[5:7]), int(date[8:10]))
    return Context(context.issue, year, month, day)
