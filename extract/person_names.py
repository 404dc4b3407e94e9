"""What a Chinese personal name looks like: surname and given name, weighed character by character.

No model and no name list: the surnames are a closed class, given names draw on a few hundred characters, and the rest
is context (`person_context`). A shape alone never makes a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.lexicon import rules, table, words

LONGEST_SURNAME = 4
FIRST_HAN, LAST_HAN = "\u3400", "\u9fff"


@dataclass(frozen=True, slots=True)
class Shape:
    """Half-open [start, end) of a possible name, its surname's end, and what its characters alone are worth."""

    start: int
    given: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
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
        self._given = {c: float(weights["given"][g]) for c, g in grades.items() if g != "never"}
        self._typical = frozenset(c for c, grade in grades.items() if grade == "typical")
        self._possible = float(weights["given"]["possible"])
        self._single, self._double = float(weights["given"]["single"]), float(weights["given"]["double"])
        self._twin = float(weights["given"]["twin"])
        self._frequent = float(weights["given"]["frequent"])
        self._given_names = frozenset(words("given_names"))
        self._not = frozenset(words("not_names"))
        self.initials = frozenset(s[0] for s in self._surname)
        self.single_surnames = "".join(s for s in self._surname if len(s) == 1)
        self.compound_surnames = tuple(sorted(self._two, key=len, reverse=True))

    def at(self, text: str, start: int) -> Iterator[Shape]:
        """Every possible name that begins at `start`, longest surname first.

        >>> shapes = NameShapes()
        >>> sorted("尉迟明月说"[s.start : s.end] for s in shapes.at("尉迟明月说", 0))  # Yuchi Mingyue says
        ['尉迟明', '尉迟明月']
        """
        sizes: list[int] = []
        if text[start : start + 1] in self._two_initials:
            sizes += [n for n in range(LONGEST_SURNAME, 1, -1) if text[start : start + n] in self._two]
        certain = any(text[start : start + n] not in self._words for n in sizes)
        if text[start : start + 1] in self._surname and not certain:
            sizes.append(1)
        for size in sizes:
            base = self._surname[text[start : start + size]]
            given = start + size
            characters = 0.0
            for length in (1, 2):
                last = text[given + length - 1 : given + length]
                if not last or not FIRST_HAN <= last <= LAST_HAN or last in self._never:
                    break
                part = text[given : given + length]
                characters += self._given.get(last, self._possible)
                weight = base + characters
                weight += self._single if length == 1 else self._twin if part[0] == part[1] else self._double
                weight += self._frequent if part in self._given_names else 0.0
                yield Shape(start, given, given + length, weight)

    def typical(self, given: str) -> bool:
        """Whether every character is typical of given names."""
        return all(c in self._typical for c in given)

    def frequent(self, given: str) -> bool:
        """Whether a given name is one of the most frequent."""
        return given in self._given_names

    def is_word(self, text: str) -> bool:
        """Whether `text` is known to be no name (温馨, 江南, 雷锋)."""
        return text in self._not

    def surname_is_word(self, surname: str) -> bool:
        """Whether a surname is also a frequent word, so that it takes more evidence."""
        return surname in self._words

    def surname_is_function(self, surname: str) -> bool:
        """Whether a surname is a preposition, a conjunction or the like (和, 向)."""
        return surname in self._functions

    def surname_is_frequent(self, surname: str) -> bool:
        """Whether a surname is one of the three hundred most frequent."""
        return surname in self._common
