"""Which reports of an article are activities of their own and which go on about another one.

An ordinary article reports one activity; what a further sentence tells is part of it unless another named body acts
there. A round-up (crossheads, or paragraph after paragraph that opens with another body) reports one an item. An
article on several standing arrangements reports each that its lead lists.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.activity_candidates import names_body
from extract.activity_dates import SINCE, firm
from extract.activity_phrases import either
from extract.activity_reports import Report, retold
from extract.activity_story import Story
from extract.activity_triggers import Trigger, triggers
from extract.activity_verbs import is_a
from extract.reality import HAPPENED, Claim
from schemas.annotations import Span

NAMED = 3.5
"""The least weight of a trigger that brings something with a printed name."""
TELLING: frozenset[Claim] = HAPPENED | {"result"}
"""What a sentence claims that goes on telling an activity."""
HABIT = re.compile(
    r"每(?:周|天|晚|逢|个?星期|到周|月)|周[一二三四五六日末](?:至|到|和|、)周?[一二三四五六日末]|逢[周一二三四五六七八九十]"
)
"""What goes on regularly: 每周三晚上, 周一至周五."""
EVENTFUL = 6.5
"""The least score of an event with a name and a day of its own."""
JOINT = 5.0
"""The least score of an event that is held with partners of its own."""
SERVES = re.compile(r"(?:还|又|也|当场|上门|一起)*[为给替帮][^，。]{1,12}$")
SERVED = 2.5
"""The least score of what was done for somebody, where nothing weighs more."""
SIBLING = 3.0
"""The least score of what one of several communities did."""
COLLECTIVE = re.compile(rf"(?:各|全|多个|多家|所辖|等){either('collective')}|及所辖|纷纷|各地|多地|处处|精彩纷呈")
"""A subject that sums up what the items tell one by one."""


def round_up(story: Story, found: Sequence[Report]) -> bool:
    """Whether the article tells several bodies' activities one after the other."""
    openings = [r for r in _openings(found) if r.trigger.kind != "award" and r.verdict.happened and not r.about]
    bodies = [r.bodies for r in openings]
    distinct = {b for b in bodies if b}
    if sum(b.role == "crosshead" for b in story.article.blocks) >= 2:
        return len(distinct) >= 2 or sum(names_body(story, b) for b in story.article.blocks) >= 2
    first = set(bodies[0]) if bodies else set()
    own = [b for b in distinct if not set(b) & first]
    paragraphs = sum(b.role == "paragraph" for b in story.article.blocks)
    return len(own) >= 2 and len(distinct) >= 3 and len(distinct) >= 0.5 * paragraphs


def chapter_of(story: Story, offset: int) -> int:
    """The number of crossheads, or of short lines that head paragraphs, before `offset`."""
    return bisect_right(story.starts.headings, offset)


def chapters(story: Story, main: Report, found: Sequence[Report]) -> list[Report]:
    """In an article in parts, what its other parts set up: each part's best arrangement or event with a name."""
    if len(story.headings) < 2:
        return []
    best: dict[int, Report] = {}
    for report in found:
        trigger = report.trigger
        quoted = "“" in story.text[trigger.start : trigger.clause.end]
        named = trigger.kind in ("scheme", "light", "event") and quoted and trigger.weight >= NAMED
        plainly = report.verdict.happened and not report.about and report.sentence.role == "paragraph"
        part = chapter_of(story, report.sentence.start)
        if named and plainly and (part not in best or report.score > best[part].score):
            best[part] = report
    best.pop(chapter_of(story, main.sentence.start), None)
    return list(best.values())


def _openings(found: Sequence[Report]) -> list[Report]:
    """The first report of every paragraph."""
    first: dict[int, Report] = {}
    for report in found:
        if report.sentence.role == "paragraph":
            first.setdefault(report.sentence.block, report)
    return list(first.values())


