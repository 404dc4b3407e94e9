"""One story set in its rectangle of columns: headline, text in rows, pictures with their captions.

The rectangle is a grid of columns and rows. Headline and pictures take cells of it, the text flows through the others,
down a column and on at the head of the next.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bench.rendering.issue import Story
from bench.rendering.setting import Kind, Line, lines, measure, spread
from bench.rendering.style import Rectangle, Style

Cells = set[tuple[int, int]]
Numbered = tuple[int, Story]
"""A story with its number on the page."""


@dataclass(slots=True)
class Draft:
    """A story set at the page's origin."""

    height: float = 0.0
    lines: list[Line] = field(default_factory=list)
    pictures: list[Rectangle] = field(default_factory=list)
    boxes: list[Rectangle] = field(default_factory=list)


def set_story(numbered: Numbered, span: int, style: Style, inset: Numbered | None = None) -> Draft:
    """The story over `span` columns; `inset` is a picture story boxed inside it.

    The height is the least number of rows under which all lines find room.
    """
    number, story = numbered
    if story.is_photo:
        return _photo(number, story, style.width(span), style)
    flow = list(_paragraphs(story, number, style))
    rows = max(3, len(flow) // span)
    while True:
        draft, holes, top = _furnished(numbered, span, rows, style, inset)
        room = [(column, row) for column in range(span) for row in range(rows) if (column, row) not in holes]
        if len(room) >= len(flow) and draft.height <= top + rows * style.leading + style.leading:
            break
        rows += 1
    draft.height = max(draft.height, top + rows * style.leading)
    for line, (column, row) in zip(flow, room, strict=False):
        above = sum((column, hole) in holes for hole in range(row))
        x, y = style.offset(column) + line.x, top + (row + 0.8) * style.leading
        draft.lines.append(replace(line, x=x, y=y, block=column * 10 + bool(above)))
    return draft


def _furnished(
    numbered: Numbered, span: int, rows: int, style: Style, inset: Numbered | None
) -> tuple[Draft, Cells, float]:
    """Everything but the text: the draft, the cells that are taken, where the first row begins."""
    number, story = numbered
    draft, holes, top = Draft(), set[tuple[int, int]](), 0.0
    lone = len(story.main) == 1 and not (story.kicker or story.subtitle or story.label or story.byline)
    if style.free and lone and span > 1 and number % 4 == 2 and len(story.main[0]) <= 16:
        draft.height = _upright(draft.lines, story.main[0], number, style)
        holes |= {(0, row) for row in range(rows)}
    else:
        over = span - 1 if style.free and span > 2 and number % 2 == 0 else span
        top = _headline(draft.lines, story, number, style.width(over), style)
        if over < span:
            holes |= {(column, row) for column in range(over) for row in range(math.ceil(top / style.leading))}
            top = 0.0
    for at, caption in enumerate(story.captions):
        wide = 2 if span >= 3 and not at else 1
        first = (span - wide) // 2 if not at else (span - 1 if at % 2 else 0)
        begin = rows // 4 + 1 if not at else rows // 2
        first, begin = _below(holes, first, begin, span)
        picture = _picture(number, caption, story.credit if not at else "", at, style.width(wide), style)
        holes |= _put(draft, picture, first, begin, wide, top, style)
    if inset:
        wide = 2 if span > 3 else 1
        first, begin = _below(holes, (span - wide) // 2 + (span == 2), rows // 2, span)
        box = _photo(*inset, style.width(wide) - 10, style)
        box.boxes.append((-5, -5, style.width(wide) - 5, box.height + 2))
        shifted = Draft(box.height + 8)
        _move(shifted, box, 5, 6)
        holes |= _put(draft, shifted, first, begin, wide, top, style)
    return draft, holes, top


def _below(holes: Cells, column: int, row: int, span: int) -> tuple[int, int]:
    # what is there already (an upright headline takes its whole column) is not covered
    while all((column, below) in holes for below in range(row, row + 3)) and column < span - 1:
        column += 1
    while (column, row) in holes:
        row += 1
    return column, row


def _put(draft: Draft, thing: Draft, column: int, row: int, wide: int, top: float, style: Style) -> Cells:
    """Put something into the grid; the cells that it takes."""
    y = top + row * style.leading + 2
    _move(draft, thing, style.offset(column), y)
    draft.height = max(draft.height, y + thing.height)
    last = math.ceil((y + thing.height - top) / style.leading) + 1
    return {(c, r) for c in range(column, column + wide) for r in range(row, last)}


def _move(into: Draft, thing: Draft, x: float, y: float) -> None:
    into.lines += [replace(line, x=line.x + x, y=line.y + y) for line in thing.lines]
    into.pictures += [(a + x, b + y, c + x, d + y) for a, b, c, d in thing.pictures]
    into.boxes += [(a + x, b + y, c + x, d + y) for a, b, c, d in thing.boxes]


def _headline(out: list[Line], story: Story, number: int, width: float, style: Style) -> float:
    """Set label, kicker, main headline, subtitle and byline; where the text may begin."""
    if style.columns == 2:
        size = 20.0 if width < 1.5 * style.column else 24.0
    else:
        size = 15.0 + 4.0 * min(round(width / style.column), 3)
    parts: list[tuple[Kind, tuple[str, ...], float]] = [
        ("label", (story.label,) if story.label else (), style.small),
        ("kicker", story.kicker, style.body + 3),
        ("main", story.main, size),
        ("subtitle", story.subtitle, style.body + 3),
        ("byline", (story.byline,) if story.byline else (), style.body - 0.5),
    ]
    top = 0.0
    for kind, texts, points in parts:
        for printed in (piece for each in texts for piece in _fitted(each, points, width)):
            top += points * 1.3
            wide = measure(printed, points)
            x = (width - wide) / 2 if number % 3 != 1 and kind != "label" else 0.0
            bold = kind in ("main", "label")
            out.append(Line(printed, x, top - points * 0.2, points, wide, kind, number, -1, bold=bold))
        top += 4.0 * bool(texts)
    return top + 6.0 * bool(out)


def _fitted(text: str, size: float, width: float) -> list[str]:
    """A headline line as it fits: whole, broken at its space, or at the measure."""
    if measure(text, size) <= width:
        return [text]
    pieces = text.split(" ") if " " in text else [text]
    return [line for piece in pieces for line, _ in lines(piece, size, width)]


def _upright(out: list[Line], text: str, number: int, style: Style) -> float:
    """A headline standing in the first column, its lines from right to left; how far down it reaches."""
    size = 20.0
    printed = text.split(" ")
    deepest = 0.0
    for at, part in enumerate(printed):
        x = style.column / 2 + (len(printed) / 2 - 1 - at) * size * 1.25
        for row, character in enumerate(part):
            y = (row + 0.9) * size * 1.15
            out.append(Line(character, x, y, size, size, "main", number, -1 - at, bold=True))
            deepest = max(deepest, y + size * 0.3)
    return deepest


def _photo(number: int, story: Story, width: float, style: Style) -> Draft:
    return _picture(number, story.captions[0], story.credit, 0, width, style, 0.62)


def _picture(number: int, caption: str, credit: str, at: int, width: float, style: Style, shape: float = 0.55) -> Draft:
    """A picture with its caption below it, the photographer's name flush right."""
    draft = Draft(pictures=[(0, 0, width, width * shape)])
    y = width * shape + style.small * 1.5
    for text, last in lines(caption, style.small, width):
        wide = measure(text, style.small)
        more = 0.0 if last else spread(text, style.small, width)
        wide = wide if last else width
        draft.lines.append(Line(text, 0, y, style.small, wide, "caption", number, 1000 + at, spread=more))
        y += style.small * 1.35
    if credit:
        wide = measure(credit, style.small)
        draft.lines.append(Line(credit, width - wide, y, style.small, wide, "caption", number, 1000 + at))
        y += style.small * 1.35
    draft.height = y - style.small * 0.6
    return draft


def _paragraphs(story: Story, number: int, style: Style) -> Iterator[Line]:
    """The text's lines in order, each at the left of its column."""
    for role, text in story.body:
        if role == "crosshead":
            wide = measure(text, style.body)
            yield Line(text, (style.column - wide) / 2, 0, style.body, wide, "crosshead", number, 0, bold=True)
            continue
        printed, indent = (f"　　{text}", 0.0) if style.spaces else (text, 2 * style.body)
        for line, last in lines(printed, style.body, style.column, indent):
            x, indent = indent, 0.0
            room, wide = style.column - x, measure(line, style.body)
            loose = last and wide <= room
            more = 0.0 if loose else spread(line, style.body, room)
            yield Line(line, x, 0, style.body, wide if loose else room, "paragraph", number, 0, spread=more)
