"""Paper, issue date and page number from the names of files and folders. docs/sources.md shows the patterns.

What is nearer to the file wins: a date in the file's name over one in its folder's. What no pattern finds is None.
"""

import datetime
import re
from dataclasses import dataclass

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
DATES = (
    # 2024年3月12日, and as folders 2024年/3月/12日 or 2024年3月/12日
    re.compile(rf"(?<!\d){_YEAR}年/?{_MONTH}月/?{_DAY}日"),
    # 2024-03-12, 2024_3_12, 2024.03.12, and as folders 2024/03/12 or 2024-03/12
    re.compile(rf"(?<!\d){_YEAR}[-_./]{_MONTH}[-_./]{_DAY}(?!\d)"),
    # folders 202403/12
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])/(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    # 20240312, also before a page number: 2024031205
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=\d\d(?!\d)|(?!\d))"
    ),
)
DATE_FORMS = "|".join(re.sub(r"\?P<\w+>", "?:", pattern.pattern) for pattern in DATES)
"""An expression for a date in any of the forms, without groups."""
_AFTER_DATE = re.compile(r"(?:[-_. ]?(?P<section>[A-Za-z])|[-_. ]?)(?P<page>\d{1,2})(?![\dA-Za-z])")
PAGES = (
    # 第3版, 第三版
    re.compile(r"第(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3})版"),
    # A05版, 03版
    re.compile(r"(?<![\dA-Za-z])[A-Za-z]?(?P<page>\d{1,3})版"),
    # 版3, page-3, p03
    re.compile(r"(?:版|(?<![A-Za-z])(?:page|p)[-_ ]?)(?P<page>\d{1,3})(?![\dA-Za-z])", re.IGNORECASE),
    # A05: a section's letter with two digits; B3: a capital with one, at the end
    re.compile(r"(?<![\dA-Za-z])(?:[A-Za-z](?P<page>\d\d)(?![\dA-Za-z])|[A-Z](?P<last>\d)(?=\.|$))"),
)
PAPER = re.compile(
    r"""[\u4e00-\u9fff]{1,9}?
    (?: [日晚晨早午时時商快导導新周週][报報]      # 太原日报, 新民晚报, 成都商报 …
      | (?: 都市 | 青年 | 少年 | 老年 | 社区 | 城市 | 生活 | 信息 | 消费 | 经济 | 工人 | 农民 )报
      | (?: 都市 | 青年 | 社區 | 經濟 | 農民 | 联合 | 聯合 | 国际 | 國際 | 民 )[报報]
      | (?: 法治 | 法制 | 政协 | 教育 | 健康 | 广播电视 | 开发区 )报
    )
    | (?<![\u4e00-\u9fff]) (?: 联合 | 聯合 | 大公 | 文汇 | 文匯 | 明 ) [报報] (?![\u4e00-\u9fff])  # and no more
    """,
    re.VERBOSE,
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a name says of a page; None where it does not."""

    paper: str | None = None
    issue_date: str | None = None  # ISO 8601
    page: int | None = None


def from_path(path: str) -> Metadata:
    """Paper, date and page as the path says.

    >>> from_path("成都晚报/2024-03-12/A05版.txt")  # Chengdu Evening News, section A, page 5
    Metadata(paper='成都晚报', issue_date='2024-03-12', page=5)
    >>> from_path("聯合報/2024-03-12/1.txt").paper
    '聯合報'
    >>> from_path("archive.zip!20240312_03.txt")
    Metadata(paper=None, issue_date='2024-03-12', page=3)
    >>> from_path("000_27267ff328ea338d.txt")
    Metadata(paper=None, issue_date=None, page=None)
    """
    path = path.replace("\\", "/").replace("!", "/")
    name = path.rpartition("/")[2]
    date = _date(path)
    return Metadata(_paper(path), date[0] if date else None, _page(name, path, date[1] if date else None))


def date_in(text: str) -> str | None:
    """The last real date that `text` writes in one of the forms, as ISO 8601.

    >>> date_in("2024年3月2日"), date_in("2024-02-30")
    ('2024-03-02', None)
    """
    found = _date(text)
    return found[0] if found else None


def page_number(text: str) -> int | None:
    """The number of a page as printed, without the letters of its section; None for 0.

    >>> page_number("A05"), page_number("十二"), page_number("０３")
    (5, 12, 3)
    """
    return _number(text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))


def _date(path: str) -> tuple[str, int] | None:
    """The last real date of the path, with where it ends."""
    found = []
    for pattern in DATES:
        for match in pattern.finditer(path):
            try:
                date = datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue  # 30 February is no date but some other number
            found.append((match.end(), date.isoformat()))
    if not found:
        return None
    end, text = max(found)
    return text, end


def _page(name: str, path: str, date_end: int | None) -> int | None:
    for pattern in PAGES:
        if match := pattern.search(name):
            return _number(match[match.lastgroup or "page"])
    if date_end is not None and "/" not in path[date_end:] and (match := _AFTER_DATE.match(path, date_end)):
        return _number(match["page"])
    stem = name.partition(".")[0]
    # folders by date with files 01.txt, 02.txt …
    if date_end is not None and re.fullmatch(r"[A-Za-z]?\d{1,2}", stem):
        return page_number(stem)
    folder = path.rpartition("/")[0].rpartition("/")[2]
    match = PAGES[0].search(folder) or PAGES[1].search(folder)
    return _number(match["page"]) if match else None


def _paper(path: str) -> str | None:
    names = [match for part in reversed(path.split("/")) for match in PAPER.findall(part)]
    return names[0] if names else None


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text) or None
    tens, ten, ones = text.rpartition("十")
    value = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    return value or None
