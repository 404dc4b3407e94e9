"""Numbers as Chinese print writes them, before anyone knows what they count.

Reads Arabic, Chinese, cheque and mixed forms (1.2万, 三千余, 壹仟元, 两万五), fractions and percentages (三分之二,
九成五, 90.59%), spans (10至15, 三四十) and the words that make them approximate. `numeral_forms.PRECEDENCE` is the
order in which the forms are tried.

A vague number (数十 dozens, 几百, 成千上万) has no value and is none; a numeral that is only part of a word (统一,
三无, 五台山) is none either; a lone 百, 千, 万 is one only with an approximating word or a counter (近万人, 百余名).
百分之 and 成 are per cent (unit "%"); other written fractions are their quotient (三分之二 is 0.667, 千分之三 0.003).
"""

import re
import string
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from extract.approximation import approximation
from extract.cardinals import DIGITS, FORMAL, SMALL, UNITS, half_width, read, read_span, tidy
from extract.measures import Measure, measure_reader
from extract.number_words import number_words
from extract.numeral_forms import DIGIT, PATTERN, PLAIN, SIMPLE, TRIGGER
from schemas.annotations import Mod, Numeral

NOT_NEGATIVE = "担肩背胜自抱欠辜"
"""负 ends a word: 肩负三项任务 (shoulders three tasks)."""
WEEKDAY = re.compile(r"(?:周|星期|礼拜|初|腊月)$")
LONE = re.compile(rf"[{DIGIT}十]|[一二三四五六七八九][二三四五六七八九]")
BARE = re.compile(r"[百千万亿]|[十百千]万|[百千万]亿|千百|百千")
COUNTED_BARE = re.compile(r"[名位余户]|人(?:次|参|齐|共|同|签|徒|健|上街)")
HALF_MORE = re.compile(r"个半(?=小时|钟头|月(?!月)|星期|世纪|$|[，。、；）])")
GROWING = frozenset("余多来几个")
"""Behind a number, these may make it larger: 2|多万, 3|个亿, 3|个半|小时."""
GROWN = re.compile(r"[余多来几](?P<by>[百千]?[万亿]+|[百千])")
LETTERS = frozenset(string.ascii_letters + "_")


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of `text` in order, none overlapping; offsets count characters, half-open.

    The span holds the number with 余, 多, 来, % on it, not the word before (约) nor its measure word.

    >>> n, = find_numerals("发放资料三千余份")  # over 3,000 copies handed out
    >>> (n.value, n.mod, "发放资料三千余份"[n.start:n.end])
    (3000, 'over', '三千余')
    >>> [(n.value, n.max, n.unit) for n in find_numerals("10至15人，占九成五，统一行动")]  # 10 to 15 people, 95%
    [(10, 15, ''), (95, None, '%')]
    """
    return _found(text)


@lru_cache(maxsize=64)
def _found(text: str) -> tuple[Numeral, ...]:
    """The articles of a page are kept: all are cut into words before the first is read."""
    return tuple(_numerals(text))


def _numerals(text: str) -> Iterator[Numeral]:
    plain = half_width(text)
    at = 0
    while trigger := TRIGGER.search(plain, at):
        start = trigger.start()
        if simple := SIMPLE.match(plain, start):
            at = simple.end()
            value = _simple(plain, start, at)
            numeral = None if value is None else _finish(plain, start, start, at, value, None, "")
        else:
            numeral, at = _compound(plain, start)
        if numeral is not None:
            yield numeral
            at = numeral.end


def _simple(text: str, start: int, end: int) -> int | None:
    """What figures or a lone Chinese digit say; None where they are part of a code or a word."""
    run = text[start:end]
    if run.isascii():
        return None if _code(text, start, end) else int(run)
    return (DIGITS.get(run) or SMALL[run]) if _is_number(text, start, end, run) else None


def _compound(text: str, start: int) -> tuple[Numeral | None, int]:
    """The number at `start` in any form, and where to look on if there is none."""
    found = PATTERN.match(text, start)
    if found is None:
        return None, start + 1
    numeral = _read(text, found)
    if numeral is None and found.lastgroup in ("span", "listed", "slash", "tenths"):
        again = PLAIN.match(text, start)
        numeral = _read(text, again) if again else None
    return numeral, _skip(found)


def _skip(found: re.Match[str]) -> int:
    """Where to look on after a form that was no number: behind its first character run."""
    form = _form(found)
    if form in ("span", "listed"):
        return found.end("low" if form == "span" else "first")
    return found.end() if form in ("vague", "plain", "formal", "slash") else found.start(form) + 1


def _form(found: re.Match[str]) -> str:
    """Which of `PRECEDENCE` was found: its group closes last."""
    return found.lastgroup or ""


def _read(text: str, found: re.Match[str]) -> Numeral | None:
    form = _form(found)
    start, end = found.start(form), found.end()
    unit = ""
    high: Decimal | None = None
    value: Decimal | None
    if form == "vague":
        return None
    if form == "fraction":
        value, high, unit = _fraction(found)
    elif form == "formal":
        value = read(found["formal"].translate(FORMAL))
        if len(found["formal"]) == 1 and found["formal"] in "拾佰仟萬億":
            return None
    elif form == "discount":
        digits = found["discount"]
        value = Decimal(DIGITS[digits[0]]) + Decimal(DIGITS[digits[1]]) / 10
    elif form == "slash":
        over, under = int(found["over"]), int(found["under"])
        value = Decimal(over) / under if 0 < over < under <= 100 else None
    elif form == "tenths":
        value, high, unit = _tenths(text, found)
    elif form in ("span", "listed"):
        value, high, end = _span(text, found, form)
    elif form == "half":
        value = None if number_words().covers(text, start, end) else Decimal("0.5")
    elif form == "pair":
        value = Decimal(2 if found["pair"] == "俩" else 3)
    else:
        value, high, end = _plain(text, start, end)
    if value is None:
        return None
    first = start
    if found["minus"] and not (
        found["minus"] == "负" and text[found.start() - 1 : found.start()] in tuple(NOT_NEGATIVE)
    ):
        first, value = found.start(), -value
    return _finish(text, first, start, end, value, high, unit)


def _fraction(found: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str]:
    base, part = read(found["base"]), Decimal("0.5") if found["part"] == "半" else read(found["part"])
    high = read(found["part2"]) if found["part2"] else None
    if not base or part is None:
        return None, None, ""
    if base == 100:
        return part, high, "%"
    whole = (read(found["whole"]) or Decimal(0)) if found["whole"] else Decimal(0)
    return whole + part / base, None if high is None else high / base, ""


def _tenths(text: str, found: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str]:
    if number_words().covers(text, found.start("tenth"), found.end("tenths")):
        return None, None, ""
    half = found["fifth"]
    value = (read(found["tenth"]) or Decimal(0)) * 10
    if half:
        value += Decimal(5) if half == "半" else read(half) or Decimal(0)
    if text[found.start("tenth") - 1 : found.start("tenth")] in tuple("第十百千万"):
        return None, None, ""
    high = read(found["tenth2"]) if found["tenth2"] else None
    return value, None if high is None else high * 10, "%"


def _span(text: str, found: re.Match[str], form: str) -> tuple[Decimal | None, Decimal | None, int]:
    first, last = (found["low"], found["high"]) if form == "span" else (found["first"], found["second"])
    low, high = read(first), read(last)
    if low is None or high is None or _leads_with_zero(first) or _leads_with_zero(last):
        return None, None, 0
    end = found.end()
    if form == "listed":
        if len(last) > 1 and first[-1] in DIGIT:
            low *= (read("一" + last[1:]) or Decimal(1)) if last[1:] else 1
        elif len(first) > 1:
            high += low - (read(first[-1]) or 0)
        measure = measure_reader().behind(text, end)
        if high - low not in (1, 10, 100, 1000, 10000) or measure is None or measure.kind == "rank":
            return None, None, 0
        return low, high, end
    if low < high and last[-1] in "万亿千百" and first[-1] not in UNITS and first[-1] not in SMALL:
        factor = read("1" + last[len(last.rstrip("万亿千百")) :])
        if factor and low < high / factor:
            low *= factor
    if low >= high or len(first) > 7 or len(last) > 9:
        return None, None, 0
    if LONE.fullmatch(last) and not measure_reader().behind(text, end):
        return None, None, 0
    return low, high, end


def _leads_with_zero(figure: str) -> bool:
    return len(figure) > 1 and figure[0] == "0" and figure[1] != "."


def _plain(text: str, start: int, end: int) -> tuple[Decimal | None, Decimal | None, int]:
    """Value, upper end and end of a single cardinal; the value is None where it is part of a word or a code."""
    run = text[start:end]
    if run[0].isascii():
        if _code(text, start, end):
            return None, None, end
        value = read(run)
        return value, None, end
    while len(run) > 1 and read_span(run) is None:
        run = run[:-1]
        if text[start + len(run)] != "两" and not any(c in UNITS for c in run):
            return None, None, end  # 三七二十一 is no 372
    end = start + len(run)
    found = read_span(run)
    if found is None or not _is_number(text, start, end, run):
        return None, None, end
    return found[0], found[1], end


def _code(text: str, start: int, end: int) -> bool:
    """Whether figures are part of a code (5G, A4, 0351-…) and say no number."""
    run = text[start:end]
    if start and text[start - 1] in LETTERS:
        return True
    if _leads_with_zero(run) or len(run) > 14:
        return True
    if start > 1 and text[start - 1] in "-—" and text[start - 2].isdigit() and len(run) >= 5:
        return True
    return text[end : end + 1] in LETTERS and measure_reader().at(text, end) is None


def _is_number(text: str, start: int, end: int, run: str) -> bool:
    """Whether Chinese characters of a number say one here: no part of a word, and a lone digit only with a counter."""
    if text[start - 1 : start] == "第" and start:
        return True
    words = approximation()
    if BARE.fullmatch(run) and (words.before(text, start, bare=True) or words.before(text, start)):
        return True
    measure = measure_reader().behind(text, end)
    if LONE.fullmatch(run) and not _lone(text, start, end, run, measure):
        return False
    if number_words().covers(text, start, end, measure is not None and measure.plain and start > 0):
        return False
    if BARE.fullmatch(run):
        if text[end : end + 1] in ("余", "多", "来") and text[end : end + 1]:
            return measure_reader().behind(text, end + 1) is not None or GROWN.match(text, end) is not None
        if len(run) > 1 or run == "亿":
            return measure is not None and run != "千百"
        return COUNTED_BARE.match(text, end) is not None
    return True


def _lone(text: str, start: int, end: int, run: str, measure: Measure | None) -> bool:
    """Whether what stands around one or two Chinese digits lets them be a number."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if WEEKDAY.search(text, max(0, start - 2), start):
        return False
    if before == "负" or text[max(0, start - 2) : start] == "零下":
        return True
    if measure is not None:
        return measure.plain or len(run) > 1 or measure.kind in ("length", "weight", "volume", "time", "money", "rate")
    if run == "十" and after in ("余", "多", "来", "几"):
        return True
    return not before.isalnum() and not after.isalnum() and after not in ("、", "）", ")", "”", "·")


