"""Expressions of time: example tables by origin, EDTF that a parser accepts, and what holds for any text."""

import datetime
import inspect
import itertools

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import almanac, times
from extract.times import TimeReader, readings
from tests import number_tables

ISSUE = datetime.date(2023, 3, 15)
READER = TimeReader()
PIECES = st.lists(
    st.sampled_from(
        [
            "2023年",
            "3月",
            "5日",
            "13日",
            "去年",
            "今年",
            "上周三",
            "下午",
            "晚",
            "9时",
            "至",
            "、",
            "—",
            "自",
            "截至",
            "以来",
            "前后",
            "期间",
            "春节",
            "重阳节",
            "近日",
            "三天前",
            "近三年",
            "每",
            "号",
            "一",
            "十",
            "二〇",
            "农历",
            "正月",
            "初五",
            "（星期三）",
            "，",
            "。",
            "\n",
        ]
    ),
    max_size=10,
).map("".join)


def read(text: str, issue: datetime.date | None = ISSUE) -> str:
    """What the reader finds, as the tables write it."""
    found = [f"{d.text}={d.value or 'null'}" for d in READER.read(text, issue)]
    return "; ".join(found) or number_tables.NOTHING


@pytest.mark.parametrize(("text", "expected"), number_tables.cases("times"))
def test_example(text: str, expected: str) -> None:
    assert read(text) == expected


def test_tables_are_large_and_a_third_of_them_negative() -> None:
    tables = number_tables.tables("times")
    assert sum(len(lines) for lines in tables.values()) >= 250
    assert len(tables["must_stay_untouched"]) * 3 >= sum(len(lines) for lines in tables.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2月7日，社区开放", "2月7日=XXXX-02-07"),
        ("13日下午，社区开放", "13日下午=XXXX-XX-13"),
        ("2022年，社区开放", "2022年=2022"),
        ("6月7日至8日开放，7日上午", "6月7日至8日=XXXX-06-07/XXXX-06-08; 7日上午=XXXX-06-07"),
        ("2020年以来", "2020年以来=2020/.."),
        ("近日，社区开放", "近日=null"),
        ("去年上半年", "去年上半年=null"),
        ("去年重阳节", "去年重阳节=null"),
    ],
)
def test_without_issue_date_the_words_alone_decide(text: str, expected: str) -> None:
    assert read(text, None) == expected


@settings(deadline=None)
@given(PIECES, st.one_of(st.none(), st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1))))
def test_values_are_edtf(text: str, issue: datetime.date | None) -> None:
    for found in READER.read(text, issue):
        if found.value is not None:
            parse_edtf(found.value)


@given(st.one_of(st.text(max_size=60), PIECES), st.one_of(st.none(), st.dates()))
def test_any_text_is_quoted_in_order_without_overlap(text: str, issue: datetime.date | None) -> None:
    found = READER.read(text, issue)
    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert [d.id for d in found] == [f"d{n}" for n in range(1, len(found) + 1)]
    assert found == READER.read(text, issue)
    locked = readings(text)
    assert all(any(s.start <= d.start and d.end <= s.end for s in locked) for d in found)


@pytest.mark.parametrize("name", sorted(almanac.festivals()))
def test_every_feast_has_a_day_in_every_year_of_the_table(name: str) -> None:
    days = [almanac.festival(name).in_year(year) for year in range(1902, 2099)]
    assert all(day is not None for day in days)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2025, "2025-01-29"),
        ("清明节", 2025, "2025-04-04"),
        ("端午节", 2025, "2025-05-31"),
        ("中秋节", 2025, "2025-10-06"),
        ("重阳节", 2024, "2024-10-11"),
        ("冬至", 2022, "2022-12-22"),
        ("立春", 2021, "2021-02-03"),
        ("母亲节", 2023, "2023-05-14"),
        ("除夕", 2023, "2023-01-21"),
    ],
)
def test_feasts_fall_on_their_known_days(name: str, year: int, day: str) -> None:
    assert almanac.festival(name).in_year(year) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("text", sorted({str(case.values[0]) for case in number_tables.cases("times")}))
def test_where_a_time_may_begin_leaves_none_out(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    uncached = inspect.unwrap(readings)
    found = uncached(text)
    monkeypatch.setattr(times, "time_triggers", lambda text: iter(range(len(text))))
    assert uncached(text) == found
