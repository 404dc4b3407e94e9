"""Numerals: example tables by origin, and what holds for any text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numerals import find_numerals
from tests import number_tables

PIECES = st.lists(
    st.sampled_from(
        list("一二三四五六七八九十百千万亿零〇两半廿0123456789点.,%至、-/成余多来约近第年月日号个名元俩壹佰 分之负")
    ),
    max_size=24,
).map("".join)


@pytest.mark.parametrize(("text", "expected"), number_tables.cases("numerals"))
def test_example(text: str, expected: str) -> None:
    assert number_tables.numerals(text) == expected


def test_tables_are_large_and_a_third_of_them_negative() -> None:
    tables = number_tables.tables("numerals")
    assert sum(len(lines) for lines in tables.values()) >= 200
    assert len(tables["must_stay_untouched"]) * 3 >= sum(len(lines) for lines in tables.values())


@given(st.one_of(st.text(max_size=60), PIECES))
def test_any_text_is_read_in_order_without_overlap(text: str) -> None:
    found = find_numerals(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(n.max is None or n.max > n.value for n in found)
    assert found == find_numerals(text)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_arabic_number_is_read_back(number: int) -> None:
    assert [n.value for n in find_numerals(f"共{number}份")] == [number]
    assert [n.value for n in find_numerals(f"共{number:,}份")] == [number]


@given(st.integers(min_value=10, max_value=99_999_999))
def test_every_chinese_number_is_read_back(number: int) -> None:
    assert [n.value for n in find_numerals(f"共{chinese(number)}份")] == [number]


def chinese(number: int) -> str:
    """A number in Chinese as print writes it: 10500 -> 一万零五百."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        link = "零" if 0 < low < 1000 else ""
        return (
            chinese(high)
            + "万"
            + link
            + (
                chinese(
                    low,
                )
                if low
                else ""
            )
        )
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero else "") + digits[digit] + name
            zero = False
        elif out:
            zero = True
    return out
