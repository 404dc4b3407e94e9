"""Figures with what they count: 地锁8个 -> 8 个 地锁 (eight ground locks); 完成率为87.5% -> 87.5 % 完成率.

A count is a number with a measure word, a per cent sign or a currency. Its object is the shortest noun phrase that
names what is counted: behind the number (8个地锁), before it (地锁8个), or, where neither stands, that of the count
before (处置58621件) or the noun of the clause before. Lengths of time are none (三个小时), except of a noun that is one
(服务时长500小时). 万 and 亿 are multiplied out, 块 of money is 元, 3元5角 is 3.5 元.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract import count_guards
from extract.approximation import approximation
from extract.count_checks import with_checks
from extract.count_roles import role
from extract.count_tokens import Tokens
from extract.count_words import count_words
from extract.figures import MEASURED, Figure, figures
from extract.objects_before import Before, before
from extract.objects_behind import behind
from extract.objects_left_out import REPEATS, SENTENCE, Found, left_out
from extract.tokens import Words
from schemas.annotations import Count, Mention, Numeral, Span, TimeExpression
from schemas.layout import Article

CLAUSE = re.compile(r".*[，,。；;！？!?\n（(：:]", re.DOTALL)
"""All up to the last sign that ends a clause."""
REACH = 120
"""Characters before a number in which its clause must begin."""
DURATION_NOUN = re.compile(r"(?:时长|时间|工时|学时|课时|工期|寿命|年限)$")
BESIDE = ("人", "人次", "户", "户次", "场次", "件次", "车次", "班次", "批次")
"""Units that name what they count: the noun before them goes before one behind them (志愿者30余人)."""


class CountReader:
    """Reads the counts of an article."""

    def read(
        self,
        words: Words,
        article: Article,
        numerals: Sequence[Numeral],
        dates: Sequence[TimeExpression],
        names: Sequence[Mention],
    ) -> tuple[Count, ...]:
        """The counts in order of the text, ids c1, c2 …; offsets are over the article's text."""
        text = words.text
        inside = [*((d.start, d.end) for d in dates), *((m.start, m.end) for m in names)]
        taken = count_guards.times_and_names(text, inside)
        found = figures(text, numerals, taken)
        if not found:
            return ()
        tokens = Tokens(words, names)
        counts: list[Count] = []
        for figure in found:
            counted = _counted(tokens, figure, counts)
            if counted is not None:
                counts.append(_made(text, figure, counted, counts))
        return tuple(with_checks(text, counts))


def _counted(tokens: Tokens, figure: Figure, earlier: Sequence[Count]) -> Found | None:
    """What the figure counts and how far the words reach that say so; None where it is no count."""
    text = tokens.text
    start = _with_approximation(text, figure)
    previous = earlier[-1] if earlier else None
    if figure.kind == "time":
        floor_noun = before(tokens, start, _clause(text, start)).noun
        if floor_noun is None or not DURATION_NOUN.search(text[floor_noun.start : floor_noun.end]):
            return None
    if (
        previous is not None
        and previous.end == start
        and previous.object
        and (previous.unit == "岁" or not previous.text.endswith(previous.object))
    ):
        return Found(previous.object, start, figure.end)  # 牧民37户|112人
    thing = _is_thing(figure)
    ahead, acts = None, False
    if figure.kind != "time":
        pieces = tokens.ahead(figure.end, clause=True)
        ahead = behind(tokens, pieces, thing=thing, described=figure.unit not in BESIDE)
        acts = ahead is not None and pieces[0].verb
    if ahead is not None and not acts and _named_behind(figure):
        return Found(text[ahead.start : ahead.end], start, ahead.end)
    floor = max(_clause(text, start), previous.end if previous is not None else 0)
    back = before(tokens, start, floor, trend=figure.kind in ("percent", "rate", "age"), thing=thing)
    if acts and back.carried is not None:
        ahead = None  # 其中30套|送进病房
    chosen = _choose(text, figure, ahead, back)
    if chosen is not None and chosen is back.noun and _stands_in(tokens, figure, chosen, earlier):
        verb = chosen if text[chosen.start : chosen.end] in count_words().verbs else None
        chosen, back = None, replace(back, noun=None, verb=verb)
    if chosen is not None:
        last = chosen.end if chosen is ahead else figure.end
        return Found(text[chosen.start : chosen.end], min(start, chosen.start), last)
    return left_out(tokens, figure, start, back, earlier)


