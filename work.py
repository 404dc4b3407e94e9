"""What is done with a page file: from bytes to the lines of its records, in a worker process.

With cli.py the only place where the two halves of the program meet: `corpus`, which knows where text comes from and
where records go, and `extract`, which knows what is made of it. Prints nothing.
"""

import contextlib
import functools
import gc
import hashlib
import importlib.metadata
import itertools
import json
import os
import traceback
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import readers, workers
from corpus.archive.packing import PageContent
from corpus.fork_server import PRELOAD
from corpus.limits import megabytes
from corpus.parts import MOST_LOST, PAST_THE_END, PageByPage, page_path
from corpus.records import article_lines, leftover_lines
from corpus.rejects import Reject, Rejected
from corpus.report import marked
from corpus.sources import PageFile
from corpus.tally import Tally, of_page
from corpus.workers import Crew, Lost
from schemas.layout import Article, Page, Source
from schemas.record import ArticleRecord

if TYPE_CHECKING:
    from extract.pipeline import Extractor
    from extract.tokens import SegmenterName


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know."""

    segmenter: "SegmenterName" = "rjieba"
    reading: readers.Options = readers.Options()  # noqa: RUF009 - immutable
    regions: tuple[str, ...] = ()
    model: str | None = None


@dataclass(slots=True)
class Outcome:
    """What became of one page file: lines ready to be written, and what to tell the user.

    `told`: lines for people, where that is what was wanted. `unread`: the file as a whole made its reader fail.
    `pages`: what the archive keeps of each page beside its records.
    """

    path: str
    records: bytes = b""
    leftovers: bytes = b""
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tally: Tally | None = None
    told: list[str] = field(default_factory=list)
    unread: bool = False
    pages: list[PageContent] = field(default_factory=list)

    def add(self, page: "Outcome") -> None:
        """Put what became of a page of the same file behind what there is."""
        self.records += page.records
        self.leftovers += page.leftovers
        self.rejects += page.rejects
        self.notes += [note for note in page.notes if note not in self.notes]
        self.told += page.told
        self.pages += page.pages
        if page.tally:
            self.tally = self.tally or Tally()
            self.tally.add(page.tally)


Work = Callable[[PageFile | Reject], Outcome]


def outcomes(
    files: Iterable[PageFile | Reject],
    settings: Settings,
    jobs: int | None,
    seconds: float,
    work: Work | None = None,
    crew: Crew | None = None,
) -> Generator[Outcome, None, None]:
    """What becomes of every file, one Outcome each, in their order; `jobs` workers (None: one a processor).

    `seconds` for each file, and where a PDF needs more, or kills its worker, for each of its pages. `work` is done with
    each in a worker: `process` if None. `crew`: workers that are kept from call to call. Raises WorkersError where
    extraction cannot start at all.
    """
    files = iter(files)
    for file in files:
        if not isinstance(file, Reject):
            files = itertools.chain((file,), files)
            break
        # where nothing can be read no worker is started
        yield Outcome(file.path, rejects=[file])
    else:
        return
    # what others do with a page (show its text) may need no extractor, which takes a second to build
    prepare = None if work else functools.partial(get_ready, settings)
    work = work or functools.partial(process, settings)
    pages = PageByPage(_lost, _past_the_end)
    more: Sequence[PageFile] = ()

    def again(item: PageFile | Reject, result: Outcome | Lost[PageFile | Reject]) -> Sequence[PageFile | Reject]:
        nonlocal more
        more = pages.following(item, result)
        return more

    gathered: Outcome | None = None
    for result in workers.in_order(work, files, jobs or processors(), seconds, PRELOAD, prepare, again, weight, crew):
        outcome = outcome_of(result)
        if gathered is None and not more:
            yield outcome
        elif gathered is None:
            whole, gathered = outcome, Outcome(outcome.path)
        elif more or not _past_the_end(result):
            gathered.add(outcome)
            if not more:
                message = f"{MOST_LOST} pages in a row were lost; those behind them were not tried"
                gathered.rejects.append(Reject(gathered.path, "given_up", message))
        # a file without a first page is lost as it was lost at first
        if gathered is not None and not more:
            yield gathered if gathered.tally or gathered.rejects else whole
            gathered = None


def weight(item: PageFile | Reject) -> int:
    """The bytes that an item holds."""
    return len(item.data) if isinstance(item, PageFile) else 0


def _lost(result: Outcome | Lost[PageFile | Reject]) -> bool:
    return isinstance(result, Lost) or result.unread


def _past_the_end(result: Outcome | Lost[PageFile | Reject]) -> bool:
    return isinstance(result, Outcome) and any(reject.reason == PAST_THE_END for reject in result.rejects)


def outcome_of(result: Outcome | Lost[PageFile | Reject]) -> Outcome:
    """A result as an outcome: a file that was lost is a reject."""
    if isinstance(result, Outcome):
        return result
    path = page_path(result.item) if isinstance(result.item, PageFile) else result.item.path
    return Outcome(path, rejects=[Reject(path, result.reason, result.message)])


def process(settings: Settings, file: PageFile | Reject) -> Outcome:
    """One page file, from bytes to lines; whatever goes wrong with it is a reject with a name."""

    def extract(page: Page, outcome: Outcome) -> None:
        result = extractor(settings).extract(page)
        outcome.records += article_lines(result.records)
        outcome.leftovers += leftover_lines(page, result.leftovers)
        assert outcome.tally is not None
        outcome.tally.add(of_page(result.records, page.source))
        outcome.pages.append(PageContent(page.source, page.text, result.leftovers, len(result.records)))

    return _each_page(settings, file, extract)


def resident_after(settings: Settings, file: PageFile | Reject) -> tuple[int, int]:
    """The bytes of memory that a worker has when it has worked on a file, and those of the process it was forked from.

    0 where the system does not tell.
    """
    process(settings, file)
    return workers.resident(), workers.resident(os.getppid())


def explain(settings: Settings, article: str | None, file: PageFile | Reject) -> Outcome:
    """Why the pages of a file were read as they were, as lines; only `article` where one is named."""

    def why(page: Page, outcome: Outcome) -> None:
        result = extractor(settings).extract(page)
        if article is None or article in [record.article.id for record in result.records]:
            outcome.told.extend(result.explanation.lines(article))

    return _each_page(settings, file, why)


def show(settings: Settings, marks: bool, file: PageFile | Reject) -> Outcome:
    """The text of a file's pages as it was read, or with `marks` what the format says of its parts."""

    def text(page: Page, outcome: Outcome) -> None:
        outcome.told.extend(marked(page) if marks else [page.text])

    return _each_page(settings, file, text)


