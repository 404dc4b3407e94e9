"""What somebody could make on purpose is read or rejected, in time: bench/fuzz's promises on inputs made by hand."""

import pytest

from bench.fuzz.targets import TARGETS
from tests.hostile_inputs import HOSTILE


@pytest.mark.parametrize(
    ("target", "case"),
    [
        pytest.param(target, case, id=f"{target}: {name}")
        for target, cases in HOSTILE.items()
        for name, case in cases.items()
    ],
)
def test_hostile_inputs_are_read_or_rejected_in_time(target: str, case: bytes) -> None:
    TARGETS[target](case)
