"""Numbers that count nothing: ordinals, names and codes, 一 as an article, times, slogans."""

import re
from collections.abc import Sequence

from extract.measures import Measure
from extract.times import readings
from schemas.annotations import Numeral, Span

ORDINAL = re.compile(r"第\s?$")
NAMED_BEFORE = re.compile(
    r"(?:邮编|编号|车牌|QQ|微信|尾号|工号|代码|号码|国道|省道|县道|No\.?|NO\.?|№|[A-Za-z])\s?[:：]?$"
)
SLOGAN = re.compile(
    r"个(?:意识|自信|维护|确立|全面|代表|一百年|务必|善于|必然|不准|不得|坚持|统筹|到位|落实|一(?![\u4e00-\u9fff])|多)"
)
ADDRESS = re.compile(r"\d|[的、]|单元|居民(?!楼)|业主|住户|[东西南北]侧|门口|楼下|楼前|楼后|前|后|一")
"""What follows 12栋 where that is an address and no number of houses."""
AMOUNTS = ("length", "area", "volume", "weight")
SPOKEN = ("里", "尺", "寸", "丈", "两", "钱", "分", "方", "码")
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
    if measure.text in ("组", "队") and text[start - 1 : start] in tuple("村社屯庄区"):
        return True
    if measure.text in ("栋", "幢") and ADDRESS.match(text, measure.end):
        return True
    if measure.text == "分" and re.match(r"\d+秒|钟", text[measure.end : measure.end + 4]):
        return True
    if (
        measure.kind == "money"
        and measure.text in ("角", "分", "毛")
        and text[measure.end : measure.end + 1] in tuple("落度形色之分")
    ):
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


def times_and_names(text: str, spans: Sequence[Span]) -> list[Span]:
    """The given spans and every time of the text, also recurring ones."""
    return sorted({*spans, *(Span(r.start, r.end) for r in readings(text))})
