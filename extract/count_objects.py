"""The noun phrase that a number counts: behind it (8个|地锁), before it (地锁|8个), or left to the clause before."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extract.count_words import count_words
from schemas.annotations import Span

NOMINAL = ("n", "vn", "an", "b", "j", "l", "i", "eng", "z", "s", "g", "x-", "k", "h", "Ng")
NOUN = ("n", "vn", "an", "j", "l", "i", "eng", "s", "g", "k")
NUMERIC = "0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万亿两半几数多余"
STOPS = '，,。；;：:！!？?、（）()《》【】—…\n\t 　~～/“”"‘’'
NO_HEAD = frozenset(
    ["等", "们", "其中", "其余", "左右", "以上", "以下", "上下", "方面", "期间", "情况", "时", "后", "前", "中", "内", "里", "上", "下", "间", "旁", "处", "起", "均", "都", "各", "共", "全", "该", "此", "本", "这", "那", "每", "之", "分别", "目前", "当天", "现场", "本次", "此次", "全市", "全区", "全县", "全镇", "全村", "全街道", "辖区", "辖区内", "社区", "今年", "去年", "以来", "年", "月", "日", "个", "名", "位", "人", "家", "户", "次", "场", "件", "份", "多", "余", "一起", "一同", "近日", "日前", "一线", "同时", "不同", "有效", "免费", "集中", "重点"]
)
"""Words that are no noun phrase of their own in front of a number."""
SHORTENED = frozenset(
    ["前", "后", "中", "内", "里", "上", "下", "旁", "间", "时", "起", "们", "等", "均", "都", "已", "也", "将", "被", "由", "与", "和", "及", "并", "在", "到", "向", "对", "为", "给", "把", "从", "以", "全", "分别", "共", "还", "又", "则", "就", "才", "再", "来自"]
)


DESCRIBING = frozenset(
    ["共享", "留守", "独居", "空巢", "失独", "残疾", "困难", "特困", "低保", "退役", "退休", "在职", "在校", "流动", "常住", "外来", "务工", "参赛", "参展", "受益", "疑似", "确诊", "志愿", "服务", "宣传", "消防", "安全", "应急", "违章", "违规", "违法", "违停", "占道", "建筑", "绿化", "充电", "停车", "健身", "养老", "助餐", "管理", "参观", "欠薪", "就业", "招聘", "培训", "活动", "投诉", "举报", "求助", "矛盾", "纠纷", "隐患", "分类"]
)
"""Verbs that describe the noun behind them rather than take it as object."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or the part of one that lies on this side of the number."""

    start: int
    end: int
    text: str
    tag: str

    @property
    def nominal(self) -> bool:
        """Whether it may stand in a noun phrase."""
        if self.tag == "m":  # jieba calls 大米 (rice) a number
            return not any(c in NUMERIC for c in self.text)
        return (self.tag.startswith(NOMINAL) and self.text not in SHORTENED) or self.text in count_words().nominal

    @property
    def noun(self) -> bool:
        """Whether it may head one."""
        if self.tag == "m":
            return self.nominal
        return (self.tag.startswith(NOUN) and self.text not in SHORTENED) or self.text in count_words().nominal

    @property
    def verb_tag(self) -> bool:
        """Whether the segmenter calls it a verb."""
        return self.tag.startswith("v") and not self.tag.startswith("vn")

    @property
    def verb(self) -> bool:
        """Whether it is a verb and nothing else."""
        return self.tag.startswith("v") and not self.tag.startswith("vn") and self.text not in count_words().nominal


