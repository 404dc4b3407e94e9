"""`index` without the seconds that extraction takes to start: every page becomes one article, made of its bytes.

Everything else is the real thing: finding files, planning, storing, deriving, locking. As a program of its own it is
there to be killed: python tests/indexing_program.py ARCHIVE PATH... [--slow SECONDS] [--pages MOST]
"""

import argparse
import functools
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus import given, readers, sources
from corpus.archive import database
from corpus.archive.indexing import Indexing, Summary
from corpus.archive.packing import PageContent
from corpus.archive.taking import divided
from corpus.archive.tasks import Event, How
from corpus.partitions import Partitions
from corpus.records import article_lines
from corpus.rejects import Reject, Rejected
from schemas.annotations import Activity, Count, Entity, Span, TimeExpression
from schemas.layout import Article, Block, Leftover, Page
from schemas.record import ArticleRecord

HOW = How("1", "{}", "{}")
FAILING = "读不出"
"""A page with these characters is one that extraction fails on."""


@dataclass
class Outcome:
    """What work.Outcome is."""

    records: bytes = b""
    pages: list[PageContent] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def record(page: Page, version: str = "1") -> ArticleRecord:
    """A record of a page, all of it: its first line is a place, its digits are counts, the last line is left over."""
    text = page.text.strip().rpartition("\n")[0] or page.text
    title = text.partition("\n")[0]
    blocks = [Block("main", 0, len(title), ((0, len(title)),))]
    if len(text) > len(title) + 1:
        blocks.append(Block("paragraph", len(title) + 1, len(text), ((len(title) + 1, len(text)),)))
    digits = [at for at, c in enumerate(text) if c.isascii() and c.isdigit()]
    counts = tuple(
        Count(f"c{n}", text[at], at, at + 1, int(text[at]), None, "个", version, "exact")
        for n, at in enumerate(digits, 1)
    )
    return ArticleRecord(
        Article(page.source.sha256[:16], "article", text, tuple(blocks)),
        page.source,
        (Entity("e1", "community", title, None, None, "stated", (Span(0, len(title)),)),),
        counts,
        (TimeExpression("d1", title[:1], 0, 1, "2024-03"),),
        (Activity("a1", title, "care", ("e1",), (), ("e1",), "d1", (), tuple(c.id for c in counts), Span(0, 1)),),
        (version,),
    )


def extract(
    how: How, slow: float, files: Iterable[sources.PageFile], seen: list[str] | None = None
) -> Generator[Outcome, None, None]:
    """What becomes of every file; `seen` gets the paths."""
    for file in files:
        time.sleep(slow)
        if seen is not None:
            seen.append(file.path)
        try:
            pages = readers.read(file, how.reading).pages
            if any(FAILING in page.text for page in pages):
                raise Rejected("time_limit", "it took longer than 60 seconds")
        except Rejected as error:
            yield Outcome(rejects=[error.at(file.path)])
            continue
        made = [record(page, how.version) for page in pages]
        kept = [
            PageContent(page.source, page.text, (Leftover("end", len(page.text) - 1, len(page.text)),), 1)
            for page in pages
        ]
        yield Outcome(article_lines(made), kept)


def index(
    archive: Path,
    paths: Sequence[str | Path],
    how: How = HOW,
    *,
    slow: float = 0.0,
    wait: float = 0.0,
    drop_vanished: bool = False,
    most_pages: int | None = None,
    seen: list[str] | None = None,
    told: Callable[[Event], None] = lambda event: None,
) -> Summary:
    """One run; what it did."""
    names = [str(path) for path in paths]

    def files(tops: Iterable[str | Reject], known: sources.Known) -> Iterator[sources.PageFile | Reject]:
        return sources.page_files(tops, leave_out=database.files(archive), known=known)

    with database.writing(archive, wait) as opened:
        if most_pages:
            opened.execute(f"PRAGMA max_page_count = {most_pages}")
        run = Indexing(opened, how, told)
        folders: list[Path] = []
        tops = divided(given.expand(names), folders)
        run.run(tops, files, functools.partial(_extract, how, slow, seen), drop_vanished, folders)
    return run.summary


def write_parts(folder: Path, paths: Sequence[str | Path], how: How = HOW, size: int = 3) -> None:
    """The same records in parts, as `extract` writes them."""
    with Partitions(folder, size, how.made_by) as out:
        found = sources.page_files(given.expand([str(path) for path in paths]), known=out.known)
        for item in out.todo(found):
            if isinstance(item, Reject):
                out.add(b"", b"", [item])
                continue
            (made,) = extract(how, 0.0, [item])
            out.add(made.records, b"", made.rejects, made.pages)


def _extract(
    how: How, slow: float, seen: list[str] | None, files: Iterator[sources.PageFile]
) -> Generator[Outcome, None, None]:
    return extract(how, slow, files, seen)


def main() -> None:
    """One run from the command line; what SQLite or the archive says goes to standard error, exit status 1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", type=Path)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--slow", type=float, default=0.0)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--wait", type=float, default=0.0)
    told = parser.parse_args()
    try:
        index(told.archive, told.paths, slow=told.slow, most_pages=told.pages, wait=told.wait)
    except database.ArchiveError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
