"""Page files through a Dask cluster: the same outcomes in the same order as work.outcomes gives here.

In every thread of a Dask worker a worker process of its own does the work, as on one machine: so a page that hangs,
dies or takes all memory costs itself there too, and is told in the same words.
"""

import functools
import multiprocessing
import threading
from collections.abc import Generator, Iterable, Sequence

import work
from corpus.engines import dask
from corpus.rejects import Reject
from corpus.sources import PageFile
from corpus.workers import Crew, WorkersError


def outcomes(
    files: Iterable[PageFile | Reject],
    settings: work.Settings,
    seconds: float,
    address: str,
    do: work.Work | None = None,
) -> Generator[work.Outcome, None, None]:
    """What becomes of every file, one Outcome each, in their order, by the workers of the scheduler at `address`.

    `do`: importable on the workers; `work.process` if None. Raises WorkersError where the cluster cannot do it at all.
    """
    task = functools.partial(_batch, settings, seconds, work.version(), do)
    for result in dask.in_order(task, files, address, work.weight):
        yield work.outcome_of(result)


def _batch(
    settings: work.Settings, seconds: float, version: str, do: work.Work | None, files: Sequence[PageFile | Reject]
) -> list[work.Outcome]:
    """Runs in a thread of a Dask worker."""
    if version != work.version():
        raise WorkersError(
            f"a worker has version {work.version()} of this program, and here is {version}; install the same everywhere"
        )
    # Dask's nanny starts its worker as a daemon, which may have no children; they end with it, as their pipe does
    multiprocessing.current_process().daemon = False
    return list(work.outcomes(files, settings, 1, seconds, do, _crew(settings, do, threading.get_ident())))


@functools.cache
def _crew(settings: work.Settings, do: work.Work | None, thread: int) -> Crew:
    """The worker process of a thread; another one for other work, which gets ready in another way."""
    return Crew()
