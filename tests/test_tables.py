"""Tables of articles: rows out of any CSV or JSON, one broken row costing itself; a row to a page."""

import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import dates, readers, tables
from corpus.readers import Options
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page

Columns = tuple[tuple[str, str], ...]
TITLE = "老街来了修伞匠"
TEXT = (
    "　　本报讯（记者 农小芳）近日，南宁市兴宁区朝阳街道的老街上来了一位修伞匠，居民排起长队。\n"
    "　　“这把伞用了二十年。”他说。"
)
"""Nanning: an umbrella mender comes to an old street."""
CSV = f'标题,正文,作者,见报日期,版次,报纸\n{TITLE},"{TEXT}",记者 农小芳,2024年3月12日,A05,《邕江社区报》\n'


def table(data: bytes | str, name: str = "t.csv", limit: int = 100_000, columns: Columns = ()) -> list[tables.Row]:
    return list(tables.rows(io.BytesIO(data.encode() if isinstance(data, str) else data), name, limit, columns))


def refused(data: bytes | str, name: str = "t.csv", limit: int = 100_000, columns: Columns = ()) -> str:
    with pytest.raises(Rejected) as error:
        table(data, name, limit, columns)
    return error.value.reason


def outcomes(rows: list[tables.Row]) -> list[str]:
    """Of each row "ok" or why it was refused, by its table or by the reader of rows."""
    found = []
    for row in rows:
        if isinstance(row.content, Rejected):
            found.append(row.content.reason)
            continue
        try:
            readers.read(PageFile(f"t!{row.name}", row.content, format="row"))
            found.append("ok")
        except Rejected as error:
            found.append(error.reason)
    return found


def page(row: dict[str, object] | str, columns: Columns = (), name: str = "t.csv") -> Page:
    data = row if isinstance(row, str) else json.dumps(row)
    [made] = readers.read(PageFile(f"{name}!1", data.encode(), format="row"), Options(columns=columns)).pages
    return made


def marked(made: Page) -> list[tuple[str | None, str]]:
    return [(mark.role, made.text[mark.start : mark.end]) for mark in made.marks]


@pytest.mark.parametrize(
    ("codec", "recorded"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16"),
     ("utf-16-le", "utf-16-le"), ("big5", "big5")],
)  # fmt: skip
def test_the_encoding_of_a_table_is_found_and_recorded(codec: str, recorded: str) -> None:
    text = (
        "標題,內容\n老街來了補鞋匠,近日台北市萬華區的老街上來了一位補鞋匠，居民排起長隊。\n" if codec == "big5" else CSV
    )
    [row] = table(text.encode(codec))
    assert isinstance(row.content, bytes)
    assert row.encoding == recorded
    assert list(json.loads(row.content).values())[:2] == list(json.loads(table(text)[0].content).values())[:2]  # type: ignore[arg-type]


