"""Which headline, columns and pictures are one article."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.readers.geometry.blocks import Block
from corpus.readers.geometry.figures import Figure
from corpus.readers.geometry.heads import Head
from corpus.readers.geometry.reach import Above, look_up, reaches, shared
from corpus.readers.geometry.shapes import Box, around

WIDEST_GUTTER = 3.5
"""Ems between two columns of one article."""
PARAGRAPH_GAP = 1.6
"""Ems of white inside a column that still separate no more than paragraphs; leading is about half an em of white."""
BESIDE = 2.6
"""The same between vertical headline and column, in ems of the headline."""
NOWHERE = Box(-1e9, 1e9, -1e9, 1e9)
"""Where a headline is for what only looks upwards, when it stands upright."""
CLOSE = 1.3
"""Ems between a column and a picture that stands in it; a picture story of its own keeps more distance."""


@dataclass(slots=True)
class Group:
    """An article as geometry sees it; `sure`: every part is where only this article's parts can be."""

    head: Head | None = None
    texts: list[Block] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    sure: bool = True

    @property
    def box(self) -> Box:
        """What the article covers."""
        heads = [self.head.box] if self.head else []
        return around([*heads, *(text.box for text in self.texts), *(figure.box for figure in self.figures)])


def groups(
    heads: Sequence[Head],
    texts: Sequence[Block],
    figures: Sequence[Figure],
    rules: Sequence[Box],
    frames: Sequence[Box],
    width: float,
) -> list[Group]:
    """The articles of a page or of a frame, in no order; every block is in exactly one."""
    upright = [rule for rule in rules if rule.height > rule.width]
    level = [rule for rule in rules if rule.height <= rule.width]
    boxes = [figure.box for figure in figures]
    wide = reaches(heads, [*(text.box for text in texts), *boxes, *upright, *frames], width)
    found = [Group(head) for head in heads]
    owner: dict[int, int] = {}  # text → group
    level_heads = [replace(head, box=NOWHERE) if head.upright else head for head in heads]
    ordered = sorted(range(len(texts)), key=lambda n: (texts[n].box.top, texts[n].box.left))
    above = {n: look_up(texts[n], level_heads, wide, texts, boxes, level) for n in ordered}
    under_white = [n for n in ordered if above[n] and above[n][0].head is not None and not above[n][0].direct]
    for n in ordered:
        if n not in owner and n not in under_white:
            beside = _upright_head(texts[n], above[n], heads, upright)
            if beside is not None:
                _give(n, beside, texts, owner, found, True)
                continue
            _settle(n, above[n], texts, boxes, level_heads, wide, level, owner, found, upright)
    for n, head in _by_white(under_white, above, texts, heads, owner):
        found[head].texts.append(texts[n])
        owner[n] = head
    for n in reversed(ordered):  # a vertical headline at the right owns the columns at its left, the next one first
        of = _beside(n, texts, owner, upright) if n not in owner else None
        if of is not None and (headline := found[owner[of]].head) and headline.upright and not above[n]:
            _give(n, owner[of], texts, owner, found, True)
    for n in ordered:  # what hangs on a block that has only now found its headline
        if n not in owner:
            _settle(n, above[n], texts, boxes, level_heads, wide, level, owner, found, upright, last=True)
    _place_figures(figures, found, level, upright)
    return found


