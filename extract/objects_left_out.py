"""What a number counts where no noun stands beside it: the verb (警报4次), the count before (其余17个), a noun before.

`PRECEDENCE` is the order in which the ways are tried; each gives the object, and how far the printed words reach.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.count_tokens import PERSON, Piece, Tokens
from extract.count_words import CountWords, count_words
from extract.figures import MEASURED, Figure
from extract.objects_before import Before, completed, theme, without_verb
from extract.objects_behind import phrase
from schemas.annotations import Count, Span

SENTENCE = re.compile(r"[。！？!?\n]")
PEOPLE = ("人", "名", "位", "户", "家", "人次", "户次")
"""Units of those who do something: what they did may stand in for them (38人|报名)."""
REPEATS = ("次", "趟", "遍", "回")
"""Units of events: what is done stands beside them."""
REACH = 24  # pieces looked through for a noun


@dataclass(frozen=True, slots=True)
class Blank:
    """A number with no noun beside it, and the counts of the article before it."""

    tokens: Tokens
    figure: Figure
    start: int  # where the number begins, 约 counted in
    sentence: int  # where its sentence begins
    back: Before
    earlier: Sequence[Count]

    @property
    def first(self) -> int:
        """Where the printed words begin: at the verb or 其余 before the number, else at the number."""
        anchor = self.back.carried or self.back.verb
        return anchor.start if anchor else self.start


@dataclass(frozen=True, slots=True)
class Found:
    """An object and the stretch that holds it, or only the number where the object stands elsewhere."""

    object: str
    start: int
    end: int


def left_out(tokens: Tokens, figure: Figure, start: int, back: Before, earlier: Sequence[Count]) -> Found:
    """The object of a number that has none beside it; "" where nothing tells."""
    sentence = max((m.end() for m in SENTENCE.finditer(tokens.text, max(0, start - 120), start)), default=start - 120)
    blank = Blank(tokens, figure, start, max(0, sentence), back, earlier)
    for way in PRECEDENCE:
        found = way(blank, count_words())
        if found is not None:
            return found
    return Found("", blank.first, figure.end)


def _aged(blank: Blank, words: CountWords) -> Found | None:
    """An age: the person named behind 岁 (7岁的|高一鸣) or last before it (何秀英今年|81岁)."""
    if blank.figure.kind != "age":
        return None
    ahead = blank.tokens.ahead(blank.figure.end, 2)
    named = next((p for p in ahead[: 2 if ahead and ahead[0].text == "的" else 1] if p.tag == PERSON), None)
    if named is not None:
        return Found(named.text, blank.start, named.end)
    for piece in blank.tokens.back(blank.start, REACH):
        if piece.start < blank.sentence - 40:
            break
        if piece.tag == PERSON:
            return Found(piece.text, blank.start, blank.figure.end)
    for piece in blank.tokens.back(blank.start, 6):
        if piece.start < blank.sentence or piece.stop:
            break
        if piece.noun and piece.text.endswith(words.people_endings):
            return Found(piece.text, piece.start, blank.figure.end)
    return Found("", blank.start, blank.figure.end)


def _done_by(blank: Blank, words: CountWords) -> Found | None:
    """The verb before the number: 警报4次, 入户2600户, 转账5万元."""
    if blank.back.verb is None:
        return None
    verb = blank.tokens.text[blank.back.verb.start : blank.back.verb.end]
    act = next((w for w in (verb, verb[-2:]) if w in words.acts), "")
    unit, kind = blank.figure.unit, blank.figure.kind
    nominal = verb in words.nominal or bool(act)
    events = unit in words.event_units and (unit != "人" or nominal) and verb not in words.causing
    if events or (nominal and kind == "money") or (act and unit in (*PEOPLE, *words.event_units)):
        at = blank.back.verb.end - len(act) if act else blank.first
        return Found(act or verb, at, blank.figure.end)
    return None


def _does(blank: Blank, words: CountWords) -> Found | None:
    """The verb behind the number of those who do it: 38人|报名, 6000人次|观看, 三次|上门."""
    if blank.figure.unit not in (*PEOPLE, *REPEATS) or (
        blank.back.verb is not None and blank.figure.unit != "人次" and blank.figure.unit not in REPEATS
    ):
        return None
    pieces = blank.tokens.ahead(blank.figure.end, 4)
    while pieces and (pieces[0].text in words.phrase_ends or pieces[0].text in ("来", "前来", "已")):
        if pieces[0].text in words.acts:
            break
        pieces = pieces[1:]
    if not pieces:
        return None
    head, rest = pieces[0], pieces[1:]
    if rest and head.text + rest[0].text in words.acts:
        return Found(head.text + rest[0].text, blank.start, rest[0].end)
    closed = not rest or rest[0].stop or rest[0].text in ("了", "过", "的")
    if head.text in words.acts or (blank.figure.unit == "人次" and head.verb_tag and closed):
        return Found(head.text, blank.start, head.end)
    return None


def _carried(blank: Blank, words: CountWords) -> Found | None:
    """The object of the last count of the sentence with the same unit: 其余17个, 办好109件."""
    figure = blank.figure
    for count in reversed(blank.earlier):
        if count.start < blank.sentence - (60 if blank.back.carried else 0):
            break
        if not count.object or count.object in words.acts:
            continue
        alike = blank.back.carried is not None and figure.kind not in MEASURED
        if count.unit == figure.unit or alike or (figure.kind == "container" and count.unit not in PEOPLE):
            if figure.kind == "money":
                continue
            return Found(count.object, blank.first, figure.end)
    return None


def _theme(blank: Blank, words: CountWords) -> Found | None:
    """The noun that the verb before the number is said of: 手册|发出1200本, 松果就|拾了两筐多."""
    if blank.back.verb is None or blank.figure.unit in PEOPLE or blank.figure.kind in ("event", "rate"):
        return None
    span = theme(blank.tokens, blank.back.verb.start, blank.sentence)
    return None if span is None else Found(blank.tokens.text[span.start : span.end], span.start, blank.figure.end)


def _noun_before(blank: Blank, words: CountWords) -> Found | None:
    """The nearest noun before in the sentence that the unit may count: people for 人, money's for 元."""
    figure, tokens = blank.figure, blank.tokens
    if figure.kind in ("rate", "speed") or (figure.kind == "length" and blank.back.verb is not None):
        return None
    pieces = [p for p in tokens.back(blank.first, REACH) if p.start >= blank.sentence]
    for k, piece in enumerate(pieces):
        if piece.text == "》" and figure.unit not in PEOPLE:
            opened = tokens.text.rfind("《", blank.sentence, piece.start)
            if opened >= 0:
                return Found(tokens.text[opened + 1 : piece.start], blank.first, figure.end)
        if not piece.noun or piece.text in words.no_head or piece.stop or not _fits(piece, figure, words):
            continue
        first = piece
        for earlier in pieces[k + 1 : k + 4]:
            out = earlier.text in words.verbs or earlier.text in words.no_head
            if not earlier.nominal or earlier.stop or out:
                break
            first = earlier
        span = without_verb(tokens.text, Span(first.start, piece.end))
        return Found(tokens.text[span.start : span.end], blank.first, figure.end)
    return None


