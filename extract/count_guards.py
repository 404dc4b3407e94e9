"""Numbers that count nothing: ordinals, names and codes, 一 as an article, times, slogans."""

import re
from collections.abc import Sequence

from extract import lexicon
from extract.measures import Measure
from extract.times import readings
from schemas.annotations import Numeral

ORDINAL = re.compile(r"第\s?$")


def _guard(section: str, key: str = "after") -> str:
    """A list of `lexicons/count_guards.toml` as one pattern."""
    return "|".join(lexicon.rules("count_guards")[section][key])


NAMED_BEFORE = re.compile(rf"(?:{_guard('code', 'before')})\s?[:：]?$")
SLOGAN = re.compile(rf"个(?:{_guard('slogan')})")
ADDRESS = re.compile(_guard("address"))
NO_COIN = re.compile(_guard("no_coin"))
VILLAGE_BODY = re.compile(rf"(?:{_guard('village_body', 'before')})$")
AMOUNTS = ("length", "area", "volume", "weight")
SPOKEN = frozenset(lexicon.rules("count_guards")["spoken"]["units"])
"""Amounts of one that are a way of speaking: 一寸土地."""
SPEECH = "，,。！!？?；;"


def counts_nothing(text: str, numeral: Numeral, measure: Measure | None) -> bool:
    """Whether the number is part of a code, an order or a way of speaking."""
    start = numeral.start
    if ORDINAL.search(text, max(0, start - 2), start):
        return True
    if NAMED_BEFORE.search(text, max(0, start - 4), start) and numeral.unit == "":
        return True
    run = text[start : numeral.end]
    if measure is None:
        return False
    if measure.kind == "rank":
        return True
    if run in ("一", "半"):
        return measure.kind not in AMOUNTS or measure.text in SPOKEN
    if measure.text in ("组", "队") and VILLAGE_BODY.search(text, max(0, start - 1), start):
        return True
    if measure.text in ("栋", "幢") and ADDRESS.match(text, measure.end):
        return True
    if measure.text == "分" and re.match(r"\d+秒|钟", text[measure.end : measure.end + 4]):
        return True
    if measure.kind == "money" and measure.text in ("角", "分", "毛") and NO_COIN.match(text, measure.end):
        return True
    if SLOGAN.match(text, measure.start):
        return True
    return _in_name(text, start, measure.end)


def _in_name(text: str, start: int, end: int) -> bool:
    """Whether the number stands in a short quotation that is a name or slogan: “三个一”, “365”工作法."""
    opened = max(text.rfind("“", max(0, start - 14), start), text.rfind("‘", max(0, start - 14), start))
    if opened < 0 or "”" in text[opened:start] or "’" in text[opened:start]:
        return False
    close = text.find("”", end, end + 14)
    if close < 0:
        close = text.find("’", end, end + 14)
    inner = text[opened + 1 : close] if close >= 0 else ""
    return bool(inner) and len(inner) <= 14 and not any(mark in inner for mark in SPEECH)


def times_and_names(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The given stretches and every time of the text, also recurring ones, in order."""
    return sorted({*stretches, *((r.start, r.end) for r in readings(text))})
