"""Which torn piece goes on where: evidence that two cut edges fit, and the best set of joins for the whole page.

A column break may fall anywhere, and the second half may stand behind a caption, a credit, another item, or even before
its first half. Every pair of edges is weighed on its own; then the joins are chosen together, each edge used once, so
that the page's total is highest (a maximum-weight matching, found exactly).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.edges import OPENING, balance, number_fit, seam
from extract.evidence import Evidence, total
from extract.tokens import Dictionary

CANDIDATES = 4  # continuations kept for a torn end; the true one is among the best few or undecidable
WHOLE = 0.3  # how torn a whole paragraph's beginning may look
LEAST = -0.25  # a join with fewer points than this is not made
SURE = 2.0  # points from the edges alone at which two pieces belong together wherever they stand


@dataclass(frozen=True, slots=True)
class Join:
    """The piece `first` goes on in the piece `second`; the evidence says why."""

    first: int
    second: int
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> float:
        return total(self.evidence)


def edge_fit(first: str, second: str, start: float, words: Dictionary) -> tuple[Evidence, ...]:
    """What the two cut edges alone say; `start` is how torn the second one's beginning is.

    >>> from extract.tokens import dictionary
    >>> fit = edge_fit("大家说：“食堂真", "方便。”饭后", 0.9, dictionary())  # 'they said: "the canteen is really | handy." After'
    >>> [e.reason for e in fit]
    ['its beginning is torn', 'closes the open quotation']
    """
    found = []
    if start > 0:
        found.append(Evidence("its beginning is torn" if start > WHOLE else "it might begin here", round(2 * (start - WHOLE), 2)))
    else:
        found.append(Evidence("begins like a paragraph", -1.25))
    opened = [c for c in balance(first).opened if c in "“「『（(《"]
    closed = balance(second).closed
    if opened and closed:
        found.append(Evidence("closes the open quotation", 2.5))
    elif opened:
        found.append(Evidence("leaves the quotation open", -0.75))
    elif closed:
        found.append(Evidence("closes a quotation that was never opened", -3.0))
    number = number_fit(first, second, words)
    if number is not None:
        found.append(Evidence("a number and what goes on with it" if number else "a number without its unit", 1.5 if number else -1.5))
    else:
        cut = seam(first, second, words)
        if cut.word:
            found.append(Evidence(f"the cut runs through {cut.word}", 1.5 if len(cut.word) == 2 else 2.0))
        elif cut.name:
            found.append(Evidence("a surname, and a given name may follow", 1.5))
        if cut.stump:
            found.append(Evidence(f"the cut left {cut.stump} hanging", 1.0 if cut.word else 0.5 if cut.name else -0.25))
    if second[:1] in OPENING and first[-1:] not in "，,：:、":
        found.append(Evidence("opens a quotation of its own", -0.5))
    return tuple(found)


def place_fit(first: int, second: int, between: Sequence[bool]) -> tuple[Evidence, ...]:
    """What the order on the page says; `between[k]` tells whether the k-th piece is body text.

    >>> [e.points for e in place_fit(3, 6, (True, True, True, True, False, False, True))]  # a caption and its credit between
    [1.25]
    """
    if second < first:
        return (Evidence("stands before its first half", -1.5 - 0.1 * (first - second)),)
    body = sum(between[first + 1 : second])
    if body == 0:
        return (Evidence("the next body text", 1.25),)
    return (Evidence(f"{body} body pieces between", max(-0.3 * body, -2.0)),)


def assign(ends: Mapping[int, float], joins: Sequence[Join]) -> tuple[Join, ...]:
    """The joins, each end and each beginning used at most once, whose points add up highest.

    `ends` maps a torn piece to how sure its tear is; leaving a sure tear open costs as many points.
    """
    options: list[tuple[int, tuple[Join, ...]]] = []
    for first in sorted(ends):
        mine = sorted((j for j in joins if j.first == first and j.points >= LEAST), key=lambda j: (-j.points, j.second))
        options.append((first, tuple(mine[:CANDIDATES])))

    @lru_cache(maxsize=None)
    def best(index: int, used: frozenset[int]) -> tuple[float, tuple[Join, ...]]:
        if index == len(options):
            return 0.0, ()
        first, mine = options[index]
        later = {j.second for _, js in options[index + 1 :] for j in js}
        rest, chosen = best(index + 1, used & frozenset(later))
        top = (rest - ends[first], chosen)
        for join in mine:
            if join.second in used:
                continue
            rest, chosen = best(index + 1, (used | {join.second}) & frozenset(later))
            if join.points + rest > top[0]:
                top = (join.points + rest, (join, *chosen))
        return top

    return best(0, frozenset())[1]


def choose(ends: Mapping[int, float], joins: Sequence[Join]) -> tuple[Join, ...]:
    """`assign` without circles: no paragraph becomes its own continuation."""
    allowed = list(joins)
    while True:
        chosen = assign(ends, allowed)
        circle = _circle(chosen)
        if not circle:
            return chosen
        allowed.remove(min(circle, key=lambda j: j.points))


def _circle(joins: Sequence[Join]) -> list[Join]:
    """The joins of a circle, or []."""
    after = {j.first: j for j in joins}
    for join in joins:
        path, at = [join], join.second
        while at in after and at != join.first:
            path.append(after[at])
            at = after[at].second
            if len(path) > len(joins):
                break
        if at == join.first:
            return path
    return []
