"""Page files to pages: one module a format, chosen by what the bytes are and what the name says.

A new format is a new module with the two functions of `Reader`, and its place in READERS.
"""

from typing import Protocol

from corpus.readers import alto, html, mets, pdf, picture, row, signatures, text, trs
from corpus.readers.origin import with_origin
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile


class Reader(Protocol):
    """One format."""

    def takes(self, file: PageFile) -> bool:
        """Whether `file` is of this format."""

    def read(self, file: PageFile, options: Options) -> Reading:
        """The pages of `file`; Rejected where there are none to be had."""


__all__ = ["READERS", "Options", "Reader", "Reading", "read"]

READERS: tuple[Reader, ...] = (pdf, picture, row, alto, mets, trs, html, text)
"""In order of precedence; text, which takes whatever is not known to be something else, is last."""


def read(file: PageFile, options: Options = Options()) -> Reading:  # noqa: B008 - immutable
    """The pages of a file with their paper, date and page number; see origin.py for who is believed.

    Raises Rejected where the file is of no known format or cannot be read.
    """
    reader = next((reader for reader in READERS if reader.takes(file)), None)
    if reader is None:
        what = signatures.format_of(file.data, file.path)
        raise Rejected("unsupported_format", f"it is {what}, which is not read")
    return with_origin(file, reader.read(file, options), options)
