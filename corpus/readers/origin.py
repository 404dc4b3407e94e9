"""Which paper, day and page: what the user says, then the names' pattern, the markup, the names, the page's own header.

A source further on in that row only fills what those before it left open; where the header contradicts them, the run
says so.
"""

from dataclasses import replace

from corpus import header_marks, metadata, page_header
from corpus.metadata import Metadata
from corpus.readers.reading import Options, Reading
from corpus.sources import PageFile
from schemas.layout import Page

HEADED = frozenset({"text", "pdf", "picture", "alto"})
"""Formats whose text begins and ends as the printed page does; others are made of single articles."""


def with_origin(file: PageFile, reading: Reading, options: Options) -> Reading:
    """The pages of `file` as `reading` has them, with their paper, date and page number."""
    path = file.path.rpartition("!")[0] if file.format == "row" else file.path
    named = metadata.from_path(path)
    # the name of a file tells the number of a page only where it holds one page
    if file.format == "row" or file.part is not None or len(reading.pages) > 1:
        named = replace(named, page=None)
    notes = list(reading.notes)
    fitted = options.name_pattern.read(path) if options.name_pattern else None
    if options.name_pattern and not fitted:
        notes.append("its name does not fit --name-pattern")
    pages = []
    for page in reading.pages:
        headed = page.source.format in HEADED
        printed = page_header.read(page.text) if headed else Metadata()
        made = header_marks.with_header(page) if headed else page
        pages.append(_dated(made, fitted or Metadata(), named, printed, options))
        if printed.issue_date and pages[-1].source.issue_date != printed.issue_date:
            notes.append(f"its header says {printed.issue_date}, taken is {pages[-1].source.issue_date}")
    return replace(reading, pages=tuple(pages), notes=tuple(notes))


def _dated(page: Page, fitted: Metadata, named: Metadata, printed: Metadata, options: Options) -> Page:
    marked = page.source
    given = options.issue_date and options.issue_date.isoformat()
    source = replace(
        marked,
        paper=fitted.paper or marked.paper or named.paper or printed.paper,
        page=fitted.page or marked.page or named.page or printed.page,
        issue_date=given or fitted.issue_date or marked.issue_date or named.issue_date or printed.issue_date,
    )
    return replace(page, source=source)
