"""What researchers ask an archive, by the real commands over an archive of pages of our own."""

import contextlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli

PAGES = {
    "西安晚报/2024-03-05/03.txt": """医生坐进社区院
3月2日，西安市碑林区柏树林街道东仓门社区面向老年居民开展“把脉暖人心”义诊活动，送出健康手册120份，接待居民86人次。
书屋里坐满小读者
本报讯（记者 罗一）3月3日，碑林区柏树林街道三学街社区开展“一起读书吧”亲子阅读活动，吸引30个家庭参加。
""",
    "华商报/2024-03-06/A05.txt": """家门口看上专家号
本报讯（记者 马立）3月2日，碑林区东仓门社区请来医生，开展“把脉暖人心”义诊活动，接待居民86人次，送出健康手册120份。
""",
    "西安晚报/2024-04-02/02.txt": """清扫楼道迎春光
本报讯（记者 何苗）4月1日，银杏家园小区所在的碑林区柏树林街道东仓门社区组织30名志愿者开展“洁净一条街”清扫活动。
""",
}
Asked = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles of two papers; two of them tell of one activity."""
    folder = tmp_path_factory.mktemp("questions")
    for name, text in PAGES.items():
        (folder / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pages" / name).write_text(text, "utf-8")
    made = CliRunner().invoke(
        cli.cli, ["index", str(folder / "pages"), "--archive", str(folder / "a.db"), "--jobs", "1"]
    )
    assert made.exit_code == 0, made.stderr
    return folder / "a.db"


@pytest.fixture
def ask(archive: Path) -> Asked:
    """`ask("activities", …)`: the rows of a command's JSON."""

    def asked(*words: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(cli.cli, [*words, "--archive", str(archive), "--format", "json"])
        assert result.exit_code == 0, result.stderr
        return list(json.loads(result.stdout))

    return asked


def test_one_row_an_activity_with_what_the_contract_wants(ask: Asked) -> None:
    rows = ask("activities", "--sort", "date")
    assert {"article", "name", "type", "status", "organizers", "places", "date", "from", "to", "audience"} <= set(
        rows[0]
    )
    assert [row["name"] for row in rows] == [
        "“把脉暖人心”义诊活动", "“把脉暖人心”义诊活动", "“一起读书吧”亲子阅读活动", "“洁净一条街”清扫活动",
    ]  # fmt: skip
    [clinic] = [row for row in rows[:2] if row["paper"] == "西安晚报"]
    assert (clinic["date"], clinic["from"], clinic["to"]) == ("3月2日", "2024-03-02", "2024-03-02")
    assert clinic["places"] == ["东仓门社区"]
    assert clinic["place_codes"] == ["610103002008"]
    assert "东仓门社区" in clinic["organizers"]
    assert "老年居民" in clinic["audience"]
    assert clinic["accounts"] == 2


@pytest.mark.parametrize(
    ("filters", "many"),
    [
        (("--street", "柏树林"), 4), (("--district", "碑林区"), 4), (("--city", "西安"), 4),
        (("--district", "610103"), 4), (("--province", "陕西"), 4), (("--district", "碑林區"), 4),
        (("--city", "北京"), 0), (("--community", "東倉門"), 3),
        (("--community", "三学街"), 1), (("--type", "health"), 2), (("--type", "health", "--type", "cleanup"), 3),
        (("--since", "2024-04-01"), 1), (("--until", "2024-03-02"), 2), (("--paper", "华商"), 1),
        (("--district", "雁塔区"), 0), (("--street", "柏树林", "--distinct"), 3),
        (("--paper", "华商", "--distinct"), 1),
    ],
)  # fmt: skip
def test_filters(ask: Asked, filters: tuple[str, ...], many: int) -> None:
    assert len(ask("activities", *filters)) == many


def test_limit_and_offset_page_through_the_same_order(ask: Asked) -> None:
    every = ask("activities")
    assert [row for at in range(4) for row in ask("activities", "--limit", "1", "--offset", str(at))] == every


def test_counts_are_numbers_with_their_activity(ask: Asked) -> None:
    rows = ask("counts", "--type", "cleanup")
    assert [(row["value"], row["unit"], row["object"], row["mod"]) for row in rows] == [(30, "名", "志愿者", "exact")]
    assert rows[0]["activity"] == "“洁净一条街”清扫活动"
    assert [row["value"] for row in ask("counts", "--sort", "value", "--limit", "2")] == [120, 120]


@pytest.mark.parametrize("option", ["--limit", "--offset"])
@pytest.mark.parametrize("command", ["activities", "counts", "places"])
def test_no_row_number_is_too_large_to_be_told_so(
    archive: Path, run: Callable[..., Result], command: str, option: str
) -> None:
    result = run(command, "--archive", archive, option, "9" * 20)
    assert (result.exit_code, "range" in result.stderr) == (2, True)


def test_a_city_that_no_article_prints_is_known_by_the_codes_of_its_districts(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    page = tmp_path / "晚报/2024-05-07/02.txt"
    page.parent.mkdir(parents=True)
    page.write_text("河边清了垃圾\n5月6日，武昌区水果湖街道明珠社区组织30名志愿者开展“洁净河岸”清扫活动。\n", "utf-8")
    made = tmp_path / "a.db"
    assert run("index", page, "--archive", made, "--jobs", "1").exit_code == 0

    def asked(*words: str) -> list[dict[str, Any]]:
        return list(json.loads(run(*words, "--archive", made, "--format", "json").stdout))

    for filters in (("--city", "武汉"), ("--province", "湖北省"), ("--city", "420100")):
        assert len(asked("activities", *filters)) == len(asked("search", "志愿者", *filters)) == 1, filters
    assert asked("stats", "--by", "province,city") == [
        {
            "province": "湖北省", "province_code": "420000", "city": "武汉市", "city_code": "420100",
            "activities": 1, "articles": 1,
        }
    ]  # fmt: skip
    assert [row["name"] for row in asked("places", "--city", "武汉")] == ["武昌区", "水果湖街道", "明珠社区"]


def test_places_know_what_they_lie_in(ask: Asked) -> None:
    places = {row["name"]: row for row in ask("places")}
    assert places["东仓门社区"]["in"] == ["柏树林街道", "碑林区", "西安市", "陕西省"]
    assert (places["东仓门社区"]["articles"], places["东仓门社区"]["activities"]) == (3, 3)
    assert (places["东仓门社区"]["first"], places["东仓门社区"]["last"]) == ("2024-03-05", "2024-04-02")
    assert [row["name"] for row in ask("places", "--street", "柏树林", "--level", "community")] == [
        "三学街社区",
        "东仓门社区",
    ]


def test_stats_count_once_for_each_value_and_once_in_the_total(archive: Path, run: Callable[..., Result]) -> None:
    result = run("stats", "--by", "community,month", "--archive", archive, "--format", "json")
    rows = [(row["community"], row["month"], row["activities"]) for row in json.loads(result.stdout)]
    assert rows == [("三学街社区", "2024-03", 1), ("东仓门社区", "2024-03", 2), ("东仓门社区", "2024-04", 1)]
    assert "total 4 activities in 4 articles" in result.stderr
    distinct = run("stats", "--by", "type", "--archive", archive, "--format", "json", "--distinct")
    assert {row["type"]: row["activities"] for row in json.loads(distinct.stdout)} == {
        "health": 1, "learning": 1, "cleanup": 1,
    }  # fmt: skip
    wrong = run("stats", "--by", "weather", "--archive", archive)
    assert wrong.exit_code == 2
    assert "there are province" in wrong.stderr


def test_stats_say_that_a_run_has_not_ended(archive: Path, run: Callable[..., Result], tmp_path: Path) -> None:
    left = tmp_path / "left.db"
    shutil.copyfile(archive, left)
    with contextlib.closing(sqlite3.connect(left)) as opened, opened:
        opened.execute("UPDATE archive SET value = 1 WHERE key = 'derived_stale'")
    assert "a run of cli.py index has not ended" in run("stats", "--archive", left).stderr
    assert "has not ended" not in run("stats", "--archive", archive).stderr


def test_show_marks_what_was_read(archive: Path, run: Callable[..., Result], ask: Asked) -> None:
    article = ask("activities", "--type", "cleanup")[0]["article"]
    shown = run("show", article, "--archive", archive)
    assert "【东仓门社区|community】" in shown.stdout
    assert "【30名志愿者|count】" in shown.stdout
    assert "cleanup, done: “洁净一条街”清扫活动" in shown.stdout
    record = json.loads(run("show", article, "--archive", archive, "--format", "json").stdout)
    assert (record["id"], record["schema"]) == (article, "article/1")
    for missing, status in (("0" * 16, 1), ("nonsense", 2)):
        assert run("show", missing, "--archive", archive).exit_code == status


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (
            "SELECT type, count(*) AS n FROM v_activity GROUP BY type ORDER BY n DESC, type LIMIT 1",
            [{"type": "health", "n": 2}],
        ),
        ("SELECT name, name FROM place WHERE code = '610103'", [{"name": "碑林区", "name 2": "碑林区"}]),
        ("SELECT 1 WHERE 0", []),
        ("SELECT 1e999 AS big", [{"big": None}]),
    ],
)
def test_own_queries(ask: Asked, query: str, answer: list[dict[str, Any]]) -> None:
    assert ask("sql", query) == answer


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("DELETE FROM article", "only SELECT"),
        ("ATTACH '/tmp/other.db' AS other", "only SELECT"),
        ("PRAGMA journal_mode = delete", "only SELECT"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("SELECT * FROM nowhere", "no such table"),
        ("", "write a SELECT"),
        ("SELECT load_extension('x')", "only SELECT"),
        ("WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT count(*) FROM a", "longer than 0.3"),
        ("SELECT '\ud800'", "surrogates"),
        ("SELECT zeroblob(900000000)", "more than 64 MB"),
    ],
)
def test_queries_that_are_refused(archive: Path, run: Callable[..., Result], query: str, says: str) -> None:
    before = archive.read_bytes()
    result = run("sql", query, "--archive", archive, "--seconds", "0.3")
    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr
    assert archive.read_bytes() == before


