"""Where a name begins. The suffix says where it ends; nothing says where it starts: 在|锦绣社区, 组织|永宁社区.

Every word boundary before the suffix is a candidate; evidence from both of its sides is weighed and kept: what stands
before (a verb, a preposition, a role noun, the end of the division above), what the name would hold, how long it would
be, whether the gazetteer or the article knows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extract.gazetteer import Gazetteer, any_inside
from extract.name_words import CIVIC, FUNCTION, NO_EDGE, STOPS, edge_words, in_pieces, never_names, surnames
from extract.place_forms import Head
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
OPENING = frozenset("在对从把将被让给由于与及的去到赴为向有")
"""Characters that open a name's surroundings even where the segmenter takes them into a word: 对恒|大绿洲."""
COMPOUNDS = frozenset(("venue", "road", "estate"))
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
    """Finds left edges in one article; `region` are the divisions it is about, as the gazetteer numbers them."""

    def __init__(self, words: Words, gaz: Gazetteer, region: tuple[range, ...]) -> None:
        self.words = words
        self.gaz = gaz
        self.region = region
        self.known: set[str] = set()
        self.siblings: set[int] = set()  # ends of communities and villages found so far
        self.ended: set[int] = set()  # ends of all places found so far below the streets
        self._knows = dictionary().knows
        self._edge_words = edge_words()
        self.upper_short: frozenset[str] = frozenset()
        self._short_name_at: frozenset[int] = frozenset()

    def bar_short_names(self, names: Iterable[str]) -> None:
        """Let no suffix inside these end a name: the 乡 of 西乡塘|派出所 where 西乡塘区 is meant."""
        text = self.words.text
        inside: set[int] = set()
        for name in names:
            if SHORT_SUFFIXES.isdisjoint(name[:-1]):
                continue
            at = text.find(name)
            while at >= 0:
                inside.update(range(at + 1, at + len(name)))
                at = text.find(name, at + 1)
        self._short_name_at = frozenset(inside)

    def inside_short_name(self, head: Head) -> bool:
        """Whether the suffix ends in the middle of a division's short name."""
        return head.end in self._short_name_at

    def floor(self, at: int, ends: Ends) -> int:
        """The leftmost offset a name that ends at `at` can begin: behind punctuation or a division's end."""
        text, low = self.words.text, max(0, at - LONGEST)
        for offset in range(at, low, -1):
            if offset in ends or text[offset - 1] in STOPS:
                return offset
        return low

    def find(self, head: Head, ends: Ends, floor: int | None = None) -> Edge | None:
        """The best edge of the name that `head` ends, or None if no candidate is good enough.

        `ends` are those of divisions above that may stand directly before; `floor` overrides what they say.
        """
        if floor is None:
            floor = self.floor(head.start, ends)
        if floor >= head.start:
            return None
        best: Edge | None = None
        least, chained = LEAST, floor in ends
        candidates = self._candidates(head.start, floor)
        for start in candidates:
            edge = self._weigh(start, head, floor, chained and start == floor, least)
            if edge is not None and (best is None or edge.score > best.score):
                best, least = edge, edge.score
        return best

    def is_listed(self, start: int) -> bool:
        """Whether a community and a 、 or 和 stand before `start`: 红星社区、|团结社区."""
        return start - 1 in self.siblings and self.words.text[start - 1] in LISTING

    def has_in_region(self, name: str) -> bool:
        """Whether the gazetteer has a division of this name in the region."""
        return bool(self.region) and any_inside(self.gaz.numbers(name), self.region)

    def _candidates(self, end: int, floor: int) -> list[int]:
        """Where a name that ends at `end` may begin: with a word, behind what the segmenter hides in one."""
        words, text = self.words, self.words.text
        found, hidden = [floor], list[int]()
        for i in words.between(floor, end):
            start, word = words.starts[i], words.words[i]
            if start > floor:
                found.append(start)
            if len(word) > 1:
                if start >= floor and start + 1 < end and word[0] in OPENING and word not in self._edge_words:
                    found.append(start + 1)
                for at in range(start + 1, start + len(word)):
                    if floor + 1 < at < end - 1 and self._ends_verb(at):
                        hidden.append(at)
        found += hidden
        if not JOINS.isdisjoint(text[floor + 1 : end - 1]):
            joined = [at + 1 for at in range(floor + 1, end - 1) if self._joins(at)]
            found += joined
            if self._in_list(floor):
                found.extend(at + 1 for at in range(floor + 1, end - 2) if text[at] in JOINS)
            if joined:  # a name from before the last would hold two places
                found = [start for start in found if start >= joined[-1] - 1]
        return found

    def _joins(self, at: int) -> bool:
        """Whether a 和 at `at` joins another place to what ends there: 粮库家属院和|芳园小区; not 幸福里和|平小区."""
        text = self.words.text
        return text[at] in JOINS and at in self.ended and not self._knows(text[at : at + 2])

    def _ends_verb(self, at: int) -> bool:
        """Whether a verb or preposition ends at `at`, in the middle of a word: 家|住勤|兴社区."""
        kind, sure = self._edge_words.get(self.words.text[at - 2 : at], NO_EDGE)
        return sure and kind in ("verb", "preposition")

    def _in_list(self, floor: int) -> bool:
        """Whether a 、 stands before the stretch, so that a 和 in it joins the list's last member."""
        return floor > 0 and self.words.text[floor - 1] == "、"

    def _weigh(self, start: int, head: Head, floor: int, at_division: bool, least: float) -> Edge | None:
        """The edge at `start` with all evidence added up; None if that is below `least` or nothing there can name."""
        core = self.words.text[start : head.start]
        name, short = core + head.suffix, len(core) == 1
        known = name in self.known
        before, firm = (FIRM, True) if at_division else self._before(start, floor)
        length = LENGTH[min(len(core), len(LENGTH) - 1)]
        village = SHORT_VILLAGE if short and not head.strong else 0.0
        article = IN_ARTICLE if known else 0.0
        if before + length + village + IN_REGION + article < least and not self._behind_short_name(start):
            return None  # whatever the gazetteer says; all else only takes away
        divisions = self.gaz.numbers(name)
        in_region = not (short and start > floor) and any_inside(divisions, self.region)
        in_country = bool(divisions) and not (short and head.strong)
        if divisions and not at_division and self._in_named_division(start, divisions):
            before, firm, in_country = FIRM, True, True
        table = IN_REGION if in_region else IN_COUNTRY if in_country else 0.0
        if before + length + village + table + article < least:
            return None
        if not in_region and not known:
            if head.type != "venue" and head.generic.ends(self.words.text, floor, head.start):
                return None
            if core in self.upper_short and head.type in ("street", "community"):
                return None  # 江岸、武昌社区: communities of the districts
            if never_names(self.words, start, head, at_division, listed=bool(divisions) and not short):
                return None
        remembered = head.suffix in MEMORIALS and len(core) < 5 and core[0] in surnames()
        accidents = in_region or (at_division and (in_country or self._broken(start, head)))
        held = 0.0 if remembered else self._held(start, head) * (ACCIDENT if accidents else 1.0)
        joined = HOLDS_FUNCTION_CHARACTER if not JOINS.isdisjoint(core[1:-2]) and self._in_list(floor) else 0.0
        praise = core in head.generic.slogans and not (in_region or at_division or self.is_listed(start))
        score = before + held + length + village + joined + table + article + (SLOGAN if praise else 0.0)
        return Edge(start, score, in_region, firm) if score >= least else None

    def _broken(self, start: int, head: Head) -> bool:
        """Whether the segmenter left nothing but single characters: 那|日|图|社区."""
        inside = self.words.between(start, head.start)
        return len(inside) > 2 and in_pieces(self.words, inside)

    def _behind_short_name(self, start: int) -> bool:
        """Whether a word that may be the short name of a division stands right before: 苏州|娄葑街道."""
        i = self.words.at(start - 1) if start else -1
        return i >= 0 and self.words.tags[i] == "ns" and self.words.starts[i + 1] == start

    def _in_named_division(self, start: int, divisions: tuple[int, ...]) -> bool:
        """Whether the short name of a division that holds one of `divisions` stands right before."""
        if not self._behind_short_name(start):
            return False
        short = self.words.words[self.words.at(start - 1)]
        above = (code for full in self.gaz.full_names(short) for code in self.gaz.upper_codes(full))
        return any_inside(divisions, map(self.gaz.region, above))

    def _before(self, start: int, floor: int) -> tuple[float, bool]:
        """What the word before the edge says, and whether that settles it."""
        words = self.words
        if start == 0:
            return FIRM, True
        char = words.text[start - 1]
        if char in STOPS:
            # 古丽·艾山|夸社区: the rest of a person's name
            return (NAME_WORD, False) if char in DOTS else (FIRM, True)
        if char in JOINS and (self._in_list(floor) or self._joins(start - 1)):
            return SURE_WORD, True
        at = words.at(start - 1)
        word, tag = words.words[at], words.tags[at]
        if words.starts[at + 1] != start:
            if self._ends_verb(start):
                return FUNCTION_WORD + CUT_BEHIND_FUNCTION, True
            return (CUT_BEHIND_FUNCTION if char in OPENING else CUT_WORD), False
        if word in self._edge_words:
            kind, sure = self._edge_words[word]
            opens = words.starts[at]
            at_once = opens in (0, floor) or words.text[opens - 1] in STOPS or words.text[opens - 1] in JOINS
            if kind == "verb" and not sure and at_once and word not in TOGETHER:
                return 0.0, False  # 、|革新|东街社区: right behind a stop the verb rather opens the name
            if tag == "p" and not sure:
                return FUNCTION_WORD, False
            return (SURE_WORD if sure else MAY_WORD if len(word) > 1 else MAY_CHARACTER), sure
        if len(word) > 2 and tag.startswith("nr") and self._edge_words.get(word[-2:], NO_EDGE) == ("verb", True):
            return SURE_WORD, True  # 车开进|北湖夜市: the segmenter took the verb for a name
        if len(word) > 2 and self._edge_words.get(char, NO_EDGE)[1]:
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
        holds_civic = head.suffix not in ("社区", "小区")
        for i in words.between(start, end):
            word, tag = words.words[i], words.tags[i]
            if words.starts[i] < start:
                word = words.text[start : min(end, words.starts[i + 1])]
            elif words.starts[i + 1] > end:
                continue
            entry = self._edge_words.get(word)
            if entry is None and len(word) > 1 and word[0] in OPENING and end - start > 2 and words.begins(start):
                score += HOLDS_FUNCTION_CHARACTER
            if word in UNITS and head.type in COMPOUNDS:
                score += HOLDS_SURE
            if holds_civic and word in CIVIC:
                continue
            if entry is not None:
                opens_short_name = end - start == 2 and words.starts[i] == start and word in JOINS
                score += HOLDS_MAY if opens_short_name or not entry[1] else HOLDS_SURE
            elif len(word) > 2 and word[-1] in OFFICES and head.suffix not in SITES:
                score += HOLDS_SURE
            elif tag.startswith(FUNCTION):
                verb = tag == "v" and len(word) > 1 and head.type in COMPOUNDS
                score += HOLDS_VERB if verb else HOLDS_FUNCTION if len(word) > 1 else HOLDS_MAY
        return score
