"""Activities: what an article reports as done or under way, who ran it, with whom, where, when and for whom.

Sentences are judged (`reality`), asked what they turn on (`activity_candidates`), weighed (`activity_reports`) and
grouped (`activity_merge`, `activity_apart`); then each slot is read from the activity's own sentences
(`activity_bodies`, `activity_places`, `activity_dates`, `activity_audience`, `activity_names`, `activity_types`). What
it rests on is told when asked for (`activity_grounds`).
Plans, wishes, negation and background make no activity.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from extract import activity_apart as apart
from extract import activity_merge as merge
from extract.activity_audience import audience
from extract.activity_bodies import joined_later, organizers
from extract.activity_dates import date, lead_date
from extract.activity_grounds import Ground, grounds
from extract.activity_names import name
from extract.activity_places import honoured, places
from extract.activity_reports import Report, reports
from extract.activity_story import Story, story
from extract.activity_types import OTHER, Regions, best_type
from extract.clauses import Sentence
from extract.tokens import Words
from schemas.annotations import Activity, Count, Entity, Span, TimeExpression
from schemas.layout import HEADLINE_ROLES, Article, Block

FIRST = "a1"
"""The id of an article's first activity, mostly its only one; the others get theirs when their order is known."""
LEAST = 3.3
"""The score under which no sentence of an article counts as reporting an activity."""


@dataclass(frozen=True, slots=True)
class Told:
    """An activity, and `because`, which tells its grounds: few activities are ever asked for them.

    It holds the whole story: it stays in its process, and nobody keeps it longer than the page.
    """

    activity: Activity
    because: Callable[[], Iterable[Ground]]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What fills each slot, and why."""
        return tuple(self.because())


class ActivityReader:
    """Reads activities from an article whose entities, dates and counts are known."""

    def read(
        self,
        words: Words,
        article: Article,
        entities: Sequence[Entity],
        dates: Sequence[TimeExpression],
        counts: Sequence[Count],
    ) -> tuple[Activity, ...]:
        """The article's activities in order, ids a1, a2 …; slots hold ids of what was passed in."""
        return tuple(told.activity for told in self.explain(words, article, entities, dates, counts))

    def explain(
        self,
        words: Words,
        article: Article,
        entities: Sequence[Entity],
        dates: Sequence[TimeExpression],
        counts: Sequence[Count],
    ) -> tuple[Told, ...]:
        """The same with what each rests on."""
        seen = story(words, article, entities, dates, counts)
        found = reports(seen)
        told = _round_up(seen, found) if merge.round_up(seen, found) else _ordinary(seen, found)
        return tuple(_numbered(t, i) for i, t in enumerate(sorted(told, key=lambda t: t.activity.evidence), 1))


def _ordinary(seen: Story, found: Sequence[Report]) -> list[Told]:
    body = [r for r in found if r.sentence.role == "paragraph"]
    main = max(body or found, key=lambda r: (r.score, -r.number), default=None)
    if main is None or main.score < LEAST:
        main = apart.served(seen, body)
    if main is None:
        return []
    ran, _ = organizers(seen, main)
    lead = lead_date(seen, _paragraphs(seen))
    arrangements = merge.schemes(seen, main, found)
    if arrangements:
        return [_told(seen, r, lead, ran, r.sentence.end, alone=True) for r in arrangements]
    further = [r for r in found if r is not main and apart.separate(seen, main, ran, r)]
    further += [r for r in apart.siblings(ran, found) if r is not main and r not in further]
    others: list[Report] = merge.chapters(seen, main, found)
    for report in (r for r in further if r not in others):
        bodies = set(report.bodies)
        if not any(bodies & set(o.bodies) for o in others):
            others.append(report)
    blocks = [r.sentence.block for r in (main, *others)]

    def beside(report: Report) -> bool:
        """Whether its paragraph tells another activity as well."""
        return blocks.count(report.sentence.block) > 1

    told: list[Told] = []
    near: tuple[str, ...] = ()
    for report in (main, *others):
        starts = [o.sentence.start for o in (main, *others)]
        until = min((s for s in starts if s > report.sentence.start), default=len(seen.text))
        parted = report is not main and report not in further  # another part of the article has dates of its own
        if parted:
            told.append(_told(seen, report, None, (), until))
        else:
            about = report is main
            told.append(_told(seen, report, lead, near, until, main=about, alone=about or not beside(report)))
        near = near or told[0].activity.places
    return told