def _finish(
    text: str, first: int, start: int, end: int, value: Decimal | int, high: Decimal | None, unit: str
) -> Numeral:
    """Per cent, 余 and 多, the words around: the number as it will be used; its sign, if any, stands at `first`."""
    words = approximation()
    mod: Mod = "exact"
    if text[end : end + 1] in ("%", "‰") and not unit:
        unit = text[end]
        end += 1
    if text[end : end + 1] in GROWING or text[end : end + 1] in words.after:
        value, high, mod, end = _grown(text, start, end, value, high, unit)
    if mod == "exact":
        bare = BARE.fullmatch(text, start, end) is not None
        before = (bare and words.before(text, first, bare=True)) or words.before(text, first)
        if before:
            mod = before[0]
    if mod == "exact":
        mod = _said_behind(text, end, unit)
    return Numeral(first, end, tidy(value), None if high is None else tidy(high), mod, unit)


def _said_behind(text: str, end: int, unit: str) -> Mod:
    """The mod by what stands behind the number and its measure word: 30人|左右, 3米|多."""
    words, measures = approximation(), measure_reader()
    near = text[end : end + measures.reach]
    if words.end_first.isdisjoint(near) and "多" not in near and "余" not in near:
        return "exact"
    measure = None if unit else measures.behind(text, end)
    behind = words.end(text, measure.end if measure else end)
    if behind:
        return behind[0]
    if measure and text[measure.end : measure.end + 1] in ("多", "余") and measure.kind not in ("person", "thing"):
        return "over"
    return "exact"


