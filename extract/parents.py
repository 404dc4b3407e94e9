"""What lies directly above a thing, as far as the article makes it plain.

Witnesses in order of precedence; the first that speaks decides:
1. for bodies, the place that opens their name (三学街社区党支部);
2. the chain in print (碑林区柏树林街道三学街社区), also for a list behind it (滨海街道东兴、水井巷两个社区);
3. the crosshead above it in a round-up, whose scope runs to the next one;
4. the nearest thing of the level above in its sentence, its paragraph, then the article's only or leading one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.gazetteer import short_name
from schemas.annotations import EntityType, Mention
from schemas.layout import HEADLINE_ROLES, Article, Block

Key = tuple[EntityType, str]

LEVELS: dict[EntityType, int] = {"province": 0, "city": 1, "district": 2, "street": 3, "community": 4, "estate": 5}
JOINED = re.compile(
    r"(?:[、]|[和与及暨]|以及|、以及|[等共的]|[两二三四五六七八九十\d]+[个家]?(?:社区|村|街道|小区|镇|乡|区))*"
)
BELOW_ALL = 9
"""The level of bodies, roads and venues."""
UPPER: tuple[EntityType, ...] = ("province", "city")
PLACED = frozenset(("street", "community", "estate", "organization"))
"""What other witnesses than print may tell the place of."""
LINK_OF_CHAIN = re.compile(r"(?:辖区|所辖|下辖|的|辖区内|境内|内|办事处|[（(])?")
LONGEST_LINK = 3
SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
COMES_FROM = re.compile(r"(?:来自|老家|原籍|户籍|籍贯|祖籍|嫁到|务工)[^，。；]{0,4}$")
LOCAL_BODIES = ("文明实践站", "合作社", "议事厅", "调解室", "小分队", "服务站", "理事会", "议事会")
"""Bodies that communities and villages keep; without a place in their name they are those of the one that acts."""


def key(mention: Mention) -> Key:
    """What makes two mentions one entity."""
    return mention.type, mention.name


@dataclass(frozen=True, slots=True)
class Scene:
    """One article's mentions with what decides their parents."""

    article: Article
    mentions: Sequence[Mention]  # in order
    by_type: Mapping[EntityType, Sequence[Mention]]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def block(self, offset: int) -> Block | None:
        """The block that holds `offset`."""
        for block in self.article.blocks:
            if block.start <= offset < block.end:
                return block
        return None

    def in_headline(self, mention: Mention) -> bool:
        """Whether a mention stands in a headline."""
        block = self.block(mention.start)
        return block is not None and block.role in HEADLINE_ROLES

    def only(self, kind: EntityType) -> Mention | None:
        """The only thing of a type that the article names, if there is but one."""
        named = {m.name: m for m in self.by_type.get(kind, ())}
        return next(iter(named.values())) if len(named) == 1 else None

    def leading(self, kind: EntityType) -> Mention | None:
        """The one thing of a type that the lead paragraph names, if the article is not a round-up of several."""
        lead = next((b for b in self.article.blocks if b.role == "paragraph"), None)
        if lead is None:
            return None
        named = {m.name: m for m in self.by_type.get(kind, ()) if lead.start <= m.start < lead.end}
        return next(iter(named.values())) if len(named) == 1 else None


def decide_parents(article: Article, mentions: Sequence[Mention]) -> dict[Key, Key]:
    """The key of what is directly above, by key; things whose parent is not plain are missing."""
    by_type: dict[EntityType, list[Mention]] = {}
    for mention in mentions:
        by_type.setdefault(mention.type, []).append(mention)
    scene = Scene(article, mentions, by_type)
    chained = _chains(scene)
    found: dict[Key, Key] = {}
    for mention in scene.by_type.get("organization", ()):
        owner = _owner(mention, scene)
        if owner is not None:
            found.setdefault(key(mention), key(owner))
    for mention, above in chained.items():
        k = key(mention)
        if mention.type == "organization" and k in found:
            continue
        if LEVELS[above.type] > _depth(found.get(k)):
            found[k] = key(above)
    left = [m for m in mentions if m.type in PLACED and key(m) not in found]
    for mention in sorted(left, key=scene.in_headline):  # a headline says least of where a thing belongs
        if key(mention) not in found:
            around = _by_place(mention, scene)
            if around is not None and key(around) != key(mention):
                found[key(mention)] = key(around)
    return found


