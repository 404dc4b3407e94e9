"""The lines of a stream of bytes that may have gigabytes, as text: decoded as they come, in bounded memory."""

import codecs
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from corpus.rejects import Rejected

CHUNK = 2**18
MOST_NULS = 0.1
"""Share of NUL bytes up to which they are strays in a text; UTF-16 has more, or makes no other sense."""
MOST_STRAYS = 0.01
"""Share of bytes outside ASCII that are no Chinese and yet do not condemn the text."""


class Line(NamedTuple):
    """One line: its number in the file from 1, and its text with its line feed; None where it is too long to hold."""

    number: int
    text: str | None


class Lines(Iterator[Line]):
    r"""The lines of `file`, each of at most `limit` characters; `\r\n` and `\r` are line ends too.

    The encoding is decided where the first characters outside ASCII stand, by corpus.readers.encoding; `encoding` is
    the codec. Broken characters become U+FFFD. Raises Rejected (binary, broken_encoding), and whatever `file` raises.

    >>> [line.text for line in Lines(io.BytesIO("标题,正文\r\n晨练,居民早起".encode("gbk")), 100)]  # morning exercise
    ['标题,正文\n', '晨练,居民早起']
    """

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self.encoding = "utf-8"
        self._file = file
        self._limit = limit
        self._again: deque[Line] = deque()
        self._lines = self._read()

    def __next__(self) -> Line:
        """The next line, first those that were put back."""
        return self._again.popleft() if self._again else next(self._lines)

    def put_back(self, lines: Iterable[Line]) -> None:
        """Gives these lines again before all others."""
        self._again.extendleft(reversed(list(lines)))

    def ahead(self, count: int, size: int) -> list[Line]:
        """Up to `count` of the next lines with together about `size` characters; they will be given again."""
        taken: list[Line] = []
        for line in self:
            taken.append(line)
            size -= len(line.text or "")
            if size <= 0 or len(taken) == count:
                break
        self.put_back(taken)
        return taken

    def _read(self) -> Iterator[Line]:
        number, parts, size = 1, list[str](), 0
        for text in self._texts():
            *ended, rest = text.split("\n")
            for end in ended:
                size += len(end)
                yield Line(number, "".join((*parts, end, "\n")) if size <= self._limit else None)
                number, size = number + 1, 0
                parts.clear()
            size += len(rest)
            if size <= self._limit:
                parts.append(rest)
            else:
                parts.clear()
        if size:
            yield Line(number, "".join(parts) if size <= self._limit else None)

    def _texts(self) -> Iterator[str]:
        """The stream decoded, a chunk at a time, with line feeds as line ends."""
        feeds = io.IncrementalNewlineDecoder(None, translate=True)
        decoder: codecs.IncrementalDecoder | None = None
        while data := _chunk(self._file):
            if decoder is None and (data.isascii() and b"\0" not in data):
                yield feeds.decode(data.decode("ascii"))
                continue
            if decoder is None:
                self.encoding = _choose(data)
                decoder = codecs.getincrementaldecoder(self.encoding)("replace")
            yield feeds.decode(decoder.decode(data))
        yield feeds.decode(decoder.decode(b"", final=True) if decoder else "", final=True)


def _chunk(file: BinaryIO) -> bytes:
    """The next CHUNK bytes, less only at the end; a pipe gives what it has."""
    parts, wanted = [], CHUNK
    while wanted and (part := file.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _choose(data: bytes) -> str:
    from corpus.readers.encoding import choose  # here: the readers know corpus.sources, which knows this

    sound = data.count(b"\0") <= MOST_NULS * len(data)
    if sound and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:  # the chunk may end inside a character
            codecs.getincrementaldecoder("utf-8")().decode(data)
        except UnicodeDecodeError:
            pass
        else:
            return "utf-8"
    # only the first part is looked at, and all of it may be ASCII
    data = data[re.search(rb"[\x80-\xff]|\Z", data).start() :] if sound else data  # type: ignore[union-attr]
    try:
        return choose(data)
    except Rejected:
        plain = data.replace(b"\0", b"")
        if not sound:
            raise
        if len(plain) < len(data):
            return choose(plain)
        if sum(byte > 127 for byte in data) > MOST_STRAYS * len(data):
            raise
    return "utf-8"
