"""Organizations: the example tables, and what must hold for any text."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.organizations import OrganizationReader
from schemas.annotations import Mention
from tests.mentions import examples, names, prepared

SUBJECT = "organizations"
PASSING = [case for origin in ("in_the_wild", "made_up", "must_stay_untouched") for case in examples(SUBJECT, origin)]


@cache
def reader() -> OrganizationReader:
    """One for all tests."""
    return OrganizationReader()


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
@given(st.text(alphabet="平城区文博小学派出所联合公安局与“”、。第二十中队社区服务站公司国务院 \n我46校", max_size=40))
def test_any_text(text: str) -> None:
    prepared_text = prepared(text)
    found = reader().read(*prepared_text)
    assert found == reader().read(*prepared_text), "the same text gives the same mentions"
    ends = 0
    for m in found:
        assert 0 <= m.start < m.end <= len(text)
        assert m.end > ends, "no mention lies inside another"
        ends = m.end
        assert m.type == "organization"
        assert m.basis == "listed" or m.name.endswith(text[m.start : m.end])


def test_a_list_of_places_that_share_a_body() -> None:
    text = "柳林、桃园社区新时代文明实践站开了课。"  # the practice stations of Liulin and Taoyuan communities
    doc, article, _ = prepared(text)
    places = (Mention(0, 2, "community", "柳林社区", "listed"), Mention(3, 7, "community", "桃园社区"))
    found = reader().read(doc, article, places)
    assert names(found) == ["柳林社区新时代文明实践站", "桃园社区新时代文明实践站"]


def test_a_short_form_gets_the_long_name() -> None:
    text = "潍坊市春风学校放假。春风学校的孩子回家了。"  # Chunfeng School of Weifang; the children of Chunfeng School
    mentions = reader().read(*prepared(text))
    assert [m.name for m in mentions] == ["潍坊市春风学校", "潍坊市春风学校"]


def test_examples_are_many_and_a_third_are_negatives() -> None:
    silent = sum(not case.values[1] for case in PASSING)
    assert len(PASSING) >= 160
    assert silent * 3 >= len(PASSING)
