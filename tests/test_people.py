"""Persons: the example tables, and what must hold for any text."""

import dataclasses
import itertools
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.people import PersonReader
from schemas.layout import Byline
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


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="王李和向小张老书记村民女士大爷说，。“”·（）记者 \n阿買三岁的安国路", max_size=40))
def test_any_text(text: str) -> None:
    prepared_text = prepared(text)
    found = reader().read(*prepared_text)
    assert found == reader().read(*prepared_text), "the same text gives the same mentions"
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start, "no mention overlaps another"
    for m in found:
        assert 0 <= m.start < m.end <= len(text)
        assert m.type == "person"
        assert text[m.start] == m.name[0] or m.name in text


def test_reporters_in_bylines_are_no_persons() -> None:
    text = "何晓明看望了居民陈玉兰。"  # He Xiaoming visited resident Chen Yulan
    doc, article, places = prepared(text)
    signed = dataclasses.replace(article, bylines=(Byline("何晓明", "记者"),))
    assert names(reader().read(doc, signed, places)) == ["陈玉兰"]


def test_mentions_of_one_person_share_the_name() -> None:
    text = "独居老人柴淑贞收到了棉被，柴奶奶笑了，柴淑贞一夜好睡。"
    mentions = reader().read(*prepared(text))
    assert [(text[m.start : m.end], m.name) for m in mentions] == [
        ("柴淑贞", "柴淑贞"),
        ("柴奶奶", "柴淑贞"),
        ("柴淑贞", "柴淑贞"),
    ]


def test_a_minority_name_may_end_the_text() -> None:
    text = "接过锦旗的是社区书记扎西次仁"  # the banner was received by community secretary Tashi Tsering
    assert [(m.start, m.end) for m in reader().read(*prepared(text))] == [(10, 14)]


def test_examples_are_many_and_a_third_are_negatives() -> None:
    silent = sum(not case.values[1] for case in PASSING)
    assert len(PASSING) >= 160
    assert silent * 3 >= len(PASSING)
