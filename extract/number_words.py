"""Words with a numeral in them that do not say how many (统一, 百姓, 三无, 五台山): `lexicons/number_words.tsv`."""

import re
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
        self._longest = max(len(word) for word in self._unless)
        self._parts = self._pieces()

    def _pieces(self) -> frozenset[str]:
        """Every word cut before its numeral: most numerals are dismissed by looking at two characters."""
        return frozenset(word[at : at + 2] for word in self._unless for at in range(len(word) - 1))

    def covers(self, text: str, start: int, end: int, counted: bool = False) -> bool:
        """Whether a word of the lexicon holds [start, end) and says no number there.

        `counted`: a measure word follows the numeral.
        """
        if (
            text[start - 1 : start + 1] not in self._parts
            and text[end - 1 : end + 1] not in self._parts
            and not (end - start > 1 and text[start:end] in self._unless)
        ):
            return False
        for first in range(max(0, end - self._longest), start + 1):
            for last in range(end, min(len(text), first + self._longest) + 1):
                word = text[first:last]
                if word in self._unless:
                    unless = self._unless[word]
                    if last == end and counted and (word[-1] != "一" or word[0] in "高初大小"):
                        continue  # 其|中三|户: a measure word behind tells that it is a number
                    if unless is None or not unless.match(text, last):
                        return True
        return False


@cache
def number_words() -> NumberWords:
    """The words of the project's lexicon."""
    return NumberWords()