class Tokens:
    """The tokens of a Doc by character position."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self._pieces = [Piece(t.idx, t.idx + len(t.text), t.text, t.tag_) for t in doc]
        self._starts = [p.start for p in self._pieces]

    def ahead(self, start: int, limit: int = 14) -> list[Piece]:
        """The pieces from `start` on."""
        at = bisect_left(self._starts, start)
        found = []
        if at and self._pieces[at - 1].end > start:
            piece = self._cut(self._pieces[at - 1], start, self._pieces[at - 1].end)
            whole = len(piece.text) > 1 or piece.text in count_words().noun_endings
            found.append(piece if whole else replace(piece, tag="v"))
        return found + self._pieces[at : at + limit]

    def back(self, end: int, limit: int = 14) -> list[Piece]:
        """The pieces up to `end`, the nearest first."""
        at = bisect_left(self._starts, end)
        found = []
        if at and self._pieces[at - 1].end > end:
            at -= 1
            piece = self._cut(self._pieces[at], self._pieces[at].start, end)
            found.append(replace(piece, tag="n"))
        return found + self._pieces[max(0, at - limit) : at][::-1]

    def inside(self, at: int) -> bool:
        """Whether `at` lies within a word that it does not end: 行|为. 整改率|为 is no word, and does not count."""
        found = bisect_left(self._starts, at)
        if (found < len(self._starts) and self._starts[found] == at) or not found:
            return False
        piece = self._pieces[found - 1]
        return (
            piece.end > at
            and self.text[at - 1] not in count_words().noun_endings
            and self.text[at - 1] not in "处中点价人"
        )

    def _cut(self, piece: Piece, start: int, end: int) -> Piece:
        return Piece(start, end, self.text[start:end], piece.tag)


def _stop(piece: Piece) -> bool:
    return (
        piece.text[0] in STOPS
        or (piece.tag == "x"
        and not piece.text[0].isalnum())
        or (piece.tag == "m"
        and piece.text[0].isdigit())
    )


def behind(tokens: Tokens, start: int, thing: bool = False, described: bool = True) -> Span | None:
    """The noun phrase that begins at `start`; None where a verb, a stop or nothing follows.

    A phrase with 的 is cut down to its head where what stands before 的 describes (17位|行动不便的|老人, elderly people),
    to what stands before 的 where that is a noun itself (两个|社区|的食堂, two communities). `thing`: the measure word is
    one of things, so that an unknown verb with nothing behind it is taken for a noun; `described`: a verb may stand at
    the head to describe (3名|受伤群众, injured people), not behind 人 (62人|找到工作, found work).
    """
    pieces = tokens.ahead(start)
    attributive = bool(pieces) and pieces[0].text == "的"
    if attributive:
        pieces = pieces[1:]
    if not pieces:
        return None
    quoted = _quoted_ahead(tokens.text, pieces[0].start)
    if quoted:
        return quoted
    words = count_words()
    first = pieces[0]
    follower = pieces[1] if len(pieces) > 1 else None
    if (
        thing
        and first.verb
        and first.text not in words.verbs
        and first.text not in words.phrase_ends
        and len(first.text) > 1
    ):
        if follower is None or _stop(follower) or follower.tag in ("p", "c", "d", "uj", "r", "nr"):
            return Span(first.start, first.end)
    if len(first.text) == 1 and first.text in words.single_nouns and not first.noun:
        if follower is None or not follower.nominal:
            return Span(first.start, first.end)
        pieces = [replace(first, tag="n"), *pieces[1:]]
        first = pieces[0]
    here = _phrase(pieces)
    describes = (
        bool(here) and here[-1].tag.startswith(("l", "i", "z", "v")) and pieces[len(here)].text == "的"
        if len(here) < len(pieces)
        else False
    )
    if first.noun and here and not describes and first.text not in words.verbs:
        return _span(_joined(pieces, here))
    de = next((k for k, p in enumerate(pieces[:8]) if p.text in ("的", "之") or _stop(p)), None)
    if de is not None and pieces[de].text == "的" and de + 1 < len(pieces) and not _stop(pieces[de + 1]):
        phrase = _phrase(pieces[de + 1 :])
        if phrase and first.text not in ("在", "被", "把", "对", "向", "为"):
            return _span(phrase)
    return _span(here) if described or not first.verb or attributive else None


def _joined(pieces: Sequence[Piece], phrase: list[Piece]) -> list[Piece]:
    """The phrase with a short second one that 和 joins to it: 300多名|党员和物业人员."""
    at = len(phrase)
    if at + 1 >= len(pieces) or pieces[at].text not in ("和", "及", "与"):
        return phrase
    second = _phrase(pieces[at + 1 :])
    rest = pieces[at + 1 + len(second) : at + 2 + len(second)]
    if not second or len(second) > 2 or (rest and (rest[0].text == "的" or rest[0].tag == "m")):
        return phrase
    return [*phrase, pieces[at], *second]


def _quoted_ahead(text: str, start: int) -> Span | None:
    if text[start : start + 1] != "“":
        return None
    end = text.find("”", start, start + 16)
    if end < 0 or end == start + 1:
        return None
    tail = end + 1
    while tail < len(text) and tail - end < 7 and "\u4e00" <= text[tail] <= "\u9fff" and text[tail] not in "的等和在为":
        tail += 1
    return Span(start + 1, end)


def _phrase(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one noun phrase from the first on, ending with a noun."""
    taken: list[Piece] = []
    for k, piece in enumerate(pieces):
        if _stop(piece) or piece.text in SHORTENED or piece.text == "的" or piece.text in count_words().phrase_ends:
            break
        follower = pieces[k + 1] if k + 1 < len(pieces) else None
        if taken and len(piece.text) == 1 and piece.text in count_words().noun_endings and not piece.nominal:
            taken.append(replace(piece, tag="n"))
            break
        if piece.nominal and not (
            taken
            and piece.text in count_words().verbs
            and follower is not None
            and follower.noun
            and piece.text not in count_words().nominal
        ):
            if taken and piece.tag.startswith(("l", "i", "z")) and any(p.noun for p in taken):
                break
            if (
                taken
                and taken[-1].noun
                and piece.tag == "vn"
                and (follower is None or _stop(follower) or not follower.nominal)
            ):
                if len(piece.text) == 2 and piece.text in count_words().verbs:
                    break
            taken.append(piece)
        elif (piece.tag.startswith("a") and follower is not None and follower.nominal and not any(p.noun for p in taken)) or (
            piece.verb
            and not taken
            and follower is not None
            and follower.noun
            and piece.text not in count_words().verbs
        ) or (piece.tag in ("f", "t", "ns", "m") and not taken and follower is not None and follower.noun):
            taken.append(piece)
        else:
            break
        if len(taken) >= 6:
            break
    while taken and not taken[-1].noun:
        taken.pop()
    return taken


