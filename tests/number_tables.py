"""Reading of the example tables of numerals, counts and times: `输入 => 期待`, 无 for nothing, "; " between several."""

from pathlib import Path

import pytest

from extract.numerals import find_numerals
from schemas.annotations import Mod

FOLDER = Path(__file__).with_name("examples")
ORIGINS = ("in_the_wild", "made_up", "must_stay_untouched", "known_failures")
NOTHING = "无"


def cases(subject: str) -> list[object]:
    """Every line of a subject's tables as (input, expected), known failures marked to fail."""
    found: list[object] = []
    for origin in ORIGINS:
        for number, line in enumerate((FOLDER / subject / f"{origin}.txt").read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            text, _, expected = line.partition(" => ")
            marks = [pytest.mark.xfail(strict=True, reason="known failure")] if origin == "known_failures" else []
            found.append(pytest.param(text, expected.strip(), id=f"{origin}:{number}", marks=marks))
    return found


def tables(subject: str) -> dict[str, list[str]]:
    """The lines of a subject by origin, comments left out."""
    return {
        origin: [
            line
            for line in (FOLDER / subject / f"{origin}.txt").read_text("utf-8").splitlines()
            if line.strip() and not line.startswith("#")
        ]
        for origin in ORIGINS
    }


def amount(value: float, high: float | None, unit: str = "", mod: Mod = "exact", rest: str = "") -> str:
    """A figure as the tables write it: 10..15 人 志愿者 over."""
    figure = f"{value}" if high is None else f"{value}..{high}"
    return " ".join(part for part in (figure, unit, rest, mod if mod != "exact" else "") if part)


def numerals(text: str) -> str:
    """What `find_numerals` reads, as the tables write it."""
    found = []
    for n in find_numerals(text):
        figure = f"{n.value}" if n.max is None else f"{n.value}..{n.max}"
        found.append(" ".join(part for part in (figure, n.mod if n.mod != "exact" else "", n.unit) if part))
    return "; ".join(found) or NOTHING
