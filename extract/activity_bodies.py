"""Who ran an activity and with whom, from the parts that names play in its sentences.

The sentence's own subject first; where it is only 社区 or 工作人员, the body last named of that rank; then the lead's.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from extract.activity_phrases import either
from extract.activity_places import unit
from extract.activity_reports import BODIES, Report, sets_scene
from extract.activity_roles import RAN, Part, parts
from extract.activity_story import Story
from extract.clauses import Sentence
from schemas.annotations import EntityType

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
OWNED = re.compile(rf"(?<!合作){either('owned')}”?$")

OFFICE = re.compile(rf"[\u4e00-\u9fff]{{2,6}}办(?:公室)?|{either('own_office')}")
"""What a community's or a street's own office is called after its name: 甲街道|应急办."""
WITH_STREET = re.compile(r"(?:联合|会同|携手|协同|邀请)(?:所在|所属)?街道(?![^，。、]{0,4}社区)")
"""A street without its name as the partner of its community: 社区会同街道城管中队."""


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
    if street := _own_street(story, report, main):
        partners.append(street)
    if not main and report.trigger.kind == "award":
        main = [p.named.entity.id for p in report.parts if p.role == "recipient"][:1]
    return tuple(main), tuple(dict.fromkeys(p for p in partners if p not in main))


def _own_street(story: Story, report: Report, main: Sequence[str]) -> str | None:
    """The street above the community that ran it, where the sentence says that the street joined in."""
    if not WITH_STREET.search(story.text, report.sentence.start, report.sentence.end):
        return None
    above = (story.entities[i].parent for i in main if story.entities[i].type == "community")
    return next((a for a in above if a in story.entities and story.entities[a].type == "street"), None)


def _serves(story: Story, part: Part) -> bool:
    """…走进甲村，乙剧团|为村民献上好戏: a second body that does its share in the same sentence."""
    named = part.named
    return named.entity.type == "organization" and bool(
        re.match(r"的?[^，]{0,6}[为给向]", story.text[named.tail : part.clause.end])
    )


def _where(report: Report) -> list[str]:
    """志愿者在X社区…: in a caption or a picture story the community is whose volunteers they are."""
    if report.parts and sets_scene(report.sentence, report.parts[0]):
        return [report.parts[0].named.entity.id]
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
    return [_body(story, p) for p in report.parts if p.role == "owner" and p.clause is report.trigger.clause][:1]


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
    if entity.type == "organization" and (own := unit(story, entity)):
        place = story.entities[own]
        if entity.name.startswith(place.name) and OFFICE.fullmatch(entity.name, len(place.name)):
            return own
    return entity.id


def _lowest(story: Story, ran: Iterable[Part]) -> list[str]:
    """Ids in order, without a body that another of them belongs to (the street over its community)."""
    bodies = [(p, _body(story, p)) for p in ran]
    ids = list(dict.fromkeys(i for _, i in bodies))
    above = {story.entities[i].parent for i in ids}
    by_office = {i for p, i in bodies if i != p.named.entity.id}
    return [i for i in ids if i not in above or i in by_office or len(ids) == 1]


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
        own = unit(story, named.entity)
        if own and story.entities[own].type == rank:
            return [own]
    return []


def _earlier(story: Story, report: Report) -> list[str]:
    """Who acts in the sentences before it in its paragraph, nearest first."""
    for sentence in reversed(story.sentences[: report.number]):
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
