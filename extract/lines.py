"""Printed lines to pieces: stretches of text that the page's own layout already holds together.

A page may set off its paragraphs by blank lines, by indentation or by nothing at all, and may break its lines at a
fixed width. What a piece *is* (headline, paragraph, caption …) is decided later, in `blocks`; here only hard-wrapped
lines are put together again and the white space around a piece is kept as evidence.
"""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from typing import NamedTuple

from schemas.layout import Mark, Range, Region

LINE_ENDS = "\r\n\v\f\x85\u2028\u2029"
LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
INDENT = re.compile(r"\u3000{2}|[ \t]{2,}|\u3000 | \u3000|\t")  # two full-width spaces, or what stands for them
WRAP_WIDTHS = range(9, 61)  # a newspaper column is 9 to 20 characters wide, a mailed or scanned text up to 60
FEWEST_LINES = 6  # lines followed by another before a page can be called hard-wrapped
FULL_LINES = 0.6  # share of them that must fill the width
LONGER_LINES = 0.1  # share of all lines that may be longer: headers, captions
FEWEST_BOXED = 4  # lines of a box that is hard-wrapped by itself
STOPS_INSIDE = 2  # lines of it with a stop in mid-line, which no headline has
STOPS = "，。；：、！？,;:!?"
HANGING = 2.0  # punctuation may hang out of the column
SLACK = 1.5  # a wrapped line may end this much early so that no punctuation opens the next line


class Line(NamedTuple):  # a tuple, as a page has many
    """A non-blank line without the white space around it. `blanks` counts the blank lines just above it.

    `mark`: what the page's format says of the block that the line is of; a line of two blocks is taken for two lines.
    """

    start: int
    end: int
    text: str
    blanks: int
    indent: str = ""
    mark: Mark | None = None

    @property
    def indented(self) -> bool:
        """Whether the line is set in as the first line of a paragraph is."""
        return self.indent != "" and INDENT.match(self.indent) is not None

    @property
    def width(self) -> float:
        """Printed width in full-width characters, indentation included.

        >>> Line(0, 4, "共35户", 0).width  # "35 households in all"
        3.0
        """
        return sum(map(_width, self.indent + self.text))


@cache
def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together. `ranges` are page characters; put together they are `text`, character for character.

    `blanks` counts the blank lines above the piece (for the first piece of a page too); `indented` says that its first
    line is set in; `mark` is what the page's format says of it.
    """

    index: int
    ranges: tuple[Range, ...]
    text: str
    blanks: int
    indented: bool
    mark: Mark | None = None
    length: int = field(init=False)  # printed characters, white space apart

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", sum(map(len, self.text.split())))

    def part(self, start: int, end: int) -> tuple[Range, ...]:
        """The page ranges of `text[start:end]`.

        >>> Piece(0, ((10, 13), (15, 18)), "春风里社区", 0, False).part(2, 5)
        ((12, 13), (15, 17))
        """
        if start == 0 and end == len(self.text):
            return self.ranges
        found, at = [], 0
        for s, e in self.ranges:
            low, high = max(start - at, 0), min(end - at, e - s)
            if low < high:
                found.append((s + low, s + high))
            at += e - s
        return tuple(found)


def read_lines(text: str, marks: Sequence[Mark] = (), edges: Iterable[int] = ()) -> tuple[Line, ...]:
    """The non-blank lines of a page in order, cut also where a mark begins or ends, and at other known edges.

    >>> [(l.text, l.blanks, l.indented) for l in read_lines("喜迎重阳\\n\\n　　近日，社区包饺子。")]  # headline, lead
    [('喜迎重阳', 0, False), ('近日，社区包饺子。', 1, True)]
    """
    lines, at, blanks = [], 0, 0
    ahead = deque(marks)
    for stop, following in _stops(text, [*edges, *(edge for mark in marks for edge in (mark.start, mark.end))]):
        raw = text[at:stop]
        inner = raw.strip()
        if inner:
            lead = 0 if len(inner) == len(raw) else len(raw) - len(raw.lstrip())
            start, end = at + lead, at + lead + len(inner)
            while ahead and ahead[0].end <= start:
                ahead.popleft()
            mark = ahead[0] if ahead and ahead[0].start < end else None
            lines.append(Line(start, end, inner, blanks, raw[:lead], mark))
            blanks = 0
        elif following > stop or stop == len(text):
            blanks += at == 0 or text[at - 1] in LINE_ENDS  # what follows a cut is the rest of a line, not a blank one
        at = following
    return tuple(lines)


def _stops(text: str, edges: Sequence[int]) -> list[Range]:
    """Where lines end, be it at an edge within a printed line, and where what follows begins."""
    stops = [match.span() for match in LINE_END.finditer(text)]
    if edges:
        ends = {start for start, _ in stops}
        stops = sorted([*stops, *((edge, edge) for edge in {*edges} - ends - {len(text)})])
    return [*stops, (len(text), len(text))]


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a page's lines were broken: at `width`, counted in printed full-width characters or in characters."""

    width: int
    printed: bool

    def of(self, line: Line) -> float:
        """The length of a line in the wrap's own measure."""
        return line.width if self.printed else len(line.indent + line.text)

    def fills(self, line: Line) -> bool:
        """Whether a line goes up to where lines are broken; one that goes far beyond was not broken there."""
        return self.width - SLACK <= self.of(line) <= self.width + HANGING


