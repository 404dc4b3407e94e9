"""What a line outside an article's paragraphs is, by its own words (wording.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

LONGEST_BYLINE = 48
LONGEST_HEADLINE = 60
LONGEST_SOURCE = 120
LONGEST_INVITATION = 40

Kind = Literal["byline", "furniture"]

_STOP = re.compile(r"[。！？!?；;…](?:[”’」』）)》]*)$")
_SEPARATORS = re.compile(r"[\s|｜/／·•>»›←→◀▶\[\]【】()（）,，、:：-]+")
_PAGE = re.compile(
    r"(?:第\s*[A-Za-z]?\s*\d{1,3}\s*版|第\s*[一二三四五六七八九十]{1,3}\s*版|(?<![A-Za-z\d])[A-Z]?\d{1,3}\s*版(?![本]))"
)
_DATE = re.compile(r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?")
_IMPRINT = re.compile(r"[（(]?\s*《[^》]{2,20}》\s*[（(]?[^（）()。，]*(?:\d\s*日|\d\s*版|版)[^（）()。，]*[）)]?")
_AROUND_END = re.compile(r"[\s\-—–─－_=~·•.…*【】\[\]（）()▼◆◇■□|｜丨/／<>《》]+")
_ROLES = (
    r"(?:本报|本刊|本社|本网|新华社|特约|见习|实习|首席|全媒体|融媒体?|晚报|日报|晨报|社区|驻\w{2,4}|通讯员?|本报讯)*"
    r"(?:记者|記者|通讯员|通訊員|实习生|实习记者|撰稿人?|评论员|特派员|小记者)"
)
_BYLINE = re.compile(
    rf"[（(【\[]?[□■◎●○◆◇▲△☆★※\s]*(?:{_ROLES}[\s:：]*[\u4e00-\u9fff·]"
    r"|(?:文|图|文字|摄影|图片|撰文|供图|供稿|摄)(?:[/／、\s]*(?:文|图|摄|摄影|片))*\s*[:：/／|｜]?\s+?[\u4e00-\u9fff·]"
    r"|[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4})*\s*[/／]?\s*(?:文|摄|图|摄影|供图|文[/／]图|文[/／]摄|图[/／]文)[）)]?$"
    # Taiwan's: 某報 記者王小明／台北報導; and a house's own name before 记者
    r"|(?:[\u4e00-\u9fff]{2,8}\s?)?[记記]者\s?[\u4e00-\u9fff、]{2,12}\s*[/／╱]?\s*[\u4e00-\u9fff]{2,8}(?:報導|报道|報道|攝影)[）)】]?$"
    r"|[\u4e00-\u9fff]{2,8}[记記]者(?:[\s、]+[\u4e00-\u9fff·]{2,4}){1,4}$)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch [start, end) of a line and what it is."""

    start: int
    end: int
    kind: Kind


def ends(text: str) -> bool:
    """Whether a line ends where a sentence does.

    >>> ends("居民都说好。"), ends("老街换新颜")  # all the residents praise it; an old street in new looks
    (True, False)
    """
    return bool(_STOP.search(text))


def is_site(text: str) -> bool:
    """Whether a line outside an article's paragraphs belongs to the site and not to the page.

    >>> is_site("上一篇 | 下一篇"), is_site("版权所有：临江日报社"), is_site("下一站，社区")  # next stop: the community
    (True, True, False)
    """
    words, inside = _site()
    parts = [part for part in _SEPARATORS.split(text) if part]
    plain = [part for part in parts if any(map(str.isalnum, part))]
    known = [part for part in plain if part in words]
    only = all(part in words or (known and part.isdecimal()) for part in plain)  # 上一页 1 2 3 下一页
    return only or bool(inside.search(text))


def is_invitation(text: str) -> bool:
    """Whether a short line asks readers to follow, share or like.

    >>> is_invitation("▲点击蓝字 关注我们"), is_invitation("居民扫码关注社区账号后，就能报修。")  # to report repairs
    (True, False)
    """
    short = len(text) <= LONGEST_INVITATION and not text.endswith("。")
    return short and any(words in "".join(text.split()) for words in _listed("invitation"))


def is_ending(text: str) -> bool:
    """Whether a line only says that the article ends here.

    >>> is_ending("— END —"), is_ending("（完）"), is_ending("完工")  # the works are done
    (True, True, False)
    """
    return len(text) <= 20 and "".join(_AROUND_END.split(text)) in _listed("ending")


def is_appendix(text: str) -> bool:
    """Whether a line begins what stands below an article and is no part of it: recommendations, related stories."""
    return len(text) <= 20 and text.strip("【】[]（）()●■▼↓▶>： :·-—") in _listed("appendix")