def items(story: Story, found: Sequence[Report]) -> list[list[Report]]:
    """The reports of a round-up by item: another body, another paragraph with a body or under a crosshead."""
    groups: list[list[Report]] = []
    first_crosshead = next((b.start for b in story.article.blocks if b.role == "crosshead"), None)
    for report in found:
        if report.sentence.role == "caption":
            continue
        bodies = report.bodies
        new_block = not groups or groups[-1][-1].sentence.block != report.sentence.block
        under = first_crosshead is not None and report.sentence.start > first_crosshead
        chapter = chapter_of(story, report.sentence.start)
        if new_block and (bodies or under):
            same = groups and chapter == chapter_of(story, groups[-1][-1].sentence.start)
            if not bodies and (report.about or report.score < 2.5) and same:
                groups[-1].append(report)
            else:
                groups.append([report])
        elif (
            bodies
            and groups
            and not set(bodies) & _bodies(groups[-1])
            and not report.about
            and not _kin(story, bodies, _bodies(groups[-1]))
        ):
            groups.append([report])
        elif groups:
            groups[-1].append(report)
        else:
            groups.append([report])
    return groups


def is_summary(story: Story, report: Report) -> bool:
    """Whether the report only sums up what others tell: 各社区纷纷开展 …, without a name for the event."""
    text = story.text[report.sentence.start : report.sentence.end]
    return bool(COLLECTIVE.search(text))


def served(story: Story, found: Sequence[Report]) -> Report | None:
    """What was done for somebody, where no report of the article weighs enough: 民警来到家中，为老人采集了照片."""
    for report in sorted(found, key=lambda r: -r.score):
        trigger = report.trigger
        done = story.text.find("了", trigger.end, trigger.end + 2) >= 0 and report.verdict.happened
        if done and report.score >= SERVED and SERVES.match(story.text, trigger.clause.start, trigger.start):
            return report
    return None


def separate(story: Story, main: Report, ran: Sequence[str], report: Report) -> bool:
    """Whether `report` tells another activity than `main`, run by `ran`: another named body acts, and for itself."""
    if report.about or report.trigger.kind in ("award", "plain") or report.score < 2.5:
        return False
    if _another_day(story, main, report) or _habit(story, main, report) or _new_partners(main, report):
        return True
    bodies = report.bodies
    if report.score < 3.5 or not bodies or set(bodies) & set(ran) or not report.verdict.happened:
        return False
    if any(_belongs(story, r, b) for r in ran for b in bodies):
        return False  # the street over the community that ran it
    recipients = {
        p.named.entity.id
        for p in main.parts
        if p.role in ("recipient", "place", "target", "people", "part", "invited", "partner")
    }
    return not set(bodies) & recipients


def _another_day(story: Story, main: Report, report: Report) -> bool:
    """Whether it tells an event with a name and a day of its own: after a course, 11月2日，甲街道举办专场招聘会."""
    if report.trigger.kind not in ("light", "event") or not report.trigger.named or not report.verdict.happened:
        return False
    days = [_day(story, r) for r in (main, report)]
    return report.score >= EVENTFUL and None not in days and days[0] != days[1]


def _habit(story: Story, main: Report, report: Report) -> bool:
    """Whether it tells what goes on regularly under a name of its own: 每周三晚上，退休教师开办“楼道小课堂”."""
    event = report.trigger.event
    if event is None or not report.trigger.named or not report.verdict.happened:
        return False
    if not HABIT.search(story.text, report.sentence.start, report.sentence.end):
        return False
    titles = story.titles_in(event.start, event.end)
    told = story.text[main.sentence.start : main.sentence.end]
    heads = [story.article.quote(b) for b in story.article.blocks if b.role in ("kicker", "main", "subtitle")]
    return any(
        (name := story.text[t.start + 1 : t.end - 1]) not in told and all(name not in h for h in heads) for t in titles
    )


def _new_partners(main: Report, report: Report) -> bool:
    """Whether those who ran it hold an event with others than the first: 该街道还联合甲医院开展健康体检活动."""
    known = {p.named.entity.id for p in main.parts}
    held = report.trigger.kind == "light" and report.trigger.event is not None and report.verdict.happened
    partners = {p.named.entity.id for p in report.joining}
    apart = report.sentence.block != main.sentence.block
    return held and apart and report.score >= JOINT and bool(partners) and not partners & known


