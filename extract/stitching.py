"""Which torn piece goes on where: evidence that two cut edges fit, and the best set of joins for the whole page.

A column break may fall anywhere, and the second half may stand behind a caption, a credit, another item, or even before
its first half. Every pair of edges is weighed on its own; then the joins are chosen together, each edge used once, so
that the page's total is highest (a maximum-weight matching, found exactly).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from extract.edges import OPENING, says_something
from extract.evidence import Evidence, sign, total
from extract.seams import Beginning, Ending, number_fit, seam, wanted
from extract.tokens import Dictionary

ITEM_END = re.compile(r"([^，,。；;：:！？、]+)、$")
LISTED_ITEM = re.compile(r"[^，,。；;：:！？、]+")
SHORTEST_ITEM = 3
SAME_IN_STEP = 2  # characters that two items of a list in step share at the same places
DIVISION_WORD = re.compile(r"(?<![\u4e00-\u9fff]{4})(?:社区|街道|小区)$")
NAMED_DIVISION = {
    word: re.compile(rf"(?![和与及同])[\u4e00-\u9fff]{{2,5}}?(?<!该)(?<!各){word}") for word in ("社区", "街道", "小区")
}
LISTED = re.compile(r"[^，,。；;：:！？、]{1,10}、")
CANDIDATES = 4  # continuations kept for a torn end; the true one is among the best few or undecidable
WHOLE = 0.3  # how torn a whole paragraph's beginning may look
LEAST = -0.25  # a join with fewer points than this is not made
LEAST_WHOLE = 0.75  # the same where the second piece begins like a paragraph: it needs no first half
BEAM = 256  # sets of taken beginnings followed at once
QUOTATIONS: Mapping[tuple[bool, bool], Evidence | None] = MappingProxyType(
    {
        (True, True): Evidence("closes the open quotation", 2.5),
        (True, False): Evidence("leaves the quotation open", -0.75),
        (False, True): Evidence("closes a quotation that was never opened", -4.0),
        (False, False): None,
    }
)
"""By whether the first half leaves a quotation open, and whether the second one closes one."""
MOST_OF_WORDS = 2.01  # what a word that the cut runs through tells at most, and rounding
SURE = 1.5  # points from the edges alone at which two pieces belong together wherever they stand


@dataclass(frozen=True, slots=True)
class Join:
    """The piece `first` goes on in the piece `second`; the evidence says why."""

    first: int
    second: int
    evidence: tuple[Evidence, ...]
    points: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", total(self.evidence))


class Fit(NamedTuple):
    """What two cut edges say by themselves; `held`: they hold on to each other, as the halves of a word do."""

    evidence: tuple[Evidence, ...]
    held: bool


def edge_fit(first: Ending, second: Beginning, start: float, words: Dictionary) -> Fit:
    """What the two cut edges alone say; `start` is how torn the second one's beginning is.

    >>> from extract.seams import beginning, ending
    >>> from extract.tokens import dictionary
    >>> words = dictionary()
    >>> fit = edge_fit(ending("大家说：“食堂真", words), beginning("方便。”饭后", words), 0.9, words)
    >>> [e.reason for e in fit.evidence]  # 'said: "how | handy." After'
    ['its beginning is torn', 'closes the open quotation', 'a word that waits gets what it waits for']
    """
    found = [_beginning(start)]
    if quotation := QUOTATIONS[first.opened, second.closed]:
        found.append(quotation)
    number = number_fit(first, second, words)
    word = None
    if number is not None:
        found.append(
            sign("a number and what goes on with it", 1.5) if number else sign("a number without its unit", -1.5)
        )
    else:
        cut = seam(first, second, words)
        word = cut.word
        if word:
            found.append(Evidence(f"the cut runs through {word}", 1.5 if len(word) == 2 else 2.0))
        elif cut.name:
            found.append(sign("a surname, and a given name may follow", 1.5))
        if cut.stump:
            found.append(Evidence(f"the cut left {cut.stump} hanging", 1.0 if word else 0.5 if cut.name else -0.25))
        elif not word and start > 0 and (gets := wanted(first, second)) is not None:
            found.append(
                sign("a word that waits gets what it waits for", 0.75)
                if gets
                else sign("a word that waits does not get it", -0.75)
            )
    last = first.text[-1:]
    step = False
    if last == "、" and LISTED.match(second.text):
        step = _in_step(first.text, second.text)
        found.append(sign("the list goes on in step", 1.5) if step else sign("the list goes on", 1.25))
    elif last == "、" and start <= 0:
        found.append(sign("a paragraph's beginning is no item of a list", -1.5))
    if second.text[:1] in OPENING and last not in "，,：:、" and says_something(second.text):
        found.append(sign("opens a quotation of its own", -0.5))
    if (level := DIVISION_WORD.search(first.tail)) and NAMED_DIVISION[level.group()].match(second.text):
        found.append(sign("a division's name right behind a word for one", -1.25))
    return Fit(tuple(found), bool(word) or step)


def _in_step(first: str, second: str) -> bool:
    """Whether the items of a list at both sides of a break are built alike: …做到困难有人帮、|心结有人解。"""
    before, after = ITEM_END.search(first), LISTED_ITEM.match(second)
    if not before or not after or not SHORTEST_ITEM <= len(after.group()) <= len(before.group(1)):
        return False
    same = sum(a == b for a, b in zip(str(before.group(1))[::-1], str(after.group())[::-1], strict=False))
    return same >= SAME_IN_STEP


@cache
def _beginning(start: float) -> Evidence:
    """How torn a beginning is; `start` is one of the few degrees of `edges.torn_start`."""
    if start <= 0:
        return Evidence("begins like a paragraph", -1.25)
    return Evidence("its beginning is torn" if start > WHOLE else "it might begin here", round(2 * (start - WHOLE), 2))


def most_fit(first: Ending, second: Beginning, start: float) -> float:
    """As many points as `edge_fit` may give, and a little more: by what costs nothing, before any word is read."""
    quotation = QUOTATIONS[first.opened, second.closed]
    hanging = 1.0 if first.stump or second.stump else 0.0
    listed = 1.5 if first.text[-1:] == "、" else 0.0
    return _beginning(start).points + (quotation.points if quotation else 0.0) + MOST_OF_WORDS + hanging + listed


def place_fit(first: int, second: int, between: int) -> Evidence:
    """What the order on the page says; `between` counts the body pieces that stand between the two halves.

    >>> place_fit(3, 6, 0)  # a caption and its credit between
    Evidence(reason='the next body text', points=1.25)
    """
    if second < first:
        return sign("stands before its first half", -1.5 - 0.1 * min(first - second, 20))
    return sign("the next body text", 1.25) if between == 0 else _parted(between)


@cache  # as many as the parts among which a continuation is looked for
def _parted(between: int) -> Evidence:
    return Evidence(f"{between} body pieces between", max(-0.2 * between, -1.5))


def choose(ends: Mapping[int, float], joins: Sequence[Join]) -> tuple[Join, ...]:
    """The joins, each end and each beginning used once and no paragraph its own continuation, with the most points.

    `ends` maps a torn piece to how sure its tear is; leaving a sure tear open costs as many points.

    >>> points = {(1, 2): 2.0, (1, 3): 1.9, (4, 2): 1.5}  # 1 would rather have 2, but 4 has nothing else
    >>> joins = [Join(a, b, (Evidence("", p),)) for (a, b), p in points.items()]
    >>> [(j.first, j.second) for j in choose({1: 1.0, 4: 1.0}, joins)]
    [(1, 3), (4, 2)]
    """
    allowed = list(joins)
    while True:
        chosen = _match(ends, allowed)
        weakest = [min(circle, key=lambda j: j.points) for circle in _circles(chosen)]
        if not weakest:
            return chosen
        allowed = [join for join in allowed if join not in weakest]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Joins chosen so far, the last one first."""

    points: float
    join: Join | None = None
    before: "_Choice | None" = None


