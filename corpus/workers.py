"""Work on many items in worker processes, results in the order of the items, whatever happens to a worker.

An item that runs longer than its time, or whose worker dies, costs itself: the worker is replaced and the rest goes on.
Items in flight are bounded in number and in bytes, so memory does not grow with the work.
"""

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pebble import ProcessExpired, ProcessPool

from corpus import fork_server

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 8
"""Items in flight for each worker: enough to keep all busy behind a slow one, few enough to bound memory."""
MOST_BYTES = 192 * 2**20
"""Bytes of items in flight; one item more is always taken, so that a larger one is worked on too."""
START = 120.0
"""Seconds for a worker to start and get ready; slow only on a machine that is very busy."""
RENEWED = 2000
"""Items after which a worker is replaced: what libraries keep of the words they have seen does not pile up."""
MOST_MEMORY = 3 * 2**30
"""Bytes of address space that a worker may take for its items, beyond what it has when it is ready."""
GRACE = 30.0
"""Seconds beyond everything that could be in front of an item before it is taken for lost."""


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """An item without a result, and why: it ran out of time or its worker died (`message` says how)."""

    item: Item
    reason: Literal["time_limit", "worker_died"]
    message: str


Again = Callable[[Item, Result | Lost[Item]], Sequence[Item]]
"""What is to be done next, before all other items, once an item has its result."""


def _nothing(item: object, result: object) -> Sequence[Any]:
    return ()


def _weightless(item: object) -> int:
    return 0


class WorkersError(RuntimeError):
    """Worker processes cannot be started at all."""


class Crew:
    """Worker processes that are kept from one call of `in_order` to the next, where one after the other is called with
    few items and getting ready takes longer than they do. For one thread; they end with this process."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None

    @contextlib.contextmanager
    def pool(self, make: Callable[[], ProcessPool]) -> Iterator[ProcessPool]:
        """The pool of the last call, or a new one; one that an exception comes through is not kept."""
        pool, self._pool = self._pool or make(), None
        yield pool
        self._pool = pool


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    seconds: float,
    preload: Sequence[str] = (),
    prepare: Callable[[], object] | None = None,
    again: Again[Item, Result] = _nothing,
    weight: Callable[[Item], int] = _weightless,
    crew: Crew | None = None,
) -> Generator[Result | Lost[Item], None, None]:
    """`work(item)` for every item, in the items' order. `work` is picklable and returns its own failures as results.

    `seconds` bounds each item; `preload` names modules worth importing once for all workers, `prepare` is called in
    each before its first item and its time is no item's. `again` names what an item's result makes necessary: done and
    given before the items that follow. `weight`: the bytes of an item. `crew`: workers that are there, or will be kept.
    Raises WorkersError, and whatever `work` raises ends the run.
    """
    context = fork_server.context(preload)
    source = iter(items)
    unfinished: deque[Item] = deque(islice(source, jobs))
    if not unfinished:
        return
    if crew is None:
        jobs = len(unfinished)  # no more workers than items

    def make() -> ProcessPool:
        return ProcessPool(jobs, RENEWED, _get_ready, (prepare,), context)

    while True:
        try:
            with crew.pool(make) if crew else make() as pool:
                yield from _run(pool, _Task(work, seconds, again, weight), unfinished, source, jobs)
            return
        except BrokenProcessPool as error:
            # the pool cannot tell which item broke it: the first in line is the likeliest, the others are done again
            item = unfinished.popleft()
            lost = Lost(item, "worker_died", f"the worker processes broke down ({error})")
            unfinished.extendleft(reversed(again(item, lost)))
            yield lost


@dataclass(frozen=True, slots=True)
class _Task(Generic[Item, Result]):
    """What is done with every item."""

    work: Callable[[Item], Result]
    seconds: float
    again: Again[Item, Result]
    weight: Callable[[Item], int]

    def start(self, pool: ProcessPool, item: Item) -> "Future[Result]":
        return pool.schedule(_bounded, args=(self.work, item, self.seconds), timeout=self.seconds)


def _run(
    pool: ProcessPool, task: _Task[Item, Result], unfinished: deque[Item], source: Iterator[Item], jobs: int
) -> Generator[Result | Lost[Item], None, None]:
    """First `unfinished`, then `source`, through one pool; what was taken and has no result stays in `unfinished`."""
    futures: deque[Future[Result]] = deque()
    try:
        _greet(pool)
        while True:
            held = sum(map(task.weight, unfinished))
            while len(unfinished) < AHEAD * jobs and held < MOST_BYTES and (item := next(source, None)) is not None:
                unfinished.append(item)
                held += task.weight(item)
            futures.extend(task.start(pool, item) for item in islice(unfinished, len(futures), None))
            if not futures:
                return
            outcome = _outcome(unfinished[0], futures.popleft(), task.seconds)
            more = task.again(unfinished.popleft(), outcome)
            unfinished.extendleft(reversed(more))
            futures.extendleft(reversed([task.start(pool, item) for item in more]))
            yield outcome
    except BaseException as error:
        pool.stop()  # type: ignore[no-untyped-call]
        if isinstance(error, RuntimeError) and not isinstance(error, WorkersError | BrokenProcessPool):
            raise BrokenProcessPool(str(error)) from error  # how pebble refuses work once it is broken
        raise


def _get_ready(prepare: Callable[[], object] | None) -> None:
    # what goes wrong here goes wrong again in the first item, and there it can be told
    with contextlib.suppress(Exception):
        if prepare:
            prepare()
    # what an item would take beyond that fails as MemoryError, or ends this worker and not the machine
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def resident(process: int | str = "self") -> int:
    """The bytes of memory that a process has now; 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _greet(pool: ProcessPool) -> None:
    """Wait for one worker's sign of life: one that dies while it starts would never be missed."""
    try:
        pool.schedule(os.getpid).result(timeout=START)
    except (TimeoutError, ProcessExpired, BrokenProcessPool) as error:
        raise WorkersError(f"no worker process could be started ({type(error).__name__})") from error


def _bounded(work: Callable[[Item], Result], item: Item, seconds: float) -> Result:
    # where this program is killed nobody stops a worker that hangs: an alarm, which nothing handles, then ends it
    if not hasattr(signal, "setitimer"):
        return work(item)
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    try:
        return work(item)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _outcome(item: Item, future: "Future[Result]", seconds: float) -> "Result | Lost[Item]":
    try:
        # every item in front takes at most `seconds`; a future that outlasts them all has been lost by the pool
        return future.result(timeout=seconds * (AHEAD + 1) + GRACE)
    except TimeoutError:
        if not future.done():
            raise BrokenProcessPool("the pool lost an item") from None
        return Lost(item, "time_limit", f"it took longer than {seconds:g} seconds")
    except ProcessExpired as error:
        return Lost(item, "worker_died", f"the worker process ended with code {error.exitcode}")
