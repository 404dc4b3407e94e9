"""Which reports of an article are activities of their own and which go on about another one.

An ordinary article reports one activity, and others only apart from it (`activity_apart`). A round-up (crossheads, or
paragraph after paragraph that opens with another body) reports one an item. An article on several standing
arrangements reports each that its lead lists.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.activity_apart import belongs
from extract.activity_candidates import names_body
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
    return any(belongs(story, a, b) or belongs(story, b, a) for a in one for b in other)


def evidence(story: Story, first: Report, until: int) -> Span:
    """From the reporting sentence to the last sentence before `until` that tells what happened."""
    end = first.sentence.end
    for index in range(first.number + 1, len(story.sentences)):
        sentence = story.sentences[index]
        if sentence.start >= until or sentence.role != "paragraph":
            break
        claims = {v.claim for v in story.verdicts[index]}
        if not claims.isdisjoint(TELLING) and not story.is_said(sentence.start, sentence.end):
            end = sentence.end
    while end > first.sentence.start + 1 and story.text[end - 1].isspace():
        end -= 1
    return Span(first.sentence.start, end)
