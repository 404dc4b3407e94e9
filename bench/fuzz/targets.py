"""What must hold of every input, one function a reader: bytes in, nothing out, an error where something does not hold.

Only Rejected may come out of a reader, with a reason that is published; what it gives must be pages whose marks lie in
their text, in time and no larger than what they were read from allows. Knows nothing of atheris, so that tests replay
what was found.
"""

import bz2
import datetime
import gzip
import lzma
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import zstandard

from corpus import given, metadata, readers
from corpus.name_pattern import NamePattern
from corpus.readers import Options
from corpus.rejects import REMEDIES, Reject, Rejected
from corpus.sources import PageFile, page_files
from schemas.layout import Page, Source

if TYPE_CHECKING:
    from extract.pipeline import Extractor

LONGEST = 5.0
"""Seconds for one input of at most MOST bytes."""
EACH = 0.005
"""Seconds more for each of the pages of one file: a table may have one in four bytes."""
MOST = 65536
LIMIT = 2**20
"""Bytes a page file may have here."""
SWELL = 64
"""Characters of page text that a byte of input may become; a table's row or a font's map makes several of one."""

Target = Callable[[bytes], None]


class BrokenPromiseError(AssertionError):
    """Something that always holds did not."""


def text(data: bytes) -> None:
    """A dump in whatever encoding."""
    _read(PageFile("page.txt", data), data)


def html(data: bytes) -> None:
    """A web page, under a name that says so."""
    _read(PageFile("2024-03/12/content_5.htm", data), data)


def pdf(data: bytes) -> None:
    """A PDF from disk, page by page."""
    _from_disk("issue.pdf", data)


def xml(data: bytes) -> None:
    """ALTO, METS or whatever XML calls itself."""
    _read(PageFile("issue_0001.xml", data), data)


def tables(data: bytes) -> None:
    """CSV, TSV, JSON Lines and JSON from disk; the first byte chooses which."""
    suffixes = ("csv", "jsonl", "tsv", "json", "ndjson")
    _from_disk(f"table.{suffixes[data[0] % len(suffixes)]}", data[1:]) if data else None


def containers(data: bytes) -> None:
    """Archives; the first byte chooses the kind, and whether the rest is packed before it is read, so that what is
    inside the packing is reached too."""
    if not data:
        return
    kinds: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
        ("pages.zip", bytes),
        ("pages.tar", bytes),
        ("pages.tar.gz", bytes),
        ("pages.tar.xz", bytes),
        ("pages.tar.zst", bytes),
        ("pages.tar.bz2", bytes),
        ("pages.tar.gz", lambda raw: gzip.compress(raw, 1)),
        ("pages.tar.xz", lambda raw: lzma.compress(raw, preset=0)),
        ("pages.tar.zst", zstandard.ZstdCompressor(level=1).compress),
        ("pages.tar.bz2", lambda raw: bz2.compress(raw, 1)),
    )
    name, pack = kinds[data[0] % len(kinds)]
    _from_disk(name, pack(data[1:]), read=False)


def names(data: bytes) -> None:
    """A name pattern and the path that it is compared with, apart by a line feed; the names of files and folders."""
    pattern, _, path = data.decode("utf-8", "surrogateescape").partition("\n")
    with _in_time():
        known = metadata.from_path(path)
        _day(known.issue_date)
        try:
            parsed = NamePattern.parse(pattern)
        except ValueError:
            return
        if said := parsed.read(path):
            _day(said.issue_date)
            _must(said.page is None or 0 < said.page < 10000, f"page {said.page}")


def lists(data: bytes) -> None:
    """A list of paths as --from-file takes it; none of them is opened."""
    path = _folder() / "list.txt"
    path.write_bytes(data)
    with _in_time():
        for count, named in enumerate(given.listed(str(path))):
            _must(count <= len(data), "more paths than bytes")
            if isinstance(named, Reject):
                _reject(named.reason, named.message)
            else:
                _must(bool(named) and "\0" not in named, "no path")
                os.fsencode(named)


def marks(data: bytes) -> None:
    """The whole extraction on a web page's text and marks: every printed character is in a block or left over."""
    try:
        pages = readers.read(PageFile("page.html", data)).pages
    except Rejected:
        return
    for page in pages:
        if len(page.text) <= MOST // 4:
            _extract(page)


