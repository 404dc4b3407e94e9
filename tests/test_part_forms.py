"""Parts in Parquet: the same records, and what reads them; the lines of SQL that docs/scale.md shows, as they stand."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from corpus import part_forms
from corpus.atomic import AtomicFile
from corpus.part_source import MadeBy
from corpus.partitions import Partitions
from corpus.records import article_lines
from corpus.sources import PageFile
from schemas import published
from schemas.record import to_dict
from tests.test_records import FULL, RECORD

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install '.[parquet]'")
ROOT = Path(__file__).parent.parent
Run = Callable[..., Result]
HOW = MadeBy("1", "{}", "{}")
FORMS = ("jsonl", "parquet")


def written(folder: Path, names: list[str], form: part_forms.Form = "parquet", stop: int | None = None) -> Partitions:
    """One run, which makes two records of every source."""
    with Partitions(folder, 4, HOW, form) as out:
        for number, _ in enumerate(out.todo([PageFile(name, name.encode()) for name in names])):
            if number == stop:
                raise KeyboardInterrupt
            out.add(article_lines([RECORD, FULL]), b"", [])
    return out


def rows(folder: Path) -> list[dict[str, Any]]:
    """All rows of all parts, in the order of the parts' names."""
    return [row for path in sorted(folder.glob("part-*.parquet")) for row in parquet.read_table(path).to_pylist()]


def test_a_row_is_a_record(tmp_path: Path) -> None:
    written(tmp_path, ["a", "b"])
    assert rows(tmp_path) == [to_dict(RECORD), to_dict(FULL)] * 2


def test_the_columns_are_the_fields_of_the_schema() -> None:
    def named(values: Any) -> dict[str, Any]:
        """The fields of a JSON Schema, however deep."""
        if "$ref" in values:
            values = article["$defs"][values["$ref"].rpartition("/")[2]]
        if "anyOf" in values or "oneOf" in values:
            values = next(each for each in values.get("anyOf", values.get("oneOf")) if each.get("type") != "null")
            return named(values)
        fields = values.get("properties") or values.get("items", {})
        return {name: named(each) for name, each in fields.items()} if "properties" in values else (
            named(fields) if fields else {}
        )  # fmt: skip

    def columns(kind: Any) -> dict[str, Any]:
        """The same of a Parquet type."""
        if hasattr(kind, "value_type"):
            return columns(kind.value_type)
        return {kind.field(at).name: columns(kind.field(at).type) for at in range(getattr(kind, "num_fields", 0))}

    article = published.load("article")
    made = part_forms.schema()
    assert {field.name: columns(field.type) for field in made} == named(article)


def test_a_second_run_makes_only_what_is_missing(tmp_path: Path) -> None:
    names = [f"{at:03}" for at in range(40)]
    first = written(tmp_path, names)
    victim = sorted(tmp_path.glob("part-*.parquet"))[2]
    before = {path.name: path.read_bytes() for path in tmp_path.glob("part-*")}
    victim.unlink()
    again = written(tmp_path, names)
    assert (again.made, len(again.kept)) == (1, first.made - 1)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("part-*")} == before
    told = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert [part["bytes"] for part in told["parts"]] == [len(before[part["name"]]) for part in told["parts"]]


def test_a_run_that_is_stopped_leaves_whole_parts_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, [f"{at:03}" for at in range(40)], stop=13)
    assert len(rows(tmp_path)) % 2 == 0
    assert list(tmp_path.glob(".*")) == []
    assert capsys.readouterr().err == ""


def test_another_form_replaces_the_parts(tmp_path: Path) -> None:
    written(tmp_path, ["a"], "jsonl")
    written(tmp_path, ["a"], "parquet")
    assert [path.suffix for path in tmp_path.glob("part-*")] == [".parquet"]
    written(tmp_path, ["a"], "jsonl")
    assert [path.suffix for path in tmp_path.glob("part-*")] == [".jsonl"]


def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_forms, "ROW_GROUP", 20_000)
    line = article_lines([RECORD])
    with AtomicFile(tmp_path / "p.parquet") as file:
        made = part_forms.writer("parquet", file)
        for _ in range(100):
            made.write(line)
        made.close()
    whole = parquet.ParquetFile(tmp_path / "p.parquet")
    assert (whole.metadata.num_rows, whole.metadata.num_row_groups >= 3) == (100, True)
    assert made.size == (tmp_path / "p.parquet").stat().st_size


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample pages in parts of both forms, by the program."""
    from click.testing import CliRunner

    import cli

    top = tmp_path_factory.mktemp("records")
    for form in FORMS:
        arguments = ["extract", str(ROOT / "corpus" / "samples"), "-o", str(top / form), "--partition-size", "3"]
        result = CliRunner().invoke(cli.cli, [*arguments, "--partition-format", form, "-q"])
        assert result.exit_code == 0, result.output
    return {form: top / form for form in FORMS}


def test_the_program_writes_the_same_records(folders: dict[str, Path]) -> None:
    lines = [line for path in sorted(folders["jsonl"].glob("part-*")) for line in path.read_bytes().splitlines()]
    assert rows(folders["parquet"]) == [json.loads(line) for line in lines]
    assert len(lines) > 50


def documented(language: str) -> list[str]:
    """The blocks of docs/scale.md in a language."""
    text = (ROOT / "docs" / "scale.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("form", FORMS)
def test_duckdb_reads_them_as_documented(
    folders: dict[str, Path], form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install '.[dev]'")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").symlink_to(folders[form])
    (script,) = documented("sql")
    read = {"jsonl": "read_json('records/part-*.jsonl', union_by_name => true)", "parquet": "'records/part-*.parquet'"}
    assert read["jsonl"] in script
    answers = []
    for statement in filter(None, map(str.strip, script.replace(read["jsonl"], read[form]).split(";"))):
        answers.append(duckdb.sql(statement))
    papers = answers[0].fetchall()
    assert (len(papers), sum(row[-1] for row in papers)) == (
        len({row[0] for row in papers}),
        len(rows(folders["parquet"])),
    )
    types = dict(answers[1].fetchall())
    told = [each["type"] for row in rows(folders["parquet"]) for each in row["activities"]]
    assert types == {kind: told.count(kind) for kind in told}
    figures = answers[2].fetchall()
    assert sum(row[1] for row in figures) == sum(
        count["value"] for row in rows(folders["parquet"]) for count in row["counts"] if count["role"] == "participants"
    )
    assert duckdb.sql("SELECT count(*) FROM 'records.parquet'").fetchall() == [(len(rows(folders["parquet"])),)]


def test_pyarrow_reads_all_parts_as_one(folders: dict[str, Path]) -> None:
    from pyarrow import dataset

    told = dataset.dataset([str(path) for path in sorted(folders["parquet"].glob("part-*.parquet"))])
    assert told.to_table().to_pylist() == rows(folders["parquet"])


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--partition-format", "parquet"), 2, "give --partition-size too"),
        (("--partition-format", "parquet", "--partition-size", "5"), 2, "pip install '.[parquet]'"),
    ],
)
def test_usage(
    run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int,
    message: str,
) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("extract", pages, "-o", tmp_path / "out", *arguments)
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr
    assert not (tmp_path / "out").exists()


def test_index_says_that_it_reads_json_lines(run: Run, folders: dict[str, Path], tmp_path: Path) -> None:
    result = run("index", folders["parquet"], "--archive", tmp_path / "a.db")
    assert (result.exit_code, "the same extract without --partition-format" in result.stderr) == (3, True)
