"""Words with a numeral in them that do not say how many (统一, 百姓, 三无, 五台山): `lexicons/number_words.tsv`."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from extract import lexicon


class NumberWords:
    """Tells whether a numeral is only part of a word.

    >>> words = number_words()
    >>> words.covers("统一调度", 1, 2), words.covers("拆除一百处", 2, 4)  # unified dispatch; a hundred places
    (True, False)
    >>> words.covers("十分满意", 0, 1), words.covers("十分钟", 0, 1)  # very satisfied; ten minutes
    (True, False)
    """

    def __init__(self) -> None:
        rows = lexicon.table("number_words")
        self._unless = MappingProxyType({r["word"]: re.compile(r["unless"]) if r["unless"] else None for r in rows})
        self._by_pair = self._pairs()

    def _pairs(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """The words by every two characters in them, each with where these stand: few numerals have such a pair."""
        found: dict[str, list[tuple[int, str]]] = {}
        for word in self._unless:
            for at in range(len(word) - 1):
                found.setdefault(word[at : at + 2], []).append((at, word))
        return MappingProxyType({pair: tuple(words) for pair, words in found.items()})

    def covers(self, text: str, start: int, end: int, counted: bool = False) -> bool:
        """Whether a word of the lexicon holds [start, end) and says no number there.

        `counted`: a measure word follows the numeral.
        """
        if end - start > 1 and self._says_none(text[start:end], text, end, counted):
            return True
        for pair in (start - 1, end - 1):  # where such a word goes on beyond the numeral
            for at, word in self._by_pair.get(text[pair : pair + 2], ()) if pair >= 0 else ():
                first, last = pair - at, pair - at + len(word)
                around = 0 <= first <= start and end <= last and text.startswith(word, first)
                if around and self._says_none(word, text, last, counted and last == end):
                    return True
        return False

    def _says_none(self, word: str, text: str, last: int, counted: bool) -> bool:
        """Whether `word`, which ends at `last`, is one of the lexicon and no number there."""
        if word not in self._unless:
            return False
        if counted and (word[-1] != "一" or word[0] in "高初大小"):
            return False  # 其|中三|户: a measure word behind tells that it is a number
        unless = self._unless[word]
        return unless is None or not unless.match(text, last)


@cache
def number_words() -> NumberWords:
    """The words of the project's lexicon."""
    return NumberWords()
