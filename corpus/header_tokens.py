"""What headers of pages are made of: dates, weekdays, lunar days, numbers of pages, names of papers, who edited.

Expressions are for half-width, simplified text (page_header.py makes it so).
"""

import datetime
import re
from collections.abc import Iterable

from corpus.header_words import words
from corpus.metadata import PAPER

TOKEN = "\0"
"""Stands in a line where something was recognised and taken out."""
HAN = r"(?-i:[\u3400-\u9fff〇○])"  # a range that ignores case is spelt out character by character when it is compiled
_WORDS = words()
_DIGITS = {digit: value for value, pair in enumerate(("〇○零", *"一二三四五六七八九")) for digit in pair}
_D = "".join(_DIGITS)
_GAP = r"[ \t]{0,3}"
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _WORDS.months)
_DAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _WORDS.weekdays)


def _expressions(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


DATES = _expressions(
    # 2024年3月12日
    rf"(?<!\d)(?P<y>(?:19|20)\d\d){_GAP}年{_GAP}(?P<m>\d{{1,2}}){_GAP}月{_GAP}(?P<d>\d{{1,2}}){_GAP}日",
    # 二〇二四年三月十二日
    rf"(?<!{HAN})(?P<y>[一二][{_D}]{{3}})年(?P<m>[{_D}十]{{1,2}})月(?P<d>[{_D}十]{{1,3}})日",
    # 民国113年3月12日
    rf"(?:中华)?民国{_GAP}(?P<republic>\d{{2,3}}|[{_D}]{{2,3}})年(?P<m>[\d{_D}十]{{1,2}})月(?P<d>[\d{_D}十]{{1,3}})日",
    # 2024.03.12, 2024-3-12, 2024/03/12
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<mark>[-./])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d|\.\d)",
    # March 12, 2024
    rf"(?<![a-z])(?P<m>{_MONTH})\.?{_GAP}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_GAP},?{_GAP}(?P<y>(?:19|20)\d\d)(?!\d)",
    # 12 March 2024
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<m>{_MONTH})\.?,?{_GAP}(?P<y>(?:19|20)\d\d)(?!\d)",
)
WEEKDAYS = _expressions(
    rf"(?:星期|礼拜|周){_GAP}(?P<day>[一二三四五六日天])(?!岁|刊|年|末)",
    rf"(?<![a-z])(?P<english>{_DAY})(?![a-z])\.?,?",
)
LUNAR = _expressions(
    # 农历甲辰年二月初三
    r"(?:[农夏阴]历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥](?:\(?[鼠牛虎兔龙蛇马羊猴鸡狗猪]\)?)?年)?"
    r"闰?(?:正|冬|腊|十[一二]?|[一二三四五六七八九])月(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十)",
)
_COLON = rf"(?:{_GAP}:)?"
"""Before the section's name: 第A05版:社区新闻."""
PAGES = _expressions(
    # 第03版, 第A05版, 第十二版
    rf"第{_GAP}(?P<n>(?:[a-z]{_GAP}-?{_GAP})?\d{{1,3}}|[{_D}十]{{1,3}}){_GAP}版{_COLON}",
    # 十二版
    rf"(?<![a-z\d])(?<!{HAN})(?P<n>[{_D}十]{{1,3}}){_GAP}版(?!{HAN}){_COLON}",
    # A05版, 3版
    rf"(?<![a-z\d])(?P<n>[a-z]?{_GAP}-?{_GAP}\d{{1,3}}){_GAP}版(?![权本面式图]){_COLON}",
    # 版次:03, P3
    r"(?:版次|版|page|(?<![a-z])p\.?)[ :]{0,2}(?P<n>[a-z]?\d{1,3})(?![\da-z])",
    # A05
    rf"(?<![a-z\d])(?P<n>[a-z]-?\d{{1,2}})(?![a-z\d]){_COLON}",
)
_CREDITS = "|".join(_WORDS.credits)
_NAME = rf"(?!{_CREDITS})(?:{HAN}{{2,4}}|{HAN} {{1,2}}{HAN})"
IMPRINTS = _expressions(
    # 责编 李明 / 电话 0931-0000000
    rf"(?:{_CREDITS}){_GAP}[:/|·]?{_GAP}"
    rf"(?:[\w.+-]+@[\w.-]+|[\d()-]{{5,20}}|{_NAME}(?:[ 、/]{{1,2}}{_NAME}){{0,3}}(?!{HAN}))",
    # CN62-0000
    rf"(?:{'|'.join(_WORDS.registers)}){_GAP}:?{_GAP}[a-z]{{0,3}}{_GAP}\d[\d./-]*{_GAP}元?|(?<![a-z])cn ?\d\d-\d{{4}}",
    # 总第1234期
    rf"总?第{_GAP}\d{{1,6}}{_GAP}[期号]|总{_GAP}\d{{1,6}}{_GAP}期",
    # 今日8版
    rf"(?:今日|今天|本期|共|今){_GAP}\d{{1,3}}{_GAP}版",
    r"(?:https?://|www\.)[\w./-]+",
)
_PAPER = re.compile(PAPER.pattern + rf"(?!讯|道|社|名|告|警|纸|记者|编辑|{HAN}{{0,9}}(?:公司|集团))", re.VERBOSE)
_SECTIONS = "|".join(sorted((*_WORDS.columns, *_WORDS.terms), key=len, reverse=True))
_FIRST_SECTION = re.compile(_SECTIONS)
SECTION = re.compile(rf"(?:{_SECTIONS}){{1,3}}")
NEVER = re.compile("|".join(_WORDS.never))


def take(patterns: Iterable[re.Pattern[str]], text: str) -> tuple[list[re.Match[str]], str]:
    """Every match, and the text with TOKEN in the place of each."""
    found: list[re.Match[str]] = []
    for pattern in patterns:
        found += pattern.finditer(text)
        text = pattern.sub(TOKEN, text)
    return found, text


def take_papers(text: str) -> tuple[list[str], str]:
    """The papers that are named, and the text with TOKEN in the place of each.

    >>> take_papers("社区新闻兰州社区报")  # a section's name right before the paper's
    (['兰州社区报'], '社区新闻\\x00')
    """
    found: list[str] = []

    def one(match: re.Match[str]) -> str:
        name, before = match[0], ""
        while (section := _FIRST_SECTION.match(name)) and PAPER.fullmatch(name[section.end() :]):
            before, name = before + section[0], name[section.end() :]
        found.append(name)
        return before + TOKEN

    rest = _PAPER.sub(one, text)
    return found, rest


def day_of(match: re.Match[str]) -> datetime.date | None:
    """The day that a match of DATES writes; None where there is no such day."""
    said = match.groupdict()
    month = said["m"][:3].capitalize()
    try:
        year = number(said["republic"]) + 1911 if said.get("republic") else number(said["y"])
        names = [name[:3] for name in _WORDS.months]
        return datetime.date(year, names.index(month) + 1 if month in names else number(said["m"]), number(said["d"]))
    except (KeyError, ValueError):
        return None


def weekday_of(match: re.Match[str]) -> int:
    """The day of the week that a match of WEEKDAYS writes, from Monday, 0."""
    said = match.groupdict()
    if said.get("day"):
        return min("一二三四五六日天".index(said["day"]), 6)
    return [name[:3] for name in _WORDS.weekdays].index(said["english"][:3].capitalize())


def number(text: str) -> int:
    """A number in digits of either kind; ValueError or KeyError for what is none.

    >>> number("12"), number("二〇二四"), number("二十三")
    (12, 2024, 23)
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if ten:
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[digit]) for digit in text))