def _depth(k: Key | None) -> int:
    return LEVELS[k[0]] if k is not None else -1


def _chains(scene: Scene) -> dict[Mention, Mention]:
    """Parents by print: the division that ends where the name begins, handed on along a list."""
    found: dict[Mention, Mention] = {}
    places = [m for m in scene.mentions if m.type in LEVELS or m.type in ("road", "venue", "organization")]
    ends = {m.end: m for m in scene.mentions if m.type in LEVELS}
    previous: Mention | None = None
    for mention in places:
        above = _chain_before(mention, ends, scene.text)
        if above is None and previous is not None and _listed_together(previous, mention, scene.text):
            above = found.get(previous)
        if above is not None:
            found[mention] = above
        if mention.type in LEVELS and mention.basis != "inferred":
            previous = mention
    return found


def _chain_before(mention: Mention, ends: Mapping[int, Mention], text: str) -> Mention | None:
    start = mention.start
    for end in range(start, start - LONGEST_LINK - 1, -1):
        if end not in ends:
            continue
        above = ends[end]
        if LEVELS[above.type] < LEVELS.get(mention.type, BELOW_ALL) and (
            end == start or LINK_OF_CHAIN.fullmatch(text, end, start)
        ):
            return above
    return None


def _listed_together(first: Mention, second: Mention, text: str) -> bool:
    return (
        first.type == second.type and first.end < second.start and bool(JOINED.fullmatch(text, first.end, second.start))
    )


def _by_place(mention: Mention, scene: Scene) -> Mention | None:
    """Witnesses that look around, by type."""
    match mention.type:
        case "street":
            return _district(mention, scene)
        case "community":
            return _street(mention, scene) or _district(mention, scene)
        case "estate":
            if not scene.by_type.get("community"):
                return scene.only("street")
            return _community(mention, scene)
        case "organization":
            return _local_body(mention, scene)
        case _:
            return None


def _district(mention: Mention, scene: Scene) -> Mention | None:
    districts = [
        m for m in scene.by_type.get("district", ()) if not COMES_FROM.search(scene.text, max(0, m.start - 8), m.start)
    ]
    names = {m.name for m in districts}
    if len(names) == 1:
        return districts[0]
    return (
        _crosshead(mention, scene, "district")
        or _nearest_before(mention, districts, scene)
        or scene.leading("district")
    )


def _street(mention: Mention, scene: Scene) -> Mention | None:
    streets = [
        m for m in scene.by_type.get("street", ()) if not COMES_FROM.search(scene.text, max(0, m.start - 8), m.start)
    ]
    by_crosshead = _crosshead(mention, scene, "street")
    if by_crosshead is not None:
        return by_crosshead
    if len({m.name for m in streets}) == 1:
        return streets[0]
    return _nearest_before(mention, streets, scene) or scene.leading("street")


def _community(mention: Mention, scene: Scene) -> Mention | None:
    """The community that acts in the sentence, else in the paragraph, else the article's only one."""
    communities = scene.by_type.get("community", ())
    start, end = _sentence(mention.start, scene.text)
    inside = [m for m in communities if start <= m.start < end]
    before = [m for m in inside if m.end <= mention.start]
    if before or inside:
        return before[-1] if before else inside[0]
    only = scene.only("community")
    if COMES_FROM.search(scene.text, max(0, mention.start - 8), mention.start):
        return only if only is not None and only.name[:2] == mention.name[:2] else None
    return _nearest_before(mention, communities, scene) or only or scene.leading("community")


