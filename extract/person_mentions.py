"""From weighed candidates to mentions: which ones stand, who stands beside them, where they come again, who is who."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.courtesy import Call, same_person
from extract.credits import inside
from extract.lexicon import rules
from extract.person_candidates import Segmentation
from extract.person_context import PersonContext
from extract.person_names import Candidate
from schemas.annotations import Mention, Span

BESIDE = re.compile(r"[、，,和与及跟]|以及|夫妇[、和]")
WORTH_COUNTING = 0.8
"""A candidate with fewer points is no repetition of anything."""


def accept(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best candidates, none overlapping another, then those beside accepted ones in a list (顾长河、柳月琴)."""
    weights = rules("person_evidence")
    candidates = list(candidates)
    seen = Counter(text[c.start : c.end] for c in candidates if c.score >= WORTH_COUNTING)
    scored = [
        Candidate(c.start, c.end, c.score + weights["repeat"] * (seen[text[c.start : c.end]] > 1), c.role)
        for c in candidates
    ]
    scored.sort(key=lambda c: (-c.score, c.start, c.start - c.end))
    chosen = _choose(scored, weights["accept"], [])
    while True:
        ends, starts = {c.end for c in chosen}, {c.start for c in chosen}
        more = _choose((c for c in scored if _listed(text, c, starts, ends)), weights["beside_a_name"], chosen)
        if len(more) == len(chosen):
            return sorted(chosen, key=lambda c: c.start)
        chosen = more


def _choose(candidates: Iterable[Candidate], least: float, chosen: list[Candidate]) -> list[Candidate]:
    taken = _covered(chosen)
    result = list(chosen)
    for c in candidates:
        if c.score >= least and taken.isdisjoint(range(c.start, c.end)):
            taken.update(range(c.start, c.end))
            result.append(c)
    return result


def _listed(text: str, c: Candidate, starts: set[int], ends: set[int]) -> bool:
    """Whether `c` stands beside an accepted name with only a list's word between."""
    before = any(c.start - n in ends and BESIDE.fullmatch(text, c.start - n, c.start) for n in (1, 2, 3))
    return before or any(c.end + n in starts and BESIDE.fullmatch(text, c.end, c.end + n) for n in (1, 2, 3))


def _covered(stretches: Iterable[Candidate | Call]) -> set[int]:
    return {i for s in stretches for i in range(s.start, s.end)}


class Mentions:
    """Finds all mentions of the persons of one article."""

    def __init__(self, text: str, words: Segmentation, context: PersonContext, credits: Sequence[Span]) -> None:
        self._text, self._words, self._context, self._credits = text, words, context, credits

    def of_names(self, full: Sequence[Candidate], places: Sequence[Mention]) -> list[Candidate]:
        """`full`, and wherever one of these names comes again without a title."""
        names = {self._name(c) for c in full}
        if not names:
            return []
        taken = _covered(full)
        wider = {i for m in places if self._text[m.start : m.end] not in names for i in range(m.start, m.end)}
        again = [
            Candidate(start, end, 0.0, "")
            for start, end in _every(names, self._text)
            if taken.isdisjoint(range(start, end))
            and not wider.issuperset(range(start, end))
            and not inside(start, end, self._credits)
            and not (self._context.names_a_thing(self._text, end) and end in self._words.boundaries)
        ]
        return sorted(chain(full, again), key=lambda c: c.start)

    def of_calls(self, calls: Iterable[Call], full: Sequence[Candidate]) -> list[Mention]:
        """Courtesy forms, each under the full name of the same person where the article gives it before."""
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
            if covered.isdisjoint(range(start, end)) and start in self._words.boundaries
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


def _every(names: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Where any of `names` stands in `text`, the longest at a place, none overlapping another."""
    found = AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text)
    return ((start, end) for _, start, end in found)
