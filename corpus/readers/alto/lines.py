"""An ALTO TextLine to what was printed there: its text and the box of its characters."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lxml import etree

from corpus.readers import xml
from corpus.readers.geometry import Box, around
from corpus.readers.html.document import printed

WIDE_GAP, LEAST_GAP = 0.6, 0.15
"""Ems of white from which it is a space that was printed and not the type's spacing: between Chinese characters, and
between Latin words."""
LARGEST = 10_000_000.0
"""Coordinates beyond this are no places on a page."""
INK = 0.92
"""How much of its em a Chinese character fills; the boxes of lines are around the ink."""


@dataclass(frozen=True, slots=True)
class Word:
    """One String or hyphen: its characters and where they stand, None where the file does not say.

    `spaced`: the file says that a space is before it.
    """

    text: str
    box: Box | None
    spaced: bool = False
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a line, its box and the height of its type in the file's unit; None and 0 where not known."""

    text: str
    box: Box | None
    size: float
    vertical: bool


def spaces_are_rare(lines: Iterable[Sequence[Word]]) -> bool:
    """Whether most Strings of Chinese on a page stand without a space between them: then its spaces were printed."""
    pairs = spaced = 0
    for words in lines:
        chinese = [after.spaced for before, after in pairwise(words) if _tight(before.text, after.text)]
        pairs, spaced = pairs + len(chinese), spaced + sum(chinese)
    return 2 * spaced < pairs


def line(element: etree._Element, words: Sequence[Word], rare: bool) -> Line:
    """What is printed in a TextLine: the characters of its Strings and hyphens, nothing else.

    `words`: what `words_of` found in it. `rare`: what `spaces_are_rare` says of its page.
    """
    placed = [word.box for word in words if word.box]
    own = box(element)
    whole = around(placed) if placed and len(placed) == len(words) else own
    vertical = bool(whole) and whole is not None and _vertical(words, whole)
    size = _size(words, whole, vertical) if whole else 0.0
    return Line(_joined(words, size, vertical, rare), whole, size, vertical)


def words_of(element: etree._Element) -> list[Word]:
    """The Strings and hyphens of a TextLine."""
    words: list[Word] = []
    spaced = False
    for child in element:
        name = xml.local(child)
        if name == "SP":
            spaced = True
        elif name in ("String", "HYP"):
            text = printed(child.get("CONTENT", "").replace("\xad", "-")).replace("\n", " ")
            if text.strip():
                words.append(Word(text.strip(), box(child), spaced or text[0].isspace(), name == "HYP"))
                spaced = text[-1].isspace()
    return words


def box(element: etree._Element) -> Box | None:
    """The box of HPOS, VPOS, WIDTH and HEIGHT; None where one is missing, no number or nowhere on a page."""
    try:
        left, top, width, height = (float(element.get(name, "")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    except ValueError:
        return None
    if not all(math.isfinite(n) and abs(n) <= LARGEST for n in (left, top, width, height)) or width < 0 or height < 0:
        return None
    return Box(left, top, left + width, top + height)


def _vertical(words: Sequence[Word], whole: Box) -> bool:
    """Whether the line runs downwards: it is much higher than wide, and so many characters would not fit across."""
    count = sum(len(word.text) for word in words)
    return count > 1 and whole.height > 1.5 * whole.width


def _size(words: Sequence[Word], whole: Box, vertical: bool) -> float:
    """The em: how far it is from one Chinese character to the next, or, without enough of them, the line's height."""
    across = whole.width if vertical else whole.height
    advances = []
    for word in words:
        if word.box and len(word.text) >= 4 and _wide(word.text) == len(word.text):
            advances.append((word.box.height if vertical else word.box.width) / len(word.text))
    chinese = [word.box for word in words if word.box and len(word.text) == 1 and _wide(word.text)]
    if not advances and len(chinese) >= 4:
        starts = sorted(each.top if vertical else each.left for each in chinese)
        advances = [after - before for before, after in pairwise(starts)]
    # justified type is set wide, and boxes may be loose: the em is the smaller of the two
    return min(median(advances), across / INK) if advances and median(advances) >= 0.5 * across else across / INK


def _joined(words: Sequence[Word], size: float, vertical: bool, rare: bool) -> str:
    """The words with the spaces that were printed: between Latin words, and wide ones between Chinese characters.

    Engines put a space between all Chinese words or characters, so only its width says that it was printed, or that
    spaces are rare on the page.
    """
    parts: list[str] = []
    for before, after in pairwise(words):
        parts.append(before.text)
        chinese = _tight(before.text, after.text)
        if before.box and after.box and size:
            gap = after.box.top - before.box.bottom if vertical else after.box.left - before.box.right
            # words of Latin script, and spaces that the file names, need less white to be apart
            named = after.spaced and (rare or not chinese)
            parts.append(" " * (named or gap >= (WIDE_GAP if chinese else LEAST_GAP) * size))
        else:
            words_of_latin = before.text[-1].isalnum() and after.text[0].isalnum()
            parts.append(" " * (after.spaced and rare if chinese else after.spaced or words_of_latin))
    return "".join((*parts, *(word.text for word in words[-1:])))


def _tight(before: str, after: str) -> bool:
    """Whether no space is to be expected between two Strings: one side is Chinese."""
    return bool(_wide(before[-1]) or _wide(after[0]))


def _wide(text: str) -> int:
    """How many characters take up a whole em."""
    return sum(unicodedata.east_asian_width(c) in "WF" or c in "“”‘’…—·" for c in text)
