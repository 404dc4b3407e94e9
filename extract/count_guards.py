"""Numbers that count nothing: ordinals, names and codes, 一 as an article, times, slogans."""

import re
from collections.abc import Sequence

from extract.measures import Measure
from extract.times import readings
from schemas.annotations import Numeral, Span

ORDINAL = re.compile(r"第\s?$")
NAMED_BEFORE = re.compile(
    r"(?:电话|热线|拨打|邮编|编号|车牌|QQ|微信|尾号|工号|代码|号码|国道|省道|县道|G|S|No\.?|NO\.?|№|周|星期|礼拜|初|农历|正月|腊月|小学|中学|公交|地铁|航班|门牌|[A-Za-z])\s?[:：]?$"
)
NAMED_AFTER = re.compile(
    r"(?:号|#|栋\d|幢\d|单元|楼|室|中(?!队|心|国|年|学生|小)|小(?!时|学生|区|吃|型|组|朋友|孩)|路(?!灯|口|段|面|牌)|热线|工作法|模式|平台(?!\d)|专线|国道|省道|次列车|次航班|医院|仪|型|版|期|届|级|路公交|线(?!索|路|下|上)|环(?!境|保|卫|节)|班(?=[的同学主\d，。]))"
)
SLOGAN = re.compile(
    r"(?:个(?:意识|自信|维护|确立|全面|代表|一百年|专项|务必|善于|必然|不准|不得|坚持|统筹|到位|落实|清单)|大(?!型|件|袋|桶|片|批|箱|类|步|棚|树|包|瓶|盒|张|块|碗|排)|位一体|合一|化(?!肥|粪|妆)|不(?!少)|新(?!增)|清(?!理)|提|优|治|同步|讲|查|比|看|送(?!给)|进(?!行|入)|到(?!位)|有(?!人)|零|心|高)"
)
ADDRESS = re.compile(r"\d|[的、]|单元|居民(?!楼)|业主|住户|[东西南北]侧|门口|楼下|楼前|楼后|前|后|一")
"""What follows 12栋 where that is an address and no number of houses."""
SPEECH = "，,。！!？?；;"


def counts_nothing(text: str, numeral: Numeral, measure: Measure | None, taken: Sequence[Span]) -> bool:
    """Whether the number is part of a time, a name, an order or a way of speaking.

    `taken` are the times and names found already, in order.
    """
    start, end = numeral.start, numeral.end
    if any(span.start <= start and end <= span.end for span in taken):
        return True
    if ORDINAL.search(text, max(0, start - 2), start):
        return True
    if NAMED_BEFORE.search(text, max(0, start - 4), start) and numeral.unit == "":
        return True
    run = text[start:end]
    if measure is None:
        return numeral.unit == "" and NAMED_AFTER.match(text, end) is not None
    if measure.kind == "rank":
        return True
    if run in ("一", "半"):
        return True
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
    if measure.text in ("个",) and SLOGAN.match(text, measure.start):
        return True
    if measure.text == "个" and text[measure.end : measure.end + 1] in tuple("一多") and len(run) == 1:
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
