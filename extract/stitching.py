"""Which torn piece goes on where: evidence that two cut edges fit, and the best set of joins for the whole page.

A column break may fall anywhere, and the second half may stand behind a caption, a credit, another item, or even before
its first half. Every pair of edges is weighed on its own; then the joins are chosen together, each edge used once, so
that the page's total is highest (a maximum-weight matching, found exactly).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.edges import OPENING, Tagger, balance, crossing_word
from extract.evidence import Evidence, total
from extract.lines import Piece

CANDIDATES = 4  # continuations kept for a torn end; the true one is among the best few or undecidable
LEAST = 0.5  # a join with fewer points than this is not made
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


def edge_fit(first: str, second: str, start: float, tag: Tagger) -> tuple[Evidence, ...]:
    """What the two cut edges alone say; `start` is how torn the second one's beginning is.

    >>> from extract.tokens import segmenter
    >>> fit = edge_fit("大家说：“食堂真", "方便。”饭后", 0.9, segmenter("rjieba"))  # 'they said: "the canteen is really | handy." After'
    >>> [e.reason for e in fit]
    ['its beginning is torn', 'closes the open quotation']
    """
    found = []
    if start > 0:
        found.append(Evidence("its beginning is torn", round(2.0 * start, 2)))
    else:
        found.append(Evidence("begins like a paragraph", -1.0))
    opened = [c for c in balance(first).opened if c in "“「『（(《"]
    closed = balance(second).closed
    if opened and closed:
        found.append(Evidence("closes the open quotation", 2.5))
    elif opened:
        found.append(Evidence("leaves the quotation open", -0.75))
    elif closed:
        found.append(Evidence("closes a quotation that was never opened", -1.5))
    if first[-1:].isdigit() and second[:1].isdigit():
        found.append(Evidence("one number on both sides", 1.5))
    elif word := crossing_word(first, second, tag):
        found.append(Evidence(f"the cut runs through {word}", 1.5 if len(word) == 2 else 2.0))
    if second[:1] in OPENING and first[-1:] not in "，,：:、":
        found.append(Evidence("opens a quotation of its own", -0.5))
    return tuple(found)


def place_fit(first: int, second: int, between: Sequence[bool]) -> tuple[Evidence, ...]:
    """What the order on the page says; `between[k]` tells whether the k-th piece is body text.

    >>> [e.points for e in place_fit(3, 6, (True, True, True, True, False, False, True))]  # a caption and its credit between
    [1.5]
    """
    if second < first:
        return (Evidence("stands before its first half", -1.5 - 0.1 * (first - second)),)
    body = sum(between[first + 1 : second])
    if body == 0:
        return (Evidence("the next body text", 1.5),)
    return (Evidence(f"{body} body pieces between", max(-0.4 * body, -3.0)),)


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


def acyclic(joins: Sequence[Join]) -> tuple[Join, ...]:
    """The joins without the weakest of any that would make a paragraph its own continuation."""
    kept: dict[int, Join] = {}
    for join in sorted(joins, key=lambda j: -j.points):
        at: int | None = join.second
        while at is not None and at != join.first:
            at = kept[at].second if at in kept else None
        if at is None:
            kept[join.first] = join
    return tuple(kept[k] for k in sorted(kept))


Fit = Callable[[int, int], tuple[Evidence, ...]]


def edge_fits(pieces: Sequence[Piece], ends: Mapping[int, float], starts: Mapping[int, float], tag: Tagger) -> dict[tuple[int, int], tuple[Evidence, ...]]:
    """`edge_fit` for every torn end with every beginning that may follow it."""
    return {
        (i, j): edge_fit(pieces[i].text, pieces[j].text, starts[j], tag)
        for i in ends
        for j in starts
        if i != j
    }
