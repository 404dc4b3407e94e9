"""Cut edges: the example tables of cuts, beginnings and ends, and what must hold for any text."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.edges import balance, torn_end, torn_start
from extract.evidence import total
from extract.joins import TORN
from extract.seams import beginning, ending, number_fit, seam
from extract.stitching import SURE, edge_fit
from extract.tokens import Dictionary, dictionary
from tests.tables import cases, table

HOLDS = ("in_the_wild", "made_up", "must_stay_untouched")
NEGATIVE = {"-", "whole", "no number"}
PARTS = [
    "社区",
    "居民",
    "王",
    "秀兰",
    "说",
    "“",
    "”",
    "（",
    "）",
    "，",
    "。",
    "3",
    "万",
    "的",
    "了",
    "辖",
    "区",
    "\n",
    " ",
]
TEXTS = (
    st.lists(st.sampled_from(PARTS) | st.text(min_size=1, max_size=4), min_size=1, max_size=12)
    .map("".join)
    .filter(lambda text: text.strip() == text)
)
"""Pieces have no white space around them."""


@cache
def words() -> Dictionary:
    return dictionary()


def judged(line: str) -> str:
    """What the edges say, as the tables write it."""
    kind, colon, text = line.partition(": ")
    if colon and kind == "start":
        return "torn" if torn_start(text, words()) >= TORN else "whole"
    if colon and kind == "end":
        return "torn" if torn_end(text) >= TORN else "whole"
    first, second = line.split(" | ")
    left, right = ending(first, words()), beginning(second, words())
    number = number_fit(left, right, words())
    if number is not None:
        return "number" if number else "no number"
    cut = seam(left, right, words())
    return cut.word or ("name" if cut.name else "-")


@pytest.mark.parametrize(("line", "expected"), cases("edges", *HOLDS))
def test_examples(line: str, expected: str) -> None:
    assert judged(line) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("line", "expected"), cases("edges", "known_failures"))
def test_known_failures(line: str, expected: str) -> None:
    assert judged(line) == expected


def test_tables_are_large_and_a_third_is_negative() -> None:
    expected = [e for origin in (*HOLDS, "known_failures") for _, _, e in table("edges", origin)]
    assert len(expected) >= 150
    assert sum(e in NEGATIVE for e in expected) * 3 >= len(expected)


@pytest.mark.parametrize(
    ("text", "opened", "closed"),
    [
        ("他说：“明天（周六", "“（", ""),
        ("在榜上”的做法", "", "”"),
        ("“一元菜”“两元面”", "", ""),
        ("“‘一元菜’还有吗", "“", ""),
        ("《红灯记》选段", "", ""),
        ("名单（见左图", "（", ""),
        ("见左图）公布了", "", "）"),
        ("“外层（里层”乱了", "", ""),  # a bracket left open inside a closed quotation counts for nothing
        ("1)建台账。2)压责任。", "", ""),  # items, not brackets
    ],
)
def test_balance(text: str, opened: str, closed: str) -> None:
    assert ("".join(balance(text).opened), "".join(balance(text).closed)) == (opened, closed)


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        # the right continuation beats the wrong one by the edges alone; Wuhan, Lanzhou, Nanning, Dalian, Lhasa
        ("街道组织志愿者清理辖", "区的小广告，居民称赞。", "近日，白下路的梧桐换了新装。"),
        ("老人说：“这里的饭菜便", "宜，也软和。”", "活动结束后，大家合影。"),
        ("此次行动共清运垃圾13", "车，疏通管道两处。", "老人把孩子接回了家。"),
        ("社区书记李", "建国介绍，方案改了三稿。", "，并叮嘱老人按时吃药。"),
        pytest.param(
            "居民代表张",
            "丽与物业坐到一起商量。",
            "，并叮嘱老人按时吃药。",
            marks=pytest.mark.xfail(strict=True, reason="a given name that the segmenter joins to the word behind it"),
        ),
        ("社区请来老师教孩子们写春", "联，墨香满屋。", "3月5日，书画展开幕。"),
        ("“有事就找网格员", "。”央宗说，她记住了电话。", "的楼道里堆满旧家具。"),
    ],
)
def test_the_right_half_fits_better(left: str, right: str, other: str) -> None:
    starts = [(beginning(text, words()), torn_start(text, words())) for text in (right, other)]
    fits = [total(edge_fit(ending(left, words()), start, torn, words()).evidence) for start, torn in starts]
    assert fits[0] >= SURE - 1 > 0
    assert fits[0] > fits[1] + 1


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text(left: str, right: str) -> None:
    """Judgements lie between 0 and 1; a cut word lies across the cut; reading again gives the same."""
    for text in (left, right):
        assert 0 <= torn_start(text, words()) <= 1
        assert 0 <= torn_end(text) <= 1
        assert torn_end(text) == torn_end(text)
        assert len(balance(text).opened) + len(balance(text).closed) <= len(text)
    end, start = ending(left, words()), beginning(right, words())
    cut = seam(end, start, words())
    assert cut == seam(end, start, words())
    if cut.word:
        crossings = range(1, len(cut.word))
        assert any(left.endswith(cut.word[:k]) and right.startswith(cut.word[k:]) for k in crossings)
    for reason in edge_fit(end, start, torn_start(right, words()), words()).evidence:
        assert reason.reason
        assert abs(reason.points) < 10
