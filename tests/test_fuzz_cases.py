"""What fuzzing found stays fixed, and damaged files of every format are read or rejected (bench/fuzz/README.md)."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.fuzz.seeds import seeds
from bench.fuzz.targets import EXTRACTING, TARGETS

CASES = sorted(path for path in (Path(__file__).parent / "fuzz_cases").rglob("*") if path.is_file())
READERS = sorted(set(TARGETS) - EXTRACTING)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_fuzzing_found_is_read_or_rejected(case: Path) -> None:
    TARGETS[case.parent.name](case.read_bytes())


def test_every_case_belongs_to_a_target() -> None:
    assert {case.parent.name for case in CASES} <= set(TARGETS)


def damaged(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """The same file cut short, without its beginning, with bytes changed, a stretch lost, and one put in twice."""
    one, two = sorted(chance.randrange(len(data)) for _ in range(2))
    yield data[:one]
    yield data[one:]
    yield data[:one] + bytes([chance.randrange(256)]) + data[one + 1 : two] + b"\0" + data[two + 1 :]
    yield data[:one] + data[two:]
    yield data[:two] + data[one:]


@pytest.mark.parametrize("target", READERS)
def test_damaged_files_are_read_or_rejected(target: str) -> None:
    chance = random.Random(target)
    kept = list(seeds(target))[:8]
    assert kept
    for _, data in kept:
        TARGETS[target](data)
        for broken in damaged(data, chance):
            TARGETS[target](broken)


def test_a_broken_promise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("a reader's mistake")

    monkeypatch.setattr("corpus.readers.read", fails)
    with pytest.raises(ValueError, match="mistake"):
        TARGETS["text"](b"a")
