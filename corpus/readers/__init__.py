"""Page files to pages: one module a format, chosen by what the bytes are and what the name says.

A new format is a new module with the two functions of `Reader`, and its place in READERS.
"""

from dataclasses import replace
from typing import Protocol

from corpus import metadata
from corpus.readers import signatures, text
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page


class Reader(Protocol):
    """One format."""

    def takes(self, file: PageFile) -> bool:
        """Whether `file` is of this format."""

    def read(self, file: PageFile, options: Options) -> Reading:
        """The pages of `file`; Rejected where there are none to be had."""


__all__ = ["READERS", "Options", "Reader", "Reading", "read"]

READERS: tuple[Reader, ...] = (text,)
"""In order of precedence; text, which takes whatever is not known to be something else, is last."""


def read(file: PageFile, options: Options = Options()) -> Reading:  # noqa: B008 - immutable
    """The pages of a file with their paper, date and page number; the options win over what the path says.

    Raises Rejected where the file is of no known format or cannot be read.
    """
    reader = next((reader for reader in READERS if reader.takes(file)), None)
    if reader is None:
        what = signatures.format_of(file.data, file.path)
        raise Rejected("unsupported_format", f"it is {what}, which is not read")
    reading = reader.read(file, options)
    return Reading(tuple(_with_metadata(page, options) for page in reading.pages), reading.notes)


def _with_metadata(page: Page, options: Options) -> Page:
    known = metadata.from_path(page.source.path)
    source = replace(
        page.source,
        paper=page.source.paper or known.paper,
        page=page.source.page or known.page,
        issue_date=options.issue_date.isoformat() if options.issue_date else page.source.issue_date or known.issue_date,
    )
    return replace(page, source=source)
