"""What a Chinese personal name looks like: surname and given name, weighed character by character.

No model and no name list: the surnames are a closed class, given names draw on a few hundred characters, and the rest
is context (`person_context`). A shape alone never makes a name.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extract.lexicon import rules, table, words

LONGEST_SURNAME, LONGEST_GIVEN = 4, 2
ONE = (1,)
FIRST_HAN, LAST_HAN = "\u3400", "\u9fff"


Shape = tuple[int, int, float]
"""A possible name: where its given name begins, where it ends, and what its characters alone are worth."""


class Candidate(NamedTuple):
    """A stretch that could be a full name, what speaks for it, and the role before it."""

    start: int
    end: int
    score: float
    role: str


class NameShapes:
    """Reads possible names at a place of a text. Stateless after loading."""

    def __init__(self) -> None:
        weights: Any = rules("person_evidence")
        self._surname = {
            row["surname"]: weights["surname"][row["strength"]]
            + (weights["surname"][row["word"]] if row["word"] else 0.0)
            for row in table("surnames")
        }
        self._two = frozenset(s for s in self._surname if len(s) > 1)
        self._two_initials = frozenset(s[0] for s in self._two)
        self._words = frozenset(row["surname"] for row in table("surnames") if row["word"])
        self._functions = frozenset(row["surname"] for row in table("surnames") if row["word"] == "function")
        self._common = frozenset(row["surname"] for row in table("surnames") if row["strength"] in ("common", "usual"))
        grades = {row["character"]: row["grade"] for row in table("given_characters")}
        self._never = frozenset(c for c, grade in grades.items() if grade == "never")
        self._given = {
            c: float(weights["given"][g]) for c, g in grades.items() if g != "never" and FIRST_HAN <= c <= LAST_HAN
        }
        self._typical = frozenset(c for c, grade in grades.items() if grade == "typical")
        self._possible = float(weights["given"]["possible"])
        self._single, self._double = float(weights["given"]["single"]), float(weights["given"]["double"])
        self._twin = float(weights["given"]["twin"])
        self._frequent = float(weights["given"]["frequent"])
        self.given_names = frozenset(words("given_names"))
        """The most frequent given names."""
        self.not_names = frozenset(words("not_names"))
        """Words known to be no names (温馨, 江南, 雷锋)."""
        self.single_surnames = "".join(s for s in self._surname if len(s) == 1)
        self.compound_surnames = tuple(sorted(self._two, key=len, reverse=True))
        self.opening = re.compile(
            f"[{_firsts(self._surname)}](?:(?<=[{self.single_surnames}])|(?=[{_firsts(s[1:] for s in self._two)}]))"
            f"(?=[{FIRST_HAN}-{LAST_HAN}])"
        )
        """The first character of a surname, where the rest of a name may follow."""

    def at(self, text: str, start: int, least: int = 0) -> list[Shape]:
        """Every possible name that begins at `start` and ends at `least` or behind it, longest surname first.

        >>> shapes = NameShapes()
        >>> ["尉迟明月说"[:end] for _, end, _ in shapes.at("尉迟明月说", 0)]  # Yuchi Mingyue says
        ['尉迟明', '尉迟明月']
        """
        found: list[Shape] = []
        for size in self._surname_sizes(text, start):
            given = start + size
            if given + LONGEST_GIVEN < least:
                continue
            worth = self._surname[text[start:given]]
            characters = 0.0
            for end in range(given + 1, given + LONGEST_GIVEN + 1):
                last = text[end - 1 : end]
                value = self._given.get(last)
                if value is None:
                    if last in self._never or not FIRST_HAN <= last <= LAST_HAN:
                        break
                    value = self._possible
                characters += value
                if end < least:
                    continue
                weight = worth + characters
                weight += self._single if end == given + 1 else self._twin if last == text[given] else self._double
                if text[given:end] in self.given_names:
                    weight += self._frequent
                found.append((given, end, weight))
        return found

    def _surname_sizes(self, text: str, start: int) -> Sequence[int]:
        """The lengths of the surnames that may begin at `start`, longest first; none is left beside a certain one."""
        first = text[start : start + 1]
        if first not in self._two_initials:
            return ONE if first in self._surname else ()
        sizes = [n for n in range(LONGEST_SURNAME, 1, -1) if text[start : start + n] in self._two]
        certain = any(text[start : start + n] not in self._words for n in sizes)
        return sizes if certain or first not in self._surname else [*sizes, 1]

    def typical(self, given: str) -> bool:
        """Whether every character is typical of given names."""
        return self._typical.issuperset(given)

    def surname_is_word(self, surname: str) -> bool:
        """Whether a surname is also a frequent word, so that it takes more evidence."""
        return surname in self._words

    def surname_is_function(self, surname: str) -> bool:
        """Whether a surname is a preposition, a conjunction or the like (和, 向)."""
        return surname in self._functions

    def surname_is_frequent(self, surname: str) -> bool:
        """Whether a surname is one of the three hundred most frequent."""
        return surname in self._common


def _firsts(words: Iterable[str]) -> str:
    """The first characters of words, each once, as they stand in a character class."""
    return "".join(sorted({word[0] for word in words}))
