"""The measure word behind a number: 名, 人次, 平方米, kg. Words live in `lexicons/measures.tsv`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extract import lexicon
from schemas.annotations import Numeral, Span

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


class MeasureReader:
    """Finds the longest measure word at a position.

    >>> reader = measure_reader()
    >>> reader.at("1.1万人次，", 4).text  # person-times
    '人次'
    >>> reader.at("五部门联合", 1) is None  # five departments: 部 is no measure word here
    True
    """

    def __init__(self) -> None:
        rows = lexicon.table("measures")
        self._kinds = MappingProxyType({row["unit"]: (row["kind"], row["sense"] == "plain") for row in rows})
        self._needs = MappingProxyType({row["unit"]: re.compile(row["needs"]) for row in rows if row["needs"]})
        self._lengths = _lengths_by_first(self._kinds)
        self._traps = frozenset(lexicon.words("measure_traps"))
        self._trap_lengths = _lengths_by_first(self._traps)

    def kind(self, unit: str) -> str:
        """What a unit measures; "" for one that the lexicon does not know.

        >>> measure_reader().kind("元"), measure_reader().kind("人次")
        ('money', 'event')
        """
        return self._kinds[unit][0] if unit in self._kinds else ""

    def at(self, text: str, start: int) -> Measure | None:
        """The measure word that begins at `start`, or None."""
        if start < len(text) and text[start] == " ":
            start += 1
        first = text[start : start + 1]
        if first not in self._lengths:
            return None
        trap = next((n for n in self._trap_lengths.get(first, ()) if text[start : start + n] in self._traps), 0)
        for length in self._lengths[first]:
            unit = text[start : start + length]
            if len(unit) < length or unit not in self._kinds or length < trap:
                continue
            after = text[start + length : start + length + 1]
            if unit[-1].isascii() and unit[-1].isalnum() and after.isascii() and after.isalnum():
                continue
            if unit in self._needs and not self._needs[unit].match(text, start + length):
                continue
            kind, plain = self._kinds[unit]
            return Measure(start, start + length, unit, kind, plain)
        return None

    def behind(self, text: str, start: int) -> Measure | None:
        """Like `at`, an adjective between allowed: 两大袋 (two big bags)."""
        found = self.at(text, start)
        if found is None and text[start : start + 1] and text[start] in LENDABLE:
            found = self.at(text, start + 1)
            if found is not None and found.kind not in ("container", "thing"):
                return None
        return found


def _lengths_by_first(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """The lengths, longest first, of the words that begin with each character: most characters begin none."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return MappingProxyType({first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()})


@cache
def measure_reader() -> MeasureReader:
    """The reader over the project's lexicon."""
    return MeasureReader()


def measured(text: str, numerals: Sequence[Numeral]) -> Iterator[Span]:
    """The measure words behind the numerals, which the segmenter would glue to what follows: 12|辆|车, 6|角|钱."""
    reader = measure_reader()
    for numeral in numerals:
        measure = None if numeral.unit else reader.behind(text, numeral.end)
        if measure is not None:
            yield Span(measure.start, measure.end)