def _settle(
    n: int,
    above: Sequence[Above],
    texts: Sequence[Block],
    figures: Sequence[Box],
    heads: Sequence[Head],
    wide: Sequence[Box],
    rules: Sequence[Box],
    owner: dict[int, int],
    found: list[Group],
    upright: Sequence[Box],
    last: bool = False,
) -> None:
    """Give block `n` to a group where what stands above or beside it decides; with `last` in any case."""
    text = texts[n]
    ahead, sure = above, True
    first = ahead[0] if ahead else None
    seen = 0
    while first and first.figure is not None and seen < len(figures):  # on through pictures
        seen += 1
        picture = figures[first.figure]
        through = Block(text.lines, Box(text.box.left, picture.top, text.box.right, picture.top), text.size)
        ahead = look_up(through, heads, wide, texts, figures, rules)
        first = ahead[0] if ahead else None
        if first and first.text is not None and not _same_column(texts[first.text].box, text.box, text.size):
            sure = False
    if first and first.head is not None and (first.direct or seen or last):
        return _give(n, first.head, texts, owner, found, sure and (first.direct or len(ahead) == 1))
    if first and first.text is not None and first.text in owner:
        upper = texts[first.text]
        near = seen > 0 or first.white < PARAGRAPH_GAP
        if _same_column(upper.box, text.box, text.size) and near:
            return _give(n, owner[first.text], texts, owner, found, sure)
    neighbour = _beside(n, texts, owner, upright)
    if neighbour is not None:
        return _give(n, owner[neighbour], texts, owner, found, True)
    if not last:
        return None
    raised = _raised(text, found, upright) if not first or first.white > PARAGRAPH_GAP else None
    if raised is not None:
        return _give(n, raised, texts, owner, found, True)
    if first and first.text is not None and first.text in owner and first.white < 3 * PARAGRAPH_GAP:
        return _give(n, owner[first.text], texts, owner, found, False)
    found.append(Group(None, sure=False))
    return _give(n, len(found) - 1, texts, owner, found, False)


def _upright_head(text: Block, above: Sequence[Above], heads: Sequence[Head], rules: Sequence[Box]) -> int | None:
    """The headline in vertical type that a block without a headline above it stands beside."""
    if above and above[0].head is not None:
        return None
    for n, head in enumerate(heads):
        gap = max(head.box.left - text.box.right, text.box.left - head.box.right)
        level = head.box.top - 1.5 * text.size < text.box.top < head.box.bottom
        if head.upright and level and -text.size < gap < max(WIDEST_GUTTER * text.size, BESIDE * head.size):
            edges = sorted((head.box.middle, text.box.middle))
            if not any(edges[0] < rule.middle < edges[1] and rule.overlap_y(text.box) > 0 for rule in rules):
                return n
    return None


def _raised(text: Block, found: Sequence[Group], rules: Sequence[Box]) -> int | None:
    """The article whose headline a column without one of its own begins beside: its columns go on in this one."""
    for n, group in enumerate(found):
        if group.head is None or group.head.upright or not group.texts:
            continue
        head, columns = group.head.box, around(each.box for each in group.texts)
        level = head.top - 2 * text.size < text.box.top < head.bottom
        gap = text.box.left - max(head.right, columns.right)
        if level and -text.size < gap < WIDEST_GUTTER * text.size and text.box.bottom > columns.top:
            between = (columns.right - text.size, text.box.left + text.size)
            if not any(between[0] < rule.middle < between[1] and rule.overlap_y(text.box) > 0 for rule in rules):
                return n
    return None


def _give(n: int, group: int, texts: Sequence[Block], owner: dict[int, int], found: list[Group], sure: bool) -> None:
    found[group].texts.append(texts[n])
    found[group].sure = found[group].sure and sure
    owner[n] = group


def _same_column(upper: Box, lower: Box, size: float) -> bool:
    """Whether two boxes are of one column: the same sides, or inside them where a line is short."""
    narrow, broad = sorted((upper, lower), key=lambda box: box.width)
    return broad.left - 1.5 * size <= narrow.left and narrow.right <= broad.right + 1.5 * size


def _beside(n: int, texts: Sequence[Block], owner: dict[int, int], upright: Sequence[Box]) -> int | None:
    """A block with a group that stands left of block `n` and begins at its height; failing that, right of it."""
    box, size = texts[n].box, texts[n].size
    for side in (1, -1):
        for m in owner:
            other = texts[m].box
            gap = (box.left - other.right) if side == 1 else (other.left - box.right)
            if not -size < gap < WIDEST_GUTTER * size or abs(other.top - box.top) > 1.3 * size:
                continue
            between = Box(min(other.right, box.right), box.top, max(other.left, box.left), box.bottom)
            if not any(between.left - size < rule.middle < between.right + size and rule.overlap_y(box) > 0.5 * size
                       for rule in upright):  # fmt: skip
                return m
    return None


