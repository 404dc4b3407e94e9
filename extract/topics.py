"""How alike two stretches of a page are: shared character bigrams, weighed by how rare they are on the page.

Names of places, people and things are rare on a page and so decide; 社区, 居民 and 活动 stand everywhere and hardly count.
No segmenter is needed, so that names unknown to any dictionary count in full.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

HAN_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of `text`, punctuation apart.

    >>> sorted(bigrams("重阳，敬老"))  # Double Ninth, honour the old
    ['敬老', '重阳']
    """
    return frozenset(run[i : i + 2] for run in HAN_RUN.findall(text) for i in range(len(run) - 1))


class Topics:
    """The bigram weights of one page, learned from its stretches of text."""

    def __init__(self, stretches: Iterable[str]) -> None:
        counted = Counter(b for text in stretches for b in bigrams(text))
        self._weights: Mapping[str, float] = {b: 1.0 / n for b, n in counted.items()}

    def weight(self, found: Iterable[str]) -> float:
        """The added weight of some bigrams."""
        return sum(self._weights.get(b, 1.0) for b in found)

    def share(self, text: str, other: str) -> float:
        """How much of `text` is also in `other`: 0 nothing, 1 all; tempered by the length of `other`.

        >>> topics = Topics(["聚宝社区清理积水", "通政社区扎花灯", "海清社区讲文庙"])
        >>> topics.share("孩子们展示花灯", "通政社区扎花灯") > topics.share("孩子们展示花灯", "海清社区讲文庙")
        True
        """
        mine, theirs = bigrams(text), bigrams(other)
        if not mine or not theirs:
            return 0.0
        return self.weight(mine & theirs) / max(self.weight(mine), 1e-9) / math.log2(2 + len(theirs) / 50)
