"""When an activity took place: the date of its clause, its sentence, its paragraph, else its article's lead."""

from collections.abc import Iterable

from extract.activity_story import Story
from extract.activity_triggers import Trigger
from extract.clauses import Sentence
from schemas.annotations import TimeExpression

VAGUE = ("当天", "今天", "当日", "目前", "当前", "现在", "每", "年度", "同日", "届时", "近期以来", "年内", "这天")
"""Words that need another date, say only that it goes on, or name a series."""
SINCE = "以来"


def date(story: Story, sentence: Sentence, trigger: Trigger, lead: TimeExpression | None) -> TimeExpression | None:
    """The date of the activity that `trigger` carries in `sentence`; `lead` is the article's.

    Before the trigger counts before after it; a date inside the event's own name is none; 目前 and 每月 are none.
    """
    dates = [d for d in story.dates_in(sentence.start, sentence.end) if usable(story, d, trigger)]
    own = [d for d in dates if d.start < trigger.start]
    if own:
        clause = [d for d in own if trigger.clause.start <= d.start]
        return (clause or own)[-1] if not clause else clause[0]
    before = [
        d
        for s in story.sentences
        if s.block == sentence.block and s.start < sentence.start
        for d in story.dates_in(s.start, s.end)
        if usable(story, d, trigger) and not d.text.endswith(SINCE) and not story.is_said(d.start, d.end)
    ]
    if before:
        return before[-1]
    after = [d for d in dates if d.start <= trigger.clause.end]
    if after:
        return after[0]
    return lead


def lead_date(story: Story, blocks: Iterable[int]) -> TimeExpression | None:
    """The first date of the first of `blocks` that has one."""
    for block in blocks:
        for sentence in story.sentences:
            if sentence.block == block:
                for d in story.dates_in(sentence.start, sentence.end):
                    if not _vague(d) and not d.text.endswith(SINCE) and not story.quote_at(d.start):
                        return d
    return None


def usable(story: Story, found: TimeExpression, trigger: Trigger) -> bool:
    """Whether `found` can date an activity: not vague, not quoted, not part of the event's name."""
    if _vague(found) or story.quote_at(found.start):
        return False
    event = trigger.event
    return not (event and event.start < found.start < event.end)


def _vague(found: TimeExpression) -> bool:
    return found.text.startswith(VAGUE) or found.text.endswith("年度")