def _by_white(
    blocks: Sequence[int],
    above: dict[int, list[Above]],
    texts: Sequence[Block],
    heads: Sequence[Head],
    owner: dict[int, int],
) -> list[tuple[int, int]]:
    """Whose each block is that stands under the white beside headlines: (block, headline)."""
    decided: list[tuple[int, int]] = []
    contested: dict[tuple[int, int], list[int]] = {}
    for n in blocks:
        of = sorted({each.head for each in above[n] if each.head is not None}, key=lambda h: heads[h].box.left)
        if len(of) == 1:
            decided.append((n, of[0]))
        else:
            contested.setdefault((of[0], of[-1]), []).append(n)

    def under(head: int) -> Box | None:
        mine = [texts[n].box for n, group in [*owner.items(), *decided] if group == head]
        return around(mine) if mine else None

    for (left, right), these in contested.items():
        columns = sorted(these, key=lambda n: texts[n].box.left)
        boxes = [texts[n].box for n in columns]
        cut = shared(boxes, (heads[left].box, under(left)), (heads[right].box, under(right)))
        decided += [(n, left if at < cut else right) for at, n in enumerate(columns)]
    return decided


def _place_figures(figures: Sequence[Figure], found: list[Group], rules: Sequence[Box], upright: Sequence[Box]) -> None:
    """Pictures to the article that they stand in; what stands in none is a picture story of its own."""
    boxes = [group.box for group in found]
    alone = []
    for figure in figures:
        box, area = figure.box, max(figure.box.width * figure.box.height, 1e-9)
        inside = [
            (max(0.0, box.overlap_x(each)) * max(0.0, box.overlap_y(each)) / area, -each.width * each.height, n)
            for n, each in enumerate(boxes)
        ]
        share, _, n = max(inside, default=(0.0, 0.0, 0))
        of: int | None = n
        if share <= 0.6:
            of = _hanging(figure, found, boxes, rules)
            of = _under_headline(figure.box, found, rules, upright) if of is None else of
        if of is None:
            alone.append(Group(figures=[figure], sure=bool(figure.captions)))
        else:
            found[of].figures.append(figure)
    found.extend(alone)


def _hanging(figure: Figure, found: Sequence[Group], boxes: Sequence[Box], rules: Sequence[Box]) -> int | None:
    """The article that a picture below some of its columns belongs to: right under them, or beside the others' ends."""
    box = figure.box
    for n, group in enumerate(found):
        over = [text for text in group.texts if _near_above(text.box, box, 2.5 * text.size)]
        within = boxes[n].left - 2 <= box.left and box.right <= boxes[n].right + 2
        if not over or not within:
            continue
        foot = max(text.box.bottom for text in over)
        ruled = any(foot < rule.level < box.top and rule.overlap_x(box) > 0.5 * box.width for rule in rules)
        ended = any(0 < rule.level - box.bottom < 2.5 * over[0].size and rule.overlap_x(box) > 0.9 * box.width
                    for rule in rules)  # fmt: skip
        # a rule that ends the article under its picture leaves it inside
        close = box.top - foot < (2.5 if ended else CLOSE) * over[0].size
        if not ruled and (close or boxes[n].overlap_y(box) > 0.25 * box.height):
            return n
    return None


def _under_headline(figure: Box, found: Sequence[Group], rules: Sequence[Box], upright: Sequence[Box]) -> int | None:
    """The article that a picture opens: it stands under the headline like a column, with the columns beside it."""
    for n, group in enumerate(found):
        if group.head is None or group.head.upright or not group.texts:
            continue
        head, size = group.head.box, group.texts[0].size
        columns = around(text.box for text in group.texts)
        gap = max(figure.left - columns.right, columns.left - figure.right)
        white = figure.top - head.bottom
        level = -size < white < 3 * size and abs(figure.top - columns.top) < 2 * size
        if not level or not -size < gap < WIDEST_GUTTER * size:
            continue
        # the headline's words reach over the picture, or are centred only if it is counted in
        whole = around([figure, columns])
        reach = head.overlap_x(figure) > 0.2 * figure.width or (
            abs(whole.middle - head.middle) < 2 * size < abs(columns.middle - head.middle)
        )
        between = sorted((figure.middle, columns.middle))
        parted = any(between[0] < rule.middle < between[1] and rule.overlap_y(figure) > 0 for rule in upright)
        ruled = any(head.bottom + size < rule.level < figure.top and rule.overlap_x(figure) > 0 for rule in rules)
        if reach and not parted and not ruled:
            return n
    return None


def _near_above(upper: Box, lower: Box, white: float) -> bool:
    return upper.overlap_x(lower) > 0.5 * min(upper.width, lower.width) and -2 < lower.top - upper.bottom < white