def restoration(data: bytes) -> None:
    """The whole extraction on any text."""
    page = Page(Source("page.txt", "0" * 64, "utf-8", "text"), data.decode("utf-8", "replace").replace("\r", "\n"))
    if len(page.text) <= MOST // 4:
        _extract(page)


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        f.__name__: f for f in (text, html, pdf, xml, tables, containers, names, lists, marks, restoration)
    }
)  # fmt: skip

EXTRACTING = frozenset({"marks", "restoration"})
"""Targets that run the whole extraction, a second and more for what takes a reader a millisecond."""


@contextmanager
def _in_time(seconds: float = LONGEST) -> Iterator[None]:
    """Fails where what is inside took too long."""
    began = time.perf_counter()
    yield
    needed = time.perf_counter() - began
    _must(needed <= seconds, f"it took {needed:.1f} seconds")


def _read(file: PageFile, data: bytes) -> None:
    """What a reader makes of one page file."""
    with _in_time():
        try:
            reading = readers.read(file, Options())
        except Rejected as error:
            _reject(error.reason, error.message)
            return
        _must(bool(reading.pages or reading.notes or reading.refused), "nothing read and nothing said")
        for page in reading.pages:
            _page(page, data)
        for note in reading.notes:
            note.encode("utf-8")
        for number, refused in reading.refused:
            _must(number > 0, f"page {number}")
            _reject(refused.reason, refused.message)


def _from_disk(name: str, data: bytes, read: bool = True) -> None:
    """What comes out of a file: every reject has a reason, every page file can be read."""
    path = _folder() / name
    path.write_bytes(data)
    began, count = time.perf_counter(), 0
    for count, file in enumerate(page_files([str(path)], LIMIT), 1):
        _must(count <= len(data) + 1, "more pages than bytes")
        if isinstance(file, Reject):
            _reject(file.reason, file.message)
            file.path.encode("utf-8")
        else:
            _must(len(file.data) <= max(LIMIT, len(data)), f"{len(file.data)} bytes of one page file")
            file.path.encode("utf-8")
            if read:
                _read(file, file.data)
    needed = time.perf_counter() - began
    _must(needed <= LONGEST + EACH * count, f"{count} pages took {needed:.1f} seconds")


def _page(page: Page, data: bytes) -> None:
    # the page itself checks that marks and regions are in order and inside its text
    page.text.encode("utf-8")
    page.source.path.encode("utf-8")
    _must("\r" not in page.text, "a carriage return in a page's text")
    _must(len(page.text) <= SWELL * len(data) + 1000, f"{len(page.text)} characters of {len(data)} bytes")
    _must(bool(page.text.strip()), "a page without text")
    _day(page.source.issue_date)
    _must(page.source.page is None or page.source.page > 0, f"page {page.source.page}")
    if page.source.paper is not None:
        page.source.paper.encode("utf-8")
        _must(bool(page.source.paper.strip()), "a paper without a name")


def _extract(page: Page) -> None:
    from corpus.records import article_lines, leftover_lines

    with _in_time(4 * LONGEST):
        result = _extractor().extract(page)
        printed = [0] * len(page.text)
        for record in result.records:
            for block in record.article.blocks:
                for start, end in block.source:
                    _must(0 <= start < end <= len(page.text), f"source [{start}, {end}) outside the page")
                    printed[start:end] = [n + 1 for n in printed[start:end]]
        for leftover in result.leftovers:
            printed[leftover.start : leftover.end] = [n + 1 for n in printed[leftover.start : leftover.end]]
        for at, (character, count) in enumerate(zip(page.text, printed, strict=True)):
            _must(character.isspace() or count == 1, f"character {at} is in {count} blocks")
        article_lines(result.records)
        leftover_lines(page, result.leftovers)


def _reject(reason: str, message: str) -> None:
    _must(reason in REMEDIES, f"no remedy for {reason}")
    message.encode("utf-8")
    _must(len(message) < 2000, "a message nobody reads")


def _day(text: str | None) -> None:
    if text is not None:
        datetime.date.fromisoformat(text)


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(what)


def _folder() -> Path:
    """This process's scratch folder."""
    return Path(_scratch().name)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Removed when the process ends; in memory where there is such a place."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix="fuzz-", dir=place)


@cache
def _extractor() -> "Extractor":
    from extract.pipeline import Extractor

    return Extractor()
