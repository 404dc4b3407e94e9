"""Every stretch that could be a full name, weighed: its shape, what stands around it, how it lies on the words.

The weights are in `lexicons/person_evidence.toml`; nothing is decided here (`person_mentions` does).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ahocorasick_rs import AhoCorasick

from extract.lexicon import rules
from extract.name_words import edge_words, known_word
from extract.person_context import THING_ENDS, PersonContext
from extract.person_names import Candidate, NameShapes, Shape
from extract.tokens import Words
from schemas.annotations import Mention

AFTER_TRADE = re.compile(r"[\u4e00-\u9fff](?:员|者|匠|工(?![程商时农党于易])|师(?![范傅从古]))(?=[\u4e00-\u9fff]{2})")
"""A trade by its last character, where the segmenter cut it apart (铸造|工葛长|福). Not 工程, 师范."""
SIGNS = ("”", "’", "：", ":")
PLACE_TAGS = ("ns", "nz", "x")
FOLLOWING = frozenset("vdp")
"""First letters of the tags of words that follow subjects."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The segmenter's words as names need them."""

    at: dict[int, tuple[int, str]]  # start → end, tag
    before: dict[int, str]  # end → word
    boundaries: frozenset[int]
    verbs: frozenset[int]  # starts of words that follow subjects

    @classmethod
    def of(cls, words: Words) -> "Segmentation":
        """From the words of an article."""
        ends = words.starts[1:]
        at = dict(zip(words.starts, zip(ends, words.tags, strict=True), strict=False))
        before = dict(zip(ends, words.words, strict=True))
        start = words.starts[-1]
        verbs = frozenset(i for i, tag in zip(words.starts, words.tags, strict=False) if tag[:1] in FOLLOWING)
        return cls(at, before, frozenset(at) | {start}, verbs)


