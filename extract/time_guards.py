"""What keeps words that look like a time from being one, and which times are expressions of their own."""

import datetime
import re
from dataclasses import replace

from extract import edtf
from extract.almanac import festival
from extract.moments import HOUR, MINUTE, Moment, one_of, words_of

CLOCK = re.compile(
    rf"(?:次日|当日)?(?:{one_of(words_of('day_part'))})?{HOUR}(?:[时点](?:{MINUTE}分?|半|整)?|[:：][0-5]\d)"
)
BOUNDARY = '，,。；;：:！!？?、“”"（）()《》…\n\t 　—·'
RECURRING = re.compile(r"(?:每(?:个|逢|到|一?年的?|一?月的?|周的?|一)?|逢|历年|往年|常年)$")
LENGTH_BEFORE = re.compile(
    r"(?:为期|连续|历时|持续|耗时|长达|超过|不超过|不少于|最近|过去|未来|近|满|每|隔|第|共|首|前|头|后|达|仅|约|余|[\d.]\s?[-~～至到])\s?$"
)
LENGTH_AFTER = re.compile(r"[内间游谈均制租薪志粮期]|之内|以内|为期")
NUMBER_HOUSE = re.compile(
    r"[楼院线店门车机馆厅库井仓地矿坑桌位馆令房台岗池塔桥路社街村屯窗柜通文文件航机宿教实综住公写商营]|公馆|单元"
)
ANNOUNCED = re.compile(rf"(?:{one_of(words_of('future')['words'])})[^，。；]{{0,4}}$")
AFTER_YEAR = re.compile(
    r"的|\s?\d+岁|[一二三四五六七八九十]+岁|已?[一二三四五六七八九十\d]+岁|刚?满|才|报告|头条|说法|关注|晚报|早报|视点|看点|话题|来(?!临)"
)
NO_LENGTH = re.compile(r"(?:多|余)?(?:历史|来|间|时间|以上|左右|之久|的历史|前(?=的)|树龄|树木|老|古)")
MONTH_NAME = re.compile(r"革命|二|[街花里会天间亮饼季牙嫂子份]|三(?!日|号|十)")
NOT_MONTH_BEFORE = re.compile(r"(?:第|[\d一二三四五六七八九十几两半]个|满|近|每)$")
NEEDS_YEAR = ("暑期", "寒假", "暑假", "春天", "夏天", "秋天", "冬天", "春季", "夏季", "秋季", "冬季", "开年", "前")
WITHOUT_YEAR = ("年初", "年中", "年底", "年末", "岁末")


def announced(text: str, start: int) -> bool:
    """Whether a word before the time says that it lies ahead: 将于3月15日.

    >>> announced("活动将于3月15日举行", 4), announced("活动于3月15日举行", 3)
    (True, False)
    """
    return ANNOUNCED.search(text, max(0, start - 10), start) is not None


def recurring(text: str, start: int) -> bool:
    """Whether the time comes back: 每周三, 每年3月5日."""
    return RECURRING.search(text, max(0, start - 4), start) is not None


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


