"""A moment as said, set against the issue date and the dates named before it: an `Extent` of EDTF dates, or None.

Which year a bare month or feast means: the issue's, unless that lies more than `FAR` days ahead (28 December in a
January paper is last year's); a bare day (13日) is the last such day up to the issue. After a word for a plan (将于)
it is the next.
Without an issue date: what the words alone give, unknown parts as X (XXXX-02-07), or None.
"""

import datetime
from dataclasses import dataclass

from extract import almanac, edtf
from extract.edtf import Extent
from extract.moments import Moment, words_of

FAR = 245


@dataclass(frozen=True, slots=True)
class Context:
    """What a moment is read against."""

    issue: datetime.date | None
    year: int | None = None  # the year that the article named last
    month: tuple[int | None, int] | None = None  # year and month of the day that the paragraph named last
    day: tuple[int | None, int, int] | None = None  # the day that the article named last
    future: bool = False


def resolve(said: Moment, context: Context) -> Extent | None:
    """The extent of a moment.

    >>> resolve(Moment(month=12, day=28), Context(datetime.date(2024, 1, 9))).edtf()
    '2023-12-28'
    >>> resolve(Moment(month=2, day=7), Context(None)).edtf()
    'XXXX-02-07'
    """
    found = _date(said, context)
    if found is None or said.hour is None or found.first != found.last or len(found.first) != 10 or "X" in found.first:
        return found
    exact = f"{found.first}T{said.hour:02d}:{said.minute or 0:02d}:00"
    return Extent(exact, exact)


def _date(said: Moment, context: Context) -> Extent | None:
    if said.masked:
        return Extent(said.masked, said.masked)
    if said.plan:
        first, last = words_of("plan")[said.plan]
        return Extent(str(first), str(last))
    if said.day_shift is not None and said.year_shift is not None and context.issue is not None:
        return _in_year(context.issue, context.issue.year + said.year_shift)  # 去年今日
    if said.day_shift is not None:
        return _shifted_day(context.issue, said.day_shift)
    if said.same_day is not None:
        return _same_day(said.same_day, context)
    if said.week_shift is not None or (said.weekday is not None and said.month is None and said.day is None):
        return _week(said, context)
    if said.quarter_shift is not None:
        return _quarter(said.quarter_shift, context.issue)
    year, known = _year(said, context)
    if known and year is None:
        return None
    if said.festival:
        return _festival(said.festival, year, context)
    if said.lunar:
        return _lunar(said.lunar, year, context)
    if said.year_part:
        return _year_part(said.year_part, year, context)
    if said.month_shift is not None:
        return _shifted_month(said, context)
    if said.month is not None:
        if not edtf.valid(year, said.month, said.day):
            return None
        if not known:
            year = _likely_year(said.month, said.day, context)
            if not edtf.valid(year, said.month, said.day):
                return None
        return _in_month(year, said.month, said)
    if said.day is not None:
        return _bare_day(said.day, context)
    if year is not None:
        return Extent(edtf.date(year), edtf.date(year))
    if said.part and context.issue and said.hour is not None:
        return _shifted_day(context.issue, 0)
    return None


def _year(said: Moment, context: Context) -> tuple[int | None, bool]:
    """The year and whether the words name one."""
    if said.year is not None:
        return said.year, True
    if said.year_shift is not None:
        return (context.issue.year + said.year_shift if context.issue else None), True
    if said.same_year is not None:
        base = context.year or (context.issue.year if context.issue else None)
        return (base + said.same_year if base else None), True
    return None, False


def _shifted_day(issue: datetime.date | None, shift: int) -> Extent | None:
    if issue is None:
        return None
    day = edtf.day(issue + datetime.timedelta(shift))
    return Extent(day, day)


def _in_year(issue: datetime.date, year: int) -> Extent | None:
    """The day of the issue in another year; none for 29 February."""
    if not edtf.valid(year, issue.month, issue.day):
        return None
    text = edtf.date(year, issue.month, issue.day)
    return Extent(text, text)


def _same_day(shift: int, context: Context) -> Extent | None:
    if context.day is None:
        return None
    year, month, day = context.day
    try:
        moved = datetime.date(year or 2001, month, day) + datetime.timedelta(shift)
    except ValueError:
        return None
    text = edtf.date(None if year is None else moved.year, moved.month, moved.day)
    return Extent(text, text)