class Candidates:
    """Finds and weighs candidates. Stateless after loading."""

    def __init__(self, shapes: NameShapes, context: PersonContext) -> None:
        self._shapes, self._context = shapes, context
        self._weights: Any = rules("person_evidence")
        self._role_words = context.role_words
        self._is_word = known_word()
        self._roles = AhoCorasick(list(self._role_words))

    def find(self, text: str, words: Segmentation, places: Sequence[Mention]) -> list[Candidate]:
        """All candidates with points, in no order; `places` are not names unless a role says so (冯简阳, 王家庄)."""
        place_ends = frozenset(m.end for m in places)
        place_starts = frozenset(m.start for m in places)
        place_over = {i: m.end for m in places for i in range(m.start, m.end)}
        found: list[Candidate] = []
        roles = self._introduced(text)
        for start in self._starts(text, words, roles):
            role = roles.get(start, "")
            known = not role and self._shapes.is_word(text[start : start + 2])
            if known and not self._shapes.frequent(text[start + 1 : start + 3]):
                continue  # 高一|诺 is read: 一诺 is a frequent given name
            shapes = list(self._shapes.at(text, start))
            if not shapes:
                continue
            before = words.before.get(start, text[max(0, start - 2) : start])
            left = self._context.left(text, start, role, place_ends, before)
            for shape in shapes:
                place_end = place_over.get(start, 0)
                if place_end > shape.end or (place_end == shape.end and not role):
                    continue
                into = start in place_starts and not role and not self._context.says(text, shape.end)
                score = left + self._around(text, shape, words, role) + self._on_words(text, shape, words, role)
                score += self._weights["tokens"]["into_place"] if into else 0.0
                if score > 0:
                    found.append(Candidate(start, shape.end, score, role))
        return found

    def _introduced(self, text: str) -> dict[int, str]:
        """Where a name may begin after a role, and the longest such role (also “的哥”冯…, 主讲人：李…)."""
        found: dict[int, str] = {}
        for which, _, end in self._roles.find_matches_as_indexes(text, overlapping=True):
            start = end + 1 if text[end : end + 1] in SIGNS else end
            if len(self._role_words[which]) > len(found.get(start, "")):
                found[start] = self._role_words[which]
        return found

    def _starts(self, text: str, words: Segmentation, roles: Mapping[int, str]) -> set[int]:
        """Where names may begin: at words, and after roles and trades wherever the segmenter cut."""
        initials = self._shapes.initials
        starts = {i for i in chain(words.at, roles) if i < len(text) and text[i] in initials}
        starts.update(m.end() for m in AFTER_TRADE.finditer(text) if text[m.end()] in initials)
        return starts

    def _around(self, text: str, shape: Shape, words: Segmentation, role: str) -> float:
        """Its own characters, and what stands after it."""
        score = shape.weight + self._context.right(text, shape.end, words.verbs)
        if role and shape.end - shape.given == 2:
            score += self._weights["given"]["introduced"]
        if not role and text[shape.end - 1] in THING_ENDS:
            score += self._weights["right"]["thing_inside"]
        return float(score)

    def _on_words(self, text: str, shape: Shape, words: Segmentation, role: str) -> float:
        """How the shape lies on the segmenter's words, and whether it is or holds words that are no names."""
        w = self._weights["tokens"]
        start, end = shape.start, shape.end
        if self._context.is_title(text[start:end]):
            return -4.0
        if self._shapes.is_word(text[start:end]):
            return -1.0 if role and self._context.says(text, end) else -4.0
        score = w["aligned_end"] if end in words.boundaries else w["torn_end"]
        if (
            end not in words.boundaries
            and end - 1 in words.at
            and shape.given + 2 == end
            and text[end - 2] != text[end - 1]
        ):
            score += w["torn_word"] if self._is_word(text[end - 1 : words.at[end - 1][0]]) else 0.0
        if self._shapes.is_word(text[start : start + 2]):
            ends_well = role and end in words.boundaries and self._context.follows(text, end, words.verbs)
            frequent = self._shapes.frequent(text[shape.given : end])
            score += 0.0 if frequent else w["known_word"] / (2 if ends_well else 1)
        if start and self._context.is_title(text[start - 1 : start + 1]):
            score += w["torn_title"]
        if start not in words.at:
            introduced = role or AFTER_TRADE.match(text, start - 2)
            return float(score + w["torn_start"] / (5 if introduced else 1))
        return float(score + self._first_word(shape, words, role) + self._given_word(text, shape, words))

    def _first_word(self, shape: Shape, words: Segmentation, role: str) -> float:
        """The word that begins where the shape begins: all of it, its surname, or something else."""
        w = self._weights["tokens"]
        first_end, tag = words.at[shape.start]
        score = w["aligned_start"]
        if first_end == shape.end:
            score += w[self._whole(tag, first_end - shape.start)] / (2 if role else 1)
        elif first_end > shape.given and not tag.startswith("nr"):
            score += w["word_first"] / (2 if tag in PLACE_TAGS else 1)
        elif first_end <= shape.given and tag.startswith("nr"):
            score += w["reading_nr"]
        return float(score)

    def _given_word(self, text: str, shape: Shape, words: Segmentation) -> float:
        """A given name that is an everyday word (高|质量) or a word for people (向|学生)."""
        w = self._weights["tokens"]
        given = text[shape.given : shape.end]
        if self._context.is_title(given):
            return float(w["given_role"])
        if edge_words().get(given) == ("verb", True) and not self._shapes.frequent(given):
            return float(w["given_verb"])
        end, tag = words.at.get(shape.given, (0, ""))
        if len(given) == 2 and end == shape.end and not tag.startswith(("nr", "ns", "x")):
            return float(w["given_word"] / (2 if self._shapes.typical(given) else 1))
        return 0.0

    @staticmethod
    def _whole(tag: str, size: int) -> str:
        if tag.startswith("nr"):
            return "whole_nr" if size > 2 else "whole_nr_short"
        return "whole_place" if tag in PLACE_TAGS else "whole_word"
