"""Persons: full names, surnames with courtesy or kin words, foreign and minority names, each with all its mentions.

The flow: what every stretch that could be a name is worth (`person_candidates`) → the names that stand, those beside
them in lists, those that come again (`person_mentions`) → courtesy forms (`courtesy`) under the full name.
Reporters in bylines and credits (`credits`) are no persons of the article.
"""

from collections.abc import Sequence

from extract.courtesy import Call, CourtesyForms
from extract.credits import Stretch, credit_spans, inside, reporter_starts
from extract.foreign_names import ForeignNames
from extract.person_candidates import Candidates
from extract.person_context import PersonContext
from extract.person_mentions import Mentions, accept
from extract.person_names import Candidate, NameShapes
from extract.person_text import PersonText
from extract.tokens import Words
from schemas.annotations import Mention
from schemas.layout import Article


class PersonReader:
    """Reads the persons of an article. Stateless after loading; safe to share."""

    def __init__(self) -> None:
        shapes = NameShapes()
        self._context = PersonContext()
        self._calls = CourtesyForms(shapes, self._context)
        self._foreign = ForeignNames(self._context)
        self._candidates = Candidates(shapes, self._context)

    def read(self, words: Words, article: Article, places: Sequence[Mention] = ()) -> tuple[Mention, ...]:
        """Every mention of a person, in order, none overlapping another; `name` is the person's canonical name.

        >>> from extract.tokens import WordCutter, segmenter
        >>> text = "社区书记王宁来了，王宁说，邱大爷是志愿者。"  # Wang Ning came, she said, Grandpa Guo …
        >>> words = WordCutter(segmenter(), lambda _: ())(text)
        >>> [(m.start, m.name) for m in PersonReader().read(words, Article("0" * 16, "article", text, ()))]
        [(4, '王宁'), (9, '王宁'), (13, '邱大爷')]
        """
        text = article.text
        seen = PersonText.of(words, self._context.roles(text))
        credits = credit_spans(article)
        calls = list(self._calls.find(seen))
        by_sound = self._foreign.certain(seen, credits)
        barred: list[Stretch] = [*credits, *by_sound]
        reporters = {b.name for b in article.bylines}
        written_by = reporter_starts(text)
        possible = [
            c
            for c in _beside_calls(self._candidates.find(seen, places), calls)
            if c.start not in written_by
            and text[c.start : c.end] not in reporters
            and not inside(c.start, c.end, barred)
        ]
        full = by_sound + accept(text, possible)
        full += self._foreign.likely(seen, places, full, credits)
        mentions = Mentions(seen, self._context, credits)
        named = mentions.of_names(full, places)
        found = [Mention(c.start, c.end, "person", text[c.start : c.end]) for c in named]
        return tuple(sorted([*found, *mentions.of_calls(calls, named)], key=lambda m: m.start))


def _beside_calls(candidates: Sequence[Candidate], calls: Sequence[Call]) -> list[Candidate]:
    """Candidates that do not cut a courtesy form: 发|师傅忙, 梁伯|提."""
    if not calls:
        return list(candidates)
    within = {i for c in calls for i in range(c.start + 1, c.end)}
    whole = {c.start: c.end for c in calls if len(c.title) > 1}
    short = {c.start for c in calls if len(c.title) == 1 and c.kind == "elder"}
    return [
        c
        for c in candidates
        if c.start not in within and c.end >= whole.get(c.start, 0) and not (c.start in short and c.end - c.start > 2)
    ]
