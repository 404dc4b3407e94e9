"""A pivot as people read it: labels in their language, for each figure the address of the activities that it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.archive.counting.dimensions import TIMES
from corpus.archive.pivot import Axis, Heading, Pivot
from web import addresses, asking
from web.language import Language
from web.links import link

STEPS = 9
"""Shades of a heat map beside none at all."""
OWN = ("rows", "columns", "top", "sort", "page", "per_page", "lang")
"""Parameters of this page that mean nothing to the list of activities."""
Asked = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Label:
    """A row or column: what it is called, its page where it has one, and how many activities, at which address.

    `kind` is value, others or unknown; `more`: how many values the others are. `short` tells namesakes not apart.
    """

    text: str
    about: str | None
    total: int
    counted: str | None
    kind: str = "value"
    more: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure; `step` is its shade, from 0 for none to STEPS for the highest."""

    count: int
    counted: str | None
    step: int


@dataclass(frozen=True, slots=True)
class Grid:
    """`cells[row][column]`, and all activities: `total` at `counted`."""

    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    cells: tuple[tuple[Cell, ...], ...]
    total: int
    counted: str
    dimensions: tuple[str, str]


def grid(pivot: Pivot, asked_for: Asked, speech: Language) -> Grid:
    """The pivot of the activities that the parameters `asked_for` want; others and unknown where there are any."""
    base = [(name, value) for name, value in asked_for if name not in OWN and value]
    distinct = ("distinct", "1") in base
    given = {name for name, _ in base}

    def one(dimension: str, value: str | None) -> tuple[str, str]:
        name, wanted = asking.asked(dimension, value, distinct)
        # of a filter that is given already one more value would be an alternative
        return ("only", f"{dimension}:{value or ''}") if name in given else (name, wanted)

    def counted(*asked: tuple[str, str] | None) -> str | None:
        here = [each for each in asked if each is not None]
        return None if len(here) < len(asked) else link("/activities", [*base, *here])

    sides = [_side(axis, one, counted, speech) for axis in (pivot.rows, pivot.columns)]
    (rows, downs), (columns, acrosses) = sides
    known = [row[: len(pivot.columns.headings)] for row in pivot.cells[: len(pivot.rows.headings)]]
    most = max((count for row in known for count in row), default=0)
    cells = tuple(
        tuple(
            Cell(count, counted(down, across) if count else None, min(STEPS, -(-count * STEPS // most)) if most else 0)
            for column, across in acrosses
            for count in (pivot.cells[row][column],)
        )
        for row, down in downs
    )
    every = link("/activities", base)
    return Grid(rows, columns, cells, pivot.total, every, (pivot.rows.dimension, pivot.columns.dimension))


_Side = tuple[tuple[Label, ...], list[tuple[int, tuple[str, str] | None]]]


def _side(
    axis: Axis,
    one: Callable[[str, str | None], tuple[str, str]],
    counted: Callable[..., str | None],
    speech: Language,
) -> _Side:
    """The labels of an axis, and for each the index of its cells and what asks for it."""
    labels, places = list[Label](), list[tuple[int, tuple[str, str] | None]]()
    twice = _called_twice(axis.headings)
    for index, (heading, total) in enumerate(zip(axis.headings, axis.totals, strict=True)):
        asked = one(axis.dimension, _value(heading))
        text = _text(axis.dimension, heading, speech, heading.name in twice)
        about = _about(axis.dimension, heading)
        labels.append(Label(text, about, total, counted(asked), short=heading.name or text))
        places.append((index, asked))
    shown = len(axis.headings)
    if axis.others:
        text = speech.several("%(count)s further one", "%(count)s further ones", axis.more)
        labels.append(Label(text, None, axis.others, None, "others", axis.more))
        places.append((shown, None))
    if axis.unknown:
        asked = one(axis.dimension, None)
        labels.append(Label(speech.text("not known"), None, axis.unknown, counted(asked), "unknown"))
        places.append((shown + 1, asked))
    return tuple(labels), places


def _called_twice(headings: Sequence[Heading]) -> set[str | None]:
    seen, twice = set[str | None](), set[str | None]()
    for heading in headings:
        (twice if heading.name in seen else seen).add(heading.name)
    return twice


def _value(heading: Heading) -> str | None:
    if heading.party:
        return asking.party(heading.party)
    return heading.place.address.path if heading.place else heading.name


def _text(dimension: str, heading: Heading, speech: Language, namesakes: bool) -> str:
    name = heading.name or speech.text("not known")
    if heading.place and namesakes and heading.place.chain:
        return f"{name} ({heading.place.chain[0]})"
    if dimension in ("type", "status"):
        return speech.name(dimension, name)
    return name if dimension == "day" or dimension not in TIMES else speech.day(name)


def _about(dimension: str, heading: Heading) -> str | None:
    if heading.party:
        return addresses.party(heading.party)
    if heading.place:
        return addresses.place(heading.place)
    return addresses.type_(heading.name) if dimension == "type" and heading.name else None
