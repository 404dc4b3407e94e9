"""From weighed candidates to mentions: which ones stand, who stands beside them, where they come again, who is who."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from extract.courtesy import Call, same_person
from extract.credits import inside
from extract.lexicon import rules
from extract.person_context import PersonContext
from extract.person_names import Candidate
from extract.person_text import PersonText
from schemas.annotations import Mention, Span

BESIDE = frozenset(("、", "，", ",", "和", "与", "及", "跟", "以及", "夫妇、", "夫妇和"))
"""All that may stand between two names of a list."""
SIZES_BESIDE = sorted({len(between) for between in BESIDE})
WORTH_COUNTING = 0.8
"""A candidate with fewer points is no repetition of anything."""


def accept(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best candidates, none overlapping another, then those beside accepted ones in a list (顾长河、柳月琴)."""
    weights = rules("person_evidence")
    waiting = _with_repetitions(text, candidates, weights["repeat"])
    waiting.sort(key=lambda c: (-c.score, c.start, c.start - c.end))
    chosen: list[Candidate] = []
    more = _choose((c for c in waiting if c.score >= weights["accept"]), chosen)
    while more:
        chosen += more
        ends, starts = {c.end for c in chosen}, {c.start for c in chosen}
        likely = (c for c in waiting if c.score >= weights["beside_a_name"] and _listed(text, c, starts, ends))
        more = _choose(likely, chosen)
    return sorted(chosen, key=lambda c: c.start)


def _with_repetitions(text: str, candidates: Iterable[Candidate], gain: float) -> list[Candidate]:
    """The candidates, with more points for what is a good candidate at two places."""
    candidates = list(candidates)
    once: set[str] = set()
    again: set[str] = set()
    for c in candidates:
        if c.score >= WORTH_COUNTING:
            name = text[c.start : c.end]
            (again if name in once else once).add(name)
    if not again:
        return candidates
    return [
        Candidate(c.start, c.end, c.score + gain, c.role) if text[c.start : c.end] in again else c for c in candidates
    ]


def _choose(candidates: Iterable[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates, best first, those that overlap neither a better one nor a chosen one."""
    taken = _covered(chosen)
    result: list[Candidate] = []
    for c in candidates:
        if taken.isdisjoint(range(c.start, c.end)):
            taken.update(range(c.start, c.end))
            result.append(c)
    return result


def _listed(text: str, c: Candidate, starts: set[int], ends: set[int]) -> bool:
    """Whether `c` stands beside an accepted name with only a list's word between."""
    for size in SIZES_BESIDE:
        if c.start - size in ends and text[c.start - size : c.start] in BESIDE:
            return True
        if c.end + size in starts and text[c.end : c.end + size] in BESIDE:
            return True
    return False


def _covered(stretches: Iterable[Candidate | Call]) -> set[int]:
    return {i for s in stretches for i in range(s.start, s.end)}


class Mentions:
    """Finds all mentions of the persons of one article."""

    def __init__(self, seen: PersonText, context: PersonContext, credits: Sequence[Span]) -> None:
        self._text, self._seen, self._context, self._credits = seen.text, seen, context, credits

    def of_names(self, full: Sequence[Candidate], places: Sequence[Mention]) -> list[Candidate]:
        """`full`, and wherever one of these names comes again without a title."""
        names = {self._name(c) for c in full}
        taken = _covered(full)
        found = [(start, end) for start, end in _every(names, self._text) if taken.isdisjoint(range(start, end))]
        if not found:
            return sorted(full, key=lambda c: c.start)
        wider = {i for m in places if self._text[m.start : m.end] not in names for i in range(m.start, m.end)}
        again = [
            Candidate(start, end, 0.0, "")
            for start, end in found
            if not wider.issuperset(range(start, end))
            and not inside(start, end, self._credits)
            and not (end in self._seen.number and self._context.names_a_thing(self._text, end))
        ]
        return sorted(chain(full, again), key=lambda c: c.start)

    def of_calls(self, calls: Sequence[Call], full: Sequence[Candidate]) -> list[Mention]:
        """Courtesy forms, each under the full name of the same person where the article gives it before."""
        if not calls:
            return []
        taken = _covered(full)
        free = [
            c for c in calls if taken.isdisjoint(range(c.start, c.end)) and not inside(c.start, c.end, self._credits)
        ]
        often = Counter(self._name(c) for c in free)
        sure = {self._name(c) for c in free if c.sure}
        kept = [c for c in free if self._name(c) in sure or often[self._name(c)] > 1]
        roles = self._introductions(full)
        return [
            Mention(c.start, c.end, "person", self._full_name(c, full, roles))
            for c in chain(kept, self._called_again(kept, taken))
        ]

    def _called_again(self, calls: Sequence[Call], taken: set[int]) -> list[Call]:
        known = {self._name(c): c for c in calls}
        if not known:
            return []
        covered = taken | _covered(calls)
        return [
            Call(start, end, c.surname, c.title, c.kind, "", True)
            for start, end in _every(known, self._text)
            for c in (known[self._text[start:end]],)
            if covered.isdisjoint(range(start, end)) and start in self._seen.number
        ]

    def _introductions(self, full: Sequence[Candidate]) -> dict[str, str]:
        """The first role that introduces each name, or ""."""
        roles: dict[str, str] = {}
        for c in full:
            if not roles.get(self._name(c)):
                roles[self._name(c)] = c.role
        return roles

    def _full_name(self, call: Call, full: Sequence[Candidate], roles: dict[str, str]) -> str:
        before = {self._name(c) for c in full if c.start < call.start}
        same = [name for name in before if same_person(call, name, roles[name], self._context.kind)]
        return same[0] if len(same) == 1 else self._name(call)

    def _name(self, stretch: Candidate | Call) -> str:
        return self._text[stretch.start : stretch.end]


def _every(names: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where any of `names` stands in `text`, the longest at a place, none overlapping another."""
    places: dict[int, int] = {}
    for name in sorted(names, key=len):
        start = text.find(name)
        while start >= 0:
            places[start] = start + len(name)
            start = text.find(name, start + 1)
    found: list[tuple[int, int]] = []
    last = 0
    for start, end in sorted(places.items()):
        if start >= last:
            found.append((start, end))
            last = end
    return found
