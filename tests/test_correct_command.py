"""`correct` and `index` as an editor uses them: on real archives, through the real program."""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
import work
from corpus.archive import database, records
from exports import label_studio
from tests.corrected_pages import PAGE, VALID

Run = Callable[..., Result]
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of two papers' pages and the pages."""
    folder = tmp_path_factory.mktemp("papers")
    for paper, text in (
        ("洛阳社区报", PAGE),
        ("涧河晨报", PAGE.replace("何苗", "方圆").replace("老城区敬老", "邻里敬老")),
    ):
        (folder / "pages" / paper).mkdir(parents=True)
        (folder / "pages" / paper / "2023-10-12.txt").write_text(text, "utf-8")
    told = invoke(
        "index", folder / "pages", "--archive", folder / "papers.db", "--jobs", "1", "--name-pattern", "{paper}/{date}"
    )
    assert told.exit_code == 0, told.output
    return folder


@pytest.fixture
def folder(indexed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    with contextlib.closing(sqlite3.connect(tmp_path / "papers.db")) as copied, copied:
        for column in ("location", "path"):
            copied.execute(f"UPDATE file SET {column} = replace({column}, ?, ?)", (str(indexed), str(tmp_path)))
    return tmp_path


def invoke(*arguments: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(cli.cli, [str(a) for a in arguments], input=answer)


def correct(folder: Path, *arguments: str, answer: str = "") -> Result:
    return invoke("correct", "--archive", folder / "papers.db", *arguments, answer=answer)


def index(folder: Path, *more: str) -> Result:
    return invoke(
        "index",
        folder / "pages",
        "--archive",
        folder / "papers.db",
        "--jobs",
        "1",
        "--name-pattern",
        "{paper}/{date}",
        *more,
    )


def lines(folder: Path) -> list[dict[str, Any]]:
    path = folder / "papers.db.corrections.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def exported(folder: Path) -> bytes:
    """What the archive says of every article; and that it is sound."""
    with database.reading(folder / "papers.db") as opened:
        assert [row[0] for row in opened.execute("PRAGMA integrity_check")] == ["ok"]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        found = b"".join(records.lines(opened))
        entries = opened.execute("SELECT count(*) FROM search_entry").fetchone()[0]
    said = [json.loads(line) for line in found.splitlines()]
    assert entries == len(said)
    for each in said:
        VALID.validate(each)
    return found


def ids(folder: Path) -> list[str]:
    """The articles of the first paper."""
    found = [json.loads(line) for line in exported(folder).splitlines()]
    return [each["id"] for each in found if each["source"]["paper"] == "洛阳社区报"]


def said(folder: Path, article: str) -> dict[str, Any]:
    return next(each for each in map(json.loads, exported(folder).splitlines()) if each["id"] == article)


def test_shown_asked_written_and_taken_back(folder: Path) -> None:
    before, (clinic, _) = exported(folder), ids(folder)
    refused = correct(folder, clinic, "--not-a-person", "周桂香", answer="n\n")
    assert (refused.exit_code, "  - person 周桂香 (周桂香)" in refused.stdout) == (1, True)
    assert (lines(folder), exported(folder)) == ([], before)
    shown = correct(folder, clinic, "--not-a-person", "周桂香", "--dry-run")
    assert (shown.exit_code, lines(folder), exported(folder)) == (0, [], before)
    done = correct(folder, clinic, "--not-a-person", "周桂香", "--by", "编辑甲", answer="y\n")
    assert done.exit_code == 0
    (line,) = lines(folder)
    assert line["note"] == f"周桂香 is no person in 老城区敬老月暖意浓 ({said(folder, clinic)['source']['path']})"
    assert (line["by"], line["article"]["id"]) == ("编辑甲", clinic)
    assert "周桂香" not in {each["name"] for each in said(folder, clinic)["entities"]}
    twice = correct(folder, clinic, "--not-a-person", "周桂香", "--yes")
    assert "line 1 of papers.db.corrections.jsonl says so already" in twice.stderr
    listed = correct(folder, "--list")
    assert f"{line['id']}  not_entity   article    1 article" in listed.stdout
    undone = correct(folder, "--undo", line["id"], "--yes")
    assert "  + person 周桂香 (周桂香)" in undone.stdout
    assert (lines(folder), exported(folder)) == ([], before)


def test_index_replays_after_a_refresh_and_in_a_new_archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts, names taught, figures: byte for byte what it was, whether read again or for the first time."""
    clinic, stairs = ids(folder)
    for said_ in (
        (clinic, "--split-before", "3"),
        (stairs, "--drop", "3"),
        (stairs, "--count", "12车", "--set", "value=13"),
        ("--everywhere", "--name", "福源家园", "--is", "venue"),
        ("--paper", "涧河晨报", "--not-a-person", "周桂香"),
    ):
        done = correct(folder, *said_, "--yes")
        assert done.exit_code == 0, done.output
    after, file = exported(folder), (folder / "papers.db.corrections.jsonl").read_bytes()
    assert len(after.splitlines()) == 5
    assert index(folder).exit_code == 0
    assert exported(folder) == after
    version = work.version() + "+"
    monkeypatch.setattr(work, "version", lambda: version)
    again = index(folder, "--refresh")
    assert "2 refreshed" in again.stderr
    assert "0 changed, 0 appeared, 0 gone, 5 same" in again.stderr
    assert (exported(folder), (folder / "papers.db.corrections.jsonl").read_bytes()) == (after, file)
    (folder / "papers.db").unlink()
    assert index(folder).exit_code == 0
    assert exported(folder) == after
    for line in reversed(lines(folder)):
        assert correct(folder, "--undo", line["id"], "--yes").exit_code == 0
    assert len(exported(folder).splitlines()) == 4


def test_a_file_edited_by_hand_is_replayed_by_index(folder: Path) -> None:
    before = exported(folder)
    path = folder / "papers.db.corrections.jsonl"
    lesson = {"schema": "correction/1", "kind": "is", "everywhere": True, "name": "福源家园", "type": "venue"}
    other = {**lesson, "type": "road"}
    path.write_text("\n".join(map(json.dumps, (lesson, other))) + "\n{oops\n", "utf-8")
    told = index(folder)
    assert told.exit_code == 0
    assert "corrected  2 sources" in told.stderr
    assert "papers.db.corrections.jsonl:3: not applied: it is no JSON" in told.stderr
    assert "papers.db.corrections.jsonl:1:" in told.stderr
    assert "is overruled by" in told.stderr
    after = exported(folder)
    assert after.count('"type":"road","name":"福源家园"'.encode()) == 2
    path.unlink()
    assert index(folder).exit_code == 0
    assert exported(folder) == after, "a file that is lost takes nothing back"
    path.write_text("", "utf-8")
    assert index(folder).exit_code == 0
    assert exported(folder) == before


def test_what_no_longer_applies_is_told_and_stays(folder: Path) -> None:
    clinic, _ = ids(folder)
    assert correct(folder, clinic, "--date", "10月9日", "--set", "value=2023-10-08", "--yes").exit_code == 0
    told = correct(folder, clinic, "--split-before", "2", "--yes")
    assert told.exit_code == 0, told.output
    page = folder / "pages" / "洛阳社区报" / "2023-10-12.txt"
    page.write_text("另一页\n\n本报讯（记者 何苗）近日，洛阳市老城区邙山街道清扫积雪。\n", "utf-8")
    again = index(folder)
    kept = lines(folder)
    assert len(kept) == 2
    for line in kept:
        assert f"{line['id']} applies to nothing: its page is not in the archive" in again.stderr
    page.write_text(PAGE, "utf-8")
    assert "applies to nothing" not in index(folder).stderr
    assert said(folder, clinic)["text"] == "老城区敬老月暖意浓"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["0123456789abcdef", "--title", "老街"], 1, "there is no article '0123456789abcdef'"),
        (["'; DROP TABLE article; --", "--title", "老街"], 2, "is no article's id"),
        (["--title", "老街"], 2, "name the article's ID"),
        (["CLINIC", "--everywhere", "--name", "老街", "--is", "road"], 2, "of one article or of every one"),
        (["--everywhere", "--title", "老街"], 2, "--title corrects one article"),
        (["--everywhere", "--name", "老街"], 2, "--name NAME goes with"),
        (["--everywhere", "--name", "老街", "--is", "planet"], 1, "'planet' is none; there are province"),
        (["--everywhere", "--not-a-place", "老\x1b[31m街"], 1, "has control characters"),
        (["CLINIC", "--set", "value=1"], 2, "goes with one of --activity"),
        (["CLINIC", "--count", "c9", "--set", "value=1"], 1, "there are c1 20余名志愿者, c2"),
        (["CLINIC", "--count", "c1", "--set", "value=多"], 1, "set.value is no number"),
        (["CLINIC", "--count", "c1", "--set", "colour=1"], 1, "write FIELD=VALUE, of value, max"),
        (["CLINIC", "--activity", "a1", "--set", "type=party time"], 1, "'party time' is none; there are volunteer"),
        (["CLINIC", "--activity", "a1", "--set", "places=某地"], 1, "nothing is called '某地' here; mark it first"),
        (["CLINIC", "--split-before", "9"], 1, "there is no block 9; there are 1 to 3"),
        (["CLINIC", "--split-before", "1"], 1, "it changes nothing"),
        (["CLINIC", "--join", "CLINIC"], 1, "the two are one article"),
        (["CLINIC", "--mark", "社区", "estate"], 1, "is printed 2 times; say which: 1@社区"),
        (["CLINIC", "--take", "不在"], 1, "is not on the page as it was read"),
        (["CLINIC", "--name", "福源家园", "--in", "某地"], 1, "of which type is '某地'?"),
        (["CLINIC", "--name", "福源家园", "--code", "12"], 1, "set.code is not 6 or 9 or 12 digits"),
        (["--undo", "nothing"], 1, "has no correction 'nothing'"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    indexed: Path, arguments: list[str], code: int, message: str
) -> None:
    clinic = ids(indexed)[0]
    told = correct(indexed, *(clinic if each == "CLINIC" else each for each in arguments), "--yes")
    assert (told.exit_code, message in told.stderr) == (code, True), told.stderr
    assert not (indexed / "papers.db.corrections.jsonl").exists()


def test_values_are_values_and_no_sql(folder: Path) -> None:
    name = "'); DROP TABLE article; --"
    done = correct(folder, "--everywhere", "--name", name, "--is", "estate", "--yes")
    assert (done.exit_code, "changes 0 articles" in done.stdout) == (0, True)
    assert len(exported(folder).splitlines()) == 4
    assert lines(folder)[0]["name"] == name


def test_names_taught_show_how_many_articles_change(folder: Path) -> None:
    told = correct(folder, "--everywhere", "--name", "福源家园", "--is", "venue", "--dry-run")
    assert "changes 2 articles on 2 sources" in told.stdout
    told = correct(folder, "--paper", "洛阳社区报", "--name", "福源家园", "--is", "venue", "--dry-run")
    assert "changes 1 article on 1 source" in told.stdout


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    told = correct(tmp_path, "--everywhere", "--name", "老街", "--is", "road", "--yes")
    assert (told.exit_code, "there is no archive" in told.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_another_writer_is_told_of(folder: Path) -> None:
    with database.writing(folder / "papers.db"):
        told = correct(folder, "--everywhere", "--name", "老街", "--is", "road", "--yes")
    assert (told.exit_code, "is being written by process" in told.stderr) == (1, True)
    assert lines(folder) == []


# ---------------------------------------------------------------- Label Studio


def tasks(folder: Path) -> list[dict[str, Any]]:
    """Our tasks as annotators hand them back who changed nothing."""
    with database.reading(folder / "papers.db") as opened:
        made = list(label_studio.tasks(records.every(opened)))
    for number, task in enumerate(made):
        result = [dict(each) for each in task["predictions"][0]["result"]]
        task["annotations"] = [{"id": number, "result": result, "was_cancelled": False, "updated_at": "2026-11-20"}]
    return made


def minimal(task: dict[str, Any]) -> dict[str, Any]:
    """The same as JSON-MIN."""
    return {**task["data"], "annotation_id": 1, "label": [each["value"] for each in task["annotations"][0]["result"]]}


def edit(task: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    """The regions of these words, relabelled, moved and removed; a new one."""
    for region in task["annotations"][0]["result"]:
        value = dict(region["value"])
        match value["text"]:
            case "福源家园":
                value["labels"] = ["venue"]
            case "文明街社区":
                value |= {"start": value["start"] + 2, "text": "街社区"}
            case "周桂香":
                continue
        yield {**region, "value": value}
    at = text.index("医生")
    new = {"start": at, "end": at + 2, "text": "医生", "labels": ["person"]}
    yield {"id": "x1", "from_name": "label", "to_name": "text", "type": "labels", "value": new}


@pytest.mark.parametrize("form", ["JSON", "JSON-MIN"])
def test_what_was_corrected_in_label_studio_comes_back(folder: Path, form: str) -> None:
    made, path = tasks(folder), folder / "export.json"
    path.write_text(json.dumps(made if form == "JSON" else [minimal(each) for each in made]), "utf-8")
    unchanged = correct(folder, "--import", str(path), "--yes")
    assert (unchanged.exit_code, "4 tasks, and nothing in them" in unchanged.stderr) == (0, True), unchanged.output
    clinic = ids(folder)[0]
    task = next(each for each in made if each["data"]["id"] == clinic)
    task["annotations"][0]["result"] = list(edit(task, task["data"]["text"]))
    path.write_text(json.dumps(made if form == "JSON" else [minimal(each) for each in made]), "utf-8")
    done = correct(folder, "--import", str(path), "--yes", "--by", "编辑甲")
    assert done.exit_code == 0, done.output
    record = said(folder, clinic)
    names = {each["name"]: each["type"] for each in record["entities"]}
    assert (names["福源家园"], names["医生"], names["街社区"]) == ("venue", "person", "community")
    assert names.keys().isdisjoint({"周桂香", "文明街社区"})
    assert sorted(each["kind"] for each in lines(folder)) == ["mark", "mark", "mark", "unmark"]
    again = correct(folder, "--import", str(path), "--yes")
    assert "nothing in them is otherwise" in again.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "cannot be read"),
        (b"{}", "is no list of tasks"),
        (b"[1]", "task 1 of"),
        (b'[{"data": {"id": "a"}, "annotations": [{"id": 1, "result": []}]}]', "task 1 of"),
        ('[{"id": "a", "text": "老街", "label": [{"start": 0, "end": 9, "labels": ["road"]}]}]'.encode(), "task 1 of"),
    ],
)
def test_what_is_no_export_is_refused(indexed: Path, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    told = correct(indexed, "--import", str(path), "--yes")
    assert (told.exit_code, message in told.stderr) == (1, True), told.stderr


def test_tasks_of_other_texts_are_named(folder: Path) -> None:
    made = [minimal(each) for each in tasks(folder)]
    made[0]["text"] += "。"
    made[1]["id"] = "0" * 16
    path = folder / "export.json"
    path.write_text(json.dumps(made), "utf-8")
    told = correct(folder, "--import", str(path), "--yes")
    assert "its text is not the one that was labelled" in told.stderr
    assert f"article {'0' * 16}: it is not in the archive" in told.stderr


# ---------------------------------------------------------------- the program itself


def test_as_an_editor_runs_it(folder: Path) -> None:
    """In a shell: look, correct, look again."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "cli.py"), *arguments, "--archive", "papers.db"]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)

    _, stairs = ids(folder)
    looked = run("correct", stairs)
    assert "  4 caption   居民在华阳小区门前晒太阳。 何苗 摄" in looked.stdout
    done = run("correct", stairs, "--title", "清理楼道", "--yes")
    assert done.returncode == 0, done.stderr
    assert "+ article: 清理楼道" in done.stdout
    shown = run("show", stairs)
    assert "[main] 清理楼道" in shown.stdout
