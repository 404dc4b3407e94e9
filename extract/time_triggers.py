"""Where in a text a time may begin: a figure with a unit of time behind it, or a word of time.

Most characters begin neither. Two classes of characters find the few pairs that might; what stands there is then looked
up by its pair, so that no alternation of hundreds of words is tried along the text.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from extract.almanac import festivals
from extract.moments import words_of

SECTIONS = ("vague", "day", "same_day", "year", "same_year", "month", "week", "year_part", "since", "quarter")
"""Tables of `lexicons/time_words.toml` whose words begin a time."""
OTHERS = (
    *("星期", "礼拜", "农历", "阴历", "旧历", "正月", "腊月", "冬月", "月初", "月中", "月底", "月末"),
    *("公元", "民国", "中华民国", "上世纪", "上个世纪", "本世纪", "这世纪", "这个世纪"),
    *("过去", "最近", "未来", "今后"),
)
"""Words with which the grammar of moments, of stretches up to the issue (最近三年) and of centuries begins."""
BEFORE_FIGURES = "周近"
"""周三, 近5年: what may stand behind is `FIGURES`."""
FIGURES = "一二两三四五六七八九十日天末半0123456789"
NUMBER = re.compile(
    r"\d{4}[年\-/.—~至上下]|\d{1,2}[年月日号时点世季:：至到、—~～\-/]|[〇○Ｏ零一二三四五六七八九十廿]{1,4}[年月日号世季时点至到、]"
    r"|[\d一二两三四五六七八九十半]{1,4}个?(?:[年月周天日]|星期|礼拜)|[“\"「](?=[\d一二三四五六七八九十])|十[一二三四五]五"
)
"""A figure with a unit of time or a sign of a span behind it, and a figure that opens a quotation (“十四五”期间)."""
NUMBER_FIRST = r"\d〇○Ｏ零一二三四五六七八九十廿两半“\"「"
NUMBER_SECOND = r"\d〇○Ｏ零一二三四五六七八九十廿两半个年月日号时天周星礼点世季:：至到、—~～\-/"
"""The first two characters of what `NUMBER` matches, as classes."""


def time_triggers(text: str) -> Iterator[int]:
    """The places where it is worth trying to read a time, in order.

    >>> list(time_triggers("近日，12名党员于3月5日慰问老人"))  # lately 12 members visited the old on 5 March
    [0, 9, 11]
    """
    words = _words()
    for found in _pair().finditer(text):
        start = found.start()
        begun = words.get(text[start : start + 2])
        if (begun is not None and text.startswith(begun, start)) or NUMBER.match(text, start):
            yield start


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """The words of time by their first two characters."""
    words = {word for section in SECTIONS for word in words_of(section)} | set(festivals()) | set(OTHERS)
    words |= {"自" + word for word in words_of("since")} | set(words_of("day_part"))
    words |= {a + b for a in "昨今明当" for b in "晨早晚夜"} | {a + b for a in BEFORE_FIGURES for b in FIGURES}
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(word for word in words if len(word) > 1):
        found[word[:2]] = (*found.get(word[:2], ()), word)
    return MappingProxyType(found)


@cache
def _pair() -> re.Pattern[str]:
    """A character that may begin a word of time or a number, before one that may be its second."""
    first, second = ("".join(sorted({pair[at] for pair in _words()})) for at in (0, 1))
    return re.compile(f"[{NUMBER_FIRST}{re.escape(first)}](?=[{NUMBER_SECOND}{re.escape(second)}])")
