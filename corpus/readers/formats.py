"""Which format a file is of, told from its first bytes and its name, without the format's reader.

Readers bring libraries that take a tenth of a second to import: a run pays for those of the formats that it meets.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from corpus.readers import signatures
from corpus.readers.reading import Options, Reading
from corpus.sources import PageFile

PDF = b"%PDF-"
PDF_WINDOW = 1024
"""Bytes in which the signature has to begin: some programs put a mail header or a byte order mark before it."""
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
WEB_NAMES = (".htm", ".html", ".shtml", ".xhtml")
WEB_WINDOW = 8192
XML_WINDOW = 4000
"""Bytes within which a document names its root."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_WEB = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|br|div|td|h[1-6]|span|a|meta|body|html|title|article|pre)\b[^<>]{0,400}>", re.IGNORECASE)
_HEADERS = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}")
_SAVED = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.I | re.M)
_MIME = re.compile(rb"^mime-version:", re.I | re.M)
_TRS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<REC>\s*<[^<>=\s]{1,80}>\s*=")
# comments and instructions, then a document type, which names the root, or the root itself; what was taken for a
# comment or an instruction is not tried in another way, or a few dozen of them would take for ever
_ROOT = re.compile(
    rb"\s*+(?:<!--(?>.*?-->)\s*+|<\?(?>.*?\?>)\s*+)*+"
    rb"<(?:!DOCTYPE\s+)?(?:[\w.-]{1,40}:)?([\w.-]{1,40})[\s>/\[]",
    re.DOTALL,
)


class Reader(Protocol):
    """The module that reads a format."""

    def read(self, file: PageFile, options: Options) -> Reading:
        """The pages of `file`; Rejected where there are none to be had."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: whether a file is of it, and the module that reads it, imported with the first file that is."""

    takes: Callable[[PageFile], bool]
    module: str

    def reader(self) -> Reader:
        """The format's reader."""
        return cast(Reader, importlib.import_module(self.module))


def is_pdf(file: PageFile) -> bool:
    """A PDF document, whatever its name."""
    return file.format is None and PDF in file.data[:PDF_WINDOW] and file.data[:1] != b"<"


def is_picture(file: PageFile) -> bool:
    """The bytes begin as a picture that a scanner writes."""
    return file.format is None and file.data.startswith(PICTURES)


def is_row(file: PageFile) -> bool:
    """What corpus.sources made of a table."""
    return file.format == "row"


def is_alto(file: PageFile) -> bool:
    """An XML document whose root is <alto>."""
    return file.format is None and root_is(file.data, "alto")


def is_mets(file: PageFile) -> bool:
    """An XML document whose root is <mets>."""
    return file.format is None and root_is(file.data, "mets")


def is_trs(file: PageFile) -> bool:
    """The file begins with a record and its first field, whatever its name."""
    return file.format is None and _TRS.match(_narrow(file.data[:1024])) is not None


def is_web_page(file: PageFile) -> bool:
    """The bytes begin like a web page, or are named so and have tags."""
    if file.format is not None:
        return False
    start = _narrow(file.data[:WEB_WINDOW])
    if _WEB.match(start) or is_saved_page(start):
        return True
    named = file.path.lower().endswith(WEB_NAMES)
    return named and bool(_TAG.search(start.replace(b"\0", b"")))


def is_text(file: PageFile) -> bool:
    """Whatever its name, a file that is not known to be something else."""
    return signatures.format_of(file.data, file.path) is None


def is_saved_page(start: bytes) -> bool:
    """Whether a file that begins with these bytes is a web page saved as one file (MHTML)."""
    headers = _HEADERS.match(start[:WEB_WINDOW])
    return bool(headers and _SAVED.search(headers[0]) and _MIME.search(headers[0]))


def root_is(data: bytes, name: str) -> bool:
    """Whether an XML document's root seems to be called `name`, with any prefix; from its first bytes only.

    >>> root_is(b'<?xml version="1.0"?><a:alto xmlns:a="x">', "alto"), root_is(b"<html><p>alto</p>", "alto")
    (True, False)
    """
    found = _ROOT.match(data[:XML_WINDOW].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff"))
    return found is not None and found[1] == name.encode()


def _narrow(start: bytes) -> bytes:
    """The start of a file, without the zeros of UTF-16."""
    return start.decode("utf-16", "ignore").encode("utf-8", "ignore") if start[:2] in _WIDE else start


FORMATS = (
    Format(is_pdf, "corpus.readers.pdf"),
    Format(is_picture, "corpus.readers.picture"),
    Format(is_row, "corpus.readers.row"),
    Format(is_alto, "corpus.readers.alto"),
    Format(is_mets, "corpus.readers.mets"),
    Format(is_trs, "corpus.readers.trs"),
    Format(is_web_page, "corpus.readers.html"),
    Format(is_text, "corpus.readers.text"),
)
"""In order of precedence; text, which takes whatever is not known to be something else, is last."""
