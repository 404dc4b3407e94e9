"""The words of the full-text index: every two neighbouring characters of an article's fold, a block at a time.

Chinese print sets no spaces, so any two characters may be a word that somebody asks for. A pair is one token, made here
and kept whole by FTS5's `ascii` tokenizer; a block's last character is a token by itself, so that every character
begins one. A headline's pairs stand a second time with a mark before them. Which articles hold a token is all that the
index knows (`detail=none`): one or two characters are found exactly, of longer terms those articles that may hold them.
"""

import string
from collections.abc import Mapping
from typing import NamedTuple

from corpus.archive.folding import fold

HEADLINE = "\uffff"
"""What a pair of a headline has before it. A code point that is no character, and that no fold holds."""
MOST_PAIRS = 32
"""Pairs of one term that the index is asked for; of longer ones as many, spread over it."""
_SIGNS: Mapping[int, int] = {
    # the tokenizer cuts at signs of ASCII; code points that are no characters stand for them
    **{ord(sign): 0xFDD0 + number for number, sign in enumerate(string.punctuation)},
    ord(" "): 0xFFFE,
}


class Wanted(NamedTuple):
    """What to ask the index for: an expression of FTS5, and whether it gives the articles exactly or some too many."""

    match: str
    exact: bool


def tokens(text: str, headline_end: int) -> str:
    """The tokens of an article's text, set apart by spaces; its headlines are text[:headline_end].

    The same for the same arguments as long as folding.VERSION is the same: what is taken out of the index must be what
    was put in.

    >>> tokens("义诊", 2).split()  # a free clinic
    ['义诊', '诊', '\\uffff义诊', '\\uffff诊']
    >>> tokens("义诊\\n进社区", 0).split()  # it comes to the neighbourhood
    ['义诊', '诊', '进社', '社区', '区']
    """
    marked = _pairs(text[:headline_end])
    return " ".join((*_pairs(text), *(HEADLINE + pair for pair in marked)))


def wanted(folded: str, headline: bool = False) -> Wanted:
    """Which articles to look at for a term, a fold that is not empty; `headline`: for one in the headlines only.

    >>> wanted("社区"), wanted("社")  # neighbourhood, and its first character
    (Wanted(match='"社区"', exact=True), Wanted(match='"社"*', exact=True))
    >>> wanted("社区居民")  # its residents
    Wanted(match='("社区" AND "区居" AND "居民")', exact=False)
    """
    mark = HEADLINE if headline else ""
    coded = folded.translate(_SIGNS)
    if len(coded) == 1:
        return Wanted(f'"{mark}{coded}"*', exact=True)
    pairs = list(dict.fromkeys(map(str.__add__, coded, coded[1:])))
    if len(coded) == 2:
        return Wanted(f'"{mark}{pairs[0]}"', exact=True)
    chosen = [f'"{mark}{pair}"' for pair in pairs[:: -(-len(pairs) // MOST_PAIRS)]]
    return Wanted(f"({' AND '.join(chosen)})", exact=False)


def _pairs(text: str) -> list[str]:
    """The pairs of every block, each once, in the order of their first places."""
    pairs: dict[str, None] = {}
    for block in fold(text).translate(_SIGNS).split("\n"):
        pairs.update(dict.fromkeys(map(str.__add__, block, (*block[1:], ""))))
    return list(pairs)
