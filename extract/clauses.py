"""Sentences and clauses of an article's blocks, with offsets over its text.

A newspaper sentence strings clauses on commas: purpose, date, who, what, result. The activity steps read clause by
clause, and a cut inside a quotation or a bracket would tear a printed name, so those are kept whole.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas.annotations import Span
from schemas.layout import Article, BlockRole

OPENERS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】"}
CLOSERS = frozenset(OPENERS.values())
PAUSES = frozenset("；;，,：:…")
STOPS = frozenset("。！？!?\n")
MARKS = re.compile("[" + re.escape("".join(sorted({*OPENERS, *CLOSERS, *PAUSES, *STOPS}))) + "]")
LEAD_FORMULA = re.compile(
    r"""\s*(?:
        [^\s，。“”（）()]{0,8}讯[\s\u3000]*(?:[（(][^）)\n]{0,60}[）)]|(?:本报)?(?:见习|实习)?(?:记者|通讯员)[^，。“”\n]{1,24}?(?:报道|摄影报道)|)
      | 本报(?:记者|通讯员)[^，。“”\n]{1,24}?(?:报道|[ \u3000])
      | [（(](?:本报|首席|见习|实习)*(?:记者|通讯员)[^）)\n]{1,60}[）)]
      | 【[^】\n]{0,24}(?:讯|报导|报道|电)】
      | [（(][^（）()\n]{0,12}记者[^）)\n]{2,30}[）)]
      | 新华社[^，。\n]{0,20}电[\s\u3000]*(?:[（(][^）)\n]{0,40}[）)])?
    )[\s\u3000:：]*""",
    re.VERBOSE,
)
"""本报讯（记者 …）, XX晚报讯, 本报记者 … 报道: printed before the first sentence and no part of it."""


NEAR = 8
"""How many characters may stand before the body that a part of a series opens with: 10月8日, 此外."""


class Clause(NamedTuple):
    """A stretch between commas, without the mark that ends it (`stop`)."""

    start: int
    end: int
    stop: str


class Sentence(NamedTuple):
    """A sentence with its end mark; `block` is the index of its block in the article."""

    start: int
    end: int
    block: int
    role: BlockRole
    clauses: tuple[Clause, ...]

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds `offset`, or the nearest one before it."""
        found = self.clauses[0]
        for clause in self.clauses:
            if clause.start > offset:
                break
            found = clause
        return found


def sentences(article: Article) -> tuple[Sentence, ...]:
    """Every sentence of every block, in order; headlines and crossheads are one sentence each."""
    found: list[Sentence] = []
    for index, block in enumerate(article.blocks):
        start = block.start
        whole = block.role not in ("paragraph", "caption")
        if not whole and (lead := LEAD_FORMULA.match(article.text, start, block.end)):
            start = lead.end()
        for clauses in cut(article.text, start, block.end, whole=whole):
            last = clauses[-1]
            found.append(Sentence(clauses[0].start, last.end + len(last.stop), index, block.role, clauses))
    return tuple(found)


def cut(text: str, start: int, end: int, *, whole: bool = False) -> Iterator[tuple[Clause, ...]]:
    """The sentences of `text[start:end]`, each as its clauses.

    >>> text = "3月5日，社区举办“读书，让生活更美”讲座。居民叫好。"  # a lecture; cheers
    >>> [[text[c.start:c.end] for c in s] for s in cut(text, 0, len(text))]
    [['3月5日', '社区举办“读书，让生活更美”讲座'], ['居民叫好']]
    """
    clauses: list[Clause] = []
    awaited: list[str] = []
    at = start
    for mark in MARKS.finditer(text, start, end):
        offset = mark.start()
        char = text[offset]
        if char in PAUSES:
            if awaited or (text[offset - 1].isdigit() and _within_number(text, offset)):
                continue
        elif char in STOPS:
            # a bracket that is never closed must not swallow the rest of the block
            if awaited and _closes(text, offset + 1, end, awaited[-1]):
                continue
            awaited.clear()
        elif char in OPENERS:
            awaited.append(OPENERS[char])
            continue
        elif not awaited or char != awaited[-1]:
            continue
        else:
            awaited.pop()
            # “……。” closes a spoken sentence: what follows begins a new one
            if not awaited and char == "”" and text[offset - 1] in "。！？!?" and not whole:
                if clause := _clause(text, at, offset + 1, ""):
                    clauses.append(clause)
                at = offset + 1
                if clauses and text[at : at + 1] not in ("，", ",", "。"):
                    yield tuple(clauses)
                    clauses = []
            continue
        if clause := _clause(text, at, offset, char):
            clauses.append(clause)
        at = offset + 1
        if clauses and char in STOPS and not whole:
            yield tuple(clauses)
            clauses = []
    if clause := _clause(text, at, end, ""):
        clauses.append(clause)
    if clauses:
        yield tuple(clauses)


