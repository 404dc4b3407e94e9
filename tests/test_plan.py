"""What plan tells: the same for the same seed, right where the sample is everything, and honest where it is not."""

import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

import work
from commands import forecast
from commands.plan import figures
from corpus.rejects import Reject
from corpus.sampling import MOST, Stratum, Survey, survey
from corpus.workers import WorkersError
from inputs import Inputs

Run = Callable[..., Result]


def told(run: Run, *arguments: str | Path) -> dict[str, Any]:
    """The figures."""
    result = run("plan", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    values: dict[str, Any] = json.loads(result.stdout)
    return values


@pytest.fixture
def many_pages(tmp_path: Path, page_text: str) -> Path:
    """Forty pages of two sizes, one that is empty."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        text = page_text.replace("通顺", f"通顺{'东西南北'[number % 4]}") * (1 + 7 * (number % 2))
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_a_sample_of_everything_is_exact(run: Run, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    run("extract", pages, "-o", out, "--jobs", 1)
    plan = told(run, pages)
    assert (plan["files"], plan["sampled"], plan["pages"]) == (2, 2, [2, 2, 2])
    assert plan["articles"][0] == out.read_bytes().count(b"\n")
    written = out.stat().st_size + Path(f"{out}.leftovers.jsonl").stat().st_size
    assert plan["records_bytes"][0] == pytest.approx(written, rel=0.02)  # paths are in them
    assert not any("not read" in each for each in plan["unknown"])


def test_a_sample_of_some_comes_near(run: Run, many_pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    run("extract", many_pages, "-o", out, "--jobs", 1)
    plan = told(run, many_pages, "--sample", 10, "--workers", 2)
    assert (plan["files"], plan["sampled"]) == (41, 10)
    articles, low, high = plan["articles"]
    assert low <= articles <= high
    assert articles == pytest.approx(out.read_bytes().count(b"\n"), rel=0.25)
    low, high = plan["extract_seconds"][1:]
    assert 0 < low < plan["extract_seconds"][0] < high
    assert plan["archive_bytes"][0] > plan["bytes"] / 2
    assert plan["slowest"][0]["form"] == "txt"
    assert 2**25 < plan["worker_memory_bytes"] < plan["memory_bytes"] < plan["index_memory_bytes"]


def test_people_are_told_all_of_it(run: Run, pages: Path) -> None:
    result = run("plan", pages, "--workers", 3)
    assert result.exit_code == 0, result.stderr
    begins = [line.split()[0] for line in result.stdout.splitlines()]
    assert begins[:8] == ["input", "finds", "extract", "index", "assumed", "more", "memory", "disk"]
    assert "with 3 workers" in result.stdout
    assert f"{work.processors()} processor" in result.stdout
    one = run("plan", pages, "--workers", 3, "--processors", 1)
    assert "the run has 1 processor to itself" in one.stdout
    assert "the speed of the disk or network" in result.stdout


def test_the_same_seed_draws_the_same_sample(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * (100 + number % 3))
    first, again, other = (survey([str(tmp_path)], seed).strata[0].chosen for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == MOST


def test_strata_are_by_form_and_size(tmp_path: Path) -> None:
    for name, size in (("a.txt", 1000), ("b.TXT", 1010), ("c.txt", 100_000), ("d.pdf", 1000), ("e", 1000)):
        (tmp_path / name).write_bytes(b"x" * size)
    found = survey([str(tmp_path), Reject("gone", "not_found", "")], 1)
    assert {(s.form, s.files) for s in found.strata} == {("txt", 2), ("txt", 1), ("pdf", 1), ("text", 1)}
    assert (found.files, found.bytes, found.rejects) == (5, 104_010, 1)


def test_a_tar_counts_with_all_that_is_in_it(tmp_path: Path, page_text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "SOME", 5)
    (tmp_path / "page.txt").write_text(page_text, "utf-8")
    with tarfile.open(tmp_path / "twenty.tar", "w", format=tarfile.USTAR_FORMAT) as archive:
        for number in range(20):
            archive.add(tmp_path / "page.txt", f"{number}.txt")
    (tmp_path / "page.txt").unlink()
    taken = forecast.sample(Inputs((str(tmp_path),)), 10, 20, 1)
    # it ends with blocks of nothing, which so small a tar has many of
    assert 20 <= taken.estimate(lambda cost: cost.pages).value <= 30
    assert any("judged by their first 5 pages" in each for each in taken.unknown)


def test_a_zip_counts_by_its_pages(tmp_path: Path, page_text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "SOME", 5)
    with zipfile.ZipFile(tmp_path / "forty.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"{number}.txt", page_text.replace("通顺", f"通顺{number}"))
    taken = forecast.sample(Inputs((str(tmp_path),)), 10, 20, 1)
    assert taken.estimate(lambda cost: cost.pages).value == 40


def test_what_was_not_sampled_is_told_and_counted() -> None:
    read, unread = Stratum("txt", 5, 10, 1000), Stratum("pdf", 9, 1, 1000)
    cost = forecast.Cost(size=100, worker=1, reader=0.1, pages=1, articles=5, written=50)
    taken = forecast.Sample(Survey([read, unread], 0), [(read, [cost, cost])])
    assert taken.estimate(lambda each: each.worker) == forecast.Estimate(20, 20, 20)
    assert next(iter(forecast._unknown(taken))) == (
        "1 kinds of files with 50% of the bytes were not read; they count as the others do"
    )


def test_more_workers_than_one_process_can_feed_do_not_help() -> None:
    stratum = Stratum("txt", 5, 10_000, 10_000)
    cost = forecast.Cost(size=1, worker=1, reader=0.1, pages=1, articles=5, written=50)
    taken = forecast.Sample(Survey([stratum], 0), [(stratum, [cost])])
    seconds = [figures(taken, workers, 200)["extract_seconds"][0] for workers in (1, 10, 100)]
    assert seconds == pytest.approx([10_000, 1000, 1000])
    assert figures(taken, 1, 2)["most_workers"] == 10


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [(["-"], 2, "standard input can be read only once"), (["missing"], 1, "there is nothing to extract")],
)
def test_usage(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, message: str) -> None:
    monkeypatch.setattr(work, "extractor", lambda settings: SimpleNamespace())
    result = run("plan", *arguments)
    assert (result.exit_code, message in result.stderr) == (status, True)


def test_what_an_archive_takes_beside_the_workers() -> None:
    stratum = Stratum("txt", 5, 1000, 10_000)
    cost = forecast.Cost(size=10, worker=0.02, reader=0.001, pages=1, articles=5, written=50)
    taken = forecast.Sample(Survey([stratum], 0), [(stratum, [cost])], start=2, store=0.003, finish=0.001, kept=2000)
    taken.empty, taken.base, taken.server, taken.memory = 500_000, 50_000_000, 60_000_000, 140_000_000
    one, many = figures(taken, 1, 32), figures(taken, 20, 32)
    assert one["extract_seconds"][0] == pytest.approx(2 + 20)
    assert one["index_seconds"][0] == pytest.approx(2 + 20 + 5)
    # what one process stores sets the pace; its end comes behind it
    assert many["index_seconds"][0] == pytest.approx(2 + 15 + 1 + 5)
    assert one["processor_seconds"][0] == pytest.approx(2 + 20 + 1)
    assert one["archive_bytes"][0] == pytest.approx(500_000 + 5000 * 2000)
    assert (one["memory_bytes"], many["memory_bytes"]) == (250_010_000, 2_910_010_000)
    assert one["index_memory_bytes"] - one["memory_bytes"] == one["archive_bytes"][0]


@pytest.mark.parametrize(
    ("workers", "processors", "extract", "index"),
    [
        (1, 1, 21, 36 + 5),  # all of it one after the other
        (1, 2, 20, 20 + 5),  # the one worker sets the pace
        (2, 2, 10.5, 18 + 5),  # what is stored wants a third processor
        (2, 3, 10, 16 + 5),
        (4, 2, 10.5, 18 + 5),  # more workers than processors are no faster
        (4, 100, 5, 16 + 5),
    ],
)
def test_no_run_is_faster_than_its_processors(workers: int, processors: int, extract: float, index: float) -> None:
    stratum = Stratum("txt", 5, 1000, 10_000)
    cost = forecast.Cost(size=10, worker=0.02, reader=0.001, pages=1, articles=5, written=50)
    taken = forecast.Sample(Survey([stratum], 0), [(stratum, [cost])], store=0.003, finish=0.001)
    found = figures(taken, workers, processors)
    assert (found["extract_seconds"][0], found["index_seconds"][0]) == pytest.approx((extract, index))
    assert found["extract_seconds"][1] < found["extract_seconds"][0] < found["extract_seconds"][2]
    assert found["index_seconds"][0] * processors >= found["processor_seconds"][0] + 15


def test_workers_that_cannot_start_are_told(run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(settings: object) -> None:
        raise WorkersError("extraction cannot start: the lexicon is broken")

    monkeypatch.setattr(work, "extractor", broken)
    result = run("plan", pages)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        1, "Error: extraction cannot start: the lexicon is broken",
    )  # fmt: skip
