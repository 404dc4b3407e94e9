"""The text of a page from top to bottom, cut where articles and leftovers begin and end: every character once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.layout import Leftover, Range

WHOLE = 12_000
"""Characters of a page that are shown beside an article; of a longer one only what is near the article."""
NEAR = 600
"""Characters before and behind each piece of the article that are shown then."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the page that belongs to a block: `article` and `block` count from 1, `part` of `parts` pieces."""

    start: int
    end: int
    article: int
    block: int
    part: int = 1
    parts: int = 1
    role: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands on the page from one cut to the next; in no piece and no leftover is white space, or a mistake.

    `inside`: the cut before it runs through a line. `left_out`: characters that are not shown here.
    """

    text: str
    piece: Piece | None = None
    reason: str | None = None
    inside: bool = False
    left_out: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing is printed here."""
        return not self.text.strip()


def pieces(article: int, blocks: Iterable[tuple[str, Sequence[Range]]]) -> Iterator[Piece]:
    """The pieces of an article's blocks (role, ranges on the page), in the order of its text."""
    for number, (role, ranges) in enumerate(blocks, 1):
        for part, (start, end) in enumerate(ranges, 1):
            yield Piece(start, end, article, number, part, len(ranges), role)


def stretches(text: str, owned: Iterable[Piece], leftovers: Iterable[Leftover]) -> tuple[Stretch, ...]:
    """The whole text in order; of two that claim one character the one that begins first has it.

    >>> page = "热线：12345\\n垃圾分类进小区\\n"  # a hotline, a headline
    >>> [(each.text, each.reason, each.piece and each.piece.article)
    ...  for each in stretches(page, [Piece(9, 16, 1, 1)], [Leftover("hotline", 0, 8)])]
    [('热线：12345', 'hotline', None), ('\\n', None, None), ('垃圾分类进小区', None, 1), ('\\n', None, None)]
    """
    claims: list[Piece | Leftover] = sorted([*owned, *leftovers], key=lambda each: (each.start, each.end))
    made, at = list[Stretch](), 0

    def add(end: int, claim: Piece | Leftover | None) -> None:
        nonlocal at
        if end > at:
            piece = claim if isinstance(claim, Piece) else None
            reason = claim.reason if isinstance(claim, Leftover) else None
            inside = at > 0 and "\n" not in (text[at - 1], text[at]) and bool(made) and not made[-1].blank
            made.append(Stretch(text[at:end], piece, reason, inside))
            at = end

    for claim in claims:
        add(min(claim.start, len(text)), None)
        add(min(claim.end, len(text)), claim)
    add(len(text), None)
    return tuple(made)


def near(everything: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches of a page shortened to what is near its pieces, where the page is long."""
    if sum(len(each.text) for each in everything) <= WHOLE:
        return tuple(everything)
    return tuple(
        part
        for at, each in enumerate(everything)
        for part in ([each] if each.piece else _shortened(each, at > 0, at + 1 < len(everything)))
    )


def _shortened(stretch: Stretch, behind: bool, before: bool) -> list[Stretch]:
    head, tail = NEAR * behind, NEAR * before
    left_out = len(stretch.text) - head - tail
    if left_out <= NEAR:
        return [stretch]
    parts = [
        replace(stretch, text=stretch.text[:head]),
        Stretch("", left_out=left_out),
        replace(stretch, text=stretch.text[-tail:] if tail else "", inside=False),
    ]
    return [each for each in parts if each.text or each.left_out]
