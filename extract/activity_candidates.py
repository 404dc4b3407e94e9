"""The sentences of an article that could report an activity, and the trigger that each turns on.

The trigger that says most counts: in the clause of those who act, or the first doing after it, more than in later ones.
Where the lexicon has none, words of any kind tell the doing of a body that acts, or that a crosshead names.
"""

import re
from typing import NamedTuple

from extract.activity_dates import SINCE, firm
from extract.activity_phrases import either
from extract.activity_roles import RAN, Part, parts
from extract.activity_story import Story
from extract.activity_triggers import PLAIN, Trigger, plain, prepares, triggers
from extract.clauses import Clause, Sentence
from extract.reality import Verdict
from schemas.annotations import EntityType, TimeExpression
from schemas.layout import HEADLINE_ROLES, Block

DOERS: frozenset[EntityType] = frozenset({"street", "community", "organization"})
"""Bodies that do things in words of any kind; a district or an estate mostly has things said of it."""
GENERIC_ACTS = re.compile(
    rf"""(?:{either("opening")}|[，,、\s])*(?:该|本|这个|这一)?{either("unnamed_body")}(?:还|也|又|则|便|就)?{either("body_acts")}""",
)
"""A body without its name that acts: 社区联合…, 村委会请来…."""
SAYS = re.compile(rf"{either('says')}[。，：！？]*$")
"""A sentence that ends so only says who spoke."""
BACKGROUND_COST = 3.0
"""What a clause counts less that only tells the background."""
FOR_WHOM = re.compile(r"[为向给替帮教]")
ON_FOR = re.compile(r"(?:再|又|还|并|也|上门|免费|当场|现场)*(?:在[^，]{1,12}?)?[为向给替帮教沿与把将]")
FOR = 1.0
"""What a doing for somebody (向居民讲解) counts more than one that only prepares it (摆开展板)."""
STRONG = 2.5
"""The least weight of a trigger beside which no plain doing counts."""
SETS_TIME = re.compile(r"(?:(?<![小及按同临准定平实限当闲错随不课工学少])时|时候|之际|期间|过程中|途中)$")
"""A clause that ends so only says when: 入户走访时，…."""
HELD_BY = re.compile(r"(?:该|此次|本次|这次|整个|整场)?(?:活动|比赛|赛事|演出|展览|讲座|培训|课程|集市)由")
"""A clause that only says who held it: 居民沿湖步行五公里，活动由甲主办."""
LATER_AWARD, AT_EVENT = 0.6, 1.3
"""What a distinction counts less after the doing that it rewards (成立理事会，评出示范户), or at a named event."""
HEADED = 1.5
"""What a trigger counts more that brings the quoted name of a headline."""
FIRST = 1.2
"""What the first doing after its subject counts more than the doings that follow."""


class Candidate(NamedTuple):
    """A sentence that may report something, with what every way to find its trigger asks."""

    sentence: Sentence
    clauses: list[tuple[Clause, Verdict, tuple[Trigger, ...]]]  # what each claims and turns on
    names: tuple[Part, ...]
    ran: list[Part]  # bodies that do things and act in it
    dates: list[TimeExpression]  # those that place it in time
    opened: bool  # a body acts in it, be it without a name, or it has a date: words of any kind can tell a doing
    speaks: bool  # it only says who spoke: it ends in a verb of saying
    under: bool  # a crosshead that names a body stands over it


def candidate_at(story: Story, index: int, under: bool) -> Candidate | None:
    """The sentence with that index; None where nothing in it makes a report, nor a body that it stands `under`."""
    text, sentence = story.text, story.sentences[index]
    names, known = parts(story, sentence), triggers(story, sentence)
    dates = [d for d in story.dates_in(sentence.start, sentence.end) if firm(story, d)]
    ran = [p for p in names if p.role in RAN and p.named.entity.type in DOERS]
    last = sentence.clauses[-1]
    opened = bool(ran or dates or acts_unnamed(story, sentence, last.end))
    if not (opened or under or any(known)):
        return None
    speaks = bool(SAYS.search(text, max(last.start, last.end - 4), last.end))
    clauses = list(zip(sentence.clauses, story.verdicts[index], known, strict=True))
    return Candidate(sentence, clauses, names, ran, dates, opened, speaks, under)


