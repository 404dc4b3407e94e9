"""Every stretch that could be a full name, weighed: its shape, what stands around it, how it lies on the words.

The weights are in `lexicons/person_evidence.toml`; nothing is decided here (`person_mentions` does).
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from extract.lexicon import rules
from extract.name_words import edge_words, known_word
from extract.person_context import THING_ENDS, PersonContext
from extract.person_names import Candidate, NameShapes
from extract.person_text import PersonText
from schemas.annotations import Mention

TRADE = re.compile(r"(?:员|者|匠|工(?![程商时农党于易])|师(?![范傅从古]))(?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff]{2})")
"""A trade by its last character, where the segmenter cut it apart (铸造|工葛长|福). Not 工程, 师范."""
SPACES = frozenset(" 　")
"""Behind them a role tells of a name only where a word begins."""
PLACE_TAGS = ("ns", "nz", "x")
ROUNDING = 1e-9


class Candidates:
    """Finds and weighs candidates. Stateless after loading."""

    def __init__(self, shapes: NameShapes, context: PersonContext) -> None:
        weights: Any = rules("person_evidence")
        self._shapes, self._context = shapes, context
        self._tokens: dict[str, float] = weights["tokens"]
        self._introduced: float = weights["given"]["introduced"]
        self._thing_inside: float = weights["right"]["thing_inside"]
        self._most_behind: float = max(weights["right"].values()) + self._introduced + ROUNDING
        self._titles, self._not_names, self._given_names = context.titles, shapes.not_names, shapes.given_names
        self._is_word = known_word()
        self._verbs = frozenset(w for w, found in edge_words().items() if found == ("verb", True)) - shapes.given_names

    def find(self, seen: PersonText, places: Sequence[Mention]) -> list[Candidate]:
        """All candidates with points, in order; `places` are not names unless a role says so (冯简阳, 王家庄)."""
        place_starts, place_ends = {m.start for m in places}, {m.end for m in places}
        place_over = {i: m.end for m in places for i in range(m.start, m.end)}
        found: list[Candidate] = []
        for start, role in self._starts(seen):
            if start in place_over and start not in place_starts:
                continue  # 五华|区清|扫: a name that opens inside a place's
            least = place_over.get(start, 0) + (not role)
            shapes = self._shapes.at(seen.text, start, least)
            if not shapes:
                continue
            left = self._context.left(seen, start, role, place_ends)
            for given, end, weight in shapes:
                on_words = self._on_words(seen, start, given, end, role)
                if left + weight + on_words + self._most_behind <= 0:
                    continue  # whatever stands behind it
                around = weight + self._context.right(seen, end)
                if role and end - given == 2:
                    around += self._introduced
                if not role and seen.text[end - 1] in THING_ENDS:
                    around += self._thing_inside
                score = left + around + on_words
                if start in place_starts and not role and not self._context.says(seen.text, end):
                    score += self._tokens["into_place"]
                if score > 0:
                    found.append(Candidate(start, end, score, role))
        return found

    def _starts(self, seen: PersonText) -> Iterator[tuple[int, str]]:
        """Where names may begin, with the role before: at words, and after roles and trades wherever the segmenter cut.

        What is known to be a word is no name, unless it is read otherwise: in 高一|诺 一诺 is a frequent given name.
        """
        text = seen.text
        trades = _trade_ends(text)
        for opening in self._shapes.opening.finditer(text):
            start = opening.start()
            role = seen.roles.get(start, "")
            if role and text[start - 1] in SPACES:
                role = ""
            if role:
                yield start, role
            elif start not in seen.number and start not in trades:
                continue
            elif text[start : start + 2] not in self._not_names or text[start + 1 : start + 3] in self._given_names:
                yield start, role

    def _on_words(self, seen: PersonText, start: int, given: int, end: int, role: str) -> float:
        """How a name would lie on the segmenter's words, and whether it is or holds words that are no names."""
        w, text, titles, not_names = self._tokens, seen.text, self._titles, self._not_names
        name = text[start:end]
        if name in titles:
            return -4.0
        if name in not_names:
            return -1.0 if role and self._context.says(text, end) else -4.0
        if end in seen.number:
            score = w["aligned_end"]
        else:
            score = w["torn_end"]
            if given + 2 == end and self._tears_word(seen, end):
                score += w["torn_word"]
        if text[start : start + 2] in not_names and text[given:end] not in self._given_names:
            ends_well = role and end in seen.number and self._context.follows(seen, end)
            score += w["known_word"] / (2 if ends_well else 1)
        if start and text[start - 1 : start + 1] in titles:
            score += w["torn_title"]
        if start not in seen.number:
            return score + w["torn_start"] / 5  # a role or a trade introduces it
        return score + self._first_word(seen, start, given, end, role) + self._given_word(seen, given, end)

    def _tears_word(self, seen: PersonText, end: int) -> bool:
        """Whether the last character opens a longer word of the dictionary; a doubled one does not."""
        last = seen.number.get(end - 1)
        return last is not None and seen.text[end - 2] != seen.text[end - 1] and self._is_word(seen.words.words[last])

    def _first_word(self, seen: PersonText, start: int, given: int, end: int, role: str) -> float:
        """The word that begins where the name would begin: all of it, its surname, or something else."""
        w = self._tokens
        number = seen.number[start]
        first_end, tag = seen.words.starts[number + 1], seen.words.tags[number]
        score = w["aligned_start"]
        if first_end == end:
            score += w[self._whole(tag, end - start)] / (2 if role else 1)
        elif first_end > given and not tag.startswith("nr"):
            score += w["word_first"] / (2 if tag in PLACE_TAGS else 1)
        elif first_end <= given and tag.startswith("nr"):
            score += w["reading_nr"]
        return score

    def _given_word(self, seen: PersonText, given: int, end: int) -> float:
        """A given name that is an everyday word (高|质量) or a word for people (向|学生)."""
        name = seen.text[given:end]
        if name in self._titles:
            return self._tokens["given_role"]
        if name in self._verbs:
            return self._tokens["given_verb"]
        number = seen.number.get(given)
        if number is None or len(name) == 1 or seen.words.words[number] != name:
            return 0.0
        if seen.words.tags[number].startswith(("nr", "ns", "x")):
            return 0.0
        return self._tokens["given_word"] / (2 if self._shapes.typical(name) else 1)

    @staticmethod
    def _whole(tag: str, size: int) -> str:
        if tag.startswith("nr"):
            return "whole_nr" if size > 2 else "whole_nr_short"
        return "whole_place" if tag in PLACE_TAGS else "whole_word"


def _trade_ends(text: str) -> AbstractSet[int]:
    """Where a name may begin behind a trade; what ends one trade begins no other (学|员|工)."""
    found: set[int] = set()
    for trade in TRADE.finditer(text):
        if trade.start() not in found:
            found.add(trade.end())
    return found