def _span(pieces: Sequence[Piece]) -> Span | None:
    return Span(pieces[0].start, pieces[-1].end) if pieces else None


@dataclass(frozen=True, slots=True)
class Before:
    """What stands in front of a number: a noun phrase, else a verb; `carried`: 其余, 首批 and the like."""

    noun: Span | None = None
    verb: Span | None = None
    carried: Span | None = None
    gap: bool = False  # words between it and the number were skipped
    at: int = 0  # where those words begin


def before(tokens: Tokens, end: int, floor: int, trend: bool = False, thing: bool = False) -> Before:
    """What stands before a number that begins at `end`; looks no further back than `floor`.

    `trend`: the number is a percentage, and 同比下降 and the like are skipped; `thing`: see `behind`.
    """
    text, words = tokens.text, count_words()
    at = end
    linkers = words.trend_end if trend else words.linker_end
    while at > floor:
        linker = linkers.search(text, max(floor, at - 5), at)
        if linker is not None and len(linker.group()) == 1:
            if tokens.inside(linker.start()) or text[linker.start() - 1] in GLUED_LINKER.get(linker.group(), ""):
                break
        if linker is None or (linker.group() in ("上", "内", "出", "在", "到") and at == end and linker.group() != "出"):
            break
        at = linker.start()
    if at > floor and text[at - 1] == "”":
        opened = text.rfind("“", floor, at)
        if opened >= 0 and at - opened <= 18:
            return Before(Span(opened + 1, at - 1), gap=at < end, at=at)
    carried = words.carried_end.search(text, max(floor, at - 4), at)
    if carried:
        return Before(carried=Span(carried.start(), carried.end()), gap=at < end, at=at)
    taken: list[Piece] = []
    ending = words.measured_end.search(text, max(floor, at - 4), at)
    if ending:
        taken.append(Piece(ending.start(), at, ending.group(), "n"))
    pieces = tokens.back(ending.start() if ending else at)
    verb: Piece | None = None
    for k, piece in enumerate(pieces):
        if piece.end <= floor or piece.start < floor or _stop(piece):
            break
        earlier = pieces[k + 1] if k + 1 < len(pieces) else None
        measured = bool(taken) and taken[0].text.endswith(words.measured_nouns)
        suffixed = len(taken) == 1 and len(taken[0].text) == 1 and taken[0].text in words.noun_endings
        if k == 0 and piece.text == "等":
            continue
        if not taken and len(piece.text) == 1 and piece.text in words.noun_endings:
            taken.append(piece)
            continue
        if suffixed and len(piece.text) > 1 and "\u4e00" <= piece.text[0] <= "\u9fff" and not named(piece):
            taken.append(piece)
            if (
                earlier is not None
                and earlier.tag in ("vn", "n")
                and piece.tag.startswith("v")
                and earlier.text not in words.verbs
                and earlier.start >= floor
            ):
                taken.append(earlier)  # 综合|整改|率
            if piece.verb or piece.text in words.verbs:
                break
            continue
        if taken and named(piece):
            break
        opens = (
            earlier is None
            or earlier.start < floor
            or _stop(earlier)
            or named(earlier)
            or earlier.tag in ("d", "t", "m")
        )
        if piece.text in words.verbs and (piece.text not in words.nominal or (taken and opens and not measured)):
            verb = piece
            break
        if not taken and thing and piece.verb and len(piece.text) > 1:
            taken.append(piece)
            break
        if (
            taken
            and not measured
            and piece.text in words.nominal
            and piece.verb_tag
            and len(text[taken[-1].start : taken[0].end]) > 1
        ):
            if piece.text not in DESCRIBING:
                break
        if (piece.nominal and piece.text not in SHORTENED) or (piece.text in words.nominal and earlier is not None and earlier.nominal) or (taken and piece.tag.startswith(("a", "b")) and piece.text not in ("多", "大")) or (
            not taken
            and piece.tag.startswith(("f", "a", "zg", "q", "ng", "tg", "ag", "vg"))
            and earlier is not None
            and earlier.nominal
        ):
            taken.append(piece)
        elif measured and piece.verb and len(taken) == 1:
            taken.append(piece)
            break
        elif piece.verb:
            if not taken and piece.text not in words.phrase_ends:
                verb = piece
            break
        elif piece.text == "的" and not taken and trend:
            return Before(_clause(tokens, piece.end, floor), gap=at < end, at=at)
        else:
            break
        if len(taken) >= 4:
            break
    while taken and (taken[-1].text in NO_HEAD or (len(taken) > 1 and _no_part(taken))):
        taken.pop()
    if taken and all(p.text in NO_HEAD for p in taken):
        taken = []
    if taken:
        span = _strip_verb(text, Span(taken[-1].start, taken[0].end))
        span = _coordinated(tokens, span, floor)
        if text[span.start : span.end] in words.verbs and text[span.start : span.end] not in words.nominal:
            return Before(verb=span, gap=at < end, at=at)
        return Before(span, gap=at < end, at=at)
    return Before(verb=Span(verb.start, verb.end) if verb else None, gap=at < end, at=at)


