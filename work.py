"""What is done with a page file: from bytes to the lines of its records, in a worker process.

With cli.py the only place where the two halves of the program meet: `corpus`, which knows where text comes from and
where records go, and `extract`, which knows what is made of it. Prints nothing.
"""

import datetime
import functools
import os
import traceback
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus import readers, workers
from corpus.records import article_lines, leftover_lines
from corpus.rejects import Reject, Rejected
from corpus.sources import PageFile
from corpus.tally import Tally, of_page

if TYPE_CHECKING:
    from extract.pipeline import Extractor
    from extract.tokens import SegmenterName

PRELOAD = ("spacy", "jieba.posseg", "rjieba", "work")
"""What is imported once for all workers: heavy, and nothing that a mistake in a lexicon could hinder."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know."""

    segmenter: "SegmenterName" = "rjieba"
    issue_date: datetime.date | None = None


@dataclass(slots=True)
class Outcome:
    """What became of one page file: lines ready to be written, and what to tell the user."""

    path: str
    records: bytes = b""
    leftovers: bytes = b""
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tally: Tally | None = None


def outcomes(
    files: Iterable[PageFile | Reject], settings: Settings, jobs: int | None, seconds: float
) -> Generator[Outcome, None, None]:
    """What becomes of every file, in their order; `jobs` workers (None: one a processor), `seconds` for each file.

    Raises WorkersError where extraction cannot start at all.
    """
    work = functools.partial(process, settings)
    prepare = functools.partial(extractor, settings.segmenter)
    for result in workers.in_order(work, files, jobs or _processors(), seconds, PRELOAD, prepare):
        if isinstance(result, workers.Lost):
            path = result.item.path
            yield Outcome(path, rejects=[Reject(path, result.reason, result.message)])
        else:
            yield result


def process(settings: Settings, file: PageFile | Reject) -> Outcome:
    """One page file, from bytes to lines; whatever goes wrong with it is a reject with a name."""
    if isinstance(file, Reject):
        return Outcome(file.path, rejects=[file])
    reader, found = extractor(settings.segmenter), Tally()
    outcome = Outcome(file.path, tally=found)
    try:
        reading = readers.read(file, settings.issue_date)
        outcome.notes.extend(reading.notes)
        for page in reading.pages:
            result = reader.extract(page)
            outcome.records += article_lines(result.records)
            outcome.leftovers += leftover_lines(page, result.leftovers)
            found.add(of_page(result.records))
    except Rejected as error:
        outcome.rejects.append(error.at(file.path))
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        return Outcome(file.path, rejects=[Reject(file.path, "extraction_failed", message, traceback.format_exc())])
    return outcome


@functools.cache
def extractor(segmenter: "SegmenterName") -> "Extractor":
    """The extractor of this process; it takes a second to build. What hinders that is no page's fault: WorkersError."""
    try:
        from extract.pipeline import Extractor

        return Extractor(segmenter=segmenter)
    except Exception as error:
        raise workers.WorkersError(f"extraction cannot start: {type(error).__name__}: {error}") from error


def _processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
