"""How long the whole will take, from extracting a sample of it here: what cli.py plan tells.

The model, and how close it came, is in docs/scale.md.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import containers, urls, workers
from corpus.archive import database
from corpus.archive.indexing import Indexing
from corpus.archive.tasks import How
from corpus.fork_server import PRELOAD
from corpus.sampling import Stratum, Survey, many, survey
from corpus.sources import PageFile, page_files

if TYPE_CHECKING:
    from inputs import Inputs
    from work import Outcome

SOME = 30
"""Pages of an archive or table that stand for all of it."""
ROUNDS = 300
"""Draws from the sample that show how far another sample might have led."""
MACHINE = (0.85, 1.35)
"""How far a run may be from the processor's time: neighbours, disks, a processor that slows down when all its cores
work. From runs on one machine (docs/scale.md); no sample can tell it."""
IN_FLIGHT = 192 * 2**20
MOST_ONE = 2**28
"""Bytes of a sampled page file."""
TRIED = 20
"""Files that a worker works on before its memory is measured."""
GROWS = 35 * 10**6
"""Bytes by which a worker grows from then until it has met some thousand pages, and no further: what is remembered of
words and names has its bounds. From runs of 100 to 100,000 pages (docs/scale.md)."""
HANDLING = 0.0004
"""Processor's seconds that handing an item to a worker and taking its result costs, however small: queues and threads.
Measured with work that costs nothing (docs/scale.md)."""
BLOCK = 512
PACKED = 4
"""How much smaller a packed tar is taken to be than what is in it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one sampled file took and gave: processor's seconds of a worker and of the one that reads and writes,
    pages, articles, bytes of records with leftovers. For all of it, where only some was read."""

    size: int
    worker: float
    reader: float
    pages: float
    articles: float
    written: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the range in which nine of ten others from such a sample lie."""

    value: float
    low: float
    high: float


