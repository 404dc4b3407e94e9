"""An article as the activity steps see it: sentences judged, names in place, dates and counts at hand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeVar

from extract.activity_phrases import NUMBER
from extract.activity_types import TypeWord, type_words
from extract.activity_verbs import FoundVerb, found_verbs
from extract.any_word import any_word
from extract.clauses import Clause, Sentence, parted, quotations, sentences
from extract.lexicon import table
from extract.reality import Verdict, speech, verdicts
from extract.tokens import Words
from schemas.annotations import DIVISIONS, Count, Entity, Span, TimeExpression
from schemas.layout import Article, Block

P = TypeVar("P", Sentence, TimeExpression)
A = TypeVar("A")
START = attrgetter("start")
VERBAL = frozenset("vdil")
"""First letters of the tags of verbs, adverbs and set phrases in jieba's tag set."""


NO_TOPIC = frozenset({*DIVISIONS, "street", "community", "estate", "road"})
"""Places whose names say nothing of what takes place there."""
SERIAL = frozenset({"street", "community", "estate", "organization"})
"""What the parts of a series open with: 甲社区…；乙社区…."""


class Named(NamedTuple):
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

    sentences: list[int]
    headings: list[int]
    quotes: list[int]
    titles: list[int]
    named: list[int]
    dates: list[int]
    turns: list[int]
    about: list[int]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the activity steps read; all offsets over `article.text`."""

    article: Article
    text: str  # the article's
    words: Words
    sentences: tuple[Sentence, ...]
    headings: tuple[Sentence, ...]  # those that head a part of the article
    verdicts: tuple[tuple[Verdict, ...], ...]  # of each sentence, on each of its clauses
    quotes: tuple[Span, ...]
    said: tuple[Span, ...]  # quotations that are somebody's words
    titles: tuple[Span, ...]  # quotations that are not: they name something
    named: tuple[Named, ...]
    entities: dict[str, Entity]
    dates: tuple[TimeExpression, ...]
    counts: tuple[Count, ...]
    turns: tuple[FoundVerb, ...]  # verbs that may carry an activity, in order
    about: tuple[TypeWord, ...]  # words that lead to types of activities, in order
    starts: Starts
    answers: dict[tuple[Callable[..., Any], int], Any] = field(default_factory=dict)
    """What `once` has asked so far."""

    def names_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The names that lie in [start, end)."""
        low = bisect_left(self.starts.named, start)
        return self.named[low : bisect_left(self.starts.named, end, low)]

    def name_at(self, offset: int) -> Named | None:
        """The name that holds `offset`."""
        index = bisect_right(self.starts.named, offset) - 1
        return self.named[index] if index >= 0 and offset < self.named[index].end else None

    def titles_in(self, start: int, end: int) -> tuple[Span, ...]:
        """The quotations that lie in [start, end) whole and are nobody's words."""
        low = bisect_left(self.starts.titles, start)
        found = self.titles[low : bisect_left(self.starts.titles, end, low)]
        return found[:-1] if found and found[-1].end > end else found

    def dates_in(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        """The dates that begin in [start, end)."""
        low = bisect_left(self.starts.dates, start)
        return self.dates[low : bisect_left(self.starts.dates, end, low)]

    def turns_in(self, start: int, end: int) -> tuple[FoundVerb, ...]:
        """The verbs that may carry an activity and begin in [start, end)."""
        low = bisect_left(self.starts.turns, start)
        return self.turns[low : bisect_left(self.starts.turns, end, low)]

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences that begin in [start, end)."""
        low = bisect_left(self.starts.sentences, start)
        return self.sentences[low : bisect_left(self.starts.sentences, end, low)]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds `offset`."""
        index = bisect_right(self.starts.sentences, offset) - 1
        return self.sentences[index] if index >= 0 and offset < self.sentences[index].end else None

    def verdict_on(self, sentence: Sentence, clause: Clause) -> Verdict:
        """What `clause` of `sentence` claims."""
        return self.verdicts[bisect_left(self.starts.sentences, sentence.start)][sentence.clauses.index(clause)]

    def verbs_in(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the plain verbs begin and end that begin in [start, end)."""
        starts, tags = self.words.starts, self.words.tags
        for index in range(bisect_left(starts, start), bisect_left(starts, end)):
            if tags[index] == "v":
                yield starts[index], starts[index + 1]

    def verb_ends(self, offset: int) -> bool:
        """Whether a word ends at `offset` that is a verb or has one in it: 逐步形成."""
        last = self.words.at(offset - 1)
        return self.words.starts[last + 1] == offset and self.words.tags[last][:1] in VERBAL

    def about_in(self, start: int, end: int, *, dated: bool = True) -> tuple[TypeWord, ...]:
        """The words of [start, end) that lead to types; without `dated`, none of a date's.

        春节前 dates a clean-up, it makes no festival of it.
        """
        low = bisect_left(self.starts.about, start)
        found = self.about[low : bisect_left(self.starts.about, end, low)]
        if found and found[-1].end > end:
            found = found[:-1]
        if not dated:
            for d in self.dates_in(start, end):
                found = tuple(w for w in found if w.start < d.start or d.end < w.end)
        return found

    def is_said(self, start: int, end: int) -> bool:
        """Whether [start, end) lies in somebody's words."""
        return bool(self.said) and any(quote.start <= start and end <= quote.end for quote in self.said)

    def quote_before(self, offset: int) -> Span | None:
        """The last quotation that ends before `offset`."""
        for index in range(bisect_left(self.starts.quotes, offset) - 1, -1, -1):
            if self.quotes[index].end <= offset:
                return self.quotes[index]
        return None

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that holds `offset`."""
        index = bisect_right(self.starts.quotes, offset) - 1
        if index >= 0 and offset < self.quotes[index].end:
            return self.quotes[index]
        return None


def once(ask: Callable[[Story, P], A]) -> Callable[[Story, P], A]:
    """`ask`, whose answers are kept with the story: slot after slot asks for the same sentences and dates.

    A part is known by where it begins: no two sentences, and no two dates, of a story begin at one place.
    """

    @wraps(ask)
    def answer(story: Story, part: P) -> A:
        key = (ask, part.start)
        known: A | None = story.answers.get(key)
        if known is None:
            known = story.answers[key] = ask(story, part)
        return known

    return answer


def story(
    words: Words,
    article: Article,
    entities: Sequence[Entity],
    dates: Sequence[TimeExpression],
    counts: Sequence[Count],
) -> Story:
    """The article with everything found in it so far."""
    text = article.text
    named = outermost(text, entities)
    cut = sentences(article)
    if "；" in text or ";" in text:
        bodies = {n.first for n in named if n.entity.type in SERIAL}
        cut = parted(cut, bodies.union(d.start for d in dates))
    heads = {i for i, b in enumerate(article.blocks) if b.role == "crosshead" or is_heading(article, b)}
    headings = tuple(s for s in cut if s.block in heads) if heads else ()
    quotes = quotations(text)
    said = speech(text, quotes)
    titles = tuple(q for q in quotes if q not in said) if said else quotes
    dated = tuple(sorted(dates, key=START))
    turns = found_verbs(text)
    about = tuple(w for w in type_words(words.text) if not _in_place(named, w.start, w.end))
    parts = (cut, headings, quotes, titles, named, dated, turns, about)
    return Story(
        article=article,
        text=text,
        words=words,
        sentences=cut,
        headings=headings,
        verdicts=verdicts(text, cut, quotes),
        quotes=quotes,
        said=said,
        titles=titles,
        named=named,
        entities={e.id: e for e in entities},
        dates=dated,
        counts=tuple(sorted(counts, key=START)),
        turns=turns,
        about=about,
        starts=Starts(*(list(map(START, each)) for each in parts)),
    )


def _in_place(named: Sequence[Named], start: int, end: int) -> bool:
    """Whether [start, end) lies in the name of a place: 体育里社区 is about no sport, 健康路 about no health."""
    index = bisect_right(named, start, key=START) - 1
    if index < 0 or named[index].entity.type not in NO_TOPIC:
        return False
    return end <= named[index].end


def is_heading(article: Article, block: Block) -> bool:
    """A short paragraph without an end mark is a crosshead that was filed as a paragraph."""
    if block.role != "paragraph" or article.kind != "article":
        return False
    text = article.quote(block).strip()
    return len(text) <= 30 and text[-1] not in "。！？!?…；"


def outermost(text: str, entities: Iterable[Entity]) -> tuple[Named, ...]:
    """Every mention that no longer one holds, chains of divisions as their last link, in order.

    >>> e = [Entity("e1", "street", "玉林街道", None, None, "stated", (Span(0, 4),)),
    ...      Entity("e2", "community", "棕北社区", "e1", None, "stated", (Span(4, 8),))]
    >>> [(n.entity.name, n.first, n.tail, n.acts) for n in outermost("玉林街道棕北社区党员清扫", e)]  # members
    [('棕北社区', 0, 10, True)]
    """
    mentions = [(m.start, -m.end, number, e) for number, e in enumerate(entities) for m in e.mentions]
    mentions.sort(key=itemgetter(0, 1, 2))
    found: list[Named] = []
    reach = 0
    for start, negative, _, entity in mentions:
        if start < reach:
            continue
        end = reach = -negative
        last = found[-1] if found else None
        if entity.type == "person":
            if last and _titled(last, start):
                found[-1] = Named(last.start, last.end, last.entity, last.first, end, True)
            else:
                found.append(Named(start, end, entity, start, end, True))
            continue
        first = start
        if last and last.entity.type in DIVISIONS and _links(text[last.end : start], entity):
            first = found.pop().first
        found.append(Named(start, end, entity, first, *people_after(text, end)))
    return tuple(found)


def _links(gap: str, entity: Entity) -> bool:
    """Whether a name runs on from the division before it, with `gap` between: 劳动街道(的)|惠西社区."""
    return gap == "" or (
        gap in ("的", "下辖", "辖区", "下辖的", "辖区的") and entity.type in ("street", "community", "estate")
    )


def _titled(body: Named, start: int) -> bool:
    """Whether a body's title stands right before a person's name: 社区党支部书记|王宁."""
    return body.acts and body.end < body.tail == start and body.entity.type != "person"


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
