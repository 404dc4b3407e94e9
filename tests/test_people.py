"""Persons: the example tables, and what must hold for any text."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.people import PersonReader
from tests.mentions import examples, names, prepared

SUBJECT = "people"
PASSING = [case for origin in ("in_the_wild", "made_up", "must_stay_untouched") for case in examples(SUBJECT, origin)]


@cache
def reader() -> PersonReader:
    """One for all tests."""
    return PersonReader()


def read(sentence: str) -> list[str]:
    """The names in one sentence."""
    return names(reader().read(*prepared(sentence)))


@pytest.mark.parametrize(("sentence", "expected"), PASSING)
def test_examples(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("sentence", "expected"), examples(SUBJECT, "known_failures"))
def test_known_failures(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected
