"""How much faster two workers are than one, and what the rest of the time goes into."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.scale.program import command, generated
from bench.scale.watching import Moment, Run, watch


@dataclass(frozen=True, slots=True)
class Pace:
    """A run from its first page to its end: all in seconds. `idle` of the workers: they had nothing to do."""

    jobs: int
    pages: int
    clock: float
    parent: float
    workers: float
    waited: float
    others: float
    processors: int

    @property
    def idle(self) -> float:
        """Seconds of workers without work and without waiting for a processor."""
        return max(0.0, self.jobs * self.clock - self.workers - self.waited)

    @property
    def undisturbed(self) -> float:
        """The clock without the time in which workers were ready and all processors had other things to do; but no
        less than all the work takes on the processors that there are."""
        return max((self.workers + self.idle) / self.jobs, (self.workers + self.parent) / self.processors)


def main(pages: int, most: int, stories: tuple[int, int]) -> None:
    """Extract the same pages with one worker, two, … `most`, and print how they compare."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        folder = generated(top / "pages", pages, stories)
        paces = []
        for jobs in range(1, most + 1):
            run = watch(command("extract", folder, "-o", top / f"{jobs}.jsonl", "--jobs", jobs, "-v"))
            paces.append(_pace(run, jobs, pages))
        same = len({(top / f"{jobs}.jsonl").read_bytes() for jobs in range(1, most + 1)}) == 1
    print(f"{pages} pages, the same bytes for every number of jobs: {same}; milliseconds a page, after the first one")
    print(
        f"{'jobs':>6}{'clock':>9}{'worker':>9}{'parent':>9}{'idle':>8}{'waited':>9}{'others':>8}"
        f"{'undisturbed':>13}{'times 1 job':>13}{'by the clock':>14}"
    )
    for pace in paces:
        each = 1000 / pace.pages
        print(
            f"{pace.jobs:6}{each * pace.clock:9.2f}{each * pace.workers:9.2f}{each * pace.parent:9.2f}"
            f"{pace.idle / (pace.jobs * pace.clock):8.1%}{each * pace.waited:9.2f}{pace.others / pace.clock:8.2f}"
            f"{each * pace.undisturbed:13.2f}{paces[0].undisturbed / pace.undisturbed:13.2f}"
            f"{paces[0].clock / pace.clock:14.2f}"
        )


def _pace(run: Run, jobs: int, pages: int) -> Pace:
    first = next(moment for moment in run.moments if moment.pages)
    done: Moment = next((moment for moment in run.moments if moment.pages >= pages), run.last)
    return Pace(
        jobs,
        done.pages - first.pages,
        done.clock - first.clock,
        done.parent.processor - first.parent.processor,
        done.workers.processor - first.workers.processor,
        done.workers.waited - first.workers.waited,
        done.others - first.others,
        len(os.sched_getaffinity(0)),
    )
