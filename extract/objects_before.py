"""The noun phrase, or the verb, in front of a number: 地锁|8个, 问题清单共|4253个, 预警|3次, 其余|17个."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from extract.count_tokens import PLACE, PLACE_ENDINGS, Piece, Tokens
from extract.count_words import count_words
from schemas.annotations import Span

LONGEST = 4  # words of a phrase
BARE_ENDINGS = ("市", "区", "县", "镇", "乡", "村", "街道")
AT_PLACE = ("上", "内", "在", "到")
"""Linking words only between others: 辖区内|有|8个."""
ASPECT = ("了", "过", "到", "出", "成", "为")
"""Behind a verb; what they follow is never a noun: 采纳|了9条, 压减|到14项."""
EACH = re.compile(r"每(?:平方米|小时|公斤|公里|[度吨斤次餐顿盒瓶桶亩米个件张辆台节课学期套位人户])$")
"""A price or rate for each: 电费|每度|0.56元."""
GLUED_ADVERB = re.compile(r".*(?:共(?![享建同产])|累计|总计|已|都|日均|月均|年均|人均|每[\u4e00-\u9fff])(?=.{2})")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands in front of a number: a noun phrase, else a verb; `carried`: 其余, 首批 and the like.

    `gap`: linking words between it and the number were skipped.
    """

    noun: Span | None = None
    verb: Span | None = None
    carried: Span | None = None
    gap: bool = False
    headless: Span | None = None


class Verdict(Enum):
    """What becomes of a word on the way back from the number."""

    TAKE = auto()
    TAKE_LAST = auto()
    SKIP = auto()
    VERB = auto()
    END = auto()


def before(tokens: Tokens, end: int, floor: int, trend: bool = False, thing: bool = False) -> Before:
    """What stands before a number that begins at `end`; looks no further back than `floor`.

    `trend`: the number is a percentage, and 同比下降 and the like are skipped; `thing`: the measure word is one of
    things, so that an unknown verb is taken for a noun (疑问25个).
    """
    text, words = tokens.text, count_words()
    at = _behind_linkers(tokens, end, floor, trend)
    gap = at < end
    if at > floor and text[at - 1] == "”":
        opened = text.rfind("“", max(floor, at - 18), max(0, at - 2))
        if opened >= 0:
            quoted = Span(opened + 1, at - 1)
            listed = _coordinated(tokens, Span(opened, at), floor)
            return Before(listed if listed.start < opened else quoted, gap=gap)
    carried = words.carried_end.search(text, max(floor, at - 4), at)
    if carried:
        return Before(carried=Span(*carried.span()), gap=gap)
    taken, verb, headless = _walk(tokens, at, floor, thing)
    if headless is not None and trend:
        span = _clause(tokens, headless.end, floor)
        return Before(span, gap=gap, headless=span)
    if not taken:
        return Before(verb=Span(verb.start, verb.end) if verb else None, gap=gap)
    span = _coordinated(tokens, without_verb(text, Span(taken[-1].start, taken[0].end)), floor)
    if len(taken) > 1 and len(taken[0].text) >= 4 and words.plain_verb(taken[0].text[:2]):
        span = Span(taken[0].start + 2, taken[0].end)  # 商户|挽回损失 in one word
    if words.plain_verb(text[span.start : span.end]):
        return Before(verb=span, gap=gap)
    return Before(span, gap=gap)


def _behind_linkers(tokens: Tokens, end: int, floor: int, trend: bool) -> int:
    """Where the linking words before the number begin: 问题清单|共, 整改率|为."""
    words, text, at = count_words(), tokens.text, end
    linkers = words.trend_end if trend else words.linker_end
    while at > floor:
        found = linkers.search(text, max(floor, at - 5), at) or EACH.search(text, max(floor, at - 5), at)
        if found is None or (at == end and found.group() in AT_PLACE):
            break
        if len(found.group()) == 1:
            glued = words.glued_linkers.get(found.group(), "")
            if tokens.inside(found.start()) or (found.start() and text[found.start() - 1] in glued):
                break
        at = found.start()
    return at


