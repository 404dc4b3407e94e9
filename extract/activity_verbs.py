"""The verbs that reports of activities turn on, from `lexicons/activity_triggers.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.activity_phrases import listed
from extract.any_word import any_word
from extract.lexicon import rules, table

Kind = Literal["light", "carry", "event", "award", "scheme", "direct", "plain"]
READ: tuple[Kind, ...] = ("light", "carry", "event", "award", "scheme", "direct")
"""The kinds that the lexicon lists, in the order in which a verb of several is tried: its own order there."""


@dataclass(frozen=True, slots=True)
class Verb:
    """How a verb carries an activity and how much it says; a weak one's clause names the activity, not its object."""

    kind: Kind
    weight: float
    weak: bool


class FoundVerb(NamedTuple):  # a tuple, as a text has dozens
    """A verb of the lexicon at [start, end) of a text, and what it can be."""

    start: int
    end: int
    word: str
    uses: tuple[Verb, ...]


def found_verbs(text: str) -> tuple[FoundVerb, ...]:
    """Every verb of `text` that may carry an activity, in order, the longest where several begin.

    >>> [v.word for v in found_verbs("社区组织开展义诊")]  # organises and carries out a free clinic
    ['组织开展', '义诊']
    """
    automaton, known = _automaton()
    found = automaton.find_matches_as_indexes(text)
    return tuple([FoundVerb(start, end, *known[which]) for which, start, end in found])


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[str, tuple[Verb, ...]], ...]]:
    return AhoCorasick(list(verbs()), matchkind=MatchKind.LeftmostLongest), tuple(verbs().items())


@cache
def verbs() -> Mapping[str, tuple[Verb, ...]]:
    """What each verb can be, in the lexicon's order.

    >>> [v.kind for v in verbs()["推出"]]  # to launch: an event, or a standing arrangement
    ['light', 'scheme']
    """
    found: dict[str, list[Verb]] = {}
    for entry in rules("activity_triggers")["trigger"]:
        if entry["kind"] in READ:
            for word in entry["words"]:
                found.setdefault(word, []).append(Verb(entry["kind"], entry["weight"], entry.get("weak", False)))
    return MappingProxyType({word: tuple(kinds) for word, kinds in found.items()})


@cache
def verbal_nouns() -> re.Pattern[str]:
    """What 进行 can carry: any event noun or verb of doing."""
    direct = {word for word, kinds in verbs().items() if any(v.kind == "direct" for v in kinds)}
    return re.compile(any_word(direct | {row["noun"] for row in table("event_nouns")}))


def is_a(word: str, kind: Kind) -> bool:
    """Whether `word` is a verb of that kind, whatever else it is."""
    return any(v.kind == kind for v in verbs().get(word, ()))


def idle(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] opens with a verb that carries nothing: 位于, 身穿; 把, 在, 组织 only lead up to one."""
    words = _idle()
    return any(text[start:stop] in words for stop in range(start + 1, min(start + 4, end) + 1))


@cache
def _idle() -> frozenset[str]:
    words = frozenset(w for e in rules("activity_triggers")["trigger"] if e["kind"] == "idle" for w in e["words"])
    return words - listed("leads_up") - listed("causes")
