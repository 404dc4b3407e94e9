"""The sentences of an article that report an activity, each with the trigger it turns on and a score.

A report is weighed, not chosen: a light verb with a named event says more than a bare verb of doing, a named body that
acts and a date say that something took place, the lead says that the article is about it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.activity_candidates import (
    BACKGROUND_COST,
    Candidate,
    acts_unnamed,
    candidate_at,
    names_body,
    told,
    trigger_of,
    under_body,
)
from extract.activity_dates import firm
from extract.activity_phrases import either
from extract.activity_roles import RAN, WITH, Part
from extract.activity_story import Story
from extract.activity_triggers import HOST, PLAIN, PRESENTED_EVENT, Trigger, prepares
from extract.clauses import Sentence
from extract.reality import Verdict
from schemas.annotations import EntityType

BODIES: frozenset[EntityType] = frozenset(
    {"province", "city", "district", "street", "community", "estate", "venue", "organization"}
)
BY_WHOM = re.compile(
    rf"(?!由)[^，。、“”]{{0,8}}(?:“[^”]{{1,12}}”)?[^，。、“”的]{{0,6}}由[^，。]{{2,30}}?(?:{either('hosting')}|设立|组成)"
)
BY_WITHIN = 29
"""The first characters of a sentence, among which the 由 of `BY_WHOM` stands."""
ABOUT_IT = re.compile(
    rf"""  (?:在)?(?:此次|本次|这次|该|整个|本场|这场)?{either("event_told")}
          (?:现场|过程|期间|当天|环节)?(?:中|上|后|里|时|，|,|结束)
        | {either("goes_on")}
    """,
    re.VERBOSE,
)
"""With `BY_WHOM`, openings of a sentence that goes on about an activity told before."""
STAFF = re.compile(rf"{either('staff_of')}[\u4e00-\u9fff]{{0,6}}?{either('staff')}")
SUMMING = re.compile(rf"{either('sums')}|[已共][^，。]{{0,12}}\d")
SUM_COST = 1.5
"""A sentence that sums up (累计接待8600人次) tells what came of an activity more often than the activity."""
PERSON_COST = 2.0
"""What one person does (72岁的廖爹做完检查) shows an activity more often than it is one."""
SOMEBODY = re.compile(
    r"[，,]?(?:一[位名]|有[位名]|不少|\d+岁的?)[^，。]{1,10}?(?:在|把|将|捡|拾|发现|路过|来到|走进|向|给)"
)
"""A sentence that opens with somebody without a name: 一位骑手在路边|捡到手机."""
PREPARING_COST = {PLAIN: 1.0, 1.5: 2.5}
"""What a doing of so little weight counts less where it only leads to one that follows."""
NOBODY_COST = 1.5
"""What a doing in words of any kind counts less where nobody is named or known by an office who does it."""
SAME = re.compile(r"(?:当天|当日|当晚|同日|这天)")
SAME_DAY = 1.5
"""What an event counts more that took place on the day of the scene before it: 当天，加装电梯交付使用."""


class Report(NamedTuple):
    """A sentence (by its number) that reports an activity by `trigger`; `parts` are its names with their roles."""

    number: int
    sentence: Sentence
    judged: tuple[Verdict, ...]  # on each of its clauses
    trigger: Trigger
    verdict: Verdict  # on the trigger's clause
    parts: tuple[Part, ...]
    acting: tuple[Part, ...]  # the named bodies that ran it, by this sentence
    bodies: tuple[str, ...]  # the ids of those of them that stand before the trigger's clause ends
    score: float
    paragraph: int  # 0 for the first paragraph; captions count on
    about: bool  # goes on about something told before

    @property
    def joining(self) -> tuple[Part, ...]:
        """The named bodies that ran it with them; one invited to teach or perform is one of them."""
        return tuple(
            p
            for p in self.parts
            if p.named.entity.type in BODIES
            and (p.role in WITH or (p.role == "invited" and p.named.entity.type == "organization"))
        )


def reports(story: Story) -> tuple[Report, ...]:
    """Every sentence of paragraphs and captions with a trigger in a clause that tells what happened, in order."""
    found: list[Report] = []
    paragraph, block = -1, -1
    headings = {s.block for s in story.headings}
    bodied = bool(headings) and any(names_body(story, b) for b in story.article.blocks)
    for index, sentence in enumerate(story.sentences):
        if sentence.role not in ("paragraph", "caption") or sentence.block in headings:
            continue
        if sentence.block != block:
            paragraph, block = paragraph + 1, sentence.block
        candidate = candidate_at(story, index, bodied and under_body(story, sentence))
        trigger = candidate and trigger_of(story, candidate, paragraph)
        if candidate and trigger:
            found.append(_report(story, index, candidate, trigger, paragraph))
    return tuple(found)


def _report(story: Story, index: int, candidate: Candidate, trigger: Trigger, paragraph: int) -> Report:
    """The report that a candidate makes by its trigger, weighed."""
    sentence, names = candidate.sentence, candidate.names
    judged = story.verdicts[index]
    verdict = judged[sentence.clauses.index(trigger.clause)]
    acting = _acting(names, trigger)
    before = [p for p in acting if p.named.start < trigger.clause.end]
    about = _goes_on(story, sentence)
    score = _weight(story, candidate, trigger, verdict, before)
    if about and trigger.weight not in (HOST, PRESENTED_EVENT):
        score -= 3.0
    if sentence.role == "paragraph":
        score += {0: 2.0, 1: 0.8}.get(paragraph, 0.0)
    else:
        score -= 1.0
    bodies = _ids(before) or _stage(sentence, names)
    return Report(index, sentence, judged, trigger, verdict, names, acting, bodies, score, paragraph, about)


def _stage(sentence: Sentence, names: tuple[Part, ...]) -> tuple[str, ...]:
    """The community or street where a sentence sets its scene and names nobody who acts: 在甲街道乙社区，…."""
    opens = names and sets_scene(sentence, names[0])
    return (names[0].named.entity.id,) if opens else ()


def sets_scene(sentence: Sentence, part: Part) -> bool:
    """Whether the sentence opens with 在 and the part, a community or street, and a comma."""
    named, first = part.named, sentence.clauses[0]
    return (
        part.role == "place"
        and named.entity.type in ("community", "street")
        and part.clause is first
        and named.first - first.start <= 1
        and first.end - named.tail <= 1
        and len(sentence.clauses) > 1
    )


def retold(report: Report, trigger: Trigger) -> Report:
    """The report with another trigger of its sentence, and the same score."""
    acting = _acting(report.parts, trigger)
    before = [p for p in acting if p.named.start < trigger.clause.end]
    verdict = report.judged[report.sentence.clauses.index(trigger.clause)]
    return report._replace(trigger=trigger, verdict=verdict, acting=acting, bodies=_ids(before))


def _ids(names: Iterable[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.named.entity.id for p in names))


def _acting(names: tuple[Part, ...], trigger: Trigger) -> tuple[Part, ...]:
    """The bodies that ran it; the owner of an event (X社区的集市开张) ran it."""
    bodies = [p for p in names if p.named.entity.type in BODIES]
    ran = [p for p in bodies if p.role in RAN]
    helped = bool(ran) and all(p.role == "agent" and p.cue and p.cue.start >= p.named.end for p in ran)
    if helped:  # 甲社区的孩子在乙大学志愿者的带领下学扎染
        ran = [p for p in bodies if p in ran or (p.role in ("owner", "people") and p.clause is ran[0].clause)]
    if not ran and trigger.kind == "event":
        ran = [p for p in bodies if p.role == "owner" and p.clause is trigger.clause]
    return tuple(ran)


def _goes_on(story: Story, sentence: Sentence) -> bool:
    """Whether the sentence goes on about an activity told before."""
    if ABOUT_IT.match(story.text, sentence.start, sentence.end):
        return True
    by = story.text.find("由", sentence.start, sentence.start + BY_WITHIN)
    return by >= 0 and bool(BY_WHOM.match(story.text, sentence.start, sentence.end))


def _weight(story: Story, candidate: Candidate, trigger: Trigger, verdict: Verdict, before: Sequence[Part]) -> float:
    """What the trigger says, with who acts `before` its clause ends, when, and how it is told."""
    text, start, clause = story.text, candidate.sentence.start, trigger.clause
    score = trigger.weight
    if not told(story, verdict):
        score -= BACKGROUND_COST
    if any(p.named.entity.type != "estate" for p in before):
        score += 2.0
    elif acts_unnamed(story, candidate.sentence, clause.end if trigger.kind == "plain" else trigger.start):
        score += 1.5
    elif STAFF.search(text, start, trigger.start):
        score += 0.5
    elif trigger.kind == "plain" and "被" not in text[clause.start : clause.end]:
        score -= NOBODY_COST
    dates = story.dates_in(start, trigger.end)
    if any(firm(story, d) for d in dates):
        score += 2.0
    elif dates:
        score += SAME_DAY if SAME.match(text, start) and trigger.kind == "event" else 0.5
    if trigger.event is None and SUMMING.search(text, clause.start, clause.end):
        score -= SUM_COST
    if trigger.weight in PREPARING_COST and prepares(story, trigger.start, clause.end):
        score -= PREPARING_COST[trigger.weight]
    if not before:
        until = clause.end if trigger.kind == "plain" else trigger.start
        people = [p for p in candidate.names if p.named.entity.type == "person" and p.named.end <= until]
        lead = next((d.end for d in dates if d.start == start), start)
        if any(p.role in ("subject", "other") and p.clause is clause for p in people) or SOMEBODY.match(text, lead):
            score -= PERSON_COST
    return score
