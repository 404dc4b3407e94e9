"""What is done with a page file: from bytes to the lines of its records, in a worker process.

With cli.py the only place where the two halves of the program meet: `corpus`, which knows where text comes from and
where records go, and `extract`, which knows what is made of it. Prints nothing.
"""

import difflib
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

SIX_DIGITS = tuple(map(str, range(110000, 830000)))
"""All codes that a province, city or district may have; the gazetteer answers by code."""
NEAR = 10
"""How many names are proposed for one that nobody bears."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker needs to know."""

    segmenter: "SegmenterName" = "rjieba"
    reading: readers.Options = readers.Options()  # noqa: RUF009 - immutable
    regions: tuple[str, ...] = ()
    model: str | None = None


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
    prepare = functools.partial(extractor, settings)
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
    reader, found = extractor(settings), Tally()
    outcome = Outcome(file.path, tally=found)
    try:
        reading = readers.read(file, settings.reading)
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
def extractor(settings: Settings) -> "Extractor":
    """The extractor of this process; it takes a second to build. What hinders that is no page's fault: WorkersError."""
    try:
        from extract.pipeline import Extractor

        return Extractor(settings.segmenter, settings.regions, settings.model)
    except Exception as error:
        raise workers.WorkersError(f"extraction cannot start: {type(error).__name__}: {error}") from error


def region(name: str) -> str:
    """The full name of the one province, city or district called `name`; ValueError names what was perhaps meant.

    >>> region("潍坊")  # Weifang, without its suffix
    '潍坊市'
    """
    from extract.gazetteer import gazetteer
    from extract.linking import Context

    divisions = gazetteer()
    codes = Context.of([name]).home
    if len(codes) == 1:
        return divisions.name(codes[0]) or name
    if codes:
        places = ("".join(dict.fromkeys(divisions.name(f"{code[:n]:0<6}") or "" for n in (2, 4, 6))) for code in codes)
        raise ValueError(f"{len(codes)} are called {name!r}: {'、'.join(places)}; name it in full or the city it is in")
    known = [called for code in SIX_DIGITS if (called := divisions.name(code))]
    alike = [each for each in known if len(name) > 1 and each.startswith(name[:2])]
    alike += difflib.get_close_matches(name, known, n=len(known), cutoff=0.4)
    # of equally many shared characters those in the same place count: 大铜市 is 大同市 sooner than 铜陵市
    alike.sort(key=lambda each: sum(a == b for a, b in zip(name, each, strict=False)), reverse=True)
    near = list(dict.fromkeys(alike))[:NEAR]
    remedy = f"; did you mean {'、'.join(near)}?" if near else "; name it as maps do, like 潍坊市 or 奎文区"
    raise ValueError(f"no province, city or district is called {name!r}{remedy}")


def model(name: str) -> str:
    """The spaCy pipeline `name`, a package or a folder, if it is installed; ValueError with the remedy if not."""
    import spacy

    if spacy.util.is_package(name) or os.path.exists(os.path.join(name, "meta.json")):
        return name
    remedy = f"install it (python -m spacy download {name}) or name a folder that holds one"
    raise ValueError(f"no spaCy pipeline {name!r} is installed here; {remedy}")


def _processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
