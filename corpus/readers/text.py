"""Plain text: one file, one page, in any encoding that Chinese text comes in."""

import hashlib

from corpus.readers.encoding import LEAST_SENSE, decode, sense
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page, Source

FORMAT = "text"
JUDGED = 40
"""Letters beyond ASCII from which a text can be judged by how much sense it makes."""


def read(file: PageFile, options: Options) -> Reading:
    """The one page of a text file; Rejected where its bytes are no text, or text that was decoded wrongly before.

    What was read in a wrong encoding once and saved as UTF-8 is valid UTF-8, and shows only in what it says.
    """
    decoded = decode(file.data)
    letters = "".join(c for c in decoded.text if c > "\x7f" and c.isalpha())
    if len(letters) >= JUDGED and sense(letters) < LEAST_SENSE:
        raise Rejected("broken_encoding", "its characters make no Chinese text: it was saved from a wrong encoding")
    source = Source(file.path, hashlib.sha256(file.data).hexdigest(), decoded.encoding, FORMAT)
    notes = (decoded.note,) if decoded.note else ()
    return Reading((Page(source, decoded.text),), notes)
