"""What keeps words that look like a time from being one, and which times are expressions of their own."""

import datetime
import re
from dataclasses import replace

from extract import edtf, lexicon
from extract.almanac import festival
from extract.moments import HOUR, MINUTE, Moment, one_of, words_of

CLOCK = re.compile(
    rf"(?:次日|当日)?(?:{one_of(words_of('day_part'))})?{HOUR}(?:[时点](?:{MINUTE}分?|半|整)?|[:：][0-5]\d)"
)
BOUNDARY = '，,。；;：:！!？?、“”"（）()《》…\n\t 　—·'


def _guard(section: str, key: str = "after") -> str:
    """A list of `lexicons/time_guards.toml` as one pattern."""
    return "|".join(lexicon.rules("time_guards")[section][key])


RECURRING = re.compile(rf"(?:{_guard('recurring', 'before')})$")
LENGTH_BEFORE = re.compile(rf"(?:{_guard('length', 'before')})\s?$")
LENGTH_AFTER = re.compile(_guard("length"))
NUMBER_HOUSE = re.compile(_guard("house"))
AFTER_YEAR = re.compile(_guard("after_year"))
NO_LENGTH = re.compile(_guard("age_of_things"))
MONTH_NAME = re.compile(_guard("month"))
NOT_MONTH_BEFORE = re.compile(rf"(?:{_guard('month', 'before')})$")
NOT_FESTIVAL = re.compile(_guard("festival"))
DAY_BEFORE = frozenset(lexicon.rules("time_guards")["day"]["before"])
NEEDS_YEAR = tuple(lexicon.rules("time_guards")["year_part"]["needs_year"])
WITHOUT_YEAR = tuple(lexicon.rules("time_guards")["year_part"]["without_year"])
GLUED_BEFORE = lexicon.rules("time_guards")["glued"]["before"]
GLUED_AFTER = lexicon.rules("time_guards")["glued"]["after"]
WEEKLY = ("次", "年", "刊")
ANNOUNCED = re.compile(rf"(?:{one_of(words_of('future')['words'])})[^，。；]{{0,4}}$")


def announced(text: str, start: int) -> bool:
    """Whether a word before the time says that it lies ahead: 将于3月15日.

    >>> announced("活动将于3月15日举行", 4), announced("活动于3月15日举行", 3)
    (True, False)
    """
    return ANNOUNCED.search(text, max(0, start - 10), start) is not None


def recurring(text: str, start: int) -> bool:
    """Whether the time comes back: 每周三, 每年3月5日."""
    return RECURRING.search(text, max(0, start - 16), start) is not None


def clause_head(text: str, start: int) -> bool:
    """Whether a clause begins at `start`."""
    return start == 0 or text[start - 1] in BOUNDARY


def vague(text: str, start: int, end: int, word: str) -> bool:
    """Whether 近日, 最近 … say a time here: not 最近的车站, 5日前, 近期案例."""
    if start and (text[start - 1].isdigit() or text[start - 1] in "一二三四五六七八九十今昨明次附邻就将亲临最"):
        return False
    if text[end : end + 1] == "往":
        return False
    if word in words_of("vague_at_clause_head")["words"]:
        return clause_head(text, start) and text[end : end + 1] in ("，", ",")
    return True


def inside_name(text: str, start: int) -> bool:
    """Whether the stretch stands inside 《…》."""
    opened = text.rfind("《", max(0, start - 40), start)
    return opened >= 0 and "》" not in text[opened:start]


