"""The characters of a PDF page with where they stand, as pdfium knows them."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from corpus.readers.geometry import Box

MOST = 100_000
"""Characters of a page; a broadsheet page of small type has about 15,000."""
REPLACEMENT = "\ufffd"
ANGLE = math.pi / 2
_BOLD = 1 << 18
_BOLD_NAMES = ("bold", "black", "heavy", "-hei", "simhei", "黑")
_NAMED = 128  # bytes of a font's name that are looked at


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character. `box`: advance by em, upper left origin, as the page is held; `turns`: quarter turns of
    the character to the right; `base`: height of its base line; `source`: the text object that draws it."""

    text: str
    box: Box
    base: float
    size: float
    bold: bool
    face: str
    turns: int
    source: int


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    face: str
    turns: int


@dataclass(frozen=True, slots=True)
class View:
    """How the page's own coordinates become those of the page as it is held."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int  # quarter turns to the right

    @classmethod
    def of(cls, page: PdfPage) -> "View":
        """The visible part of `page`, in its own coordinates."""
        rect = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        width, height = rect.right - rect.left, rect.top - rect.bottom
        return cls(rect.left, rect.bottom, width, height, page.get_rotation() // 90 % 4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is held."""
        return (self.height, self.width) if self.rotation % 2 else (self.width, self.height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own coordinates, from the upper left corner of the page as it is held."""
        x, y = x - self.left, y - self.bottom
        match self.rotation:
            case 0:
                return x, self.height - y
            case 1:
                return y, x
            case 2:
                return self.width - x, y
            case _:
                return self.height - y, self.width - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page's own coordinates as the page is held."""
        (x, y), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x, x2), min(y, y2), max(x, x2), max(y, y2))


def glyphs(text: PdfTextPage, view: View, count: int) -> Iterator[Glyph]:
    """The first `count` characters in the order of the file, without what pdfium adds; spaces are among them.

    A character without a Unicode value is U+FFFD.
    """
    styles: dict[int, _Style] = {}
    loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for n in range(count):
        if pdfium.FPDFText_IsGenerated(text, n) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, n)
        if code in (10, 13):
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, n)
        source = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if source not in styles:
            styles[source] = _style(text, n, drawn, view)
        style = styles[source]
        pdfium.FPDFText_GetLooseCharBox(text, n, loose)
        pdfium.FPDFText_GetCharOrigin(text, n, x, y)
        box = view.box(loose.left, loose.bottom, loose.right, loose.top)
        base_x, base_y = view.point(x.value, y.value)
        yield _set(_character(code), box, (base_x, base_y), style, source)


def lying(glyphs: Sequence[Glyph]) -> int:
    """By how many quarter turns most of the characters are turned to the right."""
    return Counter(glyph.turns for glyph in glyphs).most_common(1)[0][0] if glyphs else 0


def _set(character: str, box: Box, origin: tuple[float, float], style: _Style, source: int) -> Glyph:
    """The glyph with its em box: what the font says of heights differs from font to font and is not used."""
    x, y = origin
    size = style.size
    if style.turns == 0:
        box = Box(box.left, y - 0.88 * size, box.right, y + 0.12 * size)
    elif style.turns == 2:
        box = Box(box.left, y - 0.12 * size, box.right, y + 0.88 * size)
    return Glyph(character, box, x if style.turns % 2 else y, size, style.bold, style.face, style.turns, source)


def _style(text: PdfTextPage, n: int, drawn: object, view: View) -> _Style:
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, n, matrix):
        scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b) or 1.0
    size = abs(pdfium.FPDFText_GetFontSize(text, n) * scale)
    if not 0.5 < size < 5000:
        size = 9.0
    name, flags = ctypes.create_string_buffer(_NAMED), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, n, name, _NAMED, flags)
    face = name.value.decode("utf-8", "replace").rpartition("+")[2].lower()
    bold = bool(flags.value & _BOLD) and flags.value > 0
    bold = any(part in face for part in _BOLD_NAMES) or (bold and "light" not in face)
    # type is also made bold by drawing its outline
    bold = bold or bool(drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
    # pdfium's angle grows with the clock, as the page's rotation does
    turns = (round(pdfium.FPDFText_GetCharAngle(text, n) / ANGLE) + view.rotation) % 4
    return _Style(size, bold, face, turns)


def _character(code: int) -> str:
    if code == 2:
        return "-"  # how pdfium reports a hyphen at a line's end
    if code < 32 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900 or 0xD800 <= code < 0xE000 or code > 0xF0000:
        return REPLACEMENT
    return " " if code in (0xA0, 0x3000) or 0x2000 <= code <= 0x200A else chr(code)


def turned(glyph: Glyph, size: tuple[float, float]) -> Glyph:
    """A glyph of a page whose text lies on its side, with the page of `size` (as held) turned until it is upright."""
    width, height = size
    box = glyph.box
    match glyph.turns:
        case 1:  # turned to the right: the page is turned back, to the left
            box = Box(box.top, width - box.right, box.bottom, width - box.left)
        case 2:
            box = Box(width - box.right, height - box.bottom, width - box.left, height - box.top)
        case 3:
            box = Box(height - box.bottom, box.left, height - box.top, box.right)
        case _:
            return glyph
    return replace(glyph, box=box, turns=0)