def _walk(tokens: Tokens, end: int, floor: int, thing: bool) -> tuple[list[Piece], Piece | None, Piece | None]:
    """The words of the phrase, the last first; the verb before it; a 的 that the number follows at once."""
    words = count_words()
    taken: list[Piece] = []
    ending = words.measured_end.search(tokens.text, max(floor, end - 4), end)
    done = tokens.text[end : end + 1] in ASPECT and tokens.text[end] != "为"
    if ending and not done:
        taken.append(Piece(ending.start(), end, ending.group(), "n"))
    pieces = tokens.back(ending.start() if ending and taken else end, 8, floor)
    verb: Piece | None = None
    if done and pieces and pieces[0].start >= floor and pieces[0].verb_tag:
        return [], pieces[0], None  # 落实|了28条
    for k, piece in enumerate(pieces):
        if piece.start < floor or piece.stop:
            break
        if piece.text == "的" and not taken:
            return [], None, piece
        earlier = pieces[k + 1] if k + 1 < len(pieces) else None
        if earlier is not None and (earlier.start < floor or earlier.stop):
            earlier = None
        verdict = _verdict(taken, piece, earlier, thing)
        if verdict is Verdict.VERB:
            verb = piece
        if verdict in (Verdict.TAKE, Verdict.TAKE_LAST):
            taken.append(piece)
            if verdict is Verdict.TAKE_LAST and _belongs(taken, earlier):
                taken.append(earlier)  # type: ignore[arg-type]
        if verdict in (Verdict.VERB, Verdict.END, Verdict.TAKE_LAST) or len(taken) >= LONGEST:
            break
    while taken and (taken[-1].text in words.no_head or (len(taken) > 1 and _no_part(taken))):
        taken.pop()
    return taken, verb, None


def _verdict(taken: Sequence[Piece], piece: Piece, earlier: Piece | None, thing: bool) -> Verdict:
    """What becomes of `piece`, given the words taken and the one before it in the clause (None at its head)."""
    words = count_words()
    word = piece.text
    measured = bool(taken) and taken[0].text.endswith(words.measured_nouns)
    compound = len(taken) == 1 and taken[0].text in words.single_nouns and len(taken[0].text) == 1
    if not taken and word == "等":
        return Verdict.SKIP
    if not taken and word in words.noun_endings:
        return Verdict.TAKE
    if len(taken) == 1 and taken[0].text in words.noun_endings and len(word) > 1 and not piece.named:
        return Verdict.TAKE_LAST if piece.verb_tag or word in words.verbs else Verdict.TAKE  # 办结|率
    if piece.named and (taken or piece.tag == PLACE or (piece.tag == "ns" and piece.text.endswith(PLACE_ENDINGS))):
        return Verdict.END
    opens = earlier is None or earlier.named or earlier.tag in ("d", "t", "m")
    if words.plain_verb(word) or (word in words.verbs and taken and opens and not measured):
        return Verdict.VERB
    if not taken and completed(piece):
        return Verdict.VERB
    if not taken and thing and piece.verb and len(word) > 1:
        return Verdict.TAKE_LAST
    long = sum(len(p.text) for p in taken) > 1
    if long and not measured and piece.verb_tag and word in words.nominal and word not in words.describing:
        return Verdict.END
    if (piece.nominal and word not in words.small_words) or (
        taken and piece.tag[0] in "ab" and word not in ("多", "大")
    ):
        return Verdict.TAKE
    if not taken and piece.tag.startswith(("f", "a", "z", "q", "ng", "tg", "vg")) and earlier and earlier.nominal:
        return Verdict.TAKE  # 巷子最窄|处
    if taken and taken[0].text in words.manners and (piece.verb or piece.tag.startswith("d")):
        return Verdict.TAKE  # 不|牵绳|遛狗|行为
    if piece.verb:
        if (measured and len(taken) == 1) or (compound and len(word) == 2):
            return Verdict.TAKE_LAST  # 参加|人数, 折叠|凳
        return Verdict.END if taken or word in words.phrase_ends else Verdict.VERB
    return Verdict.END