def _match(ends: Mapping[int, float], joins: Sequence[Join]) -> tuple[Join, ...]:
    """A maximum-weight matching: end by end, the best choice for every set of beginnings that later ends may want too.

    Exact while no more than BEAM such sets are open at once, which a page of news never reaches.
    """
    options: dict[int, list[Join]] = {first: [] for first in sorted(ends)}
    for join in sorted(joins, key=lambda j: (-j.points, j.second)):
        if join.points >= LEAST and len(options[join.first]) < CANDIDATES:
            options[join.first].append(join)
    last_wish = {join.second: first for first, mine in options.items() for join in mine}
    open_sets: dict[frozenset[int], _Choice] = {frozenset(): _Choice(0.0)}
    for first, mine in options.items():
        reached: dict[frozenset[int], _Choice] = {}
        for used, choice in open_sets.items():
            ways = [(used, _Choice(choice.points - ends[first], None, choice))]
            ways += [
                (used | {join.second}, _Choice(choice.points + join.points, join, choice))
                for join in mine
                if join.second not in used
            ]
            for taken, way in ways:
                kept = frozenset(second for second in taken if last_wish[second] > first)
                if kept not in reached or way.points > reached[kept].points:
                    reached[kept] = way
        open_sets = dict(sorted(reached.items(), key=lambda item: -item[1].points)[:BEAM])
    best: _Choice | None = max(open_sets.values(), key=lambda choice: choice.points)
    chosen = []
    while best is not None:
        if best.join is not None:
            chosen.append(best.join)
        best = best.before
    return tuple(reversed(chosen))


def _circles(joins: Sequence[Join]) -> list[list[Join]]:
    """The circles among joins that each use an end and a beginning once."""
    after = {j.first: j for j in joins}
    circles: list[list[Join]] = []
    cleared: set[int] = set()
    for join in joins:
        path: list[Join] = []
        at = join.first
        while at in after and at not in cleared:
            cleared.add(at)
            path.append(after[at])
            at = after[at].second
        starts = [j.first for j in path]
        if at in starts:
            circles.append(path[starts.index(at) :])
    return circles
