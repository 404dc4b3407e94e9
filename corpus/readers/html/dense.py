"""Where the text of a page is densest: the element that is an article's body though no name says so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.readers.html.flow import Flow
from corpus.readers.html.paragraphs import Block
from corpus.readers.html.roles import is_prose
from corpus.readers.html.wording import is_site, labelled

LEAST_PROSE = 20
"""Characters of prose that an article has at the least."""
MOST_OF_IT = 0.7
"""Share of the page's prose that its densest element holds; the rest are comments and teasers."""


def densest(blocks: Sequence[Block], flow: Flow) -> int:
    """The innermost element that holds most of the page's prose; -1 where there is no prose."""
    prose = [(block, len(block.text)) for block in blocks if _is_text(block)]
    total = sum(length for _, length in prose)
    if total < LEAST_PROSE:
        return -1
    held: Counter[int] = Counter()
    for block, length in prose:
        for element in flow.within(block.place.block):
            held[element] += length
    # elements are numbered in the order of the page: an inner one has a higher number than those around it
    return max(element for element, length in held.items() if length >= MOST_OF_IT * total)


def as_body(blocks: Sequence[Block], element: int, flow: Flow) -> list[Block]:
    """The blocks, those within `element` as a body's."""
    inside = {element}
    for number, parent in enumerate(flow.parents):  # a parent has a lower number
        if parent in inside:
            inside.add(number)
    return [
        replace(block, place=replace(block.place, body=element)) if block.place.element in inside else block
        for block in blocks
    ]


def alike(blocks: Sequence[Block], element: int, flow: Flow) -> Iterator[tuple[int, int]]:
    """The stretches [first, after last) of blocks that stand in one child of `element` each."""
    start, child = 0, -1
    for k, block in enumerate(blocks):
        path = tuple(flow.within(block.place.element))
        here = path[path.index(element) - 1] if element in path[1:] else -1
        if here != child:
            if child >= 0:
                yield start, k
            start, child = k, here
    if child >= 0:
        yield start, len(blocks)


def _is_text(block: Block) -> bool:
    outside = block.place.chrome or block.linked > 0.5 or is_site(block.text) or labelled(block.text)
    return is_prose(block) and not outside
