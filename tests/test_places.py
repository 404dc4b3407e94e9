"""Places: the example tables, and what must hold for any text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.gazetteer import gazetteer
from extract.short_forms import short_forms
from extract.tokens import Words
from schemas.annotations import Mention
from tests.mentions import EXAMPLES, examples, prepared

SUBJECT = "places"
LETTER = {
    "province": "P", "city": "C", "district": "D", "street": "S",
    "community": "M", "estate": "E", "road": "R", "venue": "V",
}  # fmt: skip
PASSING = [case for origin in ("in_the_wild", "made_up", "must_stay_untouched") for case in examples(SUBJECT, origin)]
PIECES = st.lists(
    st.sampled_from(
        [
            "永安", "和", "、", "社区", "街道", "镇", "村", "小区", "两个", "等", "平城区",
            "走进", "在", "，", "。", "\n", "路", "X", "🏠", "3", "花园", "（",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


def read(text: str) -> tuple[Mention, ...]:
    """The places of a text."""
    return prepared(text)[2]


def shown(text: str) -> list[str]:
    """Each place once, in order of first mention, as the tables write it."""
    return list(dict.fromkeys(f"{LETTER[m.type]} {m.name}" for m in read(text)))


@pytest.mark.parametrize(("sentence", "expected"), PASSING)
def test_examples(sentence: str, expected: list[str]) -> None:
    assert shown(sentence) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("sentence", "expected"), list(examples(SUBJECT, "known_failures")))
def test_known_failures(sentence: str, expected: list[str]) -> None:
    assert shown(sentence) == expected


def test_tables_are_large_and_a_third_is_negative() -> None:
    lines = [
        line
        for origin in ("in_the_wild", "made_up", "must_stay_untouched", "known_failures")
        for line in (EXAMPLES / SUBJECT / f"{origin}.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(lines) >= 250
    assert sum(line.endswith("=> -") for line in lines) * 3 >= len(lines)


@settings(max_examples=60, deadline=None)
@given(PIECES | st.text(max_size=40))
def test_any_text(text: str) -> None:
    """Offsets lie in the text, nothing overlaps, a stated name begins as printed, and reading again gives the same."""
    mentions = read(text)
    assert read(text) == mentions
    for before, after in pairwise(mentions):
        assert before.end <= after.start
    for m in mentions:
        assert 0 <= m.start < m.end <= len(text)
        if m.basis != "inferred":
            assert text[m.start : m.end].startswith(m.name[:2]) or len(m.name) < 3


def test_a_short_name_without_a_code_names_nothing() -> None:
    words = Words(["来自", "市辖", "的", "居民"], ["v", "ns", "uj", "n"])
    assert short_forms(words, (), gazetteer()) == ()
