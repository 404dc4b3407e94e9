"""Explanations: every role, join and place of an article is named with its reasons and points."""

import re
from functools import cache

import pytest

from extract.explanation import SHOWN, findings, quote
from extract.pipeline import Extractor, PageResult
from schemas.layout import Page, Source

TEXT = """粽香满楼

本报讯（记者 何苗）6月1日，江汉区满春街道多福社区邀请三十户居民包粽

民权街道的志愿者清洗广场的石凳。 罗一摄

车库换灯

本报讯（记者 罗一）近日，硚口区宝丰街道的物业为地下车库换上了120盏新灯。

子，大家围坐一起，说说笑笑，煮好的粽子送给了独居老人。

新闻热线 027-85550000
"""
"""Wuhan: dumplings whose second half stands behind another article, a picture of neither, a hotline."""

ROLE = re.compile(r"^\[(\d+)\] (\w+)  \S")
REASON = re.compile(r"^ {6}(role|belongs to [^:]+|goes on from \[\d+\]): (.+)$")
POINTS = re.compile(r"[+-]\d+\.\d \S")


@cache
def result() -> PageResult:
    return Extractor().extract(Page(Source("page.txt", "0" * 64, "utf-8", "text"), TEXT))


def article(word: str) -> str:
    """The id of the article whose text holds a word."""
    return next(r.article.id for r in result().records if word in r.article.text)


def test_every_piece_has_its_role_and_its_reasons() -> None:
    lines = list(result().explanation.lines())
    roles = {int(m[1]): m[2] for line in lines if (m := ROLE.match(line))}
    assert list(roles) == list(range(7))
    assert [roles[k] for k in (0, 1, 3, 4, 6)] == ["headline", "lead", "headline", "lead", "furniture"]
    assert sum(line.startswith("      role: ") for line in lines) == 7


def test_every_reason_has_points() -> None:
    reasons = [m for line in result().explanation.lines() if (m := REASON.match(line))]
    assert len(reasons) >= 9
    for reason in reasons:
        assert all(POINTS.match(part) for part in reason[2].split("; ")), reason[0]


def test_a_join_is_told_where_its_second_half_stands() -> None:
    lines = list(result().explanation.lines())
    at = next(k for k, line in enumerate(lines) if line.startswith("[5] paragraph"))
    piece = lines[at + 1 : at + 4]
    join = next(line for line in piece if line.startswith("      goes on from [1]: "))
    assert "the cut runs through 粽子" in join
    assert any(line.startswith("      belongs to article 1: ") for line in piece)


def test_a_caption_says_why_it_belongs_where_it_does() -> None:
    lines = list(result().explanation.lines())
    at = next(k for k, line in enumerate(lines) if line.startswith("[2] caption"))
    assert any(line.startswith("      belongs to ") for line in lines[at + 1 : at + 3])


def test_one_article_is_explained_without_the_others() -> None:
    dumplings = list(result().explanation.lines(article("粽子")))
    shown = [int(m[1]) for line in dumplings if (m := ROLE.match(line))]
    assert {0, 1, 5} <= set(shown)
    assert not {3, 4, 6} & set(shown)
    assert sum(line.startswith("article ") for line in dumplings) == 1
    assert f"article {article('粽子')}  粽香满楼" in dumplings


def test_the_articles_together_explain_the_page() -> None:
    whole = [line for line in result().explanation.lines() if ROLE.match(line)]
    parts = [
        line for r in result().records for line in result().explanation.lines(r.article.id) if ROLE.match(line)
    ]  # all but the furniture, which is no article's
    assert sorted(parts) == sorted(line for line in whole if "furniture" not in line)


def test_findings_quote_the_article() -> None:
    lamps = next(r for r in result().records if r.title == "车库换灯")
    lines = list(findings(lamps))
    assert lines[0] == f"article {lamps.article.id}  车库换灯"
    assert sum(line.startswith("  count ") for line in lines) == len(lamps.counts)
    assert sum(line.startswith("  activity ") for line in lines) == len(lamps.activities)
    assert any("120盏新灯" in line for line in lines)
    assert any(line.startswith("  district 硚口区") for line in lines)


def test_an_unknown_article_is_an_error() -> None:
    with pytest.raises(KeyError):
        list(result().explanation.lines("0" * 16))


def test_the_same_page_is_explained_in_the_same_words() -> None:
    again = Extractor().extract(Page(Source("page.txt", "0" * 64, "utf-8", "text"), TEXT))
    assert list(again.explanation.lines()) == list(result().explanation.lines())


@pytest.mark.parametrize("text", ["老街亮灯", "社" * SHOWN, "社" * (SHOWN + 1), "社区" * 300])
def test_long_pieces_are_quoted_in_short(text: str) -> None:
    assert len(quote(text)) <= SHOWN + 1
    assert quote(text)[:20] == text[:20]
    assert quote(text)[-6:] == text[-6:]
    assert (quote(text) == text) == (len(text) <= SHOWN)
