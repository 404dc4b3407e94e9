"""Work in the workers of a Dask cluster, results in the order of the items.

Dask does again what a worker had in hand when it died. A batch that kills whoever works on it is taken apart: its items
go alone, and the one that kills again is lost.
"""

import contextlib
import logging
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from corpus.engines.batches import batches
from corpus.workers import Lost, WorkersError

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3
"""Batches in flight for each thread of the cluster: one in work, and what keeps it busy behind a slow one."""
MOST_BYTES = 512 * 2**20
"""Bytes of batches in flight; one batch more is always taken."""
START = 60.0
"""Seconds to reach the scheduler and for its first worker to be there."""
PATIENCE = 300.0
"""Seconds without any worker after which a run is given up."""
REMEDY = "install the same version here, with the scheduler and with every worker: pip install '.[dask]'"


def in_order(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    address: str,
    weight: Callable[[Item], int],
) -> Generator[Result | Lost[Item], None, None]:
    """`work(batch)` for all items, in batches; the results in the items' order.

    `work` is importable on the workers, gives one result an item, and returns its own failures as results; what it
    raises ends the run as WorkersError, and so does a cluster that cannot be reached or has no workers.
    """
    with _connected(address) as client:
        yield from _Run(client, work, weight).results(batches(items, weight))


@dataclass(frozen=True, slots=True)
class _Task(Generic[Item]):
    """A batch in flight."""

    batch: Sequence[Item]
    future: Any
    size: int


class _Run(Generic[Item, Result]):
    def __init__(
        self,
        client: Any,
        work: Callable[[Sequence[Item]], Sequence[Result]],
        weight: Callable[[Item], int],
    ) -> None:
        self._client, self._work, self._weight = client, work, weight

    def results(self, source: Iterator[Sequence[Item]]) -> Generator[Result | Lost[Item], None, None]:
        flying: deque[_Task[Item]] = deque()
        try:
            while True:
                most = AHEAD * self._threads()
                while len(flying) < most and sum(task.size for task in flying) < MOST_BYTES:
                    batch = next(source, None)
                    if batch is None:
                        break
                    flying.append(self._start(batch))
                if not flying:
                    return
                yield from self._finish(flying.popleft())
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel([task.future for task in flying])

    def _start(self, batch: Sequence[Item]) -> _Task[Item]:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # one large file is one large task
            # results are never taken for those of an earlier run: work may depend on more than its arguments
            future = self._client.submit(self._work, list(batch), pure=False)
        return _Task(batch, future, sum(map(self._weight, batch)))

    def _finish(self, task: _Task[Item]) -> Iterator[Result | Lost[Item]]:
        from distributed import KilledWorker

        try:
            yield from self._result(task.future)
        except KilledWorker as error:
            if len(task.batch) > 1:
                for item in task.batch:
                    yield from self._finish(self._start([item]))
            else:
                message = f"every worker that had it died ({error.allowed_failures + 1} of them)"
                yield Lost(task.batch[0], "worker_died", message)

    def _result(self, future: Any) -> Sequence[Result]:
        """What came of a task, however long it takes, as long as there are workers."""
        from distributed import KilledWorker

        alone = 0.0
        while True:
            try:
                results: Sequence[Result] = future.result(timeout=PATIENCE / 10)
                return results
            except TimeoutError:
                alone = 0.0 if self._threads() else alone + PATIENCE / 10
                if alone >= PATIENCE:
                    raise WorkersError(f"the cluster has had no worker for {PATIENCE:.0f} seconds") from None
            except (KilledWorker, WorkersError):
                raise
            except (ImportError, AttributeError) as error:
                raise WorkersError(f"a worker of the cluster cannot load this program ({error}); {REMEDY}") from error
            except Exception as error:
                if "deserialization" in str(error):  # the scheduler too has to know what it hands on
                    raise WorkersError(f"the cluster cannot load this program; {REMEDY}") from error
                raise WorkersError(f"the cluster failed: {type(error).__name__}: {error}") from error

    def _threads(self) -> int:
        """How many threads the cluster has now; it grows and shrinks."""
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:
            raise WorkersError(f"the cluster cannot be reached any more ({type(error).__name__})") from error


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the scheduler at `address` with at least one worker."""
    try:
        from distributed import Client
    except ImportError as error:
        raise WorkersError(f"Dask is not installed; {REMEDY}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said as an error of the run
    try:
        client: Any = Client(address, timeout=START, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:
        raise WorkersError(f"no Dask scheduler answers at {address}; check the address and that it runs") from error
    try:
        try:
            client.wait_for_workers(1, timeout=START)
        except Exception as error:
            raise WorkersError(
                f"the scheduler at {address} has no workers; start some: dask worker {address}"
            ) from error
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close()
