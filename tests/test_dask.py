"""A cluster for real: a scheduler and two workers, processes of their own on this machine, one of them killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import Result

import cluster
import work
from commands import choices
from corpus.engines import dask
from corpus.rejects import Reject
from corpus.sources import PageFile
from corpus.tally import Tally
from corpus.workers import Lost, WorkersError

pytest.importorskip("distributed", reason="Dask is not installed: pip install '.[dask]'")

ROOT = Path(__file__).parent.parent
DASK = str(Path(sys.executable).with_name("dask"))
SETTINGS = work.Settings()
Run = Callable[..., Result]


@dataclass(frozen=True)
class Cluster:
    """A running one."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers with one thread each, all of them bound to the loopback."""
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    }
    here = ("--host", "127.0.0.1", "--scheduler-file", str(told), "--no-dashboard")
    commands = [(DASK, "scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0", *here)]
    worker = (DASK, "worker", *here, "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder))
    commands += [(*worker, "--no-nanny"), worker]
    processes = [
        subprocess.Popen(
            command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=(folder / f"{number}.log").open("w")
        )
        for number, command in enumerate(commands)
    ]
    try:
        until = time.monotonic() + 60
        while not told.exists() or not told.read_text():
            assert time.monotonic() < until, (folder / "0.log").read_text()
            time.sleep(0.1)
        yield Cluster(json.loads(told.read_text())["address"], tuple(processes[1:]))
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in reversed(processes):
            process.wait(timeout=30)


def odd(file: PageFile | Reject) -> work.Outcome:
    """A reader of files that say what happens to who reads them."""
    if isinstance(file, Reject):
        return work.Outcome(file.path, rejects=[file])
    if file.data == b"dies":
        os._exit(7)
    if file.data == b"hangs":
        time.sleep(60)
    time.sleep(0.01)
    return work.Outcome(file.path, b"%s from %s\n" % (file.data, file.path.encode()), b"-\n", tally=Tally())


def files() -> list[PageFile | Reject]:
    """Eight batches, with everything in them that may go wrong."""
    made: list[PageFile | Reject] = [PageFile(f"{n}.txt", f"page {n}".encode()) for n in range(250)]
    made[0] = Reject("0.txt", "empty", "the file has no text")
    made[40] = PageFile("40.txt", b"dies")
    made[90] = PageFile("90.txt", b"hangs")
    made[91] = Reject("91.txt", "no_permission", "it may not be read")
    return made


def told(outcome: work.Outcome) -> tuple[object, ...]:
    """What is written of an outcome."""
    return outcome.path, outcome.records, outcome.leftovers, [reject.to_dict() for reject in outcome.rejects]


def test_the_same_as_here_though_a_worker_is_killed_in_the_middle(running: Cluster) -> None:
    here = [told(each) for each in work.outcomes(files(), SETTINGS, 2, 2, odd)]
    assert [reject["reason"] for each in here for reject in each[3]] == [  # type: ignore[attr-defined]
        "empty", "worker_died", "time_limit", "no_permission",
    ]  # fmt: skip
    there = []
    for number, outcome in enumerate(cluster.outcomes(files(), SETTINGS, 2, running.address, odd)):
        if number == 33:  # the first batch is done and others are in work
            running.workers[0].send_signal(signal.SIGKILL)
        there.append(told(outcome))
    assert there == here
    assert running.workers[0].wait(timeout=10) == -signal.SIGKILL


def deadly(batch: Sequence[int]) -> list[int]:
    """Work that one item kills everybody by who does it."""
    if 5 in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return [10 * item for item in batch]


def test_an_item_that_kills_the_cluster_s_workers_costs_itself(running: Cluster) -> None:
    # the worker that is left has a nanny, which starts another one
    results = list(dask.in_order(deadly, [4, 5, 6, *range(100, 140)], running.address, lambda item: 2**20))
    assert [each.reason if isinstance(each, Lost) else each for each in results[:4]] == [40, "worker_died", 60, 1000]
    assert results[3:] == list(range(1000, 1400, 10))


def test_a_program_that_the_cluster_does_not_have(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = ModuleType("elsewhere")
    exec("def unknown(batch): return batch", elsewhere.__dict__)
    monkeypatch.setitem(sys.modules, "elsewhere", elsewhere)
    with pytest.raises(WorkersError, match="cannot load this program"):
        list(dask.in_order(elsewhere.unknown, [1], running.address, lambda item: 1))


def broken(batch: Sequence[int]) -> list[int]:
    """Work with a mistake in it."""
    raise ZeroDivisionError("a mistake")


def test_work_that_cannot_be_done_is_an_error_of_the_run(running: Cluster) -> None:
    with pytest.raises(WorkersError, match="the cluster failed: ZeroDivisionError: a mistake"):
        list(dask.in_order(broken, [1], running.address, lambda item: 1))


def test_no_more_is_taken_than_is_needed(running: Cluster) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    results = dask.in_order(tens, items(), running.address, lambda item: 1)
    assert next(results) == 0
    assert len(taken) <= 32 * dask.AHEAD * 2
    results.close()


def tens(batch: Sequence[int]) -> list[int]:
    """Work."""
    return [10 * item for item in batch]


def test_extract_writes_the_same_files(run: Run, running: Cluster, pages: Path, page_text: str, tmp_path: Path) -> None:
    for number in range(40):
        (pages / f"{number:02}.txt").write_text(page_text.replace("通顺", "东西南北中"[number % 5] + "顺"), "utf-8")
    (pages / "05.txt").write_bytes(b"")
    here = run("extract", pages, "-o", tmp_path / "here.jsonl", "--jobs", "1")
    there = run("extract", pages, "-o", tmp_path / "there.jsonl", "--engine", "dask", "--scheduler", running.address)
    assert (here.exit_code, there.exit_code) == (3, 3), there.stderr
    for ending in ("", ".leftovers.jsonl", ".rejects.jsonl"):
        assert (
            (tmp_path / f"here.jsonl{ending}").read_bytes() == (tmp_path / f"there.jsonl{ending}").read_bytes() != b""
        )


def test_another_version_is_refused(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "version", lambda: "0123456789abcdef")
    with pytest.raises(WorkersError, match="here is 0123456789abcdef; install the same everywhere"):
        list(cluster.outcomes(files()[:1], SETTINGS, 1, running.address, odd))


def test_a_scheduler_that_is_not_there(run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "START", 0.5)
    out = tmp_path / "r.jsonl"
    result = run("extract", pages, "-o", out, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "installed", "remedy"),
    [
        (["--engine", "dask"], True, "--engine dask needs --scheduler ADDRESS"),
        (["--scheduler", "tcp://127.0.0.1:9"], True, "--scheduler is for --engine dask"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"], False, "pip install '.[dask]'"),
    ],
)
def test_usage(
    run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], installed: bool, remedy: str
) -> None:
    monkeypatch.setattr(choices, "can_use_dask", lambda: installed)
    result = run("extract", pages, "-o", "-", *options)
    assert result.exit_code == 2
    assert remedy in result.stderr
