"""Bylines and credits: the example tables, and what must hold for any line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import lexicon
from extract.bylines import closing_credit, lead_credit, parse_credit
from schemas.layout import Byline
from tests.tables import cases, table

HOLDS = ("in_the_wild", "made_up", "must_stay_untouched")
NOBODY, DATELINE, NAME_FOLLOWS = "-", "讯", "…"
PARTS = st.lists(
    st.sampled_from(
        [
            *("本报讯", "（", "）", "(", ")", "记者", "通讯员", "实习生", " ", "　", "、", "/", "文/图", "摄", "图"),
            *("摄影", "报道", "何苗", "王", "宁", "古丽·买买提", "平公宣", "。", "，", "□", "居民清扫", "本报", "\n"),
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def credited(line: str) -> str:
    """Whom a printed line credits, as the tables write it: a line of nothing else, or a lead with what closes it."""
    alone = parse_credit(line)
    if alone is not None:
        return shown(alone) or NAME_FOLLOWS
    lead, closing = lead_credit(line), closing_credit(line)
    names = shown((*(lead.bylines if lead else ()), *(closing.bylines if closing else ())))
    return names or (DATELINE if lead else NOBODY)


def shown(bylines: tuple[Byline, ...]) -> str:
    return " ".join(f"{b.role}:{b.name}" for b in bylines)


@pytest.mark.parametrize(("line", "expected"), cases("bylines", *HOLDS))
def test_examples(line: str, expected: str) -> None:
    assert credited(line) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("line", "expected"), cases("bylines", "known_failures"))
def test_known_failures(line: str, expected: str) -> None:
    assert credited(line) == expected


def test_tables_are_large_and_a_third_is_negative() -> None:
    expected = [e for origin in (*HOLDS, "known_failures") for _, _, e in table("bylines", origin)]
    assert len(expected) >= 120
    assert expected.count(NOBODY) * 3 >= len(expected)


def role_rows() -> list[object]:
    """The rows of the lexicon."""
    return [pytest.param(row, id=row["role"]) for row in lexicon.table("byline_roles")]


@pytest.mark.parametrize("row", role_rows())
def test_every_role_of_the_lexicon_is_read_where_it_may_stand(row: dict[str, str]) -> None:
    if row["place"] in ("before", "both"):
        assert parse_credit(f"{row['role']} 周晓棠") == (Byline("周晓棠", row["role"]),)
    if row["place"] in ("after", "both"):
        assert parse_credit(f"周晓棠 {row['role']}") == (Byline("周晓棠", row["role"]),)


@settings(max_examples=300, deadline=None)
@given(PARTS | st.text(max_size=30))
def test_any_line(line: str) -> None:
    """Names are printed in the line, a formula lies where it says, and reading again gives the same."""
    assert credited(line) == credited(line)
    unspaced = "".join(line.split())
    alone = parse_credit(line)
    lead, closing = lead_credit(line), closing_credit(line)
    for b in (*(alone or ()), *(lead.bylines if lead else ()), *(closing.bylines if closing else ())):
        rest = iter(unspaced)
        assert all(c in rest for c in b.name)  # in this order, be it with spaces or commas between: 王 宁
        assert b.role in unspaced
        assert len(b.name) >= 2
    if lead:
        assert lead.start == 0 < lead.end <= len(line)
    if closing:
        assert closing.bylines
        assert 0 <= closing.start < closing.end == len(line)
