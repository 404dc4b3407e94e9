"""The composed pages as Tesseract writes ALTO: a block a printed block, words of a few characters with SP between all
of them (which are no spaces of the text), no styles.
"""

import re
from html import escape

from bench.rendering.alto import PIXELS, box, extent
from bench.rendering.composition import Leaf, compose
from bench.rendering.files import File
from bench.rendering.issue import Sheet
from bench.rendering.setting import Line, measure
from bench.rendering.style import FIVE

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">\n<Description><MeasurementUnit>pixel</MeasurementUnit>'
    "<sourceImageInformation><fileName>{name}</fileName></sourceImageInformation>"
    "<OCRProcessing ID='OCR_0'><ocrProcessingStep><processingSoftware><softwareName>tesseract 5.3.0</softwareName>"
    "</processingSoftware></ocrProcessingStep></OCRProcessing></Description>\n"
)


def pages(sheet: Sheet) -> list[File]:
    """One ALTO file a page."""
    return [
        File(f"{sheet.stem}_{number}.xml", _page(leaf, f"{sheet.stem}_{number}.tif").encode("utf-8"))
        for number, leaf in enumerate(compose(sheet, FIVE), 1)
    ]


def _page(leaf: Leaf, name: str) -> str:
    frames: dict[tuple[int, int, str], list[Line]] = {}
    for line in leaf.lines:
        kind = "body" if line.kind in ("paragraph", "crosshead") else line.kind
        frames.setdefault((line.story, line.block if kind != "header" else len(frames), kind), []).append(line)
    # it finds blocks from the top of the page downwards, whatever belongs together
    ordered = sorted(frames.values(), key=lambda frame: (round(frame[0].y / 40), frame[0].x))
    blocks = "\n".join(_block(number, frame) for number, frame in enumerate(ordered))
    blocks += "".join(f'\n<Illustration ID="cimage_{at}" {box(*place)}/>' for at, place in enumerate(leaf.pictures))
    size = f'WIDTH="{leaf.width * PIXELS:.0f}" HEIGHT="{leaf.height * PIXELS:.0f}"'
    return (
        f'{HEAD.format(name=name)}<Layout><Page {size} PHYSICAL_IMG_NR="0" ID="page_0">'
        f'<PrintSpace HPOS="0" VPOS="0" {size}>\n{blocks}\n</PrintSpace></Page></Layout></alto>\n'
    )


def _block(number: int, frame: list[Line]) -> str:
    extents = [extent(line) for line in frame]
    around = box(min(e[0] for e in extents), extents[0][1], max(e[2] for e in extents), extents[-1][3])
    inside = "\n".join(_line(f"{number}_{at}", line) for at, line in enumerate(frame))
    block = f'<TextBlock ID="block_{number}" {around}>\n{inside}\n</TextBlock>'
    return f'<ComposedBlock ID="cblock_{number}" {around}>\n{block}\n</ComposedBlock>'


def _line(number: str, line: Line) -> str:
    left, top, right, bottom = extent(line)
    parts: list[str] = []
    x = left
    for word in re.findall(r"\s+|[A-Za-z0-9.:@/%-]+|[，。、；：？！“”‘’（）()《》]|[^\sA-Za-z0-9]{1,2}?", line.text):
        wide = measure(word, line.size) + line.spread * len(word)
        if not word.isspace():
            place = box(x, top, x + wide, bottom)
            parts.append(f'<String ID="string_{number}_{len(parts)}" {place} WC="0.93" CONTENT="{escape(word)}"/>')
        x += wide
    inside = f'<SP WIDTH="4" VPOS="{top * PIXELS:.0f}" HPOS="{left * PIXELS:.0f}"/>'.join(parts)
    return f'<TextLine ID="line_{number}" {box(left, top, right, bottom)}>{inside}</TextLine>'
