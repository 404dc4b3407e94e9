"""Up to ten words that tell an article apart from others of its paper, best first.

A word counts by how often it stands in the article, more in the headline and the opening, longer ones more; the names
of things the article is about stand beside words; what every community article says (`lexicons/common_words.tsv`)
counts nothing. No corpus is needed, so that a page's keywords do not depend on its neighbours.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from extract import lexicon
from extract.activity_types import type_words
from extract.tokens import Words
from schemas.annotations import Entity, EntityType

MOST = 10
NAMED: dict[EntityType, float] = {
    "community": 1.6,
    "estate": 1.5,
    "venue": 1.5,
    "organization": 1.5,
    "street": 1.2,
    "road": 1.0,
    "district": 0.8,
    "person": 0.6,
}
"""How telling a name of each type is; the city and the province say little within their own paper."""
WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]{2,12}")
QUOTED = re.compile(r"“([^“”，。！？；：,.!?;:\n]{2,12})”")
MAKER = r"(?:记者|通讯员|实习生|摄影|文/图)"
NAMES_MAKER = re.compile(MAKER)
CREDIT = re.compile(rf"[（(]?[^（）()。，\n]{{0,6}}{MAKER}[^（）()。，\n]{{0,24}}[）)]?")
"""Who wrote it tells nothing of what it is about."""
BEFORE_MAKER = 7
"""So many characters at most stand before its maker in a credit."""
TAG_WEIGHT = {"n": 1.0, "nz": 1.1, "nt": 1.0, "nw": 1.0, "vn": 0.9, "j": 0.9, "v": 0.55, "an": 0.6, "l": 0.5, "i": 0.4}
TOPIC = 1.4
FULLER = 0.5
APART = "\n"
"""Stands in no word."""
HEAD, OPENING = 2.0, 1.3
"""What a word in the headline, and in the first 120 characters after it, counts more."""


def keywords(words: Words, entities: Sequence[Entity]) -> tuple[str, ...]:
    """The article's keywords, each as it stands in the text (names as the entities have them), best first, at most ten.

    `words` are those of the whole article, headlines first; equal scores go by where the word stands.
    """
    text = words.text
    head = max(text.find("\n"), 0)
    scores: dict[str, float] = {}
    first: dict[str, int] = {}
    covered: set[int] = set()
    for entity in entities:
        weight = NAMED.get(entity.type)
        if weight is None or not entity.mentions:
            continue
        for span in entity.mentions:
            covered.update(range(span.start, span.end))
        first[entity.name] = entity.mentions[0].start
        scores[entity.name] = weight * _frequency(first[entity.name], len(entity.mentions), head)
    for match in QUOTED.finditer(text):
        name = match.group(1)
        scores[name] = scores.get(name, 0.0) + 1.2 * _place(match.start(), head)
        first.setdefault(name, match.start())
        covered.update(range(match.start(), match.end()))
    for word, starts in _topics(text).items():
        for start in starts:
            covered.update(range(start, start + len(word)))
        scores[word] = scores.get(word, 0.0) + TOPIC * _frequency(starts[0], len(starts), head)
        first.setdefault(word, starts[0])
    for start, end in _credits(text):
        covered.update(range(start, end))
    events = _events()
    for word, (start, tag, times) in _plain_words(words, covered).items():
        weight = TAG_WEIGHT[tag] * (0.6 + 0.2 * min(len(word), 4)) * (1.5 if word in events else 1.0)
        scores[word] = scores.get(word, 0.0) + weight * _frequency(start, times, head)
        first.setdefault(word, start)
    ranked = sorted(scores, key=first.__getitem__)
    ranked.sort(key=scores.__getitem__, reverse=True)
    return tuple(_without_parts(ranked, scores))[:MOST]


def _plain_words(words: Words, covered: AbstractSet[int]) -> dict[str, tuple[int, str, int]]:
    """The telling words that begin at none of the `covered` characters: where first, their tag there, how often."""
    common = _common()
    found: dict[str, tuple[int, str, int]] = {}
    for start, word, tag in zip(words.starts, words.words, words.tags, strict=False):
        if tag not in TAG_WEIGHT or start in covered:
            continue
        if word in found:
            at, its_tag, times = found[word]
            found[word] = at, its_tag, times + 1
        elif word not in common and WORD.fullmatch(word):
            found[word] = start, tag, 1
    return found


def _topics(text: str) -> dict[str, list[int]]:
    """What activities are about, in words that the segmenter may cut (垃圾|分类, 非法|集资), and where they begin."""
    common = _common()
    found: dict[str, list[int]] = {}
    for one in type_words(text):
        word = one.word
        if len(word) > 2 and word[0] not in "被为" and word not in common:
            found.setdefault(word, []).append(one.start)
    return found


def _credits(text: str) -> Iterator[tuple[int, int]]:
    """Where the makers are named: looked at only around a word for them."""
    at = 0
    while maker := NAMES_MAKER.search(text, at):
        credit = CREDIT.search(text, max(at, maker.start() - BEFORE_MAKER))
        assert credit is not None, "a maker is a credit by itself"
        yield credit.span()
        at = credit.end()


def _frequency(start: int, times: int, head: int) -> float:
    """How much `times` mentions count, of which the first, which counts most, begins at `start`."""
    return _place(start, head) * (1.0 + math.log(times))


def _place(start: int, head: int) -> float:
    if start < head:
        return HEAD
    return OPENING if start < head + 120 else 1.0


def _without_parts(ranked: Sequence[str], scores: Mapping[str, float]) -> list[str]:
    """No two words of which one contains the other: the better, or the fuller where it is nearly as good."""
    kept: list[str] = []
    joined = ""  # all of `kept`, so that one search tells whether a word is in any
    shortest = min(map(len, ranked), default=0)
    for word in ranked:
        if word in joined:
            continue
        parts = [k for k in kept if k in word] if len(word) > shortest else []
        if not parts:
            kept.append(word)
            joined += APART + word
        elif scores[word] >= FULLER * scores[parts[0]]:
            kept = [word if k == parts[0] else k for k in kept if k not in parts[1:]]
            joined = APART.join(kept)
    return kept


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon.words("common_words"))


@cache
def _events() -> frozenset[str]:
    """Nouns that name a kind of activity: 义诊, 演练."""
    return frozenset(row["noun"] for row in lexicon.table("event_nouns")) - _common()
