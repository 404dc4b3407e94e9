"""The guards of times: a section of the lexicon has its examples read as times, its counter-examples not."""

import datetime

import pytest

from extract import lexicon
from extract.times import TimeReader

GUARDS = lexicon.rules("time_guards")
READER = TimeReader()
ISSUE = datetime.date(2023, 3, 15)


@pytest.mark.parametrize("text", [t for entry in GUARDS.values() for t in entry["examples"]])
def test_an_example_is_a_time(text: str) -> None:
    assert len(READER.read(text, ISSUE)) == 1


@pytest.mark.parametrize("text", [t for entry in GUARDS.values() for t in entry["counter_examples"]])
def test_a_counter_example_is_none(text: str) -> None:
    assert READER.read(text, ISSUE) == ()
