"""What fuzzing begins with: small pages in every format, small so that many can be tried."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bench.rendering.formats import FORMATS
from bench.rendering.issue import sheets
from bench.rendering.pdf import document
from bench.rendering.style import FIVE, FREE

MOST = 32768
"""Bytes of a seed; larger ones are cut, which is an input too."""
FROM: Mapping[str, tuple[tuple[str, bytes], ...]] = MappingProxyType(
    {
        "text": (("text", b""), ("text, GB18030", b""), ("text, Big5", b"")),
        "html": (("html, e-paper", b""), ("html, saved article", b""), ("html, whole page", b"")),
        "pdf": (("pdf, two columns", b""),),
        "xml": (("mets and alto", b""),),
        "tables": (("csv", b"\0"), ("jsonl", b"\1")),
        "containers": (("zip of text", b"\0"), ("tar.zst, pdf and html", b"\4")),
        "names": (),
        "lists": (),
        "marks": (("html, e-paper", b""), ("html, whole page", b"")),
        "restoration": (("text", b""),),
    }
)
"""Formats a target's seeds are made in, with the byte that chooses the kind where a target has one."""
NAMES = (
    "{paper}/{date}/{page}\n兰州社区报/2024-03-12/A05.txt",
    "{paper}_{date:%Y%m%d}_{section}{page}\n合肥社区报_20240312_A05.pdf",
    "{*}/{date:%y%m%d}/{page}版\nx/240312/第三版.htm",
    "{any}{page}\narchive.zip!2024年3月12日/03版.txt",
)


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of a target's seeds."""
    for number, line in enumerate(NAMES if target in ("names", "lists") else ()):
        for codec in ("utf-8",) if target == "names" else ("utf-8", "gb18030", "utf-16"):
            yield f"name-{number}-{codec}", line.encode(codec)
    small = [replace(sheet, stories=sheet.stories[at : at + 2]) for at, sheet in enumerate(sheets()[:4])]
    for number, sheet in enumerate(small if target == "pdf" else ()):
        style = FREE if number % 2 else FIVE
        # what is packed cannot be changed in any sense
        yield f"bare-{number}", document(replace(sheet, stories=sheet.stories[-1:]), style, compressed=False)[:MOST]
    for form, first in FROM[target]:
        for number, file in enumerate(FORMATS[form](small)):
            yield f"{form.replace(', ', '-').replace(' ', '-')}-{number}", first + file.data[:MOST]


def write(target: str, folder: Path) -> None:
    """All seeds of a target into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds(target):
        (folder / name).write_bytes(data)
