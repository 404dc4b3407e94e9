"""A newspaper page composed: stories in rectangles of several columns, as its make-up editor draws them.

Shelves of stories fill the page from the top, short stories stand below each other beside a long one; a shelf that no
longer fits begins the next page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bench.rendering.issue import Sheet, Story
from bench.rendering.setting import Line, measure
from bench.rendering.story import Draft, Numbered, set_story
from bench.rendering.style import Rectangle, Style


@dataclass(slots=True)
class Leaf:
    """One printed page: its lines in the order they were set, pictures, ruled boxes and rules."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[Rectangle] = field(default_factory=list)
    boxes: list[Rectangle] = field(default_factory=list)
    rules: list[Rectangle] = field(default_factory=list)


def compose(sheet: Sheet, style: Style) -> list[Leaf]:
    """The pages of `sheet` in the style of a paper."""
    leaves: list[Leaf] = []
    top, shelves = 0.0, 0
    ahead, insets = _inset(sheet, style)
    while ahead:
        spans = _shelf([story for _, story in ahead], style, shelves)
        taken, ahead = ahead[: len(spans)], ahead[len(spans) :]
        stacks = [[set_story(each, span, style, insets.get(each[0]))] for each, span in zip(taken, spans, strict=True)]
        height = max(stack[0].height for stack in stacks)
        ahead = _fill(stacks, spans, height, ahead, style)
        if not leaves or top + height > style.height - style.margin - 24:
            leaves.append(_leaf(sheet, style, len(leaves)))
            top = style.margin + 34
            # a story that no page can hold is not cut here
            leaves[-1].height = max(style.height, top + height + style.margin)
        elif style.boxes or shelves % 2:
            leaves[-1].rules.append((style.margin, top - 9, style.left(0) + style.width(style.columns), top - 9))
        _place(leaves[-1], stacks, spans, top, height, style)
        top += height + 20
        shelves += 1
    _notices(leaves[-1], sheet, style, top)
    return leaves


def _inset(sheet: Sheet, style: Style) -> tuple[list[Numbered], dict[int, Numbered]]:
    """The stories that get places of their own, and those that are boxed inside the one before them, by its number."""
    numbered = list(enumerate(sheet.stories))
    if not style.free:
        return numbered, {}
    insets = {
        at - 1: (at, story)
        for at, story in numbered
        if at and story.is_photo and not sheet.stories[at - 1].is_photo and _length(sheet.stories[at - 1]) > 300
    }
    return [each for each in numbered if each not in insets.values()], insets


def _fill(
    stacks: list[list[Draft]], spans: tuple[int, ...], height: float, ahead: list[Numbered], style: Style
) -> list[Numbered]:
    """Put following stories below short ones where they fit; what is still ahead."""
    for stack, span in zip(stacks, spans, strict=True):
        while ahead and _suits((span,), [ahead[0][1]], style):
            below = set_story(ahead[0], span, style)
            if sum(draft.height + 16 for draft in stack) + below.height > height + 4:
                break
            stack.append(below)
            ahead = ahead[1:]
    return ahead


def _shelf(ahead: Sequence[Story], style: Style, number: int) -> tuple[int, ...]:
    """How many columns each of the next stories gets: what leaves least of the shelf white."""

    def white(spans: tuple[int, ...]) -> float:
        drafts = [set_story((0, story), span, style) for story, span in zip(ahead, spans, strict=False)]
        height = max(draft.height for draft in drafts)
        filled = sum(draft.height * span for draft, span in zip(drafts, spans, strict=True))
        # pages alternate between wide and narrow shelves, and few stories run over the whole page
        return 1 - filled / (height * style.columns) + 0.25 * (len(spans) == 1) + 0.04 * ((len(spans) + number) % 2)

    # the last stories may leave columns empty
    choices = {spans[: len(ahead)] for spans in _compositions(style.columns)}
    choices = {spans for spans in choices if _suits(spans, ahead, style)}
    return min(sorted(choices) or [(style.columns,)], key=white)


def _suits(spans: tuple[int, ...], ahead: Sequence[Story], style: Style) -> bool:
    # a picture story wants a column or two of five, a long story at least two
    return all(
        (span <= style.columns // 2 if story.is_photo else span > 1 or _length(story) < 260 or style.columns < 3)
        and (span < style.columns or style.columns < 3 or _length(story) > 450)
        for span, story in zip(spans, ahead, strict=False)
    )


def _length(story: Story) -> int:
    return sum(len(text) for _, text in story.body)


def _compositions(columns: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide columns among stories.

    >>> sorted(_compositions(3))
    [(1, 1, 1), (1, 2), (2, 1), (3,)]
    """
    if not columns:
        yield ()
    for first in range(1, columns + 1):
        for rest in _compositions(columns - first):
            yield (first, *rest)


def _place(
    leaf: Leaf, stacks: list[list[Draft]], spans: tuple[int, ...], top: float, height: float, style: Style
) -> None:
    column = 0
    for stack, span in zip(stacks, spans, strict=True):
        x, y = style.left(column), top
        for draft in stack:
            leaf.lines += [replace(line, x=line.x + x, y=line.y + y) for line in draft.lines]
            leaf.pictures += [(a + x, b + y, c + x, d + y) for a, b, c, d in draft.pictures]
            leaf.boxes += [(a + x, b + y, c + x, d + y) for a, b, c, d in draft.boxes]
            if draft is not stack[0]:
                leaf.rules.append((x, y - 8, x + style.width(span), y - 8))
            y += draft.height + 16
        story = stack[0].lines[0].story
        if style.boxes and len(spans) > 1 and len(stack) == 1 and story % 3 == 2:
            leaf.boxes.append((x - 5, top - 6, x + style.width(span) + 5, top + height + 6))
        elif column and (story % 2 or style.free):  # two headlines side by side are ruled off in a free make-up
            leaf.rules.append((x - style.gutter / 2, top, x - style.gutter / 2, top + height))
        column += span


def _leaf(sheet: Sheet, style: Style, at: int) -> Leaf:
    """An empty page but for its masthead's line."""
    leaf = Leaf(style.left(0) + style.width(style.columns) + style.margin, style.height)
    digits = "".join(c for c in sheet.number if c.isdigit())
    number = sheet.number.replace(digits, f"{int(digits) + at:0{len(digits)}}")
    right = leaf.width - style.margin
    y = style.margin + 10
    parts = ((f"{number}版", 12.0, 0.0), (sheet.name, 14.0, 0.5), (sheet.paper, 10.0, 0.75), (sheet.day, 9.0, 1.0))
    for text, size, share in parts:
        wide = measure(text, size)
        x = style.margin + share * (right - style.margin - wide)
        leaf.lines.append(Line(text, x, y, size, wide, "header", -1, -1))
    leaf.rules.append((style.margin, y + 6, right, y + 6))
    return leaf


def _notices(leaf: Leaf, sheet: Sheet, style: Style, top: float) -> None:
    """The small print at the page's foot, below a rule."""
    if not sheet.notices:
        return
    y = max(top, leaf.height - style.margin - 6 - 12 * len(sheet.notices))
    leaf.rules.append((style.margin, y - 12, leaf.width - style.margin, y - 12))
    for at, text in enumerate(sheet.notices):
        wide = measure(text, style.small)
        leaf.lines.append(Line(text, style.margin, y + at * 12, style.small, wide, "notice", -1, -2))
    leaf.height = max(leaf.height, y + 12 * len(sheet.notices) + style.margin)
