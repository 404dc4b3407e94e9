"""How alike two stretches of a page are: the character bigrams that they share and few others on the page have.

Names of places, people and things are rare on a page and so decide; 社区, 居民 and 活动 stand everywhere and do not
count. No segmenter is needed, so that names unknown to any dictionary count in full.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from operator import add

HAN_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
LONG = 400  # bigrams of a long article; what is shared with one that long counts half
COMMON = 0.15  # what a bigram loses for being shared: one that stands in seven stretches weighs nothing


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of `text`, punctuation and digits apart.

    >>> sorted(bigrams("重阳，敬老"))  # Double Ninth, honour the old
    ['敬老', '重阳']
    """
    return frozenset(chain.from_iterable(map(add, run, run[1:]) for run in HAN_RUN.findall(text)))


class Topics:
    """The bigram weights of one page: highest for what just two of its pieces share, less for what more do."""

    def __init__(self, pieces: Iterable[str]) -> None:
        counted = Counter(chain.from_iterable(map(bigrams, pieces)))
        self._weights: Mapping[str, float] = {
            b: 1 / (n - 1) - COMMON for b, n in counted.items() if n > 1 and 1 / (n - 1) > COMMON
        }

    def shared(self, text: str, other: str) -> float:
        """The added weight of the bigrams that two stretches share; 0 where they have nothing rare in common.

        The longer the other stretch, the less a bigram found in it by chance counts.

        >>> lanterns, drains, children = "文昌社区扎花灯", "百福社区清理积水", "孩子们提着花灯走过社区"
        >>> topics = Topics([lanterns, drains, children])
        >>> topics.shared(children, lanterns), topics.shared(drains, lanterns)
        (1.18, 0.34)
        """
        theirs = bigrams(other)
        weight = sum(self._weights.get(b, 0.0) for b in bigrams(text) & theirs)
        return round(weight / (1 + len(theirs) / LONG), 2)
