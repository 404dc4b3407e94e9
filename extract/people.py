"""Persons: full names, surnames with courtesy or kin words, and foreign and minority names, each with all its mentions.

The flow: what every stretch that could be a name is worth → names that stand beside accepted ones in a list → courtesy
forms → every other place where a name found so comes again → one canonical name for a person's variants.
Reporters in bylines and credits are no persons of the article.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick
from spacy.tokens import Doc

from extract.courtesy import Call, CourtesyForms, same_person
from extract.credits import credit_spans, inside, reporter_starts
from extract.foreign_names import ForeignNames
from extract.lexicon import rules
from extract.person_context import THING_ENDS, PersonContext
from extract.person_names import Candidate, NameShapes, Shape
from schemas.annotations import Mention, Span
from schemas.layout import Article

AFTER_TRADE = re.compile(r"[\u4e00-\u9fff](?:员|者|匠|工(?![程商时农党于易])|师(?![范傅从古]))(?=[\u4e00-\u9fff]{2})")
BESIDE = re.compile(r"[、，,和与及跟]|以及|夫妇[、和]")


@dataclass(frozen=True, slots=True)
class Words:
    """The segmenter's words as far as names need them: start → (end, tag), and all boundaries."""

    at: dict[int, tuple[int, str]]
    boundaries: frozenset[int]
    before: dict[int, str]
    verbs: frozenset[int]

    @classmethod
    def of(cls, doc: Doc) -> "Words":
        at = {token.idx: (token.idx + len(token), token.tag_) for token in doc}
        before = {token.idx + len(token): token.text for token in doc}
        verbs = frozenset(i for i, (_, tag) in at.items() if tag.startswith(("v", "d", "p")))
        return cls(at, frozenset(at) | {len(doc.text)}, before, verbs)


