"""The sentences of an article that could report an activity, each with the words it turns on and a score.

A report is weighed, not chosen: a light verb with a named event says more than a bare verb of doing, a named body that
acts and a date say that something took place, the lead says that the article is about it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.activity_dates import SINCE, firm
from extract.activity_phrases import either
from extract.activity_roles import RAN, WITH, Part, parts
from extract.activity_story import Story
from extract.activity_triggers import HOST, PLAIN, Trigger, plain, prepares, triggers
from extract.clauses import Clause, Sentence
from extract.reality import Verdict
from schemas.annotations import EntityType, TimeExpression
from schemas.layout import Block

BODIES: frozenset[EntityType] = frozenset(
    {"province", "city", "district", "street", "community", "estate", "venue", "organization"}
)
DOERS: frozenset[EntityType] = frozenset({"street", "community", "organization"})
"""Bodies that do things in words of any kind; a district or an estate mostly has things said of it."""
BY_WITHIN = 29
"""Its 由 stands among so many characters, if at all."""
BY_WHOM = re.compile(
    rf"[^，。、“”]{{0,8}}(?:“[^”]{{1,12}}”)?[^，。、“”的]{{0,6}}由[^，。]{{2,30}}?(?:{either('hosting')}|设立|组成)"
)
ABOUT_IT = re.compile(
    rf"""  (?:在)?(?:此次|本次|这次|该|整个|本场|这场)?{either("event_told")}
          (?:现场|过程|期间|当天|环节)?(?:中|上|后|里|时|，|,|结束)
        | {either("goes_on")}
    """,
    re.VERBOSE,
)
"""Openings of a sentence that goes on about an activity told before."""
STAFF = re.compile(rf"{either('staff_of')}[\u4e00-\u9fff]{{0,6}}?{either('staff')}")
GENERIC_ACTS = re.compile(
    rf"""(?:{either("opening")}|[，,、\s])*(?:该|本)?(?:社区|街道|居委会|村委会|村里|镇里|乡里|村党支部|社区党委)
         (?:还|也|又|则|便|就)?(?:联合|会同|携手|请|邀|把|将|为|给|向|组织|与|和|在|对|开展|举办|推行|建|成立|组建|拿出|投入)""",
    re.VERBOSE,
)
"""A body without its name that acts: 社区联合…, 村委会请来…."""
SAYS = re.compile(rf"{either('says')}[。，：！？]*$")
"""A sentence that ends so only says who spoke."""
SUMMING = re.compile(rf"{either('sums')}|[已共][^，。]{{0,12}}\d")
SUM_COST = 1.5
"""A sentence that sums up (累计接待8600人次) tells what came of an activity more often than the activity."""
BACKGROUND_COST = 3.0
FOR_WHOM = re.compile(r"[为向给替帮教]")
ON_FOR = re.compile(r"(?:再|又|还|并|也|上门|免费|当场|现场)*(?:在[^，]{1,12}?)?[为向给替帮教沿与]")
FOR = 1.0
"""What a doing for somebody (向居民讲解) counts more than one that only prepares it (摆开展板)."""
PERSON_COST = 2.0
"""What one person does (72岁的廖爹做完检查) shows an activity more often than it is one."""
WEAK, STRONG = 1.5, 2.5
PREPARING_COST = {PLAIN: 1.0, WEAK: 2.5}
"""What a doing of so little weight counts less where it only leads to one that follows."""
LATER_AWARD = 0.6
"""What a distinction counts less that comes after the doing it rewards: 成立理事会，评出示范户."""
FIRST = 1.2
"""What the first doing after its subject counts more than the doings that follow."""


@dataclass(slots=True)  # not frozen, which triples what one costs: a page has dozens
class Report:
    """A sentence (by its index) that reports an activity by `trigger`; `parts` are its names with their roles."""

    index: int
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


@dataclass(slots=True)  # not frozen, which triples what one costs: a page has dozens
class _Candidate:
    """A sentence that may report something, with what every way to find its trigger asks."""

    sentence: Sentence
    clauses: list[tuple[Clause, Verdict, tuple[Trigger, ...]]]  # what each claims and turns on
    names: tuple[Part, ...]
    ran: list[Part]  # bodies that do things and act in it
    dates: list[TimeExpression]  # those that place it in time
    opened: bool  # somebody acts in it, if only the community or on a day, so that words of any kind can tell a doing
    speaks: bool  # it only says who spoke: it ends in a verb of saying


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
        under = bodied and under_body(story, sentence)
        candidate = _candidate(story, index, under)
        if candidate is None:
            continue
        best = _best(story, candidate) or _bare(story, candidate, paragraph)
        if best is None and under and not candidate.speaks:
            best = _implied(story, candidate)
        if best:
            found.append(_report(story, index, candidate, best, paragraph))
    return tuple(found)


def _candidate(story: Story, index: int, under: bool) -> _Candidate | None:
    """A sentence as it is asked; None where nothing in it makes a report, nor a body it stands `under`."""
    text, sentence = story.text, story.sentences[index]
    names, known = parts(story, sentence), triggers(story, sentence)
    dates = [d for d in story.dates_in(sentence.start, sentence.end) if firm(story, d)]
    ran = [p for p in names if p.role in RAN and p.named.entity.type in DOERS]
    last = sentence.clauses[-1]
    opened = bool(ran or dates or GENERIC_ACTS.match(text, sentence.start, last.end))
    if not (opened or under or any(known)):
        return None
    speaks = bool(SAYS.search(text, max(last.start, last.end - 4), last.end))
    clauses = list(zip(sentence.clauses, story.verdicts[index], known, strict=True))
    return _Candidate(sentence, clauses, names, ran, dates, opened, speaks)


def told(story: Story, verdict: Verdict) -> bool:
    """Whether the clause reports what happened; 去年9月 dates a report, where 去年 alone opens background."""
    if verdict.happened or verdict.cue is None or verdict.claim != "background":
        return verdict.happened
    cue = verdict.cue
    return any(
        d.start <= cue.start < d.end and (d.text.endswith(SINCE) or (cue.end < d.end and firm(story, d)))
        for d in story.dates_in(max(0, cue.start - 12), cue.end)
    )


def _best(story: Story, candidate: _Candidate) -> Trigger | None:
    """The trigger that says most; the clause of those who act, or the first doing after it, goes before later ones."""
    text, sentence, ran, dates = story.text, candidate.sentence, candidate.ran, candidate.dates
    acting = max([p.named.tail for p in ran if p.clause is ran[0].clause]) if ran else -1
    subject = acting if ran else dates[0].start if dates else 0
    waiting = candidate.opened and not candidate.speaks  # for what those who act did
    best: Trigger | None = None
    most = 0.0
    first = True
    led: list[tuple[int, int]] = []  # where doings stand that may only lead to one that follows
    for clause, verdict, known in candidate.clauses:
        if not (known or waiting or led) or not (verdict.happened or verdict.claim == "background"):
            continue
        if candidate.speaks and clause is sentence.clauses[-1]:
            continue
        found = [t for t in known if not story.is_said(t.start, t.end)] if story.said else list(known)
        if all(t.weight < STRONG for t in found):
            if waiting and clause.end > subject:
                after = [d.end for d in dates if not ran and clause.start <= d.start < clause.end]
                doing = plain(story, clause, max(clause.start, acting, *after))
                if doing and not story.is_said(doing.start, doing.end):
                    found.append(doing)
            elif led and ON_FOR.match(text, clause.start) and any(prepares(story, *each) for each in led):
                doing = plain(story, clause, clause.start, PLAIN + FOR)
                if doing:
                    found.append(doing)
        if not found:
            continue
        stretch = max(clause.start, acting), clause.end
        cost = 0.0 if told(story, verdict) else BACKGROUND_COST
        for trigger in found:
            weight = trigger.weight - cost
            if (
                first
                and acting <= trigger.start
                and trigger.weight >= PLAIN
                and not (trigger.kind == "plain" and prepares(story, *stretch))
            ):
                weight += FIRST
            if trigger.kind == "award" and not first:
                weight -= LATER_AWARD
            if trigger.kind == "direct" and FOR_WHOM.search(text, clause.start, trigger.start):
                weight += FOR
            if best is None or weight > most:
                best, most = trigger, weight
        led.append(stretch)
        begun = [t.weight for t in found if acting <= t.start]
        waiting = waiting and not begun
        first = first and max(begun, default=0.0) < PLAIN
    return best


def _bare(story: Story, candidate: _Candidate, paragraph: int) -> Trigger | None:
    """Where a picture story, or a lead with a date, has a body act in words unknown here: the rest of its clause."""
    ran, dates = candidate.ran, candidate.dates
    if dates and not ran:  # 双语普法员…给村民讲借贷
        for clause, verdict, _ in candidate.clauses:
            if told(story, verdict) and ON_FOR.match(story.text, clause.start):
                return plain(story, clause, clause.start)
    if paragraph > 0 or not ran or not (story.article.kind == "photo" or dates) or candidate.speaks:
        return None
    tail = max(p.named.tail for p in ran)
    for clause, verdict, _ in candidate.clauses:
        start = max(tail, clause.start)
        if (
            told(story, verdict)
            and start + 4 <= clause.end
            and story.text[start] not in "在的里内"
            and not story.is_said(start, clause.end)
        ):
            return Trigger("plain", start, clause.end, PLAIN, clause, None, False)
    return None


def under_body(story: Story, sentence: Sentence) -> bool:
    """Whether a crosshead that names a body stands over the sentence, so that its doings need no subject."""
    if sentence.role != "paragraph":
        return False
    for block in reversed(story.article.blocks[: sentence.block]):
        if block.role == "crosshead":
            return names_body(story, block)
    return False


def names_body(story: Story, block: Block) -> bool:
    """Whether a crosshead is but the name of a body: 甲街道, not 议事：茶桌就是会议桌."""
    named = story.names_in(block.start, block.end) if block.role == "crosshead" else ()
    return any(n.end - n.first >= block.end - block.start - 2 for n in named)


def _implied(story: Story, candidate: _Candidate) -> Trigger | None:
    """The first doing of a sentence whose subject is understood, and that nobody says."""
    plains = (plain(story, clause, clause.start) for clause, verdict, _ in candidate.clauses if told(story, verdict))
    return next((p for p in plains if p and not story.is_said(p.start, p.end)), None)


def _report(story: Story, index: int, candidate: _Candidate, trigger: Trigger, paragraph: int) -> Report:
    """The report that a candidate makes by its trigger, weighed."""
    sentence, names = candidate.sentence, candidate.names
    judged = story.verdicts[index]
    verdict = judged[sentence.clauses.index(trigger.clause)]
    acting = _acting(names, trigger)
    before = [p for p in acting if p.named.start < trigger.clause.end]
    about = _goes_on(story, sentence)
    score = _weight(story, candidate, trigger, verdict, before)
    if about and trigger.weight != HOST:
        score -= 3.0
    if sentence.role == "paragraph":
        score += {0: 2.0, 1: 0.8}.get(paragraph, 0.0)
    else:
        score -= 1.0
    return Report(index, sentence, judged, trigger, verdict, names, acting, _ids(before), score, paragraph, about)


def retold(report: Report, trigger: Trigger) -> Report:
    """The report with another trigger of its sentence, and the same score."""
    acting = _acting(report.parts, trigger)
    before = [p for p in acting if p.named.start < trigger.clause.end]
    verdict = report.judged[report.sentence.clauses.index(trigger.clause)]
    return replace(report, trigger=trigger, verdict=verdict, acting=acting, bodies=_ids(before))


def _ids(names: Iterable[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.named.entity.id for p in names))


def _acting(names: tuple[Part, ...], trigger: Trigger) -> tuple[Part, ...]:
    """The bodies that ran it; the owner of an event (X社区的集市开张) ran it."""
    bodies = [p for p in names if p.named.entity.type in BODIES]
    ran = [p for p in bodies if p.role in RAN]
    if not ran and trigger.kind == "event":
        ran = [p for p in bodies if p.role == "owner" and p.clause is trigger.clause]
    return tuple(ran)


def _goes_on(story: Story, sentence: Sentence) -> bool:
    """Whether the sentence goes on about an activity told before."""
    if ABOUT_IT.match(story.text, sentence.start, sentence.end):
        return True
    by = story.text.find("由", sentence.start, sentence.start + BY_WITHIN)
    return by >= 0 and bool(BY_WHOM.match(story.text, sentence.start, sentence.end))


def _weight(story: Story, candidate: _Candidate, trigger: Trigger, verdict: Verdict, before: Sequence[Part]) -> float:
    """What the trigger says, with who acts `before` its clause ends, when, and how it is told."""
    text, start, clause = story.text, candidate.sentence.start, trigger.clause
    score = trigger.weight
    if not told(story, verdict):
        score -= BACKGROUND_COST
    if any(p.named.entity.type != "estate" for p in before):
        score += 2.0
    elif GENERIC_ACTS.match(text, start, trigger.start):
        score += 1.5
    elif STAFF.search(text, start, trigger.start):
        score += 0.5
    dates = story.dates_in(start, trigger.end)
    if any(firm(story, d) for d in dates):
        score += 2.0
    elif dates:
        score += 0.5
    if trigger.event is None and SUMMING.search(text, clause.start, clause.end):
        score -= SUM_COST
    if trigger.weight in PREPARING_COST and prepares(story, trigger.start, clause.end):
        score -= PREPARING_COST[trigger.weight]
    if not before:
        until = clause.end if trigger.kind == "plain" else trigger.start
        people = [p for p in candidate.names if p.named.entity.type == "person" and p.named.end <= until]
        if any(p.role in ("subject", "other") and p.clause is clause for p in people):
            score -= PERSON_COST
    return score