@dataclass(slots=True)
class Sample:
    """What was measured. `start`: seconds until a worker is ready. Of the archive: `store`, seconds of its writer an
    article while workers work; `finish`, seconds an article at the end; `kept`, bytes an article; `empty`, bytes
    without any. Memory in bytes: `memory` of a worker, `server` of the process that they are forked from, `base` of the
    program.
    """

    survey: Survey
    costs: list[tuple[Stratum, list[Cost]]] = field(default_factory=list)
    start: float = 0.0
    store: float = 0.0
    finish: float = 0.0
    kept: float = 0.0
    empty: int = 0
    memory: int = 0
    server: int = 0
    base: int = 0
    unknown: list[str] = field(default_factory=list)

    @property
    def files(self) -> int:
        """Files that were read."""
        return sum(len(costs) for _, costs in self.costs)

    def estimate(self, what: Callable[[Cost], float], seed: int = 1) -> Estimate:
        """The sum of `what` over all files, read or not."""
        chance = random.Random(seed)
        value = self._sum(what, lambda costs: costs)
        drawn = sorted(self._sum(what, lambda costs: chance.choices(costs, k=len(costs))) for _ in range(ROUNDS))
        return Estimate(value, min(value, drawn[ROUNDS // 20]), max(value, drawn[-ROUNDS // 20]))

    def of_stratum(self, stratum: Stratum, costs: Sequence[Cost], what: Callable[[Cost], float]) -> float:
        """The sum over one stratum: per byte as in its sample."""
        return stratum.bytes * sum(map(what, costs)) / max(1, sum(cost.size for cost in costs))

    def _sum(self, what: Callable[[Cost], float], draw: Callable[[list[Cost]], list[Cost]]) -> float:
        known = sum(self.of_stratum(stratum, draw(costs), what) for stratum, costs in self.costs)
        covered = sum(stratum.bytes for stratum, _ in self.costs)
        return known * self.survey.bytes / max(1, covered)


def sample(inputs: Inputs, files: int, seconds: float, seed: int) -> Sample:
    """Survey the inputs and extract at most `files` of them in this process, for about `seconds`."""
    import work

    started = time.process_time()
    taken = Sample(survey(inputs.given(), seed), base=workers.resident())
    work.extractor(inputs.settings)
    outcomes: list[tuple[PageFile, Outcome]] = []
    costs: dict[int, list[Cost]] = {}
    began = time.perf_counter()
    for at, path, size in islice(_turns(taken.survey.strata), files):
        cost = _cost(inputs, path, size, outcomes)
        if outcomes and not costs:  # what is loaded at the first page is nobody's cost
            cost = _cost(inputs, path, size, [])
        costs.setdefault(at, []).append(cost)
        if time.perf_counter() - began > seconds:
            break
    taken.costs = [(taken.survey.strata[at], found) for at, found in sorted(costs.items())]
    if outcomes:
        ready, taken.memory, taken.server = _ready(inputs, [file for file, _ in outcomes])
        taken.start = started + ready
    _store(taken, outcomes)
    taken.unknown = list(_unknown(taken))
    return taken


def _turns(strata: Sequence[Stratum]) -> Iterator[tuple[int, str, int]]:
    """Which file to read next: from the stratum that has most bytes for what was read of it, two of each at first."""
    taken = [0] * len(strata)
    for _ in range(2):
        for at, stratum in enumerate(strata):
            if taken[at] < len(stratum.chosen):
                yield at, *stratum.chosen[taken[at]]
                taken[at] += 1
    while left := [at for at, stratum in enumerate(strata) if taken[at] < len(stratum.chosen)]:
        at = max(left, key=lambda each: strata[each].bytes / (taken[each] + 1))
        yield at, *strata[at].chosen[taken[at]]
        taken[at] += 1


def _cost(inputs: Inputs, path: str, size: int, outcomes: list[tuple[PageFile, Outcome]]) -> Cost:
    """Read and extract one file, or what stands for it."""
    import work

    worker = reader = 0.0
    pages = articles = written = read = 0
    limit = SOME if many(path) else sys.maxsize
    files = page_files([path], inputs.page_limit, (), inputs.settings.reading.columns)
    whole = False
    with contextlib.closing(files):  # type: ignore[type-var]
        for _ in range(limit):
            began = time.process_time()
            file = next(files, None)
            if file is None:
                whole = True
                break
            reader += time.process_time() - began
            began = time.process_time()
            outcome = work.process(inputs.settings, file)
            worker += time.process_time() - began
            began = time.process_time()
            pickle.loads(pickle.dumps((file, outcome)))  # how they go to a worker and come back
            reader += time.process_time() - began + HANDLING
            pages += outcome.tally.found["pages"] if outcome.tally else 0
            articles += outcome.tally.articles if outcome.tally else 0
            written += len(outcome.records) + len(outcome.leftovers)
            read += _room(path, work.weight(file))
            if isinstance(file, PageFile):
                outcomes.append((file, outcome))
    times = 1.0 if whole or not read else _times(path, size, read)
    return Cost(size, worker * times, reader * times, pages * times, articles * times, written * times)


def _room(path: str, size: int) -> int:
    """The bytes that a file takes in what it lies in: a tar gives each a header, and whole blocks."""
    return size if containers.kind(path) != "tar" else BLOCK + -(-size // BLOCK) * BLOCK


def _times(path: str, size: int, read: int) -> float:
    """How many times as much is in a file as was read of it."""
    members = None if urls.is_url(path) else containers.count(path)
    if members:
        return max(1.0, members / SOME)
    packed = path.lower().endswith(("gz", "bz2", "tbz", "xz", "zst", "zip"))
    return max(1.0, size * (PACKED if packed else 1) / read)


def _ready(inputs: Inputs, files: Sequence[PageFile]) -> tuple[float, int, int]:
    """Seconds until a worker is ready; memory of one that has worked, and of the process that it was forked from."""
    import work

    get_ready = functools.partial(work.get_ready, inputs.settings)
    measure = functools.partial(work.resident_after, inputs.settings)
    began = time.perf_counter()
    # the first one finds the worker ready
    told = workers.in_order(measure, [*files[:1], *files[:TRIED]], 1, inputs.seconds, PRELOAD, get_ready)
    seconds, memory, server = 0.0, 0, 0
    for each in told:
        seconds = seconds or time.perf_counter() - began
        if not isinstance(each, workers.Lost):
            memory, server = max(memory, each[0]), max(server, each[1])
    return seconds, memory + GROWS, server


def _store(taken: Sample, outcomes: Sequence[tuple[PageFile, Outcome]]) -> None:
    """Measure what an archive takes for what was extracted, beyond what an empty one has."""
    articles = sum(outcome.tally.articles for _, outcome in outcomes if outcome.tally)
    if not articles:
        return
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        taken.empty, *_ = _archived(top / "empty", [])
        full, storing, finishing = _archived(top / "full", outcomes)
    taken.store, taken.finish = storing / articles, finishing / articles
    taken.kept = max(0, full - taken.empty) / articles


def _archived(folder: Path, outcomes: Sequence[tuple[PageFile, Outcome]]) -> tuple[int, float, float]:
    """The bytes of an archive with what was extracted, the seconds to store it, and those that its end takes."""
    folder.mkdir()
    made = {str(folder / f"{number:06}"): outcome for number, (_, outcome) in enumerate(outcomes)}
    for path, (file, _) in zip(made, outcomes, strict=True):
        Path(path).write_bytes(file.data)
    archive = folder.with_suffix(".db")
    stored = 0.0

    def extract(files: Iterator[PageFile]) -> Generator[Outcome, None, None]:
        nonlocal stored
        for file in files:
            yield made[file.path]
        stored = time.process_time()

    with database.writing(archive) as opened:
        run = Indexing(opened, How("plan", "{}", "{}"), lambda event: None)
        began = time.process_time()
        run.run([str(folder)], lambda given, known: page_files(given, MOST_ONE, (), (), known), extract)
        ended = time.process_time()
    return archive.stat().st_size, stored - began, ended - stored


def _unknown(taken: Sample) -> Iterator[str]:
    """What the figures do not rest on."""
    if taken.survey.rejects:
        yield f"{taken.survey.rejects} paths could not be looked at"
    covered = {id(stratum) for stratum, _ in taken.costs}
    missing = [stratum for stratum in taken.survey.strata if id(stratum) not in covered]
    if missing:
        share = sum(stratum.bytes for stratum in missing) / max(1, taken.survey.bytes)
        yield f"{len(missing)} kinds of files with {share:.0%} of the bytes were not read; they count as the others do"
    few = [stratum for stratum, costs in taken.costs if len(costs) < min(3, stratum.files)]
    if few:
        yield f"{len(few)} kinds of files rest on one or two of them; a larger --sample tells more"
    if any(many(path) for stratum in taken.survey.strata for path, _ in stratum.chosen):
        yield f"archives and tables are judged by their first {SOME} pages, packed ones as {PACKED} times their size"
    yield "the speed of the disk or network, and of processors that are not this one"