def plausible(text: str, found: re.Match[str], said: Moment) -> bool:
    """Whether the match says a time at all."""
    if _glued(text, found):
        return False
    if said.month is not None and not edtf.valid(said.year, said.month, said.day):
        return False
    with_year = said.year is not None or said.year_shift is not None
    if said.bare_day and not with_year:
        return _bare_day(text, found, said)
    if said.month is not None and said.day is None and said.month_part is None and not with_year:
        return _bare_month(text, *found.span())
    if said.festival is not None:
        return NOT_FESTIVAL.match(text, found.end()) is None
    if said.year_part is not None and not with_year and said.same_year is None:
        return _bare_year_part(text, found.start(), said.year_part)
    start, before = found.start(), text[found.start() - 1 : found.start()]
    if found["year"]:
        bare = found.end() == found.end("anchor")
        return not (bare and NO_LENGTH.match(text, found.end())) and (start == 0 or before not in "第近约逾超")
    if found["bare_month_part"]:
        return start == 0 or (before not in "每个这本上下半几两三一二四五六七八九十岁满" and not before.isdigit())
    if said.weekday == 8 and said == Moment(weekday=8):  # 周末
        return clause_head(text, start) and text[found.end() : found.end() + 1] in ("，", ",", "")
    if found["bare_weekday"]:
        return (start == 0 or before not in "每四一两三这下上本个") and text[
            found.end() : found.end() + 1
        ] not in WEEKLY
    if found["rel_day"]:
        return start == 0 or before not in {"前日": "三目生以", "明天": "的", "今天": "的"}.get(found["rel_day"], "")
    return found["decade_only"] is None or said.masked is not None


def _glued(text: str, found: re.Match[str]) -> bool:
    """Whether the words of a week or month are cut out of others: 课本|周一版, 栽下|月季."""
    start, end, first = found.start(), found.end(), found[0][:1]
    if start and text[start - 1] in GLUED_BEFORE.get(first, "") and (found["rel_week"] or found["rel_month"]):
        return True
    after = GLUED_AFTER.get(text[end - 1]) if found["rel_week"] or found["rel_month"] or found["rel_day"] else None
    return after is not None and text[end : end + 1] in tuple(after) and end < len(text)


def _bare_month(text: str, start: int, end: int) -> bool:
    """5月; not 十月革命, 三月街, 3个月."""
    before = text[start - 1 : start] if start else ""
    if MONTH_NAME.match(text, end) or NOT_MONTH_BEFORE.search(text, max(0, start - 3), start):
        return False
    return not before.isdigit() and before not in ("·", ".")


def _bare_year_part(text: str, start: int, part: str) -> bool:
    """上半年, 一季度; not 前两个月 (the two months before) or 春季 without its year."""
    if (part.startswith(NEEDS_YEAR) and not part.startswith("前三季")) or recurring(text, start):
        return False
    before = text[start - 1 : start] if start else ""
    return before not in ("第", "前", *(("大", "每", "过", "小") if part in WITHOUT_YEAR else ()))


def _bare_day(text: str, found: re.Match[str], said: Moment) -> bool:
    """13日, 13日下午; not 为期5日, 5日内, 九号社区, 一日游."""
    start = found.start()
    digits, sign = found["bare_day"], found["bare_day_sign"]
    day_end = found.end("bare_day_sign")
    before = text[start - 1 : start] if start else ""
    if before and (before.isdigit() or before in "月年.-·第初" or (before.isascii() and before.isalpha())):
        return False
    if LENGTH_BEFORE.search(text, max(0, start - 4), start):
        return False
    timed = said.part is not None or said.hour is not None
    if sign == "号":
        if timed:
            return True
        alone = clause_head(text, start) and text[day_end : day_end + 1] in ("，", ",", "")
        return (before in ("在", "于", "月") or alone) and not NUMBER_HOUSE.match(text, day_end)
    if LENGTH_AFTER.match(text, day_end) and not timed:
        return False
    if not digits.isdigit():
        return timed or (len(digits) > 1 and clause_head(text, start))
    if timed or not "\u4e00" <= before <= "\u9fff":
        return True
    return before in DAY_BEFORE


