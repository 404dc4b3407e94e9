"""Scanned pages as pictures (PNG, JPEG, TIFF), read by OCR where it is asked for and installed."""

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.readers import ocr
from corpus.readers.geometry import page_of
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page, Source

if TYPE_CHECKING:
    from PIL.Image import Image

FORMAT = "picture"
MOST_PIXELS = 150_000_000
"""A broadsheet page scanned at 600 dots an inch has 130 million."""


def read(file: PageFile, options: Options) -> Reading:
    """The page or, of a TIFF, the pages on the pictures; Rejected where OCR is not asked for or finds nothing."""
    if not options.ocr:
        raise Rejected("no_text_layer", "the file is a picture of a page")
    ocr.needed()
    digest = hashlib.sha256(file.data).hexdigest()
    pages = []
    with _opened(file.data) as picture:
        count = getattr(picture, "n_frames", 1)
        if file.part is not None and not 1 <= file.part <= count:
            raise Rejected("no_such_part", f"page {file.part} was asked for and the file has {count}")
        for number in [file.part] if file.part is not None else range(1, count + 1):
            picture.seek(number - 1)
            if picture.width * picture.height > MOST_PIXELS:
                raise Rejected("too_large", f"the picture has {picture.width} times {picture.height} pixels")
            found = page_of(ocr.recognised(picture))
            path = file.path if count == 1 else f"{file.path}!{number}"
            pages.append(Page(Source(path, digest, "unicode", FORMAT), found.text, found.marks, found.regions))
    return Reading(tuple(pages), ("read by OCR",))


@contextmanager
def _opened(data: bytes) -> "Iterator[Image]":
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                yield picture
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Rejected("broken_picture", f"the picture cannot be read ({error})") from error
