"""The part of an article that shows best why it was found, with the places of what was asked for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.layout import Range

WIDTH = 80
"""Characters of a snippet at most, not counting the signs of what was left out."""
LEAD = 20
"""Characters at most that stand before the first place."""
CUT = "…"
_CLAUSE = re.compile(r"[。！？；!?;]+[”’」』)）]*|[，,、：:]")


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with marked stretches, half-open ranges of its characters, in order and apart."""

    text: str
    marks: tuple[Range, ...] = ()

    def painted(self, before: str = "【", behind: str = "】") -> str:
        """The text with signs around what is marked.

        >>> Marked("社区义诊", ((2, 4),)).painted()  # a free clinic in the neighbourhood
        '社区【义诊】'
        """
        parts, at = [], 0
        for start, end in self.marks:
            parts += [self.text[at:start], before, self.text[start:end], behind]
            at = end
        return "".join((*parts, self.text[at:]))


def merged(places: Iterable[Range]) -> tuple[Range, ...]:
    """The places in order, those that overlap or touch as one."""
    out: list[Range] = []
    for start, end in sorted(places):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def snippet(text: str, places: Sequence[Sequence[Range]], body: int) -> Marked:
    """At most WIDTH characters of one block of `text`: the stretch with the most of what was asked for.

    `places`: for each term, where it is; `body`: where the text behind the headlines begins. That is looked at first,
    for a reader sees the headline anyway; the whole text where no term is in it, its beginning where none is at all.

    >>> snippet("反诈进社区\\n民警走进小区讲解反诈知识。", [[(0, 2), (14, 16)]], 6)  # police explain fraud
    Marked(text='民警走进小区讲解反诈知识。', marks=((8, 10),))
    """
    every = merged(place for term in places for place in term)
    behind = [place for place in every if place[0] >= body]
    if not every:
        return _cut(text, body + 1 if text[body:].strip() and body else 0, ())
    best = max(behind or every, key=lambda place: (_worth(text, place, places), -place[0]))
    return _cut(text, best[0], every)


def _worth(text: str, first: Range, places: Sequence[Sequence[Range]]) -> tuple[int, int]:
    """How many terms, and how many places, a snippet that begins with this place shows."""
    start = first[0]
    end = min(start + WIDTH - LEAD, _end_of_block(text, start))
    within = [sum(start <= a and b <= end for a, b in term) for term in places]
    return sum(map(bool, within)), sum(within)


def _cut(text: str, at: int, places: Sequence[Range]) -> Marked:
    """The snippet around the character `at`."""
    block_start, block_end = text.rfind("\n", 0, at) + 1, _end_of_block(text, at)
    block_start += len(text[block_start:at]) - len(text[block_start:at].lstrip())
    start = block_start
    if block_end - block_start > WIDTH and at - LEAD > block_start:
        edge = max(block_start, at - LEAD)
        clauses = [match.end() for match in _CLAUSE.finditer(text, edge, at)]
        start = clauses[0] if clauses else edge
        start = max(block_start, min(start, block_end - WIDTH)) if block_end - start < WIDTH // 2 else start
    longest = next((b for a, b in places if a <= at < b), at) - start
    end = min(block_end, start + max(WIDTH, longest))
    if end < block_end:
        # rather between clauses, and never within a place
        clauses = [match.end() for match in _CLAUSE.finditer(text, start + WIDTH * 3 // 4, end)]
        end = clauses[-1] if clauses else end
        end = next((b for a, b in places if a < end < b), end)
    before, behind = CUT if start > block_start else "", CUT if end < block_end else ""
    shift = len(before) - start
    marks = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in places if a < end and b > start)
    return Marked(f"{before}{text[start:end]}{behind}", marks)


def _end_of_block(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
