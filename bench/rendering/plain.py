"""The page's own dump in the encodings that such dumps come in."""

from functools import cache

import opencc

from bench.rendering.files import File
from bench.rendering.issue import Sheet

UNKNOWN = "□"  # what typesetting puts where a character is missing


def utf8(sheet: Sheet) -> list[File]:
    """The sample as it is."""
    return [File(f"{sheet.stem}.txt", sheet.dump.encode("utf-8"))]


def gb18030(sheet: Sheet) -> list[File]:
    """With Windows' line ends."""
    return [File(f"{sheet.stem}.txt", sheet.dump.replace("\n", "\r\n").encode("gb18030"))]


def big5(sheet: Sheet) -> list[File]:
    """In traditional characters; what Big5 lacks is written in Hong Kong's extension or lost."""
    text = traditional(sheet.dump)
    known = "".join(c if _encodes(c) else UNKNOWN for c in text)
    return [File(f"{sheet.stem}.txt", known.replace("\n", "\r\n").encode("big5hkscs"))]


def traditional(text: str) -> str:
    """Simplified characters to traditional ones, by OpenCC's phrases."""
    return str(_converter("s2tw").convert(text))


def simplified(text: str) -> str:
    """Traditional characters back to simplified ones."""
    return str(_converter("tw2s").convert(text))


def _encodes(character: str) -> bool:
    try:
        character.encode("big5hkscs")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)