def test_the_encoding_is_decided_where_the_first_chinese_stands_also_after_megabytes() -> None:
    plain = "".join(f"{n},short news,a\n" for n in range(20_000))
    rows = table(("id,text,author\n" + plain + f"7,{TITLE}社区居民都来修伞,甲\n").encode("gb18030"))
    assert len(rows) == 20_001
    assert TITLE in rows[-1].content.decode()  # type: ignore[union-attr]
    assert rows[-1].encoding == "gb18030"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (CSV, "a.csv"),
        (CSV.replace(",", "\t"), "a.tsv"),
        (CSV.replace(",", "\t"), "a.csv"),
        (CSV.replace(",", ";"), "a.csv"),
        (CSV.replace("\n", "\r\n"), "a.csv"),
        ("\n\n" + CSV, "a.csv"),
        (CSV.replace("\n标", "\n").rstrip("\n") + ",,\n", "a.csv"),  # more cells than columns, but empty
        (json.dumps({"标题": TITLE, "正文": TEXT, "作者": "记者 农小芳", "见报日期": "2024年3月12日", "版次": "A05",
                     "报纸": "《邕江社区报》"}), "a.jsonl"),
        (json.dumps([{"title": TITLE, "content": TEXT, "pub_date": "2024-03-12", "page": 5, "source": "邕江社区报"}]),
         "a.json"),
        (json.dumps({"data": [{"headline": TITLE, "article": {"body": TEXT}, "published": 1710172800000, "page": "05",
                               "paper": "邕江社区报"}]}), "a.json"),
    ],
)  # fmt: skip
def test_the_same_article_out_of_every_form_of_table(text: str, name: str) -> None:
    [row] = table(text, name)
    assert isinstance(row.content, bytes)
    [made] = readers.read(PageFile(f"{name}!{row.name}", row.content, format="row", encoding=row.encoding)).pages
    assert made.text == f"{TITLE}\n{TEXT}"
    assert marked(made)[0] == ("main", TITLE)
    assert [(region.start, region.end, region.single) for region in made.regions] == [(0, len(made.text), True)]
    source = made.source
    assert (source.issue_date, source.page, source.paper) == ("2024-03-12", 5, "邕江社区报")
    assert source.format == {"csv": "csv", "tsv": "csv", "jsonl": "jsonl", "json": "json"}[name[2:]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("甲,近日开街\n乙,没有,这么多列\n丙,正文\n", ["ok", "broken_row", "ok"]),
        ("甲\n丙,正文\n", ["broken_row", "ok"]),
        ('甲,"没有关上\n乙,正文\n丙,正文\n', ["broken_row", "ok", "ok"]),
        ('甲,"里面有"引号"的一句"\n丙,正文\n', ["broken_row", "ok"]),
        ('"夕阳红"舞蹈队,老人们起舞\n丙,正文\n', ["ok", "ok"]),
        ('甲,"他说\\"真好\\""\n丙,正文\n', ["ok", "ok"]),
        ('甲,"一行\n又一行"\n丙,正文\n', ["ok", "ok"]),
        ("甲,\n丙,正文\n", ["empty", "ok"]),
        ("甲,\0正\0文\n", ["ok"]),
        ("甲," + "长" * 40_000 + "\n丙,正文\n", ["too_large", "ok"]),
        ('甲,"' + "长\n" * 40_000 + '"\n丙,正文\n', ["too_large", "ok"]),
        ("甲," + "长" * 110_000 + "\n丙,正文\n", ["too_large", "ok"]),
        ('甲,"一\n二\n丙,正文\n', ["broken_row", "broken_row", "ok"]),
        ('甲,"' + "长\n" * 20_000 + "x" * 80_000, ["broken_row"] * 20_001),
    ],
)  # fmt: skip
def test_a_broken_row_costs_itself(rows: str, expected: list[str]) -> None:
    assert outcomes(table("title,text\n" + rows)) == expected


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('甲,"没有关上', "line 3: a quotation mark is not closed"),
        ("甲,乙,丙", "line 3: 3 cells under 2 columns"),
        ('甲,"里"面"', "line 3: ',' expected after '\"'"),
    ],
)
def test_the_reject_of_a_row_says_its_line_and_what_is_wrong(row: str, words: str) -> None:
    content = table(f"title,text\n一,正文\n{row}\n")[1].content
    assert isinstance(content, Rejected)
    assert content.message == words