@pytest.mark.parametrize("form", ["jsonl", "csv", "excel", "parquet", "conll", "docbin", "label-studio"])
def test_exports_are_the_same_every_time(archive: Path, run: Callable[..., Result], tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        result = run("export", "--archive", archive, "--format", form, "-o", tmp_path / name)
        assert result.exit_code == 0, result.stderr
    one, two = (
        sorted(path.read_bytes() for path in ((tmp_path / name).iterdir() if form == "parquet" else [tmp_path / name]))
        for name in ("one", "two")
    )
    assert one == two


def test_the_tables_of_an_export_are_those_of_the_commands(
    archive: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    result = run(
        "export", "--archive", archive, "--format", "csv", "-o", tmp_path / "a.zip", "--street", "柏树林", "--distinct"
    )
    assert "3 activities" in result.stderr
    with zipfile.ZipFile(tmp_path / "a.zip") as tables:
        assert tables.namelist() == ["articles.csv", "activities.csv", "counts.csv", "places.csv", "dictionary.csv"]
        assert len(tables.read("activities.csv").decode("utf-8-sig").splitlines()) >= 4


def test_records_come_out_as_extract_writes_them(archive: Path, run: Callable[..., Result], tmp_path: Path) -> None:
    run("export", "--archive", archive, "-o", tmp_path / "a.jsonl")
    run("extract", archive.parent / "pages", "-o", tmp_path / "b.jsonl", "--jobs", "1")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
