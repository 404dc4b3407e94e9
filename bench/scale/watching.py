"""A program watched from outside while it runs: its processes' time and memory, asked of the system (psutil, /proc).

On a machine that does other work too the clock tells little. The processor's time does, and so does how long processes
were ready and had to wait for a processor; what is left of the clock then is time in which they had nothing to do.
"""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil  # type: ignore[import-untyped]

PAUSE = 0.2
"""Seconds between two looks."""


@dataclass(slots=True)
class Load:
    """Of one process or several: seconds of processors, seconds ready without one, resident bytes."""

    processor: float = 0.0
    waited: float = 0.0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """One look: seconds since the start, pages done, the program itself, its workers with the process that they are
    forked from, and the processor's seconds of all else on the machine. `largest`: bytes of the largest worker."""

    clock: float
    pages: int
    parent: Load
    workers: Load
    others: float
    largest: int
    processes: int

    @property
    def processor(self) -> float:
        """Processor's seconds of all its processes."""
        return self.parent.processor + self.workers.processor

    @property
    def memory(self) -> int:
        """Resident bytes of all its processes; what they share is counted for each."""
        return self.parent.memory + self.workers.memory


@dataclass(slots=True)
class Run:
    """A run that has ended, or was stopped."""

    moments: list[Moment] = field(default_factory=list)
    stopped: bool = False

    @property
    def last(self) -> Moment:
        """How it stood at the end: times of all of it."""
        return self.moments[-1]

    @property
    def memory(self) -> int:
        """The most resident bytes of all its processes at a time."""
        return max(moment.memory for moment in self.moments)


def watch(
    arguments: Sequence[str], seconds: float | None = None, told: Callable[[Moment], None] = lambda moment: None
) -> Run:
    """Run a command to its end, or for `seconds`; CalledProcessError where it fails. `told` hears of every look.

    Pages are counted by the lines that it writes to standard error (extract --verbose), a few more for its summary.
    """
    run = Run()
    began, busy = time.perf_counter(), _busy()
    with tempfile.TemporaryFile() as lines:
        process = subprocess.Popen(arguments, stderr=lines)
        seen: dict[int, Load] = {}
        count = _Lines(lines)
        while process.poll() is None:
            _look(process.pid, seen)
            clock = time.perf_counter() - began
            moment = _moment(clock, count(), process.pid, seen, _busy() - busy)
            run.moments.append(moment)
            told(moment)
            if seconds is not None and clock > seconds:
                process.terminate()
                process.wait()
                run.stopped = True
                return run
            time.sleep(PAUSE)
        if process.returncode:
            lines.seek(0)
            raise subprocess.CalledProcessError(process.returncode, arguments, stderr=lines.read()[-2000:])
        run.moments.append(_moment(time.perf_counter() - began, count(), process.pid, seen, _busy() - busy))
    return run


class _Lines:
    """Counts the lines of a file that another process is writing."""

    def __init__(self, file: IO[bytes]) -> None:
        self._path, self._at, self._count = f"/proc/self/fd/{file.fileno()}", 0, 0

    def __call__(self) -> int:
        with open(self._path, "rb") as file:
            file.seek(self._at)
            data = file.read()
        self._at += len(data)
        self._count += data.count(b"\n")
        return self._count


def _look(top: int, seen: dict[int, Load]) -> None:
    """Bring `seen` up to date with the process `top` and all below it; one that has ended keeps its times."""
    for load in seen.values():
        load.memory = 0
    with contextlib.suppress(psutil.Error):
        for each in (parent := psutil.Process(top), *parent.children(recursive=True)):
            with contextlib.suppress(psutil.Error, OSError, ValueError):
                used = each.cpu_times()
                seen[each.pid] = Load(used.user + used.system, _waited(each.pid), each.memory_info().rss)


def _waited(process: int) -> float:
    """Seconds that the threads of a process were ready to run and did not."""
    return sum(
        int(told.read_text("ascii").split()[1]) / 1e9 for told in Path(f"/proc/{process}/task").glob("*/schedstat")
    )


def _moment(clock: float, pages: int, top: int, seen: dict[int, Load], busy: float) -> Moment:
    below = [load for process, load in seen.items() if process != top]
    parent = seen.get(top, Load())
    workers = Load(
        sum(load.processor for load in below), sum(load.waited for load in below), sum(load.memory for load in below)
    )
    others = max(0.0, busy - parent.processor - workers.processor)
    largest = max((load.memory for load in below), default=0)
    alone = Load(parent.processor, parent.waited, parent.memory)
    return Moment(clock, pages, alone, workers, others, largest, sum(load.memory > 0 for load in below))


def _busy() -> float:
    """Processor's seconds of everything on this machine."""
    told = psutil.cpu_times()
    return float(told.user + told.nice + told.system + told.irq + told.softirq)
