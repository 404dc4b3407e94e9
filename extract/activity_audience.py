"""Whom an activity was for or who was visited, as printed: 为|辖区独居老人, 走访|困难家庭, 组织|青少年.

A word that turns to people (为, 向, 慰问, 组织), then a short phrase that a word of `lexicons/audience.tsv` ends, with
whatever is coordinated to it. A named person next to it belongs to it: 独居老人钱秀珍.
"""

import re
from collections.abc import Iterator
from functools import cache

from extract.activity_phrases import NUMBER, either, listed
from extract.activity_story import Story
from extract.any_word import any_word
from extract.lexicon import table, words
from schemas.annotations import Span

NUMBERED = re.compile(
    rf"""(?: (?:近|约|超|逾|共|这)?{NUMBER}+(?:[余多]|\.\d+)?(?:名|位|户|个|家|组|对|批|群|人次)
           | 多[名位户家] | 广大 | 全体 | 各位 | 每位 | 前来的? | 一些 | 许多 | 众多
         )的?""",
    re.VERBOSE,
)
"""Left out in front of an audience: 50户|留守家庭."""
AND = re.compile(r"([、和与及]|以及)")
AIM = re.compile(either("aim"))
"""为增强居民意识 is an aim, not for whom."""
TAKES_PART = re.compile(r"参加|参赛|参与|参训|受训|观看|聆听|到场|领到")
WITHIN = 48
"""Those who take part stand among so many characters before the verb."""
MOST = 6


def audience(story: Story, evidence: Span) -> tuple[Span, ...]:
    """The phrases of the evidence that say whom it was for, in order, at most six, none inside another.

    What people say is read past. The people that the evidence names most often close the list.
    """
    found: list[Span] = []
    texts: set[str] = set()
    for span in _turned_to(story, evidence):
        printed = story.text[span.start : span.end]
        if not any(printed in t or t in printed for t in texts):
            texts.add(printed)
            found.append(span)
    found = found[: MOST - 1]
    plain = _plain(story, evidence)
    if plain and story.text[plain.start : plain.end] not in texts:
        found.append(plain)
    return tuple(found)


def _plain(story: Story, evidence: Span) -> Span | None:
    """The people that the evidence names most, by themselves: 居民 twice, 家长 once; staff apart."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for found in _heads().finditer(story.text, evidence.start, evidence.end):
        word, start = found.group(), found.start()
        if word not in _staff() and _own(story, start) and not story.quote_at(start):
            counts[word] = counts.get(word, 0) + 1
            first.setdefault(word, start)
    if not counts:
        return None
    best = max(counts, key=lambda word: (counts[word], -first[word]))
    return Span(first[best], first[best] + len(best))


def _turned_to(story: Story, evidence: Span) -> Iterator[Span]:
    for found in _phrase().finditer(story.text, evidence.start, evidence.end):
        start, who = found.start(), found.group("who")
        if not _own(story, start) or story.is_said(start, found.end()) or AIM.match(who):
            continue
        turn = found.group("turn")
        for span, head in _pieces(story, found.start("who"), who):
            if head not in _staff() or turn in listed("turns_to_staff"):
                yield _with_person(story, span.start, span.end)
    for verb in TAKES_PART.finditer(story.text, evidence.start, evidence.end):
        first = max(evidence.start, verb.start() - WITHIN)
        takers = _takers().search(story.text, first, verb.start())
        if takers and _own(story, takers.start()) and not story.is_said(takers.start(), verb.end()):
            yield from (span for span, _ in _pieces(story, takers.start("who"), takers.group("who")))
    for named in story.names_in(evidence.start, evidence.end):
        if named.entity.type == "person" and _turn_before().search(story.text[max(0, named.start - 4) : named.start]):
            yield Span(named.start, named.end)


def _pieces(story: Story, at: int, who: str) -> Iterator[tuple[Span, str]]:
    """The coordinated phrases of `who`, which begins at `at`, each with its word for people; no numbers, no names."""
    for piece in AND.split(who):
        start, end = at, at + len(piece)
        at = end
        for number in NUMBERED.finditer(story.text, start, end):
            start = number.end() if number.end() < end else start
        for named in story.names_in(start, end):
            start = named.tail if named.start == start and named.tail < end else start
        head = _heads().search(story.text, start, end)
        if head and end - start >= 2:
            yield Span(start, end), head.group()


def _own(story: Story, start: int) -> bool:
    """Whether a word of the reporter's own begins at `start`, none of a name's."""
    return story.words.begins(start) and not story.name_at(start)


def _with_person(story: Story, start: int, end: int) -> Span:
    for named in story.names_in(end, end + 1):
        if named.entity.type == "person" and named.start == end:
            tail = _heads().match(story.text, named.end)
            return Span(start, tail.end() if tail else named.end)
    return Span(start, end)


@cache
def _staff() -> frozenset[str]:
    return frozenset(row["word"] for row in table("audience") if row["staff"])


@cache
def _heads() -> re.Pattern[str]:
    heads = any_word(words("audience"))
    return re.compile(rf"{heads}(?:们|代表)?(?!{either('no_audience')})")


@cache
def _phrase() -> re.Pattern[str]:
    head = _heads().pattern
    modifier = r"[^，。；：、“”‘’！？\s,;:!?（）()和与及为向给对]{0,14}?"
    return re.compile(
        rf"(?P<turn>{either('turns')})(?:了|过(?!往)|到)?(?P<who>{modifier}{head}(?:(?:[、和与及]|以及){modifier}{head})*)"
    )


@cache
def _turn_before() -> re.Pattern[str]:
    return re.compile(rf"{either('turns_to_person')}了?$")


@cache
def _takers() -> re.Pattern[str]:
    """Those who took part, even staff: 32名|网格员|参加比赛, 街道班子成员、企业代表|60余人参加会议."""
    head = _heads().pattern
    modifier = r"[^，。；：、“”‘’！？\s,;:!?（）()和与及为向给对了让使着过发导邀]{0,14}?"
    count = rf"(?:等?(?:共|近|约)?{NUMBER}+[余多]?[名位人])?"
    readily = r"(?:到场|现场|积极|踊跃|共同|一起|报名)*"
    return re.compile(rf"(?P<who>{modifier}{head}(?:(?:[、和与及]|以及){modifier}{head})*){count}{readily}$")
