"""The grammar of place names' ends: which suffix names which type, and what may not follow it.

Everything here is compiled once from `place_suffixes`, `place_sequels` and `generic_places`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.lexicon import table, words
from schemas.annotations import EntityType

PEOPLES = f"(?:{'|'.join(words('peoples'))})+(?:民族)?(?P<unit>[乡镇]|苏木)"
"""布依族苗族彝族乡: the peoples belong to the suffix."""
PAIRED = re.compile("乡镇|[镇乡](?:街(?!道)|村(?!委))|村(?:居(?!委)|社(?!区))|街(?:镇|居(?!委))")
"""镇街, 镇村, 村居: two kinds in one word, and no name of either."""
TRACK = re.compile("道(?![路教观])")
"""抢通村|道: a village's track, which is no village; but 李家村道路."""
VILLAGE = frozenset(("村", "嘎查"))
OF_TAIWAN = re.compile("(?<![公英海华])里[长民]|里办公|[区市镇乡]公所")
"""Words of Taiwan's boroughs: where they stand a 里 is what a community is elsewhere, else a compound of houses."""
COUNTED = re.compile(
    r"(?:[两数几多各](?:个|家|座|处|条|大)?|(?:[一二三四五六七八九十百]+|\d{1,4})(?:多|余)?(?:[个家座处条站段]|大))乡?"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A place's suffix in the text; the name is what stands before it."""

    start: int
    end: int
    type: EntityType
    suffix: str  # as the full form has it: 街道 for a printed 街道办事处
    strong: bool

    @property
    def kind(self) -> str:
        """The class of words that are generic before it; a village is not a community, a town not a street."""
        if self.type == "community":
            return "village" if self.suffix in VILLAGE else "community"
        if self.type == "street":
            return "town" if self.suffix[-1] in "镇乡" else "street"
        return self.type


@dataclass(frozen=True, slots=True)
class Suffix:
    """One line of `place_suffixes`."""

    type: EntityType
    canonical: str
    strong: bool


@cache
def suffixes() -> Mapping[str, Suffix]:
    """Every suffix with its type."""
    kinds: dict[str, EntityType] = {
        "street": "street",
        "community": "community",
        "estate": "estate",
        "road": "road",
        "venue": "venue",
    }
    return {
        row["suffix"]: Suffix(kinds[row["type"]], row["canonical"] or row["suffix"], row["strength"] == "strong")
        for row in table("place_suffixes")
    }


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    printed = tuple(suffixes())
    return AhoCorasick(list(printed), matchkind=MatchKind.LeftmostLongest), printed


@cache
def _of_streets() -> tuple[str, ...]:
    return tuple(sorted((s for s in suffixes() if s.startswith("街道")), key=len, reverse=True))


PEOPLES_TOWN = re.compile(PEOPLES)


def heads(text: str) -> Iterator[Head]:
    """Every suffix in the text, the longest at a place, in order; whether it ends a name is for the readers to say.

    >>> [(h.start, h.end, h.type, h.suffix) for h in heads("友好街道办事处永宁社区")]
    [(2, 7, 'street', '街道'), (9, 11, 'community', '社区')]
    """
    known, at = suffixes(), 0
    of_taiwan: bool | None = None  # asked once, where a 里 needs it
    automaton, printed = _automaton()
    towns = {m.end(): m for m in PEOPLES_TOWN.finditer(text)} if "族" in text else {}
    for which, start, end in automaton.find_matches_as_indexes(text):
        word = printed[which]
        if start < at:
            continue
        if word[-1] == "街" and text.startswith("道", end):  # 西大|街道, not 西|大街|道
            start = end - 1
            word = next(s for s in _of_streets() if text.startswith(s, start))
            end = start + len(word)
        at = end
        if end in towns:
            town = towns[end]
            yield Head(town.start(), end, "street", town.group(), True)
            continue
        suffix = known[word]
        if word == "里" and of_taiwan is None:
            of_taiwan = OF_TAIWAN.search(text) is not None
        borough = word == "里" and of_taiwan
        yield Head(start, end, "community" if borough else suffix.type, suffix.canonical, suffix.strong)


@cache
def _sequel_patterns() -> Mapping[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for row in table("place_sequels"):
        for kind in row["undoes"].split():
            found.setdefault(kind, []).append(row["sequel"])
    number = "(?:第?[一二三四五六七八九十\\d]+)?"  # 花园路第二小学
    return {kind: re.compile(number + f"(?:{'|'.join(map(re.escape, sequels))})") for kind, sequels in found.items()}


def undone(text: str, head: Head) -> bool:
    """Whether what follows the suffix takes it into another term.

    >>> text = "东大社区卫生服务中心"  # a health centre
    >>> undone(text, next(heads(text)))
    True
    """
    if PAIRED.match(text, head.end - 1) or (head.suffix == "村" and TRACK.match(text, head.end)):
        return True
    pattern = _sequel_patterns().get(head.type)
    return pattern is not None and pattern.match(text, head.end) is not None and head.suffix not in VILLAGE


@cache
def _generic() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    always: dict[str, set[str]] = {}
    slogans: dict[str, set[str]] = {}
    for row in table("generic_places"):
        for kind in row["always"].split():
            always.setdefault(kind, set()).add(row["word"])
        for kind in row["slogan"].split():
            slogans.setdefault(kind, set()).add(row["word"])
    kinds = set(always) | set(slogans)
    return {kind: (frozenset(always.get(kind, ())), frozenset(slogans.get(kind, ()))) for kind in kinds}


def is_generic(core: str, kind: str) -> bool:
    """Whether `core` before a suffix of `kind` never names: 老旧(小区), 两个(社区), 搜狐(社区)."""
    return core in _generic()[kind][0] or COUNTED.fullmatch(core) is not None


def is_slogan(core: str, kind: str) -> bool:
    """Whether `core` is praise or a programme unless a division holds it: 文明(社区), 幸福(村)."""
    return core in _generic()[kind][1]


@cache
def longest_generic(kind: str) -> int:
    """The length of the longest generic word of a kind."""
    return max(map(len, _generic()[kind][0]))


def ends_generic(core: str, kind: str) -> bool:
    """Whether the end of `core`, two characters or more, is generic: 全国重点(村)."""
    words = _generic()[kind][0]
    return any(core[-n:] in words for n in range(2, min(len(core), longest_generic(kind)) + 1))
