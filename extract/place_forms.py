"""The grammar of place names' ends: which suffix names which type, and what may not follow it.

Everything here is compiled once from `place_suffixes` and `place_sequels`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.any_word import any_word
from extract.generic_places import Generic, generic
from extract.lexicon import table, words
from schemas.annotations import EntityType

PEOPLES = f"(?:{'|'.join(words('peoples'))})+(?:民族)?(?P<unit>[乡镇]|苏木)"
"""布依族苗族彝族乡: the peoples belong to the suffix."""
PAIRED = (
    "(?<=乡)镇|(?<=[镇乡])(?:街(?!道)|村(?!委))|(?<=村)(?:居(?!委)|社(?!区))|(?<=街)(?:镇|居(?!委))"
    "|(?<=村)道(?![路教观])|(?<=居)民"
)
"""镇|街, 镇|村, 村|居: two kinds in one word, and no name of either; 村|道 is a track (李家村|道路 is not); 名居|民."""
NUMBER = "(?:第?[一二三四五六七八九十\\d]+)?"
"""What may stand between a suffix and what undoes it: 花园路第二小学."""
ESTATE = "小区"
VILLAGE = frozenset(("村", "嘎查"))
OF_TAIWAN = re.compile("(?<![公英海华])里[长民]|里办公|[区市镇乡]公所")
"""Words of Taiwan's boroughs: where they stand a 里 is what a community is elsewhere, else a compound of houses."""


@dataclass(frozen=True, slots=True)
class Head:
    """A place's suffix in the text; the name is what stands before it."""

    start: int
    end: int
    type: EntityType
    suffix: str  # as the full form has it: 街道 for a printed 街道办事处
    strong: bool
    generic: Generic


@dataclass(frozen=True, slots=True)
class Suffix:
    """One line of `place_suffixes`."""

    type: EntityType
    canonical: str
    strong: bool
    generic: Generic
    undone: re.Pattern[str]  # by what follows it


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
        row["suffix"]: _suffix(kinds[row["type"]], row["canonical"] or row["suffix"], row["strength"] == "strong")
        for row in table("place_suffixes")
    }


def _suffix(kind: EntityType, canonical: str, strong: bool = True) -> Suffix:
    """A suffix with what is generic before it; that of villages differs from that of communities."""
    words: str = kind
    if kind == "community" and canonical in VILLAGE:
        words = "village"
    elif kind == "street" and canonical[-1] in "镇乡":
        words = "town"
    return Suffix(kind, canonical, strong, generic(words), _undoing(words))


@cache
def _of_estate(canonical: str) -> Suffix:
    """A compound's suffix with 小区 behind it: 江畔|名都小区."""
    return _suffix("estate", canonical + ESTATE)


@cache
def _borough() -> Suffix:
    """A 里 of Taiwan."""
    return _suffix("community", "里", suffixes()["里"].strong)


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    printed = tuple(suffixes())
    return AhoCorasick(list(printed), matchkind=MatchKind.LeftmostLongest), printed


@cache
def _of_streets() -> tuple[str, ...]:
    return tuple(sorted((s for s in suffixes() if s.startswith("街道")), key=len, reverse=True))


PEOPLES_TOWN = re.compile(PEOPLES)


def heads(text: str) -> Iterator[Head]:
    """Every suffix in the text, the longest at a place, in order, but those that what follows takes into another term.

    Whether it ends a name is for the readers to say.

    >>> [(h.start, h.end, h.type, h.suffix) for h in heads("友好街道办事处永宁社区")]
    [(2, 7, 'street', '街道'), (9, 11, 'community', '社区')]
    >>> list(heads("东大社区卫生服务中心"))  # a health centre
    []
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
        suffix = known[word]
        if end in towns:
            start, suffix = towns[end].start(), _suffix("street", towns[end].group())
        elif suffix.strong and suffix.type == "estate" and text.startswith(ESTATE, end):
            at = end = end + len(ESTATE)
            suffix = _of_estate(suffix.canonical)
        elif word == "里":
            if of_taiwan is None:
                of_taiwan = OF_TAIWAN.search(text) is not None
            suffix = _borough() if of_taiwan else suffix
        if not suffix.undone.match(text, end):
            yield Head(start, end, suffix.type, suffix.canonical, suffix.strong, suffix.generic)


@cache
def _undoing(kind: str) -> re.Pattern[str]:
    """What behind a suffix takes it into another term: 社区|卫生服务中心; villages are only undone by a second kind."""
    kind = "street" if kind == "town" else kind
    sequels = [row["sequel"] for row in table("place_sequels") if kind in row["undoes"].split()]
    return re.compile(f"{PAIRED}|{NUMBER}{any_word(sequels)}")
