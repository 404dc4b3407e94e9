"""Worker processes: results in order, and whatever happens to a worker costs its item."""

import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice

import pytest

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
