"""A text with what stands in it marked: places, figures, dates, the words of an activity, nested as HTML nests.

Marks may lie in each other and cross. Where two cross, the inner one is closed and opened again, so that the text is
whole, every character once, and every mark's words are inside its elements.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

DEEPEST = 24
"""Elements open at once; a mark that would lie deeper is left out, for browsers flatten what nests without end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters [start, end) of a text, and what they say.

    `key` is the mark's own (e3.1: the first mention of e3), `of` what it tells of (e3, c1, d2, a1), `kind` its type
    (street, person, figure, date, told). `address`: where its words lead. `title`: what it is, for people. `cut`: it
    began before.
    """

    start: int
    end: int
    kind: str
    key: str
    of: str
    address: str | None = None
    title: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next in a marked text: an element opens ("open"), one closes ("close"), or words ("words").

    `again`: the mark has been opened before, in front of what is shown or because it crosses another. `address`: where
    the words lead, which is where the innermost mark around them that leads anywhere does.
    """

    does: str
    mark: Mark | None = None
    again: bool = False
    words: str = ""
    address: str | None = None


CLOSE = Step("close")


def steps(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Iterator[Step]:
    """The characters [start, end) of a text with the marks in it; of a mark that goes beyond them only what is in them.

    >>> office = Mark(0, 7, "organization", "e1.1", "e1")  # a street office, whose name holds its street's
    >>> street = Mark(0, 4, "street", "e2.1", "e2", address="/places/street/…")
    >>> made = steps("南湖街道办事处", [office, street])
    >>> "".join({"open": "<", "close": ">"}.get(step.does, step.words) for step in made)
    '<<南湖街道>办事处>'
    """
    stop = len(text) if end is None else min(end, len(text))
    start = min(start, stop)
    # of two that begin together the longer one is outside
    waiting = sorted(_within(marks, start, stop), key=lambda mark: (mark.start, -mark.end))
    waiting.reverse()
    edges = sorted({start, stop, *(mark.start for mark in waiting), *(mark.end for mark in waiting)})
    around: list[Mark] = []
    for at, following in pairwise(edges):
        yield from _closed(around, at)
        while waiting and waiting[-1].start == at:
            mark = waiting.pop()
            if len(around) < DEEPEST:
                around.append(mark)
                yield Step("open", mark, again=mark.cut)
        address = next((mark.address for mark in reversed(around) if mark.address), None)
        yield Step("words", words=text[at:following], address=address)
    yield from (CLOSE for _ in around)


def _within(marks: Iterable[Mark], start: int, stop: int) -> Iterator[Mark]:
    for mark in marks:
        if mark.start < stop and mark.end > start and mark.start < mark.end:
            inside = start <= mark.start and mark.end <= stop
            cut = mark.cut or mark.start < start
            yield mark if inside else replace(mark, start=max(mark.start, start), end=min(mark.end, stop), cut=cut)


def _closed(around: list[Mark], at: int) -> Iterator[Step]:
    """Close what ends here; what was opened in it and goes on is opened again."""
    lowest = next((place for place, mark in enumerate(around) if mark.end <= at), None)
    if lowest is None:
        return
    yield from (CLOSE for _ in around[lowest:])
    going_on = [mark for mark in around[lowest:] if mark.end > at]
    around[lowest:] = going_on
    yield from (Step("open", mark, again=True) for mark in going_on)