def test_quotation_marks_that_never_balance_end_the_table_in_bounded_time() -> None:
    rows: list[tables.Row] = []
    with pytest.raises(Rejected) as error:
        rows.extend(tables.rows(io.BytesIO(b"title,text\n" + b'x","\n' * 300_000), "t.csv", 5000))
    assert error.value.reason == "broken_table"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "近日"}', "ok"),
        ('{"text": "近日"', "broken_row"),
        ("[1, 2]", "broken_row"),
        ("null", "broken_row"),
        ('{"title": "甲"}', "no_text_column"),
        ('{"text": null}', "empty"),
        ('{"text": "  "}', "empty"),
        ('{"text": "近\\ud800日\\u0000", "x": NaN}', "ok"),
        ('{"text": "近日", "id": ' + "9" * 6000 + "}", "ok"),
        ('{"text": "近日", "x": 1e999}', "ok"),
        ('{"text": ' + "[" * 30_000 + "}", "broken_row"),
        ('{"text": "' + "长" * 40_000 + '"}', "too_large"),
        ('{"text": ["一", {"text": "二"}, 3]}', "ok"),
    ],
)
def test_a_broken_line_of_json_costs_itself(line: str, expected: str) -> None:
    good = '{"text": "近日，社区开街。"}'
    rows = table(f"{good}\n\n{line}\n{good}\n", "t.jsonl")
    assert [row.name for row in rows] == ["1", "3", "4"]
    assert outcomes(rows) == ["ok", expected, "ok"]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        ("", "t.csv", "empty"),
        ("\n\n", "t.csv", "empty"),
        ("标题,正文\n", "t.csv", "empty"),
        ("a,b\n1,2\n", "t.csv", "no_text_column"),
        ('{"a": 1}\n{"b": 2}\n', "t.jsonl", "no_text_column"),
        ("近日，福州市鼓楼区的社区里开了一家书屋。,2024\n", "t.csv", "no_header"),
        ("[\n{}\n]\n", "t.jsonl", "broken_table"),
        ("{", "t.json", "broken_table"),
        ("[1]", "t.json", "broken_table"),
        ("[" * 100_000, "t.json", "broken_table"),
        ("", "t.json", "empty"),
        ('{"text": "' + "长" * 40_000 + '"}', "t.json", "too_large"),
        (bytes(range(256)) * 50, "t.csv", "broken_encoding"),
        (b"\x7fELF" + b"\0\1\2\3" * 500, "t.csv", "binary"),
        (b"text\n" + bytes(range(128, 256)) * 50, "t.csv", "broken_encoding"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_reject(data: bytes | str, name: str, reason: str) -> None:
    assert refused(data, name) == reason


def test_the_reject_of_a_table_names_its_columns() -> None:
    with pytest.raises(Rejected, match="编号, 摘要"):
        table("编号,摘要\n1,短\n")
    [row] = table("编号,摘要\n1,短\n", columns=(("text", "摘要"),))
    assert isinstance(row.content, bytes)
    assert page(row.content.decode(), (("text", "摘要"),)).text == "短"


def test_columns_without_a_name_or_with_the_same_stay_apart() -> None:
    [row] = table("text,,text,标题\n甲,乙,丙,丁\n")
    assert json.loads(row.content) == {"text": "甲", "column 2": "乙", "text (3)": "丙", "标题": "丁"}  # type: ignore[arg-type]


def test_a_table_is_read_as_it_comes() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return ("title,text\n" + f"{TITLE},正文\n" * 20_000).encode()[: max(0, size)]

    rows: Iterator[tables.Row] = tables.rows(Endless(), "t.csv", 1000)  # type: ignore[arg-type]
    assert [next(rows).name for _ in range(3)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("row", "text", "roles"),
    [
        ({"title": TITLE, "text": "近日开街。"}, f"{TITLE}\n近日开街。", ["main"]),
        ({"title": TITLE, "text": f"{TITLE}\n近日开街。"}, f"{TITLE}\n近日开街。", ["main"]),
        ({"title": TITLE, "text": "老街来了\n修伞匠\n近日开街。"}, f"{TITLE}\n近日开街。", ["main"]),
        ({"title": TITLE, "text": f"{TITLE}，大家说好。"}, f"{TITLE}\n{TITLE}，大家说好。", ["main"]),
        ({"title": TITLE, "text": TITLE}, f"{TITLE}\n{TITLE}", ["main"]),
        ({"引题": "手艺", "标题": "修伞", "副题": "二十年", "正文": "近日开街。"}, "手艺\n修伞\n二十年\n近日开街。",
         ["kicker", "main", "subtitle"]),
        ({"title": "一行\n两行", "text": "近日开街。"}, "一行\n两行\n近日开街。", ["main", "main"]),
        ({"title": "修伞", "author": "农小芳", "text": "近日开街。"}, "修伞\n农小芳\n近日开街。", ["main", "byline"]),
        ({"title": "修伞", "责任者": "农小芳；园区宣", "text": "近日开街。"}, "修伞\n农小芳\n园区宣\n近日开街。",
         ["main", "byline", "byline"]),
        ({"title": "修伞", "author": ["甲", "乙"], "text": "近日开街。"}, "修伞\n甲\n乙\n近日开街。",
         ["main", "byline", "byline"]),
        ({"title": "修伞", "author": "农小芳", "text": "近日开街。（记者 农小芳）"}, "修伞\n近日开街。（记者 农小芳）",
         ["main"]),
        ({"title": "<b>修伞</b>&nbsp;匠", "text": "近日&ldquo;开街&rdquo;。"}, "修伞\xa0匠\n近日“开街”。", ["main"]),
        ({"text": "甲\n\n乙"}, "甲\n\n乙", []),
        ({"text": "<p>第一段。</p>\n<p>第二段<script>x</script></p>图<br/>说"}, "第一段。\n第二段\n图\n说", []),
        ({"title": None, "text": "近日开街。"}, "近日开街。", []),
    ],
)  # fmt: skip
def test_a_row_is_printed_once_with_its_parts_marked(row: dict[str, object], text: str, roles: list[str]) -> None:
    made = page(row)
    assert made.text == text
    assert [role for role, _ in marked(made) if role] == roles


def test_lines_that_end_with_sentences_are_whole_paragraphs_others_are_not() -> None:
    paragraphs = [
        "近日，海口市龙华区的居民在广场上学会了包粽子。",
        "“真热闹。”",
        "社区说，明年端午节还要办，欢迎大家都来。",
    ]
    assert [text for _, text in marked(page({"title": "粽香", "text": "\n".join(paragraphs)}))] == ["粽香", *paragraphs]
    torn = "近日，海口市龙华区的居民在广场上学\n会了包粽子，大家围坐在一起，说说笑\n笑，好不热闹。"
    assert marked(page({"title": "粽香", "text": torn})) == [("main", "粽香")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-12", "2024-03-12"), ("2024/3/12", "2024-03-12"), ("2024.03.12", "2024-03-12"),
        ("20240312", "2024-03-12"), (20240312, "2024-03-12"), (20240312.0, "2024-03-12"),
        ("2024年3月12日", "2024-03-12"), ("2024年03月12日 星期二 08:30", "2024-03-12"),
        ("二〇二四年三月十二日", "2024-03-12"), ("一九三六年十二月三十一日", "1936-12-31"),
        ("民國二十三年五月六日", "1934-05-06"), ("民国113年3月12日", "2024-03-12"),
        ("2024-03-12T08:30:00", "2024-03-12"), ("2024-03-11T16:30:00Z", "2024-03-12"),
        ("2024-03-12 00:30:00 +0800", "2024-03-12"), ("2024-03-12T00:30:00.123+08:00", "2024-03-12"),
        (1710172800, "2024-03-12"), ("1710172800", "2024-03-12"), (1710172800000, "2024-03-12"),
        ("2024031205", "2024-03-12"), ("20240312083000", "2024-03-12"),
        ("Tue, 12 Mar 2024 08:00:00 +0800", "2024-03-12"),
        ("2024-02-30", None), ("12/03/2024", None), ("昨天", None), ("", None), ("民国三年", None),
        (float("inf"), None), (10**300, None), (-5, None), ("9" * 5000, None), ("0000-00-00", None),
    ],
)  # fmt: skip
def test_days_in_the_forms_that_tables_use(written: str | float, day: str | None) -> None:
    assert dates.day(written) == day


