"""Places: from provinces down to estates, roads and venues, by form, by context and by the gazetteer.

The readers it joins, one question each: `upper_divisions` (which districts, cities, provinces), `place_forms` (where
does a name end), `left_edge` (where does it begin), `coordination` (which names share the suffix), `short_forms`
(which words stand for a place named before).
"""

import re
from collections.abc import Collection, Iterator, Sequence

from extract.coordination import open_list, summed, upper_lists
from extract.gazetteer import Gazetteer, gazetteer, short_name
from extract.left_edge import Edge, Ends, LeftEdges
from extract.name_words import NUMBERED
from extract.place_context import closes_name, supported
from extract.place_forms import VILLAGE, Head, heads, undone
from extract.short_forms import short_forms
from extract.tokens import Words
from extract.upper_divisions import upper_divisions
from extract.venues import venue_of_division
from schemas.annotations import EntityType, Mention
from schemas.layout import Article

RANK: dict[EntityType, int] = {
    "province": 0, "city": 1, "district": 2, "street": 3, "community": 4, "estate": 5, "road": 6, "venue": 6,
}  # fmt: skip
BRANCH = re.compile(r"[(（][^()（）]{1,8}[店馆区站场][)）]")
KNOWN_BY = frozenset(("street", "community"))
MANY_COUNTIES = 6
SURE = 6.0


