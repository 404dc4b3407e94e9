"""Characters to printed lines: what stands side by side on one base line, or one under the other in vertical type."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.readers.geometry import Box, PositionedLine, around
from corpus.readers.geometry.type_sizes import alike
from corpus.readers.pdf.glyphs import Glyph, turned

NEAR = 0.6
"""Ems between two characters of one line; what is wider may be a gutter, and geometry decides."""
TOUCH = 0.35
"""The same where nothing else says that the two belong together."""
SPACED = 1.7
"""The same where a file draws both in one go, as a headline set wide."""
SPACE = 0.22
"""Ems of white between two Chinese or two Latin characters that stand for a space, beyond what the line has anyway."""
WIDE_SPACE = 0.5
"""The same beside a stop, which has white of its own, and between Chinese and figures, which are set a little apart."""


def printed_lines(glyphs: Iterable[Glyph], size: tuple[float, float]) -> list[PositionedLine]:
    """The lines of a page of `size` (width, height); characters on their side make lines of vertical writing."""
    every = list(_once(glyphs))
    lines: list[PositionedLine] = []
    for turns in sorted({glyph.turns for glyph in every}):
        upright = [turned(glyph, size) for glyph in every if glyph.turns == turns]
        for line in _lines(upright):
            lines.append(line if turns == 0 else replace(line, box=_back(line.box, turns, size), writing="vertical"))
    return lines


def _lines(glyphs: Sequence[Glyph]) -> list[PositionedLine]:
    pieces: list[list[Glyph]] = []
    upright: list[list[Glyph]] = []
    for glyph in glyphs:
        if pieces and (_follows(pieces[-1][-1], glyph) or _below(pieces[-1], glyph)):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    across: list[list[Glyph]] = []
    for piece in pieces:
        (upright if _stands(piece) else across).append(piece)
    found = [_line(piece) for piece in _merged(across)]
    found += [_column(piece) for piece in upright]
    return [line for line in found if line is not None]


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    gap = (glyph.box.left - last.box.right) / size
    wide = SPACED if glyph.source == last.source or " " in (glyph.text, last.text) else NEAR
    level = abs(glyph.base - last.base) < 0.3 * size or last.box.overlap_y(glyph.box) > 0.7 * min(last.size, glyph.size)
    if not alike(last.size, glyph.size):  # larger figures in a line of type
        wide = TOUCH
    return level and -0.7 < gap < wide and size < 1.6 * min(last.size, glyph.size)


def _below(piece: list[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph goes on with a piece of vertical type."""
    last = piece[-1]
    if len(piece) > 1 and not _stands(piece):
        return False
    step = (glyph.box.top - last.box.top) / last.size
    same = abs(glyph.size - last.size) < 0.05 * last.size
    return same and abs(glyph.box.middle - last.box.middle) < 0.25 * last.size and 0.7 < step < 1.3


def _stands(piece: Sequence[Glyph]) -> bool:
    return len(piece) > 1 and abs(piece[1].box.middle - piece[0].box.middle) < 0.25 * piece[0].size


def _merged(pieces: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Pieces of one base line that touch, put together: files draw a line in any number of pieces, in any order."""
    levels: dict[int, list[list[Glyph]]] = {}
    found: list[list[Glyph]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].box.left):
        first = piece[0]
        key = round(first.base)
        near = [other for k in (key - 1, key, key + 1) for other in levels.get(k, ()) if _touches(other[-1], first)]
        if near:
            near[0].extend(piece)
        else:
            levels.setdefault(key, []).append(piece)
            found.append(piece)
    return found


def _touches(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    gap = (glyph.box.left - last.box.right) / size
    return (
        abs(glyph.base - last.base) < 0.15 * size
        and -0.5 < gap < TOUCH
        and size < 1.25 * min(last.size, glyph.size)
        and (last.text not in " " or glyph.text not in " ")
    )


def _line(piece: list[Glyph]) -> PositionedLine | None:
    while piece and piece[0].text == " ":
        piece = piece[1:]
    while piece and piece[-1].text == " ":
        piece = piece[:-1]
    if not piece:
        return None
    gaps = [b.box.left - a.box.right for a, b in pairwise(piece)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    text = piece[0].text
    for gap, before, glyph in zip(gaps, piece, piece[1:], strict=False):
        like = before.text.isascii() == glyph.text.isascii() and before.text.isalnum() and glyph.text.isalnum()
        wide = (SPACE if like else WIDE_SPACE) * glyph.size
        if gap > usual + wide and " " not in (before.text, glyph.text):
            text += " "
        text += glyph.text
    return _positioned(text, piece)


def _column(piece: list[Glyph]) -> PositionedLine | None:
    text = "".join(glyph.text for glyph in piece).strip()
    return replace(_positioned(text, piece), writing="vertical") if text else None


def _positioned(text: str, piece: Sequence[Glyph]) -> PositionedLine:
    size = median(glyph.size for glyph in piece)
    faces = [glyph.face for glyph in piece]
    bold = 2 * sum(glyph.bold for glyph in piece) > len(piece)
    return PositionedLine(text, around(glyph.box for glyph in piece), size, bold, max(faces, key=faces.count))


def _once(glyphs: Iterable[Glyph]) -> Iterable[Glyph]:
    """Each character once: shadows and bold type made by printing twice stand almost on one another."""
    seen: dict[tuple[str, int, int], Box] = {}
    for glyph in glyphs:
        if glyph.text != " ":
            near = 0.2 * glyph.size
            x, y = int(glyph.box.left / near), int(glyph.box.top / near)
            others = (seen.get((glyph.text, x + dx, y + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
            if any(
                other and abs(other.left - glyph.box.left) < near and abs(other.top - glyph.box.top) < near
                for other in others
            ):
                continue
            seen[glyph.text, x, y] = glyph.box
        yield glyph


def _back(box: Box, turns: int, size: tuple[float, float]) -> Box:
    """The box of a line on the upright page as the page is held; the inverse of `turned`."""
    width, height = size
    if turns == 1:
        return Box(width - box.bottom, box.left, width - box.top, box.right)
    if turns == 2:
        return Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
    return Box(box.top, height - box.right, box.bottom, height - box.left)
