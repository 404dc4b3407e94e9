"""The composed pages as a library delivers scans: ALTO with the position of every word, and METS over it.

The blocks are those that page segmentation finds: a headline, a column's stretch of text, a caption. Positions are
pixels at 300 dots an inch. METS says which blocks make an article, after the profiles that newspaper libraries use.
"""

import itertools
import re
from collections.abc import Iterator
from html import escape

from bench.rendering.composition import Leaf, compose
from bench.rendering.files import File
from bench.rendering.issue import Sheet
from bench.rendering.setting import Line, measure
from bench.rendering.style import FIVE, Rectangle
from bench.rendering.templates import fill

PIXELS = 300 / 72
HEADER = 54.0
"""Points that the page's own line takes."""
Block = tuple[str, list[Line]]
"""Its id and its lines."""


def pages(sheet: Sheet) -> list[File]:
    """One ALTO file a page, nothing beside them."""
    return [File(path, data) for path, data, _ in _altos(sheet)]


def issue(sheet: Sheet) -> list[File]:
    """The ALTO files in a folder of their own with the METS file over them."""
    altos = list(_altos(sheet))
    files = [File(f"{sheet.stem}/{path}", data) for path, data, _ in altos]
    mets = _mets(sheet, [path for path, _, _ in altos], [blocks for _, _, blocks in altos])
    return [*files, File(f"{sheet.stem}/{sheet.stem}_mets.xml", mets.encode("utf-8"))]


def _altos(sheet: Sheet) -> Iterator[tuple[str, bytes, list[Block]]]:
    for number, leaf in enumerate(compose(sheet, FIVE), 1):
        blocks = list(_blocks(leaf, number))
        path = f"alto/{sheet.stem}_{number:04}.xml"
        yield path, _alto(sheet, leaf, number, blocks).encode("utf-8"), blocks


def _blocks(leaf: Leaf, page: int) -> Iterator[Block]:
    frames: dict[tuple[int, int, str], list[Line]] = {}
    for line in leaf.lines:
        kind = "body" if line.kind in ("paragraph", "crosshead") else line.kind
        place = len(frames) if kind == "header" else line.block
        frames.setdefault((line.story, place, kind), []).append(line)
    order = {
        "header": 0,
        "label": 1,
        "kicker": 2,
        "main": 3,
        "subtitle": 4,
        "byline": 5,
        "body": 6,
        "caption": 7,
        "notice": 8,
    }
    # stories from the top and the left, within a story as it is read; small print last
    tops: dict[int, tuple[float, float]] = {}
    for line in leaf.lines:
        least = tops.get(line.story, (line.y, line.x))
        tops[line.story] = min(least, (line.y, line.x))
    ordered = sorted(frames, key=lambda f: (order[f[2]] == 8, f[0] >= 0, tops[f[0]], order[f[2]], f[1]))
    for number, key in enumerate(ordered, 1):
        yield f"P{page}_TB{number:05}", frames[key]


def _alto(sheet: Sheet, leaf: Leaf, number: int, blocks: list[Block]) -> str:
    sizes = sorted({(line.size, line.bold) for line in leaf.lines})
    bold = ' FONTSTYLE="bold"'
    styles = "\n".join(
        f'<TextStyle ID="TS{i}" FONTFAMILY="SimSun" FONTSIZE="{size:g}"{bold if heavy else ""}/>'
        for i, (size, heavy) in enumerate(sizes)
    )
    header = [_block(block, sizes) for block in blocks if block[1][0].kind == "header"]
    printed = [_block(block, sizes) for block in blocks if block[1][0].kind != "header"]
    printed += [f'<Illustration ID="P{number}_IL{i:05}" {box(*place)}/>' for i, place in enumerate(leaf.pictures, 1)]
    printed += [f'<GraphicalElement ID="P{number}_GE{i:05}" {box(*place)}/>' for i, place in enumerate(leaf.rules, 1)]
    return fill(
        "alto.xml",
        stem=sheet.stem,
        page=f"{number:04}",
        order=number,
        number=sheet.number,
        styles=styles,
        height=round(leaf.height * PIXELS),
        width=round(leaf.width * PIXELS),
        margin=round(HEADER * PIXELS),
        rest=round((leaf.height - HEADER) * PIXELS),
        header="\n".join(header),
        printed="\n".join(printed),
    )


def box(left: float, top: float, right: float, bottom: float) -> str:
    """A place in points as the attributes that give it in pixels."""
    x, y, w, h = (round(each * PIXELS) for each in (left, top, right - left, bottom - top))
    return f'HPOS="{x}" VPOS="{y}" WIDTH="{w}" HEIGHT="{h}"'