def _no_part(taken: Sequence[Piece]) -> bool:
    """Whether the first word of the phrase (the last taken) is a verb that takes the rest, or a place's bare ending."""
    first = taken[-1].text
    if first in ("市", "区", "县", "镇", "乡", "村", "街道"):
        return True
    return (
        first in count_words().verbs
        and not _suffixed(taken)
        and not taken[0].text.endswith(count_words().measured_nouns)
    )


def named(piece: Piece) -> bool:
    """Whether the word names a place, which is no part of what is counted: 柳南区|受益居民."""
    return piece.tag == "ns" or (len(piece.text) > 2 and piece.text.endswith(PLACE_ENDINGS))


GLUED_LINKER = {
    "长": "时家校特班站队院所局处科部团延增成生市县区镇村组楼店厂会",
    "高": "提升最很",
    "重": "体毛净比",
    "深": "水资",
}
"""A linking word that ends a longer word is none: 服务时长|500小时."""
PLACE_ENDINGS = ("省", "市", "区", "县", "镇", "乡", "村", "街道", "社区", "小区", "大街")


def _suffixed(taken: Sequence[Piece]) -> bool:
    return len(taken[0].text) == 1 and taken[0].text in count_words().noun_endings and len(taken) <= 3


def _coordinated(tokens: Tokens, span: Span, floor: int) -> Span:
    """The phrase with those that 、 and 和 join to it before: 民警、消防员和网格员|42人."""
    start = span.start
    for _ in range(4):
        if start - 1 <= floor or tokens.text[start - 1] not in "、和及与":
            break
        pieces = [p for p in tokens.back(start - 1, 4) if p.start >= floor]
        taken: list[Piece] = []
        for piece in pieces:
            if _stop(piece) or not piece.nominal or piece.text in count_words().verbs or piece.text in NO_HEAD:
                break
            taken.append(piece)
        if not taken:
            break
        start = taken[-1].start
    return Span(start, span.end) if span.end - start <= 24 else span


