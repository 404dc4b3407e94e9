"""What organizations' names are made of: endings by kind, the words that say what a body is for, and generic ones."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.lexicon import table, words
from extract.name_words import known_word

Rule = Literal["any", "body", "owner", "proper", "number"]
RULES: dict[str, Rule] = {"any": "any", "body": "body", "owner": "owner", "proper": "proper"}

NUMBERED = re.compile(
    r"""
    (?<!一老)
    (?:第[一二三四五六七八九十百零]{1,4}|(?<![\d.])\d{1,3}|(?<![一二三四五六七八九十百])[一二三四五六七八九十百]{1,4})
    (?:中|小|校|幼|院)
    (?![学心间午国小时区组型孩等期级长队央年月日号层部旬途断式药医文华外东西南北原肯和、])
    """,
    re.VERBOSE,
)
"""Schools and hospitals by number: 二十一中, 46校, 第三小. Not 三小时, 二中心, nor 一老一小, the old and the young."""
NUMBER_ENDING = re.compile(r"[中小校幼院](?<=[一二三四五六七八九十百零\d].)")
"""What stands in every such name and in few texts."""

QUOTED = re.compile(
    r"""
    “(?P<whole>[^“”，。！？、；：\s]{2,10}(?:队|团|调解室|议事厅|工作室|会客厅|联盟|合作社|服务社|帮帮忙))”
    | ”(?P<kind>[\u4e00-\u9fff]{0,6}(?:队(?![伍员长友形])|团(?![结队圆])|服务社|联盟|综合体|调解室|工作室))
    """,
    re.VERBOSE,
)
"""Teams and rooms that quotation marks name, whatever they end in: “桂花树下议事厅”, “金剪刀”理发队."""

DEPARTMENT = re.compile(r"(?:大学|学院)[\u4e00-\u9fff]{2,9}?系(?![统列数])")
"""A university's department: 师范大学|历史文化系."""

CROSSED = ("联合国网", "联合国土", "联合国资", "联合国税", "联合国企", "联合国药", "联合国防", "联合国有", "联合国道")
"""联合|国网: the verb and a body, not 联合国."""
SITES = ("旧址", "故址", "遗址", "原址")
PLACE_NAMING = frozenset({"school", "university", "company", "hospital"})
PLACE_TAILS = ("家属", "宿舍", "小区", "社区", "街道", "路口", "地铁", "公交站", "新村")

ORDINAL = re.compile(r"(?:第?[一二三四五六七八九十百零]{1,4}|第?\d{1,3})$")


@dataclass(frozen=True, slots=True)
class Head:
    """An ending at [start, end): what kind of body it is and what its name needs."""

    start: int
    end: int
    kind: str
    rule: Rule


