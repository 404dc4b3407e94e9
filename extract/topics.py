"""How alike two stretches of a page are: the character bigrams that they share and few others on the page have.

Names of places, people and things are rare on a page and so decide; 社区, 居民 and 活动 stand everywhere and do not
count. No segmenter is needed, so that names unknown to any dictionary count in full.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

LETTER = r"[\u4e00-\u9fffA-Za-z]"
PAIR = re.compile(f"{LETTER}{{2}}")  # every other pair of a run of letters, from its first letter on
NEXT_PAIR = re.compile(f"(?<={LETTER}){LETTER}{{2}}")  # those between, from its second
LONG = 400  # bigrams of a long article; what is shared with one that long counts half
COMMON = 0.15  # what a bigram loses for being shared: one that stands in seven stretches weighs nothing


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of `text`, punctuation and digits apart.

    >>> sorted(bigrams("重阳，敬老"))  # Double Ninth, honour the old
    ['敬老', '重阳']
    """
    return frozenset(PAIR.findall(text) + NEXT_PAIR.findall(text))


class Subject(NamedTuple):
    """What a stretch of a page speaks of: how many bigrams it has, and those that other pieces have too, a bit each."""

    length: int
    repeated: int


class Topics:
    """The bigram weights of one page: highest for what just two of its pieces share, less for what more do."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._bigrams: dict[str, frozenset[str]] = {}
        seen: set[str] = set()
        again = []  # most stand only once and need no counting
        for text in pieces:
            found = self._bigrams.get(text) or bigrams(text)
            self._bigrams[text] = found
            again.append(seen & found)
            seen |= found
        counted = Counter(chain.from_iterable(again))  # one less than the pieces that each stands in
        self._places = {bigram: place for place, bigram in enumerate(counted)}
        self._repeated = frozenset(counted)
        weighing: dict[int, int] = {}  # the bits of the bigrams that this many pieces more than one share
        for bigram, others in counted.items():
            if 1 / others > COMMON:
                weighing[others] = weighing.get(others, 0) | 1 << self._places[bigram]
        self._weights = [(1 / others - COMMON, bits) for others, bits in sorted(weighing.items())]
        self._known: dict[str, Subject] = {}

    def subject(self, lines: Sequence[str]) -> Subject:
        """What some lines speak of together.

        What stands in one piece only is in no other line of the page; a part of a piece is in the rest of it.
        """
        length = repeated = 0
        for line in lines:
            known = self._known.get(line)
            if known is None:
                if line not in self._bigrams:
                    return self._read(frozenset[str]().union(*map(self.bigrams, lines)))
                known = self._known[line] = self._read(self._bigrams[line])
            length += known.length - known.repeated.bit_count()
            repeated |= known.repeated
        return Subject(length + repeated.bit_count(), repeated)

    def bigrams(self, line: str) -> frozenset[str]:
        """Those of a line, be it a piece of the page or not."""
        return self._bigrams.get(line) or bigrams(line)

    def _read(self, found: frozenset[str]) -> Subject:
        return Subject(len(found), sum(1 << self._places[bigram] for bigram in found & self._repeated))

    def shared(self, one: Subject, other: Subject) -> float:
        """The added weight of the bigrams that two stretches share; 0 where they have nothing rare in common.

        The longer the other stretch, the less a bigram found in it by chance counts.

        >>> lanterns, drains, children = "文昌社区扎花灯", "百福社区清理积水", "孩子们提着花灯走过社区"
        >>> topics = Topics([lanterns, drains, children])
        >>> about_lanterns = topics.subject([lanterns])
        >>> [topics.shared(topics.subject([line]), about_lanterns) for line in (children, drains)]
        [1.18, 0.34]
        """
        both = one.repeated & other.repeated
        weight = 0.0
        if both:
            for each, bits in self._weights:
                weight += each * (both & bits).bit_count()
        return round(weight / (1 + other.length / LONG), 2)
