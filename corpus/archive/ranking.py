"""Which of the articles found comes first: how often, how densely and where they hold what was asked for.

As BM25: another hit counts for less than the one before, one in a long article for less than one in a short, one in a
headline for as much as HEADLINE of them. A term that few of the articles compared hold counts for more.
"""

import math
from collections.abc import Sequence

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""k1 and b, as everybody has them."""
USUAL_LENGTH = 500
"""Characters of an article of the genre; a fixed figure, so that a score does not change with what else is found."""
HEADLINE = 5

_BASE, _SLOPE = SATURATION * (1 - LENGTH_SHARE), SATURATION * LENGTH_SHARE / USUAL_LENGTH

Hits = Sequence[tuple[int, int]]
"""How often an article holds each term: in its headlines, behind them."""


def weights(compared: Sequence[Hits]) -> list[float]:
    """What each term counts for: 1 where all articles hold it.

    >>> weights([[(1, 0), (0, 0)], [(0, 2), (0, 1)]])
    [1.0, 1.6931471805599454]
    """
    terms = range(len(compared[0]) if compared else 0)
    holding = [sum(article[term] != (0, 0) for article in compared) for term in terms]
    return [1 + math.log(len(compared) / count) if count else 1.0 for count in holding]


def score(weighted: Sequence[float], hits: Hits, length: int) -> float:
    """The score of an article with so many characters.

    >>> [score([1.0], [hits], 500) for hits in ((0, 1), (0, 3), (1, 1))]  # once, three times, once and in the headline
    [1.0, 1.571, 1.833]
    """
    total = 0.0
    for weight, (headline, body) in zip(weighted, hits, strict=True):
        often = body + HEADLINE * headline
        total += weight * often * (SATURATION + 1) / (often + _BASE + _SLOPE * length)
    return round(total, 3)