def _named_behind(figure: Figure) -> bool:
    """Whether a noun behind the number is what it counts, whatever stands before it: 12名|志愿者."""
    amount = figure.kind in MEASURED or figure.kind in ("percent", "age")
    return not amount and figure.unit not in REPEATS and (figure.unit not in BESIDE or figure.unit == "户")


def _clause(text: str, end: int) -> int:
    """Where the clause that goes on at `end` begins."""
    first = max(0, end - REACH)
    found = CLAUSE.match(text, first, end)
    return found.end() if found else first


def _stands_in(tokens: Tokens, figure: Figure, noun: Span, earlier: Sequence[Count]) -> bool:
    """Whether the noun before the number only stands in for what is counted.

    发现漏点68处，整改61处 (put right: of the hazards), 人数达47人 (their number: of those named before).
    """
    words, said = count_words(), tokens.text[noun.start : noun.end]
    if said in words.mere_numbers:
        return True
    if said in words.verbs and earlier and earlier[-1].unit == figure.unit and figure.unit not in words.event_units:
        return not SENTENCE.search(tokens.text, earlier[-1].end, noun.start) and bool(earlier[-1].object)
    following = tokens.ahead(figure.end, 1)
    return figure.unit in REPEATS and bool(following) and following[0].text in words.acts


def _is_thing(figure: Figure) -> bool:
    return (figure.kind in ("thing", "container") and figure.unit not in BESIDE) or figure.unit == "户"


def _choose(text: str, figure: Figure, ahead: Span | None, back: Before) -> Span | None:
    """Which noun phrase is counted, of those behind and before the number."""
    attributive = text[figure.end : figure.end + 1] == "的"
    phrase = text[ahead.start : ahead.end] if ahead else ""
    if figure.kind == "age":
        return ahead if attributive or (ahead and ahead.start == figure.end) else back.headless
    beside = ahead is not None and ahead.start == figure.end
    if figure.kind == "percent" and back.verb and beside and text[figure.end - 1] != "%":
        return ahead  # 降低|三成|租金
    if figure.kind == "percent" and not attributive:
        return back.noun or (None if back.verb else ahead)
    if figure.kind == "money" and not attributive:
        if text.startswith("钱", figure.end) and not back.noun:
            return Span(figure.end, figure.end + 1)
        return ahead if is_money(phrase) and phrase != "钱" else back.noun
    if figure.kind in MEASURED and beside and back.noun and back.noun.end - back.noun.start == 1:
        return ahead  # 投1公斤|废纸
    if figure.kind in MEASURED and not attributive:
        return back.noun or ahead
    if attributive and not (figure.kind in MEASURED and back.noun and not back.gap):
        return ahead or back.noun
    if figure.unit in BESIDE and figure.unit != "户" and back.noun is not None and not back.gap:
        return back.noun
    if figure.unit in REPEATS and (back.verb or back.noun):
        return back.noun
    return ahead or back.noun


def is_money(phrase: str) -> bool:
    """Whether a noun phrase names what money is or is for.

    >>> is_money("慰问金"), is_money("移机费"), is_money("健身器材")  # a gift of money, a fee, exercise machines
    (True, True, False)
    """
    words = count_words().money_nouns
    return (
        phrase in words
        or any(phrase.endswith(w) for w in words if len(w) > 1)
        or phrase[-1:] in tuple("费款金钱券税薪")
    )


def _made(text: str, figure: Figure, counted: Found, earlier: Sequence[Count]) -> Count:
    start, end = min(counted.start, figure.start), max(counted.end, figure.end)
    value, high, unit, mod = figure.value, figure.max, figure.unit, figure.numeral.mod
    part = role(text, start, end, unit, counted.object, earlier[-1] if earlier else None)
    return Count(f"c{len(earlier) + 1}", text[start:end], start, end, value, high, unit, counted.object, mod, part)


def _with_approximation(text: str, figure: Figure) -> int:
    """Where the number begins, 约, 近, 不到 before it counted in."""
    numeral = figure.numeral
    if numeral.mod == "exact":
        return numeral.start
    words = approximation().before(text, numeral.start) or approximation().before(text, numeral.start, bare=True)
    return words[1] if words and words[0] == numeral.mod else numeral.start