def _fits(piece: Piece, figure: Figure, words: CountWords) -> bool:
    people = piece.text.endswith(words.people_endings)
    if figure.kind == "money":
        return (
            piece.text in words.money_nouns
            or piece.text.endswith(tuple(words.measured_nouns))
            or (piece.text[-1] in "费款金薪税价租")
        )
    if figure.unit in ("户", "家"):
        return piece.text.endswith(words.household_endings)
    if figure.unit in PEOPLE:
        return people
    return not people or figure.kind == "percent"


def _spent(blank: Blank, words: CountWords) -> Found | None:
    """What money went into: 3.2万元|购置|健身器材, 5万元|用于|修缮屋顶."""
    if blank.figure.kind != "money":
        return None
    pieces = blank.tokens.ahead(blank.figure.end, 10)
    while pieces and pieces[0].text in ("为", "给", "去", "来", "，", "专门", "全部", "都"):
        pieces = pieces[1:]
    if len(pieces) < 2 or pieces[0].text not in words.buying:
        return None
    bought = phrase([p for k, p in enumerate(pieces[1:]) if k or p.text not in ("了", "起", *words.buying)])
    if not bought:
        return None
    return Found(blank.tokens.text[bought[0].start : bought[-1].end], blank.first, bought[-1].end)


def _described(blank: Blank, words: CountWords) -> Found | None:
    """A noun behind a verb that describes it, where a thing is counted: 写满六本|值班笔记."""
    if blank.figure.kind not in ("thing", "container") or blank.figure.unit in PEOPLE or blank.back.carried:
        return None
    pieces = blank.tokens.ahead(blank.figure.end, 3)
    if len(pieces) < 2 or not pieces[0].verb_tag or completed(pieces[0]) or len(pieces[0].text) < 2:
        return None
    last = len(pieces) == 2 or pieces[2].stop
    if not last or not pieces[1].tag.startswith("n") or len(pieces[1].text) < 2:
        return None
    return Found(blank.tokens.text[pieces[0].start : pieces[1].end], blank.start, pieces[1].end)


Way = Callable[[Blank, CountWords], Found | None]
PRECEDENCE: tuple[Way, ...] = (_aged, _spent, _done_by, _does, _described, _carried, _theme, _noun_before)