def _round_up(seen: Story, found: Sequence[Report]) -> list[Told]:
    told: list[Told] = []
    groups = merge.items(seen, found)
    lead = lead_date(seen, _paragraphs(seen)[:1])
    bodies: set[str] = set()
    for position, group in enumerate(groups):
        best = max(group, key=lambda r: (r.score - 2.0 * (r.paragraph == 0), -r.number))
        if best.score < LEAST - 2.0 or (position == 0 and len(groups) > 2 and merge.is_summary(seen, best)):
            continue
        until = groups[position + 1][0].sentence.start if position + 1 < len(groups) else len(seen.text)
        beside = sum(g[0].sentence.block == best.sentence.block for g in groups) > 1
        item = _told(seen, best, lead, _crosshead(seen, best), until, alone=not beside)
        bodies |= {*item.activity.organizers, *item.activity.partners}
        told.append(item)
    for report in found:
        if report.sentence.role != "caption" or report.score < LEAST - 1.5:
            continue
        own = set(report.bodies) or set(organizers(seen, report)[0])
        if own and not own & bodies:
            told.append(_told(seen, report, lead, (), report.sentence.end))
            bodies |= own
    return told


def _told(
    seen: Story,
    report: Report,
    lead: TimeExpression | None,
    street: tuple[str, ...],
    until: int,
    *,
    main: bool = False,
    alone: bool = False,
) -> Told:
    """The activity that `report` tells; `street` is the body over it, `until` where the next activity begins.

    `main`: the article is about it. `alone`: the people whom the rest of the article names may be those it was for.
    """
    covered = merge.evidence(seen, report, until)
    within = [s for s in seen.sentences_in(covered.start, covered.end) if s is not report.sentence]
    ran, partners = organizers(seen, report, street, within)
    partners = tuple(dict.fromkeys((*partners, *(p for p in joined_later(seen, within, ran) if p not in ran))))
    where = places(seen, report, ran, within, street)
    called = name(seen, report.sentence, report.judged, report.trigger, report.parts, main=main)
    people = audience(seen, covered)
    if not people:
        people = _elsewhere(seen, report, called, main=main, alone=alone)
    people = (*(Span(p.named.start, p.named.end) for p in honoured(report)), *people)
    when = date(seen, report.sentence, report.trigger, lead)
    about: Regions = (
        (seen.about_in(called.start, called.end), 3.0),
        ([w for b in _heads(seen) for w in seen.about_in(b.start, b.end)], 1.2),
        (seen.about_in(report.sentence.start, report.sentence.end, dated=False), 0.8),
        (seen.about_in(covered.start, covered.end, dated=False), 0.25),
    )
    best = best_type(about)
    activity = Activity(
        id=FIRST,
        name=seen.text[called.start : called.end],
        type=best.type if best else OTHER,
        organizers=ran,
        partners=partners,
        places=where,
        date=when.id if when else None,
        audience=tuple(seen.text[s.start : s.end] for s in people),
        counts=tuple(c.id for c in seen.counts if covered.start <= c.start and c.end <= covered.end),
        evidence=covered,
        status="under_way" if report.verdict.claim == "under_way" else "done",
    )
    return Told(activity, lambda: grounds(seen, report, activity, people, about))


def _elsewhere(seen: Story, report: Report, called: Span, *, main: bool, alone: bool) -> tuple[Span, ...]:
    """Whom it was for, by its paragraph if that tells nothing else, by what names it again, or by all the article."""
    if alone and (people := audience(seen, _around(seen, report))):
        return people
    for title in seen.titles_in(called.start, called.end):
        again = seen.text.find(seen.text[title.start : title.end], title.end)
        if again >= 0 and (sentence := seen.sentence_at(again)) and (people := audience(seen, _whole(sentence))):
            return people
    return audience(seen, Span(0, len(seen.text)))[-1:] if main else ()


def _whole(sentence: Sentence) -> Span:
    return Span(sentence.start, sentence.end)


def _around(seen: Story, report: Report) -> Span:
    """The paragraph that tells it."""
    block = seen.article.blocks[report.sentence.block]
    return Span(block.start, block.end)


def _heads(seen: Story) -> list[Block]:
    return [b for b in seen.article.blocks if b.role in HEADLINE_ROLES]


def _paragraphs(seen: Story) -> list[int]:
    return [i for i, b in enumerate(seen.article.blocks) if b.role == "paragraph"]


def _crosshead(seen: Story, report: Report) -> tuple[str, ...]:
    """The body that the crosshead over the report names."""
    above = [b for b in seen.article.blocks if b.role == "crosshead" and b.start < report.sentence.start]
    if not above:
        return ()
    return tuple(n.entity.id for n in seen.names_in(above[-1].start, above[-1].end))[:1]


def _numbered(told: Told, number: int) -> Told:
    return told if number == 1 else replace(told, activity=replace(told.activity, id=f"a{number}"))
