"""What the words of one point in time say, before it is set against the issue date: 去年重阳节, 5月20日晚, 上周三.

`point_pattern` is the grammar, put together from named parts; `Moment` holds what it found.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from extract import lexicon
from extract.almanac import festivals
from extract.cardinals import read

CHINESE = "[一二三四五六七八九十]"


@dataclass(frozen=True, slots=True)
class Moment:
    """One point in time as said. `…_shift` counts from the issue date, `same_…` from what the article named before."""

    year: int | None = None
    year_shift: int | None = None
    same_year: int | None = None
    month: int | None = None
    month_shift: int | None = None
    month_part: str | None = None
    day: int | None = None
    day_shift: int | None = None
    same_day: int | None = None
    week_shift: int | None = None
    weekday: int | None = None  # 1 Monday … 7 Sunday; 8 the weekend
    year_part: str | None = None
    festival: str | None = None
    lunar: tuple[int, int] | None = None
    quarter_shift: int | None = None
    masked: str | None = None  # a decade or century: 198X, 19XX
    plan: str | None = None
    hour: int | None = None
    minute: int | None = None
    part: str | None = None

    @property
    def bare_day(self) -> bool:
        """Only a day of the month: 13日."""
        return self.day is not None and self.month is None and self.month_shift is None


NOT_SEASON = "运游考训练闱耕播种收雨风节学分到步次级审中高小"
"""春, 夏, 秋, 冬, 初, 底 behind a year begin another word: 今年春运 (the New Year travel season)."""


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def words_of(section: str) -> Mapping[str, Any]:
    """A table of `lexicons/time_words.toml`."""
    section_words: Mapping[str, Any] = lexicon.rules("time_words")[section]
    return section_words


YEAR = (
    r"(?:中华)?民国(?P<republic>\d{1,3}|[一二三四五六七八九十百零〇]{1,6})年|(?<!\d)(?P<republic_bare>1[0-2]\d)年(?=\d{1,2}月)|(?:公元)?(?:(?P<year>(?<!\d)(?:1[4-9]|20|21)\d\d|(?:一[四五六七八九]|二[〇零○一])[〇零○一二三四五六七八九]{2}))"
    r"(?:年度?(?!代)|(?=[上下]半年))"
    r"|(?<!\d)(?P<short_year>\d{2}|[〇零一二三四五六七八九]{2})年(?=\d{1,2}月|" + CHINESE + "{1,3}月)"
)
MONTH = r"(?P<month>(?<!\d)(?:1[0-2]|0?[1-9])|十[一二]?|(?<![一二三四五六七八九十])[一二三四五六七八九])月份?"
DAY_NUMBER = (
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|[二廿]十?[一二三四五六七八九]|二十|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
DAY = rf"(?P<day>{DAY_NUMBER})(?P<day_sign>[日号])"
WEEKDAY = r"(?:星期|周|礼拜)(?P<{}>[一二三四五六日天末])"
LUNAR = (
    r"(?:(?:农|阴|旧)历(?P<lunar_any>正|冬|腊|十[一二]?|[一二三四五六七八九])月"
    r"|(?:农历)?(?P<lunar_named>正|冬|腊)月)"
    r"(?P<lunar_day>初[一二三四五六七八九十]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|十[一二三四五六七八九]?)"
)
MASKED = (
    r"(?:(?P<century>\d{1,2}|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]|上|本|这个?|上个)世纪"
    r"(?:(?P<decade>[1-9]0|[一二三四五六七八九]十)年代(?:初期?|中期|末期?|后期)?|(?P<century_part>初期?|末期?|中叶|末叶|初叶)?)"
    r"|(?<!\d)(?P<decade_only>(?:19|20)?[1-9]0|[一二三四五六七八九]十)年代(?:初期?|中期|末期?|后期)?)"
)
HOUR = r"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九零])"
MINUTE = r"(?:[0-5]\d|\d|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])"


def clock(hour: str, minute: str, half: str) -> str:
    """A clock reading; the arguments name its groups."""
    return (
        rf"(?P<{hour}>(?<!\d){HOUR})(?:(?:时(?!候|间|常|段|代|速|长|装|尚|光|期|节)|点(?:钟|整)?(?![一-龥]{{0,1}}[赞滴击]|位|多|名|亮|燃|面))"
        rf"(?:(?P<{minute}>{MINUTE})分?(?![\d个名])|(?P<{half}>半)|[一三]刻|整)?|[:：](?P<{minute}_b>[0-5]\d)(?:[:：][0-5]\d)?(?!\d))许?"
    )


@cache
def point_pattern() -> re.Pattern[str]:
    """The grammar of one point in time."""
    not_part = lexicon.rules("time_guards")["day_part"]
    single, long = (one_of(w for w in words_of("day_part") if (len(w) > 1) is more) for more in (False, True))
    part = (
        rf"(?P<part>(?:{long})(?!{'|'.join(not_part['long_after'])})"
        rf"|(?:{single})(?!{'|'.join(not_part['single_after'])}))"
    )
    rel_year, same_year = one_of(words_of("year")), one_of(words_of("same_year"))
    rel_month, rel_week = one_of(words_of("month")), one_of(words_of("week"))
    month_part = rf"(?:的)?(?P<month_part>{one_of(w for w in words_of('month_part') if w != '中')}|中(?=[，,、。]))"
    long_parts = [w for w in words_of("year_part") if len(w) > 1]
    short_parts = [w for w in words_of("year_part") if len(w) == 1]
    rel_day = one_of(w for w in words_of("day") if len(w) > 1)
    same_day = one_of(w for w in words_of("same_day") if len(w) > 1)
    of_that_year = rf"(?P<same_year>{same_year})(?=\d|{CHINESE}{{1,3}}月|的?[春夏秋冬上下])"
    anchored = rf"(?:(?:{YEAR})|(?P<rel_year>{rel_year})|{of_that_year})"
    return re.compile(
        rf"""(?:
            (?<![\d.])(?P<iso_year>(?:19|20)\d\d)(?P<iso_sign>[-/.])(?P<iso_month>1[0-2]|0?[1-9])(?P=iso_sign)
              (?P<iso_day>3[01]|[12]\d|0?[1-9])(?![\d.%])(?:\s(?={HOUR}[:：]))?
          | {MASKED}
          | [“"「]?(?P<plan>{one_of(words_of("plan"))})[”"」]?(?:规划)?(?:期间|时期|末期?|初期?|以来|开局之年|收官之年)
          | (?P<rel_week>{rel_week})(?:周|星期)?(?P<rel_weekday>[一二三四五六日天末])?(?![年次]?刊)
          | (?P<rel_quarter>{one_of(words_of("quarter"))})
          | (?P<bare_month_part>月[初中底末])(?!饼)
          | (?P<rel_day>{rel_day})
          | (?P<same_day>{same_day})
          | (?P<short_rel>昨|今|明|当)(?=(?:晨|早|晚|夜)(?!{"|".join(not_part["single_after"])}))
          | (?P<anchor>{anchored})?(?:(?(anchor)的?|)(?:
                {LUNAR}
              | (?:{MONTH}|(?P<rel_month>{rel_month}))(?:{DAY}|{month_part})?
              | (?P<same_date>(?(anchor)今[天日]|(?!)))
              | (?P<year_part>{one_of(long_parts)})
              | (?P<festival>{one_of(festivals())})
              | (?(anchor)(?P<year_part_short>{one_of(short_parts)})(?![{NOT_SEASON}])|(?!))
              | (?P<bare_day>(?(anchor)(?!)|{DAY_NUMBER}))(?P<bare_day_sign>[日号])
            )|(?(anchor)|(?!)))
          | {WEEKDAY.format("bare_weekday")}
          | (?P<bare_clock>(?:{one_of(w for w in words_of("day_part") if len(w) > 1)})(?={HOUR}[时点:：]))
        )
        (?:\s?[（(]\s?{WEEKDAY.format("noted_weekday")}\s?[)）])?
        (?:[，,\s]?{WEEKDAY.format("next_weekday")}(?=[上下中晚]))?
        (?:\s?的?{part})?
        (?:\s?{clock("hour", "minute", "half")})?""",
        re.VERBOSE,
    )


def number(text: str | None) -> int | None:
    """A small number, Arabic or Chinese."""
    if text and text.isascii() and text.isdigit():
        return int(text)
    value = read(text.replace("廿", "二十")) if text else None
    return None if value is None else int(value)


def moment(found: re.Match[str]) -> Moment:
    """What a match of `point_pattern` says."""
    groups = {name: words for name, words in found.groupdict().items() if words}
    said: dict[str, Any] = {}
    for name, words in groups.items():
        if name in SAYS:
            field, value = SAYS[name]
            said[field] = value(words)
    if "bare_month_part" in groups:
        said["month_shift"] = 0
    short = groups.get("short_rel")
    if short == "当":
        said["same_day"] = 0
    elif short:
        said["day_shift"] = words_of("day")[short]
    if "lunar_day" in groups:
        month = groups.get("lunar_any") or groups["lunar_named"]
        said["lunar"] = (_lunar_month(month), _lunar_day(groups["lunar_day"]))
    if "century" in groups or "decade_only" in groups:
        said["masked"] = _masked(groups)
    if "hour" in groups:
        said["hour"], said["minute"] = _clock(groups)
    return Moment(**said)


def _look(section: str) -> Callable[[str], int]:
    words = words_of(section)
    return lambda word: int(words[word])


def _weekday(word: str) -> int:
    return "一二三四五六日末".index(word.replace("天", "日")) + 1


def _republic(word: str) -> int:
    return 1911 + (number(word) or 1)  # Taiwan: 民国113年, 113年3月


def _short_year(word: str) -> int | None:
    short = number(word)
    return None if short is None else short + (1900 if short > 50 else 2000)


SAYS: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "republic": ("year", _republic),
        "republic_bare": ("year", _republic),
        "short_year": ("year", _short_year),
        "iso_year": ("year", number),
        "year": ("year", number),
        "rel_year": ("year_shift", _look("year")),
        "same_year": ("same_year", _look("same_year")),
        "iso_month": ("month", number),
        "month": ("month", number),
        "rel_month": ("month_shift", _look("month")),
        "month_part": ("month_part", str),
        "bare_month_part": ("month_part", str),
        "rel_quarter": ("quarter_shift", _look("quarter")),
        "rel_week": ("week_shift", _look("week")),
        "rel_weekday": ("weekday", _weekday),
        "bare_weekday": ("weekday", _weekday),
        "iso_day": ("day", number),
        "day": ("day", number),
        "bare_day": ("day", number),
        "rel_day": ("day_shift", _look("day")),
        "same_date": ("day_shift", lambda _: 0),
        "same_day": ("same_day", _look("same_day")),
        "year_part": ("year_part", str),
        "year_part_short": ("year_part", str),
        "festival": ("festival", str),
        "plan": ("plan", str),
        "bare_clock": ("part", str),
        "part": ("part", str),
    }
)
"""What the groups of `point_pattern` say, each by itself: the field of the moment, and its value."""


def _lunar_month(word: str) -> int:
    return {"正": 1, "冬": 11, "腊": 12}.get(word) or number(word) or 1


def _lunar_day(word: str) -> int:
    return number(word.removeprefix("初")) or 1


def _masked(groups: Mapping[str, str]) -> str | None:
    century, tens = groups.get("century"), number(groups.get("decade") or groups.get("decade_only"))
    if century is None:
        return None if tens is None else f"{tens if tens > 1000 else 1900 + tens}"[:3] + "X"
    hundreds = (
        20 if century.startswith(("本", "这")) else 19 if century.startswith("上") else (number(century) or 20) - 1
    )
    if tens is not None:
        return f"{hundreds}{tens // 10}X"
    if groups.get("century_part", "").startswith("初"):
        return f"{hundreds}0X"
    return f"{hundreds}XX"


def _clock(groups: Mapping[str, str]) -> tuple[int | None, int | None]:
    hour = number(groups["hour"])
    if hour is None:
        return None, None
    part = groups.get("part") or groups.get("bare_clock") or ("晚" if "short_rel" in groups else None)
    later = words_of("day_part").get(part, 0) if part else 0
    if (later == 12 and hour < 12) or (later == 11 and hour < 3):
        hour += 12
    minute = 30 if "half" in groups else number(groups.get("minute") or groups.get("minute_b"))
    return hour % 24, minute
