"""Bylines and credits: who wrote, who took the picture, and where the formula that says so begins and ends.

The genre's forms: 本报讯（记者 …） before a lead, 本报记者 … 文/图 as a line under the headline, （张三 李四） after
the last sentence, … 摄 behind a caption. Every name comes out with its role as printed.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extract import lexicon
from extract.byline_forms import (
    BARE_DATELINE,
    BOXED_DATELINE,
    BULLET,
    FILED,
    FILED_ENDS,
    LEAD,
    LEADING,
    LONGEST_DATELINE,
    MARKS,
    NAME,
    OPENS_LEAD,
    PAPER,
    SENTENCE_END,
    SEPARATOR,
    SPACED,
    UNIT,
    UNIT_ROLES,
    WORD_AND_PICTURE,
)
from schemas.layout import Byline

LONGEST_CREDIT = 48
PEN_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
NAME_ENDS = ("文",)  # a role and the end of many given names: 记者陈大文
FROM_THE_FILES = ("资料图", "资料图片")  # a picture that nobody is credited with
SHORTEST_GLUED = 4  # a name and a role of two characters each
LONGEST_NAME = 7  # 买买提吐尔逊江
REMEMBERED = 1024  # a page's lines: every step of restoration asks whether they are credits


@dataclass(frozen=True, slots=True)
class Credit:
    """The names of a credit; `start` and `end` bound the formula in the text that was searched."""

    start: int
    end: int
    bylines: tuple[Byline, ...]

    @property
    def pictured(self) -> bool:
        """Whether it credits a photographer."""
        return any(byline.role in roles().pictures for byline in self.bylines)


@dataclass(frozen=True, slots=True)
class Roles:
    """The role words, longest first; `glued` may have a name right behind them, the others stand apart from it.

    `anywhere` finds what no credit is without: a role, be it of one character and at the end of a run, or a bullet.
    """

    before: re.Pattern[str]
    glued: re.Pattern[str]
    after: re.Pattern[str]
    anywhere: re.Pattern[str]
    keeps: frozenset[str]
    pictures: frozenset[str]


@cache
def roles() -> Roles:
    """The byline roles of the lexicon as patterns over a run of characters."""
    rows = lexicon.table("byline_roles")

    def longest(places: set[str]) -> str:
        return "|".join(sorted((re.escape(r["role"]) for r in rows if r["place"] in places), key=len, reverse=True))

    paper = rf"(?:{PAPER})?"
    words = [r["role"] for r in rows]
    longer = [
        word for word in words if len(word) > 1 and not any(len(w) > 1 and w != word and w in word for w in words)
    ]
    at_an_end = [rf"{word}(?={SEPARATOR.pattern}|$)" for word in words if len(word) == 1]
    return Roles(
        re.compile(rf"{paper}({longest({'before', 'both'})})"),
        re.compile(rf"{paper}({longest({'before'})})(?=.)"),
        re.compile(rf"({longest({'after', 'both'})})$"),
        re.compile("|".join([*map(re.escape, longer), *at_an_end, *MARKS])),
        frozenset(r["role"] for r in rows if r["keeps"]),
        frozenset(r["role"] for r in rows if r["picture"]),
    )


@lru_cache(maxsize=REMEMBERED)
def parse_credit(text: str) -> tuple[Byline, ...] | None:
    """The bylines that `text` spells out, or None where it is anything but a credit; () for a role without a name.

    >>> parse_credit("本报记者 周晓棠 通讯员 罗一 文/图")  # our reporter Zhou, correspondent Luo, text and picture
    (Byline(name='周晓棠', role='记者'), Byline(name='罗一', role='通讯员'))
    >>> parse_credit("周晓棠摄"), parse_credit("志愿者清扫街道")  # photo by Zhou; volunteers sweep the street
    ((Byline(name='周晓棠', role='摄'),), None)
    """
    printed = text.strip()
    body = printed.lstrip(BULLET).strip()
    inner = body.strip("（()）")
    if inner.endswith(FILED_ENDS) and (filed := FILED.fullmatch(inner)):
        body = filed["credit"]
    if body[:1] in "（(" and body[-1:] in "）)":
        body = body[1:-1].strip()
    if body != printed and printed[0] in MARKS and (names := bare_names(body)):
        return names if all(len(name.name) <= 3 or "·" in name.name for name in names) else None
    if body in FROM_THE_FILES:
        return ()
    words = roles()
    if not body or len(body) > LONGEST_CREDIT or not words.anywhere.search(body):
        return None
    found: list[Byline] = []
    role: str | None = None
    seen_role = False
    fresh = 0  # index of the first name that the current role word covers
    spelled = ""  # a name printed with its characters apart: 王 宁
    for run in (part for whole in _runs(body) for part in _unglued(whole, words)):
        told = words.anywhere.search(run) is not None  # most runs are names
        if told and found and not found[-1].role and words.after.fullmatch(run):  # 张三 李四 文/图: the role comes last
            found = [b if b.role else Byline(b.name, run) for b in found]
            role, seen_role, fresh, spelled = run, True, len(found), ""
            continue
        while told and (matched := words.before.fullmatch(run) or words.glued.match(run)):
            if matched.end() < len(run) and not _may_follow(run[matched.end() :], words):
                return None
            role, run, seen_role, fresh, spelled = matched.group(1), run[matched.end() :], True, len(found), ""
        after = words.after.search(run) if told and run else None
        if after and after.group() in NAME_ENDS and role and after.start() and _is_name(run):
            after = None
        if after and (after.start() >= 2 or not after.start()):
            run, closing = run[: after.start()], after.group(1)
        else:
            closing = ""
        if len(run) == 1 and not closing and "\u3400" <= run <= "\u9fff":
            spelled += run
            if len(spelled) == 2:
                found.append(Byline(spelled, role or ""))
            elif len(spelled) == 3:
                found[-1] = Byline(spelled, role or "")
            continue
        spelled = ""
        if run:
            if not (_is_name(run) or (role is not None and role.endswith(UNIT_ROLES) and UNIT.fullmatch(run))):
                return None
            found.append(Byline(run, role or ""))
        if closing:
            seen_role = True
            for i in range(fresh, len(found)):
                if closing not in words.keeps or not found[i].role:
                    found[i] = Byline(found[i].name, closing)
            fresh = len(found)
    if not seen_role or not (found or role) or len(spelled) == 1 or any(not b.role for b in found):
        return None
    return tuple(found)


def _unglued(run: str, words: Roles) -> list[str]:
    """A run cut behind each name that the next role is glued to, where a line break took the space: 赵小满|记者."""
    if not words.anywhere.search(run):
        return [run]
    own = words.before.fullmatch(run) or words.glued.match(run)
    start = own.end() if own else 0
    if len(run) < start + SHORTEST_GLUED:
        return [run]
    for end in (start + 4, start + 3, start + 2):
        role, name = words.before.match(run, end), run[start:end]
        if role and len(role.group(1)) > 1 and _is_name(name) and _has_surname(name):
            return [run[:end], *_unglued(run[end:], words)]
    return [run]


@cache
def _sounds() -> frozenset[str]:
    return frozenset(lexicon.words("sound_characters"))


@cache
def _surnames() -> tuple[frozenset[str], tuple[int, ...]]:
    """The surnames and their lengths."""
    surnames = frozenset(lexicon.words("surnames"))
    return surnames, tuple(sorted({len(surname) for surname in surnames}))


def _has_surname(name: str) -> bool:
    surnames, lengths = _surnames()
    return any(name[:length] in surnames for length in lengths)


def _is_name(run: str) -> bool:
    """Whether a run may be a name: two to four characters, or a longer one that spells the sound of a minority name."""
    if NAME.fullmatch(run):
        return True
    return len(run) <= LONGEST_NAME and _sounds().issuperset(run)


def _may_follow(rest: str, words: Roles) -> bool:
    """Whether what is glued to a role word may be a name (记者陈江月) or another role, and no headline (记者走基层)."""
    name = words.after.sub("", rest) or rest
    return bool(words.before.match(rest)) or _has_surname(name) or not _is_name(name)


def _runs(text: str) -> list[str]:
    """A credit cut at its separators, 文/图 kept whole."""
    if "/" not in text and "／" not in text:
        return [run for run in SEPARATOR.split(text) if run]
    kept = WORD_AND_PICTURE.sub(r"\1/\2", text)
    runs, at = [], 0
    for gap in SEPARATOR.finditer(kept):
        if (
            "/" in gap.group()
            and kept[max(gap.start() - 1, 0)] in "文图"
            and kept[gap.end() : gap.end() + 1] in ("图", "文", "摄")
        ):
            continue
        runs.append(kept[at : gap.start()])
        at = gap.end()
    runs.append(kept[at:])
    return [run for run in runs if run]


@lru_cache(maxsize=REMEMBERED)
def lead_credit(text: str) -> Credit | None:
    """The byline formula that opens a lead paragraph, with its dateline.

    >>> lead_credit("本报讯（记者 何苗）3月2日，社区开讲。")  # "our paper's news (reporter He Miao): on 2 March …"
    Credit(start=0, end=10, bylines=(Byline(name='何苗', role='记者'),))
    >>> lead_credit("【海港日报专讯】昨日，街坊会办讲座。")  # a dateline in a box, and nobody named
    Credit(start=0, end=8, bylines=())
    >>> lead_credit("居民何苗说，社区开讲了。") is None
    True
    """
    head = text.lstrip()[:LONGEST_DATELINE]
    if head[:1] not in OPENS_LEAD and not LEADING.search(head):
        return None
    matched = LEAD.match(text)
    if matched:
        boxed = BOXED_DATELINE.sub("", matched.group("boxed") or "")
        credited = matched.group("inside") or boxed or matched.group("open")
        bylines = parse_credit(credited) if credited else ()  # 【明报专讯】 names nobody
        if bylines is None and matched.group("dateline") and matched.group("inside"):
            bylines = bare_names(matched.group("inside"))  # 本报讯（张三 李四）
        if bylines is not None and (bylines or matched.group("dateline") or matched.group("boxed")):
            return Credit(0, matched.end(), bylines)
    bare = BARE_DATELINE.match(text)
    return Credit(0, bare.end(), ()) if bare else None


def formula_inside(text: str) -> int:
    """Where another article's byline formula opens inside a line, or 0.

    >>> formula_inside("大家满载而归。本报讯（记者 何苗）近日，社区开讲。")  # "home with full hands. News …"
    7
    """
    at = text.find("本报讯", 1)
    while at > 0:
        credit = lead_credit(text[at:])
        if credit and credit.bylines and text[:at].rstrip()[-1:] in "。！？”":
            return at
        at = text.find("本报讯", at + 1)
    return 0


@lru_cache(maxsize=REMEMBERED)
def closing_credit(text: str) -> Credit | None:
    """The credit that stands behind the last sentence of a paragraph or caption.

    >>> closing_credit("孩子们体验剪纸。 本报记者 何苗 摄").bylines  # children try paper cutting. Photo: He Miao
    (Byline(name='何苗', role='摄'),)
    >>> closing_credit("活动持续了两个小时。（何苗 周晓棠）").bylines  # names alone in parentheses
    (Byline(name='何苗', role=''), Byline(name='周晓棠', role=''))
    """
    offset = max(len(text) - LONGEST_CREDIT, 0)
    found = _closing(text[offset:])
    return Credit(offset + found.start, offset + found.end, found.bylines) if found else None


def _closing(tail: str) -> Credit | None:
    if tail[-1:] in ("）", ")"):
        opening = max(tail.rfind("（"), tail.rfind("("))
        if opening > 0:
            inside = tail[opening + 1 : -1]
            bylines = parse_credit(inside)
            if bylines is None and SENTENCE_END.search(tail[max(opening - 2, 0) : opening]):
                bylines = bare_names(inside)
            if bylines:
                return Credit(opening, len(tail), bylines)
        return None
    if not roles().anywhere.search(tail):
        return None
    ends = [m.end() for m in SENTENCE_END.finditer(tail)]
    if ends and ends[-1] < len(tail):
        start = ends[-1] + len(tail[ends[-1] :]) - len(tail[ends[-1] :].lstrip())
        bylines = parse_credit(tail[start:])
        if bylines:
            return Credit(start, len(tail), bylines)
    spaced = SPACED.search(tail)
    if spaced:
        bylines = parse_credit(tail[spaced.end() :])
        if bylines:
            return Credit(spaced.end(), len(tail), bylines)
    return None


def pen_name(text: str) -> tuple[Byline, ...] | None:
    """A name that an author chose, alone on its line; any word of two or three characters may be one.

    >>> pen_name("江舟"), pen_name("本报评论员文章")
    ((Byline(name='江舟', role=''),), None)
    """
    alone = PEN_NAME.fullmatch(text) is not None and text not in lexicon.words("not_pen_names")
    return (Byline(text, ""),) if alone else None


def bare_names(text: str) -> tuple[Byline, ...] | None:
    """Names that stand for their authors without a role, as inside （何苗 罗一）; None where it is anything else.

    >>> bare_names("何苗、罗一"), bare_names("社区记者站")  # two names; a desk
    ((Byline(name='何苗', role=''), Byline(name='罗一', role='')), None)
    """
    names = [n for n in SEPARATOR.split(text.strip()) if n]
    if not names or len(names) > 5 or not all(NAME.fullmatch(n) and _has_surname(n) for n in names):
        return None
    return tuple(Byline(n, "") for n in names)
