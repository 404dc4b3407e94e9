"""Which further reports of an ordinary article tell activities of their own.

What a further sentence tells is part of the first activity, unless another named body acts there for itself, it is an
event with a day, with partners or, where it comes back every week, with a name of its own, or several communities each
did something.
"""

import re
from collections.abc import Sequence

from extract.activity_dates import SINCE, firm
from extract.activity_reports import Report
from extract.activity_story import Story
from schemas.layout import HEADLINE_ROLES

HABIT = re.compile(
    r"每(?:周|天|晚|逢|个?星期|到周|月)|周[一二三四五六日末](?:至|到|和|、)周?[一二三四五六日末]|逢[周一二三四五六七八九十]"
)
"""What goes on regularly: 每周三晚上, 周一至周五."""
OPENING = 4
"""The first characters of a sentence that take up the name of an event."""
EVENTFUL = 6.5
"""The least score of an event with a name and a day of its own."""
JOINT = 5.0
"""The least score of an event that is held with partners of its own."""
SERVES = re.compile(r"(?:还|又|也|当场|上门|一起)*[为给替帮][^，。]{1,12}$")
SERVED = 2.5
"""The least score of what was done for somebody, where nothing weighs more."""
SIBLING = 3.0
"""The least score of what one of several communities did."""


def served(story: Story, found: Sequence[Report]) -> Report | None:
    """What was done for somebody, where no report of the article weighs enough: 电工登门，为老人换了灯泡."""
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
    if _resumes(story, main, report):
        return False
    if _another_day(story, main, report) or _habit(story, main, report) or _new_partners(main, report):
        return True
    bodies = report.bodies
    if report.score < 3.5 or not bodies or set(bodies) & set(ran) or not report.verdict.happened:
        return False
    if any(belongs(story, r, b) for r in ran for b in bodies):
        return False  # the street over the community that ran it
    recipients = {
        p.named.entity.id
        for p in main.parts
        if p.role in ("recipient", "place", "target", "people", "part", "invited", "partner")
    }
    return not set(bodies) & recipients


def _resumes(story: Story, main: Report, report: Report) -> bool:
    """Whether the sentence opens with the noun of the first event: 联办窗口由… after “一件事”联办窗口."""
    event = main.trigger.event
    opening = story.text[report.sentence.start : report.sentence.start + OPENING]
    return event is not None and story.text.find(opening, event.start, event.end) >= 0


def _another_day(story: Story, main: Report, report: Report) -> bool:
    """Whether it tells an event with a name and a day of its own: after a course, 11月2日，甲街道举办专场招聘会."""
    if report.trigger.kind not in ("light", "event") or not report.trigger.named or not report.verdict.happened:
        return False
    days = [_day(story, r) for r in (main, report)]
    return report.score >= EVENTFUL and None not in days and days[0] != days[1]


def _habit(story: Story, main: Report, report: Report) -> bool:
    """Whether it tells what goes on regularly under a name of its own: 每周六上午，老木匠开办“刨花课堂”."""
    event = report.trigger.event
    if event is None or not report.trigger.named or not report.verdict.happened:
        return False
    if not HABIT.search(story.text, report.sentence.start, report.sentence.end):
        return False
    titles = story.titles_in(event.start, event.end)
    first = main.trigger.event
    told = story.text[first.start : first.end] if first else ""
    heads = [story.article.quote(b) for b in story.article.blocks if b.role in HEADLINE_ROLES]
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


def siblings(ran: Sequence[str], found: Sequence[Report]) -> list[Report]:
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


def belongs(story: Story, child: str, above: str) -> bool:
    """Whether one body lies in the other, at whatever distance."""
    seen: set[str] = set()
    at: str | None = child
    while at and at in story.entities and at not in seen:
        seen.add(at)
        at = story.entities[at].parent
        if at == above:
            return True
    return False
