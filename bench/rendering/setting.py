"""Setting a paragraph: words broken into justified lines by the rules of Chinese composition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]

FONT = "STSong-Light"
NO_BEGINNING = frozenset("，。、；：？！”’）》」』】〕…—·％%,.;:?!)")
NO_END = frozenset("“‘（《「『【〔(")

Kind = Literal["header", "label", "kicker", "main", "subtitle", "byline", "paragraph", "crosshead", "caption", "notice"]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: where its baseline begins (points from the page's left and top), how wide it is set.

    `spread`: points added after every character so that the line fills its measure. `story`: the number of the story
    on its page, -1 for the page's own lines; `block`: lines that one frame holds share it.
    """

    text: str
    x: float
    y: float
    size: float
    width: float
    kind: Kind
    story: int
    block: int
    bold: bool = False
    spread: float = 0.0


@cache
def register() -> None:
    """Make the font known to reportlab. It is not embedded: every PDF viewer has one for its character collection."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def measure(text: str, size: float) -> float:
    """How wide `text` is set solid."""
    register()
    return float(pdfmetrics.stringWidth(text, FONT, size))


def lines(text: str, size: float, width: float, indent: float = 0.0) -> Iterator[tuple[str, bool]]:
    """The lines of a paragraph with whether each is its last; the first is `indent` shorter.

    Figures and Latin words stay whole; no line begins with a closing mark or ends with an opening one.
    """
    pieces = re.findall(r"[A-Za-z0-9.:@/-]+|.", text)
    line: list[str] = []
    used, room = 0.0, width - indent
    for piece in pieces:
        wide = measure(piece, size)
        # a closing mark hangs: the line is set a little tighter
        if line and used + wide > room + 0.01 and not (piece in NO_BEGINNING and used + wide <= room + size * 1.05):
            carried: list[str] = []
            while len(line) > 1 and line[-1] in NO_END:
                carried.insert(0, line.pop())
            while len(line) > 1 and (carried or [piece])[0] in NO_BEGINNING:
                carried.insert(0, line.pop())
            yield "".join(line), False
            line, used, room = carried, sum(measure(c, size) for c in carried), width
        line.append(piece)
        used += wide
    if line:
        yield "".join(line), True


def spread(text: str, size: float, width: float) -> float:
    """What justification adds after each character."""
    return (width - measure(text, size)) / (len(text) - 1) if len(text) > 1 else 0.0