def parted(sentences: Iterable[Sentence], bodies: Collection[int]) -> tuple[Sentence, ...]:
    """The sentences, those cut at semicolons that string the doings of several bodies: 甲社区…；乙社区….

    `bodies` are the offsets at which names of bodies begin. A part is a sentence of its own where it opens with one, or
    with a date before one; the parts of one body's doing (一是…；二是…) stay together.

    >>> text = "柳河社区贴窗花；榆钱社区包饺子；一是管吃。"  # one cuts paper, the other makes dumplings
    >>> whole = Sentence(0, len(text), 0, "paragraph", next(cut(text, 0, len(text))))
    >>> [text[s.start : s.end] for s in parted([whole], {0, 8})]
    ['柳河社区贴窗花；', '榆钱社区包饺子；一是管吃。']
    """
    found: list[Sentence] = []
    for sentence in sentences:
        clauses = sentence.clauses
        breaks = [
            i
            for i in range(1, len(clauses))
            if clauses[i - 1].stop in ("；", ";") and _opens_with(clauses[i : i + 2], bodies)
        ]
        if not breaks or not any(_opens_with(clauses[i : i + 1], bodies) for i in range(breaks[0])):
            found.append(sentence)
            continue
        for first, last in pairwise((0, *breaks, len(clauses))):
            own = clauses[first:last]
            end = own[-1].end + len(own[-1].stop) if last < len(clauses) else sentence.end
            found.append(Sentence(own[0].start, end, sentence.block, sentence.role, own))
    return tuple(found)


def _opens_with(clauses: Sequence[Clause], bodies: Collection[int]) -> bool:
    """Whether the first clause begins with a body, or with a few words like a date before the second that does."""
    first = clauses[0]
    near = any(offset in bodies for offset in range(first.start, min(first.start + NEAR, first.end)))
    return near or (len(clauses) > 1 and first.end - first.start <= NEAR and clauses[1].start in bodies)


def quotations(text: str) -> tuple[Span, ...]:
    """Every “…” of the text with its marks, outermost, in order; an unclosed one ends with its line.

    >>> [ (s.start, s.end) for s in quotations("开展“迎新春”活动") ]  # an activity "welcoming the New Year"
    [(2, 7)]
    """
    found: list[Span] = []
    at = text.find("“")
    while at >= 0:
        line = text.find("\n", at)
        close = text.find("”", at)
        line = line if line >= 0 else len(text)
        end = close + 1 if 0 <= close < line else line
        found.append(Span(at, end))
        at = text.find("“", end)
    return tuple(found)


def _clause(text: str, start: int, end: int, stop: str) -> Clause | None:
    """The clause in text[start:end] without white space around it, if there is one."""
    printed = text[start:end].strip()
    if not printed:
        return None
    if len(printed) < end - start:
        start = text.index(printed, start)
        end = start + len(printed)
    return Clause(start, end, stop)


def _closes(text: str, start: int, end: int, closer: str) -> bool:
    """Whether `closer` follows within reach: a quotation may run over sentences, a lost bracket may not."""
    return text.find(closer, start, min(end, start + 300)) >= 0


def _within_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
