"""Which of the published types an activity is of, and the words that say so.

`lexicons/activity_types.toml` holds the types with their finer kinds. Words in the activity's name count most, then the
headline, its sentence, the rest of its evidence; every word counts once a place. The best-supported type wins; where
none is, the type is `other`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.any_word import any_word
from extract.lexicon import rules

OTHER = "other"
HINT = 1 / 3


@dataclass(frozen=True, slots=True)
class Kind:
    """One finer kind: the type it belongs to and its own id (`health`, `clinic`)."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class TypeScore:
    """A type, its kind with most support, its score, and the words found."""

    type: str
    kind: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Taxonomy:
    words: tuple[str, ...]
    automaton: AhoCorasick  # over `words`
    leads: dict[str, tuple[tuple[Kind, float], ...]]  # word -> kinds with the weight of the word
    masks: re.Pattern[str]
    masked: dict[str, frozenset[str]]  # longer word -> types whose words mean nothing inside it
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word of the lexicon at [start, end) of a text, with the kinds it leads to and how much it says for each."""

    start: int
    end: int
    word: str
    leads: tuple[tuple[Kind, float], ...]


@lru_cache(maxsize=8)
def type_words(text: str) -> tuple[TypeWord, ...]:
    """Every word of `text` that leads to some type, in order; not where a longer word around it means something else.

    The last few texts are kept: activities and keywords ask for the same.

    >>> [(w.word, w.leads[0][0].type) for w in type_words("社区开展垃圾分类宣传")]  # publicity for sorting waste
    [('垃圾分类', 'recycling'), ('宣传', 'civility')]
    """
    taxonomy = _taxonomy()
    hidden = [(m.start(), m.end(), taxonomy.masked[m.group()]) for m in taxonomy.masks.finditer(text)]
    found: list[TypeWord] = []
    for which, start, end in taxonomy.automaton.find_matches_as_indexes(text):
        word = taxonomy.words[which]
        leads = taxonomy.leads[word]
        for first, last, types in hidden:
            if first <= start and end <= last:
                leads = tuple(lead for lead in leads if lead[0].type not in types)
        if leads:
            found.append(TypeWord(start, end, word, leads))
    return tuple(found)


def rank(regions: Sequence[tuple[Sequence[TypeWord], float]]) -> tuple[TypeScore, ...]:
    """Types by support from the words of regions, each with the weight of where it stands; best first.

    >>> [s.type for s in rank([(type_words("为居民免费义诊"), 3.0)])][0]  # free clinic for residents
    'health'
    >>> rank([(type_words("一二三四"), 1.0)])
    ()
    """
    order = _taxonomy().order
    totals: dict[str, float] = {}
    kinds: dict[Kind, float] = {}
    words: dict[str, list[str]] = {}
    for found, weight in regions:
        seen: set[tuple[str, str]] = set()
        for one in found:
            for kind, lead in one.leads:
                if (one.word, kind.type) in seen:
                    continue
                seen.add((one.word, kind.type))
                gain = lead * weight * (1.0 + 0.1 * (len(one.word) - 2))
                totals[kind.type] = totals.get(kind.type, 0.0) + gain
                kinds[kind] = kinds.get(kind, 0.0) + gain
                words.setdefault(kind.type, []).append(one.word)
    ranked = sorted(totals, key=lambda t: (-totals[t], order.index(t)))
    return tuple(
        TypeScore(t, max((k for k in kinds if k.type == t), key=lambda k: kinds[k]).id, totals[t], tuple(words[t]))
        for t in ranked
    )


def classify(name: str, sentence: str = "", headline: str = "", rest: str = "") -> str:
    """The type of an activity called `name`, told in `sentence`, under `headline`, with the `rest` of its evidence.

    >>> classify("“童心向党”诗歌朗诵会"), classify("拆除楼顶违建")  # a poetry recital; demolition
    ('culture', 'enforcement')
    """
    texts = ((name, 3.0), (headline, 1.2), (sentence, 0.8), (rest, 0.25))
    ranked = rank([(type_words(text), weight) for text, weight in texts])
    return ranked[0].type if ranked else OTHER


def type_ids() -> tuple[str, ...]:
    """Every published type, in the order that breaks ties."""
    return _taxonomy().order


@cache
def _taxonomy() -> _Taxonomy:
    leads: dict[str, list[tuple[Kind, float]]] = {}
    masked: dict[str, set[str]] = {}
    order: list[str] = []
    for entry in rules("activity_types")["type"]:
        order.append(entry["id"])
        for longer in entry["except"]:
            masked.setdefault(longer, set()).add(entry["id"])
        for kind in entry["kind"]:
            for key, factor in (("words", 1.0), ("hints", HINT)):
                for word in kind.get(key, ()):
                    leads.setdefault(word, []).append((Kind(entry["id"], kind["id"]), entry["weight"] * factor))
    words = tuple(leads)
    return _Taxonomy(
        words,
        AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest),
        {w: tuple(k) for w, k in leads.items()},
        re.compile(any_word(masked)),
        {w: frozenset(t) for w, t in masked.items()},
        tuple(order),
    )
