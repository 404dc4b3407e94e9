"""The sentences of an article that could report an activity, each with the words it turns on and a score.

A report is weighed, not chosen: a light verb with a named event says more than a bare verb of doing, a named body that
acts and a date say that something took place, the lead says that the article is about it.
"""

import re
from dataclasses import dataclass, replace

from extract.activity_dates import SINCE, firm
from extract.activity_phrases import either
from extract.activity_roles import RAN, WITH, Part, parts
from extract.activity_story import Story
from extract.activity_triggers import HOST, PLAIN, Trigger, plain, prepares, triggers
from extract.clauses import Sentence
from extract.reality import Verdict
from schemas.annotations import EntityType
from schemas.layout import Block

BODIES: frozenset[EntityType] = frozenset(
    {"province", "city", "district", "street", "community", "estate", "venue", "organization"}
)
DOERS: frozenset[EntityType] = frozenset({"street", "community", "organization"})
"""Bodies that do things in words of any kind; a district or an estate mostly has things said of it."""
ABOUT_IT = re.compile(
    rf"""  [^，。、“”]{{0,8}}(?:“[^”]{{1,12}}”)?[^，。、“”的]{{0,6}}由[^，。]{{2,30}}?(?:{either("hosting")}|设立|组成)
        | (?:在)?(?:此次|本次|这次|该|整个|本场|这场)?{either("event_told")}
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
SUMMING = re.compile(rf"{either('sums')}|[^，。]*?[已共][^，。]{{0,12}}\d")
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
LATER_AWARD = 0.6
"""What a distinction counts less that comes after the doing it rewards: 成立理事会，评出示范户."""
FIRST = 1.2
"""What the first doing after its subject counts more than the doings that follow."""


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence (by its index) that reports an activity by `trigger`; `parts` are its names with their roles."""

    index: int
    sentence: Sentence
    judged: tuple[Verdict, ...]
    trigger: Trigger
    parts: tuple[Part, ...]
    score: float
    paragraph: int  # 0 for the first paragraph; captions count on
    about: bool  # goes on about something told before

    @property
    def acting(self) -> tuple[Part, ...]:
        """The named bodies that ran it, by this sentence; the owner of an event (X社区的集市开张) ran it."""
        bodies = tuple(p for p in self.parts if p.named.entity.type in BODIES)
        ran = tuple(p for p in bodies if p.role in RAN)
        owns = self.trigger.kind == "event"
        return ran or tuple(p for p in bodies if p.role == "owner" and owns and p.clause == self.trigger.clause)

    @property
    def joining(self) -> tuple[Part, ...]:
        """The named bodies that ran it with them; one invited to teach or perform is one of them."""
        return tuple(
            p
            for p in self.parts
            if p.named.entity.type in BODIES
            and (p.role in WITH or (p.role == "invited" and p.named.entity.type == "organization"))
        )

    @property
    def verdict(self) -> Verdict:
        """What the trigger's clause claims."""
        return next(v for v in self.judged if v.clause == self.trigger.clause)


def reports(story: Story) -> tuple[Report, ...]:
    """Every sentence of paragraphs and captions with a trigger in a clause that tells what happened, in order."""
    found: list[Report] = []
    paragraph, block = -1, -1
    for index, sentence in enumerate(story.sentences):
        if sentence.role not in ("paragraph", "caption") or is_heading(story, sentence):
            continue
        if sentence.block != block:
            paragraph, block = paragraph + 1, sentence.block
        judged = story.verdicts[index]
        names = parts(story, sentence)
        best = _best(story, judged, names) or _bare(story, sentence, judged, names, paragraph)
        if best is None and under_body(story, sentence):
            best = _implied(story, judged)
        if best is None:
            continue
        about = bool(ABOUT_IT.match(story.text, sentence.start, sentence.end))
        report = Report(index, sentence, judged, best, names, 0.0, paragraph, about)
        found.append(_weighed(story, report))
    return tuple(found)


def is_heading(story: Story, sentence: Sentence) -> bool:
    """A short paragraph without an end mark is a crosshead that was filed as a paragraph."""
    block = story.article.blocks[sentence.block]
    text = story.article.quote(block).strip()
    return (
        sentence.role == "paragraph"
        and story.article.kind == "article"
        and len(text) <= 30
        and text[-1] not in "。！？!?…；"
    )


def told(story: Story, verdict: Verdict) -> bool:
    """Whether the clause reports what happened; 去年9月 dates a report, where 去年 alone opens background."""
    if verdict.happened or verdict.cue is None or verdict.claim != "background":
        return verdict.happened
    cue = verdict.cue
    return any(
        d.start <= cue.start < d.end and (d.text.endswith(SINCE) or (cue.end < d.end and firm(d)))
        for d in story.dates_in(max(0, cue.start - 12), cue.end)
    )


def _speaks(story: Story, judged: tuple[Verdict, ...]) -> bool:
    """Whether the sentence only says who spoke: it ends in a verb of saying."""
    last = judged[-1].clause
    return bool(SAYS.search(story.text, max(last.start, last.end - 4), last.end))


def _best(story: Story, judged: tuple[Verdict, ...], names: tuple[Part, ...]) -> Trigger | None:
    """The trigger that says most; the clause of those who act, or the first doing after it, goes before later ones."""
    best: tuple[float, int, Trigger] | None = None
    ran = [p for p in names if p.role in RAN and p.named.entity.type in DOERS]
    acting = max((p.named.tail for p in ran if p.clause == ran[0].clause), default=-1)
    speaks = _speaks(story, judged)
    dates = [d for d in story.dates_in(judged[0].clause.start, judged[-1].clause.end) if firm(d)]
    dated = bool(dates)
    acts = bool(GENERIC_ACTS.match(story.text, judged[0].clause.start, judged[-1].clause.end))
    first, begun, prepared = True, False, False
    for verdict in judged:
        clause = verdict.clause
        if not (verdict.happened or verdict.claim == "background") or (speaks and verdict is judged[-1]):
            continue
        cost = 0.0 if told(story, verdict) else BACKGROUND_COST
        found = [t for t in triggers(story, clause) if not story.is_said(t.start, t.end)]
        if (
            first
            and not begun
            and not speaks
            and (ran or dated or acts)
            and clause.end > (acting if ran else dates[0].start if dated else 0)
            and not any(t.weight >= STRONG for t in found)
        ):
            after = [d.end for d in dates if not ran and clause.start <= d.start < clause.end]
            doing = plain(story, clause, max(clause.start, acting, *after))
            if doing and not story.is_said(doing.start, doing.end):
                found.append(doing)
        elif (
            prepared
            and not any(t.weight >= STRONG for t in found)
            and ON_FOR.match(story.text, clause.start)
            and (doing := plain(story, clause, clause.start))
        ):
            found.append(replace(doing, weight=PLAIN + FOR))
        leads = bool(found) and prepares(story, max(clause.start, acting), clause.end)
        prepared = prepared or leads
        for trigger in found:
            weight = trigger.weight - cost
            if (
                first
                and acting <= trigger.start
                and trigger.weight >= PLAIN
                and not (leads and trigger.kind == "plain")
            ):
                weight += FIRST
            if trigger.kind == "award" and not first:
                weight -= LATER_AWARD
            if trigger.kind == "direct" and FOR_WHOM.search(story.text, clause.start, trigger.start):
                weight += FOR
            if best is None or weight > best[0]:
                best = weight, -trigger.start, trigger
        begun = begun or any(acting <= t.start for t in found)
        if any(t.weight >= PLAIN and acting <= t.start for t in found):
            first = False
    return best[2] if best else None


def _bare(
    story: Story, sentence: Sentence, judged: tuple[Verdict, ...], names: tuple[Part, ...], paragraph: int
) -> Trigger | None:
    """Where a picture story, or a lead with a date, has a body act in words unknown here: the rest of its clause."""
    ran = [p for p in names if p.role in RAN and p.named.entity.type in DOERS]
    dated = any(firm(d) for d in story.dates_in(sentence.start, sentence.end))
    if dated and not ran:  # 双语普法员…给村民讲借贷
        for verdict in judged:
            if told(story, verdict) and ON_FOR.match(story.text, verdict.clause.start):
                return plain(story, verdict.clause, verdict.clause.start)
    if paragraph > 0 or not ran or not (story.article.kind == "photo" or dated):
        return None
    if _speaks(story, judged):
        return None
    tail = max(p.named.tail for p in ran)
    for verdict in judged:
        start = max(tail, verdict.clause.start)
        if (
            told(story, verdict)
            and start + 4 <= verdict.clause.end
            and story.text[start] not in "在的里内"
            and not story.is_said(start, verdict.clause.end)
        ):
            return Trigger("plain", start, verdict.clause.end, PLAIN, verdict.clause, None, False)
    return None


def under_body(story: Story, sentence: Sentence) -> bool:
    """Whether a crosshead that names a body stands over the sentence, so that its doings need no subject."""
    above = [b for b in story.article.blocks if b.role == "crosshead" and b.start < sentence.start]
    return sentence.role == "paragraph" and bool(above) and names_body(story, above[-1])


def names_body(story: Story, block: Block) -> bool:
    """Whether a crosshead is but the name of a body: 甲街道, not 议事：茶桌就是会议桌."""
    named = story.names_in(block.start, block.end) if block.role == "crosshead" else ()
    return any(n.end - n.first >= block.end - block.start - 2 for n in named)


def _implied(story: Story, judged: tuple[Verdict, ...]) -> Trigger | None:
    """The first doing of a sentence whose subject is understood, and that nobody says."""
    if _speaks(story, judged):
        return None
    plains = (plain(story, v.clause, v.clause.start) for v in judged if told(story, v))
    return next((p for p in plains if p and not story.is_said(p.start, p.end)), None)


def _weighed(story: Story, report: Report) -> Report:
    score = report.trigger.weight
    if not told(story, report.verdict):
        score -= BACKGROUND_COST
    before = [p for p in report.acting if p.named.start < report.trigger.clause.end]
    if any(p.named.entity.type != "estate" for p in before):
        score += 2.0
    elif GENERIC_ACTS.match(story.text, report.sentence.start, report.trigger.start):
        score += 1.5
    elif STAFF.search(story.text, report.sentence.start, report.trigger.start):
        score += 0.5
    dates = story.dates_in(report.sentence.start, report.trigger.end)
    if any(firm(d) for d in dates):
        score += 2.0
    elif dates:
        score += 0.5
    if report.trigger.event is None and SUMMING.search(
        story.text, report.trigger.clause.start, report.trigger.clause.end
    ):
        score -= SUM_COST
    if prepares(story, report.trigger.start, report.trigger.clause.end):
        score -= {PLAIN: 1.0, WEAK: 2.5}.get(report.trigger.weight, 0.0)
    if not before and any(
        p.named.entity.type == "person" and p.role in ("subject", "other") and p.clause == report.trigger.clause
        for p in report.parts
        if p.named.end <= (report.trigger.clause.end if report.trigger.kind == "plain" else report.trigger.start)
    ):
        score -= PERSON_COST
    if report.about and report.trigger.weight != HOST:
        score -= 3.0
    if report.sentence.role == "paragraph":
        score += {0: 2.0, 1: 0.8}.get(report.paragraph, 0.0)
    else:
        score -= 1.0
    return Report(
        report.index,
        report.sentence,
        report.judged,
        report.trigger,
        report.parts,
        score,
        report.paragraph,
        report.about,
    )
