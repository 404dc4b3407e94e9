"""Numbers with their units, before it is known what they count: 200余|份, 8.4万|元, 3元5角, 10人至15人."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import count_guards
from extract.approximation import approximation
from extract.cardinals import BIG, DIGITS
from extract.measures import Measure, measure_reader
from schemas.annotations import Numeral

RANGE = re.compile(r"(?:至|到|~|～|-|—{1,2}|–|－)$")
MEASURED = ("money", "length", "area", "volume", "weight", "speed", "energy", "temperature", "data", "rate")
"""Kinds of units that measure an amount; the others count things, people and events."""
PARTS = {
    "元": {"角": 10, "毛": 10, "分": 100},
    "块": {"角": 10, "毛": 10, "分": 100},
    "斤": {"两": 10},
    "亩": {"分": 10},
    "米": {"分米": 10, "厘米": 100},
    "公里": {"米": 1000},
    "公斤": {"克": 1000},
    "尺": {"寸": 10},
}
"""How many of a smaller unit make one of a larger: 3元5角 is 3.5 元, 一斤二两 is 1.2 斤."""
SIGN = re.compile(r"(?:HK|US|NT|[ACS])?[$＄]|[¥￥€£]|(?<![A-Z])(?:RMB|CNY|USD|EUR|HKD)\s?")
SIGNS = {
    "HK$": "港元", "HKD": "港元", "US$": "美元", "USD": "美元", "$": "美元", "＄": "美元", "NT$": "新台币",
    "A$": "澳元", "C$": "加元", "S$": "新加坡元", "RMB": "元", "CNY": "元", "¥": "元", "￥": "元",
    "EUR": "欧元", "€": "欧元", "£": "英镑",
}  # fmt: skip
"""Currency signs before the number."""
SIGN_ENDS = frozenset(sign[-1] for sign in SIGNS)
DECIMALS = re.compile(
    r"[一二三四五六七八九\d]{1,2}(?![\d一二三四五六七八九十百千万亿个名位件只块元角毛钱米厘分公斤度点%年月日号])"
)
"""Bare digits behind a unit of length: 一米八."""
COINS = re.compile(r"钱|毛|[一二三四五六七八九\d](?:毛|钱|$)")
"""Behind 块 where it is money: 五块八毛, 2块5."""
HALF_OF_NEXT = ("天", "年", "夜", "路", "数")
"""半 behind a unit begins the next word: 3斤|半数."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, before its object is known; [start, end) holds both."""

    start: int
    end: int
    numeral: Numeral
    value: int | float
    max: int | float | None
    unit: str
    kind: str


def figures(text: str, numerals: Sequence[Numeral], taken: Sequence[tuple[int, int]]) -> list[Figure]:
    """The numbers that count, each with its unit; spans (10人至15人) and sums of money (3元5角) are one.

    `taken` are the times and names found already, in order, each by its start and end: a number inside one counts
    nothing.
    """
    found: list[Figure] = []
    reader = measure_reader()
    starts, ends = [start for start, _ in taken], [end for _, end in taken]
    at = 0
    for numeral in numerals:
        begun = bisect_right(starts, numeral.start)
        if numeral.start < at or max(ends[max(0, begun - 4) : begun], default=0) >= numeral.end:
            continue
        measure = None if numeral.unit else reader.behind(text, numeral.end)
        if count_guards.counts_nothing(text, numeral, measure):
            continue
        figure = _figure(text, numeral, measure)
        if figure is None:
            continue
        at = figure.end
        joined = _joined(text, found[-1], figure) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(figure)
    return found


def _figure(text: str, numeral: Numeral, measure: Measure | None) -> Figure | None:
    value, high = numeral.value, numeral.max
    if numeral.unit:
        return Figure(numeral.start, numeral.end, numeral, value, high, numeral.unit, "percent")
    sign = _sign(text, numeral.start)
    if sign and measure is None:
        return Figure(numeral.start, numeral.end, numeral, value, high, sign, "money")
    if measure is None:
        return None
    unit, end = measure.text.removeprefix("个") if measure.text == "个百分点" else measure.text, measure.end
    if unit[0] in BIG:
        value, unit = value * BIG[unit[0]], unit[1:]
        high = None if high is None else high * BIG[measure.text[0]]
    follows = text[end : end + 2]
    if unit == "块" and COINS.match(follows):
        unit = "元"
    kind = "money" if unit == "元" else measure.kind
    if follows[:1] == "半" and follows[1:] not in HALF_OF_NEXT and isinstance(value, int) and kind != "thing":
        value, end = value + 0.5, end + 1
    elif follows[:1] in ("多", "余") and kind in MEASURED:
        end += 1
    if unit == "分" and follows[:1] == "钱":
        kind = "money"
    decimals = DECIMALS.match(text, end) if unit in ("米", "块", "元") and isinstance(value, int) else None
    if decimals and unit == "块":
        unit = "元"
    if decimals:
        digits = "".join(str(DIGITS.get(c, c)) for c in decimals.group())
        value, end = float(f"{value}.{digits}"), decimals.end()
    said = approximation().end(text, end)
    return Figure(numeral.start, said[1] if said else end, numeral, value, high, unit, kind)


def _sign(text: str, start: int) -> str:
    """The currency whose sign ends at `start`, or ""."""
    last = text[start - 1 : start]
    if last not in SIGN_ENDS and not last.isspace():
        return ""
    found = next((m for m in SIGN.finditer(text, max(0, start - 4), start) if m.end() == start), None)
    return SIGNS.get(found.group().strip(), "") if found else ""


def _joined(text: str, first: Figure, second: Figure) -> Figure | None:
    """Two figures as one: 10人至15人, 3元5角."""
    between = text[first.end : second.start]
    if first.unit == second.unit and RANGE.fullmatch(between) and first.max is None and first.value < second.value:
        return replace(first, end=second.end, max=second.value)
    if not between and second.unit in PARTS.get(first.unit, {}):
        value = round(first.value + second.value / PARTS[first.unit][second.unit], 4)
        return replace(first, end=second.end, value=value, unit="元" if first.unit == "块" else first.unit)
    return None