def inside_name(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands inside 《…》."""
    opened = text.rfind("《", max(0, start - 40), start)
    return opened >= 0 and "》" not in text[opened:start]


def plausible(text: str, found: re.Match[str], said: Moment) -> bool:
    """Whether the match says a time at all."""
    start, end = found.span()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if said.month is not None and said.day is not None and not edtf.valid(said.year, said.month, said.day):
        return False
    if said.bare_day and said.year is None and said.year_shift is None:
        return _bare_day(text, found, said)
    if said.month is not None and said.day is None and said.month_part is None and said.year is None:
        if said.year_shift is None and (
            MONTH_NAME.match(text, end) or NOT_MONTH_BEFORE.search(text, max(0, start - 3), start)
        ):
            return False
        if before.isdigit() or before in ("·", ".", "第"):
            return False
    if found["year"] and found.end() == found.end("anchor") and NO_LENGTH.match(text, end):
        return False
    if found["year"] and before and before in "第近约逾超":
        return False
    if said.festival is not None:
        return _festival(text, found, said)
    if said.year_part is not None and said.year is None and said.year_shift is None and said.same_year is None:
        if (said.year_part.startswith(NEEDS_YEAR) and not said.year_part.startswith("前三季")) or recurring(text, start):
            return False
        return (
            before not in ("大", "每", "第", "前", "过", "小")
            if said.year_part in WITHOUT_YEAR
            else before not in ("第", "前")
        )
    if found["bare_weekday"]:
        return before not in ("每", "四", "一", "两", "三", "这", "下", "上", "本", "个") and after not in (
            "次",
            "年",
            "刊",
        )
    if (
        found["rel_day"]
        and found["rel_day"] in ("前日", "昨", "今")
        and said.part is None
        and len(found["rel_day"]) == 1
    ):
        return False
    if found["rel_day"] == "前日" and before in ("三", "目", "生", "以"):
        return False
    if found["rel_day"] in ("明天", "今天") and before == "的":
        return False
    if found["decade_only"] and not said.masked:
        return False
    return True


def _bare_day(text: str, found: re.Match[str], said: Moment) -> bool:
    """13日, 13日下午; not 为期5日, 5日内, 九号社区, 一日游."""
    start, end = found.span()
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
        return before in ("在", "于", "月") and not NUMBER_HOUSE.match(text, day_end)
    if LENGTH_AFTER.match(text, day_end) and not timed:
        return False
    if not digits.isdigit():
        return (timed and len(digits) > 0) or (len(digits) > 1 and clause_head(text, start))
    if before and "\u4e00" <= before <= "\u9fff" and not timed:
        return (
            before in "于在自从至到截止月由是及和，当将即定"
            or re.search(r"(?:本报|讯|电|日报|截至|截止|记者)$", text[max(0, start - 3) : start]) is not None
        )
    return True


def _festival(text: str, found: re.Match[str], said: Moment) -> bool:
    """The words must be whole: not 五一广场, 七一路, 清明上河, 小满意."""
    end = found.end()
    return not re.match(
        r"[路街巷村广桥社中医学渠厂校镇区公园河山]|小(?!长)|大(?!型|家)|上河|意|商|勋章|奖章|儿(?!童)|南昌起义|建军(?!节)|礼炮|宵|之乡",
        text[end : end + 2] or "。",
    )


def keeps(text: str, start: int, end: int, said: Moment, last: Moment | None) -> bool | None:
    """True for an expression of its own, False for a time that is only locked."""
    if recurring(text, start) or inside_name(text, start, end):
        return False
    alone = said == Moment(year_shift=said.year_shift) or said == Moment(day_shift=said.day_shift)
    if alone and AFTER_YEAR.match(text, end):
        return False
    if said.festival is not None and said.year is None and said.year_shift is None and said.part is None:
        return (
            (clause_head(text, start)
            and text[end : end + 1] in ("，", ","))
            or (start > 0 and text[start - 1] in "在于" and text[end : end + 1] in ("，", ","))
        )
    if last is not None and said.weekday is not None and said.week_shift is None:
        return False
    if said.part is None and text[start:end] in ("第二天", "隔天", "同日", "同一天"):
        return False
    return True


def clock_only(said: Moment) -> bool:
    """Whether only an hour of the day is said: 清晨6点半."""
    return said == Moment(part=said.part, hour=said.hour, minute=said.minute)


def closes(text: str, first: Moment, last: Moment, found: re.Match[str]) -> bool:
    """Whether the second point can end a span that the first begins: 6月1日至7日, 周一到周五, 3月至5月."""
    if (last.festival and not first.festival) or found["year_part"] or (found["same_day"] and last.same_day == 0):
        return False
    if last.bare_day:
        return (
            (first.day is not None
            and (last.day or 0) > (first.day or 0))
            or (first.day is not None
            and last.part is not None)
        )
    if first.weekday is not None:
        return last.weekday is not None
    if last == Moment(part=last.part, hour=last.hour, minute=last.minute):
        return first.hour is not None
    return True


def completed(last: Moment, first: Moment) -> Moment:
    """The second end of a span with what it leaves to the first: 6月1日至7日, 2022年3月至5月."""
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
