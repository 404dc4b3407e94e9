"""What is exported opens in the tools that it is for, and says the same."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import openpyxl
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq
from spacy.tokens import DocBin

from exports import conll, csv_files, docbin, excel, label_studio, parquet
from exports.annotations import labels
from exports.errors import ExportError
from exports.table import Column, Table, Value
from schemas.annotations import Activity, Count, Entity, Span, TimeExpression
from schemas.layout import Article, Block, Source
from schemas.record import ArticleRecord

TEXT = "送暖到家\n3月2日，金水区花园路街道慰问老人30名。"
RECORD = ArticleRecord(
    Article(
        "00112233aabbccdd", "article", TEXT,
        (Block("main", 0, 4, ((0, 4),)), Block("paragraph", 5, len(TEXT), ((5, len(TEXT)),))),
    ),
    Source("a.txt", "0" * 64, "utf-8", "text", 3, "中原晚报", "2024-03-05"),
    (
        Entity("e1", "district", "金水区", None, "410105", "stated", (Span(10, 13),)),
        Entity("e2", "street", "花园路街道", "e1", "410105006", "stated", (Span(13, 18),)),
        Entity("e3", "city", "郑州市", None, "410100", "inferred", ()),
    ),
    (Count("c1", "老人30名", 20, 25, 30, None, "名", "老人", "exact"),),
    (TimeExpression("d1", "3月2日", 5, 9, "2024-03-02"),),
    (Activity("a1", "慰问老人", "care", ("e2",), (), ("e2",), "d1", ("老人",), ("c1",), Span(5, 26)),),
)  # fmt: skip
COLUMNS = (
    Column("name", "text", "a name", "名称"), Column("many", "integer", "how many", "数量"),
    Column("share", "number", "a share", "比例"), Column("sure", "boolean", "whether", "是否"),
)  # fmt: skip
ROWS: list[tuple[Value, ...]] = [
    ("锦绣社区", 30, 0.5, True),
    ("=HYPERLINK(1)", None, None, False),
    ('带"引号"，逗号,\n换行', -2, 1e9, None),
]
CELLS = st.tuples(
    st.none() | st.text("社区,\"'\n=@-+ab\t", max_size=12),
    st.none() | st.integers(-(2**53), 2**53),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.booleans(),
)


def table(rows: Sequence[Sequence[Value]]) -> Table:
    return Table("things", COLUMNS, iter(rows))


def test_csv_is_a_zip_of_tables_with_their_dictionary(tmp_path: Path) -> None:
    target = tmp_path / "out.zip"
    assert csv_files.write_zip([table(ROWS)], target) == {"things": 3, "dictionary": 4}
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["things.csv", "dictionary.csv"]
        raw = archive.read("things.csv")
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel takes UTF-8 for the system's code page without a mark"
    found = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert found[0] == ["name", "many", "share", "sure"]
    assert found[1] == ["锦绣社区", "30", "0.5", "true"]
    assert found[2] == ["'=HYPERLINK(1)", "", "", "false"]
    assert found[3][0] == ROWS[2][0]
    again = tmp_path / "again.zip"
    csv_files.write_zip([table(ROWS)], again)
    assert again.read_bytes() == target.read_bytes(), "the same tables give the same bytes on any day"


@given(st.lists(CELLS, max_size=5))
def test_no_csv_cell_is_a_formula(rows: list[tuple[Value, ...]]) -> None:
    file = io.StringIO(newline="")
    assert csv_files.write(Table("t", COLUMNS[:1], [row[:1] for row in rows]), file) == len(rows)
    file.seek(0)
    for row, printed in zip(rows, list(csv.reader(file))[1:], strict=True):
        assert not printed[0].startswith(csv_files.FORMULA)
        assert printed[0].removeprefix("'") == str(row[0] or "").removeprefix("'")


def test_excel_has_a_sheet_a_table_and_texts_stay_texts(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    assert excel.write([table(ROWS)], target)["things"] == 3
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["things", "dictionary"]
    rows = list(book["things"].iter_rows(values_only=True))
    assert rows == [("name", "many", "share", "sure"), *ROWS]
    assert book["things"]["A3"].data_type == "s", "a formula would be f"
    assert book["things"].freeze_panes == "A2"
    excel.write([table(ROWS)], tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == target.read_bytes()


def test_excel_goes_on_on_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 2)
    target = tmp_path / "out.xlsx"
    assert excel.write([table(ROWS)], target)["things"] == 3
    book = openpyxl.load_workbook(target)
    assert [len(list(book[name].rows)) for name in ("things", "things 2")] == [3, 2]


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    excel.write([Table("t", COLUMNS[:1], [("长" * 40_000,)])], target)
    value = openpyxl.load_workbook(target)["t"]["A2"].value
    assert len(value) == excel.MOST_CHARACTERS
    assert value.endswith("…")


def test_parquet_has_types_and_meanings(tmp_path: Path) -> None:
    assert parquet.write([table(ROWS)], tmp_path / "out") == {"things": 3, "dictionary": 4}
    found = pq.read_table(tmp_path / "out" / "things.parquet")
    assert [str(field.type) for field in found.schema] == ["string", "int64", "double", "bool"]
    assert found.schema.field("many").metadata[b"zh"].decode() == "数量"
    assert [tuple(row.values()) for row in found.to_pylist()] == ROWS
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["dictionary.parquet", "things.parquet"]


def test_parquet_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(ExportError, match="name a folder"):
        parquet.write([table(ROWS)], tmp_path / "out")


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    parquet.write([table([])], tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "things.parquet").column_names == ["name", "many", "share", "sure"]
    excel.write([table([])], tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["things"].max_row == 1


def test_labels_are_the_printed_ones_and_do_not_overlap() -> None:
    found = [(TEXT[each.start : each.end], each.type) for each in labels(RECORD)]
    assert found == [("3月2日", "date"), ("金水区", "district"), ("花园路街道", "street"), ("老人30名", "count")]


def test_conll_gives_every_printed_character_its_tag() -> None:
    lines = list(conll.lines([RECORD]))
    assert lines[0] == "-DOCSTART- 00112233aabbccdd"
    pairs = [line.rsplit(" ", 1) for line in lines[1:] if line]
    assert "".join(c for c, _ in pairs) == TEXT.replace("\n", "")
    named = [tag[2:] for _, tag in pairs if tag.startswith("B-")]
    assert named == ["date", "district", "street", "count"]
    blocks = [list(block) for empty, block in groupby(lines, lambda line: not line) if not empty]
    assert len(blocks) == 3, "the id, the headline, the paragraph"


def test_docbin_opens_in_spacy_with_exact_spans() -> None:
    [doc] = DocBin(store_user_data=True).from_bytes(docbin.to_bytes([RECORD])).get_docs(spacy.blank("zh").vocab)
    assert doc.text == TEXT
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("3月2日", "date"), ("金水区", "district"), ("花园路街道", "street"), ("老人30名", "count"),
    ]  # fmt: skip
    assert [(s.text, s.label_) for s in doc.spans["activities"]] == [(TEXT[5:26], "care")]
    assert doc.user_data["id"] == RECORD.article.id


def test_label_studio_tasks_quote_the_text() -> None:
    [task] = label_studio.tasks([RECORD])
    assert json.loads(json.dumps(task))["data"]["title"] == "送暖到家"
    for region in task["predictions"][0]["result"]:
        value = region["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
        assert f'value="{value["labels"][0]}"' in label_studio.configuration()
