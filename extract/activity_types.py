"""Which of the published types an activity is of, and the words that say so.

`lexicons/activity_types.toml` holds the types with their finer kinds. Words in the activity's name count most, then the
headline, its sentence, the rest of its evidence; every word counts once a place. The best-supported type wins; where
none is, the type is `other`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.any_word import any_word
from extract.lexicon import rules

OTHER = "other"
HINT = 1 / 3
Leads = tuple[tuple[str, float, float], ...]
"""The types that a word leads to, each with how much it says for it, and how much more for being longer than others."""


@dataclass(frozen=True, slots=True)
class _Taxonomy:
    words: tuple[str, ...]
    automaton: AhoCorasick  # over `words`
    leads: tuple[Leads, ...]  # of each of them
    masks: re.Pattern[str]
    masked: dict[str, frozenset[str]]  # longer word -> types whose words mean nothing inside it
    order: dict[str, int]  # of the types, which breaks ties


class TypeWord(NamedTuple):  # a tuple, as a text has dozens
    """A word of the lexicon at [start, end) of a text, with the types it leads to."""

    start: int
    end: int
    word: str
    leads: Leads


Regions = Sequence[tuple[Sequence[TypeWord], float]]
"""The words of stretches of a text, with the weight of where each stands; a word counts once a stretch."""


@dataclass(frozen=True, slots=True)
class TypeScore:
    """The type that regions support best, and its score."""

    type: str
    score: float


@lru_cache(maxsize=8)
def type_words(text: str) -> tuple[TypeWord, ...]:
    """Every word of `text` that leads to some type, in order; not where a longer word around it means something else.

    The last few texts are kept: activities and keywords ask for the same.

    >>> [(w.word, w.leads[0][0]) for w in type_words("社区开展垃圾分类宣传")]  # publicity for sorting waste
    [('垃圾分类', 'recycling'), ('宣传', 'civility')]
    """
    taxonomy = _taxonomy()
    words, leads = taxonomy.words, taxonomy.leads
    found = [
        TypeWord(start, end, words[which], leads[which])
        for which, start, end in taxonomy.automaton.find_matches_as_indexes(text)
    ]
    for mask in taxonomy.masks.finditer(text):
        found = list(_unmasked(found, mask.start(), mask.end(), taxonomy.masked[mask.group()]))
    return tuple(found)


def _unmasked(found: Iterable[TypeWord], start: int, end: int, types: frozenset[str]) -> Iterator[TypeWord]:
    """The words without what those inside [start, end) say for `types`."""
    for one in found:
        if start <= one.start and one.end <= end:
            leads = tuple(lead for lead in one.leads if lead[0] not in types)
            if leads:
                yield one._replace(leads=leads)
        else:
            yield one


def best_type(regions: Regions) -> TypeScore | None:
    """The type that the words of the regions support best; None without any.

    >>> best_type([(type_words("为居民免费义诊"), 3.0)]).type  # free clinic for residents
    'health'
    >>> best_type([(type_words("一二三四"), 1.0)])
    """
    totals: dict[str, float] = {}
    for found, weight in regions:
        seen: set[tuple[str, str]] = set()
        for _, _, word, leads in found:
            for type_, lead, longer in leads:
                if (word, type_) not in seen:
                    seen.add((word, type_))
                    totals[type_] = totals.get(type_, 0.0) + lead * weight * longer
    if not totals:
        return None
    order = _taxonomy().order
    best = min(totals, key=lambda t: (-totals[t], order[t]))
    return TypeScore(best, totals[best])


def words_for(regions: Regions, wanted: str) -> tuple[str, ...]:
    """The words of the regions that lead to one type, each once."""
    words = (one.word for found, _ in regions for one in found if any(lead[0] == wanted for lead in one.leads))
    return tuple(dict.fromkeys(words))


def classify(name: str, sentence: str = "", headline: str = "", rest: str = "") -> str:
    """The type of an activity called `name`, told in `sentence`, under `headline`, with the `rest` of its evidence.

    >>> classify("“童心向党”诗歌朗诵会"), classify("拆除楼顶违建")  # a poetry recital; demolition
    ('culture', 'enforcement')
    """
    texts = ((name, 3.0), (headline, 1.2), (sentence, 0.8), (rest, 0.25))
    best = best_type([(type_words(text), weight) for text, weight in texts])
    return best.type if best else OTHER


def type_ids() -> tuple[str, ...]:
    """Every published type, in the order that breaks ties."""
    return tuple(_taxonomy().order)


@cache
def _taxonomy() -> _Taxonomy:
    leads: dict[str, dict[str, float]] = {}
    masked: dict[str, set[str]] = {}
    order: dict[str, int] = {}
    for entry in rules("activity_types")["type"]:
        order[entry["id"]] = len(order)
        for longer in entry["except"]:
            masked.setdefault(longer, set()).add(entry["id"])
        for kind in entry["kind"]:
            for key, factor in (("words", 1.0), ("hints", HINT)):
                for word in kind.get(key, ()):
                    leads.setdefault(word, {}).setdefault(entry["id"], entry["weight"] * factor)
    return _Taxonomy(
        tuple(leads),
        AhoCorasick(list(leads), matchkind=MatchKind.LeftmostLongest),
        tuple(_leads(word, types) for word, types in leads.items()),
        re.compile(any_word(masked)),
        {w: frozenset(t) for w, t in masked.items()},
        order,
    )


def _leads(word: str, types: dict[str, float]) -> Leads:
    return tuple((type_, lead, 1.0 + 0.1 * (len(word) - 2)) for type_, lead in types.items())
