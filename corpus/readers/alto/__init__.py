"""ALTO XML (versions 1 to 4): a scanned page as libraries deliver it, every line with its place."""

import hashlib

from corpus.readers import xml
from corpus.readers.alto.arrangement import page_text
from corpus.readers.alto.content import pages
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page, Source

FORMAT = "alto"
UNSURE = 0.7
"""Mean confidence of the words below which the user is told."""


def read(file: PageFile, options: Options) -> Reading:
    """The pages of an ALTO document. Raises Rejected: broken_xml, unsafe_xml, or empty where no line has text."""
    document = xml.parse(file.data)
    known = file.issue
    digest = hashlib.sha256(file.data).hexdigest()
    notes = [document.note] if document.note else []
    made = []
    contents = pages(document.root)
    numbered = known.page if known and len(contents) == 1 else None  # a METS numbers files
    for part, content in enumerate(contents, 1):
        if file.part not in (None, part):
            continue
        found = page_text(content, known.articles if known else ())
        if not found.text.strip():
            continue
        source = Source(
            file.path, digest, document.encoding, FORMAT, numbered or content.number,
            known.paper if known else None, known.issue_date if known else None,
        )  # fmt: skip
        made.append(Page(source, found.text, found.marks, found.regions))
        if content.sureness is not None and content.sureness < UNSURE:
            notes.append(f"its text recognition was unsure (mean confidence {content.sureness:.2f}); check the names")
    if not made:
        raise Rejected("empty", "the ALTO file has no line with text")
    return Reading(tuple(made), tuple(notes))
