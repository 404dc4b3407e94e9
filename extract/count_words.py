"""The words that bind a number to what it counts (`lexicons/count_words.toml`), as patterns and sets."""

import re
from dataclasses import dataclass
from functools import cache

from extract import lexicon
from extract.moments import one_of


@dataclass(frozen=True, slots=True)
class CountWords:
    """See the lexicon for what each list means."""

    linker_end: re.Pattern[str]
    carried_end: re.Pattern[str]
    nominal: frozenset[str]
    verbs: frozenset[str]
    money_nouns: frozenset[str]
    event_units: frozenset[str]
    trend_end: re.Pattern[str]
    noun_endings: frozenset[str]
    phrase_ends: frozenset[str]
    measured_nouns: tuple[str, ...]
    measured_end: re.Pattern[str]
    single_nouns: frozenset[str]


@cache
def count_words() -> CountWords:
    """The lexicon, read once."""
    data = lexicon.rules("count_words")
    return CountWords(
        re.compile(rf"(?:{one_of(data['linkers'])})[ 　]?$"),
        re.compile(rf"(?:{one_of(data['carried'])})$"),
        frozenset(data["nominal"]),
        frozenset(data["verbs"]),
        frozenset(data["money_nouns"]),
        frozenset(data["event_units"]),
        re.compile(rf"(?:{one_of((*data['trends'], *data['linkers']))})[ 　]?$"),
        frozenset(data["noun_endings"]),
        frozenset(data["phrase_ends"]),
        tuple(data["measured_nouns"]),
        re.compile(rf"(?:{one_of(w for w in data['measured_nouns'] if len(w) > 1)})$"),
        frozenset(data["single_nouns"]),
    )
