"""Arithmetic that the text states: a percentage that two other counts of the article imply (280 of 320 is 87.5%).

A percentage is checked where the text makes plain what it is a share of: two counts of one unit near it whose
quotient it is, or, by the words, the whole and the part that a rate or 占 speaks of. Growth (同比增长12%) is not
checked: what it was before is not printed. Where nothing decides it the check is None, never a guess.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import lexicon
from schemas.annotations import Check, Count

TREND = re.compile("|".join(lexicon.rules("count_guards")["trend"]["words"]))
SHARE = re.compile(r"占(?:比|到|了|总数的?|全部的?)?[^，。；]{0,12}$")
REACH = 100
"""Characters before a percentage in which what it is a share of must stand."""
AHEAD = 30
"""Characters behind it: 合格率98%，抽检50批次."""
STOP = re.compile(r"[。！？\n]")


def with_checks(text: str, counts: Sequence[Count]) -> list[Count]:
    """The counts, each percentage with its check where the article's other counts allow one."""
    return [replace(c, check=check(text, c, counts)) if c.unit == "%" else c for c in counts]


def check(text: str, rate: Count, counts: Sequence[Count]) -> Check | None:
    """What the percentage was compared with and whether it agrees; None where nothing decides."""
    opens = max((m.end() for m in re.finditer(r"[，,。；\n]", text[max(0, rate.start - 40) : rate.start])), default=0)
    clause = text[max(0, rate.start - 40) + opens : rate.end]
    if TREND.search(clause) or rate.max is not None or not 0 < rate.value <= 100:
        return None
    pairs = list(_pairs(text, rate, counts))
    for whole, part in pairs:
        if _agree(rate, whole, part):
            return Check(whole.id, part.id, True)
    if rate.mod != "exact":
        return None
    exact = [(whole, part) for whole, part in pairs if part.mod == whole.mod == "exact"]
    told = [(whole, part) for whole, part in exact if _told(text, rate, part, clause)]
    if len(told) == 1:
        return Check(told[0][0].id, told[0][1].id, False)
    return None


def _pairs(text: str, rate: Count, counts: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
    """Whole and part of one unit and near by, the nearest first; no unit of measure may differ."""
    paragraph = text.rfind("\n", 0, rate.start)
    last = STOP.search(text, rate.end)
    stop = min(rate.end + AHEAD, last.start() if last else len(text))
    near = [
        c
        for c in counts
        if c.id != rate.id
        and c.unit not in ("%", "‰", "岁")
        and c.max is None
        and max(paragraph, rate.start - REACH) <= c.start
        and c.end <= stop
    ]
    near.sort(key=lambda c: abs(c.start - rate.start))
    for far in range(1, len(near)):
        for close in range(far):
            one, other = near[far], near[close]
            if one.unit == other.unit and one.value != other.value:
                whole, part = (one, other) if one.value > other.value else (other, one)
                yield whole, part


def _agree(rate: Count, whole: Count, part: Count) -> bool:
    """Whether the quotient is the printed percentage, rounded or cut off at its last digit."""
    figure = re.search(r"\.(\d+)", rate.text)
    digits = len(figure.group(1)) if figure else 0
    quotient = part.value / whole.value * 100
    slack: float = 10.0**-digits
    if rate.mod == "over":
        return rate.value <= quotient < rate.value + 5
    if rate.mod == "under":
        return rate.value - 5 < quotient <= rate.value
    if rate.mod == "about" or part.mod != "exact" or whole.mod != "exact":
        slack = max(slack, 1.0)
    elif "成" in rate.text:
        slack = 2.0
    return abs(quotient - rate.value) < slack


def _told(text: str, rate: Count, part: Count, clause: str) -> bool:
    """Whether the words say that the percentage is the share of `part`: 整改42处，整改率95%; 老人126人，占34%."""
    if part.end > rate.start or STOP.search(text, part.end, rate.start):
        return False
    if SHARE.search(clause[: clause.rfind(rate.text[-2:])] or clause):
        return rate.start - part.end <= 12
    stem = rate.object.removesuffix("率")[-2:]
    return rate.object.endswith("率") and len(stem) == 2 and stem in text[max(0, part.start - 6) : part.end]
