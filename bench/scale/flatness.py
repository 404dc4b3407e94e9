"""Whether memory and speed stay as they are from the first page to the hundred thousandth."""

import tempfile
import time
from pathlib import Path

from bench.scale.program import SHORT, command, generated
from bench.scale.watching import Moment, Run, watch

MARKS = (100, 300, 1000, 3000, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000)


def main(pages: int, jobs: int, minutes: float) -> None:
    """Extract short pages, and print a line where a mark of MARKS is passed."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        began = time.perf_counter()
        folder = generated(top / "pages", pages, SHORT)
        size = sum(path.stat().st_size for path in folder.rglob("*.txt"))
        print(f"{pages} pages of {size / pages:.0f} bytes made in {time.perf_counter() - began:.0f} s; {jobs} jobs")
        print(
            f"{'pages':>8}{'clock':>8}{'pages/s':>9}{'ms/page':>9}{'parent':>9}{'workers':>9}{'largest':>9}"
            f"{'parent':>9}{'waited':>8}{'others':>8}\n"
            f"{'':>8}{'s':>8}{'':>9}{'CPU':>9}{'MB':>9}{'MB':>9}{'MB':>9}{'ms/page':>9}{'%':>8}{'CPUs':>8}",
            flush=True,
        )
        marks = _Marks()
        run = watch(command("extract", folder, "-o", top / "r.jsonl", "--jobs", jobs, "-v"), 60 * minutes, marks.looked)
    marks.passed(run.last)
    print(_verdict(run))


class _Marks:
    """Prints what was between two marks."""

    def __init__(self) -> None:
        self._before: Moment | None = None
        self._left = list(MARKS)
        self._most = [0, 0, 0]

    def looked(self, moment: Moment) -> None:
        """Hear of a look."""
        memory = (moment.parent.memory, moment.workers.memory, moment.largest)
        self._most = [max(pair) for pair in zip(self._most, memory, strict=True)]
        if self._before is None and moment.pages:
            self._before = moment  # from the first page on: what starting takes is nobody's
        if self._left and moment.pages >= self._left[0]:
            while self._left and moment.pages >= self._left[0]:
                self._left.pop(0)
            self.passed(moment)

    def passed(self, moment: Moment) -> None:
        """Print the stretch that ends here."""
        before = self._before
        if before is None or moment.pages <= before.pages:
            return
        pages, clock = moment.pages - before.pages, moment.clock - before.clock
        alone = moment.parent.processor - before.parent.processor
        waited = moment.workers.waited - before.workers.waited
        print(
            f"{moment.pages:8}{moment.clock:8.0f}{pages / clock:9.1f}"
            f"{1000 * (moment.processor - before.processor) / pages:9.2f}"
            + "".join(f"{most / 1e6:9.0f}" for most in self._most)
            + f"{1000 * alone / pages:9.2f}{100 * waited / clock:8.0f}{(moment.others - before.others) / clock:8.2f}",
            flush=True,
        )
        self._before, self._most = moment, [0, 0, 0]


def _verdict(run: Run) -> str:
    first = next((each for each in run.moments if each.pages >= MARKS[2]), run.last)
    grown = max(each.memory for each in run.moments) / max(1, first.memory)
    return (
        f"{'stopped' if run.stopped else 'ended'} at {run.last.pages} pages after {run.last.clock:.0f} s;"
        f" most memory {run.memory / 1e6:.0f} MB, {grown:.2f} times what it was at {first.pages} pages"
    )
