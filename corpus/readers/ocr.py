"""Pictures of pages to positioned lines, where the extra `.[ocr]` is installed: RapidOCR with the models in its wheel.

What is recognised goes through the same geometry as a PDF's text layer, so that columns and headlines come out alike.
"""

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus.readers.geometry import Box, PositionedLine, Sheet
from corpus.readers.photographs import photographs
from corpus.rejects import Rejected

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 3400
"""Pixels of the longer side that a picture is brought to at most: body type of a tabloid page is then 25 pixels."""
LEAST_SURE = 0.5
"""Share of certainty from which what is recognised counts as type."""
HEIGHT = 0.85
"""The em as a share of the height of what is recognised, which has some white around it."""
NEAR = 1.16
"""Sizes of type nearer than this to the body's are the body's."""
LEAST = 5
"""Characters from which a line's width tells the size of its type."""


def needed() -> None:
    """Rejected where the extra is not installed."""
    if importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None:
        raise Rejected("no_ocr", "OCR was asked for and is not installed")


def recognised(picture: "Image") -> Sheet:
    """The lines of type on a picture of a page, in its own pixels; Rejected where there are none or OCR is missing."""
    needed()
    import numpy

    scale = min(1.0, LONGEST_SIDE / max(picture.size))
    width, height = (max(1, round(side * scale)) for side in picture.size)
    pixels = numpy.asarray(picture.convert("RGB").resize((width, height)))[:, :, ::-1]
    found = _engine()(pixels)
    if found is None or found.txts is None:
        raise Rejected("empty", "there is no text on the picture")
    lines = [
        _line(text.strip(), [tuple(corner) for corner in corners])
        for corners, text, sure in zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        if sure >= LEAST_SURE and text.strip()
    ]
    if not lines:
        raise Rejected("empty", "there is no text on the picture")
    even = evened(lines)
    grey = pixels.mean(axis=2)
    shown = photographs(grey, [line.box for line in even], median(line.size for line in even for _ in line.text))
    return Sheet(float(width), float(height), tuple(even), pictures=tuple(shown))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={"Global.log_level": "error", "Global.max_side_len": LONGEST_SIDE, "Global.use_cls": False}
    )  # lines that stand on their heads (cls) are no newspaper's


def _line(text: str, corners: list[tuple[float, float]]) -> PositionedLine:
    box = Box(
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )
    upright = box.height > 1.5 * box.width and len(text) > 1
    return PositionedLine(text, box, _size(text, box, upright), writing="vertical" if upright else "horizontal")


def _ems(text: str) -> float:
    """How wide a line is set solid."""
    return sum(0.55 if c.isascii() else 1.0 for c in text)


def _size(text: str, box: Box, upright: bool) -> float:
    """The em: by the height of the line, or by its width where that gives less (a line set wide gives more)."""
    across, along = (box.width, box.height) if upright else (box.height, box.width)
    return min(across * HEIGHT, along / _ems(text)) if len(text) >= LEAST else across * HEIGHT


def evened(lines: Sequence[PositionedLine]) -> list[PositionedLine]:
    """The lines with the body's size made one: recognised boxes vary by a tenth where the type does not.

    A box that runs into the next column's is cut back to what its characters need.
    """
    body = median(line.size for line in lines for _ in line.text)
    even = [replace(line, size=body) if body / NEAR < line.size < body * NEAR else line for line in lines]
    return [_cut_back(line, even) for line in even]


def _cut_back(line: PositionedLine, lines: Sequence[PositionedLine]) -> PositionedLine:
    box = line.box
    for other in lines:
        level = abs(other.box.level - box.level) < 0.4 * line.size
        if level and box.left < other.box.left < box.right + 0.3 * line.size:
            return replace(line, box=replace(box, right=min(box.right, box.left + _ems(line.text) * line.size)))
    return line