def is_imprint(text: str) -> bool:
    """Whether a line only names paper, day and page that an article stood on.

    >>> is_imprint("《海州晚报》（2024年3月12日 第05版）")
    True
    """
    return len(text) <= LONGEST_HEADLINE and bool(_IMPRINT.fullmatch(text))


def is_rubric(text: str) -> bool:
    """Whether a line in a headline's place only names the kind of article.

    >>> is_rubric("【图片新闻】"), is_rubric("图片里的老街")  # a picture story; the old street in pictures
    (True, False)
    """
    return text.strip("【】[]（）()●■ ") in _words()["rubric"].split()


def is_byline(text: str) -> bool:
    """Whether a line names who wrote or photographed, and nothing else.

    >>> is_byline("本报记者 周宁 通讯员 何苗"), is_byline("记者来到社区，居民在排队。")  # on a reporter
    (True, False)
    """
    return len(text) <= LONGEST_BYLINE and "。" not in text and "，" not in text and bool(_BYLINE.match(text))


def is_page_header(text: str) -> bool:
    """Whether a line names a page or a day, as the head of a page does.

    >>> is_page_header("第A03版：社区新闻"), is_page_header("2024年3月12日 星期二")
    (True, True)
    """
    return len(text) <= LONGEST_HEADLINE and not ends(text) and bool(_PAGE.search(text) or _DATE.match(text))


def names_page(text: str) -> bool:
    """Whether a short line names a page of a paper.

    >>> names_page("第A01版：要闻"), names_page("3月12日")
    (True, False)
    """
    return len(text) <= LONGEST_HEADLINE and bool(_PAGE.search(text))


def parts(text: str) -> list[Part]:
    """A line of date, paper, author and editor, cut at its labels and dates; what is the site's is left out.

    >>> line = "2024-03-12 10:20 来源：海州晚报 作者：林舟 编辑：唐宁"
    >>> [(line[part.start : part.end], part.kind) for part in parts(line)]
    [('2024-03-12 10:20 来源：海州晚报', 'furniture'), ('作者：林舟', 'byline'), ('编辑：唐宁', 'furniture')]
    """
    label = _labels()
    cuts: list[tuple[int, Kind | None]] = []
    for found in label.finditer(text):
        cuts.append((found.start(), "byline" if found["byline"] else None if found["counter"] else "furniture"))
    for found in re.finditer(rf"《[^》]{{2,20}}》\s*[（(]|[（(]?\s*(?:{_DATE.pattern})", text):
        cuts.append((found.start(), "furniture"))
    cuts.sort(key=lambda cut: cut[0])
    if not cuts or text[: cuts[0][0]].strip():
        head = text[: cuts[0][0]] if cuts else text
        cuts.insert(0, (0, "byline" if is_byline(head.strip()) or _is_names(head) else "furniture"))
    merged: list[Part] = []
    under_way: Kind | None = None
    for (start, kind), end in zip(cuts, [*(at for at, _ in cuts[1:]), len(text)], strict=True):
        if kind == under_way == "furniture":
            merged[-1] = Part(merged[-1].start, end, kind)
        elif kind and text[start:end].strip(" |｜"):
            merged.append(Part(start, end, kind))
        else:
            kind = None
        under_way = kind
    return [_stripped(text, part) for part in merged]


def labelled(text: str) -> bool:
    """Whether a line begins with a label or a date: a line of source, day, author, editor.

    >>> labelled("来源：海州晚报"), labelled("2024-03-12 10:20")
    (True, True)
    """
    return len(text) <= LONGEST_SOURCE and bool(_labels().match(text) or _DATE.match(text)) and not ends(text)


def _is_names(text: str) -> bool:
    """One to three names: what a paper sets beneath a headline without a label."""
    return bool(re.fullmatch(r"[□■◎●○\s]*[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,2}\s*", text))


def _stripped(text: str, part: Part) -> Part:
    inside = text[part.start : part.end]
    start = part.start + len(inside) - len(inside.lstrip(" |｜"))
    return Part(start, start + len(inside.strip(" |｜")), part.kind)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_words()[name].split())


@cache
def _site() -> tuple[frozenset[str], re.Pattern[str]]:
    words = _words()
    return frozenset(words["site"].split()), re.compile("|".join(map(re.escape, words["inside"].split())))


@cache
def _labels() -> re.Pattern[str]:
    words = _words()
    byline, label, counter = (
        "|".join(re.escape(word) for word in sorted(words[kind].split(), key=len, reverse=True))
        for kind in ("byline", "label", "counter")
    )
    return re.compile(
        r"(?:(?<=^)|(?<=[\s|｜丨　\]】）)\d次]))[【\[（(]?"
        rf"(?:(?P<byline>{byline})|(?P<label>{label}))\s*[:：|｜丨]|(?P<counter>{counter})\s*[:：]"
    )


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