def _week(said: Moment, context: Context) -> Extent | None:
    issue = context.issue
    if issue is None:
        return None
    monday = issue - datetime.timedelta(issue.weekday()) + datetime.timedelta(weeks=said.week_shift or 0)
    if said.weekday is None:
        return edtf.days(monday, monday + datetime.timedelta(6))
    if said.weekday == 8:
        return edtf.days(monday + datetime.timedelta(5), monday + datetime.timedelta(6))
    day = monday + datetime.timedelta(said.weekday - 1)
    return edtf.days(day, day)


def _quarter(shift: int, issue: datetime.date | None) -> Extent | None:
    if issue is None:
        return None
    index = issue.year * 4 + (issue.month - 1) // 3 + shift
    return edtf.months(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3)


def _festival(name: str, year: int | None, context: Context) -> Extent | None:
    feast = almanac.festival(name)
    day = feast.in_year(year) if year else almanac.nearest(feast, context.issue) if context.issue else None
    if day is not None and name.endswith(("黄金周", "假期", "长假")):
        return edtf.days(day, day + datetime.timedelta(feast.days - 1))
    if day is not None:
        return edtf.days(day, day)
    if feast.kind == "solar" and year is None:
        text = edtf.date(None, *feast.rule)
        return Extent(text, text)
    return None


def _lunar(said: tuple[int, int], year: int | None, context: Context) -> Extent | None:
    if year is not None:
        day = almanac.lunar(year, *said)
    elif context.issue is not None:
        day = almanac.likely([almanac.lunar(context.issue.year + n, *said) for n in (-1, 0, 1)], context.issue)
    else:
        day = None
    return None if day is None else edtf.days(day, day)


def _year_part(part: str, year: int | None, context: Context) -> Extent | None:
    first, last = words_of("year_part")[part]
    if year is None and context.issue is not None:
        year = context.issue.year
        if context.issue.month <= 2 and not context.future and first - context.issue.month > 3:
            year -= 1  # 四季度 in a January paper is the last one
    return edtf.months(year, first, last)


def _shifted_month(said: Moment, context: Context) -> Extent | None:
    if said.month_shift is None:
        return None
    if context.issue is None:
        return None
    index = context.issue.year * 12 + context.issue.month - 1 + said.month_shift
    year, month = index // 12, index % 12 + 1
    return _in_month(year, month, said) if edtf.valid(year, month, said.day) else None


def _in_month(year: int | None, month: int, said: Moment) -> Extent:
    if said.month_part:
        first, last = words_of("month_part")[said.month_part]
        return Extent(edtf.date(year, month, first), edtf.date(year, month, last or edtf.last_day(year, month)))
    text = edtf.date(year, month, said.day)
    return Extent(text, text)


def _likely_year(month: int, day: int | None, context: Context) -> int | None:
    issue = context.issue
    if issue is None:
        return context.month[0] if context.month and context.month[1] == month else None
    at = issue.replace(day=1) if day is None else issue
    try:
        same = datetime.date(issue.year, month, day or 1)
    except ValueError:
        return issue.year
    ahead = (same - at).days
    if ahead > FAR and not context.future:
        return issue.year - 1
    if context.future and ahead < -31:
        return issue.year + 1
    return issue.year


def _bare_day(day: int, context: Context) -> Extent | None:
    """The day of the paragraph's last named month where it fits, else the last such day up to the issue."""
    issue = context.issue
    if context.month is not None and (issue is None or context.month[0] is not None):
        year, month = context.month
        if edtf.valid(year, month, day) and (issue is None or _near(year, month, day, issue)):
            text = edtf.date(year, month, day)
            return Extent(text, text)
    if issue is None:
        text = edtf.date(None, None, day)
        return Extent(text, text) if edtf.valid(None, None, day) else None
    month_index = issue.year * 12 + issue.month - 1
    step = 1 if context.future else -1
    for _ in range(3):
        year, month = month_index // 12, month_index % 12 + 1
        if edtf.valid(year, month, day):
            found = datetime.date(year, month, day)
            if (found >= issue) if context.future else (found <= issue):
                text = edtf.day(found)
                return Extent(text, text)
        month_index += step
    return None


def _near(year: int | None, month: int, day: int, issue: datetime.date) -> bool:
    """Whether the day lies within the three months up to the issue or the month after it."""
    return year is None or -31 <= (issue - datetime.date(year, month, day)).days <= 92
