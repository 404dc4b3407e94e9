"""Formats that are recognised and not read: by how their bytes begin, and text formats by their name."""

import re

BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an office document or archive (zip)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
)
NAMES: tuple[tuple[str, str], ...] = (
    (".json", "JSON"),
    (".jsonl", "JSON Lines"),
    (".ndjson", "JSON Lines"),
    (".csv", "a CSV table"),
    (".tsv", "a TSV table"),
    (".md", "Markdown"),
    (".py", "a program's source"),
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|alto|mets)\b", re.IGNORECASE)


def format_of(data: bytes, path: str) -> str | None:
    """What the file is, where it is no plain text; else None.

    >>> format_of(b"<?xml version='1.0'?>", "a.txt")
    'an XML document'
    """
    for beginning, name in BEGINNINGS:
        # two or three plain letters may also begin a text; data goes on with bytes that no text has
        if data.startswith(beginning) and (len(beginning) > 3 or not beginning.isalpha() or b"\0" in data[:64]):
            return name
    if _MARKUP.match(data):
        return "an XML document"
    return next((name for suffix, name in NAMES if path.lower().endswith(suffix)), None)