def test_a_date_that_is_not_understood_is_noted() -> None:
    made = readers.read(PageFile("t.csv!1", '{"text": "近日", "date": "昨天"}'.encode(), format="row"))
    assert made.pages[0].source.issue_date is None
    assert made.notes == ("the date '昨天' is not understood",)


CELLS = st.text('标题正文text,;\t"\\\n\r\0\ufeff社区，。<p>&nbsp;{}[]:1\ud800', max_size=30)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.sampled_from([b",", b"\t", b";"]),
       st.sampled_from(["t.csv", "t.jsonl", "t.json"]))  # fmt: skip
def test_whatever_a_table_holds_nothing_but_rejects(cells: list[list[str]], by: bytes, name: str) -> None:
    data = b"\n".join(by.join(cell.encode("utf-8", "surrogatepass") for cell in row) for row in cells)
    try:
        rows = table(b"text" + by + b"title\n" * name.endswith("csv") + data, name, 200)
    except Rejected:
        return
    assert set(outcomes(rows)) <= {"ok", "broken_row", "empty", "too_large", "no_text_column"}


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["t.csv", "t.jsonl", "t.json"]))
def test_any_bytes_are_a_table_or_a_reject(data: bytes, name: str) -> None:
    try:
        rows = table(data, name, 200)
    except Rejected:
        return
    assert all(outcomes(rows))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "a", "标题"]), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = ["text", "title", "author", "date", "page", "paper", "kicker", "subtitle", "x"]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_row_is_a_page_of_its_own_words_or_a_reject(row: dict[str, object]) -> None:
    try:
        made = page(row)
    except Rejected as error:
        made = None
        reason = error.reason
    if made is None:
        assert reason in ("empty", "no_text_column")
        return
    known = json.dumps(row, ensure_ascii=False) + "\xa0\ufffd<>" + str(row)
    assert all(c in known for c in made.text if c > "\x7f")
    assert all(made.text[mark.start : mark.end] == made.text[mark.start : mark.end].strip() for mark in made.marks)
