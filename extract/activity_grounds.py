"""Why an activity reads as it does: for every slot the words it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.activity_reports import Report
from extract.activity_roles import Part, parts
from extract.activity_story import Story
from extract.activity_types import Regions, best_type, words_for
from schemas.annotations import Activity, Span

Slot = Literal["told by", "status", "organizer", "partner", "place", "date", "audience", "type"]
NEAR_BY = "from what is told around it"
ROLES = {
    "subject": "acts in its clause",
    "owner": "it is its own",
    "people": "its people act",
    "other": "named in the sentence that tells it",
}
"""What a part without a word that gives it is called; the others by their own names."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What fills a slot (ids for names and dates, else text), why, and the words that say so, if any do."""

    slot: Slot
    filler: str
    reason: str
    words: Span | None


def grounds(
    story: Story, report: Report, activity: Activity, audience: Sequence[Span], about: Regions
) -> Iterator[Ground]:
    """The grounds of `activity` that `report` tells, slot by slot in the order of the record."""
    trigger, verdict = report.trigger, report.verdict
    told = Span(trigger.start, trigger.end)
    yield Ground("told by", story.text[told.start : told.end], f"{trigger.kind}, {report.score:.1f} points", told)
    yield Ground("status", activity.status, f"the clause claims: {verdict.claim}", verdict.cue)
    known = _parts(story, report, activity.evidence)
    named: tuple[tuple[Slot, tuple[str, ...]], ...] = (
        ("organizer", activity.organizers),
        ("partner", activity.partners),
        ("place", activity.places),
    )
    for slot, ids in named:
        for identity in ids:
            yield _named(slot, identity, known)
    if activity.date:
        date = next(d for d in story.dates if d.id == activity.date)
        near = report.sentence.start <= date.start < report.sentence.end
        reason = "in its sentence" if near else "the nearest before it, or the lead's"
        yield Ground("date", date.id, reason, Span(date.start, date.end))
    for span in audience:
        yield Ground("audience", story.text[span.start : span.end], "as printed", span)
    if best := best_type(about):
        words = "、".join(words_for(about, best.type))
        yield Ground("type", activity.type, f"{best.score:.1f} points for {words}", None)


def _named(slot: Slot, identity: str, known: dict[str, list[Part]]) -> Ground:
    """The part that gives a body its slot: one with a word for it, else the first."""
    found = known.get(identity)
    if not found:
        return Ground(slot, identity, NEAR_BY, None)
    wanted = {"organizer": ("subject", "agent"), "partner": ("partner", "invited")}.get(slot, ("place", "target"))
    part = next((p for p in found if p.role in wanted), found[0])
    named = Span(part.named.start, part.named.end)
    return Ground(slot, identity, ROLES.get(part.role, part.role), part.cue or named)


def _parts(story: Story, report: Report, evidence: Span) -> dict[str, list[Part]]:
    """The parts that names play in the report's sentence, then in the rest of the evidence, by entity."""
    known: dict[str, list[Part]] = {}
    rest = (s for s in story.sentences if evidence.start <= s.start < evidence.end and s is not report.sentence)
    for part in (*report.parts, *(p for s in rest for p in parts(story, s))):
        known.setdefault(part.named.entity.id, []).append(part)
    return known
