"""Why a page was cut so, in Chinese: every line and every reason that extraction gives has its text."""

import ast
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import extract
from bench.generate import pages
from commands.serve import _explain
from extract import activity_grounds, activity_roles, activity_verbs, lexicon, reality
from extract.block_context import Role
from schemas.layout import Source
from tests.web.conftest import ADDRESS, SAMPLES
from web.application import create_app
from web.language import language
from web.reasons import GROUNDS, LINES, REASONS, reason, reasons, said
from web.settings import Settings

ZH, EN = language("zh"), language("en")
WEIGHING = ("Evidence", "sign")
"""What makes a reason in extract: its first argument is the text."""
ENGLISH = re.compile(r"[a-z]{2,}")


def written() -> Iterator[str]:
    """The texts of reasons in the modules that make them; what differs stands in braces."""
    for path in sorted(Path(extract.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WEIGHING and node.args:
                yield from texts(node.args[0])


def texts(node: ast.expr) -> Iterator[str]:
    """What an argument may be."""
    match node:
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(each.value if isinstance(each, ast.Constant) else "7" for each in node.values)  # type: ignore[misc]
        case ast.IfExp():
            yield from texts(node.body)
            yield from texts(node.orelse)


def test_every_reason_that_extraction_can_give_has_its_chinese() -> None:
    found = {*written()}
    assert len(found) > 80
    assert sorted(text for text in found if ENGLISH.search(reason(text, ZH))) == []


@pytest.mark.parametrize("form", [*LINES, *GROUNDS, *REASONS, "; "])
def test_every_form_has_its_chinese(form: str) -> None:
    if re.sub(r"%\(\w+\)s|\W", "", form):
        assert not ENGLISH.search(re.sub(r"%\(\w+\)s", "", ZH.text(form)))
    assert {*re.findall(r"%\(\w+\)s", ZH.text(form))} == {*re.findall(r"%\(\w+\)s", form)}


@pytest.mark.parametrize(
    ("kind", "values"),
    [("piece", (*Role,)), ("ground", get_args(activity_grounds.Slot)), ("claim", get_args(reality.Claim)),
     ("trigger", get_args(activity_verbs.Kind)),
     ("part", (*({*get_args(activity_roles.Role)} - {*activity_grounds.ROLES}), "as printed")),
     ("leftover", (*{row["kind"] for row in lexicon.table("furniture")}, "label", "ornament", "header"))],
)  # fmt: skip
def test_every_value_of_a_closed_list_has_its_name(kind: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if (kind, value) not in ZH.names] == []


def test_the_parts_that_names_play_are_grounds() -> None:
    assert {*activity_grounds.ROLES.values(), activity_grounds.NEAR_BY} <= {*GROUNDS}


def test_all_that_is_told_of_pages_is_in_chinese() -> None:
    made = [page.text for page in islice(pages(seed=5), 12)]
    of_samples = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    told = 0
    for text in (*of_samples, *made):
        for line in _explain(Source("a.txt", "0" * 64, "utf-8", "text"), text, None):
            shown = re.sub(r"(?<=^文章 )[0-9a-f]{16}", "", said(line.strip(), ZH))
            assert all(word in text for word in ENGLISH.findall(shown)), (line, shown)
            assert said(line.strip(), EN) == line.strip()
            told += 1
    assert told > 2000


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("[3] headline  role: of 1", "[3] 标题  role: of 1"),
        ("role: +1.5 the cut left ; hanging; -0.2 1 body pieces between",
         "角色：+1.5 断口处悬着“;”；-0.2 中间隔着 1 个正文片段"),
        ("role: +5.0 hotline", "角色：+5.0 热线"),
        ("role: +5.0 a mark that no catalogue has", "角色：+5.0 a mark that no catalogue has"),
        ("region: a row, one article", "区域：a row，一篇文章"),
        ("street 南湖街道 in 金水区 410105 (stated): 南湖、南湖街道",
         "街道乡镇 南湖街道，属金水区，区划代码 410105（文中写明）：南湖、南湖街道"),
        ("count 三成 = 30 to 40 % of ? (about)", "数字 三成 = 30 至 40 %，所数：?（约）"),
        ("told by 召开: light, 11.0 points", "述及 召开：泛指动词，11.0 分"),
        ("status done: the clause claims: done, by 已", "状态 已完成：分句所述为：已做，据“已”"),
        ("type fire: 4.7 points for 消防、演练", "类型 消防应急：4.7 分，据 消防、演练"),
        ("organizer 甲: 乙: agent, by 由", "主办方 甲: 乙：由它来做，据“由”"),
        ("something else", "something else"),
        ("", ""),
    ],
)  # fmt: skip
def test_lines(line: str, shown: str) -> None:
    assert said(line, ZH) == shown
    assert said(line, EN) == line


@given(st.lists(st.text(alphabet="社 区:;=,()[]+-.105ab%\n") | st.sampled_from(LINES)))
def test_whatever_lines_there_are_nothing_is_lost(lines: list[str]) -> None:
    shown = [*reasons(lines, EN)]
    assert [text for head, details in shown for text in (head, *details) if text] == [
        text for line in lines if (text := line.strip() if line[:1].isspace() else line)
    ]
    assert len([*reasons(lines, ZH)]) == len(shown)


def test_the_page_is_in_the_language_of_its_reader(samples: Path) -> None:
    with TestClient(create_app(Settings(samples, explain=_explain)), base_url=ADDRESS) as client:
        [first, *_] = client.get("/api/v1/search").json()["rows"]
        chinese = client.get(f"/articles/{first['id']}/why").text
        english = client.get(f"/articles/{first['id']}/why?lang=en").text
    assert "角色：" in chinese
    assert "role:" not in chinese
    assert "role:" in english
