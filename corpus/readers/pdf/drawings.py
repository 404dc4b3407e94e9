"""What is drawn on a PDF page: ruled and tinted boxes, rules, pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from corpus.readers.geometry import Box
from corpus.readers.pdf.glyphs import View

MOST = 20_000
"""Objects of a page that are looked at; a page with more has drawings made of strokes, not rules."""
MOST_SEGMENTS = 400
"""Segments of one path that are looked at."""
DEEPEST = 5
"""Forms inside forms."""
THIN = 3.0
"""Points of breadth up to which a drawing is a rule."""
LEAST = 18.0
"""Points of length or side from which a drawing counts: two lines of body type."""

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    """Boxes as the page is held."""

    frames: list[Box] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    complete: bool = True


def drawings(page: PdfPage, view: View) -> Drawings:
    """The frames, rules and pictures of a page; what covers the whole page is ground, not a picture or frame."""
    found = Drawings()
    width, height = view.size
    for kind, box in _boxes(page, view, found):
        if box.width > 0.9 * width and box.height > 0.9 * height:
            continue
        if kind == "picture":
            if min(box.width, box.height) >= LEAST:
                found.pictures.append(box)
        elif min(box.width, box.height) <= THIN:
            if max(box.width, box.height) >= LEAST:
                found.rules.append(box)
        elif min(box.width, box.height) >= 2 * LEAST:
            found.frames.append(box)
    found.frames += _ruled(found.rules)
    found.frames = list(dict.fromkeys(found.frames))
    return found


def _boxes(page: PdfPage, view: View, found: Drawings) -> Iterator[tuple[str, Box]]:
    left = MOST
    count = pdfium.FPDFPage_CountObjects(page)
    ahead = [(pdfium.FPDFPage_GetObject(page, n), PLAIN, 0) for n in range(min(count, MOST))]
    found.complete = count <= MOST
    while ahead:
        drawn, matrix, depth = ahead.pop()
        left -= 1
        if left < 0:
            found.complete = False
            return
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = _product(_matrix(drawn), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(drawn), MOST)
            ahead += [(pdfium.FPDFFormObj_GetObject(drawn, n), inner, depth + 1) for n in range(count)]
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield from (("picture", box) for box in _bounds(drawn, matrix, view))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _visible(drawn):
            yield from (("path", box) for box in _path(drawn, matrix, view))


def _path(drawn: object, matrix: Matrix, view: View) -> Iterator[Box]:
    """The box of every part of a path: one path can draw all rules of a page."""
    count = pdfium.FPDFPath_CountSegments(drawn)
    if count > MOST_SEGMENTS:
        return
    if count <= 5:
        yield from _bounds(drawn, matrix, view)
        return
    own = _product(_matrix(drawn), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for n in range(count + 1):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, n) if n < count else None
        starts = segment is None or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        if starts and len(points) > 1:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            yield view.box(min(xs), min(ys), max(xs), max(ys))
        if starts:
            points = []
        if segment is not None:
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(_applied(own, x.value, y.value))


def _visible(drawn: object) -> bool:
    """Whether a path is stroked, or filled with anything but white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke):
        return False
    if stroke.value:
        return True
    colours = [ctypes.c_uint() for _ in range(4)]
    known = pdfium.FPDFPageObj_GetFillColor(drawn, *colours)
    return bool(fill.value) and not (known and all(colour.value >= 250 for colour in colours[:3]))


def _bounds(drawn: object, matrix: Matrix, view: View) -> Iterator[Box]:
    sides = [ctypes.c_float() for _ in range(4)]
    if pdfium.FPDFPageObj_GetBounds(drawn, *sides):
        left, bottom, right, top = (side.value for side in sides)
        corners = [_applied(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        yield view.box(min(xs), min(ys), max(xs), max(ys))


def _matrix(drawn: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, found):
        return PLAIN
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    x, y = _applied(then, e, f)
    (p, q), (r, s) = ((v[0] * then[0] + v[1] * then[2], v[0] * then[1] + v[1] * then[3]) for v in ((a, b), (c, d)))
    return (p, q, r, s, x, y)


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _ruled(rules: list[Box]) -> list[Box]:
    """Boxes that four single rules make."""
    level = sorted((rule for rule in rules if rule.width > rule.height), key=lambda rule: rule.top)[:400]
    upright = [rule for rule in rules if rule.height > rule.width][:400]
    found = []
    for n, upper in enumerate(level):
        for lower in level[n + 1 :]:
            if abs(upper.left - lower.left) > 4 or abs(upper.right - lower.right) > 4:
                continue
            sides = [
                any(abs(side.middle - x) < 4 and abs(side.top - upper.top) < 6 and abs(side.bottom - lower.bottom) < 6
                    for side in upright)
                for x in (upper.left, upper.right)
            ]  # fmt: skip
            if all(sides) and lower.bottom - upper.top >= 2 * LEAST:
                found.append(Box(upper.left, upper.top, upper.right, lower.bottom))
    return found
