"""Who ran an activity and where it took place, from the parts that names play in its sentences.

The sentence's own subject first; where it is only 社区 or 工作人员, the body last named of that rank; then the lead's.
Where no place is printed, an activity took place with the community or street that ran it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from extract.activity_phrases import NUMBER, either
from extract.activity_reports import BODIES, Report
from extract.activity_roles import RAN, Part, parts
from extract.activity_story import Story
from extract.clauses import Sentence
from schemas.annotations import Entity, EntityType, Span

HOSTING = ("主办", "承办", "联办", "协办", "合办")
RANKS: dict[str, EntityType] = {
    "社区": "community",
    "居委会": "community",
    "村委会": "community",
    "村里": "community",
    "村": "community",
    "街道": "street",
    "镇里": "street",
    "镇": "street",
    "乡里": "street",
    "乡": "street",
    "全县": "district",
    "全区": "district",
    "县里": "district",
    "区里": "district",
    "我县": "district",
    "我区": "district",
    "全市": "city",
    "市里": "city",
    "我市": "city",
}
"""A body without its name, and the rank of the one that is meant."""
RANKED = "|".join(sorted(RANKS, key=len, reverse=True))
GENERIC = re.compile(rf"(?:^|[，,、。\s])(?:{either('opening')}|[，,])*?(?:该|本)?(?P<rank>{RANKED})")
SCHOOL = re.compile(rf"(?:{either('ground_body')}|附属|{NUMBER}+[中校小])$")
"""Organizations that are also the ground they stand on."""
BESIDE = re.compile(either("beside"))
OWNED = re.compile(rf"(?<!合作){either('owned')}”?$")
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


def organizers(
    story: Story, report: Report, lead: Sequence[str] = (), within: Sequence[Sentence] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of those who ran it and of those they ran it with; (lead, ()) where the report names nobody.

    `within` are the further sentences about it: 这堂课由甲和乙开设 says who ran what the report only shows.
    """
    ran = [p for p in report.acting if not (report.trigger.kind == "award" and p.role == "recipient")]
    near = [p for p in ran if p.named.start < report.trigger.clause.end or p.role == "agent"]
    main = _lowest(story, near or ran)
    partners = [p.named.entity.id for p in report.joining if p.named.entity.id not in main]
    partners += [p.named.entity.id for p in ran if p not in near and _serves(story, p)]
    if not main:
        hosts = [p for s in within for p in parts(story, s) if _hosts(story, p)]
        main = _lowest(story, hosts)[:1] or _owner(story, report) or _generic(story, report) or _where(report)
        main = main or _earlier(story, report) or list(lead) or _first(story)
    if not main and report.trigger.kind == "award":
        main = [p.named.entity.id for p in report.parts if p.role == "recipient"][:1]
    return tuple(main), tuple(dict.fromkeys(p for p in partners if p not in main))


def _serves(story: Story, part: Part) -> bool:
    """…走进甲村，乙剧团|为村民献上好戏: a second body that does its share in the same sentence."""
    named = part.named
    return named.entity.type == "organization" and bool(
        re.match(r"的?[^，]{0,6}[为给向]", story.text[named.tail : part.clause.end])
    )


def places(
    story: Story, report: Report, ran: Sequence[str], evidence: Span, near: Sequence[str] = ()
) -> tuple[str, ...]:
    """Ids of where it took place: printed in its sentence, then elsewhere in its evidence, else with those who ran it.

    `near` is where the article is set: it stands in for a body without ground of its own, say a company.
    """
    if report.trigger.kind == "award":
        held = [p.named.entity.id for p in report.parts if p.role == "recipient"]
        if held or near:
            return tuple(dict.fromkeys(held)) or tuple(near)
    found = _grounds(story, report.parts, ran) or _summed(story, report) or _touched(story, report, ran)
    if not found:
        for sentence, judged in zip(story.sentences, story.verdicts, strict=True):
            if evidence.start <= sentence.start < evidence.end and sentence is not report.sentence:
                happened = {v.clause for v in judged if v.happened}
                later = [
                    p
                    for p in parts(story, sentence)
                    if p.clause in happened
                    and p.named.entity.type in ("venue", "estate", "organization")
                    and not BESIDE.match(story.text, p.named.end)
                ]
                found = _grounds(story, later, ran)
                if found:
                    break
    found = found or _set_before(story, report, ran)
    if found:
        return tuple(dict.fromkeys(found))
    nearer = _nearer_partner(story, report, ran)
    if nearer:
        return tuple(nearer)
    homes = (_home(story, i) for i in _local(story, ran))
    return tuple(dict.fromkeys(h for h in homes if h)) or tuple(near) or tuple(ran)


def _touched(story: Story, report: Report, ran: Sequence[str]) -> list[str]:
    """Small grounds that the report names in another part than its place: 让甲小区的两家握手言和, 去乙公园看梅花.

    Where those who ran it stand for a whole district, a street or a village of the sentence is nearer.
    """
    wide = all(
        _home(story, i) is None or story.entities[_home(story, i) or i].type in ("district", "city") for i in ran
    )
    nearer: tuple[EntityType, ...] = ("estate", "venue", "road", *(("street", "community") if wide else ()))
    return [
        p.named.entity.id
        for p in report.parts
        if p.named.entity.type in nearer
        and p.named.entity.id not in ran
        and p.role in ("other", "part", "recipient", "target", "people")
        and not (p.role == "people" and p.clause != report.trigger.clause)
        and not BESIDE.match(story.text, p.named.end)
    ]


