"""Newspaper pages as PDF, set as a newspaper sets them, so that reading them back can be compared with what was set.

Stories stand in rectangles of one or more columns, packed like bricks: a story begins wherever the columns above end,
so that hardly any cut runs through the whole page. Headlines span their story's columns, text flows from column to
column around pictures, paragraphs are indented by two characters.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
NEVER_FIRST = "，。、；：！？”’）》」』】,.;:!?)%℃…"
NEVER_LAST = "“‘（《「『【("
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass(frozen=True)
class Story:
    """What the editor gave to the page make-up."""

    main: tuple[str, ...] = ()
    kicker: str = ""
    subtitle: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credit: str = ""
    boxed: bool = False
    crossheads: frozenset[str] = frozenset()  # which of the paragraphs are set as crossheads


@dataclass(frozen=True)
class Make:
    """How the page is made up; lengths in points."""

    columns: int = 5
    width: float = 842
    height: float = 1191
    margin: float = 36
    gutter: float = 14
    size: float = 9
    leading: float = 14
    main: float = 24
    small: float = 13
    caption: float = 8
    header: str = ""
    footer: str = ""
    justified: bool = True
    indent: bool = True
    rules: bool = False
    centred: bool = True
    picture: float = 90
    shuffled: bool = False  # lines drawn in another order than they are read

    @property
    def measure(self) -> float:
        """Width of a column."""
        return (self.width - 2 * self.margin - (self.columns - 1) * self.gutter) / self.columns

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.margin + column * (self.measure + self.gutter)

    def span(self, columns: int) -> float:
        """Width of so many columns."""
        return columns * self.measure + (columns - 1) * self.gutter


def wrapped(text: str, size: float, width: float, first: float = 0.0) -> list[tuple[str, float]]:
    """Lines of at most `width` with their indents; no line begins with a stop or ends with an opening mark."""
    lines, line, indent = [], "", first
    for c in text:
        if line and pdfmetrics.stringWidth(line + c, FONT, size) > width - indent + 0.01:
            keep = line
            if c in NEVER_FIRST:
                keep = line[:-1]
            while keep and keep[-1] in NEVER_LAST:
                keep = keep[:-1]
            while keep and keep[-1].isascii() and c.isascii() and (keep[-1] + c).isalnum() and keep[0] != keep[-1]:
                shorter = keep.rstrip("0123456789.:%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
                if not shorter or len(keep) - len(shorter) > 8:
                    break
                keep = shorter
            keep = keep or line
            lines.append((keep, indent))
            line, indent = line[len(keep) :], 0.0
        line += c
    return [*lines, (line, indent)] if line else lines


@dataclass
class Press:
    """Sets stories on a page and keeps what it draws until it is printed."""

    make: Make
    filled: list[float] = field(default_factory=list)
    strings: list[tuple[float, float, str, float, float | None]] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        top = self.make.margin + (30 if self.make.header else 0)
        self.filled = [top] * self.make.columns
        if self.make.header:
            self.string(self.make.margin, self.make.margin, self.make.header, 10)
        if self.make.footer:
            self.string(self.make.margin, self.make.height - self.make.margin + 6, self.make.footer, 8)

    def string(self, x: float, y: float, text: str, size: float, width: float | None = None) -> None:
        """One line, its upper left corner at (x, y), spread to `width`."""
        self.strings.append((x, y, text, size, width))

    def place(self, story: Story, columns: int, at: int | None = None) -> None:
        """Set a story over so many columns, where the page is least full (or from column `at`)."""
        starts = range(self.make.columns - columns + 1) if at is None else (at,)
        first = min(starts, key=lambda column: (max(self.filled[column : column + columns]), column))
        top = max(self.filled[first : first + columns])
        bottom = self._set(story, first, columns, top)
        for column in range(first, first + columns):
            self.filled[column] = bottom + 18
        if self.make.rules:
            self.boxes.append((self.make.left(first), bottom + 6, self.make.span(columns), 0))

    def _set(self, story: Story, first: int, columns: int, top: float) -> float:
        make, pad = self.make, 8.0 if story.boxed else 0.0
        left, width = make.left(first), make.span(columns)
        y = top + pad
        heads = [(story.kicker, make.small), *((m, make.main) for m in story.main), (story.subtitle, make.small)]
        for text, size in heads:
            size = min(size, make.main if columns > 1 else make.size * 2)
            for line, _ in wrapped(text, size, width - 2 * pad):
                free = width - pdfmetrics.stringWidth(line, FONT, size)
                self.string(left + (free / 2 if make.centred else pad), y, line, size)
                y += size * 1.25
        y += 6 if story.main else 0
        bottom = self._body(story, first, columns, y, pad)
        if story.boxed:
            self.boxes.append((left - 3, top, width + 6, bottom + pad - top))
        return bottom + pad

    def _body(self, story: Story, first: int, columns: int, top: float, pad: float) -> float:
        """Text and pictures over the columns, as evenly as they go."""
        make = self.make
        measure = make.measure - 2 * pad
        lines: list[tuple[str, float, bool]] = []  # text, indent, whether it is a full line
        for paragraph in story.paragraphs:
            indent = 2 * make.size if make.indent else 0.0
            if paragraph in story.crossheads:
                lines.append((paragraph, (measure - pdfmetrics.stringWidth(paragraph, FONT, make.size)) / 2, False))
                continue
            set_lines = wrapped(paragraph, make.size, measure, indent)
            lines += [(line, i, n < len(set_lines) - 1) for n, (line, i) in enumerate(set_lines)]
        blocks = [self._picture_lines(caption, story.credit, measure) for caption in story.captions]
        taken = [0.0] * columns
        for n, block in enumerate(blocks):
            taken[(n + columns // 2) % columns] += make.picture + len(block) * make.caption * 1.4 + 10
        room = [(len(lines) * make.leading + sum(taken)) / columns] * columns
        ends, at = [], 0
        for column in range(columns):
            y = top
            x = make.left(first + column) + pad
            mine = [n for n in range(len(blocks)) if (n + columns // 2) % columns == column]
            fits = max(0, round((room[column] - taken[column]) / make.leading + 0.49))
            share = lines[at:] if column == columns - 1 else lines[at : at + fits]
            at += len(share)
            before = len(share) // 2 if mine else len(share)
            for text, indent, full in share[:before]:
                y = self._line(x, y, text, indent, full, measure)
            for n in mine:
                y = self._picture(x, y, blocks[n], measure)
            for text, indent, full in share[before:]:
                y = self._line(x, y, text, indent, full, measure)
            ends.append(y)
        return max(ends)

    def _line(self, x: float, y: float, text: str, indent: float, full: bool, measure: float) -> float:
        spread = measure - indent if full and self.make.justified else None
        self.string(x + indent, y, text, self.make.size, spread)
        return y + self.make.leading

    def _picture_lines(self, caption: str, credit: str, measure: float) -> list[str]:
        return [line for line, _ in wrapped(caption, self.make.caption, measure)] + ([credit] if credit else [])

    def _picture(self, x: float, y: float, lines: Sequence[str], measure: float) -> float:
        self.pictures.append((x, y, measure, self.make.picture))
        y += self.make.picture + 3
        for line in lines:
            self.string(x, y, line, self.make.caption)
            y += self.make.caption * 1.4
        return y + 7

    def upright(self, x: float, y: float, text: str, size: float) -> None:
        """A line of vertical type, its first character's upper left corner at (x, y)."""
        for n, c in enumerate(text):
            self.string(x, y + n * size * 1.05, c, size)

    def draw(self, canvas: Canvas, turned: int | None = None) -> None:
        """Everything onto the canvas's page; `turned`: lying on its left side, with the page turned by so many degrees,
        of which 90 make it stand."""
        height = self.make.height
        canvas.setPageSize((self.make.width, height) if turned is None else (height, self.make.width))
        if turned is not None:
            canvas.setPageRotation(turned)
            canvas.translate(height, 0)
            canvas.rotate(90)
        for x, y, width, deep in self.boxes:
            if deep:
                canvas.rect(x, height - y - deep, width, deep, stroke=1, fill=0)
            else:
                canvas.line(x, height - y, x + width, height - y)
        for x, y, width, deep in self.pictures:
            canvas.drawImage(_grey(), x, height - y - deep, width, deep)
        strings = sorted(self.strings, key=lambda s: (s[2][-1:], s[1])) if self.make.shuffled else self.strings
        for x, y, text, size, spread in strings:
            words = canvas.beginText(x, height - y - size * 0.88)
            words.setFont(FONT, size)
            words.setCharSpace(0)
            if spread and len(text) > 1:
                free = spread - pdfmetrics.stringWidth(text, FONT, size)
                words.setCharSpace(free / (len(text) - 1))
            words.textOut(text)
            canvas.drawText(words)


def printed(pages: Iterable[Press], turned: int | None = None, **settings: object) -> bytes:
    """The pages as one PDF document."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **settings)  # type: ignore[arg-type]
    for page in pages:
        page.draw(canvas, turned)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _grey() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("L", (8, 6), 170))
