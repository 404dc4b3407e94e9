"""Work on many items in worker processes, results in the order of the items, whatever happens to a worker.

An item that runs longer than its time, or whose worker dies, costs itself: the worker is replaced and the rest goes on.
Items and results stay bounded in number, so memory does not grow with the work.
"""

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.context import BaseContext
from typing import Generic, Literal, TypeVar

from pebble import ProcessExpired, ProcessPool

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 8
"""Items in flight for each worker: enough to keep all busy behind a slow one, few enough to bound memory."""
START = 120.0
"""Seconds for a worker to start and get ready; slow only on a machine that is very busy."""
RENEWED = 2000
"""Items after which a worker is replaced: what libraries keep of the words they have seen does not pile up."""
GRACE = 30.0
"""Seconds beyond everything that could be in front of an item before it is taken for lost."""


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """An item without a result, and why: it ran out of time or its worker died (`message` says how)."""

    item: Item
    reason: Literal["time_limit", "worker_died"]
    message: str


class WorkersError(RuntimeError):
    """Worker processes cannot be started at all."""


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    seconds: float,
    preload: Sequence[str] = (),
    prepare: Callable[[], object] | None = None,
) -> Generator[Result | Lost[Item], None, None]:
    """`work(item)` for every item, in the items' order. `work` is picklable and returns its own failures as results.

    `seconds` bounds each item; `preload` names modules worth importing once for all workers, `prepare` is called in
    each before its first item and its time is no item's. Raises WorkersError, and whatever `work` raises ends the run.
    """
    context = _context(preload)
    source = iter(items)
    unfinished: deque[Item] = deque(islice(source, jobs))
    if not unfinished:
        return
    jobs = len(unfinished)  # no more workers than items
    while True:
        try:
            with ProcessPool(jobs, RENEWED, _get_ready, (prepare,), context) as pool:
                yield from _run(pool, work, unfinished, source, jobs, seconds)
            return
        except BrokenProcessPool as error:
            # the pool cannot tell which item broke it: the first in line is the likeliest, the others are done again
            yield Lost(unfinished.popleft(), "worker_died", f"the worker processes broke down ({error})")


def _run(
    pool: ProcessPool,
    work: Callable[[Item], Result],
    unfinished: deque[Item],
    source: Iterator[Item],
    jobs: int,
    seconds: float,
) -> Generator[Result | Lost[Item], None, None]:
    """First `unfinished`, then `source`, through one pool; what was taken and has no result stays in `unfinished`."""
    futures: deque[Future[Result]] = deque()
    try:
        _greet(pool)
        while True:
            while len(unfinished) < AHEAD * jobs and (item := next(source, None)) is not None:
                unfinished.append(item)
            futures.extend(
                pool.schedule(_bounded, args=(work, item, seconds), timeout=seconds)
                for item in islice(unfinished, len(futures), None)
            )
            if not futures:
                return
            outcome = _outcome(unfinished[0], futures.popleft(), seconds)
            unfinished.popleft()
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


def _context(preload: Sequence[str]) -> BaseContext:
    """Workers are never forked from this process (it has threads); a fork server, where there is one, imports once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*preload])
    return context
