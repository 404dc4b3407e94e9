"""Where an activity took place: printed in its sentence, else around it, else with those who ran it.

A printed place, estate or road counts more than a body's own ground; where none is printed, an activity took place with
the community or street that ran it.
"""

import re
from collections.abc import Iterable, Sequence

from extract.activity_phrases import NUMBER, either
from extract.activity_reports import Report
from extract.activity_roles import Part, parts
from extract.activity_story import Story
from extract.activity_triggers import PRESENTED_EVENT
from extract.clauses import Sentence
from schemas.annotations import Entity, EntityType

SCHOOL = re.compile(rf"(?:{either('ground_body')}|附属|{NUMBER}+[中校小])$")
"""Organizations that are also the ground they stand on."""
BESIDE = re.compile(either("beside"))
SMALL: frozenset[EntityType] = frozenset({"street", "community", "estate"})
SUMMED = re.compile(r"([两三四五六七八九十])个(小区|院落|家属院|社区|村|街道)")
SUM_TYPES: dict[str, EntityType] = {
    "小区": "estate",
    "院落": "estate",
    "家属院": "estate",
    "社区": "community",
    "村": "community",
    "街道": "street",
}
GROUND: frozenset[EntityType] = frozenset(
    {"community", "estate", "venue", "organization", "road", "street", "district", "city"}
)


def places(
    story: Story, report: Report, ran: Sequence[str], within: Iterable[Sentence], near: Sequence[str] = ()
) -> tuple[str, ...]:
    """Ids of where it took place: printed in its sentence, then elsewhere in its evidence, else with those who ran it.

    `within` are the further sentences of its evidence.
    `near` is where the article is set: it stands in for a body without ground of its own, say a company.
    """
    named = [p.named.entity.id for p in honoured(report)]
    if report.trigger.kind == "award" or named:
        held = named or [p.named.entity.id for p in report.parts if p.role == "recipient"]
        if held or near:
            return tuple(dict.fromkeys(held)) or tuple(near)
    found = _grounds(story, report.parts, ran) or _summed(story, report) or _touched(story, report, ran)
    if not found:
        for sentence in within:
            later = [
                p
                for p in parts(story, sentence)
                if p.named.entity.type in ("venue", "estate", "organization")
                and story.verdict_on(sentence, p.clause).happened
                and not BESIDE.match(story.text, p.named.end)
            ]
            found = _grounds(story, later, ran)
            if found:
                break
    found = found or _shown_before(story, report) or _set_before(story, report, ran)
    if found:
        return tuple(dict.fromkeys(found))
    nearer = _nearer_partner(story, report, ran)
    if nearer:
        return tuple(nearer)
    homes = (_home(story, i) for i in _local(story, ran))
    return tuple(dict.fromkeys(h for h in homes if h)) or tuple(near) or tuple(ran)


def honoured(report: Report) -> list[Part]:
    """Those whom the sentence says were chosen: 部里公布名单，甲社区|榜上有名; nobody where a meeting does more."""
    if report.trigger.kind not in ("award", "plain"):
        return []
    return [p for p in report.parts if p.role == "recipient" and p.cue and p.cue.start >= p.named.end]


def _touched(story: Story, report: Report, ran: Sequence[str]) -> list[str]:
    """Small grounds that the report names in another part than its place: 让甲小区的两家握手言和, 去乙公园看梅花.

    Where those who ran it stand for a whole district, a street or a village of the sentence is nearer.
    """
    wide = all(story.entities[h].type in ("district", "city") for h in _homes(story, ran))
    nearer: tuple[EntityType, ...] = ("estate", "venue", "road", *(("street", "community") if wide else ()))
    return [
        p.named.entity.id
        for p in report.parts
        if p.named.entity.type in nearer
        and p.named.entity.id not in ran
        and p.role in ("other", "part", "recipient", "target", "people")
        and not (p.role == "people" and p.clause is not report.trigger.clause)
        and not BESIDE.match(story.text, p.named.end)
    ]


def _shown_before(story: Story, report: Report) -> list[str]:
    """Where the scene lay that the report explains: 甲村村民撤离。这是由乙镇组织的一场演练."""
    if report.trigger.weight != PRESENTED_EVENT:
        return []
    for sentence in reversed(story.sentences[: report.number]):
        if sentence.role != "paragraph" or story.is_said(sentence.start, sentence.end):
            continue
        small = [
            p.named.entity.id
            for p in parts(story, sentence)
            if p.named.entity.type in ("community", "estate", "venue") and p.role not in ("origin", "source")
        ]
        if small:
            return small[:1]
    return []


