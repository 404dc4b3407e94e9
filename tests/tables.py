"""Example tables of lines `input => expected`, read the same way by every subject."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

EXAMPLES = Path(__file__).parent / "examples"


def table(subject: str, origin: str) -> Iterator[tuple[int, str, str]]:
    """Line number, input and expected result of each line of one table; `# ` opens a comment."""
    path = EXAMPLES / subject / f"{origin}.txt"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("# "):
            text, arrow, expected = line.rpartition(" => ")
            assert arrow, f"{path}:{number}: no ' => '"
            yield number, text, expected


def cases(subject: str, *origins: str) -> list[ParameterSet]:
    """The lines of some tables as pytest parameters."""
    return [pytest.param(t, e, id=f"{origin}-{n}") for origin in origins for n, t, e in table(subject, origin)]
