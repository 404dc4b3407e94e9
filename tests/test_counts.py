"""Counts: example tables by origin, and what holds for any text."""

import itertools
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.count_tokens import Tokens
from extract.counts import CountReader
from extract.numerals import find_numerals
from extract.steps import cutter
from extract.times import TimeReader
from extract.tokens import WordCutter, Words, segmenter
from schemas.annotations import Count, Mention
from schemas.layout import Article
from tests import number_tables

TIMES = TimeReader()
READER = CountReader()
PIECES = st.lists(
    st.sampled_from(
        [
            "发放",
            "宣传资料",
            "200余",
            "份",
            "志愿者",
            "30",
            "人",
            "次",
            "、",
            "，",
            "。",
            "其余",
            "共",
            "达",
            "90.59%",
            "3万",
            "元",
            "5角",
            "的",
            "“",
            "”",
            "两",
            "个",
            "社区",
            "处置",
            "等",
            "和",
            "半",
            "至",
            "第",
            "\n",
            "3月5日",
        ]
    ),
    max_size=14,
).map("".join)


@cache
def tokenizer() -> WordCutter:
    """Words with numerals and times kept whole, as the pipeline has them."""

    return cutter(segmenter())


def counts(text: str) -> tuple[Count, ...]:
    """The counts of a text of one paragraph, no names known."""
    words = tokenizer()(text)
    numerals = find_numerals(text)
    article = Article("0" * 16, "article", text, ())
    return READER.read(words, article, numerals, TIMES.read(text, None), ())


def read(text: str) -> str:
    """What the reader finds, as the tables write it."""
    found = [number_tables.amount(c.value, c.max, c.unit, c.mod, c.object) for c in counts(text)]
    return "; ".join(found) or number_tables.NOTHING


@pytest.mark.parametrize(("text", "expected"), number_tables.cases("counts"))
def test_example(text: str, expected: str) -> None:
    assert read(text) == expected


def test_tables_are_large_and_a_third_of_them_negative() -> None:
    tables = number_tables.tables("counts")
    assert sum(len(lines) for lines in tables.values()) >= 250
    assert len(tables["must_stay_untouched"]) * 3 >= sum(len(lines) for lines in tables.values())


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=50), PIECES))
def test_any_text_is_quoted_in_order(text: str) -> None:
    found = counts(text)
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(a.start <= b.start or a.end <= b.end for a, b in itertools.pairwise(found))
    assert [c.id for c in found] == [f"c{n}" for n in range(1, len(found) + 1)]
    assert all(c.max is None or c.max > c.value for c in found)
    assert found == counts(text)


@pytest.mark.parametrize("order", ["{n}名志愿者", "志愿者{n}名", "志愿者约{n}人", "参加的志愿者有{n}名"])
@given(number=st.integers(min_value=2, max_value=99_999))
@settings(max_examples=20, deadline=None)
def test_the_order_of_words_does_not_matter(order: str, number: int) -> None:
    (count,) = counts(f"社区活动中，{order.format(n=number)}。")
    assert (count.value, count.object) == (number, "志愿者")


def test_names_that_meet_inside_a_word_leave_no_piece_without_text() -> None:
    words = Words(
        ["石桥", "镇上", "河村", "来", "了", "12", "名", "志愿者"], ["ns", "s", "ns", "v", "ul", "m", "q", "n"]
    )
    names = (Mention(0, 3, "street", "石桥镇"), Mention(3, 6, "community", "上河村"))
    pieces = Tokens(words, names).ahead(0)
    assert [piece.text for piece in pieces] == ["石桥镇", "上河村", "来", "了", "12", "名", "志愿者"]
