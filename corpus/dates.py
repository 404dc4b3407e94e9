"""A day as tables and markup write it → ISO 8601. All of China keeps one time (UTC+8), which decides a moment's day."""

import datetime
import email.utils
import math
import re

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
_DIGITS = {
    c: str(n) for n, cs in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_NUMERAL = "〇零○Ｏ一二三四五六七八九十"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
WRITTEN = (
    # 2024-03-12, 2024/3/12, 2024.3.12, 2024年3月12日, also with a weekday or a time behind it
    re.compile(rf"(?<!\d){_YEAR}\s*[-/.年_]\s*(?P<month>\d{{1,2}})\s*[-/.月_]\s*(?P<day>\d{{1,2}})(?!\d)"),
    # 20240312, 20240312T080000, and with a page or a time behind it: 2024031205, 20240312080000
    re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=T|\d{{2}}(?:\d\d){{0,2}}(?!\d)|(?!\d))"),
)
# 二〇二四年三月十二日, 二零二四年十二月三十一日
_IN_CHARACTERS = re.compile(
    rf"(?P<year>[{_NUMERAL}]{{4}})年(?P<month>[{_NUMERAL}]{{1,3}})月(?P<day>[{_NUMERAL}]{{1,3}})日"
)
# 民国二十三年五月六日, 民國113年3月12日: the year 1 is 1912
_REPUBLIC = re.compile(
    rf"民[国國](?P<year>\d{{1,3}}|[{_NUMERAL}]{{1,4}})年(?P<month>\d{{1,2}}|[{_NUMERAL}]{{1,3}})月"
    rf"(?P<day>\d{{1,2}}|[{_NUMERAL}]{{1,3}})日"
)
# a time with its distance from Greenwich: 2024-03-11T16:00:00Z is 12 March in China
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)")
_UNITS = {9: 1, 10: 1, 13: 1000, 16: 1_000_000}
"""Digits of a count of time since 1970 → its parts of a second; eight digits are a date, and so are ten from 20 on."""


def day(written: str | float) -> str | None:
    """The day that `written` names, or None: never a guess (03/12/2024 may be either).

    >>> day("2024年3月12日 星期二"), day("20240312"), day("二〇二四年三月十二日")  # Tuesday
    ('2024-03-12', '2024-03-12', '2024-03-12')
    >>> day("2024-03-11T16:00:00Z"), day(1710172800), day("1710172800000")  # midnight in China
    ('2024-03-12', '2024-03-12', '2024-03-12')
    >>> day("2024-02-30"), day("昨天")  # yesterday
    (None, None)
    """
    if isinstance(written, int | float):
        return None if not math.isfinite(written) or abs(written) >= 10**16 else day(str(int(written)))
    text = written.strip()[:200]
    return _moment(text) or _by_form(text) or _in_characters(text) or _of_mail(text)


def _by_form(text: str) -> str | None:
    for pattern in WRITTEN:
        if match := pattern.search(text):
            return _iso(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _in_characters(text: str) -> str | None:
    if match := _REPUBLIC.search(text):
        return _iso(1911 + _number(match["year"]), _number(match["month"]), _number(match["day"]))
    if match := _IN_CHARACTERS.search(text):
        year = "".join(_DIGITS.get(c, "") for c in match["year"])
        return _iso(int(year or 0), _number(match["month"]), _number(match["day"]))
    return None


def _moment(text: str) -> str | None:
    try:
        if match := _MOMENT.search(text):
            moment = datetime.datetime.fromisoformat(match[0].replace(" +", "+").replace(" Z", "Z"))
            return moment.astimezone(BEIJING).date().isoformat()
        if text.isascii() and text.isdecimal() and (unit := _UNITS.get(len(text))) and text < "2":
            return datetime.datetime.fromtimestamp(int(text) / unit, BEIJING).date().isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _of_mail(text: str) -> str | None:
    """Tue, 12 Mar 2024 08:00:00 +0800, as feeds write it."""
    try:
        moment = email.utils.parsedate_to_datetime(text)
        return (moment.astimezone(BEIJING) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _number(text: str) -> int:
    """12, 十二, 三十一, 一〇三 → the number; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS.get(c, "") for c in text) or 0)


def _iso(year: int, month: int, number: int) -> str | None:
    try:
        return datetime.date(year, month, number).isoformat()
    except ValueError:
        return None