def _each_page(settings: Settings, file: PageFile | Reject, work: Callable[[Page, Outcome], None]) -> Outcome:
    """Do `work` with every page of a file; one that makes it fail costs itself."""
    if isinstance(file, Reject):
        return Outcome(file.path, rejects=[file])
    path = page_path(file)
    outcome = Outcome(file.path, tally=Tally())
    try:
        reading = readers.read(file, settings.reading)
    except Rejected as error:
        return Outcome(file.path, rejects=[error.at(path)])
    except Exception as error:
        return Outcome(file.path, rejects=[_failed(path, error)], unread=True)
    outcome.notes.extend(reading.notes)
    outcome.rejects.extend(refusal.at(f"{file.path}!{number}") for number, refusal in reading.refused)
    for number, page in enumerate(reading.pages, 1):
        try:
            work(page, outcome)
        except workers.WorkersError:
            raise
        except Exception as error:
            outcome.rejects.append(_failed(path if len(reading.pages) == 1 else f"{path}!{number}", error))
    return outcome


def _failed(path: str, error: Exception) -> Reject:
    if isinstance(error, MemoryError):
        return Reject(path, "memory_limit", f"it took more than {megabytes(workers.MOST_MEMORY)} of memory")
    return Reject(path, "extraction_failed", f"{type(error).__name__}: {error}", traceback.format_exc())


def reading_again(settings: str) -> Callable[[Source, str, Sequence[Article]], Sequence[ArticleRecord]]:
    """Who reads articles that an editor put together otherwise; `settings` as `index` stores them (JSON).

    It is given the page's source and text and all its articles, and reads them as the extractor reads those it made.
    """
    told = json.loads(settings)
    known = Settings(told.get("segmenter", "rjieba"), regions=tuple(told.get("regions", ())), model=told.get("model"))
    return lambda source, page, articles: extractor(known).read_again(source, page, articles)


@functools.cache
def version() -> str:
    """A digest of what decides what is read from a page, beside its settings: code, lexicons, and libraries' words."""
    top = Path(__file__).parent
    parts = [top / "extract", top / "schemas", top / "corpus" / "readers", *sorted((top / "corpus").glob("[!_]*.*"))]
    digest = hashlib.sha256()
    for part in parts:
        for path in sorted(part.rglob("*")) if part.is_dir() else [part]:
            if path.is_file() and path.suffix not in (".pyc", ".md"):
                digest.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in ("jieba", "rjieba", "spacy", "opencc"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            digest.update(f"{library} {importlib.metadata.version(library)}\0".encode())
    return digest.hexdigest()[:16]


def get_ready(settings: Settings) -> None:
    """Build this worker's extractor, and spare the garbage collector what stays for good: a tenth of the time."""
    extractor(settings)
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@functools.cache
def extractor(settings: Settings) -> "Extractor":
    """The extractor of this process; it takes a second to build. What hinders that is no page's fault: WorkersError."""
    try:
        from extract.pipeline import Extractor

        return Extractor(settings.segmenter, settings.regions, settings.model)
    except Exception as error:
        raise workers.WorkersError(f"extraction cannot start: {type(error).__name__}: {error}") from error


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
