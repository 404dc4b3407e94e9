"""How far a headline reaches: the columns that stand under it, also where its own words are shorter than their width.

A headline owns the columns below it until the next headline or rule in those columns. Set in the middle of its columns
it leaves white on both sides; where two headlines share such white, each column goes to the one that stays centred.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.geometry.blocks import Block
from corpus.readers.geometry.heads import Head
from corpus.readers.geometry.shapes import Box


@dataclass(frozen=True, slots=True)
class Above:
    """What a block of text finds above it: a headline or another block, by its index; `white`: ems between them."""

    head: int | None = None
    text: int | None = None
    figure: int | None = None
    white: float = 0.0
    direct: bool = True  # under the headline's own words, not only under the white beside them


def reaches(heads: Sequence[Head], others: Sequence[Box], width: float) -> list[Box]:
    """For every headline its box, made as wide as the white beside it allows."""
    found = []
    for n, head in enumerate(heads):
        if head.upright:
            found.append(head.box)
            continue
        band = Box(head.box.left, head.box.top + 0.15 * head.box.height, head.box.right, head.box.bottom)
        left, right = 0.0, width
        beside = [*others, *(other.box for m, other in enumerate(heads) if m != n)]
        for box in beside:
            if box.overlap_y(band) <= 0:
                continue
            if box.right <= head.box.left + head.size / 2:
                left = max(left, box.right)
            elif box.left >= head.box.right - head.size / 2:
                right = min(right, box.left)
        found.append(Box(min(left, head.box.left), head.box.top, max(right, head.box.right), head.box.bottom))
    return found


def look_up(
    block: Block,
    heads: Sequence[Head],
    wide: Sequence[Box],
    texts: Sequence[Block],
    figures: Sequence[Box],
    rules: Sequence[Box],
) -> list[Above]:
    """What stands above `block` and nothing between: one thing, or several headlines that only their white leads to."""
    box, slack = block.box, 0.5 * block.size
    near: list[tuple[float, Above]] = []
    for n, head in enumerate(heads):
        white = (box.top - head.box.bottom) / block.size
        if head.box.bottom <= box.top + slack and _covers(wide[n], box):
            near.append((head.box.bottom, Above(head=n, white=white, direct=_covers(head.box, box))))
    for n, text in enumerate(texts):
        if text is not block and text.box.bottom <= box.top + slack and _covers(text.box, box):
            near.append((text.box.bottom, Above(text=n, white=(box.top - text.box.bottom) / block.size)))
    for n, figure in enumerate(figures):
        if figure.bottom <= box.top + slack and _covers(figure, box):
            near.append((figure.bottom, Above(figure=n, white=(box.top - figure.bottom) / block.size)))
    if not near:
        return []
    lowest = max(bottom for bottom, _ in near)
    first = next(above for bottom, above in near if bottom == lowest)
    room = (1.5 if first.head is not None else 0.0) * block.size  # a fine line between headline and text is an ornament
    for rule in rules:
        if lowest + room < rule.level < box.top and rule.overlap_x(box) > 0.6 * box.width:
            return []
    if first.head is None or first.direct:
        return [first]
    # white beside several headlines of about one height
    size = heads[first.head].size
    return [above for bottom, above in near if above.head is not None and bottom > lowest - 2.5 * size]


def _covers(upper: Box, lower: Box) -> bool:
    return upper.overlap_x(lower) > 0.35 * min(upper.width, lower.width)


def shared(columns: Sequence[Box], left: tuple[Box, Box | None], right: tuple[Box, Box | None]) -> int:
    """How many of `columns`, which stand under the white between two headlines, are the left one's.

    `left`, `right`: the words of each headline and what is already sure to be under it.
    """

    def off(words: Box, under: Sequence[Box]) -> float:
        if not under:
            return 0.0
        start, end = min(box.left for box in under), max(box.right for box in under)
        return min(abs((start + end) / 2 - words.middle), abs(start - words.left))

    def cost(cut: int) -> float:
        (words, sure), (other_words, other_sure) = left, right
        mine = [*([sure] if sure else []), *columns[:cut]]
        others = [*([other_sure] if other_sure else []), *columns[cut:]]
        return off(words, mine) + off(other_words, others)

    return min(range(len(columns) + 1), key=cost)
