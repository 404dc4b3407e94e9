"""The part every name of a sentence plays: who ran it, with whom, where, for whom, or none.

The words right before a name decide (联合X, 走进X, 为X), then those right after it (X的牵线下), then coordination with
the name before it (甲、乙和X), then its place: a name that opens its clause is its subject. Cues are in
`lexicons/activity_roles.toml`.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from extract.activity_phrases import NUMBER, either
from extract.activity_story import Named, Story, once
from extract.any_word import any_word
from extract.clauses import Clause, Sentence
from extract.lexicon import rules
from schemas.annotations import Span

Role = Literal[
    "subject",  # it acts
    "owner",  # what acts or happens is its own: X的志愿服务队, X的集市
    "agent",  # it acts, though not as the subject: 由X主办
    "partner",
    "invited",
    "place",
    "target",
    "recipient",
    "part",
    "people",  # those it serves act: X的居民
    "origin",
    "source",
    "other",
]
RAN: frozenset[Role] = frozenset({"subject", "agent"})
WITH: frozenset[Role] = frozenset({"partner"})
FILLER = re.compile(rf"(?:{either('filler')}|{NUMBER}+[个家所名位]|多[个家所名位])*")
JOIN = re.compile(rf"(?:、|和|与|及|以及|暨|同|跟|并|[（(][^）)]{{0,12}}[）)]|等)+{FILLER.pattern}")
TOGETHER = re.compile(either("together"))
ADVERB = re.compile(
    rf"""(?: {either("opening")}            # 近日, 此外, 该社区
           | 接到[^，。]{{1,8}}后 | 得知[^，]{{0,8}}后
           | 自[^，。]{{1,12}}以来
           | {NUMBER}+月{NUMBER}+日
           | [\s，,：:、]
         )*""",
    re.VERBOSE,
)
"""What may stand between the start of a clause and its subject."""
SEPARATED = re.compile(r"[的，,\s]*")
SHARE = re.compile(r"(?:则)?(?:负责|给予|提供|承担|出资|出|予以|配备|派出|资助|补贴|参与)")
PRESENTED = re.compile(
    r"[^。“”]{0,40}?(?:推出|举办|开展|组织|打造|发起|办|设立|组建|探索|实施|推行|开设|创办)[^，。]{0,12}?的"
)
"""这是X推出的…: X ran what the sentence before told."""
HELD = re.compile(r"(?:组织|联合)?(?:开展|举办|举行|组织|召开|主办)的")
"""在X举办的活动中: X holds it rather than lends the ground."""
WITH_GENERIC = re.compile(rf"{either('body_noun')}(?:党委|党总支|党支部|居委会|“两委”)?(?:还|也|则|又)?[与和同]$")
SUMMED = re.compile(rf"等?{NUMBER}+[个家所](?:街道|社区|村|镇|单位|部门|学校|企业|小区)?")
OWNS = re.compile(rf"(?:{NUMBER}{{1,3}}(?:组|社|队|号楼|栋|单元|期))?[^，。的]{{0,3}}?的")
"""What follows is its own: X村三组的|院坝."""
LEADING = re.compile(rf"(?:为|自|在|随着|正值|值此|借助|结合|围绕)[^，。]{{2,24}}?{either('occasion')}[，,]?")
"""An opening that runs into its subject without a comma: 为丰富居民文化生活X社区 …"""


class Part(NamedTuple):
    """A name with the role it plays in `clause`; `cue` is the word that says so, None where its position does."""

    named: Named
    role: Role
    clause: Clause
    cue: Span | None


@once
def parts(story: Story, sentence: Sentence) -> tuple[Part, ...]:
    """One part a name of `sentence`, in order; names inside speech are left out."""
    found: list[Part] = []
    before: Part | None = None
    for named in story.names_in(sentence.start, sentence.end):
        quote = story.quote_at(named.start)
        # a name may itself begin with a quotation: “红石榴”党员服务队
        if quote and quote.start != named.start and quote.end > named.end:
            continue
        clause = sentence.clause_at(named.start)
        floor = max(clause.start, before.named.tail if before else clause.start)
        role, cue = _role(story, clause, named, min(floor, named.first), before)
        before = Part(named, role, clause, cue)
        found.append(before)
        if role == "agent" and cue and cue.start >= named.end:
            _lead_on(story.text, found)
    return tuple(found)


def _lead_on(text: str, found: list[Part]) -> None:
    """In 在甲、乙的组织下 the words after the last name say what all of them did."""
    last = found[-1]
    for index in range(len(found) - 2, -1, -1):
        part, following = found[index], found[index + 1]
        gap = text[part.named.tail : following.named.first]
        if part.clause is not last.clause or part.role not in ("place", "other") or not JOIN.fullmatch(gap):
            return
        found[index] = part._replace(role=last.role, cue=last.cue)


def _role(story: Story, clause: Clause, named: Named, floor: int, before: Part | None) -> tuple[Role, Span | None]:
    text = story.text
    after = _cue_after(text, named, clause.end)
    if after and after[0] in ("agent", "source", "recipient"):
        return after
    gap = text[floor : named.first]
    cue = _cue_before(text, floor, named.first) if gap else None
    if cue:
        role, span = cue
        if text[span.start - 1 : span.end] == "这是" and PRESENTED.match(text, named.tail, clause.end):
            return ("subject" if named.acts else "people"), None
        if role == "place" and (held := HELD.match(text, named.tail, clause.end)):
            return "agent", Span(held.start(), held.end())
        if role == "place" and not named.acts and text[span.start : span.end] == "到":
            return "people", span
        if role in ("recipient", "target") and named.entity.type in ("organization",) and not named.acts:
            return "people", span
        return role, span
    if before and before.clause is clause and gap and JOIN.fullmatch(gap):
        return _joined(named, before, gap)
    if before and before.role == "agent" and _shares(story, clause, named, before, gap):
        return "agent", before.cue  # 由甲出场地、乙给补贴、丙负责运营
    if after and after[0] == "place":
        return after
    if not gap or ADVERB.fullmatch(gap) or _after_date(story, floor, named.first):
        if named.tail == named.end and OWNS.match(text, named.end):
            return "owner", None
        return ("subject" if named.acts else "people"), None
    if WITH_GENERIC.search(gap):
        return "partner", Span(named.first - 1, named.first)
    if gap.endswith(("与", "和", "同", "跟")) and TOGETHER.match(text, named.tail):
        return "partner", Span(named.first - 1, named.first)
    if floor == clause.start and named.acts and LEADING.fullmatch(gap):
        return "subject", None
    return "other", None


def _joined(named: Named, before: Part, gap: str) -> tuple[Role, Span | None]:
    """A name coordinated with the one before it plays the same role; 甲与乙共同… makes the second a partner."""
    if not named.acts and before.role == "subject":
        return "people", before.cue
    if before.role == "subject" and gap.startswith(("与", "同", "跟")):
        return "partner", Span(named.first - 1, named.first)
    if before.role == "people" and named.acts:
        return "subject", None
    return before.role, before.cue


def _shares(story: Story, clause: Clause, named: Named, before: Part, gap: str) -> bool:
    """Whether a name goes on from 由甲出场地: 、乙给补贴, or in a clause of its own ，丙负责运营."""
    if before.clause is clause:
        return gap.endswith("、")
    own = named.first == clause.start and SHARE.match(story.text, named.tail, clause.end)
    return bool(own) and 0 <= clause.start - before.clause.end <= 2


def _after_date(story: Story, start: int, end: int) -> bool:
    """Whether only dates and adverbs fill [start, end)."""
    at = start
    for date in story.dates_in(start, end):
        if not ADVERB.fullmatch(story.text, at, date.start):
            return False
        at = date.end
    return at > start and bool(SEPARATED.fullmatch(story.text, at, end) or ADVERB.fullmatch(story.text, at, end))


def _cue_before(text: str, floor: int, end: int) -> tuple[Role, Span] | None:
    """The cue nearest before `end` with nothing but filler between."""
    pattern, roles = _cues("before")
    for found in pattern.finditer(text, max(floor, end - 18), end):
        if FILLER.fullmatch(text, found.end(), end):
            return roles[found.group()], Span(found.start(), found.end())
    return None


def _cue_after(text: str, named: Named, end: int) -> tuple[Role, Span] | None:
    """The cue right after a name's people, after the number that sums up a list, else right after the name."""
    pattern, roles = _cues("after")
    found = pattern.match(text, named.tail, end)
    if found is None and (summed := SUMMED.match(text, named.tail, end)):
        found = pattern.match(text, summed.end(), end)
    if found is None and named.tail > named.end:
        found = pattern.match(text, named.end, end)
    return (roles[found.group()], Span(*found.span())) if found else None


@cache
def _cues(side: str) -> tuple[re.Pattern[str], dict[str, Role]]:
    roles: dict[str, Role] = {}
    for cue in rules("activity_roles")["cue"]:
        if cue["side"] == side:
            for word in cue["words"]:
                roles.setdefault(word, cue["role"])
    return re.compile(any_word(roles)), roles
