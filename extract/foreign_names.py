"""Names that are written by sound: 阿依古丽·买买提, 扎西卓玛, 克林顿."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from extract.credits import inside
from extract.lexicon import words as lexicon
from extract.person_candidates import Segmentation
from extract.person_context import CLOSED, JOINS, PersonContext
from extract.person_names import Candidate
from schemas.annotations import Mention, Span

DOT = "·•・‧"
DOTTED = re.compile(f"(?<=[\u4e00-\u9fff])[{DOT}](?=[\u4e00-\u9fff])")
LONGEST_PART = 7
GOING = frozenset("在到赴抵往访于至")
"""A place, not a person, follows these."""
CITIZEN = frozenset(["office", "work", "resident", "kin", "ethnic", "said"])


class ForeignNames:
    """Finds names written by sound. Stateless after loading."""

    def __init__(self, context: PersonContext) -> None:
        self._context = context
        self._sounds = frozenset(lexicon("sound_characters"))
        self._known = frozenset(lexicon("minority_names"))
        self._places = frozenset(lexicon("foreign_places"))
        self._longest = max(map(len, self._known))

    def certain(self, text: str, at: Mapping[int, tuple[int, str]], credits: Sequence[Span]) -> list[Candidate]:
        """Names with a dot, runs of minority names after a role, and longer runs of sounds after a role."""
        return self._collect(text, chain(self._dotted(text, at), self._after_role(text, at)), list(credits))

    def likely(
        self,
        text: str,
        words: Segmentation,
        places: Sequence[Mention],
        taken: Sequence[Candidate],
        credits: Sequence[Span],
    ) -> list[Candidate]:
        """Words that the segmenter takes for foreign names and that touch nothing in `places` and `taken`."""
        barred = [*credits, *(Span(p.start, p.end) for p in places), *(Span(t.start, t.end) for t in taken)]
        return self._collect(text, self._plain(text, words), barred)

    def _collect(self, text: str, spans: Iterable[tuple[int, int]], barred: list[Span]) -> list[Candidate]:
        found: list[Candidate] = []
        for start, end in spans:
            if not inside(start, end, barred):
                found.append(Candidate(start, end, 2.0, self._context.role_before(text, start)))
                barred.append(Span(start, end))
        return sorted(found, key=lambda f: f.start)

    def _dotted(self, text: str, at: Mapping[int, tuple[int, str]]) -> Iterator[tuple[int, int]]:
        """Parts joined by ·; each part grows over characters used for sounds, and never into a role before it."""
        end_of_last = 0
        for dot in DOTTED.finditer(text):
            if dot.start() < end_of_last:
                continue
            start = dot.start()
            while start > end_of_last and dot.start() - start < LONGEST_PART and text[start - 1] in self._sounds:
                if self._context.role_before(text, start) and dot.start() - start >= 1 and start in at:
                    break
                start -= 1
            end = dot.end()
            while end < len(text) and (text[end] in self._sounds or text[end] in DOT):
                if end > dot.end() + 1 and self._name_ends(text, end, at):
                    break
                end += 1
            if dot.start() > start and end > dot.end():
                yield start, end
                end_of_last = end

    def _name_ends(self, text: str, end: int, at: Mapping[int, tuple[int, str]]) -> bool:
        """Whether a part of a dotted name plainly ends at `end`."""
        if text[end - 1] in DOT or text[end] in DOT:
            return False
        return self._context.long_sequel(text, end) or (
            end in at and text[end] not in self._sounds and self._context.follows(text, end)
        )

    def _after_role(self, text: str, at: Mapping[int, tuple[int, str]]) -> Iterator[tuple[int, int]]:
        """Runs of minority names (扎西次仁) and of four and more sounds (古特雷斯) that a role introduces."""
        for start in at:
            if text[start] not in self._sounds:
                continue
            known = text[start : start + 2] in self._known or text[start : start + 3] in self._known
            role = self._context.kind(self._context.role_before(text, start))
            if known and (stop := self._minority(text, start)):
                stop = max(stop, self._run(text, start, at))
                if role in CITIZEN or (stop - start >= 4 and self._context.follows(text, stop)):
                    yield start, stop
            elif role in CITIZEN and (stop := self._run(text, start, at)) > start:
                yield start, stop

    def _run(self, text: str, start: int, at: Mapping[int, tuple[int, str]]) -> int:
        """The end of the longest run of four and more sounds that ends like a subject, or `start`."""
        stop = start
        while stop < len(text) and stop - start < LONGEST_PART and text[stop] in self._sounds:
            stop += 1
        while stop - start >= 4 and not (stop in at and self._context.follows(text, stop)):
            stop -= 1
        titled = next((k for k in range(start + 2, stop) if self._context.is_title(text[k:stop])), stop)
        return titled if titled - start >= 4 else start

    def _plain(self, text: str, words: Segmentation) -> Iterator[tuple[int, int]]:
        """Words of three and more sounds that the segmenter takes for names and that are no foreign places."""
        for start, (end, tag) in words.at.items():
            word = text[start:end]
            if (
                len(word) < 3
                or word[-1] in JOINS
                or not tag.startswith("nr")
                or not all(c in self._sounds for c in word)
            ):
                continue
            if self._context.in_quotes(text, end) and text[end : end + 1] in CLOSED:
                continue
            if word in self._places or text[start - 1 : start] in GOING or self._context.names_a_thing(text, end):
                continue
            if tag == "nrt" or self._context.role_before(text, start) or self._context.follows(text, end, words.verbs):
                yield start, end

    def _minority(self, text: str, start: int) -> int:
        """The end of a run of known minority names (次仁|央金), or 0."""
        end = start
        while True:
            longest = min(self._longest, len(text) - end)  # a slice past the end is as long as its name
            size = next((n for n in range(longest, 1, -1) if text[end : end + n] in self._known), 0)
            if not size:
                return end if end > start else 0
            end += size
