"""When an activity took place: the date of its clause, its sentence, its paragraph, else its article's lead."""

import re
from collections.abc import Iterable

from extract.activity_story import Story, once
from extract.activity_triggers import Trigger
from extract.clauses import Sentence
from schemas.annotations import TimeExpression

VAGUE = (
    "当天",
    "今天",
    "当日",
    "目前",
    "当前",
    "现在",
    "每",
    "年度",
    "同日",
    "届时",
    "近期以来",
    "年内",
    "这天",
    "截至",
    "截止",
)
"""Words that need another date, say only that it goes on, or name a series."""
SINCE = "以来"
CLOCK = re.compile(
    r"(?:一大早|清晨|凌晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|夜里|夜晚|当晚|[时点半钟分刻\d一二三四五六七八九十：:两])+"
)
LENGTH = re.compile(r".*(?:年间|年来|月来|天来|年前|年后|天里|天内|首周|期间|小时|分钟|个月|多年|年多)")
LENGTH_OF_LATE = re.compile(r".*[年月天日]来")
"""近年来, 几个月来: better than a date that only follows it."""
SEASON = re.compile(r"进入|步入|临近|迎来|随着|每到|每逢")
"""Before a date: it tells the season, as in 进入3月，雨水增多."""
HEARD = re.compile(r"[，,]?(?:本报)?记者(?:在|从|了解到|获悉|看到|来到|走进|采访)")
"""After a date: it says when a reporter heard of it."""
YEAR = re.compile(r"(?:[\d〇○Ｏ一二三四五六七八九零]{2,4}年|今年|去年|前年)")
"""Times of day, lengths of time and bare years: they date an activity only where nothing better does."""


def date(story: Story, sentence: Sentence, trigger: Trigger, lead: TimeExpression | None) -> TimeExpression | None:
    """The date of the activity that `trigger` carries in `sentence`; `lead` is the article's.

    Before the trigger counts before after it; a date inside the event's own name is none; 目前 and 每月 are none.
    """
    dates = [d for d in story.dates_in(sentence.start, sentence.end) if usable(story, d, trigger)]
    dates = [d for d in dates if not HEARD.match(story.text, d.end)] or dates
    own = _best([d for d in dates if d.start < trigger.start])
    if own:
        clause = [d for d in own if trigger.clause.start <= d.start]
        return clause[0] if clause else own[-1]
    opening = story.sentences_in(story.article.blocks[sentence.block].start, sentence.end)[0]
    before = [
        d
        for d in story.dates_in(opening.start, sentence.start)
        if usable(story, d, trigger) and not d.text.endswith(SINCE) and not story.is_said(d.start, d.end)
    ]
    after = [d for d in dates if trigger.start <= d.start <= trigger.clause.end]
    for choice in (_best(before)[-1:], _best(after)[:1]):
        if choice:
            return choice[0]
    own = [d for d in dates if d.start < trigger.start and LENGTH_OF_LATE.fullmatch(d.text)]
    if own and (lead is None or lead.start > sentence.start):
        return own[0]
    return lead or next(iter(before or dates), None)


@once
def firm(_: Story, found: TimeExpression) -> bool:
    """Whether it places something in time: no length, time of day, bare year, since-when, or 目前."""
    return not (_vague(found) or found.text.endswith(SINCE) or YEAR.fullmatch(found.text) or _no_day(found))


def _best(found: list[TimeExpression]) -> list[TimeExpression]:
    """Without times of day and lengths of time, and without bare years where a day is named."""
    firm = [d for d in found if not _no_day(d)]
    days = [d for d in firm if not YEAR.fullmatch(d.text)]
    return days or firm


def lead_date(story: Story, blocks: Iterable[int]) -> TimeExpression | None:
    """The first date of the first of `blocks` that has one; one with 以来 (since …) only where there is no other."""
    wanted = set(blocks)
    since: TimeExpression | None = None
    block = -1
    for d in story.dates:
        sentence = story.sentence_at(d.start)
        if sentence is None or sentence.block not in wanted:
            continue
        if since and sentence.block != block:
            break
        block = sentence.block
        if _vague(d) or SEASON.search(story.text, max(0, d.start - 2), d.start):
            continue
        if story.quote_at(d.start) or HEARD.match(story.text, d.end) or _no_day(d):
            continue
        if not d.text.endswith(SINCE):
            return d
        since = since or d
    return since


def usable(story: Story, found: TimeExpression, trigger: Trigger) -> bool:
    """Whether `found` can date an activity: not vague, not quoted, not part of the event's name."""
    if _vague(found) or story.quote_at(found.start):
        return False
    event = trigger.event
    return not (event and event.start < found.start < event.end)


def _no_day(found: TimeExpression) -> bool:
    """Whether it is only a time of day or a length of time."""
    return bool(CLOCK.fullmatch(found.text) or LENGTH.fullmatch(found.text))


def _vague(found: TimeExpression) -> bool:
    return found.text.startswith(VAGUE) or found.text.endswith("年度")
