"""A sheet of positioned lines to the text of a page with marks and regions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.readers.geometry.articles import Group, groups
from corpus.readers.geometry.blocks import Block, block, blocks
from corpus.readers.geometry.figures import figures
from corpus.readers.geometry.furniture import split_furniture
from corpus.readers.geometry.heads import heads, upright_heads
from corpus.readers.geometry.order import in_order
from corpus.readers.geometry.paragraphs import Printed, in_columns, paragraphs
from corpus.readers.geometry.printing import captions, furniture, headlines
from corpus.readers.geometry.runs import joined
from corpus.readers.geometry.shapes import Box, PageText, PositionedLine, Sheet
from corpus.readers.geometry.type_sizes import Body, body_of
from corpus.readers.geometry.writing import Stretch, written

MOST_OF_IT = 0.9
"""Share of a page's lines from which a frame around them says nothing."""


def page_of(sheet: Sheet) -> PageText:
    """The page in reading order: running head, articles with their headlines, columns and captions, foot.

    Every character of the lines is in the text, once; added are line ends, blank lines between blocks, and spaces
    between Latin words that a line end had separated. A sheet without lines gives an empty text.
    """
    lines = [line for line in sheet.lines if line.text.strip()]
    body = body_of(lines)
    top, lines, foot = split_furniture(joined(lines, body, _bars(sheet)), sheet, body)
    empty = [box for box in sheet.frames if not any(_inside(box, line) for line in lines)]
    inner = replace(
        sheet,
        lines=tuple(lines),
        frames=tuple(box for box in sheet.frames if box not in empty),
        pictures=_outermost([*sheet.pictures, *empty]),  # a box without a word in it is a drawing
    )
    stretches = [Stretch(furniture(top), "running head"), *_stretches(inner, body), Stretch(furniture(foot), "foot")]
    return replace(written(stretches), header=tuple(line.text for line in (*top, *foot)))


def _bars(sheet: Sheet) -> list[Box]:
    sides = [Box(x, frame.top, x, frame.bottom) for frame in sheet.frames for x in (frame.left, frame.right)]
    return [*sides, *(rule for rule in sheet.rules if rule.height > rule.width)]


@dataclass(frozen=True, slots=True)
class _Part:
    """An article or a frame of articles, with its place."""

    box: Box
    stretches: tuple[Stretch, ...]


def _stretches(sheet: Sheet, body: Body) -> list[Stretch]:
    parts, rest = _framed(sheet, body)
    frames = [part.box for part in parts]
    drawn = [*sheet.rules, *sheet.pictures, *frames]
    stacked = blocks([line for line in rest if line.writing == "horizontal"], drawn)
    pictures, others = figures(_outside(sheet.pictures, frames), stacked, body)
    top, texts = heads(others, body, drawn)
    beside, upright = upright_heads([line for line in rest if line.writing == "vertical"], body)
    texts += [block([line]) for line in upright]
    for group in groups([*top, *beside], texts, pictures, sheet.rules, frames, sheet.width):
        if group.head or group.texts or any(figure.captions for figure in group.figures):
            parts.append(_Part(group.box, (_stretch(group, body),)))
    return [stretch for n in in_order([part.box for part in parts]) for stretch in parts[n].stretches]


def _framed(sheet: Sheet, body: Body) -> tuple[list[_Part], list[PositionedLine]]:
    """The frames that hold articles, each read as a page of its own, and the lines outside of them."""
    rest = list(sheet.lines)
    parts = []
    for frame in sorted(sheet.frames, key=lambda box: -box.width * box.height):
        inside = [line for line in rest if _inside(frame, line)]
        text = [line for line in inside if body.times(line.size) < 1.3]
        if len(text) < 2 or len(inside) > MOST_OF_IT * len(sheet.lines):
            continue
        rest = [line for line in rest if line not in inside]
        smaller = tuple(box for box in sheet.frames if box != frame and frame.holds(box, 1))
        within = Sheet(
            sheet.width, sheet.height, tuple(inside), smaller,
            tuple(rule for rule in sheet.rules if frame.holds(rule, -0.5)),
            tuple(box for box in sheet.pictures if frame.holds(box, 2)),
        )  # fmt: skip
        found = _stretches(within, body)
        single = len(found) == 1
        boxed = tuple(replace(each, region="ruled box", single=single) for each in found)
        parts.append(_Part(frame, boxed))
    return parts, rest


def _inside(frame: Box, line: PositionedLine) -> bool:
    return frame.left < line.box.middle < frame.right and frame.top < line.box.level < frame.bottom


def _outermost(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes that lie in no other: a picture can be drawn in pieces, over a tint, with a border."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: -box.width * box.height):
        if not any(other.holds(box, 2) for other in found):
            found.append(box)
    return tuple(found)


def _outside(boxes: Sequence[Box], frames: Sequence[Box]) -> list[Box]:
    return [box for box in boxes if not any(frame.holds(box, 2) for frame in frames)]


def _stretch(group: Group, body: Body) -> Stretch:
    printed = headlines(group.head, group.box, body) if group.head else []
    below, columns = _below_headline(group)
    printed += [Printed(line.text, None) for block in below for line in block.lines]
    printed += paragraphs(in_columns(columns, [figure.box for figure in group.figures]), body, group.sure)
    for figure in group.figures:
        printed += captions(figure)
    single = group.sure and bool(group.head) and bool(group.texts)
    return Stretch(tuple(printed), region="columns under one headline" if single else "", single=single)


def _below_headline(group: Group) -> tuple[list[Block], list[Block]]:
    """What is set between the headline and the columns, over more than one of them or in their middle: the reporters,
    a line of introduction; and the columns."""
    ordered = sorted(group.texts, key=lambda block: block.box.top)
    below: list[Block] = []
    while group.head and len(ordered) > 1 and len(ordered[0].lines) <= 2:
        first, rest = ordered[0], ordered[1:]
        across = [each for each in rest if each.box.left < first.box.right and each.box.right > first.box.left]
        set_in = min(abs(first.box.left - each.box.left) for each in rest) > 2.6 * first.size
        if any(each.box.top < first.box.bottom for each in rest) or not (len(_side_by_side(across)) > 1 or set_in):
            break
        below.append(first)
        ordered = rest
    return below, ordered


def _side_by_side(texts: Sequence[Block]) -> list[Block]:
    """One block of every column that `texts` stand in."""
    found: list[Block] = []
    for each in texts:
        if all(each.box.overlap_x(other.box) <= 0 for other in found):
            found.append(each)
    return found