def _set_before(story: Story, report: Report, ran: Sequence[str]) -> list[str]:
    """The ground that earlier sentences of the paragraph set: an estate of the community that ran it, else a place.

    甲社区乙家属院的楼道堆满杂物。社区对楼道进行清理. A place only where nobody who ran it has a ground of its own.
    """
    grounded = any(story.entities[i].type in ("community", "estate", "venue") for i in _homes(story, ran))
    goes_on = story.text.startswith(("这是", "这场", "这次", "该活动", "此次"), report.sentence.start)
    for sentence in reversed(story.sentences[: report.index]):
        if sentence.block != report.sentence.block and not (goes_on and sentence.block == report.sentence.block - 1):
            break
        found: list[str] = []
        for part in parts(story, sentence):
            entity = part.named.entity
            if entity.id in ran or part.role in ("origin", "part"):
                continue
            inside = entity.type in ("estate", "venue") and entity.parent in ran
            if inside or (not grounded and part.role == "place" and entity.type in ("community", "estate", "venue")):
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
    small = [i for i in ran if story.entities[i].type in SMALL or _unit(story, story.entities[i]) is not None]
    return small or list(ran)


def _home(story: Story, identity: str) -> str | None:
    """The place a body stands for: itself, the community or street it belongs to, or its own ground."""
    entity = story.entities[identity]
    if entity.type != "organization":
        return identity
    if SCHOOL.search(entity.name):
        return identity
    unit = _unit(story, entity)
    if unit:
        return unit
    return entity.parent if entity.parent in story.entities else None


def _unit(story: Story, entity: Entity) -> str | None:
    """The community, street or estate that an organization is a body of: its parent, or the one it is named after."""
    if entity.type != "organization" or SCHOOL.search(entity.name):
        return None
    parent = story.entities.get(entity.parent or "")
    if parent and parent.type in SMALL:
        return parent.id
    named = (e for e in story.entities.values() if e.type in SMALL and entity.name.startswith(e.name))
    return next((e.id for e in named), None)


def _where(report: Report) -> list[str]:
    """志愿者在X社区…: in a caption or a picture story the community is whose volunteers they are."""
    if report.paragraph > 0 and report.sentence.role != "caption":
        return []
    ground = [
        p.named.entity
        for p in report.parts
        if p.role in ("place", "other", "people", "owner") and p.named.start < report.trigger.end
    ]
    return [e.id for e in ground if e.type in ("community", "street")][:1]


def _owner(story: Story, report: Report) -> list[str]:
    """X社区的集市摆出…: whose event, team or ground it is."""
    return [_body(story, p) for p in report.parts if p.role == "owner" and p.clause == report.trigger.clause][:1]


def _first(story: Story) -> list[str]:
    """The community or street that the article names first, one's home apart."""
    for sentence in story.sentences:
        for part in parts(story, sentence):
            if part.named.entity.type in ("community", "street") and part.role not in ("origin", "source"):
                return [part.named.entity.id]
    homes = (n.entity.id for n in story.named if n.entity.type == "community")
    return list(islice(homes, 1))


def _body(story: Story, part: Part) -> str:
    """The id of the body that acts: the community itself for its choir, team or canteen."""
    entity = part.named.entity
    above = story.entities.get(entity.parent or "")
    if entity.type == "organization" and above and above.type in ("community", "estate") and OWNED.search(entity.name):
        return above.id
    return entity.id


def _lowest(story: Story, ran: Iterable[Part]) -> list[str]:
    """Ids in order, without a body that another of them belongs to (the street over its community)."""
    ids = list(dict.fromkeys(_body(story, p) for p in ran))
    above = {story.entities[i].parent for i in ids}
    return [i for i in ids if i not in above or len(ids) == 1]


def _generic(story: Story, report: Report) -> list[str]:
    """社区, 镇里: the body of that rank last named before; nobody for 工作人员."""
    clause_text = story.text[report.sentence.start : report.trigger.start]
    found = GENERIC.search(clause_text)
    if not found:
        return []
    rank = RANKS[found.group("rank")]
    for named in reversed(story.names_in(0, report.trigger.start)):
        if named.entity.type == rank:
            return [named.entity.id]
        unit = _unit(story, named.entity)
        if unit and story.entities[unit].type == rank:
            return [unit]
    return []


def _earlier(story: Story, report: Report) -> list[str]:
    """Who acts in the sentences before it in its paragraph, nearest first."""
    for sentence in reversed(story.sentences[: report.index]):
        if sentence.block != report.sentence.block:
            break
        acting = [p for p in parts(story, sentence) if p.role in RAN and p.named.entity.type in BODIES]
        if acting:
            return _lowest(story, acting)
    return []


def joined_later(story: Story, within: Iterable[Sentence], ran: Sequence[str]) -> tuple[str, ...]:
    """Partners that later sentences add for the same bodies: 该社区联合…, 夜校由…与…联办."""
    found: list[str] = []
    for sentence in within:
        names = parts(story, sentence)
        acting = {p.named.entity.id for p in names if p.role in RAN}
        for part in names:
            if part.named.entity.type not in BODIES or part.named.entity.id in ran:
                continue
            if _hosts(story, part) or (
                part.role == "partner" and (acting & set(ran) or not acting) and not _minor(story, part)
            ):
                found.append(part.named.entity.id)
    return tuple(dict.fromkeys(found))


def _hosts(story: Story, part: Part) -> bool:
    """由甲举办, 甲主办: stated as the host."""
    if part.named.entity.type not in BODIES:
        return False
    if part.role == "agent":
        return part.cue is not None and story.text[part.cue.start : part.cue.end] in ("由", *HOSTING)
    return part.role == "subject" and any(h in story.text[part.named.end : part.clause.end] for h in HOSTING)


def _minor(story: Story, part: Part) -> bool:
    """联系 and 依托 name a means, not one who ran the whole."""
    return part.cue is not None and story.text[part.cue.start : part.cue.end] in (
        "联系",
        "依托",
        "对接",
        "结对",
        "协调",
    )