class OrganizationForms:
    """The lexicons of endings and inner words. Stateless after loading."""

    def __init__(self) -> None:
        rows = table("organization_suffixes")
        self._rows: dict[str, tuple[str, Rule]] = {r["suffix"]: (r["kind"], RULES[r["stem"]]) for r in rows}
        everyday = [word for word in words("everyday_endings") if word not in self._rows]
        self._suffixes = (*self._rows, *everyday)  # 骗局 is found where 局 would be, and then left out
        self._heads = AhoCorasick(list(self._suffixes), matchkind=MatchKind.LeftmostLongest)
        self._modifiers = frozenset(words("organization_modifiers"))
        self._generic = frozenset(words("generic_stems"))
        self._national = frozenset(words("national_prefixes"))
        self.known = frozenset(words("known_organizations"))
        self._known = AhoCorasick(list(self.known), matchkind=MatchKind.LeftmostLongest)
        self._sequels = {r["suffix"]: tuple(r["sequels"].split()) for r in table("organization_sequels")}
        self._epithets = frozenset(words("team_epithets"))
        self.is_word = known_word()
        self._edges = frozenset(words("organization_edges")) | frozenset(
            r["word"] for r in table("left_edges") if r["weight"] == "sure"
        )

    def heads(self, text: str) -> list[Head]:
        """Every ending in `text`, left to right; of two that begin together the longer.

        >>> forms = OrganizationForms()
        >>> text = "走进银川二十一中，邀请派出所"  # went into Yinchuan No. 21 School, invited the police station
        >>> [h.kind for h in forms.heads(text)]
        ['school', 'police']
        """
        found = [
            Head(start, end, *self._rows[self._suffixes[which]])
            for which, start, end in self._heads.find_matches_as_indexes(text)
            if self._suffixes[which] in self._rows
            and not text.startswith(self._sequels.get(self._suffixes[which], ("\n\n",)), end)
            and not (text[end - 1] in "部局厅" and text.startswith("长", end))
        ]
        if NUMBER_ENDING.search(text):
            taken = {i for h in found for i in range(h.start, h.end)}
            for m in NUMBERED.finditer(text):
                if taken.isdisjoint(range(m.start(), m.end())):
                    kind = "school" if m.group()[-1] != "院" else "hospital"
                    found.append(Head(m.end() - 1, m.end(), kind, "number"))
        found.extend(self._quoted(text, {h.end for h in found}))
        found.extend(Head(m.end() - 1, m.end(), "university", "owner") for m in DEPARTMENT.finditer(text))
        return sorted(found, key=lambda h: h.start)

    @staticmethod
    def _quoted(text: str, known: Container[int]) -> Iterator[Head]:
        """What ends in 队, 团 and the like inside or right behind quotation marks and in no ending of the lexicon."""
        for m in QUOTED.finditer(text):
            group = "whole" if m["whole"] else "kind"
            start, end = m.span(group)
            if end not in known:
                yield Head(end - 1 if m["whole"] else start, end, "team", "body")

    def known_names(self, text: str) -> Iterator[tuple[int, int]]:
        """Where organizations stand that count by name alone (国务院, 新华社)."""
        for _, start, end in self._known.find_matches_as_indexes(text):
            if not (text[end - 1] in "部局厅" and text.startswith("长", end)) and not text.startswith(CROSSED, start):
                yield start, end

    def modifier_before(self, text: str, end: int, floor: int) -> int:
        """The start of the longest inner word that ends at `end`, or `end`."""
        return self._longest(self._modifiers, text, end, floor, 11)

    def national_before(self, text: str, end: int, floor: int) -> int:
        """The start of a word like 中国, 国家 that ends at `end`, or `end`."""
        start = self._longest(self._national, text, end, floor, 7)
        return end if text.startswith(CROSSED, start) else start

    def opens_national(self, text: str, start: int) -> bool:
        """Whether a word like 中国, 国家 begins at `start`."""
        return any(text[start : start + size] in self._national for size in range(7, 1, -1))

    def is_edge(self, word: str) -> bool:
        """Whether a word stands before names and belongs to none."""
        return word in self._edges

    def is_generic(self, stem: str) -> bool:
        """Whether what stands before an ending makes it no name (辖区, 附近, 三甲), alone or as its beginning."""
        return stem in self._generic

    @staticmethod
    def crossed(text: str, start: int) -> bool:
        """Whether the 联合国 at `start` is the verb 联合 and the beginning of a name."""
        return text.startswith(CROSSED, start)

    def is_known(self, name: str) -> bool:
        """Whether a body counts by its name alone (国务院, 建设银行)."""
        return name in self.known

    def is_epithet(self, stem: str) -> bool:
        """Whether a word of praise makes a team's name where the ending tells a trade: 爱心|义剪队."""
        return stem in self._epithets

    def is_modifier(self, word: str) -> bool:
        """Whether a word only says what a body is for."""
        return word in self._modifiers

    @staticmethod
    def part_of_place(text: str, head: Head) -> bool:
        """Whether the name goes on as a place's: 机械厂|家属院, 红旗中学|社区, 邮局|旧址. Not 派出所|社区民警."""
        return text.startswith(SITES, head.end) or (
            head.kind in PLACE_NAMING and text.startswith(PLACE_TAILS, head.end)
        )

    @staticmethod
    def _longest(words: frozenset[str], text: str, end: int, floor: int, most: int) -> int:
        for size in range(min(most, end - floor), 1, -1):
            if text[end - size : end] in words:
                return end - size
        return end
