"""Worker processes: results in order, and whatever happens to a worker costs its item."""

import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice

import pytest

import work
from corpus.rejects import Reject
from corpus.sources import PageFile
from corpus.tally import Tally
from corpus.workers import AHEAD, Lost, WorkersError, in_order


def double(number: int) -> int:
    if number == 13:
        os._exit(7)
    if number == 14:
        time.sleep(60)
    return number * 2


def slow_at_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number


def test_results_come_in_order_whoever_is_first() -> None:
    assert list(in_order(slow_at_first, range(20), jobs=2, seconds=10)) == list(range(20))


def test_a_worker_that_dies_or_hangs_costs_its_item_only() -> None:
    results = list(in_order(double, range(10, 20), jobs=2, seconds=1))
    assert [r.reason if isinstance(r, Lost) else r for r in results] == [
        20, 22, 24, "worker_died", "time_limit", 30, 32, 34, 36, 38,
    ]  # fmt: skip
    assert [r.item for r in results if isinstance(r, Lost)] == [13, 14]


def test_only_so_many_items_are_taken_ahead() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_order(slow_at_first, items(), jobs=2, seconds=10)
    assert list(islice(results, 3)) == [0, 1, 2]
    assert len(taken) <= 3 + 2 * AHEAD
    results.close()


def test_nothing_to_do() -> None:
    assert list(in_order(double, [], jobs=2, seconds=1)) == []


def test_workers_that_cannot_start_are_an_error_and_not_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.workers.START", 0.1)
    with pytest.raises(WorkersError, match="no worker process could be started"):
        list(in_order(double, [1], jobs=1, seconds=1, prepare=partial(time.sleep, 1)))


def twice(number: int) -> int:
    if number == 7:
        os._exit(3)
    return number


def test_what_a_result_makes_necessary_is_done_before_the_rest() -> None:
    def again(item: int, result: int | Lost[int]) -> list[int]:
        return [70, 71] if isinstance(result, Lost) else [700] if item == 70 else []

    results = list(in_order(twice, range(5, 10), jobs=2, seconds=20, again=again))
    assert [r.item if isinstance(r, Lost) else r for r in results] == [5, 6, 7, 70, 700, 71, 8, 9]


def test_items_in_flight_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.workers.MOST_BYTES", 100)
    taken = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = in_order(slow_at_first, items(), jobs=2, seconds=20, weight=lambda item: 60)
    assert next(results) == 0
    assert len(taken) <= 3  # two that work is done on; without the bound it would be sixteen
    assert list(results) == list(range(1, 100))


def greedy(size: int) -> str:
    try:
        return f"{len(bytearray(size))}"
    except MemoryError:
        return "no memory"


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="how much a process holds is told under Linux only")
def test_a_worker_cannot_take_all_memory() -> None:
    assert list(in_order(greedy, [1000, 100 * 2**30], jobs=1, seconds=20)) == ["1000", "no memory"]


def pages_of(file: PageFile | Reject) -> work.Outcome:
    """A reader of files whose text is how each of their pages turns out."""
    assert isinstance(file, PageFile)
    fates = file.data.removeprefix(b"%PDF-").decode().split()
    if file.part is None and set(fates) & {"dies", "hangs"}:
        os._exit(1)
    if file.part is None:
        return work.Outcome(
            file.path, b"".join(f"{n}{fate} ".encode() for n, fate in enumerate(fates, 1)), tally=Tally()
        )
    if file.part > len(fates):
        return work.Outcome(file.path, rejects=[Reject(file.path, "no_such_part", "")])
    fate = fates[file.part - 1]
    if fate == "dies":
        os._exit(1)
    if fate == "hangs":
        time.sleep(60)
    return work.Outcome(file.path, f"{file.part}{fate} ".encode(), tally=Tally())


FATES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "good good": ("1good 2good ", []),
    "good dies good": ("1good 3good ", [("!2", "worker_died")]),
    "hangs good": ("2good ", [("!1", "time_limit")]),
    "dies": ("", [("!1", "worker_died")]),
    "good dies dies dies good": (
        "1good ",
        [("!2", "worker_died"), ("!3", "worker_died"), ("!4", "worker_died"), ("", "given_up")],
    ),
    "fine": ("1fine ", []),
}


def test_a_bad_page_costs_itself_and_not_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "extractor", no_extractor)
    files = [PageFile(fates, f"%PDF-{fates}".encode()) for fates in FATES]
    results = {result.path: result for result in work.outcomes(files, work.Settings(), 2, 2, pages_of)}
    assert list(results) == list(FATES)
    for path, (records, rejects) in FATES.items():
        assert results[path].records.decode() == records
        assert [(r.path.removeprefix(path), r.reason) for r in results[path].rejects] == rejects


def no_extractor(settings: work.Settings) -> None:
    """Nothing to prepare: what takes a second to load is not what these tests are about."""


def test_a_text_that_hangs_is_not_looked_for_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "extractor", no_extractor)
    (result,) = work.outcomes([PageFile("a.txt", b"dies")], work.Settings(), 1, 2, pages_of)
    assert [(reject.path, reject.reason) for reject in result.rejects] == [("a.txt", "worker_died")]
