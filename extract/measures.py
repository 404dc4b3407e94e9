"""The measure word behind a number: 名, 人次, 平方米, kg. Words live in `lexicons/measures.tsv`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extract import lexicon
from schemas.annotations import Numeral

LENDABLE = "大小整满多"
"""Adjectives that may stand between a number and its measure word: 两大类, 三小瓶."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word as it stands in the text."""

    start: int
    end: int
    text: str
    kind: str  # person, thing, event, container, money, length … time, rank, age: see the lexicon
    plain: bool  # may follow a lone Chinese digit


TRAP = "trap"
"""The kind of a word that begins like a measure word and is none: 部门."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A measure word of the lexicon, or a trap."""

    text: str
    kind: str
    plain: bool = False
    needs: re.Pattern[str] | None = None  # what must stand behind


class MeasureReader:
    """Finds the longest measure word at a position.

    >>> reader = measure_reader()
    >>> reader.at("1.1万人次，", 4).text  # person-times
    '人次'
    >>> reader.at("五部门联合", 1) is None  # five departments: 部 is no measure word here
    True
    """

    def __init__(self) -> None:
        units = [
            _Word(row["unit"], row["kind"], row["sense"] == "plain", _needs(row["unit"], row["needs"]))
            for row in lexicon.table("measures")
        ]
        self.reach = max(len(unit.text) for unit in units) + 3
        """Characters behind a number that hold an adjective, a blank, any measure word and what begins behind it."""
        self._kinds = MappingProxyType({unit.text: unit.kind for unit in units})
        self._words = _by_first((*units, *(_Word(trap, TRAP) for trap in lexicon.words("measure_traps"))))

    def kind(self, unit: str) -> str:
        """What a unit measures; "" for one that the lexicon does not know.

        >>> measure_reader().kind("元"), measure_reader().kind("人次")
        ('money', 'event')
        """
        return self._kinds.get(unit, "")

    def at(self, text: str, start: int) -> Measure | None:
        """The measure word that begins at `start`, or None."""
        words = self._words.get(text[start : start + 1])
        if words is None and text[start : start + 1] == " ":
            start += 1
            words = self._words.get(text[start : start + 1])
        for word in words or ():
            if text.startswith(word.text, start):
                end = start + len(word.text)
                if word.kind == TRAP:
                    return None
                if word.needs is not None and not word.needs.match(text, end):
                    continue
                return Measure(start, end, word.text, word.kind, word.plain)
        return None

    def behind(self, text: str, start: int) -> Measure | None:
        """Like `at`, an adjective between allowed: 两大袋 (two big bags)."""
        found = self.at(text, start)
        if found is None and text[start : start + 1] and text[start] in LENDABLE:
            found = self.at(text, start + 1)
            if found is not None and found.kind not in ("container", "thing"):
                return None
        return found


def _needs(unit: str, needs: str) -> re.Pattern[str] | None:
    """What must stand behind a unit: what its row says, and behind Latin letters none more (kg is none in kgs)."""
    latin = unit[-1].isascii() and unit[-1].isalnum()
    return re.compile((r"(?![0-9A-Za-z])" if latin else "") + needs) if latin or needs else None


def _by_first(words: Iterable[_Word]) -> Mapping[str, tuple[_Word, ...]]:
    """The words that begin with each character, in the order in which they are tried: the longest first.

    Of two as long, what is no trap: a measure word is read unless a longer trap stands there.
    """
    found: dict[str, list[_Word]] = {}
    for word in words:
        found.setdefault(word.text[0], []).append(word)
    for same in found.values():
        same.sort(key=lambda word: (-len(word.text), word.kind == TRAP))
    return MappingProxyType({first: tuple(same) for first, same in found.items()})


@cache
def measure_reader() -> MeasureReader:
    """The reader over the project's lexicon."""
    return MeasureReader()


def measured(text: str, numerals: Sequence[Numeral]) -> Iterator[tuple[int, int]]:
    """Where the measure words behind the numerals stand, which the segmenter would glue to what follows: 12|辆|车."""
    reader = measure_reader()
    for numeral in numerals:
        measure = None if numeral.unit else reader.behind(text, numeral.end)
        if measure is not None:
            yield measure.start, measure.end