class PersonReader:
    """Reads the persons of an article. Stateless after loading; safe to share."""

    def __init__(self) -> None:
        self._shapes = NameShapes()
        self._context = PersonContext()
        self._calls = CourtesyForms(self._shapes, self._context)
        self._foreign = ForeignNames(self._context)
        self._weights: Any = rules("person_evidence")
        self._roles = AhoCorasick(list(self._context.role_words))

    def read(self, doc: Doc, article: Article, places: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """Every mention of a person, in order, none overlapping another; `name` is the person's canonical name.

        >>> import spacy
        >>> from extract.tokens import NewsTokenizer, segmenter
        >>> text = "社区书记王宁来了，王宁说，郭大爷是志愿者。"  # secretary Wang Ning came, Wang Ning said, Grandpa Guo …
        >>> doc = NewsTokenizer(spacy.blank("zh").vocab, segmenter(), lambda _: ())(text)
        >>> [(m.start, m.name) for m in PersonReader().read(doc, Article("0" * 16, "article", text, ()))]
        [(4, '王宁'), (9, '王宁'), (13, '郭大爷')]
        """
        text, words = article.text, Words.of(doc)
        credits = credit_spans(article)
        reporters = reporter_starts(text)
        barred = {b.name for b in article.bylines}
        calls = list(self._calls.find(text, words.boundaries, words.verbs))
        titles = {i for c in calls for i in range(c.start + 1, c.end)}
        whole = {c.start: c.end for c in calls if len(c.title) > 1}
        short = {c.start for c in calls if len(c.title) == 1 and c.kind == "elder"}
        candidates = [
            c
            for c in self._candidates(text, words, places)
            if c.start not in titles
            and not (c.start in short and c.end - c.start > 2)
            and c.end >= whole.get(c.start, 0)
            and c.start not in reporters and text[c.start : c.end] not in barred and not inside(c.start, c.end, credits)
        ]
        by_sound = self._foreign.certain(text, words.at, credits)
        covered = [Span(c.start, c.end) for c in by_sound]
        full = by_sound + self._accept(text, [c for c in candidates if not inside(c.start, c.end, covered)])
        full += self._foreign.likely(text, words.at, places, full, credits)
        roles = self._introductions(text, full)
        names = {text[c.start : c.end] for c in full}
        taken = sorted([*full, *self._again(text, names, full, words, places, credits)], key=lambda m: m.start)
        mentions = [Mention(s.start, s.end, "person", text[s.start : s.end]) for s in taken]
        mentions += self._called(text, words, calls, taken, roles, credits)
        return tuple(sorted(mentions, key=lambda m: (m.start, m.end)))

    def _candidates(self, text: str, words: Words, places: Sequence[Mention]) -> list[Candidate]:
        """Every possible name at a word's start or after a role, scored."""
        starts = {i for i in words.at if text[i] in self._shapes.initials}
        for _, _, end in self._roles.find_matches_as_indexes(text, overlapping=True):
            after = end + 1 if text[end : end + 1] in "”：:" else end
            if text[after : after + 1] in self._shapes.initials and after < len(text):
                starts.add(after)
        starts |= {m.end() for m in AFTER_TRADE.finditer(text) if text[m.end()] in self._shapes.initials}
        place_ends = frozenset(m.end for m in places)
        inside_of = {i: m.end for m in places for i in range(m.start, m.end)}
        found: list[Candidate] = []
        for start in starts:
            shapes = list(self._shapes.at(text, start))
            if not shapes:
                continue
            left = self._context.left(text, start, place_ends, words.before.get(start, text[max(0, start - 2) : start]))
            role = self._context.role_before(text, start)
            for shape in shapes:
                if inside_of.get(start, 0) > shape.end or (inside_of.get(start, 0) == shape.end and not role):
                    continue  # the place is longer: 王家庄, 向阳街社区
                extra = self._weights["given"]["introduced"] if role and shape.end - shape.given == 2 else 0.0
                if not role and text[shape.end - 1] in THING_ENDS:
                    extra += self._weights["right"]["thing_inside"]
                score = extra + shape.weight + left + self._context.right(text, shape.end, words.verbs) + self._on_words(text, shape, words, role)
                if score > 0:
                    found.append(Candidate(start, shape.end, score, role))
        return found

    def _on_words(self, text: str, shape: Shape, words: Words, role: str) -> float:
        """How the shape lies on the segmenter's words."""
        w = self._weights["tokens"]
        start, end = shape.start, shape.end
        if self._shapes.is_word(text[start:end]):
            return -1.0 if role and self._context.says(text, end) else -4.0
        score = w["aligned_end"] if end in words.boundaries else w["torn_end"]
        if self._shapes.is_word(text[start : start + 2]):
            score += w["known_word"] / (2 if role and end in words.boundaries and self._context.follows(text, end, words.verbs) else 1)
        if start and self._context.is_title(text[start - 1 : start + 1]):
            score += w["torn_title"]
        if start not in words.at:
            return float(score + (w["torn_start"] / 5 if role or AFTER_TRADE.match(text, start - 2) else w["torn_start"]))
        first_end, tag = words.at[start]
        score += w["aligned_start"]
        size = first_end - start
        if first_end == end:
            score += w[self._whole(tag, size)] / (2 if role else 1)
        elif size > shape.given - start:
            if not tag.startswith("nr"):
                score += w["word_first"] / (2 if tag in ("ns", "nz", "x") else 1)
        elif tag.startswith("nr"):
            score += w["reading_nr"]
        if self._context.is_title(text[start:end]):
            return -4.0
        if self._context.is_title(text[shape.given : end]):
            score += w["given_role"]
        elif end - shape.given == 2 and words.at.get(shape.given, (0, ""))[0] == end:
            kind = words.at[shape.given][1]
            if not kind.startswith(("nr", "ns", "x")):
                score += w["given_word"] / (2 if self._shapes.typical(text[shape.given : end]) else 1)
        return float(score)

    @staticmethod
    def _whole(tag: str, size: int) -> str:
        if tag.startswith("nr"):
            return "whole_nr" if size > 2 else "whole_nr_short"
        return "whole_place" if tag in ("ns", "nz", "x") else "whole_word"

    def _accept(self, text: str, candidates: list[Candidate]) -> list[Candidate]:
        """The best candidates, none overlapping another, then those beside them in a list."""
        seen = Counter(text[c.start : c.end] for c in candidates if c.score >= 0.8)
        scored = [
            Candidate(c.start, c.end, c.score + self._weights["repeat"] * (seen[text[c.start : c.end]] > 1), c.role)
            for c in candidates
        ]
        scored.sort(key=lambda c: (-c.score, c.start, c.start - c.end))
        chosen = self._choose(scored, self._weights["accept"], [])
        while True:
            ends, starts = {c.end for c in chosen}, {c.start for c in chosen}
            beside = [c for c in scored if self._listed(text, c, starts, ends)]
            more = self._choose(beside, self._weights["beside_a_name"], chosen)
            if len(more) == len(chosen):
                return sorted(chosen, key=lambda c: c.start)
            chosen = more

    @staticmethod
    def _choose(candidates: Iterable[Candidate], least: float, chosen: list[Candidate]) -> list[Candidate]:
        taken = {i for c in chosen for i in range(c.start, c.end)}
        result = list(chosen)
        for c in candidates:
            if c.score >= least and taken.isdisjoint(range(c.start, c.end)):
                taken.update(range(c.start, c.end))
                result.append(c)
        return result

    @staticmethod
    def _listed(text: str, c: Candidate, starts: set[int], ends: set[int]) -> bool:
        before = any(c.start - n in ends and BESIDE.fullmatch(text, c.start - n, c.start) for n in (1, 2, 3))
        return before or any(c.end + n in starts and BESIDE.fullmatch(text, c.end, c.end + n) for n in (1, 2, 3))

    def _introductions(self, text: str, full: Sequence[Candidate]) -> dict[str, str]:
        """The first role that introduces each name."""
        roles: dict[str, str] = {}
        for c in full:
            name = text[c.start : c.end]
            if c.role and not roles.get(name):
                roles[name] = c.role
            roles.setdefault(name, "")
        return roles

    def _again(
        self,
        text: str,
        names: set[str],
        full: Sequence[Candidate],
        words: Words,
        places: Sequence[Mention],
        credits: Sequence[Span],
    ) -> list[Candidate]:
        """Where a name comes again without a title."""
        if not names:
            return []
        taken = {i for c in full for i in range(c.start, c.end)}
        wider = {i for m in places if text[m.start : m.end] not in names for i in range(m.start, m.end)}
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        return [
            Candidate(m.start(), m.end(), 0.0, "")
            for m in pattern.finditer(text)
            if taken.isdisjoint(range(m.start(), m.end()))
            and not wider.issuperset(range(m.start(), m.end()))
            and not inside(m.start(), m.end(), credits)
            and not (self._context.names_a_thing(text, m.end()) and m.end() in words.boundaries)
        ]

    def _called(
        self,
        text: str,
        words: Words,
        calls: Sequence[Call],
        full: Sequence[Candidate],
        roles: dict[str, str],
        credits: Sequence[Span],
    ) -> list[Mention]:
        """Courtesy forms, each under the full name of the same person where the article gives it."""
        taken = {i for c in full for i in range(c.start, c.end)}
        calls = [
            c
            for c in calls
            if taken.isdisjoint(range(c.start, c.end)) and not inside(c.start, c.end, credits)
        ]
        sure = {text[c.start : c.end] for c in calls if c.sure}
        often = Counter(text[c.start : c.end] for c in calls)
        kept = [c for c in calls if c.sure or text[c.start : c.end] in sure or often[text[c.start : c.end]] > 1]
        kept += self._called_again(text, kept, words, taken)
        return [Mention(c.start, c.end, "person", self._full_name(text, c, full, roles)) for c in kept]

    @staticmethod
    def _called_again(text: str, calls: Sequence[Call], words: Words, taken: set[int]) -> list[Call]:
        known = {text[c.start : c.end]: c for c in calls}
        if not known:
            return []
        covered = taken | {i for c in calls for i in range(c.start, c.end)}
        pattern = re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)))
        return [
            Call(m.start(), m.end(), c.surname, c.title, c.kind, "", True)
            for m in pattern.finditer(text)
            for c in (known[m.group()],)
            if covered.isdisjoint(range(m.start(), m.end())) and m.start() in words.boundaries
        ]

    def _full_name(self, text: str, call: Call, full: Sequence[Candidate], roles: dict[str, str]) -> str:
        before = {text[c.start : c.end] for c in full if c.start < call.start}
        same = [n for n in sorted(before) if same_person(call, n, roles.get(n, ""), self._context.kind)]
        return same[0] if len(same) == 1 else text[call.start : call.end]
