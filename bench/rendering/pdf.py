"""The composed pages as PDF, as a typesetting system writes it: line by line, story by story, in no reader's order."""

import io
import random
from collections.abc import Iterator
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from bench.rendering.composition import Leaf, compose
from bench.rendering.files import File
from bench.rendering.issue import Sheet
from bench.rendering.setting import FONT, Line, measure, register
from bench.rendering.style import FIVE, FREE, TWO, Style


def in_two_columns(sheet: Sheet) -> list[File]:
    """A community newsletter: two wide columns, several pages."""
    return [File(f"{sheet.stem}.pdf", document(sheet, TWO))]


def in_five_columns(sheet: Sheet) -> list[File]:
    """A tabloid page of five narrow columns."""
    return [File(f"{sheet.stem}.pdf", document(sheet, FIVE))]


def freely(sheet: Sheet) -> list[File]:
    """A broadsheet's make-up: headlines beside text and upright ones, picture stories inside other stories."""
    return [File(f"{sheet.stem}.pdf", document(sheet, FREE))]


def document(sheet: Sheet, style: Style, compressed: bool = True) -> bytes:
    """The PDF, the same bytes every time."""
    register()
    out = io.BytesIO()
    leaves = compose(sheet, style)
    canvas = Canvas(out, (leaves[0].width, leaves[0].height), invariant=1, pageCompression=int(compressed))
    canvas.setTitle(sheet.stem)
    # frames are written in the order in which they were made, which is nobody's reading order
    order = random.Random(sheet.stem)
    for leaf in leaves:
        canvas.setPageSize((leaf.width, leaf.height))
        _draw(canvas, leaf, order, style)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, leaf: Leaf, order: random.Random, style: Style) -> None:
    canvas.setFillGray(0.8)
    for left, top, right, bottom in leaf.pictures:
        canvas.rect(left, leaf.height - bottom, right - left, bottom - top, stroke=0, fill=1)
    canvas.setLineWidth(0.5)
    for left, top, right, bottom in leaf.boxes:
        canvas.rect(left, leaf.height - bottom, right - left, bottom - top, stroke=1, fill=0)
    for left, top, right, bottom in leaf.rules:
        canvas.line(left, leaf.height - top, right, leaf.height - bottom)
    canvas.setFillGray(0)
    frames: dict[tuple[int, int, str], list[Line]] = {}
    for line in leaf.lines:
        kind = "body" if line.kind in ("paragraph", "crosshead") else line.kind
        frames.setdefault((line.story, line.block if kind != "body" else 0, kind), []).append(line)
    shuffled = list(frames.values())
    order.shuffle(shuffled)
    for frame in shuffled:
        for line in frame:
            if style.free and line.kind == "main" and line.story % 5 == 1:
                canvas.setFillGray(0.6)
                _show(canvas, replace(line, x=line.x + 0.7, y=line.y + 0.7), leaf.height)
                canvas.setFillGray(0)
            for part in _apart(line) if style.free else (line,):
                _show(canvas, part, leaf.height)


def _apart(line: Line) -> Iterator[Line]:
    """Every character of a line as a line of its own."""
    x = line.x
    for character in line.text:
        wide = measure(character, line.size)
        yield replace(line, text=character, x=x, width=wide, spread=0.0)
        x += wide + line.spread


def _show(canvas: Canvas, line: Line, height: float) -> None:
    text = canvas.beginText(line.x, height - line.y)
    text.setFont(FONT, line.size)
    text.setCharSpace(line.spread)
    if line.bold:
        text.setTextRenderMode(2)
        canvas.setLineWidth(line.size / 40)
    text.textOut(line.text)
    if line.bold:
        text.setTextRenderMode(0)
    canvas.drawText(text)
