"""Page files to pages: one module a format, chosen by what the bytes are and what the name says (formats.py).

A new format is a module with `read`, and its place in formats.FORMATS.
"""

from corpus.readers import signatures
from corpus.readers.formats import FORMATS
from corpus.readers.origin import with_origin
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile

__all__ = ["Options", "Reading", "read"]


def read(file: PageFile, options: Options = Options()) -> Reading:  # noqa: B008 - immutable
    """The pages of a file with their paper, date and page number; see origin.py for who is believed.

    Raises Rejected where the file is of no known format or cannot be read.
    """
    known = next((each for each in FORMATS if each.takes(file)), None)
    if known is None:
        what = signatures.format_of(file.data, file.path)
        raise Rejected("unsupported_format", f"it is {what}, which is not read")
    return with_origin(file, known.reader().read(file, options), options)
