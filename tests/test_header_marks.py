"""Header and footer lines as marks: of any paper's form, and never a headline or the date under a notice."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.header_marks import marks, with_header
from schemas.layout import Mark, Page, Source

BODY = "\n\n楼道里装上了扶手\n\n本报讯（记者 孙小米）4月2日，青年路社区请来工匠，为12个单元的楼道装上了扶手。\n"
# made up, after papers of many cities
HEADERS = """
第A06版：社区新闻
A06版 社区新闻
A06 社区新闻
06 社区
06版 社区
社区新闻 A06
社区·A06
第06版
6版：民生
第六版 社区新闻
二〇二四年四月八日 星期一
晋阳社区报 2024年4月8日
2024-04-08 A06 社区
2024年4月8日 星期一 农历甲辰年二月三十 第6版 社区新闻 责编 周小满 美编 吴迪
版次：A06
本期8版
总第1234期
06 2024年4月8日
城事 05
民生/社区 07
晋阳晚报 社区周刊 B3
民生
责编：周小满 校对：吴迪
晋阳社区报
"""
HEADLINES = """
A4纸上的民情
8个社区评上先进
12345热线响起来
3号楼的新邻居
第3版上的好人
6版的故事
07年的老照片
一版一故事 社区办起小报
四版社区报进万家
社区新闻人 老周的镜头
"""


@pytest.mark.parametrize("line", HEADERS.split("\n")[1:-1])
def test_a_header_at_the_top_is_marked(line: str) -> None:
    assert marks(line + BODY) == (Mark(0, len(line), "furniture", "header"),)


@pytest.mark.parametrize("line", HEADLINES.split("\n")[1:-1])
def test_a_headline_at_the_top_is_not(line: str) -> None:
    assert marks(line + BODY) == ()


@pytest.mark.parametrize(
    ("line", "is_footer"),
    [
        ("2024年4月8日 星期一 第6版", True),
        ("第6版 社区新闻", True),
        ("2024年4月8日", False),  # under a notice
        ("晋阳社区报", False),
        ("民生", False),
        ("（下转A05版）", False),
    ],
)
def test_at_the_end_only_what_is_surely_a_footer(line: str, is_footer: bool) -> None:
    text = BODY.strip() + "\n\n" + line
    assert bool(marks(text)) is is_footer


def test_several_lines_at_the_top_are_marked_as_far_as_they_say_something() -> None:
    text = "社区新闻\nA06\n2024年4月8日\n民生" + BODY  # the last may be the headline's kicker
    assert [text[mark.start : mark.end] for mark in marks(text)] == ["社区新闻", "A06", "2024年4月8日"]


def test_what_a_format_says_already_is_left_as_it_is() -> None:
    known = Mark(0, 3, "kicker", "type 2 times the body's")
    page = Page(Source("a.pdf", "0" * 64, "unicode", "pdf"), "A06" + BODY, (known,))
    assert with_header(page).marks == (known,)


@given(st.text(alphabet="A06版第社区新闻 2024年4月8日\n：。", max_size=200))
def test_marks_lie_in_the_text_in_order_and_are_whole_lines(text: str) -> None:
    found = marks(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for mark in found:
        line = text[text.rfind("\n", 0, mark.start) + 1 :].partition("\n")[0]
        assert text[mark.start : mark.end] == line.strip() != ""