def _day(story: Story, report: Report) -> str | None:
    """The date of the report's own sentence before its trigger, as printed."""
    dates = story.dates_in(report.sentence.start, report.trigger.start)
    return next((d.text for d in dates if firm(story, d) and not d.text.endswith(SINCE)), None)


def siblings(story: Story, ran: Sequence[str], found: Sequence[Report]) -> list[Report]:
    """What several communities or streets each did for themselves, sentence by sentence; [] unless two or more did.

    The first report of each: 甲社区发放…；乙社区设置…；丙社区联合…, whatever body stands over them all.
    """
    first: dict[str, Report] = {}
    for report in found:
        opener = _opener(report)
        plainly = report.verdict.happened and not report.about and report.score >= SIBLING
        doing = report.trigger.kind != "award" and report.sentence.role == "paragraph"
        if opener and opener not in ran and plainly and doing:
            first.setdefault(opener, report)
    return list(first.values()) if len(first) >= 2 else []


def _opener(report: Report) -> str | None:
    """The community or street that acts where the sentence begins."""
    part = next(iter(report.parts), None)
    if part is None or part.role not in ("subject", "owner") or part.clause not in report.sentence.clauses[:2]:
        return None
    entity = part.named.entity
    return entity.id if entity.type in ("community", "street") and entity.id in report.bodies else None


def schemes(story: Story, main: Report, found: Sequence[Report]) -> list[Report]:
    """The standing arrangements that the lead lists, each with a quoted name of its own; [] unless it lists two.

    Each comes back as the report that tells it with its body, or the lead's own clause.
    """
    if len(story.titles) < 2:
        return []
    first = next((i for i, b in enumerate(story.article.blocks) if b.role == "paragraph"), -1)
    lead = [s for s in story.sentences if s.block in (first, main.sentence.block)]
    listed = {story.text[t.start : t.end] for t in story.titles if any(s.start <= t.start < s.end for s in lead)}
    if len(listed) < 2:
        return []
    told: dict[str, Report] = {}
    for report in found:
        for verdict, listed_there in zip(report.judged, triggers(story, report.sentence), strict=True):
            for trigger in listed_there:
                quote = _scheme_name(story, trigger)
                known = told.get(quote or "")
                if quote in listed and verdict.happened and (known is None or (report.bodies and not known.bodies)):
                    told[quote] = retold(report, trigger)
    places = {(r.sentence.start, r.trigger.clause.start) for r in told.values()}
    return list(told.values()) if len(places) >= 2 else []


def _scheme_name(story: Story, trigger: Trigger) -> str | None:
    """The one quoted name that a scheme verb sets up."""
    text = story.text
    if not is_a(text[trigger.start : trigger.end], "scheme"):
        return None
    quoted = [q for q in story.quotes if trigger.end <= q.start and q.end <= trigger.clause.end]
    if len(quoted) != 1 or text[quoted[0].end : quoted[0].end + 1].isdigit():
        return None
    return text[quoted[0].start : quoted[0].end]


def _bodies(group: Iterable[Report]) -> set[str]:
    return {i for r in group for i in r.bodies}


def _kin(story: Story, one: Iterable[str], other: Iterable[str]) -> bool:
    return any(_belongs(story, a, b) or _belongs(story, b, a) for a in one for b in other)


def _belongs(story: Story, child: str, above: str) -> bool:
    seen: set[str] = set()
    at: str | None = child
    while at and at in story.entities and at not in seen:
        seen.add(at)
        at = story.entities[at].parent
        if at == above:
            return True
    return False


def evidence(story: Story, first: Report, until: int) -> Span:
    """From the reporting sentence to the last sentence before `until` that tells what happened."""
    end = first.sentence.end
    for index in range(first.index + 1, len(story.sentences)):
        sentence = story.sentences[index]
        if sentence.start >= until or sentence.role != "paragraph":
            break
        claims = {v.claim for v in story.verdicts[index]}
        if not claims.isdisjoint(TELLING) and not story.is_said(sentence.start, sentence.end):
            end = sentence.end
    while end > first.sentence.start + 1 and story.text[end - 1].isspace():
        end -= 1
    return Span(first.sentence.start, end)