def _grown(
    text: str, start: int, end: int, value: Decimal | int, high: Decimal | None, unit: str
) -> tuple[Decimal | int, Decimal | None, Mod, int]:
    """Value, upper end, mod and end of the number with what is written on it: 3|个亿, 2|多万, 三千|余, 3|个半|小时."""
    mod: Mod = "exact"
    if text[end : end + 2] == "个亿":
        value, end = value * UNITS["亿"], end + 2
        high = None if high is None else high * UNITS["亿"]
    grown = None if unit else GROWN.match(text, end)
    if grown:
        factor = read("一" + grown["by"] if grown["by"][0] in SMALL else "1" + grown["by"])
        if factor:
            value, mod, end = value * factor, "over" if text[end] != "来" else "about", grown.end()
            high = None if high is None else high * factor
    elif not unit and text[end : end + 1] in approximation().after and _grows(text, start, end):
        mod, end = approximation().after[text[end]], end + 1
    if not unit and high is None and mod == "exact" and HALF_MORE.match(text, end):
        value, end = value + Decimal("0.5"), end + 2
    return value, high, mod, end


def _grows(text: str, start: int, end: int) -> bool:
    """Whether the 余, 多, 来, 几, + at `end` belongs to the number before it."""
    sign, last = text[end], text[end - 1]
    if sign in "+＋":
        return (last.isdigit() and not text[end + 1 : end + 2].isalnum()) or measure_reader().at(
            text, end + 1
        ) is not None
    if sign == "几":
        return last == "十" or (last == "0" and text[start:end].isdigit())
    round_number = last in "十百千万亿廿卅0"
    follows = measure_reader().behind(text, end + 1) is not None
    if sign == "来":
        return round_number and last not in "万亿" and follows
    if sign == "余":
        return text[end + 1 : end + 2] not in ("额", "热", "下", "杭", "姚")
    if sign == "把":
        return False
    return round_number and (follows or text[end + 1 : end + 2] not in ("元", "样", "次", "方", "家", "人", "功", "媒"))
