"""Headlines: blocks of larger type, with the kicker above and the subtitle below that belong to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.readers.geometry.blocks import Block, block
from corpus.readers.geometry.shapes import Box, PositionedLine, around
from corpus.readers.geometry.type_sizes import HEADLINE, RAISED, Body
from schemas.layout import HeadlineRole

LONGEST = 90
"""Characters of the longest headline block; larger type that is longer is a lead or a poem."""
SAME = 0.9
"""Share of the largest size in a group from which a part is main headline too."""
HEADLINES: tuple[HeadlineRole, ...] = ("kicker", "main", "subtitle")


@dataclass(frozen=True, slots=True)
class Head:
    """The headlines of one article, from above: each a block with its role."""

    parts: tuple[tuple[Block, HeadlineRole], ...]
    box: Box
    size: float
    upright: bool = False  # vertical type: the columns stand beside it, not under it


def upright_heads(lines: Sequence[PositionedLine], body: Body) -> tuple[list[Head], list[PositionedLine]]:
    """Headlines in vertical type, read from right to left, and the vertical lines that are none."""
    rest = [line for line in lines if not _headline(block([line]), body)]
    groups: list[list[Block]] = []
    for line in sorted((line for line in lines if line not in rest), key=lambda line: -line.box.right):
        each = block([line])
        group = next((g for g in groups if _side_by_side(g[-1], each)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return [replace(_head(group), upright=True) for group in groups], rest


def _side_by_side(right: Block, left: Block) -> bool:
    gap = right.box.left - left.box.right
    over = right.box.overlap_y(left.box) > 0.6 * min(right.box.height, left.box.height)
    return over and -0.5 * left.size < gap < max(right.size, left.size)


def heads(blocks: Sequence[Block], body: Body, barriers: Sequence[Box]) -> tuple[list[Head], list[Block]]:
    """The headline groups of a page and the blocks that are no headlines."""
    large = sorted((each for each in blocks if _headline(each, body)), key=lambda each: -each.size)
    free = [each for each in blocks if each not in large]
    groups: list[list[Block]] = []
    for each in sorted(large, key=lambda each: each.box.top):
        group = next((g for g in groups if _together(g[-1], each, free + large, barriers)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    for group in groups:
        _companions(group, free, body, barriers)
    return [_head(group) for group in groups], free


def _headline(each: Block, body: Body) -> bool:
    said = each.lines[0].role
    if said is not None:
        return said in HEADLINES
    return body.times(each.size) >= HEADLINE and each.length <= LONGEST and len(each.lines) <= 6


def _together(upper: Block, lower: Block, others: Sequence[Block], barriers: Sequence[Box]) -> bool:
    """Whether two headline blocks, one under the other, are one article's."""
    white = lower.box.top - upper.box.bottom
    if not -0.5 * lower.size < white < 1.1 * max(upper.size, lower.size):
        return False
    if upper.box.overlap_x(lower.box) < 0.6 * min(upper.box.width, lower.box.width):
        return False
    gap = Box(lower.box.left, upper.box.bottom, lower.box.right, lower.box.top)
    between = [each.box for each in others if each is not upper and each is not lower] + list(barriers)
    return not any(box.overlap_y(gap) > 0 and box.overlap_x(gap) > 0 for box in between if gap.holds(box, 2))


def _companions(group: list[Block], free: list[Block], body: Body, barriers: Sequence[Box]) -> None:
    """Add the kicker and subtitle in type that is only a little larger than the body or of another face."""
    for above in (True, False):
        edge = group[0] if above else group[-1]
        for each in list(free):
            raised = body.times(each.size) >= RAISED or all(body.differs(line) for line in each.lines)
            if not raised or len(each.lines) > 2 or each.length > LONGEST or each.lines[0].role is not None:
                continue
            upper, lower = (each, edge) if above else (edge, each)
            # what stands right under lines of the same kind goes on from them
            if _together(upper, lower, free, barriers) and not (above and _continues(each, free)):
                group.insert(0, each) if above else group.append(each)
                free.remove(each)
                break


def _continues(each: Block, others: Sequence[Block]) -> bool:
    return any(
        other is not each
        and 0 <= each.box.top - other.box.bottom < each.size
        and other.box.overlap_x(each.box) > 0.5 * each.box.width
        for other in others
    )


def _head(group: list[Block]) -> Head:
    size = max(each.size for each in group)
    main = [n for n, each in enumerate(group) if each.size >= SAME * size]
    parts: list[tuple[Block, HeadlineRole]] = []
    for n, each in enumerate(group):
        said = each.lines[0].role
        role: HeadlineRole = "main" if n in main else "kicker" if n < main[0] else "subtitle"
        parts.append((each, said if said == "kicker" or said == "main" or said == "subtitle" else role))
    return Head(tuple(parts), around(each.box for each in group), size)
