"""How fast each reader is, beside the bare library that it is built on, in one run.

    python -m bench.readers [--short]

Pages a second hold for the machine that printed them; the ratio (our time to the library's on the same bytes) holds on
any. A library only takes the bytes apart; the reader also decides what the parts are, and makes a page of them.
"""

import argparse
import csv
import io
import json
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import chardet
import lxml.etree
import lxml.html
import pypdfium2
import trafilatura
import zstandard

from bench.rendering.files import write
from bench.rendering.formats import FORMATS
from bench.rendering.issue import sheets
from corpus import readers
from corpus.rejects import Reject, Rejected
from corpus.sources import page_files

SHORT, LONG = 0.4, 3.0
"""Seconds that each side of a comparison is repeated for."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A format, the library that its reader is built on and what that does with one file.

    `unpack`: only the files are taken out of the archive, as the library does, and not read.
    """

    form: str
    library: str
    bare: Callable[[Path], object]
    unpack: bool = False


def decode(path: Path) -> object:
    """The text of a file in the encoding that chardet finds."""
    data = path.read_bytes()
    return data.decode(chardet.detect(data)["encoding"] or "utf-8", "replace")


def web(path: Path) -> object:
    """The tree of a web page."""
    return lxml.html.fromstring(path.read_bytes())


def body(path: Path) -> object:
    """What trafilatura takes for the article."""
    return trafilatura.extract(path.read_bytes())


def xml(path: Path) -> object:
    """The tree of an XML file."""
    return lxml.etree.fromstring(path.read_bytes())


def pdf(path: Path) -> object:
    """Every page's text and the box of every character."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append((text.get_text_range(), [text.get_charbox(at) for at in range(text.count_chars())]))
        text.close()
        page.close()
    document.close()
    return found


def table(path: Path) -> object:
    """Every row, as lists or objects."""
    text = path.read_text("utf-8-sig")
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(text, newline="")))
    return [json.loads(line) for line in text.splitlines()]


def archive(path: Path) -> object:
    """The bytes of every member."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as file:
            return [file.read(name) for name in file.namelist()]
    packed = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(path.read_bytes()))
    with tarfile.open(fileobj=io.BytesIO(packed.read())) as tar:
        return [tar.extractfile(member).read() for member in tar]  # type: ignore[union-attr]


COMPARISONS = (
    Comparison("text", "chardet, bytes.decode", decode),
    Comparison("text, GB18030", "chardet, bytes.decode", decode),
    Comparison("text, Big5", "chardet, bytes.decode", decode),
    Comparison("html, e-paper", "lxml.html.fromstring", web),
    Comparison("html, saved article", "lxml.html.fromstring", web),
    Comparison("html, saved article", "trafilatura.extract", body),
    Comparison("html, whole page", "lxml.html.fromstring", web),
    Comparison("pdf, two columns", "pypdfium2 text and boxes", pdf),
    Comparison("pdf, five columns", "pypdfium2 text and boxes", pdf),
    Comparison("alto", "lxml.etree.fromstring", xml),
    Comparison("mets and alto", "lxml.etree.fromstring", xml),
    Comparison("csv", "csv.reader", table),
    Comparison("jsonl", "json.loads", table),
    Comparison("zip of text", "zipfile", archive, unpack=True),
    Comparison("tar.zst, pdf and html", "zstandard, tarfile", archive, unpack=True),
)


def pages(folder: Path, unpack: bool = False) -> Iterator[int]:
    """How many pages each page file below `folder` has, read as the command reads them; what is rejected has none."""
    for file in page_files([str(folder)]):
        if isinstance(file, Reject):
            continue
        try:
            yield 1 if unpack else len(readers.read(file).pages)
        except Rejected:
            continue


def _all_pages(folder: Path, unpack: bool) -> None:
    for _ in pages(folder, unpack):
        pass


def _bare(each: Comparison, paths: list[Path]) -> None:
    for path in paths:
        each.bare(path)


def seconds(work: Callable[[], object], least: float) -> float:
    """How long `work` takes: the fastest of as many times as `least` seconds hold, two at the least."""
    times: list[float] = []
    while len(times) < 2 or sum(times) < least:
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def rows(least: float, comparisons: Iterable[Comparison] = COMPARISONS) -> Iterator[str]:
    """The table's lines."""
    yield f"{'':22}{'pages':>7}{'KB a page':>11}{'pages/s':>9}{'x library':>11}  library"
    with tempfile.TemporaryDirectory() as scratch:
        for each in comparisons:
            folder = Path(scratch) / str(abs(hash(each.form)))
            write(FORMATS[each.form](sheets()), folder)
            paths = sorted(path for path in folder.rglob("*") if path.is_file())
            count = sum(pages(folder, each.unpack))
            if not count:
                yield f"{each.form:22} not read yet"
                continue
            ours = seconds(partial(_all_pages, folder, each.unpack), least)
            bare = seconds(partial(_bare, each, paths), least)
            size = sum(path.stat().st_size for path in paths) / 1000 / count
            yield f"{each.form:22}{count:7}{size:11.1f}{count / ours:9.0f}{ours / bare:11.1f}  {each.library}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="less repetition, for CI")
    for line in rows(SHORT if parser.parse_args().short else LONG):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
