"""Headlines, captions and furniture as they are printed in the page's text."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.geometry.figures import Figure
from corpus.readers.geometry.heads import Head
from corpus.readers.geometry.paragraphs import Printed
from corpus.readers.geometry.runs import glue
from corpus.readers.geometry.shapes import Box, PositionedLine
from corpus.readers.geometry.type_sizes import HEADLINE, Body
from schemas.layout import SETTLED

NEVER_FIRST = tuple("，。、；：！？”’）》」』】")
OPENING = "“‘「『（(《【〈"
BESIDE = 3.0
"""Points of a kicker or subtitle: what stands over a headline in smaller type can also be the name of the column."""
HARDLY = 1.0
"""Points where its type is not even larger than the body's by much: it can as well name the reporters."""


def headlines(head: Head, area: Box, body: Body) -> list[Printed]:
    """Each printed line of the headlines a block of its own, save where a line is full and goes on in the next."""
    found: list[Printed] = []
    for part, role in head.parts:
        texts = [part.lines[0].text]
        for before, line in pairwise(part.lines):
            # marks that may not end a line or begin one keep their neighbours with them
            kept = len(line.text) - len(line.text.lstrip(OPENING)) + (line.text[1:2] in NEVER_FIRST)
            if area.width - before.box.width < (1.5 + kept) * part.size:
                texts[-1] += glue(texts[-1], line.text) + line.text
            else:
                texts.append(line.text)
        reason = f"type {body.times(part.size):.2g} times the body's"
        points = SETTLED if role == "main" else BESIDE if body.times(part.size) >= HEADLINE else HARDLY
        found += [Printed(text, role, reason, points, True) for text in texts]
    return found


def captions(figure: Figure) -> list[Printed]:
    """What is printed at a picture; a short line to the right under the caption can be its credit."""
    found = []
    for n, block in enumerate(figure.captions):
        text = ""
        for line in block.lines:
            text += glue(text, line.text) + line.text
        credit = n and len(block.lines) == 1 and block.box.left > figure.picture.middle
        found.append(Printed(text, None) if credit else Printed(text, "caption", "small type at a picture", 4.0, True))
    return found


def furniture(lines: Sequence[PositionedLine]) -> tuple[Printed, ...]:
    return tuple(Printed(line.text, "furniture", "at the page's edge") for line in lines)
