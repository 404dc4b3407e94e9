"""Pictures with the captions under, beside or on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.geometry.blocks import Block
from corpus.readers.geometry.shapes import Box, around
from corpus.readers.geometry.type_sizes import RAISED, Body

LONGEST = 260
"""Characters of the longest caption."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and what is printed about it; `box` holds both."""

    picture: Box
    captions: tuple[Block, ...]
    box: Box


def figures(pictures: Sequence[Box], blocks: Sequence[Block], body: Body) -> tuple[list[Figure], list[Block]]:
    """Every picture with its captions, and the blocks that are no captions.

    A caption is small type, or type of another face, next to the picture; right under it, of one width with it and
    ending soon, it may be set as the body is.
    """
    captions: list[list[Block]] = [[] for _ in pictures]
    rest = []
    ordered = sorted(blocks, key=lambda block: block.box.top)
    for block in ordered:
        far = [(_far(block, picture, captions[n]), n) for n, picture in enumerate(pictures)]
        near = [(ems, n) for ems, n in far if ems is not None]
        if near and _is_caption(block, pictures[min(near)[1]], ordered, body):
            captions[min(near)[1]].append(block)
        else:
            rest.append(block)
    found = []
    for picture, mine in zip(pictures, captions, strict=True):
        found.append(Figure(picture, tuple(mine), around([picture, *(block.box for block in mine)])))
    return found, rest


def _is_caption(block: Block, picture: Box, blocks: Sequence[Block], body: Body) -> bool:
    said = block.lines[0].role
    if said is not None:
        return said == "caption"
    if block.length > LONGEST or body.times(block.size) > RAISED * 1.2:
        return False
    if body.small(block.size) or all(body.differs(line) for line in block.lines):
        if block.box.level < picture.top:
            return len(block.lines) <= 3
        # an article can be set smaller than the page's others, and go on under its picture
        return not any(_same_type(block, each) and _over(each, block, picture) for each in blocks)
    # set as the body is: short, right under the picture, and the column goes on with a gap between
    under = block.box.top - picture.bottom
    below = [each for each in blocks if each.box.top > block.box.top and each.box.overlap_x(block.box) > 0]
    after = min((each.box.top for each in below), default=block.box.bottom) - block.box.bottom
    within = picture.left - block.size < block.box.left and block.box.right < picture.right + block.size
    return within and len(block.lines) <= 4 and -1 < under < block.size and after > block.size


def _same_type(one: Block, other: Block) -> bool:
    return abs(one.size - other.size) < 0.02 * one.size and one.lines[0].face == other.lines[0].face


def _over(upper: Block, lower: Block, picture: Box) -> bool:
    """Whether a block of text stands right over the picture in the column of the lower block."""
    white = picture.top - upper.box.bottom
    return upper.length > 12 and -upper.size < white < 2.5 * upper.size and upper.box.overlap_x(lower.box) > 0


def _far(block: Block, picture: Box, captions: Sequence[Block]) -> float | None:
    """How far a block is from a picture or its last caption, in ems; None where it is not next to it."""
    size, box = block.size, block.box
    foot = max([picture.bottom, *(each.box.bottom for each in captions if each.box.top >= picture.bottom - size)])
    over = box.overlap_x(picture) > 0.6 * min(box.width, picture.width)
    if over and -size < box.top - foot < 2 * size:
        return max(0.0, box.top - foot) / size
    if over and -0.5 * size < picture.top - box.bottom < 1.2 * size:
        return 1 + max(0.0, picture.top - box.bottom) / size
    if picture.holds(box, size):
        return 0.0
    beside = -box.overlap_x(picture) / size
    if box.overlap_y(picture) > 0.8 * box.height and -0.3 < beside < 1.5:
        return 2 + beside
    return None
