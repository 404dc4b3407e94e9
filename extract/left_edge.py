"""Where a name begins. The suffix says where it ends; nothing says where it starts: 在|锦绣社区, 组织|永宁社区.

Every word boundary before the suffix is a candidate; evidence from both of its sides is weighed and kept: what stands
before (a verb, a preposition, a role noun, the end of the division above), what the name would hold, how long it would
be, whether the gazetteer or the article knows it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from extract.gazetteer import Gazetteer, inside, stem
from extract.name_words import CIVIC, FUNCTION, STOPS, edge_words, never_names, surnames
from extract.place_forms import Head, ends_generic, is_slogan
from extract.tokens import Words, dictionary

Ends = Mapping[int, int]
"""Where divisions of a higher level end, each with its start."""

LONGEST = 12
NAME_LIKE = ("ns", "nr", "nz", "nt", "zg", "ng", "g", "j", "x", "nrt", "nrfg")

MEMORIALS = ("故居", "旧居", "故里", "纪念馆", "纪念堂", "纪念园")
"""They bear a person's name, which the segmenter may cut into everyday words."""
SITES = ("旧址", "遗址")
OFFICES = frozenset("局厅署委会司")
UNITS = frozenset(("社区", "街道", "小区"))
SHORT_SUFFIXES = frozenset("乡镇村街路巷里园城湾")
JOINS = frozenset("和与及")
TOGETHER = frozenset(("联合", "合作", "协作", "协同"))  # verbs that a body does with another, also right behind a stop
DOTS = frozenset("·•")
LISTING = frozenset("、和与及")

