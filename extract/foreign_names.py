"""Names that are written by sound: 阿依古丽·买买提, 扎西卓玛, 克林顿."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from extract.credits import inside
from extract.lexicon import words as lexicon
from extract.person_context import CLOSED, JOINS, Openings, PersonContext
from extract.person_names import Candidate
from extract.person_text import PersonText
from schemas.annotations import Mention, Span

DOT = "·•・‧"
DOTTED = re.compile(f"[{DOT}](?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff])")
LONGEST_PART = 7
LONGEST_OPENING = 3
"""A known name of up to so many characters tells that a minority name begins."""
NAME_TAGS = frozenset(["nr", "nrfg", "nrt"])
"""The segmenter's tags of personal names; nrt: foreign ones."""
GOING = frozenset("在到赴抵往访于至")
"""A place, not a person, follows these."""
CITIZEN = frozenset(["office", "work", "resident", "kin", "ethnic", "said"])


class ForeignNames:
    """Finds names written by sound. Stateless after loading."""

    def __init__(self, context: PersonContext) -> None:
        self._context = context
        self._sounds = frozenset(lexicon("sound_characters"))
        self._known = frozenset(lexicon("minority_names"))
        openings = [name for name in self._known if len(name) <= LONGEST_OPENING]
        self._openings = Openings.of(openings)
        firsts, seconds = ("".join(sorted({name[i] for name in openings})) for i in (0, 1))
        self._opening = re.compile(f"[{firsts}](?=[{seconds}])")
        self._places = frozenset(lexicon("foreign_places"))
        self._longest = max(map(len, self._known))

    def certain(self, seen: PersonText, credits: Sequence[Span]) -> list[Candidate]:
        """Names with a dot, runs of minority names after a role, and longer runs of sounds after a role."""
        return self._collect(seen, chain(self._dotted(seen), self._after_role(seen)), credits)

    def likely(
        self, seen: PersonText, places: Sequence[Mention], taken: Sequence[Candidate], credits: Sequence[Span]
    ) -> list[Candidate]:
        """Words that the segmenter takes for foreign names and that touch nothing in `places` and `taken`."""
        words = list(self._plain(seen))
        return self._collect(seen, words, [*credits, *places, *taken]) if words else []

    @staticmethod
    def _collect(
        seen: PersonText, spans: Iterable[tuple[int, int]], barred: Iterable[Span | Mention | Candidate]
    ) -> list[Candidate]:
        found: list[Candidate] = []
        for start, end in spans:
            if not inside(start, end, barred) and not inside(start, end, found):
                found.append(Candidate(start, end, 2.0, seen.roles.get(start, "")))
        return sorted(found, key=lambda f: f.start)

    def _dotted(self, seen: PersonText) -> Iterator[tuple[int, int]]:
        """Parts joined by ·; each part grows over characters used for sounds, and never into a role before it."""
        text = seen.text
        end_of_last = 0
        for dot in DOTTED.finditer(text):
            if dot.start() < end_of_last:
                continue
            start = dot.start()
            while start > end_of_last and dot.start() - start < LONGEST_PART and text[start - 1] in self._sounds:
                if dot.start() - start >= 1 and start in seen.roles and start in seen.number:
                    break
                start -= 1
            end = dot.end()
            while end < len(text) and (text[end] in self._sounds or text[end] in DOT):
                if end > dot.end() + 1 and self._name_ends(seen, end):
                    break
                end += 1
            if dot.start() > start and end > dot.end():
                yield start, end
                end_of_last = end

    def _name_ends(self, seen: PersonText, end: int) -> bool:
        """Whether a part of a dotted name plainly ends at `end`."""
        text = seen.text
        if text[end - 1] in DOT or text[end] in DOT:
            return False
        return self._context.long_sequel(text, end) or (
            end in seen.number and text[end] not in self._sounds and self._context.ends(text, end)
        )

    def _after_role(self, seen: PersonText) -> Iterator[tuple[int, int]]:
        """Runs of minority names (扎西次仁) and of four and more sounds (古特雷斯) that a role introduces."""
        text = seen.text
        opened = {m.start() for m in self._opening.finditer(text) if self._openings.begin(text, m.start())}
        at_words = [i for i in opened.union(seen.roles) if i in seen.number and text[i : i + 1] in self._sounds]
        for start in sorted(at_words):
            role = self._context.kind(seen.roles.get(start, ""))
            if start in opened and (stop := self._minority(text, start)):
                stop = max(stop, self._run(seen, start))
                if role in CITIZEN or (stop - start >= 4 and self._context.ends(text, stop)):
                    yield start, stop
            elif role in CITIZEN and (stop := self._run(seen, start)) > start:
                yield start, stop

    def _run(self, seen: PersonText, start: int) -> int:
        """The end of the longest run of four and more sounds that ends like a subject, or `start`."""
        text = seen.text
        if not self._sounds.issuperset(text[start : start + 4]):
            return start
        stop = start
        while stop < len(text) and stop - start < LONGEST_PART and text[stop] in self._sounds:
            stop += 1
        while stop - start >= 4 and not (stop < len(text) and stop in seen.number and self._context.ends(text, stop)):
            stop -= 1
        titled = next((k for k in range(start + 2, stop) if text[k:stop] in self._context.titles), stop)
        return titled if titled - start >= 4 else start

    def _plain(self, seen: PersonText) -> Iterator[tuple[int, int]]:
        """Words of three and more sounds that the segmenter takes for names and that are no foreign places."""
        text = seen.text
        for number in [number for number, tag in enumerate(seen.words.tags) if tag in NAME_TAGS]:
            start, word, tag = seen.words.starts[number], seen.words.words[number], seen.words.tags[number]
            if len(word) < 3 or word[-1] in JOINS or not self._sounds.issuperset(word):
                continue
            end = start + len(word)
            if self._context.in_quotes(text, end) and text[end : end + 1] in CLOSED:
                continue
            if word in self._places or text[start - 1 : start] in GOING or self._context.names_a_thing(text, end):
                continue
            if tag == "nrt" or start in seen.roles or self._context.follows(seen, end):
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