def extent(line: Line) -> Rectangle:
    """The place that a line's characters take."""
    return line.x, line.y - line.size * 0.88, line.x + line.width, line.y + line.size * 0.12


def _block(block: Block, sizes: list[tuple[float, bool]]) -> str:
    name, printed = block
    extents = [extent(line) for line in printed]
    around = (min(e[0] for e in extents), extents[0][1], max(e[2] for e in extents), extents[-1][3])
    style = sizes.index((printed[0].size, printed[0].bold))
    inside = "\n".join(_line(line, f"{name}_TL{i:05}") for i, line in enumerate(printed, 1))
    return f'<TextBlock ID="{name}" {box(*around)} STYLEREFS="TS{style}" language="zh-Hans">\n{inside}\n</TextBlock>'


def _line(line: Line, name: str) -> str:
    """A line's words as segmentation cuts them: four characters or a figure, spaces apart."""
    parts, x = [], line.x
    left, top, right, bottom = extent(line)
    text = line.text.lstrip("　")
    x += measure("　", line.size) * (len(line.text) - len(text))
    for number, word in enumerate(re.findall(r"[ 　]+|[A-Za-z0-9.:@/-]+|[^ 　A-Za-z0-9]{1,4}", text), 1):
        wide = measure(word, line.size) + line.spread * len(word)
        if word.isspace():
            parts.append(f'<SP HPOS="{x * PIXELS:.0f}" VPOS="{top * PIXELS:.0f}" WIDTH="{wide * PIXELS:.0f}"/>')
        else:
            parts.append(
                f'<String ID="{name}_S{number:03}" CONTENT="{escape(word)}" {box(x, top, x + wide, bottom)} WC="0.9"/>'
            )
        x += wide
    return f'<TextLine ID="{name}" {box(left, top, right, bottom)}>{"".join(parts)}</TextLine>'


def _mets(sheet: Sheet, paths: list[str], pages: list[list[Block]]) -> str:
    files = "\n".join(
        f'<file ID="ALTO{i:05}" MIMETYPE="text/xml" SEQ="{i}"><FLocat LOCTYPE="URL" xlink:href="file://./{escape(p)}"/></file>'
        for i, p in enumerate(paths, 1)
    )
    physical = "\n".join(
        f'<div ID="DIVP{i}" TYPE="PAGE" ORDER="{i}" ORDERLABEL="{sheet.number}"><fptr FILEID="ALTO{i:05}"/></div>'
        for i in range(1, len(paths) + 1)
    )
    articles: dict[int, list[tuple[int, Block]]] = {}
    for page, blocks in enumerate(pages, 1):
        for block in blocks:
            articles.setdefault(block[1][0].story, []).append((page, block))
    logical = "\n".join(
        _article(story, sheet, articles[story], number)
        for number, story in enumerate(sorted(s for s in articles if s >= 0), 1)
    )
    return fill("mets.xml", paper=sheet.paper, iso=sheet.date, files=files, physical=physical, logical=logical)


DIVISIONS = {
    "label": "OVERLINE", "kicker": "OVERLINE", "main": "TITLE", "subtitle": "SUBHEADLINE", "byline": "AUTHOR",
    "paragraph": "TEXT_BLOCK", "crosshead": "TEXT_BLOCK", "caption": "CAPTION",
}  # fmt: skip
"""What METS calls the kinds of printed lines."""


def _article(story: int, sheet: Sheet, blocks: list[tuple[int, Block]], number: int) -> str:
    title = " ".join(sheet.stories[story].headlines)
    parts = []
    for group, members in itertools.groupby(blocks, key=lambda each: _group(each[1][1][0])):
        inside = "".join(
            f'<div TYPE="{DIVISIONS[lines[0].kind]}">'
            f'<fptr><area FILEID="ALTO{page:05}" BETYPE="IDREF" BEGIN="{name}"/></fptr></div>'
            for page, (name, lines) in members
        )
        parts.append(f'<div TYPE="{group}">{inside}</div>')
    kind = "ILLUSTRATION" if sheet.stories[story].is_photo else "ARTICLE"
    label = f' LABEL="{escape(title)}"' if title else ""
    return f'<div ID="DIVL1{number:03}" TYPE="{kind}"{label}>{"".join(parts)}</div>'


def _group(line: Line) -> str:
    if line.kind in ("label", "kicker", "main", "subtitle", "byline"):
        return "HEADING"
    return "ILLUSTRATION" if line.kind == "caption" else "BODY"
