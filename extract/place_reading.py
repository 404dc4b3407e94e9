"""One article read suffix by suffix, left to right: which place, list of places or nothing each suffix names.

It is read twice: the plain names first, so that in the second reading they are known wherever else they are printed.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from extract.coordination import SEPARATORS, open_list, summed
from extract.left_edge import Edge, Ends, LeftEdges
from extract.name_words import NUMBERED
from extract.place_context import closes_name, hopeless, supported
from extract.place_forms import VILLAGE, Head
from extract.venues import venue_of_division
from schemas.annotations import EntityType, Mention

RANK: dict[EntityType, int] = {
    "province": 0, "city": 1, "district": 2, "street": 3, "community": 4, "estate": 5, "road": 6, "venue": 6,
}  # fmt: skip
BRANCH = re.compile(r"[(（][^()（）]{1,8}[店馆区站场][)）]")
KNOWN_BY = frozenset(("street", "community"))
UNITS = frozenset(("社区", "街道", "镇", "乡"))
SURE = 6.0

Reader = Callable[[Head, Ends], Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class Settled:
    """A place that the first reading found by itself, in no list, and what that rests on.

    `rivals`: the other names that might end with the same suffix.
    """

    mention: Mention
    floor: int
    chained: bool
    rivals: Sequence[str]

    def stands(self, floor: int, chained: bool, known: Set[str]) -> bool:
        """Whether it is the same in view of the divisions and names that were found since."""
        return floor == self.floor and chained == self.chained and known.isdisjoint(self.rivals)


class Reading:
    """The mentions of one article; `upper` are its provinces, cities and districts.

    `plain` comes first and `all` goes on from what it settled; between them `edges` learns the names that were found.
    """

    def __init__(self, heads: Sequence[Head], edges: LeftEdges, upper: Sequence[Mention]) -> None:
        self._heads = heads
        self._edges = edges
        self._upper = upper
        self._settled: dict[int, Settled] = {}  # by the end of the suffix

    def plain(self) -> tuple[Mention, ...]:
        """Streets and communities whose left edge is beyond doubt; from now on their names are known."""
        found = self._pass((h for h in self._heads if h.strong and h.type in KNOWN_BY), self._first)
        self._edges.known.update(m.name for m in found if m.type in KNOWN_BY)
        return found

    def all(self) -> tuple[Mention, ...]:
        """All mentions."""
        return self._pass(self._heads, self._again)

    def forget(self) -> None:
        """Settle nothing, as the article turned out to be about another region."""
        self._settled.clear()

    def _pass(self, heads: Iterable[Head], read: Reader) -> tuple[Mention, ...]:
        """What `read` makes of each head, left to right."""
        edges, found = self._edges, list(self._upper)
        streets = {m.end: m.start for m in self._upper}
        communities, estates, others = streets.copy(), streets.copy(), streets.copy()
        may_follow = {
            "street": streets, "community": communities, "estate": estates, "road": others, "venue": others,
        }  # fmt: skip
        opens = {"street": (communities, estates, others), "community": (estates, others), "estate": (others,)}
        for head in heads:
            for mention in read(head, may_follow[head.type]):
                found.append(mention)
                if mention.type == "community":
                    edges.siblings.add(mention.end)
                if mention.type != "street":
                    edges.ended.add(mention.end)
                for ends in opens.get(mention.type, ()):
                    ends[mention.end] = mention.start
        return outermost(found)

    def _first(self, head: Head, ends: Ends) -> Sequence[Mention]:
        """A head in the first reading: only what is beyond doubt."""
        edges, text = self._edges, self._edges.words.text
        total = summed(text, head)
        if total is not None and (members := self._members(head, ends, total)):
            return members
        floor = edges.floor(head.start, ends)
        edge = self._edge(head, ends, floor)
        if edge is None or not edge.firm or edge.score < SURE:
            return ()
        mentions = self._named(head, edge, ends)
        alone = total is None and SEPARATORS.isdisjoint(text[max(0, floor - 1) : head.start])
        if mentions and alone and edge.start >= floor:
            others = [start for start in range(floor, head.start) if start != edge.start]
            rivals = [text[start : head.start] + head.suffix for start in others]
            self._settled[head.end] = Settled(mentions[-1], floor, floor in ends, rivals)
        return mentions

    def _again(self, head: Head, ends: Ends) -> Sequence[Mention]:
        """A head in the second reading."""
        edges, words = self._edges, self._edges.words
        if (settled := self._settled.get(head.end)) is not None:
            floor = edges.floor(head.start, ends)
            if settled.stands(floor, floor in ends, edges.known):
                return (settled.mention,)
        total = summed(words.text, head)
        if total is not None and (members := self._members(head, ends, total)):
            return members
        if head.type == "venue" and (of_division := venue_of_division(head, ends, words)):
            return (of_division,)
        edge = None if hopeless(head, edges) else self._edge(head, ends, edges.floor(head.start, ends))
        return () if edge is None else self._named(head, edge, ends)

    def _members(self, head: Head, ends: Ends, total: re.Match[str]) -> Sequence[Mention]:
        """The members of a list that `total` sums up before the suffix."""
        if head.strong or self._edges.words.begins(head.end):
            return open_list(head, total.start(), self._edges, ends, total)
        return ()

    def _edge(self, head: Head, ends: Ends, floor: int) -> Edge | None:
        """Where the name that `head` ends begins, which may itself hold a division's suffix.

        琥珀西村|小区; 关帝场镇|社区 only if the region has it.
        """
        edges = self._edges
        edge = edges.find(head, ends, floor)
        if edge is not None or head.start not in ends or head.type not in ("community", "estate"):
            return edge
        edge = edges.find(head, {end: start for end, start in ends.items() if end != head.start})
        holds_village = edges.words.text[head.start - 1] == "村"
        return edge if edge is not None and (edge.in_region or holds_village) else None

    def _named(self, head: Head, edge: Edge, ends: Ends) -> Sequence[Mention]:
        """The place with the name that begins at `edge`, behind those that share its suffix."""
        edges, text = self._edges, self._edges.words.text
        if not closes_name(head, edge, edges, ends) or not supported(head, edge, edges, ends):
            return ()
        core = text[edge.start : head.start]
        name, end = core + _suffix(core, head), head.end
        if head.type == "venue" and (branch := BRANCH.match(text, end)):
            name, end = name + branch.group(), branch.end()
        mention = Mention(edge.start, end, _type(head, edge, name, edges), name)
        before = text[edge.start - 1 : edge.start]
        if before not in SEPARATORS or head.type in ("venue", "road"):
            return (mention,)
        listed = open_list(head, edge.start, edges, ends)
        if not head.strong and before == "、" and not all(m.name in edges.gaz for m in listed):
            return (mention,)  # 南宁路、亚运村: without a conjunction a short suffix is not shared
        return (*listed, mention)


def _suffix(core: str, head: Head) -> str:
    """The suffix that a printed core takes: 永安社区居委会 and 永安居委会 are 永安社区, 高井村村委会 is 高井村."""
    if head.suffix in UNITS and core.endswith(head.suffix) and len(core) > len(head.suffix) + 1:
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


def outermost(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
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
