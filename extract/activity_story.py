"""An article as the activity steps see it: sentences judged, names in place, dates and counts at hand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.activity_phrases import NUMBER
from extract.activity_types import TypeWord, type_words
from extract.any_word import any_word
from extract.clauses import Sentence, quotations, sentences
from extract.lexicon import table
from extract.reality import Verdict, speech, verdicts
from extract.tokens import Words
from schemas.annotations import DIVISIONS, PLACE_TYPES, Count, Entity, Span, TimeExpression
from schemas.layout import Article

_VERBAL = frozenset("vdil")
"""First letters of the tags of verbs, adverbs and set phrases in jieba's tag set."""
PLACES = frozenset(PLACE_TYPES)


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of an entity, the outermost where mentions nest, the last link where they chain.

    `first` is where its chain begins (成都市|武侯区|玉林街道: the city's start); `tail` is where the words for its
    people end (的工作人员, 党支部, 的居民); `acts` whether those people act for it.
    """

    start: int
    end: int
    entity: Entity
    first: int
    tail: int
    acts: bool


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the parts of a story begin, each list in order, to find those of a stretch without a look at the rest."""

    quotes: list[int]
    named: list[int]
    dates: list[int]
    verbs: list[int]
    about: list[int]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the activity steps read; all offsets over `article.text`."""

    article: Article
    text: str  # the article's
    sentences: tuple[Sentence, ...]
    verdicts: tuple[tuple[Verdict, ...], ...]
    quotes: tuple[Span, ...]
    said: tuple[Span, ...]
    named: tuple[Named, ...]
    entities: dict[str, Entity]
    dates: tuple[TimeExpression, ...]
    counts: tuple[Count, ...]
    words: frozenset[int]  # where words begin
    verb_ends: frozenset[int]  # where words that are verbs end: 逐步形成
    verbs: tuple[Span, ...]  # plain verbs, in order
    about: tuple[TypeWord, ...]  # words that lead to types of activities, in order
    starts: Starts

    def names_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The names that lie in [start, end)."""
        low = bisect_left(self.starts.named, start)
        high = bisect_left(self.starts.named, end)
        return self.named[low:high]

    def dates_in(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        """The dates that begin in [start, end)."""
        low = bisect_left(self.starts.dates, start)
        high = bisect_left(self.starts.dates, end)
        return self.dates[low:high]

    def verbs_in(self, start: int, end: int) -> tuple[Span, ...]:
        """The plain verbs that begin in [start, end)."""
        low = bisect_left(self.starts.verbs, start)
        high = bisect_left(self.starts.verbs, end)
        return self.verbs[low:high]

    def about_in(self, start: int, end: int, *, dated: bool = True) -> tuple[TypeWord, ...]:
        """The words of [start, end) that lead to types; without `dated`, none of a date's.

        春节前 dates a clean-up, it makes no festival of it.
        """
        low = bisect_left(self.starts.about, start)
        high = bisect_left(self.starts.about, end)
        dates = () if dated else self.dates_in(start, end)
        return tuple(
            w
            for w in self.about[low:high]
            if w.end <= end and not any(d.start <= w.start and w.end <= d.end for d in dates)
        )

    def is_said(self, start: int, end: int) -> bool:
        """Whether [start, end) lies in somebody's words."""
        return any(q.start <= start and end <= q.end for q in self.said)

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that holds `offset`."""
        index = bisect_right(self.starts.quotes, offset) - 1
        if index >= 0 and offset < self.quotes[index].end:
            return self.quotes[index]
        return None


def story(
    words: Words,
    article: Article,
    entities: Sequence[Entity],
    dates: Sequence[TimeExpression],
    counts: Sequence[Count],
) -> Story:
    """The article with everything found in it so far."""
    cut = sentences(article)
    quotes = quotations(article.text)
    named = outermost(article.text, entities)
    dated = tuple(sorted(dates, key=lambda d: d.start))
    about = type_words(words.text)
    tokens = [
        (start, start + len(word), tag) for start, word, tag in zip(words.starts, words.words, words.tags, strict=False)
    ]
    verbs = tuple(Span(start, end) for start, end, tag in tokens if tag == "v")
    return Story(
        article=article,
        text=article.text,
        sentences=cut,
        verdicts=tuple(verdicts(article.text, s, quotes) for s in cut),
        quotes=quotes,
        said=speech(article.text, quotes),
        named=named,
        entities={e.id: e for e in entities},
        dates=dated,
        counts=tuple(sorted(counts, key=lambda c: c.start)),
        words=frozenset(words.starts[:-1]),
        verb_ends=frozenset(end for _, end, tag in tokens if tag[:1] in _VERBAL),
        verbs=verbs,
        about=about,
        starts=Starts(*([item.start for item in items] for items in (quotes, named, dated, verbs, about))),
    )


def outermost(text: str, entities: Iterable[Entity]) -> tuple[Named, ...]:
    """Every mention that no longer one holds, chains of divisions as their last link, in order.

    >>> e = [Entity("e1", "street", "玉林街道", None, None, "stated", (Span(0, 4),)),
    ...      Entity("e2", "community", "棕北社区", "e1", None, "stated", (Span(4, 8),))]
    >>> [(n.entity.name, n.first, n.tail, n.acts) for n in outermost("玉林街道棕北社区党员清扫", e)]  # members
    [('棕北社区', 0, 10, True)]
    """
    mentions = sorted(((m.start, m.end, e) for e in entities for m in e.mentions), key=lambda m: (m[0], -m[1]))
    found: list[Named] = []
    reach, chain = 0, None
    for start, end, entity in mentions:
        if start < reach:
            continue
        first = start
        if found and entity.type != "person" and _links(text, found[-1], start, entity):
            first = found.pop().first
        elif (chain := _person_of(text, found, start)) is not None and entity.type == "person":
            reach = end
            found[-1] = Named(chain.start, chain.end, chain.entity, chain.first, end, True)
            continue
        tail, acts = people_after(text, end) if entity.type != "person" else (end, True)
        found.append(Named(start, end, entity, first, tail, acts))
        reach = end
    return tuple(found)


def _links(text: str, last: Named, start: int, entity: Entity) -> bool:
    """Whether a name runs on from the division it lies in: 劳动街道(的)|惠西社区."""
    if last.entity.type not in DIVISIONS:
        return False
    gap = text[last.end : start]
    return gap == "" or (
        gap in ("的", "下辖", "辖区", "下辖的", "辖区的") and entity.type in ("street", "community", "estate")
    )


def _person_of(text: str, found: Sequence[Named], start: int) -> Named | None:
    """The body whose title stands right before a person's name: 社区党支部书记|王宁."""
    if not found or found[-1].entity.type == "person":
        return None
    last = found[-1]
    return last if last.acts and last.end < last.tail == start else None


def people_after(text: str, end: int) -> tuple[int, bool]:
    """Where the words for a body's people end, and whether they act for it; (end, True) where there are none.

    >>> people_after("向阳社区的居民们", 4), people_after("向阳社区网格员", 4)  # residents; a grid worker
    ((8, False), (7, True))
    """
    pattern, act = _people()
    found = pattern.match(text, end)
    if not found:
        return end, True
    return found.end(), found.group("head") in act


@cache
def _people() -> tuple[re.Pattern[str], frozenset[str]]:
    rows = table("body_people")
    words = any_word(r["word"] for r in rows)
    number = (
        rf"(?:{NUMBER}+余?多?[名位个]|数十名|多名|全体|部分|广大|有关|相关|青年|退休|在职|老|女|小|年轻|党员|“两委”)*"
    )
    pattern = re.compile(
        rf"(?:的(?:[\u4e00-\u9fff“”]{{0,6}}?))?{number}(?:新时代文明实践[站所中心]+)?(?P<head>{words})们?"
        rf"(?:(?:[、和与及]|以及){number}(?:社区|街道|镇|村|学校|小区)?(?:{words})们?)*等?"
    )
    return pattern, frozenset(r["word"] for r in rows if r["acts"] == "yes")
