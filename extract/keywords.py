"""Up to ten words that tell an article apart from others of its paper, best first.

A word counts by how often it stands in the article, more in the headline and the opening, longer ones more; the names
of things the article is about stand beside words; what every community article says (`lexicons/common_words.tsv`)
counts nothing. No corpus is needed, so that a page's keywords do not depend on its neighbours.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from extract import lexicon
from extract.activity_types import type_words
from extract.tokens import Words
from schemas.annotations import Entity, EntityType, Span

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
TAGS = frozenset({"n", "nz", "nt", "nw", "vn", "an", "j", "l", "i", "v"})
WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]{2,12}")
QUOTED = re.compile(r"“([^“”，。！？；：,.!?;:\n]{2,12})”")
CREDIT = re.compile(r"[（(]?[^（）()。，\n]{0,6}(?:记者|通讯员|实习生|摄影|文/图)[^（）()。，\n]{0,24}[）)]?")
"""Who wrote it tells nothing of what it is about."""
TAG_WEIGHT = {"n": 1.0, "nz": 1.1, "nt": 1.0, "nw": 1.0, "vn": 0.9, "j": 0.9, "v": 0.55, "an": 0.6, "l": 0.5, "i": 0.4}
TOPIC = 1.4
FULLER = 0.5
HEAD, OPENING = 2.0, 1.3
"""What a word in the headline, and in the first 120 characters after it, counts more."""


def keywords(words: Words, entities: Sequence[Entity]) -> tuple[str, ...]:
    """The article's keywords, each as it stands in the text (names as the entities have them), best first, at most ten.

    `words` are those of the whole article, headlines first; equal scores go by where the word stands.
    """
    text = words.text
    head = text.find("\n") if "\n" in text else 0
    scores: dict[str, float] = {}
    first: dict[str, int] = {}
    taken: list[Span] = []
    for entity in entities:
        weight = NAMED.get(entity.type)
        if weight is None or not entity.mentions:
            continue
        taken += entity.mentions
        scores[entity.name] = weight * _frequency(entity.mentions, head)
        first[entity.name] = entity.mentions[0].start
    for match in QUOTED.finditer(text):
        name = match.group(1)
        scores[name] = scores.get(name, 0.0) + 1.2 * _place(match.start(), head)
        first.setdefault(name, match.start())
        taken.append(Span(match.start(), match.end()))
    for word, places in _topics(text).items():
        taken += places
        scores[word] = scores.get(word, 0.0) + TOPIC * _frequency(places, head)
        first.setdefault(word, places[0].start)
    taken += (Span(m.start(), m.end()) for m in CREDIT.finditer(text))
    covered: set[int] = set()
    for span in taken:
        covered.update(range(span.start, span.end))
    found: dict[str, list[Span]] = {}
    tags: dict[str, str] = {}
    for start, word, tag in zip(words.starts, words.words, words.tags, strict=False):
        if tag in TAGS and start not in covered and WORD.fullmatch(word) and word not in _common():
            found.setdefault(word, []).append(Span(start, start + len(word)))
            tags.setdefault(word, tag)
    for word, places in found.items():
        weight = TAG_WEIGHT[tags[word]] * (0.6 + 0.2 * min(len(word), 4)) * (1.5 if word in _events() else 1.0)
        scores[word] = scores.get(word, 0.0) + weight * _frequency(places, head)
        first.setdefault(word, places[0].start)
    ranked = sorted(scores, key=lambda w: (-scores[w], first[w]))
    return tuple(_without_parts(ranked, scores))[:MOST]


def _topics(text: str) -> dict[str, list[Span]]:
    """What activities are about, in words that the segmenter may cut: 垃圾|分类, 非法|集资."""
    found: dict[str, list[Span]] = {}
    for one in type_words(text):
        word = one.word
        if len(word) > 2 and word[0] not in "被为" and word not in _common():
            found.setdefault(word, []).append(Span(one.start, one.end))
    return found


def _frequency(places: Iterable[Span], head: int) -> float:
    weights = [_place(p.start, head) for p in places]
    return max(weights) * (1.0 + math.log(len(weights)))


def _place(start: int, head: int) -> float:
    if start < head:
        return HEAD
    return OPENING if start < head + 120 else 1.0


def _without_parts(ranked: Iterable[str], scores: Mapping[str, float]) -> list[str]:
    """No two words of which one contains the other: the better, or the fuller where it is nearly as good."""
    kept: list[str] = []
    for word in ranked:
        if any(word in k for k in kept):
            continue
        parts = [k for k in kept if k in word]
        if not parts:
            kept.append(word)
        elif scores[word] >= FULLER * scores[parts[0]]:
            kept = [word if k == parts[0] else k for k in kept if k not in parts[1:]]
    return kept


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon.words("common_words"))


@cache
def _events() -> frozenset[str]:
    """Nouns that name a kind of activity: 义诊, 演练."""
    return frozenset(row["noun"] for row in lexicon.table("event_nouns")) - _common()
