"""Plain text: one file, one page, in any encoding that Chinese text comes in."""

import hashlib

from corpus.readers import signatures
from corpus.readers.encoding import decode
from corpus.readers.reading import Options, Reading
from corpus.sources import PageFile
from schemas.layout import Page, Source

FORMAT = "text"


def takes(file: PageFile) -> bool:
    """Whatever its name, a file that is not known to be something else."""
    return signatures.format_of(file.data, file.path) is None


def read(file: PageFile, options: Options) -> Reading:
    """The one page of a text file; Rejected where its bytes are no text."""
    decoded = decode(file.data)
    source = Source(file.path, hashlib.sha256(file.data).hexdigest(), decoded.encoding, FORMAT)
    notes = (decoded.note,) if decoded.note else ()
    return Reading((Page(source, decoded.text),), notes)
