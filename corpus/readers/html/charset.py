"""Bytes of a web page to its text: what the page declares is a hint, what its bytes are decides.

Pages declare gb2312 and use GBK, declare UTF-8 and are GBK, or declare nothing. Only the bytes beyond ASCII say what
the text is in; a page may have more script than text before them.
"""

import codecs
import itertools
import re

from corpus.readers import encoding
from corpus.readers.characters import sense
from corpus.readers.encoding import Decoded
from corpus.rejects import Rejected

MOST_RUNS = 4096
"""Stretches of text that are looked at."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE)
_FOREIGN = re.compile(rb"(?:[\x80-\xff][\x30-\xff]?)+")
_TAG_OF_BYTES = re.compile(rb"</[A-Za-z]{1,12}[1-6]?\s*>")
_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs"}
"""What declared names stand for: the wider encoding that pages really use."""


def decode(data: bytes) -> Decoded:
    """The text of a page with its markup. Raises Rejected: empty, binary or broken_encoding.

    >>> page = '<meta charset="gb2312"><h1>社区开起邨口茶座</h1>'  # a tea corner; 邨 is not in GB2312
    >>> decode(page.encode("gbk")).encoding
    'gb18030'
    """
    if b"\0" in data and _TAG_OF_BYTES.search(data):  # in UTF-16 every letter of a tag has one
        data = data.replace(b"\0", b"")
    try:
        return encoding.decode(data, _choose(data))
    except Rejected as error:
        if error.reason == "empty":
            raise Rejected("empty", "the page has no text") from None
        raise


def _choose(data: bytes) -> str:
    """The codec: the declared one where the page's Chinese is about as good in it as in the best."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return encoding.choose(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = b" ".join(itertools.islice((found[0] for found in _FOREIGN.finditer(data)), MOST_RUNS))
    else:
        return "utf-8"
    declared = _declared(data)
    try:
        likely = encoding.choose(text)
    except Rejected:
        if declared and _sense(text, declared) >= encoding.LEAST_SENSE:
            return declared
        raise
    if declared and declared != likely and _sense(text, declared) > _sense(text, likely) - encoding.ALIKE:
        return declared
    return likely


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return None
    name = _CODECS.get(name, name)
    return name if name in ("utf-8", "gb18030", "big5hkscs") else None


def _sense(data: bytes, name: str) -> float:
    return sense(data[: encoding.SAMPLE].decode(name, "replace"))
