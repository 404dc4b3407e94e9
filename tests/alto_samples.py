"""ALTO and METS files for the tests: pages that we set ourselves, as the programmes of several libraries write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

V3 = "http://www.loc.gov/standards/alto/ns-v3#"


@dataclass(frozen=True)
class Block:
    """A TextBlock at (x, y), type `em` pixels high; each line is a string, its leading wide spaces an indent."""

    id: str
    x: int
    y: int
    lines: Sequence[str]
    em: int = 30
    attributes: Mapping[str, str] = field(default_factory=dict)


def alto(
    blocks: Sequence[Block], *, namespace: str = V3, prefix: str = "", strings: str = "line", places: bool = True,
    head: str = "", page: str = "", tail: str = "", confidence: str = "",
) -> str:  # fmt: skip
    """An ALTO document. `strings`: what one String holds: a line or a character. `tail`: more in the PrintSpace."""
    inside = "".join(_block(block, strings, places, confidence) for block in blocks) + tail
    space = f'<Page ID="P1" WIDTH="1500" HEIGHT="1200" {page}><PrintSpace>{inside}</PrintSpace></Page>'
    text = f"{head}<Layout>{space}</Layout>"
    if prefix:
        text = text.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:").replace(f"<{prefix}:/", "</")
    declared = f' xmlns{":" if prefix else ""}{prefix}="{namespace}"' if namespace else ""
    name = f"{prefix}:alto" if prefix else "alto"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}{declared}>{text}</{name}>'


def _block(block: Block, strings: str, places: bool, confidence: str) -> str:
    more = "".join(f" {name}={quoteattr(value)}" for name, value in block.attributes.items())
    lines = []
    for n, line in enumerate(block.lines):
        text = line.lstrip("\u3000")
        left, top = block.x + (len(line) - len(text)) * block.em, block.y + round(n * 1.5 * block.em)
        parts = [text] if strings == "line" else list(text)
        made, at = [], left
        for part in parts:
            width = len(part) * block.em
            if part == " ":
                made.append(f"<SP{_place(at, top, block.em, block.em, places)}/>")
            else:
                made.append(
                    f"<String CONTENT={quoteattr(part)}{_place(at, top, width, block.em, places)}{confidence}/>"
                )
            at += width
        place = _place(left, top, len(text) * block.em, block.em, places)
        lines.append(f'<TextLine ID="{block.id}_{n}"{place}>{"".join(made)}</TextLine>')
    return f"<TextBlock ID={quoteattr(block.id)}{more}>{''.join(lines)}</TextBlock>"


def _place(x: int, y: int, width: int, height: int, places: bool) -> str:
    return f' HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="{height}"' if places else ""


def mets(articles: Mapping[str, Sequence[tuple[str, str]]], *, reference: str = "file://./ALTO/0003.xml") -> str:
    """The METS of an issue of 12 March 2024 with one page, 3; articles: id → (division, block) in reading order."""
    logical = "".join(
        f'<div TYPE="ARTICLE" ID="{name}">'
        + "".join(
            f'<div TYPE="{kind}"><fptr><area FILEID="A3" BETYPE="IDREF" BEGIN="{at}"/></fptr></div>'
            for kind, at in areas
        )
        + "</div>"
        for name, areas in articles.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mods="http://www.loc.gov/mods/v3">
<metsHdr CREATEDATE="2025-01-01T00:00:00"/>
<dmdSec ID="MODSMD_ISSUE1"><mdWrap MDTYPE="MODS"><xmlData><mods:mods><mods:titleInfo><mods:title>邕江社区报</mods:title>
</mods:titleInfo><mods:originInfo><mods:dateIssued encoding="iso8601">2024-03-12</mods:dateIssued></mods:originInfo>
</mods:mods></xmlData></mdWrap></dmdSec>
<dmdSec ID="MODSMD_ARTICLE1"><mdWrap MDTYPE="MODS"><xmlData><mods:mods><mods:titleInfo><mods:title>扫楼</mods:title>
</mods:titleInfo></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp USE="Images"><file ID="I3" MIMETYPE="image/tiff"><FLocat xlink:href="img/3.tif"/></file></fileGrp>
<fileGrp USE="Text"><file ID="A3" MIMETYPE="text/xml">
<FLocat LOCTYPE="URL" xlink:href="{reference}"/></file></fileGrp></fileSec>
<structMap TYPE="PHYSICAL"><div TYPE="Newspaper"><div TYPE="PAGE" ORDER="1" ORDERLABEL="A03"><fptr><par>
<area FILEID="I3"/><area FILEID="A3" BEGIN="P1"/></par></fptr></div></div></structMap>
<structMap TYPE="LOGICAL"><div TYPE="Newspaper"><div TYPE="ISSUE" DMDID="MODSMD_ISSUE1">
<div TYPE="CONTENT">{logical}</div></div></div></structMap></mets>"""
