"""How large a page file may be, by what its bytes begin with: the same page is text, markup or a picture."""

import re

DEFAULT_LIMIT = 8 * 2**20
"""Bytes of one page's text: a newspaper page has about 10 to 50 thousand; the limit keeps memory and time bounded."""
HEAD = 1024
"""Bytes that decide; a PDF may have that much before its signature."""
MARKUP = 4
"""XML that says where each word stands may have this many times the limit."""
PICTURED = 32
"""A PDF or a picture may have this many times the limit: its bytes are pictures, fonts and, often, a whole issue."""

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP", b"\xff\x4f\xff\x51", b"GIF8", b"BM")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|alto|mets)\b", re.IGNORECASE)


def most(head: bytes, limit: int) -> int:
    """The bytes that a file which begins with `head` may have where a page's text may have `limit`.

    >>> most(b"%PDF-1.7", 8), most(b"<?xml version='1.0'?>", 8), most("社区".encode(), 8)
    (256, 32, 8)
    """
    if is_pdf(head) or head.startswith(_PICTURES):
        return PICTURED * limit
    return MARKUP * limit if _XML.match(head) else limit


def is_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF document."""
    return b"%PDF-" in data[:HEAD]


def many_paged(data: bytes) -> bool:
    """Whether a file may hold many pages that can be read one by one: a PDF document, a TIFF picture, a TRS export.

    >>> many_paged(b"%PDF-1.4"), many_paged(b"<REC>\\r\\n"), many_paged(b"<html>")
    (True, True, False)
    """
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return is_pdf(data) or data.startswith((b"II*\0", b"MM\0*")) or start.startswith(b"<REC>")


def too_large(count: int, limit: int) -> str:
    """What is wrong with a file of `count` bytes where a page may have `limit`.

    >>> too_large(52_428_800, 8_388_608)
    '50.0 MB are more than a page may have (8.0 MB)'
    """
    return f"{megabytes(count)} are more than a page may have ({megabytes(limit)})"


def megabytes(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 2**20:.1f} MB" if count >= 100_000 else f"{count} bytes"