def _set_before(story: Story, report: Report, ran: Sequence[str]) -> list[str]:
    """The ground that earlier sentences of the paragraph set: an estate of the community that ran it, else a place.

    甲社区乙家属院的楼道堆满杂物。社区对楼道进行清理. A place only where nobody who ran it has a ground of its own.
    """
    grounded = any(story.entities[i].type in ("community", "estate", "venue") for i in _homes(story, ran))
    goes_on = story.text.startswith(("这是", "这场", "这次", "该活动", "此次"), report.sentence.start)
    for sentence in reversed(story.sentences[: report.number]):
        if sentence.block != report.sentence.block and not (goes_on and sentence.block == report.sentence.block - 1):
            break
        found: list[str] = []
        for part in parts(story, sentence):
            entity = part.named.entity
            if entity.id in ran or part.role in ("origin", "part"):
                continue
            inside = entity.type in ("estate", "venue") and entity.parent in ran
            if inside or (
                not grounded and part.role in ("place", "owner") and entity.type in ("community", "estate", "venue")
            ):
                found.append(entity.id)
        if found:
            return found
    return []


def _nearer_partner(story: Story, report: Report, ran: Sequence[str]) -> list[str]:
    """The communities that ran it with a street's or a district's office: its ground is theirs."""
    if any(story.entities[i].type in ("community", "estate", "organization") for i in _homes(story, ran)):
        return []
    joining = (p.named.entity for p in report.joining)
    return list(dict.fromkeys(e.id for e in joining if e.type == "community" and e.id not in ran))


def _homes(story: Story, ran: Sequence[str]) -> list[str]:
    return [h for h in (_home(story, i) for i in ran) if h]


def _grounds(story: Story, names: Iterable[Part], ran: Sequence[str]) -> list[str]:
    found: list[str] = []
    for part in names:
        entity = part.named.entity
        if entity.id in ran or entity.type not in GROUND:
            continue
        if _lends_ground(part):
            found.append(entity.id)
    small = [i for i in found if story.entities[i].type not in ("district", "city")]
    return small or found


def _lends_ground(part: Part) -> bool:
    """Whether the activity took place there: 在X, 走进X, X社区的会议室, 对X小区进行整治, 慰问X敬老院."""
    named, kind = part.named, part.named.entity.type
    if part.role == "place":
        return kind != "organization" or named.tail == named.end or not named.acts
    if part.role == "owner":
        return kind in ("community", "estate", "venue")
    if part.role == "target":
        return kind in ("estate", "venue", "road", "community")
    return part.role == "recipient" and kind == "organization" and bool(SCHOOL.search(named.entity.name))


def _summed(story: Story, report: Report) -> list[str]:
    """三个小区合并 …: the estates, communities or streets listed before, where as many were."""
    summed = SUMMED.search(story.text, report.sentence.start, report.trigger.start)
    if not summed:
        return []
    number, type_ = "两三四五六七八九十".index(summed.group(1)) + 2, SUM_TYPES[summed.group(2)]
    before = [n.entity.id for n in story.names_in(0, summed.start()) if n.entity.type == type_]
    listed = list(dict.fromkeys(before))
    return listed if len(listed) == number else []


def _local(story: Story, ran: Sequence[str]) -> list[str]:
    """Those who ran it that have a ground: the communities and streets among them, else all."""
    small = [i for i in ran if story.entities[i].type in SMALL or unit(story, story.entities[i]) is not None]
    return small or list(ran)


def _home(story: Story, identity: str) -> str | None:
    """The place a body stands for: itself, the community or street it belongs to, or its own ground."""
    entity = story.entities[identity]
    if entity.type != "organization":
        return identity
    if SCHOOL.search(entity.name):
        return identity
    own = unit(story, entity)
    if own:
        return own
    return entity.parent if entity.parent in story.entities else None


def unit(story: Story, entity: Entity) -> str | None:
    """The community, street or estate that an organization is a body of: its parent, or the one it is named after."""
    if entity.type != "organization" or SCHOOL.search(entity.name):
        return None
    parent = story.entities.get(entity.parent or "")
    if parent and parent.type in SMALL:
        return parent.id
    named = (e for e in story.entities.values() if e.type in SMALL and entity.name.startswith(e.name))
    return next((e.id for e in named), None)
