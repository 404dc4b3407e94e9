"""Whom an activity was for or who was visited, as printed: 为|辖区独居老人, 走访|困难家庭, 组织|青少年.

A word that turns to people (为, 向, 慰问, 组织), then a short phrase that a word of `lexicons/audience.tsv` ends, with
whatever is coordinated to it. A named person next to it belongs to it: 独居老人尚秀英.
"""

import re
from collections.abc import Iterator
from functools import cache

from extract.activity_story import Story
from extract.lexicon import words
from schemas.annotations import Span

TURNS = (
    "走访慰问|慰问|走访|看望|探望|拜访|帮助|协助|帮扶|关爱|服务|面向|针对|组织|邀请|带领|引导|指导|鼓励|提醒|劝导|护送|接送|送给|赠给|捐给|发给|送到|送至|"
    "发放到|交到|动员|发动|吸引|救助|倡导|陪伴|陪同|辅导|督促|告知|解答|征求|听取|约谈|召集|手把手教|教会|教|惠及|覆盖|方便|让|使|为|向|给|替|对|陪|帮|与|和"
)
NUMBER = re.compile(r"(?:[一二两三四五六七八九十百千\d]+(?:[余多]|\.\d+)?(?:名|位|户|个|家|组|对|批|群|人次|对)|多[名位户家]|广大|全体|各位|每位|前来的?|一些|许多|众多)的?")
"""Left out in front of an audience: 50户|留守家庭."""
MOST = 6


def audience(story: Story, evidence: Span) -> tuple[Span, ...]:
    """The phrases of the evidence that say whom it was for, in order, at most six, none inside another.

    What people say and plans are read past. Without any turned-to phrase, the people that the evidence names.
    """
    found: list[Span] = []
    texts: set[str] = set()
    for span in _turned_to(story, evidence):
        printed = story.text[span.start : span.end]
        if printed not in texts and not any(printed in t or t in printed for t in texts):
            texts.add(printed)
            found.append(span)
    if not found:
        for plain in _heads().finditer(story.text, evidence.start, evidence.end):
            if not story.is_said(plain.start(), plain.end()):
                return (Span(plain.start(), plain.end()),)
    return tuple(found[:MOST])


def _turned_to(story: Story, evidence: Span) -> Iterator[Span]:
    for found in _phrase().finditer(story.text, evidence.start, evidence.end):
        if story.is_said(found.start(), found.end()) or found.start() not in story.words:
            continue
        at = found.start("who")
        for piece in re.split(r"([、和与及]|以及)", found.group("who")):
            end = at + len(piece)
            start = at
            if number := NUMBER.match(story.text, start, end):
                start = number.end()
            if end - start >= 2 and _heads().search(story.text, start, end):
                yield _with_person(story, start, end)
            at = end
    for named in story.names_in(evidence.start, evidence.end):
        if named.entity.type == "person" and _turn_before().search(story.text[max(0, named.start - 4) : named.start]):
            yield Span(named.start, named.end)


def _with_person(story: Story, start: int, end: int) -> Span:
    for named in story.names_in(end, end + 1):
        if named.entity.type == "person" and named.start == end:
            tail = _heads().match(story.text, named.end)
            return Span(start, tail.end() if tail else named.end)
    return Span(start, end)


@cache
def _heads() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, words("audience")), key=len, reverse=True))
    return re.compile(rf"(?:{heads})(?:们|代表)?(?!节|楼|委|小区|宿舍|公寓|之家|食堂|大学|自治|议事|代表大会|证|卡|权益|意识)")


@cache
def _phrase() -> re.Pattern[str]:
    head = _heads().pattern
    modifier = r"[^，。；：、“”‘’！？\s,;:!?（）()和与及为向给对]{0,14}?"
    return re.compile(rf"(?:{TURNS})(?:了|过|到)?(?P<who>{modifier}{head}(?:(?:[、和与及]|以及){modifier}{head})*)")


@cache
def _turn_before() -> re.Pattern[str]:
    return re.compile(r"(?:帮助|协助|看望|慰问|探望|走访|为|向|给|教|陪|对|老人|帮|邀请|授予|到)了?$")