class PlaceReader:
    """Finds the places that an article names."""

    def __init__(self, gaz: Gazetteer | None = None) -> None:
        self.gaz = gaz or gazetteer()

    def read(
        self,
        words: Words,
        article: Article,
        region: Collection[str] = (),
        upper: tuple[Mention, ...] | None = None,
    ) -> tuple[Mention, ...]:
        """Mentions of places, in order, none inside another; `words` are those of its text.

        `region`: codes of divisions that the page or the paper is about, for articles that name none themselves.
        `upper`: the article's provinces, cities and districts, where they have been read already.
        A mention of a body (友好街道办事处) spans what is printed and bears the place's name.
        """
        upper = upper_divisions(words, self.gaz) if upper is None else upper
        edges = LeftEdges(words, self.gaz, self._region(upper) or region)
        upper = _outermost((*upper, *upper_lists(edges)))
        edges.upper_short = frozenset(short_name(m.name) for m in upper)
        edges.bar_short_names((*edges.upper_short, *self._short_names(region)))
        every = list(heads(words.text))
        first = self._pass([h for h in every if h.strong and h.type in KNOWN_BY], upper, edges, firm_only=True)
        edges.known.update(m.name for m in first if m.type in KNOWN_BY)
        if not edges.region:
            edges.region = self._counties_of_streets(first)
        found = self._pass(every, upper, edges)
        return tuple(sorted((*found, *short_forms(words, found, self.gaz)), key=lambda m: (m.start, m.end)))

    def _region(self, upper: Sequence[Mention]) -> tuple[str, ...]:
        """Codes of the lowest divisions named: districts, else cities, else provinces."""
        for kind in ("district", "city", "province"):
            codes = {code for m in upper if m.type == kind for code in self.gaz.codes(m.name) if len(code) == 6}
            if codes:
                return tuple(sorted(codes))
        return ()

    def _short_names(self, region: Collection[str]) -> Iterator[str]:
        return (short_name(name) for code in region if (name := self.gaz.name(code)) is not None)

    def _counties_of_streets(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """The counties that have a street of a name that few have."""
        codes: set[str] = set()
        for name in {m.name for m in mentions if m.type == "street"}:
            counties = {code[:6] for code in self.gaz.codes_of(name, "street")}
            if len(counties) <= MANY_COUNTIES:
                codes |= counties
        return tuple(sorted(codes))

    def _pass(
        self, every: Sequence[Head], upper: Sequence[Mention], edges: LeftEdges, firm_only: bool = False
    ) -> tuple[Mention, ...]:
        """All mentions left to right; with `firm_only` those whose left edge is beyond doubt."""
        found: list[Mention] = list(upper)
        ends: dict[int, dict[int, int]] = {
            rank: {m.end: m.start for m in upper if RANK[m.type] < rank} for rank in RANK.values()
        }
        for head in every:
            for mention in self._read_head(head, ends[RANK[head.type]], edges, firm_only):
                found.append(mention)
                if mention.type == "community":
                    edges.siblings.add(mention.end)
                if RANK[mention.type] >= RANK["community"]:
                    edges.ended.add(mention.end)
                for rank, below in ends.items():
                    if RANK[mention.type] < rank:
                        below[mention.end] = mention.start
        return _outermost(found)

    def _read_head(self, head: Head, ends: Ends, edges: LeftEdges, firm_only: bool) -> Sequence[Mention]:
        """What one suffix names: one place, a list of places, or nothing."""
        text, words = edges.words.text, edges.words
        if undone(text, head) or edges.inside_short_name(head):
            return ()
        total = summed(text, head)
        if (
            total is not None
            and (head.strong or words.begins(head.end))
            and (members := open_list(head, total.start(), edges, ends, total))
        ):
            return members
        if head.type == "venue" and (of_division := venue_of_division(head, ends, words)):
            return (of_division,)
        edge = edges.find(head, ends) or self._through_division(head, ends, edges)
        if edge is None or (firm_only and not (edge.firm and edge.score >= SURE)):
            return ()
        name = text[edge.start : head.start] + _suffix(text[edge.start : head.start], head)
        if not closes_name(head, edge, edges, ends):
            return ()
        if not supported(head, edge, edges, ends):
            return ()
        branch = BRANCH.match(text, head.end) if head.type == "venue" else None
        if branch is not None:
            name += branch.group()
        end = branch.end() if branch else head.end
        mention = Mention(edge.start, end, _type(head, edge, name, edges), name)
        listed = () if head.type in ("venue", "road") else open_list(head, edge.start, edges, ends)
        if not head.strong and text[edge.start - 1] == "、" and not all(m.name in self.gaz for m in listed):
            listed = ()  # 南宁路、亚运村: without a conjunction a short suffix is not shared
        return (*listed, mention)

    @staticmethod
    def _through_division(head: Head, ends: Ends, edges: LeftEdges) -> Edge | None:
        """A name that itself holds a division's suffix: 琥珀西村|小区; 关帝场镇|社区 only if the region has it."""
        if head.start not in ends or head.type not in ("community", "estate"):
            return None
        edge = edges.find(head, {end: start for end, start in ends.items() if end != head.start})
        holds_village = edges.words.text[head.start - 1] == "村"
        return edge if edge is not None and (edge.in_region or holds_village) else None


def _suffix(core: str, head: Head) -> str:
    """The suffix that a printed core takes: 永安社区居委会 and 永安居委会 are 永安社区, 高井村村委会 is 高井村."""
    for unit in ("社区", "村", "街道", "镇", "乡"):
        if head.suffix == unit and core.endswith(unit) and len(core) > len(unit) + 1 and unit != "村":
            return ""
    if head.suffix in VILLAGE and core.endswith("村") and head.end - head.start > 1:
        return ""
    return head.suffix


def _type(head: Head, edge: Edge, name: str, edges: LeftEdges) -> EntityType:
    """A 新村 is a compound unless the region has a village of the name; 琥珀西村, 康平一村 unless any region has."""
    if head.suffix == "村" and len(name) > 3 and name[-2] in NUMBERED and not edge.in_region and name not in edges.gaz:
        return "estate"
    if head.type == "estate" and head.suffix == "新村" and edges.has_in_region(name):
        return "community"
    return head.type


def _outermost(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions in order without those that lie inside or across another; the longer and higher stays."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, RANK[m.type])):
        while kept and kept[-1].end > mention.start and _beats(mention, kept[-1]):
            kept.pop()
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    return tuple(kept)


def _beats(new: Mention, old: Mention) -> bool:
    if new.end > old.end and RANK[new.type] < RANK["street"] <= RANK[old.type]:
        return True  # a district of the gazetteer against a form that runs into it
    return new.end - new.start > old.end - old.start
