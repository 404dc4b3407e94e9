"""What bench.scale says of a program that it watches: pages, time and memory, also when it is stopped or fails."""

import subprocess
import sys
from dataclasses import replace

import pytest

pytest.importorskip("psutil", reason="psutil comes with Dask: pip install '.[dask]'")

from bench.scale.flatness import MARKS, _Marks
from bench.scale.foretold import undisturbed
from bench.scale.jobs import Pace
from bench.scale.watching import Load, Moment, Run, watch


def program(text: str) -> list[str]:
    """A command that runs these lines."""
    return [sys.executable, "-c", text]


BUSY = """
import sys, time
until = time.process_time() + 0.7
while time.process_time() < until:
    pass
for number in range(5):
    print(number, file=sys.stderr, flush=True)
"""


def test_a_run_is_counted_and_timed() -> None:
    seen: list[Moment] = []
    run = watch(program(BUSY), told=seen.append)
    assert (run.last.pages, run.stopped) == (5, False)
    assert 0.4 < run.last.parent.processor <= run.last.clock
    assert run.memory > 2**20
    assert seen == run.moments[:-1]


def test_one_that_takes_too_long_is_stopped() -> None:
    run = watch(program("import time; time.sleep(60)"), seconds=0.3)
    assert (run.stopped, run.last.clock < 10) == (True, True)


def test_one_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        watch(program("import sys; sys.exit('the disk is full')"))
    assert b"the disk is full" in caught.value.stderr


def moment(clock: float, pages: int, waited: float = 0.0, memory: int = 10**8) -> Moment:
    """A look at a program with one worker that has a processor's millisecond a page."""
    return Moment(clock, pages, Load(0.1, 0.5, memory), Load(pages / 1000, waited, memory), 1.0, memory, 2)


def test_a_line_is_printed_where_a_mark_is_passed(capsys: pytest.CaptureFixture[str]) -> None:
    marks = _Marks()
    for each in (moment(1, 0), moment(2, 10), moment(3, 99), moment(4, 110, memory=5 * 10**8), moment(5, 1200)):
        marks.looked(each)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["110", "1200"]
    assert [line[1:5] for line in lines] == [["4", "50.0", "1.00", "500"], ["5", "1090.0", "1.00", "100"]]
    assert MARKS[-1] == 100_000


def test_what_disturbed_is_taken_out() -> None:
    assert undisturbed(Run([moment(10, 100, waited=4)]), 2) == 8
    # two workers that had a processor for 12 of 20 seconds, waited for one for 6, and had nothing to do for 2
    pace = Pace(jobs=2, pages=100, clock=10, parent=1, workers=12, waited=6, others=5, processors=2)
    assert (pace.idle, pace.undisturbed) == (2, 7)
    assert replace(pace, parent=4).undisturbed == 8
