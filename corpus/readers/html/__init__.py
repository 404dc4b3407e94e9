"""Web pages: articles of Chinese e-papers (数字报), saved web articles, page dumps with tags.

What belongs to the page as it was printed becomes its text: headlines, bylines, paragraphs, captions, and as
`furniture` the lines of page, day, source and editor. What belongs to the site (navigation, lists of links, share
buttons, footers) is left out: it is no character of the page. Text alternatives of pictures are not printed and left
out too, and so are characters that show nothing (zero-width, bidirectional and other controls).
"""

import hashlib

from corpus.readers.formats import is_saved_page
from corpus.readers.html import charset, mhtml, page_text
from corpus.readers.html.articles import Stretch, as_dump, by_bodies, by_captions, by_elements, by_headings, starts
from corpus.readers.html.document import Document, parse
from corpus.readers.html.fallback import main_text
from corpus.readers.html.flow import flow
from corpus.readers.html.paragraphs import blocks as to_blocks
from corpus.readers.html.properties import Properties, in_print, stored
from corpus.readers.html.roles import is_prose
from corpus.readers.html.unnamed import by_density
from corpus.readers.html.wording import is_site
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page, Source

FORMAT = "html"
LIST_OF_LINKS = 3
"""Links from which on a page without prose is a list of articles."""


def read(file: PageFile, options: Options) -> Reading:
    """The one page of a web page; without pages, and with a note, where it is a mere list of links.

    Raises Rejected: empty, binary, broken_encoding, broken_markup, markup_bomb.
    """
    decoded = charset.decode(mhtml.page(file.data) if is_saved_page(file.data) else file.data)
    document = parse(decoded.text)
    known = stored(document)
    found, lines, links = _stretches(document, known)
    if not _has_text(found):  # some systems hide the article until a script shows it
        shown = parse(decoded.text, with_hidden=True)
        hidden, lines, links = _stretches(shown, known)
        found = hidden if _has_text(hidden) else found
    notes = [decoded.note] if decoded.note else []
    if not _has_text(found):
        if links >= LIST_OF_LINKS:
            return Reading((), (*notes, "a page's list of articles, without an article's text"))
        raise Rejected("empty", "the page shows no text")
    text, marks, regions = page_text.assemble(found)
    known = in_print(known, lines)
    source = Source(
        file.path,
        hashlib.sha256(file.data).hexdigest(),
        decoded.encoding,
        FORMAT,
        known.page,
        known.paper,
        known.issue_date,
    )
    return Reading((Page(source, text, marks, regions),), tuple(notes))


def _stretches(document: Document, known: Properties) -> tuple[list[Stretch], list[str], int]:
    """The page's articles, the lines that may name its page and day, and the number of its links."""
    shown = flow(document.root)
    blocks = to_blocks(shown.lines)
    heads = [
        b.text
        for b in blocks
        if b.linked < 0.5 and len(b.text) <= 120 and (b.place.body < 0 or b.place.role) and not is_prose(b)
    ]
    found = by_bodies(blocks, shown, known) or by_elements(blocks, known)
    if not found and not any(is_prose(block) and not block.place.chrome and block.linked < 0.5 for block in blocks):
        found = by_captions(blocks, known)
    if not found:
        rest = [block for block in main_text(document.root, blocks) if block.dump or not is_site(block.text)]
        if shown.links < LIST_OF_LINKS or any(is_prose(block) for block in rest):
            found = by_density(blocks, shown, known) if len(starts(rest)) < 2 else []
            found = found or by_headings(rest, known) or as_dump(rest)
    return found, heads, shown.links


def _has_text(stretches: list[Stretch]) -> bool:
    """Whether there is more than the paper's own lines."""
    return any(printed.role != "furniture" for stretch in stretches for printed in stretch.printed)
