"""Whether a clause tells what happened: plans, wishes, negation, background, results and speech, by one mechanism.

Each is a list of cues in `lexicons/reality.toml` with its scope; nothing here knows a word. What no cue touches counts
as reported: done.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.clauses import Clause, Sentence
from extract.lexicon import rules
from schemas.annotations import Span

Claim = Literal["done", "under_way", "planned", "wished", "negated", "background", "result", "purpose", "spoken"]
PRECEDENCE: tuple[Claim, ...] = (
    "spoken",
    "planned",
    "wished",
    "negated",
    "result",
    "purpose",
    "background",
    "under_way",
)
"""Which claim holds where several cues meet in one clause, first wins."""
HAPPENED: frozenset[Claim] = frozenset({"done", "under_way"})
OPENING = re.compile(
    r"""(?: (?: 此外|另外|同时|随后|接着|其中|据了解|据悉|据介绍|目前|当天|近日|日前|截至
              | [^，。、“”]{1,12}?(?:社区|街道|镇|乡|村|学校|小区|中心)
            )[也还已，,]* )?""",
    re.VERBOSE,
)
"""What may stand before a cue that opens its clause: a connective, a date, a short subject."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clause claims, and the words (`cue`) that say so; no cue means plainly reported."""

    claim: Claim
    cue: Span | None

    @property
    def happened(self) -> bool:
        """Whether the clause reports something done or going on."""
        return self.claim in HAPPENED


REPORTED = Verdict("done", None)
"""Of a clause that no cue touches, as of most."""


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: Claim
    scope: str
    at: str


@dataclass(frozen=True, slots=True)
class _Cues:
    automaton: AhoCorasick  # over all cues and exceptions
    meanings: tuple[tuple[_Cue, ...], ...]  # what each of them says, by its number; an exception says nothing


@cache
def _cues() -> _Cues:
    """An exception is a longer word around a cue."""
    meanings: dict[str, list[_Cue]] = {}
    exceptions: set[str] = set()
    for entry in rules("reality")["cue"]:
        exceptions.update(entry["except"])
        for word in entry["words"]:
            meanings.setdefault(word, []).append(_Cue(entry["kind"], entry["scope"], entry["at"]))
    for word in exceptions:
        meanings.setdefault(word, [])
    return _Cues(AhoCorasick(list(meanings), matchkind=MatchKind.Standard), tuple(map(tuple, meanings.values())))


def verdicts(text: str, sentences: Sequence[Sentence], quoted: Iterable[Span] = ()) -> tuple[tuple[Verdict, ...], ...]:
    """For every sentence one verdict a clause; cues inside `quoted` spans (quotations) say nothing about it.

    >>> from extract.clauses import Sentence, cut
    >>> text = "下一步，社区将举办灯会。"  # next, the community will hold a lantern fair
    >>> s = Sentence(0, len(text), 0, "paragraph", next(iter(cut(text, 0, len(text)))))
    >>> [v.claim for v in verdicts(text, [s])[0]]
    ['planned', 'planned']
    """
    longest = _longest(text)
    starts = sorted(longest)
    hidden = tuple(quoted) if starts else ()
    out: list[tuple[Verdict, ...]] = []
    for sentence in sentences:
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end, first)
        if first < last:
            found = [(start, *longest[start]) for start in starts[first:last]]
            out.append(_judged(text, sentence, found, hidden))
        else:
            out.append((REPORTED,) * len(sentence.clauses))
    return tuple(out)


def _longest(text: str) -> dict[int, tuple[int, int]]:
    """Where cues and exceptions begin, with the end and the number of the longest there."""
    longest: dict[int, tuple[int, int]] = {}
    for which, start, end in _cues().automaton.find_matches_as_indexes(text, overlapping=True):
        longest[start] = end, which  # those that begin together come shortest first
    return longest


def _judged(
    text: str, sentence: Sentence, found: Iterable[tuple[int, int, int]], hidden: Iterable[Span]
) -> tuple[Verdict, ...]:
    """The verdicts on a sentence in which words were found, as (start, end, number) in order.

    A cue may begin with the last character of the one before it, an exception covers what begins inside it.
    """
    meanings, clauses = _cues().meanings, sentence.clauses
    per_clause: list[dict[Claim, Span]] = [{} for _ in clauses]
    at, index = sentence.start, 0
    for start, end, which in found:
        if start < at:
            continue
        said = meanings[which]
        at = max(end - 1, start + 1) if said else end
        if any(q.start <= start < q.end for q in hidden):
            continue
        while index + 1 < len(clauses) and clauses[index + 1].start <= start:
            index += 1
        for cue in said:
            if _stands(text, cue.at, clauses[index], start):
                for i in _reach(cue.scope, index, len(clauses)):
                    per_clause[i].setdefault(cue.kind, Span(start, end))
    return tuple(_verdict(kinds) if kinds else REPORTED for kinds in per_clause)


def _verdict(kinds: dict[Claim, Span]) -> Verdict:
    for claim in PRECEDENCE:
        if claim in kinds:
            return Verdict(claim, kinds[claim])
    return REPORTED


def _stands(text: str, at: str, clause: Clause, start: int) -> bool:
    """Whether a cue at `start` stands where it must: anywhere, at the clause's start, or after a short opening."""
    if at == "start":
        return start == clause.start
    return at == "any" or bool(OPENING.fullmatch(text, clause.start, start))


def _reach(scope: str, index: int, clauses: int) -> range:
    """The clauses that a cue in clause `index` speaks of."""
    if scope == "clause":
        return range(index, index + 1)
    return range(index if scope == "rest" else 0, clauses)


def speech(text: str, quoted: Iterable[Span]) -> tuple[Span, ...]:
    """The quotations that are somebody's words: a sentence ends inside, or a verb of saying stands before them."""
    said: list[Span] = []
    for q in quoted:
        inner = text[q.start + 1 : q.end]
        if inner.rstrip("”")[-1:] in tuple("。！？!?…") or text[max(0, q.start - 2) : q.start].endswith(
            ("：", "说，", "道，")
        ):
            said.append(q)
    return tuple(said)