def acts_unnamed(story: Story, sentence: Sentence, end: int) -> bool:
    """Whether a body without its name acts where the sentence begins, or after the date it begins with."""
    start = next((d.end for d in story.dates_in(sentence.start, sentence.start + 1)), sentence.start)
    return bool(GENERIC_ACTS.match(story.text, start, end))


def trigger_of(story: Story, candidate: Candidate, paragraph: int) -> Trigger | None:
    """What the candidate, of the paragraph with that number, turns on; None where it reports nothing."""
    trigger = _strongest(story, candidate) or _bare(story, candidate, paragraph)
    if trigger is None and candidate.under and not candidate.speaks:
        trigger = _implied(story, candidate)
    return trigger


def told(story: Story, verdict: Verdict) -> bool:
    """Whether the clause reports what happened; 去年9月 dates a report, where 去年 alone opens background."""
    if verdict.happened or verdict.cue is None or verdict.claim != "background":
        return verdict.happened
    cue = verdict.cue
    return any(
        d.start <= cue.start < d.end and (d.text.endswith(SINCE) or (cue.end < d.end and firm(story, d)))
        for d in story.dates_in(max(0, cue.start - 12), cue.end)
    )


def _strongest(story: Story, candidate: Candidate) -> Trigger | None:
    """The trigger that says most; the clause of those who act, or the first doing after it, goes before later ones."""
    text, sentence, ran, dates = story.text, candidate.sentence, candidate.ran, candidate.dates
    if ran and HELD_BY.match(text, ran[0].clause.start) and ran[0].clause is not sentence.clauses[0]:
        ran = []  # who held it is told after the doing
    acting = max([_behind(story, p) for p in ran if p.clause is ran[0].clause]) if ran else -1
    subject = acting if ran else dates[0].start if dates else 0
    waiting = candidate.opened and not candidate.speaks  # for what those who act did
    best: Trigger | None = None
    most = 0.0
    first, held = True, False
    led: list[tuple[int, int]] = []  # where doings stand that may only lead to one that follows
    for clause, verdict, known in candidate.clauses:
        if not (known or waiting or led) or not (verdict.happened or verdict.claim == "background"):
            continue
        if candidate.speaks and clause is sentence.clauses[-1]:
            continue
        if clause is not sentence.clauses[-1] and _sets_time(text, clause):
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
            if trigger.kind == "award":
                weight -= AT_EVENT if held else 0.0 if first else LATER_AWARD
            if trigger.kind == "direct" and FOR_WHOM.search(text, clause.start, trigger.start):
                weight += FOR
            if trigger.kind in ("light", "scheme", "event") and _headed(story, trigger):
                weight += HEADED
            if best is None or weight > most:
                best, most = trigger, weight
        held = held or any(t.kind == "light" and t.named for t in found)
        led.append(stretch)
        begun = [t.weight for t in found if acting <= t.start]
        waiting = waiting and not begun
        first = first and max(begun, default=0.0) < PLAIN
    return best


def _sets_time(text: str, clause: Clause) -> bool:
    return text[clause.end - 1] in "时候际间中" and bool(SETS_TIME.search(text, clause.end - 3, clause.end))


def _behind(story: Story, part: Part) -> int:
    """Where the words end that say who acts: 在甲医院医生|的指导下."""
    cue, end = part.cue, part.named.tail
    return max(end, cue.end) if cue and cue.start >= part.named.end and story.text[cue.end - 1] == "下" else end


def _headed(story: Story, trigger: Trigger) -> bool:
    """Whether it brings what a headline prints too: 推行“三单联动”机制 under “三单联动”织密网络."""
    titles = story.titles_in(trigger.start, trigger.clause.end)
    if not titles:
        return False
    heads = [b for b in story.article.blocks if b.role in HEADLINE_ROLES]
    return any(story.text.find(story.text[t.start + 1 : t.end - 1], b.start, b.end) >= 0 for t in titles for b in heads)


def _bare(story: Story, candidate: Candidate, paragraph: int) -> Trigger | None:
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
            and not HELD_BY.match(story.text, clause.start)
            and not _sets_time(story.text, clause)
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


def _implied(story: Story, candidate: Candidate) -> Trigger | None:
    """The first doing of a sentence whose subject is understood, and that nobody says."""
    plains = (plain(story, clause, clause.start) for clause, verdict, _ in candidate.clauses if told(story, verdict))
    return next((p for p in plains if p and not story.is_said(p.start, p.end)), None)