# What each piece of evidence weighs; a name needs LEAST in all.
LEAST = 2.0
# … before the name: a punctuation mark, a line's beginning, the end of the division above; words that stand there
FIRM, SURE_WORD, MAY_WORD, MAY_CHARACTER, FUNCTION_WORD, COUNT_WORD, NOUN = 4.0, 4.0, 1.5, 0.5, 2.0, 1.0, 0.0
# … before it: a word that may belong to the name; the middle of a word; 对 in a word made of 对恒|大绿洲
NAME_WORD, CUT_WORD, CUT_BEHIND_FUNCTION = -2.0, -2.5, 2.5
# … inside it: words that stand before names
HOLDS_SURE, HOLDS_VERB, HOLDS_FUNCTION, HOLDS_MAY, HOLDS_FUNCTION_CHARACTER = -4.5, -2.5, -1.2, -0.7, -3.0
# … inside a name that the region has, where they are the segmenter's accidents; a village may be called 马
ACCIDENT, SHORT_VILLAGE = 0.3, 2.0
# … about it: the gazetteer or the article knows it; it is a slogan; its length without the suffix
IN_REGION, IN_COUNTRY, IN_ARTICLE, SLOGAN = 6.0, 2.0, 3.0, -6.0
LENGTH = (0.0, -3.0, 1.0, 1.0, 0.8, 0.0, -0.5, -1.2, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a name begins, how good the evidence is, and whether the gazetteer has it in the region."""

    start: int
    score: float
    in_region: bool
    firm: bool


class LeftEdges:
    """Finds left edges in one article; `region` are codes of the divisions it is about."""

    def __init__(self, words: Words, gaz: Gazetteer, region: Collection[str]) -> None:
        self.words = words
        self.gaz = gaz
        self.region = tuple(stem(code) for code in region)
        self.known: set[str] = set()
        self.siblings: set[int] = set()  # ends of communities and villages found so far
        self.ended: set[int] = set()  # ends of all places found so far below the streets
        self._knows = dictionary().knows
        self.upper_short: frozenset[str] = frozenset()
        self._short_name_at: frozenset[int] = frozenset()

    def bar_short_names(self, names: Iterable[str]) -> None:
        """Let no suffix inside these end a name: the 乡 of 西乡塘|派出所 where 西乡塘区 is meant."""
        text = self.words.text
        self._short_name_at = frozenset(
            at + i
            for name in set(names)
            if any(c in SHORT_SUFFIXES for c in name[:-1])
            for at in range(len(text) - len(name) + 1)
            if text.startswith(name, at)
            for i in range(1, len(name))
        )

    def inside_short_name(self, head: Head) -> bool:
        """Whether the suffix ends in the middle of a division's short name."""
        return head.end in self._short_name_at

    def floor(self, at: int, ends: Ends) -> int:
        """The leftmost offset a name that ends at `at` can begin: behind punctuation or a division's end."""
        text, low = self.words.text, max(0, at - LONGEST)
        offset = at
        while offset > low and offset not in ends and text[offset - 1] not in STOPS:
            offset -= 1
        return offset

    def find(self, head: Head, ends: Ends, floor: int | None = None) -> Edge | None:
        """The best edge of the name that `head` ends, or None if no candidate is good enough.

        `ends` are those of divisions above that may stand directly before; `floor` overrides what they say.
        """
        if floor is None:
            floor = self.floor(head.start, ends)
        best: Edge | None = None
        chained, last_join = floor in ends, max(self._joined(floor, head.start), default=-1)
        closes_generic = head.type != "venue" and ends_generic(self.words.text[floor : head.start], head.kind)
        for start in self._candidates(head.start, floor):
            if start < last_join:
                continue  # it would hold two places
            edge = self._weigh(start, head, floor, chained, closes_generic)
            if edge is not None and (best is None or edge.score > best.score):
                best = edge
        return best if best is not None and best.score >= LEAST else None

    def is_listed(self, start: int) -> bool:
        """Whether a community and a 、 or 和 stand before `start`: 红星社区、|团结社区."""
        return start - 1 in self.siblings and self.words.text[start - 1] in LISTING

    def has_in_region(self, name: str) -> bool:
        """Whether the gazetteer has a division of this name in the region."""
        codes = self.gaz.codes(name) if self.region else ()
        return bool(codes) and any(code.startswith(self.region) for code in codes)

    def _candidates(self, end: int, floor: int) -> list[int]:
        words, text = self.words, self.words.text
        found = [floor] if floor < end else []
        for i in words.between(floor, end):
            start = words.starts[i]
            if floor < start < end:
                found.append(start)
            if (
                start >= floor
                and start + 1 < end
                and len(words.words[i]) > 1
                and self._opens(text[start])
                and words.words[i] not in edge_words()
            ):
                found.append(start + 1)
        found.extend(at for at in range(floor + 2, end - 1) if self._cut_behind(at) and at not in found)
        found.extend(at + 1 for at in self._joined(floor, end) if at + 1 not in found)
        if self._in_list(floor):
            found.extend(at + 1 for at in range(floor + 1, end - 2) if text[at] in JOINS and at + 1 not in found)
        return found

    def _joined(self, start: int, end: int) -> list[int]:
        """Where a 和 joins a second place to one that ends before it: 粮库家属院和|芳园小区; not 幸福里和|平小区."""
        return [at for at in range(start + 1, end - 1) if self._joins(at)]

    def _joins(self, at: int) -> bool:
        """Whether a place ends at `at` and a 和 there joins another to it."""
        text = self.words.text
        return at in self.ended and text[at] in JOINS and not self._knows(text[at : at + 2])

    def _cut_behind(self, at: int) -> bool:
        """Whether a verb or preposition ends at `at` that the segmenter did not see: 家|住勤|兴社区."""
        kind, sure = edge_words().get(self.words.text[at - 2 : at], ("", False))
        return sure and kind in ("verb", "preposition") and not self.words.begins(at)

    def _in_list(self, floor: int) -> bool:
        """Whether a 、 stands before the stretch, so that a 和 in it joins the list's last member."""
        return floor > 0 and self.words.text[floor - 1] == "、"

    @staticmethod
    def _opens(char: str) -> bool:
        return char in "在对从把将被让给由于与及的去到赴为向有"

    def _weigh(self, start: int, head: Head, floor: int, chained: bool, closes_generic: bool) -> Edge | None:
        core = self.words.text[start : head.start]
        name = core + head.suffix
        in_region = self.has_in_region(name) and (len(core) > 1 or start == floor)
        known = name in self.known
        at_division = chained and start == floor
        if not in_region and not known and (closes_generic or self._never_names(start, head, at_division)):
            return None
        in_country = name in self.gaz and (len(core) > 1 or not head.strong)
        before, firm = (FIRM, True) if at_division else self._before(start, floor)
        if not at_division and self._in_named_division(start, name):
            before, firm, in_country = FIRM, True, True
        joined = self._in_list(floor) and any(c in JOINS for c in core[1:-2])
        remembered = head.suffix in MEMORIALS and len(core) < 5 and core[0] in surnames()
        accidents = in_region or (at_division and (in_country or self._broken(start, head)))
        held = 0.0 if remembered else self._held(start, head) * (ACCIDENT if accidents else 1.0)
        score = before + held + LENGTH[min(len(core), len(LENGTH) - 1)]
        if len(core) == 1 and not head.strong:
            score += SHORT_VILLAGE
        score += HOLDS_FUNCTION_CHARACTER if joined else 0.0
        if in_region:
            score += IN_REGION
        elif in_country:
            score += IN_COUNTRY
        if known:
            score += IN_ARTICLE
        if is_slogan(core, head.kind) and not (in_region or at_division or self.is_listed(start)):
            score += SLOGAN
        return Edge(start, score, in_region, firm)

    def _broken(self, start: int, head: Head) -> bool:
        """Whether the segmenter left nothing but single characters: 那|日|图|社区."""
        inside_name = self.words.between(start, head.start)
        return len(inside_name) > 2 and all(len(self.words.words[i]) == 1 for i in inside_name)

    def _in_named_division(self, start: int, name: str) -> bool:
        """Whether the short name of a division that has `name` stands right before: 苏州|娄葑街道."""
        i = self.words.at(start - 1) if start else -1
        if i < 0 or self.words.tags[i] != "ns" or self.words.starts[i + 1] != start or name not in self.gaz:
            return False
        above = {c for full in self.gaz.full_names(self.words.words[i]) for c in self.gaz.codes(full) if len(c) == 6}
        return any(inside(self.gaz.codes(name), code) for code in above)

    def _never_names(self, start: int, head: Head, chained: bool) -> bool:
        core = self.words.text[start : head.start]
        if core in self.upper_short and head.type in ("street", "community"):
            return True  # 江岸、武昌社区: communities of the districts
        return never_names(self.words, start, head, chained, listed=len(core) > 1 and core + head.suffix in self.gaz)

    def _before(self, start: int, floor: int) -> tuple[float, bool]:
        """What the word before the edge says, and whether that settles it."""
        words = self.words
        if start and words.text[start - 1] in DOTS:
            return NAME_WORD, False  # 古丽·艾山|夸社区: the rest of a person's name
        if start == 0 or words.text[start - 1] in STOPS:
            return FIRM, True
        if self._in_list(floor) and words.text[start - 1] in JOINS:
            return SURE_WORD, True
        if self._joins(start - 1):
            return SURE_WORD, True
        at = words.at(start - 1)
        word, tag = words.words[at], words.tags[at]
        inside = words.starts[at + 1] != start
        if inside:
            if self._cut_behind(start):
                return FUNCTION_WORD + CUT_BEHIND_FUNCTION, True
            return (CUT_BEHIND_FUNCTION if self._opens(words.text[start - 1]) else CUT_WORD), False
        if word in edge_words():
            kind, sure = edge_words()[word]
            opens = words.starts[at]
            at_once = opens in (0, floor) or words.text[opens - 1] in STOPS or words.text[opens - 1] in JOINS
            if kind == "verb" and not sure and at_once and word not in TOGETHER:
                return 0.0, False  # 、|革新|东街社区: right behind a stop the verb rather opens the name
            if tag == "p" and not sure:
                return FUNCTION_WORD, False
            return (SURE_WORD if sure else MAY_WORD if len(word) > 1 else MAY_CHARACTER), sure
        if len(word) > 2 and tag.startswith("nr") and edge_words().get(word[-2:], ("", False)) == ("verb", True):
            return SURE_WORD, True  # 车开进|北湖夜市: the segmenter took the verb for a name
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
        for i in words.between(start, end):
            word, tag = words.words[i], words.tags[i]
            if words.starts[i] < start:
                word = words.text[start : min(end, words.starts[i + 1])]
            elif words.starts[i + 1] > end:
                continue
            entry = edge_words().get(word)
            if entry is None and len(word) > 1 and self._opens(word[0]) and end - start > 2 and words.begins(start):
                score += HOLDS_FUNCTION_CHARACTER
            if word in UNITS and head.type in ("venue", "road", "estate"):
                score += HOLDS_SURE
            if word in CIVIC and head.suffix not in ("社区", "小区"):
                continue
            if entry is not None:
                opens_short_name = end - start == 2 and words.starts[i] == start and word in JOINS
                score += HOLDS_MAY if opens_short_name or not entry[1] else HOLDS_SURE
            elif len(word) > 2 and word[-1] in OFFICES and head.suffix not in SITES:
                score += HOLDS_SURE
            elif tag.startswith(FUNCTION):
                verb = tag == "v" and len(word) > 1 and head.type in ("venue", "road", "estate")
                score += HOLDS_VERB if verb else HOLDS_FUNCTION if len(word) > 1 else HOLDS_MAY
        return score