def keeps(text: str, start: int, end: int, said: Moment, last: Moment | None) -> bool | None:
    """True for an expression of its own, False for a time that is only locked."""
    if recurring(text, start) or inside_name(text, start):
        return False
    if AFTER_YEAR.match(text, end):
        alone = said == Moment(year_shift=said.year_shift) or said == Moment(day_shift=said.day_shift)
        if alone:
            return False
    if said.festival is not None and said.year is None and said.year_shift is None and said.part is None:
        opens = clause_head(text, start) or text[start - 1] in "在于"
        return end - start == len(text) or (opens and text[end : end + 1] in ("，", ","))
    if last is not None and said.weekday is not None and said.week_shift is None:
        return False
    return said.part is not None or text[start:end] not in ("第二天", "隔天", "同日", "同一天")


def clock_only(said: Moment) -> bool:
    """Whether only an hour of the day is said: 清晨6点半."""
    return said == Moment(part=said.part, hour=said.hour, minute=said.minute)


def closes(first: Moment, last: Moment, found: re.Match[str]) -> bool:
    """Whether the second point can end a span that the first begins: 5月4日至9日, 周一到周五, 3月至5月."""
    if (last.festival and not first.festival) or found["year_part"] or (found["same_day"] and last.same_day == 0):
        return False
    if last.bare_day:
        return (first.day is not None and (last.day or 0) > (first.day or 0)) or (
            first.day is not None and last.part is not None
        )
    if first.weekday is not None:
        return last.weekday is not None
    if last == Moment(part=last.part, hour=last.hour, minute=last.minute):
        return first.hour is not None
    return True


def completed(last: Moment, first: Moment) -> Moment:
    """The second end of a span with what it leaves to the first: 5月4日至9日, 2022年3月至5月."""
    if last.weekday is not None and last.week_shift is None:
        return replace(last, week_shift=first.week_shift)
    if (
        last.year is not None
        or last.year_shift is not None
        or last.week_shift is not None
        or last.same_year is not None
    ):
        return last
    if last.bare_day:
        return replace(
            last, year=first.year, year_shift=first.year_shift, month=first.month, month_shift=first.month_shift
        )
    if last.month is not None and (first.year is not None or first.year_shift is not None):
        over = 1 if first.month is not None and last.month < first.month else 0
        year = None if first.year is None else first.year + over
        shift = None if first.year_shift is None else first.year_shift + over
        return replace(last, year=year, year_shift=shift)
    return last


def holiday(name: str) -> int:
    """How many days a feast's holiday lasts."""
    return festival(name).days


def counted(kind: str, number: int, unit: str, issue: datetime.date) -> str | None:
    """So many units before or after the issue date: a day for days and weeks, a month or year for those.

    >>> counted("ago", 3, "day", datetime.date(2023, 3, 15)), counted("ago", 2, "month", datetime.date(2023, 1, 15))
    ('2023-03-12', '2022-11')
    >>> counted("lately", 3, "year", datetime.date(2023, 3, 15))
    '2020-03-15/2023-03-15'
    """
    half = unit.startswith("half-")
    base = unit.removeprefix("half-")
    if half:
        number, base = {"year": (6, "month"), "month": (15, "day"), "day": (0, "day")}.get(base, (number, base))
    sign = 1 if kind in ("later", "ahead") else -1
    try:
        moved = _moved(issue, sign * number, base)
    except (ValueError, OverflowError):
        return None
    if kind in ("lately", "ahead"):
        return edtf.days(min(issue, moved), max(issue, moved)).edtf()
    if base == "year":
        return edtf.date(moved.year)
    return edtf.date(moved.year, moved.month) if base == "month" else edtf.day(moved)


def _moved(issue: datetime.date, number: int, unit: str) -> datetime.date:
    if unit in ("day", "week"):
        return issue + datetime.timedelta(number * (7 if unit == "week" else 1))
    index = issue.year * 12 + issue.month - 1 + number * (12 if unit == "year" else 1)
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(issue.day, edtf.last_day(year, month)))
