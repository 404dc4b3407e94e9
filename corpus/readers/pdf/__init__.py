"""PDF pages with a text layer: pdfium's characters with their places, put in reading order by geometry.

A page of a file with several is named by its number, `issue.pdf!3`. That number is never taken for the page's number in
the issue, for a file can hold a section or a selection: what the page prints counts, or the user's --name-pattern.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2

from corpus.readers import ocr
from corpus.readers.geometry import PageText, Sheet, page_of
from corpus.readers.pdf import drawings, glyphs
from corpus.readers.pdf.lines import printed_lines
from corpus.readers.pdf.text_layer import check
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page, Source

if TYPE_CHECKING:
    from PIL.Image import Image

FORMAT = "pdf"
MOST_PAGES = 5_000
"""Pages of one document: a paper's year, bound. A thousand bytes can claim a million."""
MOST_DETAIL = 200 / 72
"""Scale at which a page is rendered for OCR: 200 dots an inch."""


def read(file: PageFile, options: Options) -> Reading:
    """The pages of a document, or the one that is asked for; Rejected where none has readable text.

    Of a document some of whose pages cannot be read the others are read, and the reading names those that were not.
    """
    digest = hashlib.sha256(file.data).hexdigest()
    with _opened(file.data) as document:
        count = len(document)
        if not count:
            raise Rejected("broken_pdf", "the document has no pages")
        if count > MOST_PAGES:
            raise Rejected("too_large", f"the document has {count} pages, more than {MOST_PAGES} are not read")
        if file.part is not None and not 1 <= file.part <= count:
            raise Rejected("no_such_part", f"page {file.part} was asked for and the document has {count}")
        pages, notes, refused = [], [], []
        for number in [file.part] if file.part is not None else range(1, count + 1):
            path = file.path if count == 1 else f"{file.path}!{number}"
            source = Source(path, digest, "unicode", FORMAT)
            where = f"page {number}: " if count > 1 else ""
            try:
                found, remarks = _page(document, number - 1, options.ocr)
            except Rejected as refusal:
                refused.append((number, refusal))
                continue
            pages.append(Page(source, found.text, found.marks, found.regions))
            notes += [where + remark for remark in remarks]
    if not pages:
        raise refused[0][1]
    return Reading(tuple(pages), tuple(notes), tuple(refused))


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Rejected("locked_pdf", "the document is protected by a password") from error
        raise Rejected("broken_pdf", f"the document cannot be opened ({error})") from error
    try:
        yield document
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int, ocr_allowed: bool) -> tuple[PageText, list[str]]:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise Rejected("broken_pdf", f"the page cannot be opened ({error})") from error
    with closing(page):
        try:
            sheet, notes = _text_layer(page)
        except Rejected as refusal:
            if not ocr_allowed or refusal.reason not in ("no_text_layer", "garbled_text"):
                raise
            sheet, notes = ocr.recognised(_rendered(page)), ["read by OCR"]
    return page_of(sheet), notes


def _text_layer(page: pypdfium2.PdfPage) -> tuple[Sheet, list[str]]:
    view = glyphs.View.of(page)
    with closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > glyphs.MOST:
            raise Rejected("too_large", f"the page has {count} characters, more than {glyphs.MOST} are not read")
        found = list(glyphs.glyphs(text, view, count))
        lying = glyphs.lying(found)
        if lying:  # the page is held so that most of its text stands upright
            view = replace(view, rotation=(view.rotation - lying) % 4)
            found = list(glyphs.glyphs(text, view, count))
    width, height = view.size
    visible = [g for g in found if -1 <= g.box.middle <= width + 1 and -1 <= g.box.level <= height + 1]
    notes = check(visible, len(found))
    drawn = drawings.drawings(page, view)
    if not drawn.complete:
        notes.append(f"more than {drawings.MOST} drawings on the page, not all of them looked at")
    lines = printed_lines(visible, view.size)
    return Sheet(width, height, tuple(lines), tuple(drawn.frames), tuple(drawn.rules), tuple(drawn.pictures)), notes


def _rendered(page: pypdfium2.PdfPage) -> "Image":
    """The page as a picture, of no more pixels than OCR looks at, whatever size the file gives it."""
    longest = max(*page.get_size(), 1.0)
    with closing(page.render(scale=min(ocr.LONGEST_SIDE / longest, MOST_DETAIL))) as bitmap:
        picture: Image = bitmap.to_pil().convert("RGB")
        return picture