def completed(piece: Piece) -> bool:
    """Whether a word is a verb with its result on it, and so no noun: 定下|两件, 减为|96个, 办好|109件."""
    return len(piece.text) in (2, 3) and piece.verb and piece.text.endswith(count_words().complements)


def _belongs(taken: Sequence[Piece], earlier: Piece | None) -> bool:
    """Whether one more word belongs to a noun with an ending: 综合|整改|率."""
    if earlier is None or len(taken) != 2 or taken[0].text not in count_words().noun_endings:
        return False
    return earlier.tag in ("vn", "n") and earlier.text not in count_words().verbs


def _no_part(taken: Sequence[Piece]) -> bool:
    """Whether the first word of the phrase (the last taken) is a verb that takes the rest, or a place's bare ending."""
    words = count_words()
    if taken[-1].text in BARE_ENDINGS:
        return True
    suffixed = taken[0].text in words.noun_endings and len(taken) <= 3
    return taken[-1].text in words.verbs and not suffixed and not taken[0].text.endswith(words.measured_nouns)


def _coordinated(tokens: Tokens, span: Span, floor: int) -> Span:
    """The phrase with those that 、 and 和 join to it before: 医生、护士和药师|36人."""
    words = count_words()
    start = span.start
    for _ in range(4):
        if start - 1 <= floor or tokens.text[start - 1] not in "、和及与":
            break
        first = start
        for piece in tokens.back(start - 1, 4, floor):
            out = piece.text in words.verbs or piece.text in words.no_head
            guessed = first == start and piece.verb and len(piece.text) > 1  # 挂历、春联: no verb joins so
            if piece.start < floor or piece.stop or not (piece.nominal or guessed) or out:
                break
            first = piece.start
        if first == start:
            break
        start = first
    return Span(start, span.end) if span.end - start <= 24 else span


def without_verb(text: str, span: Span) -> Span:
    """The phrase without an adverb or verb that the segmenter glued to its head: 清运|陈年垃圾, 共出动|人员."""
    glued = GLUED_ADVERB.match(text, span.start, span.end)
    if glued and text[glued.end() - 2 : glued.end()] not in ("公共", "总共"):
        span = Span(glued.end(), span.end)
    for length in (3, 2):
        if span.end - span.start - length >= 2 and count_words().plain_verb(text[span.start : span.start + length]):
            return Span(span.start + length, span.end)
    return span


def _clause(tokens: Tokens, end: int, floor: int) -> Span:
    """A headless phrase in 的: 首次发现的|占23.7%."""
    at = end - 1
    for piece in tokens.back(end, 5, floor):
        if piece.start < floor or piece.stop or piece.text in ("其中", "其余"):
            break
        at = piece.start
    return Span(at, end)


def theme(tokens: Tokens, end: int, floor: int) -> Span | None:
    """The noun phrase at the head of a clause whose verb begins at `end`, said of things: 手册|发出1200本.

    None where the phrase names those who act (小分队|入户), or does not open its clause.
    """
    words, text = count_words(), tokens.text
    if end > floor and text[end - 1] in "，,":
        end -= 1  # 水费一项，每年就少花2000元
    found: list[Piece] = []
    for piece in tokens.back(end, 8, floor):
        if piece.start < floor or piece.stop:
            break
        if not found and (piece.text in words.skipped or piece.tag in ("d", "r")):
            continue
        if not piece.nominal and not (found and piece.tag.startswith(("a", "v"))):
            return None
        found.append(piece)
    while found and (found[-1].text in words.only or found[-1].text in words.no_head):
        found.pop()
    if not found or not found[0].noun or len(found) > LONGEST or found[0].text.endswith(words.acting_endings):
        return None
    return without_verb(text, Span(found[-1].start, found[0].end))
