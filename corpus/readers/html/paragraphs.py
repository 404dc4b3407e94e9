"""Lines to printed blocks: paragraphs that the markup only breaks into lines are put together again.

Where a page has <br> for <p>, indentation and empty lines tell the paragraphs; where it has neither and its lines break
off in mid-sentence, it is a dump of a printed page, and its lines stay as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.readers.html.flow import Line
from corpus.readers.html.wording import ends

MOST_TORN = 0.3
"""Share of a block's lines that may break off in mid-sentence before it is taken for a dump."""
LEAST_DUMP = 4
"""Lines of a dump at the least."""

_CHINESE = ("\u2e80", "\u9fff"), ("\uff00", "\uffef"), ("\u2014", "\u2026")


@dataclass(frozen=True, slots=True)
class Block(Line):
    """One printed block, in one line: where it is, what stands before it and its indentation are its first line's.

    `whole`: it begins and ends where the markup says; otherwise only its extent on the page is known. `dump`: a line of
    a page dump.
    """

    whole: bool = True
    dump: bool = False


def blocks(lines: Iterable[Line]) -> list[Block]:
    """The blocks of a page's lines.

    >>> from corpus.readers.html.places import Place
    >>> place = Place(1, 1, "td", body=1)
    >>> texts = ("居民昨天一早来到", True), ("广场。", False), ("都说好。", True)
    >>> lines = [Line(text, place, indented=indented) for text, indented in texts]
    >>> [block.text for block in blocks(lines)]  # residents came to the square; all said it was good
    ['居民昨天一早来到广场。', '都说好。']
    """
    found: list[Block] = []
    for _, group in groupby(lines, key=lambda line: (line.place.block, line.place.role, line.place.as_typed)):
        found.extend(_blocks(list(group)))
    return found


def _blocks(group: Sequence[Line]) -> Iterator[Block]:
    place = group[0].place
    if len(group) == 1 and not place.as_typed:
        yield _block(group)
    elif place.as_typed:
        yield from (_block([line], whole=False, dump=True) for line in group)
    elif place.level or place.role in ("main", "kicker", "subtitle", "head"):
        for _, alike in groupby(group, key=lambda line: (line.size, line.bold > 0.5)):
            yield _block(list(alike), " ")
    elif place.role or place.linked:
        yield from (_block([line]) for line in group)
    elif len(group) >= LEAST_DUMP and place.body < 0 and _torn_share(group) > MOST_TORN:
        yield from (_block([line], whole=False, dump=True) for line in group)
    elif any(line.indented for line in group):
        yield from (_block(part) for part in _at_indents(group))
    elif any(line.gap for line in group[1:]):
        yield from (_block(part) for part in _at_gaps(group))
    elif len(group) >= LEAST_DUMP and _torn_share(group) > MOST_TORN:
        yield from (_block([line], whole=False, dump=True) for line in group)
    else:
        yield from (_block([line]) for line in group)


def _at_indents(group: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """A new paragraph at every indented line, and behind a line that ends a sentence or stands apart."""
    part: list[Line] = []
    for line in group:
        if part and (line.indented or line.gap or line.below_picture or not _torn(part[-1])):
            yield part
            part = []
        part.append(line)
    yield part


def _at_gaps(group: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """A new paragraph at every empty line; between two of them lines that break off in mid-sentence belong together."""
    part: list[Line] = []
    for line in group:
        if part and (line.gap or line.below_picture or not _torn(part[-1])):
            yield part
            part = []
        part.append(line)
    yield part


def _torn_share(group: Sequence[Line]) -> float:
    return sum(map(_torn, group)) / len(group)


def _torn(line: Line) -> bool:
    """Whether a line breaks off in mid-sentence, as a line of full width does."""
    return len(line.text) >= 8 and not ends(line.text)


def _block(lines: Sequence[Line], joint: str = "", whole: bool = True, dump: bool = False) -> Block:
    first = lines[0]
    text = first.text
    for line in lines[1:]:
        text += (joint or ("" if _chinese(text[-1]) or _chinese(line.text[0]) else " ")) + line.text
    count = len(lines)
    return Block(
        text,
        first.place,
        sum(line.linked for line in lines) / count,
        sum(line.bold for line in lines) / count,
        max(line.size for line in lines),
        first.indented,
        first.gap,
        first.below_picture,
        first.ruled,
        whole,
        dump,
    )


def _chinese(character: str) -> bool:
    return any(first <= character <= last for first, last in _CHINESE)
