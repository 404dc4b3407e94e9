"""Where a name begins. The suffix says where a place's name ends; nothing says where it starts: 在|恒大社区, 组织|永安社区.

Every word boundary before the suffix is a candidate; evidence from both of its sides is weighed and kept: what stands
before (a verb, a preposition, a role noun, the end of the division above), what the name would hold, how long it would
be, whether the gazetteer or the article knows it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from extract.gazetteer import Gazetteer, stem
from extract.lexicon import table
from extract.place_forms import Head, ends_generic, is_generic, is_slogan
from extract.tokens import Words

Ends = Mapping[int, int]
"""Where divisions of a higher level end, each with its start."""

LONGEST = 12
STOPS = frozenset("，。、；：！？…—～“”‘’《》〈〉（）()【】[]{}<>,.;:!?\"'/|\\ \t\r\n　\u2002\u2003·•●■▲◆★☆")
NAME_LIKE = ("ns", "nr", "nz", "nt", "zg", "ng", "g", "j", "x", "nrt", "nrfg")
FUNCTION = ("v", "d", "p", "c", "u", "t", "r", "y", "e", "o")

BARE = frozenset(
    ("社区", "小区", "街道", "村", "镇", "乡", "路", "街", "巷", "广场", "公园", "市场", "商场", "家园", "公寓", "大院")
)
"""Suffixes that are everyday nouns by themselves, so that a verb before them is only a verb: 改善|小区."""
OFFICES = frozenset("局厅署委会司")
CIVIC = frozenset(
    (
        "工人",
        "职工",
        "农民",
        "市民",
        "人民",
        "儿童",
        "少年",
        "青少年",
        "妇女",
        "老年",
        "学生",
        "教师",
        "干部",
        "专家",
        "群众",
    )
)
"""Roles that halls, squares and compounds are named for: 工人文化宫, 市民广场, 教师新村."""
ENDS_NO_CORE = frozenset("向对在从与被把将给让于由往的了着")
ENDS_NO_NAME = ("preposition", "conjunction", "particle")

# What each piece of evidence weighs; a name needs LEAST in all.
LEAST = 2.0
FIRM = 4.0  # before the name: a punctuation mark, a line's beginning, the end of the division above
SURE_WORD, MAY_WORD, MAY_CHARACTER, FUNCTION_WORD, COUNT_WORD, NOUN = (
    4.0,
    1.5,
    0.5,
    2.0,
    1.0,
    0.0,
)  # … a word that stands before names
NAME_WORD, CUT_WORD = -2.0, -2.5  # … a word that may belong to the name; the middle of a word
CUT_BEHIND_FUNCTION = 2.5  # … 对 in a word that the segmenter made of 对恒|大绿洲
HOLDS_SURE, HOLDS_MAY, HOLDS_FUNCTION, HOLDS_FUNCTION_CHARACTER = (
    -4.5,
    -0.7,
    -1.2,
    -3.0,
)  # the name would hold such a word
IN_REGION, IN_COUNTRY, IN_ARTICLE = 6.0, 2.0, 3.0  # the gazetteer or the article knows the name
SLOGAN = -6.0
LENGTH = (
    0.0,
    -3.0,
    1.0,
    1.0,
    0.8,
    0.0,
    -0.5,
    -1.2,
    -2.0,
    -3.0,
    -4.0,
    -5.0,
    -6.0,
    -7.0,
)  # by characters before the suffix


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a name begins, how good the evidence is, and whether the gazetteer has it in the region."""

    start: int
    score: float
    in_region: bool
    firm: bool


@cache
def edge_words() -> Mapping[str, tuple[str, bool]]:
    """Words that stand before names: their kind and whether they surely do."""
    return {row["word"]: (row["kind"], row["weight"] == "sure") for row in table("left_edges")}