def read_wrap(lines: Sequence[Line]) -> Wrap | None:
    """Where a page's lines were broken, or None where each line is a whole piece.

    Where lines were broken, most that another follows without a blank line or an indentation fill the same width.
    """
    lines = [line for line in lines if not line.mark]  # the extent of the others is known
    followed = [below.blanks == 0 and not below.indented for below in lines[1:]]
    if sum(followed) < FEWEST_LINES:
        return None
    best: tuple[float, Wrap] | None = None
    for printed in (True, False):
        measure = Wrap(0, printed).of
        lengths = [measure(line) for line in lines]
        counted = Counter(map(round, compress(lengths, followed)))
        near = {w: sum(n for v, n in counted.items() if abs(v - w) <= 1) for w in counted if w in WRAP_WIDTHS}
        if not near:
            continue
        width = max(near, key=lambda w: (near[w], counted[w]))
        longer = sum(length > width + HANGING for length in lengths)
        share = near[width] / sum(followed)
        if share >= FULL_LINES and longer <= LONGER_LINES * len(lines) and (best is None or share > best[0]):
            best = (share, Wrap(width, printed))
    return best[1] if best else None


def _wrapped_boxes(lines: Sequence[Line]) -> set[int]:
    """Where lines start that go on with the line above, in the boxes of a page that is not hard-wrapped itself.

    A box of service information is often set narrower than the columns: line under line fills the same width, and most
    of them break off within a sentence.

    >>> box = ["便民窗口周六也办", "公，居民可带身份", "证前来，先取号后", "排队。"]  # 'open on Saturdays too …'
    >>> len(_wrapped_boxes(read_lines("\\n".join(box))))
    3
    >>> _wrapped_boxes(read_lines("\\n".join(["新灯照亮了老巷子", "热汤送到了家门口", "书屋开进大杂院里"])))
    set()
    """
    starts: set[int] = set()
    run: list[Line] = []
    for line in (*lines, None):
        if line is not None and run and not line.blanks and not line.mark and not line.indented:
            run.append(line)
            continue
        starts.update(each.start for each in _box(run))
        run = [line] if line is not None and not line.mark else []
    return starts


def _box(run: Sequence[Line]) -> Sequence[Line]:
    """The lines of a run that go on with the line above them; none where the run is no box.

    The box may stand below a line of another width, its headline; its last line may be short.
    """
    if len(run) < FEWEST_BOXED:
        return ()
    widths = [line.width for line in run]
    first = 0
    while first + FEWEST_BOXED <= len(run):
        full = widths[first]
        end = first + 1
        while end < len(run) and abs(widths[end] - full) <= SLACK:
            end += 1
        closes = end < len(run) and widths[end] <= full and run[end - 1].text[-1] not in STOPS
        box = run[first : end + closes]
        if len(box) < FEWEST_BOXED or not WRAP_WIDTHS[0] - SLACK <= full <= WRAP_WIDTHS[-1]:
            first += 1
            continue
        broken = sum(line.text[-1] not in STOPS for line in box[:-1])
        inside = sum(any(c in STOPS for c in line.text[:-1]) for line in box)
        if broken >= FULL_LINES * (len(box) - 1) and inside >= STOPS_INSIDE:
            return box[1:]
        first = end
    return ()


def read_pieces(text: str, marks: Sequence[Mark] = (), regions: Sequence[Region] = ()) -> tuple[Piece, ...]:
    """A page's pieces in print order; every printed character lies in exactly one of them.

    The lines of one mark are one piece, and no piece is of two marks or reaches over the edge of a region.
    """
    edges = {edge for region in regions for edge in (region.start, region.end)}
    lines = read_lines(text, marks, edges)
    wrap = read_wrap(lines)
    boxed = set() if wrap else _wrapped_boxes(lines)
    by_indent = sum(line.indented for line in lines) >= 2
    pieces: list[list[Line]] = []
    for line in lines:
        above = pieces[-1][-1] if pieces else None
        if above is not None and (above.mark or line.mark):
            goes_on = above.mark is line.mark
        else:
            broken = wrap is not None and above is not None and line.blanks == 0 and wrap.fills(above)
            broken = broken or line.start in boxed
            goes_on = broken and not (by_indent and line.indented)
        if goes_on and above is not None and any(edge in edges for edge in range(above.end, line.start + 1)):
            goes_on = False
        if goes_on:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return tuple(
        Piece(
            index,
            tuple((line.start, line.end) for line in group),
            "".join(line.text for line in group),
            group[0].blanks,
            group[0].indented,
            group[0].mark,
        )
        for index, group in enumerate(pieces)
    )
