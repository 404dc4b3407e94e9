"""What a run of number characters is worth: 两万五 -> 25000, 1.2万 -> 12000, 十五六 -> 15 to 16.

Pure reading, no searching: the caller hands over exactly the characters of one number. Values are exact (Decimal
inside); an integer comes out as int.
"""

import re
from decimal import Decimal

Number = int | float

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10_000, "亿": 100_000_000}
UNITS = SMALL | BIG
FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩幺", "一二二三三四五六六七八九十百千万亿两一")
"""Numerals of cheques and of traditional print, as the everyday ones. Character by character: offsets stay."""
WIDE = str.maketrans("０１２３４５６７８９．％＋－／，", "0123456789.%+-/,")
"""Full-width figures and signs as half-width ones. Character by character: offsets stay."""
_WIDE_FIGURE = re.compile("[０-９．％＋－／]")

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_TENS = {"廿": "二十", "卅": "三十"}


def half_width(text: str) -> str:
    """The text with its figures and the signs in them (`WIDE`) as half-width ones.

    >>> half_width("共１２，０００元，占８％")  # 12,000 yuan in all, 8%
    '共12,000元,占8%'
    """
    if _WIDE_FIGURE.search(text):
        return text.translate(WIDE)
    return text.replace("，", ",")  # the one that every text has: a comma


def tidy(value: Decimal | int) -> Number:
    """A Decimal as int where it is whole, else as float.

    >>> tidy(Decimal("8.4") * 10000), tidy(Decimal("0.5"))
    (84000, 0.5)
    """
    return int(value) if value == int(value) else float(value)


def read(text: str) -> Decimal | None:
    """The value of a Chinese, Arabic or mixed cardinal, or None where the characters make no number.

    >>> read("一千二百三十四点五六"), read("1万2千"), read("两万五"), read("二〇二四")
    (Decimal('1234.56'), Decimal('12000'), Decimal('25000'), Decimal('2024'))
    >>> read("三八") is None  # 8 March, a road: two digits side by side are no number
    True
    """
    for old, new in _TENS.items():
        text = text.replace(old, new)
    whole, dot, fraction = text.partition("点")
    if dot:
        tail = fraction.rstrip("万亿")
        if not tail or any(c not in DIGITS for c in tail):
            return None
        base = read(whole)
        if base is None:
            return None
        digits = "".join(str(DIGITS[c]) for c in tail)
        scale = Decimal(1)
        for unit in fraction[len(tail) :]:
            scale *= BIG[unit]
        return (base + Decimal(f"0.{digits}")) * scale
    if all(c in DIGITS for c in text) and len(text) > 1:
        if len(text) == 2 and DIGITS[text[0]] and DIGITS[text[1]]:
            return None
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return _with_units(text)


def _with_units(text: str) -> Decimal | None:
    """Reads digit-unit pairs from the left; a trailing digit counts the next lower unit (三百五 = 350)."""
    total = section = Decimal(0)  # what 亿 and 万 have closed; what is open
    pending: Decimal | None = None
    last = 0  # the unit read last: 0 after a 零, which makes a trailing digit count ones
    lowest: int | None = None  # small units must fall within a section: 三百二千 is no number
    at = 0
    while at < len(text):
        char = text[at]
        figure = _FIGURE.match(text, at)
        if figure:
            if pending is not None:
                return None
            pending, at = Decimal(figure.group().replace(",", "")), figure.end()
            continue
        at += 1
        if char in DIGITS:
            if DIGITS[char] == 0:
                last = 0
                if pending is not None:
                    return None
                continue
            if pending is not None:
                return None
            pending = Decimal(DIGITS[char])
        elif char in SMALL:
            unit = SMALL[char]
            if lowest is not None and unit >= lowest:
                return None
            section += (Decimal(1) if pending is None else pending) * unit
            pending, last, lowest = None, unit, unit
        elif char in BIG:
            unit = BIG[char]
            section += Decimal(0) if pending is None else pending
            if section == 0 and total == 0:
                section = Decimal(1)
            if char == "亿":
                total, section = (total + section) * unit, Decimal(0)
            else:
                if total and total % BIG["亿"] == 0 and section == 0:
                    return None
                total, section = total + section * unit, Decimal(0)
            pending, last, lowest = None, unit, None
        else:
            return None
    if pending is not None:
        if last > 10 and pending < 10 and pending == int(pending):
            pending *= last // 10
        section += pending
    return total + section


def read_span(text: str) -> tuple[Decimal, Decimal | None] | None:
    """Value and upper end: two neighbouring digits side by side are a span, else as `read`.

    >>> read_span("三四十"), read_span("十五六"), read_span("七八万")
    ((Decimal('30'), Decimal('40')), (Decimal('15'), Decimal('16')), (Decimal('70000'), Decimal('80000')))
    """
    if "点" not in text:
        for at in range(len(text) - 1):
            low, high = DIGITS.get(text[at]), DIGITS.get(text[at + 1])
            if low is None or high is None or not low:
                continue
            alone = at + 2 == len(text) or text[at + 2] not in DIGITS
            before = at == 0 or text[at - 1] not in DIGITS
            if alone and before and (high == low + 1 or (low, high) == (3, 5)):
                first = read(text[:at] + text[at] + text[at + 2 :])
                last = read(text[:at] + text[at + 1 :])
                if first is not None and last is not None:
                    return first, last
    value = read(text)
    return None if value is None else (value, None)
