"""Times that are no points: 近三年, 三天前 (counted from the issue date), 3至5日 (short of a unit), 入冬以来, 近日."""

import re
from dataclasses import dataclass
from functools import cache

from extract.cardinals import read
from extract.moments import DAY_NUMBER, MONTH, YEAR, Moment, number, one_of, words_of
from extract.numeral_forms import TO

UNIT = r"年|个月|月|个?星期|个?礼拜|周|天|日|个?世纪"
AMOUNT = r"(?:\d{1,3}|[一二三四五六七八九十两百]{1,4}|半)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many units before or after the issue date (ago, later), or the stretch up to or from it (lately, ahead)."""

    end: int
    kind: str
    number: int  # in units; in half units where the unit is 半年 or 半个月
    unit: str  # year, month, week, day; half-… for the halves
    kept: bool


@dataclass(frozen=True, slots=True)
class Elliptic:
    """A span whose first end leaves its unit to the second."""

    end: int
    first: Moment
    last: Moment


@cache
def vague_pattern() -> re.Pattern[str]:
    """近日, 日前, 连日来 …"""
    return re.compile(one_of(words_of("vague")))


@cache
def since_pattern() -> re.Pattern[str]:
    """入冬以来 and other beginnings that are no date."""
    return re.compile(
        rf"自?(?P<year>{one_of(words_of('year'))})?(?P<event>{one_of(words_of('since'))})(?:召开|胜利召开|闭幕)?以来"
    )


_AGO = re.compile(
    rf"(?P<n>{AMOUNT})(?P<unit>{UNIT})(?P<more>半|多)?(?P<way>(?:以|之)?前(?![往来夕后沿去景列台三两几])|(?:以|之)?后(?![来续勤台备面])|来(?=[，,、]|累计|先后|坚持|送|已|共)|(?<=多)来)"
)
_LATELY = re.compile(
    rf"(?P<lead>近|过去的?|最近的?|未来的?|今后)(?P<n>{AMOUNT})(?P<unit>{UNIT})(?P<more>多)?(?:来|以来|间|里|内|时间)?"
)


def quantity(text: str, start: int) -> Quantity | None:
    """So many units ago or lately, at `start`; None where there is none.

    >>> quantity("三天前，", 0)  # three days ago
    Quantity(end=3, kind='ago', number=3, unit='day', kept=True)
    """
    found = _LATELY.match(text, start)
    kind = ""
    if found:
        kind = "ahead" if found["lead"] in ("未来", "未来的", "今后") else "lately"
    else:
        found = _AGO.match(text, start)
        if found is None or (start and re.match(r"[\d一二三四五六七八九十百千万第.几数近]", text[start - 1])):
            return None
        kind = {"前": "ago", "后": "later", "来": "lately"}[found["way"][-1]]
        if found["unit"] == "日" and found["n"].isdigit():
            return None  # 15日前 is before the 15th
    if found["unit"] == "月" and (found["n"].isdigit() or kind != "lately"):
        return None
    if found["unit"] in ("年",) and found["n"].isdigit() and len(found["n"]) > 2:
        return None
    unit = {
        "年": "year",
        "月": "month",
        "周": "week",
        "期": "week",
        "拜": "week",
        "天": "day",
        "日": "day",
        "纪": "century",
    }[found["unit"][-1]]
    if unit == "century":
        return None
    if found["n"] == "半":
        amount, unit = 1, f"half-{unit}"
    else:
        value = read(found["n"])
        if value is None or value > 300:
            return None
        amount = int(value)
    return Quantity(found.end(), kind, amount, unit, kept=kind != "ahead")


_YEARS = re.compile(rf"(?<!\d)(?P<a>(?:19|20)\d\d)年?{TO}(?P<b>(?:19|20)\d\d)年度?")


@cache
def _shared() -> re.Pattern[str]:
    """1至5月, 7、8日, 3月5至7日 …"""
    rel_year = one_of(words_of("year"))
    number_ = DAY_NUMBER
    return re.compile(
        rf"(?:(?:{YEAR}|(?P<rel_year>{rel_year}))的?)?"
        rf"(?:(?P<m1>(?<!\d){number_})月?(?P<msign>{TO}|、)(?P<m2>{number_})月份?(?!\d|{number_}[日号])"
        rf"|(?:{MONTH}|(?P<rel_month>{one_of(words_of('month'))}))?"
        rf"(?P<d1>(?<![\d.]){number_})(?P<dsign>{TO}|、)(?P<d2>{number_})[日号](?![内间游谈均制]))"
    )


def elliptic(text: str, start: int) -> Elliptic | None:
    """A span such as 2019—2023年, 1至5月, 3—5日 or 7、8日 at `start`; None where there is none.

    >>> found = elliptic("6月5至7日，", 0)
    >>> found.first.day, found.last.day, found.end
    (5, 7, 6)
    """
    years = _YEARS.match(text, start)
    if years and int(years["a"]) < int(years["b"]):
        return Elliptic(years.end(), Moment(year=int(years["a"])), Moment(year=int(years["b"])))
    found = _shared().match(text, start)
    if found is None:
        return None
    year = number(found["year"] or found["short_year"])
    shift = int(words_of("year")[found["rel_year"]]) if found["rel_year"] else None
    if found["m1"]:
        first, last = number(found["m1"]), number(found["m2"])
        if first is None or last is None or not first < last <= 12 or (found["msign"] == "、" and last - first > 1):
            return None
        return Elliptic(found.end(), Moment(year, shift, month=first), Moment(year, shift, month=last))
    first, last = number(found["d1"]), number(found["d2"])
    if first is None or last is None or not first < last <= 31 or (found["dsign"] == "、" and last - first > 1):
        return None
    month = number(found["month"])
    month_shift = int(words_of("month")[found["rel_month"]]) if found["rel_month"] else None
    if month is None and month_shift is None and not (found["d1"].isdigit() and found["d2"].isdigit()):
        return None
    if found[0].endswith("号") and month is None and month_shift is None:
        return None
    return Elliptic(
        found.end(),
        Moment(year, shift, month=month, month_shift=month_shift, day=first),
        Moment(year, shift, month=month, month_shift=month_shift, day=last),
    )
