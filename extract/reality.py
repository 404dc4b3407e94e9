"""Whether a clause tells what happened: plans, wishes, negation, background, results and speech, by one mechanism.

Each is a list of cues in `lexicons/reality.toml` with its scope; nothing here knows a word. What no cue touches counts
as reported: done.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.any_word import any_word
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
    """What `clause` claims, and the words (`cue`) that say so; no cue means plainly reported."""

    clause: Clause
    claim: Claim
    cue: Span | None

    @property
    def happened(self) -> bool:
        """Whether the clause reports something done or going on."""
        return self.claim in HAPPENED


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: Claim
    scope: str
    at: str


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[_Cue, ...]]]:
    """Any cue or exception, and what each word says; an exception is a longer word around a cue and says nothing."""
    meanings: dict[str, list[_Cue]] = {}
    exceptions: set[str] = set()
    for entry in rules("reality")["cue"]:
        exceptions.update(entry["except"])
        for word in entry["words"]:
            meanings.setdefault(word, []).append(_Cue(entry["kind"], entry["scope"], entry["at"]))
    for word in exceptions:
        meanings.setdefault(word, [])
    return re.compile(any_word(meanings)), {w: tuple(m) for w, m in meanings.items()}


def verdicts(text: str, sentence: Sentence, quoted: Iterable[Span] = ()) -> tuple[Verdict, ...]:
    """One verdict a clause of `sentence`; cues inside `quoted` spans (quotations) say nothing about the sentence.

    >>> from extract.clauses import Sentence, cut
    >>> text = "下一步，社区将举办灯会。"  # next, the community will hold a lantern fair
    >>> s = Sentence(0, len(text), 0, "paragraph", next(iter(cut(text, 0, len(text)))))
    >>> [v.claim for v in verdicts(text, s)]
    ['planned', 'planned']
    """
    pattern, meanings = _cues()
    hidden = [q for q in quoted if q.start < sentence.end and sentence.start < q.end]
    per_clause: list[dict[Claim, Span]] = [{} for _ in sentence.clauses]
    at = sentence.start
    while found := pattern.search(text, at, sentence.end):
        said = meanings[found.group()]
        at = max(found.end() - 1, found.start() + 1) if said else found.end()
        if any(q.start <= found.start() < q.end for q in hidden):
            continue
        index = max(i for i, c in enumerate(sentence.clauses) if i == 0 or c.start <= found.start())
        for cue in said:
            if _stands(text, cue.at, sentence.clauses[index], found.start()):
                for i in _reach(cue.scope, index, len(per_clause)):
                    per_clause[i].setdefault(cue.kind, Span(found.start(), found.end()))
    out: list[Verdict] = []
    for clause, kinds in zip(sentence.clauses, per_clause, strict=True):
        claim: Claim = next((k for k in PRECEDENCE if k in kinds), "done")
        out.append(Verdict(clause, claim, kinds.get(claim)))
    return tuple(out)


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
