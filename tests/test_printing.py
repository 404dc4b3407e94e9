"""Rows in every form: what JSON readers, spreadsheets and terminals get of awkward values."""

import contextlib
import csv
import io
import json
from typing import Any

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from commands.printing import Column, Form, Printer, cell
from corpus.archive.snippets import Marked

COLUMNS = (
    Column("id"), Column("title", "title", wrap=True), Column("places", "places"), Column("count", "count", right=True),
)  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"id": "1", "title": Marked("社区义诊", ((2, 4),)), "places": ["城北街道", "和平社区"], "count": 3},
    {"id": "2", "title": Marked("=HYPERLINK(1)"), "places": [], "count": -5},
    {"id": "3", "title": Marked('有"引号"，和,逗号\n换行'), "places": ["@某地"], "count": None},
    {"id": "4", "title": None, "places": ["\x1b[31m红"], "count": 0.5},
]


def printed(form: Form, rows: list[dict[str, Any]], bom: bool = False) -> str:
    @click.command()
    def command() -> None:
        Printer(form, bom).write(rows, COLUMNS)

    result = CliRunner().invoke(command, [], catch_exceptions=False)
    return result.stdout


def test_json_and_jsonl_hold_the_same() -> None:
    rows = json.loads(printed("json", ROWS))
    assert rows[0] == {
        "id": "1", "title": "社区义诊", "title_marks": [[2, 4]], "places": ["城北街道", "和平社区"], "count": 3,
    }  # fmt: skip
    assert rows[3]["title"] is None
    assert [json.loads(line) for line in printed("jsonl", ROWS).splitlines()] == rows
    assert json.loads(printed("json", [])) == []
    assert printed("jsonl", []) == ""


def test_csv_is_read_as_it_was_but_for_formulas() -> None:
    rows = list(csv.reader(io.StringIO(printed("csv", ROWS))))
    assert rows == [
        ["id", "title", "places", "count"],
        ["1", "社区义诊", "城北街道; 和平社区", "3"],
        ["2", "'=HYPERLINK(1)", "", "-5"],
        ["3", '有"引号"，和,逗号\n换行', "'@某地", ""],
        ["4", "", "红", "0.5"],  # what steers a terminal is taken out
    ]
    assert printed("csv", [], bom=True) == "\ufeffid,title,places,count\n"


@pytest.mark.parametrize("begun", ["=1", "+1", "-1", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠a"])
def test_no_cell_begins_a_formula(begun: str) -> None:
    assert cell(begun) == f"'{begun}"
    assert cell([begun]) == f"'{begun}"


def test_a_table_is_aligned_by_the_width_of_chinese_characters() -> None:
    lines = printed("table", ROWS[:2]).splitlines()
    assert lines[1].startswith("社区【义诊】")
    starts = [cell_len(lines[0][: lines[0].index("places")]), cell_len(lines[1][: lines[1].index("城北")])]
    assert starts[0] == starts[1]
    assert "id" not in lines[0].split()


def test_nothing_in_a_table_steers_the_terminal() -> None:
    shown = printed("table", ROWS)
    assert "\x1b" not in shown
    assert len(shown.splitlines()) == 1 + len(ROWS)


def test_an_empty_table_is_empty() -> None:
    assert printed("table", []) == ""


def test_a_table_in_a_file_is_laid_out_as_on_a_wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "300")
    shown = {}
    for term in ("dumb", "xterm"):
        monkeypatch.setenv("TERM", term)
        with contextlib.redirect_stdout(Terminal()) as terminal:
            Printer("table").write(ROWS[1:], COLUMNS)
        shown[term] = terminal.getvalue()
    assert shown["dumb"] == printed("table", ROWS[1:])
    assert "\x1b[1mtitle" in shown["xterm"]
    assert "\x1b[31m" not in shown["xterm"]  # of a row
