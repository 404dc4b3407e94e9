"""web/citations.py: GB/T 7714, BibTeX, CSL-JSON."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.layout import Article, Block, BlockRole, Byline, Source
from schemas.record import ArticleRecord
from web.citations import Citation, citation

ID = "86c4a7c5f9a8d829"


def record(
    text: str = "雪天不打烊",
    role: BlockRole = "main",
    bylines: tuple[Byline, ...] = (Byline("程砚秋", "记者"),),
    **source: Any,
) -> ArticleRecord:
    known: dict[str, Any] = {"page": 5, "paper": "江畔社区报", "issue_date": "2024-01-18"} | source
    block = Block(role, 0, len(text), ((0, len(text)),))
    return ArticleRecord(
        Article(ID, "article", text, (block,), bylines), Source("a.txt", "0" * 64, "utf-8", "text", **known)
    )


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (record(), f"程砚秋. 雪天不打烊[N]. 江畔社区报, 2024-01-18(5). 档案号: {ID}."),
        (record(bylines=()), f"雪天不打烊[N]. 江畔社区报, 2024-01-18(5). 档案号: {ID}."),
        (record(page=None), f"程砚秋. 雪天不打烊[N]. 江畔社区报, 2024-01-18. 档案号: {ID}."),
        (record(paper=None, issue_date=None, page=None), f"程砚秋. 雪天不打烊[N]. 档案号: {ID}."),
        (record(paper=None), f"程砚秋. 雪天不打烊[N]. 2024-01-18(5). 档案号: {ID}."),
        (
            record(bylines=tuple(Byline(name, "记者") for name in ("赵一", "钱二", "孙三", "李四"))),
            f"赵一, 钱二, 孙三, 等. 雪天不打烊[N]. 江畔社区报, 2024-01-18(5). 档案号: {ID}.",
        ),
        (
            record("三月的一个清晨，社区里响起了锣鼓声，热闹非凡。", role="paragraph"),
            f"程砚秋. [三月的一个清晨，社区里响起了锣鼓声，热闹……][N]. 江畔社区报, 2024-01-18(5). 档案号: {ID}.",
        ),
        (record("雪天\u202e不\n打烊"), f"程砚秋. 雪天不 打烊[N]. 江畔社区报, 2024-01-18(5). 档案号: {ID}."),
    ],
)
def test_gbt7714(made: ArticleRecord, line: str) -> None:
    assert citation(made).gbt7714 == line


@pytest.mark.parametrize(
    ("bylines", "authors"),
    [
        ([("程砚秋", "记者"), ("方知夏", "通讯员"), ("陶一诺", "摄")], ("程砚秋", "方知夏")),
        ([("陶一诺", "摄")], ("陶一诺",)),
        ([("程砚秋", "文"), ("陶一诺", "图")], ("程砚秋",)),
        ([("陶一诺", "文/图")], ("陶一诺",)),
        ([("程砚秋", "记者"), ("程砚秋", "摄影"), (" \u200b", "")], ("程砚秋",)),
        ([], ()),
    ],
)
def test_authors_are_who_wrote_it(bylines: list[tuple[str, str]], authors: tuple[str, ...]) -> None:
    assert citation(record(bylines=tuple(Byline(*each) for each in bylines))).authors == authors


def test_bibtex() -> None:
    made = citation(record("100%的“{热}情”_&$#~^\\"))
    assert made.bibtex.splitlines() == [
        f"@article{{newspaper-{ID},",
        "  author = {{程砚秋}},",
        r"  title = {{100\%的“\{热\}情”\_\&\$\#\textasciitilde{}\textasciicircum{}\textbackslash{}}},",
        "  journal = {江畔社区报},",
        "  year = {2024},",
        "  month = {1},",
        "  day = {18},",
        "  pages = {5},",
        "  entrysubtype = {newspaper},",
        "  langid = {chinese},",
        f"  note = {{档案号: {ID}}}",
        "}",
    ]


def test_csl() -> None:
    [item] = json.loads(citation(record()).csl)
    assert item == {
        "id": ID, "type": "article-newspaper", "title": "雪天不打烊", "author": [{"literal": "程砚秋"}],
        "container-title": "江畔社区报", "issued": {"date-parts": [[2024, 1, 18]]}, "page": "5",
        "archive_location": ID, "language": "zh",
    }  # fmt: skip
    [bare] = json.loads(replace(citation(record(bylines=())), paper=None, day=None, page=None).csl)
    assert bare.keys() == {"id", "type", "title", "archive_location", "language"}


@given(st.text(min_size=1), st.text(), st.text(), st.sampled_from(["", "2024", "2024-03", "2024-03-05", "x", "2024-3"]))
def test_whatever_is_printed_stays_on_its_line_and_in_its_braces(title: str, name: str, paper: str, day: str) -> None:
    made: Citation = citation(record(title, bylines=(Byline(name, "记者"),), paper=paper, issue_date=day))
    assert len(made.gbt7714.splitlines()) == 1
    assert json.loads(made.csl)[0]["id"] == ID
    depth = 0
    plain = made.bibtex.replace(r"\{", "").replace(r"\}", "")
    for at, sign in enumerate(plain):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or at in (*range(8), len(plain) - 1)
    assert depth == 0
