"""Printed blocks to the text of a page, in the form of a plain dump, with the marks and regions over it."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.geometry.paragraphs import Printed
from corpus.readers.geometry.shapes import PageText
from schemas.layout import Mark, Region


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that follow one another; `region`: why nothing outside belongs to them, "" where something may."""

    blocks: tuple[Printed, ...]
    region: str = ""
    single: bool = False


def written(stretches: Sequence[Stretch]) -> PageText:
    """The text: one block a line, blocks set apart by a blank line.

    >>> written([Stretch((Printed("社区开课", "main"), Printed("昨天。", "paragraph")))]).text  # a class
    '社区开课\\n\\n昨天。'
    """
    text = ""
    marks: list[Mark] = []
    regions: list[Region] = []
    for stretch in stretches:
        begin = None
        for block in stretch.blocks:
            text += "\n\n" if text else ""
            start = len(text)
            begin = start if begin is None else begin
            text += block.text
            if block.role is not None or block.whole:
                marks.append(Mark(start, len(text), block.role, block.reason, block.points, block.whole))
        if begin is not None and stretch.region:
            regions.append(Region(begin, len(text), stretch.region, stretch.single))
    return PageText(text, tuple(marks), tuple(regions))
