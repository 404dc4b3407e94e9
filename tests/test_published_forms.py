"""Forms of the kind that published suites hold, alone and without a sentence: numbers, numbers with units, times."""

import datetime
from pathlib import Path

import pytest
from edtf import parse_edtf

from extract.figures import figures
from extract.numerals import find_numerals
from extract.time_values import Context
from extract.times import readings, value_of
from tests import number_tables

FOLDER = Path(__file__).parent / "examples" / "published"
REFERENCE = Context(datetime.date(2023, 3, 15))


def lines(name: str) -> list[tuple[str, str]]:
    """The pairs of one table."""
    rows = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    found = [row.partition(" => ") for row in rows if row and not row.startswith("#")]
    return [(text, expected) for text, _, expected in found]


@pytest.mark.parametrize(("text", "expected"), lines("numerals"))
def test_a_number(text: str, expected: str) -> None:
    found = find_numerals(text)
    assert (f"{found[0].value}" if found else number_tables.NOTHING) == expected


@pytest.mark.parametrize(("text", "expected"), lines("units"))
def test_a_number_with_its_unit(text: str, expected: str) -> None:
    found = figures(text, find_numerals(text), ())
    assert (f"{found[0].value:.10g} {found[0].unit}" if found else number_tables.NOTHING) == expected


@pytest.mark.parametrize(("text", "expected"), lines("dates"))
def test_a_time(text: str, expected: str) -> None:
    (found,) = readings(text)
    value = value_of(found, REFERENCE) or ""
    assert text[found.start : found.end] == text
    assert value == expected or (len(expected) == 10 and value.startswith(f"{expected}T"))


@pytest.mark.parametrize("origin", number_tables.ORIGINS)
def test_every_value_of_the_tables_is_edtf(origin: str) -> None:
    values = [
        part.rpartition("=")[2]
        for line in number_tables.tables("times")[origin]
        for part in line.partition(" => ")[2].split("; ")
        if "=" in part
    ]
    for value in values:
        if value != "null":
            parse_edtf(value)