GLUED_ADVERB = re.compile(r".*(?:共(?![享建同产])|累计|总计|已|都|日均|月均|年均|人均|每[\u4e00-\u9fff])(?=.{2})")


def _strip_verb(text: str, span: Span) -> Span:
    """The phrase without an adverb or verb that the segmenter glued to its head: 清运|陈年垃圾, 共出动|人员."""
    verbs = count_words().verbs
    glued = GLUED_ADVERB.match(text, span.start, span.end)
    if glued and text[glued.end() - 2 : glued.end()] not in ("公共", "总共"):
        span = Span(glued.end(), span.end)
    for length in (3, 2):
        if span.end - span.start - length >= 2 and text[span.start : span.start + length] in verbs:
            if text[span.start : span.start + length] not in count_words().nominal:
                return Span(span.start + length, span.end)
    return span


def _clause(tokens: Tokens, end: int, floor: int) -> Span:
    """A headless phrase in 的: 首次发现的|占23.7%."""
    at = end
    for piece in tokens.back(end, 5):
        if piece.start < floor or _stop(piece) or piece.text in ("其中", "其余"):
            break
        at = piece.start
    return Span(min(at, end - 1), end)


def last_noun(tokens: Tokens, end: int, floor: int) -> Span | None:
    """The noun phrase nearest before `end`, not before `floor`."""
    pieces = [p for p in tokens.back(end, 24) if p.start >= floor]
    for k, piece in enumerate(pieces):
        if piece.noun and piece.text not in NO_HEAD and not _stop(piece):
            first = piece
            for earlier in pieces[k + 1 : k + 4]:
                if (
                    not earlier.nominal
                    or _stop(earlier)
                    or earlier.text in count_words().verbs
                    or earlier.text in NO_HEAD
                ):
                    break
                first = earlier
            return _strip_verb(tokens.text, Span(first.start, piece.end))
    return None