def _owner(mention: Mention, scene: Scene) -> Mention | None:
    """The place that a body's name opens with, or that of the body whose other name it is."""
    name = _without_upper(mention.name, scene)
    owners = [m for m in scene.mentions if LEVELS.get(m.type, 0) > 1 and name.startswith(m.name) and name != m.name]
    if owners:
        return max(owners, key=lambda m: (LEVELS[m.type], len(m.name)))
    for m in scene.by_type.get("district", ()):
        short = short_name(m.name)
        if short != m.name and mention.name.startswith(short) and len(short) > 1:
            return m
    return _before_bracket(mention, scene)


def _without_upper(name: str, scene: Scene) -> str:
    """保定市莲池区税务局 without its city, so that the district opens it."""
    for kind in UPPER:
        above = next((m.name for m in scene.by_type.get(kind, ()) if name.startswith(m.name)), "")
        name = name.removeprefix(above)
    return name


def _before_bracket(mention: Mention, scene: Scene) -> Mention | None:
    """What opens the name of which this one, in brackets, is the other: 桥东区三十中（张家口市育英中学）."""
    if scene.text[max(0, mention.start - 1) : mention.start] not in ("（", "("):
        return None
    twin = next((m for m in scene.by_type.get("organization", ()) if m.end == mention.start - 1), None)
    return _owner(twin, scene) if twin is not None else None


def _local_body(mention: Mention, scene: Scene) -> Mention | None:
    """A team in quotation marks or a practice station is that of the community that acts, else of its street."""
    text = scene.text
    quoted = text[mention.start] in "“《「" or text[mention.start - 1 : mention.start] == "“"
    if not (quoted or mention.name.endswith(LOCAL_BODIES)):
        return None
    communities = scene.by_type.get("community", ())
    near = [m for m in scene.mentions if m.type in ("community", "street")]
    start, _ = _sentence(mention.start, text)
    acting = next((m for m in reversed(near) if start <= m.start < mention.start), None)
    under = _crosshead(mention, scene, "community")
    told = acting or under or _nearest_before(mention, near, scene) or _crosshead(mention, scene, "street")
    told = told or scene.only("community") or _last_before(mention, communities)
    return told or scene.only("street") or scene.leading("street")


def _last_before(mention: Mention, candidates: Sequence[Mention]) -> Mention | None:
    return next((m for m in reversed(candidates) if m.start < mention.start), None)


def _crosshead(mention: Mention, scene: Scene, kind: EntityType) -> Mention | None:
    """The place of the type in the last crosshead before the mention; a caption stands outside of its scope."""
    block = scene.block(mention.start)
    if block is None or block.role == "caption":
        return None
    above: Block | None = None
    for b in scene.article.blocks:
        if b.start > mention.start:
            break
        if b.role == "crosshead":
            above = b
    if above is None:
        return None
    return next((m for m in scene.by_type.get(kind, ()) if above.start <= m.start < above.end), None)


def _nearest_before(mention: Mention, candidates: Sequence[Mention], scene: Scene) -> Mention | None:
    """The last candidate before the mention in its own block, else None."""
    block = scene.block(mention.start)
    low = block.start if block is not None else 0
    return next((m for m in reversed(candidates) if low <= m.start < mention.start), None)


def _sentence(offset: int, text: str) -> tuple[int, int]:
    start = max(text.rfind(c, 0, offset) for c in "。！？\n") + 1
    ends = [at for c in "。！？\n" if (at := text.find(c, offset)) >= 0]
    return start, min(ends, default=len(text))


def ancestors(k: Key, parents: Mapping[Key, Key]) -> Iterator[Key]:
    """The keys above `k`, nearest first; stops where a circle would begin."""
    seen = {k}
    while (k := parents.get(k, k)) not in seen:
        seen.add(k)
        yield k
