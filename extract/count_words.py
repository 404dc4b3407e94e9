"""The words that bind a number to what it counts (`lexicons/count_words.toml`), as patterns and sets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extract import lexicon
from extract.moments import one_of


@dataclass(frozen=True, slots=True)
class CountWords:
    """See the lexicon for what each list means. The patterns are searched up to the place where the number begins."""

    linker_end: re.Pattern[str]
    trend_end: re.Pattern[str]
    carried_end: re.Pattern[str]
    measured_end: re.Pattern[str]
    nominal: frozenset[str]
    verbs: frozenset[str]
    money_nouns: frozenset[str]
    event_units: frozenset[str]
    noun_endings: frozenset[str]
    phrase_ends: frozenset[str]
    measured_nouns: tuple[str, ...]
    single_nouns: frozenset[str]
    no_head: frozenset[str]
    small_words: frozenset[str]
    after_single: tuple[str, ...]
    manners: frozenset[str]
    household_endings: tuple[str, ...]
    mere_numbers: frozenset[str]
    deeds: frozenset[str]
    no_part: frozenset[str]
    buying: frozenset[str]
    complements: tuple[str, ...]
    acting_endings: tuple[str, ...]
    people_endings: tuple[str, ...]
    only: frozenset[str]
    skipped: frozenset[str]
    causing: frozenset[str]
    acts: frozenset[str]
    describing: frozenset[str]
    glued_linkers: Mapping[str, str]

    def plain_verb(self, word: str) -> bool:
        """Whether the word is a verb that takes the counted noun, and never a part of the phrase."""
        return word in self.verbs and word not in self.nominal


@cache
def count_words() -> CountWords:
    """The lexicon, read once."""
    data = lexicon.rules("count_words")
    return CountWords(
        linker_end=re.compile(rf"(?:{one_of(data['linkers'])})[ 　]?$"),
        trend_end=re.compile(rf"(?:{one_of((*data['trends'], *data['linkers']))})[ 　]?$"),
        carried_end=re.compile(rf"(?:{one_of(data['carried'])})$"),
        measured_end=re.compile(rf"(?:{one_of(w for w in data['measured_nouns'] if len(w) > 1)})$"),
        nominal=frozenset(data["nominal"]),
        verbs=frozenset(data["verbs"]),
        money_nouns=frozenset(data["money_nouns"]),
        event_units=frozenset(data["event_units"]),
        noun_endings=frozenset(data["noun_endings"]),
        phrase_ends=frozenset(data["phrase_ends"]),
        measured_nouns=tuple(data["measured_nouns"]),
        single_nouns=frozenset(data["single_nouns"]),
        no_head=frozenset(data["no_head"]),
        small_words=frozenset(data["small_words"]),
        acts=frozenset(data["acts"]),
        causing=frozenset(data["causing"]),
        skipped=frozenset(data["skipped"]),
        only=frozenset(data["only"]),
        people_endings=tuple(data["people_endings"]),
        acting_endings=tuple(data["acting_endings"]),
        complements=tuple(data["complements"]),
        buying=frozenset(data["buying"]),
        deeds=frozenset(data["deeds"]),
        no_part=frozenset(data["no_part"]),
        mere_numbers=frozenset(data["mere_numbers"]),
        manners=frozenset(data["manners"]),
        household_endings=tuple(data["household_endings"]),
        after_single=tuple(data["after_single"]),
        describing=frozenset(data["describing"]),
        glued_linkers=MappingProxyType(data["glued_linkers"]),
    )