class LeftEdges:
    """Finds left edges in one article; `region` are codes of the divisions it is about."""

    def __init__(self, words: Words, gaz: Gazetteer, region: Collection[str]) -> None:
        self.words = words
        self.gaz = gaz
        self.region = tuple(stem(code) for code in region)
        self.known: set[str] = set()
        self.upper_short: frozenset[str] = frozenset()

    def floor(self, at: int, ends: Ends) -> int:
        """The leftmost offset a name that ends at `at` can begin: behind punctuation or a division's end."""
        text, low = self.words.text, max(0, at - LONGEST)
        last = max((end for end in ends if end <= at), default=0)
        low = max(low, last)
        offset = at
        while offset > low and text[offset - 1] not in STOPS:
            offset -= 1
        return offset

    def find(self, head: Head, ends: Ends, floor: int | None = None) -> Edge | None:
        """The best edge of the name that `head` ends, or None if no candidate is good enough.

        `ends` are those of divisions above that may stand directly before; `floor` overrides what they say.
        """
        if floor is None:
            floor = self.floor(head.start, ends)
        best: Edge | None = None
        for start in self._candidates(head.start, floor):
            edge = self._weigh(start, head, floor)
            if edge is not None and (best is None or edge.score > best.score):
                best = edge
        return best if best is not None and best.score >= LEAST else None

    def has_in_region(self, name: str) -> bool:
        """Whether the gazetteer has a division of this name in the region."""
        return bool(self.region) and any(code.startswith(self.region) for code in self.gaz.codes(name))

    def _candidates(self, end: int, floor: int) -> list[int]:
        words, text = self.words, self.words.text
        found = [floor] if floor < end else []
        for i in words.between(floor, end):
            start = words.starts[i]
            if floor < start < end:
                found.append(start)
            if start >= floor and start + 1 < end and len(words.words[i]) > 1 and self._opens(text[start]):
                found.append(start + 1)
        return found

    @staticmethod
    def _opens(char: str) -> bool:
        return char in "在对从把将被让给由于与及的去到赴"

    def _weigh(self, start: int, head: Head, floor: int) -> Edge | None:
        core = self.words.text[start : head.start]
        name = core + head.suffix
        in_region = self.has_in_region(name) and (len(core) > 1 or start == floor)
        known = name in self.known
        if not in_region and not known and self._never_names(start, core, head, floor):
            return None
        before, firm = self._before(start, floor)
        score = before + self._held(start, head) + LENGTH[min(len(core), len(LENGTH) - 1)]
        if in_region:
            score += IN_REGION
        elif len(core) > 1 and name in self.gaz:
            score += IN_COUNTRY
        if known:
            score += IN_ARTICLE
        if is_slogan(core, head.kind) and not in_region:
            score += SLOGAN
        return Edge(start, score, in_region, firm)

    def _never_names(self, start: int, core: str, head: Head, floor: int) -> bool:
        """Whether the core is a generic word, ends in one, or is made of verbs, particles and roles only."""
        chained = start == floor > 0 and self.words.text[start - 1] not in STOPS
        if is_generic(core, head.kind) or core[-1] in ENDS_NO_CORE:
            return True
        if head.type != "venue" and ends_generic(core, head.kind):
            return True
        if core in self.upper_short and head.type in ("street", "community"):
            return True  # 江岸、武昌社区: communities of the districts
        words, last = self.words, self.words.at(head.start)
        if start <= words.starts[last] < head.start and is_generic(
            words.text[words.starts[last] : head.start], head.kind
        ):
            return True
        inside = words.between(start, head.start)
        end_word, end_tag = words.words[inside[-1]], words.tags[inside[-1]]
        if (
            words.starts[last] == head.start and edge_words().get(end_word, ("", False))[0] in ENDS_NO_NAME
        ) or end_tag in ("p", "uj", "ul"):
            return True
        return all(
            self._is_function(i, head, chained) or (words.tags[i] != "m" and is_generic(words.words[i], head.kind))
            for i in inside
        )

    def _is_function(self, i: int, head: Head, chained: bool) -> bool:
        word, tag = self.words.words[i], self.words.tags[i]
        kind, sure = edge_words().get(word, ("", False))
        if kind and (sure or len(word) == 1):
            return not (word in CIVIC and head.suffix not in ("社区", "小区"))
        if (
            kind
            or chained
            or not tag.startswith(FUNCTION)
            or tag == "vn"
            or head.suffix not in BARE
            or self.words.starts[i + 1] > head.start
        ):
            return False
        # 改善小区环境 governs a noun; what only looks like a verb (国购社区与…) is followed by anything else
        begins_clause = tag == "v" and (i == 0 or self.words.words[i - 1][-1] in STOPS)
        after = self.words.at(head.end) if head.end < len(self.words.text) else -1
        return not begins_clause or (after >= 0 and self.words.tags[after].startswith("n"))

    def _before(self, start: int, floor: int) -> tuple[float, bool]:
        """What the word before the edge says, and whether that settles it."""
        words = self.words
        if start == 0 or words.text[start - 1] in STOPS:
            return FIRM, True
        if start == floor and start > 0 and words.text[start - 1] in "省市区县旗州盟镇乡道办村":
            return FIRM, True
        at = words.at(start - 1)
        word, tag = words.words[at], words.tags[at]
        inside = words.starts[at + 1] != start
        if inside:
            return (CUT_BEHIND_FUNCTION if self._opens(words.text[start - 1]) else CUT_WORD), False
        if word in edge_words():
            sure = edge_words()[word][1]
            return (SURE_WORD if sure else MAY_WORD if len(word) > 1 else MAY_CHARACTER), sure
        if word[-1] in edge_words() and len(word) > 2 and edge_words()[word[-1]][1]:
            return FUNCTION_WORD, False
        if tag == "m" or tag == "q":
            return COUNT_WORD, False
        if tag.startswith(FUNCTION):
            return (FUNCTION_WORD if len(word) > 1 else 0.0), False
        if tag in NAME_LIKE or len(word) == 1:
            return NAME_WORD, False
        return NOUN, False

    def _held(self, start: int, head: Head) -> float:
        """What the words that the name would hold say against it."""
        words, score, end = self.words, 0.0, head.start
        first = words.words[words.at(start)]
        if (
            len(first) > 1
            and self._opens(first[0])
            and words.begins(start)
            and end - start > 2
            and first not in edge_words()
        ):
            score += HOLDS_FUNCTION_CHARACTER
        for i in words.between(start, end):
            word, tag = words.words[i], words.tags[i]
            if words.starts[i] < start:
                word = words.text[start : min(end, words.starts[i + 1])]
            elif words.starts[i + 1] > end:
                continue
            entry = edge_words().get(word)
            if word in CIVIC and head.suffix not in ("社区", "小区"):
                continue
            if entry is not None:
                opens_short_name = len(word) == 1 and i == words.at(start) and end - start == 2
                score += HOLDS_MAY if opens_short_name or not entry[1] else HOLDS_SURE
            elif len(word) > 2 and word[-1] in OFFICES:
                score += HOLDS_SURE
            elif tag.startswith(FUNCTION):
                score += HOLDS_FUNCTION if len(word) > 1 else HOLDS_MAY
        return score
