"""The commands as a user calls them: what they write, what they say and how they end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import work
from commands import choices, terminal
from corpus.rejects import Reject
from corpus.sources import PageFile
from extract.pipeline import Extractor
from tests.test_schema import VALIDATORS
from tests.test_second_witness import taught

ROOT = Path(__file__).parent.parent
Run = Callable[..., Result]


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def program(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_extract_writes_valid_records_in_order(run: Run, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    result = run("extract", pages, "-o", out)
    assert result.exit_code == 0, result.stderr
    records = lines(out)
    for record in records:
        VALIDATORS["article"].validate(record)
    paths = [record["source"]["path"] for record in records]  # type: ignore[index]
    assert paths == sorted(paths)
    assert set(paths) == {str(pages / "a.txt"), str(pages / "b" / "2024-03-12-A05.txt")}
    dated = [r["source"] for r in records if str(r["source"]).count("A05")]
    assert {(s["issue_date"], s["page"]) for s in dated} == {("2024-03-12", 5)}  # type: ignore[index]
    for leftover in lines(Path(f"{out}.leftovers.jsonl")):
        VALIDATORS["leftover"].validate(leftover)
    assert not Path(f"{out}.rejects.jsonl").exists()
    assert "2 pages" in result.stderr
    assert str(out) in result.stderr
    assert result.stdout == ""


def test_the_summary_s_next_command_works(run: Run, pages: Path, tmp_path: Path) -> None:
    (pages / "0.txt").write_bytes(b"")  # comes first, is rejected, and so explains nothing
    summary = run("extract", pages, "-o", tmp_path / "r.jsonl").stderr
    (following,) = [line for line in summary.splitlines() if line.startswith("next")]
    assert run(*following[following.index("explain") :].split()).exit_code == 0


def test_standard_output_has_records_only(run: Run, pages: Path) -> None:
    result = run("extract", pages / "a.txt", pages / "missing.txt", "-o", "-")
    assert result.exit_code == terminal.REJECTED
    assert result.stdout
    for line in result.stdout.splitlines():
        VALIDATORS["article"].validate(json.loads(line))
    assert "not_found" in result.stderr


def test_the_same_bytes_whatever_the_jobs(run: Run, pages: Path, page_text: str, tmp_path: Path) -> None:
    for number in range(12):
        text = page_text.replace("通顺", "东西南北中"[number % 5] + "顺") * (1 + number % 3)
        (pages / f"{number:02}.txt").write_text(text, "utf-8")
    (pages / "05.txt").write_bytes(b"")
    for jobs in (1, 3):
        assert run("extract", pages, "-o", tmp_path / f"{jobs}.jsonl", "--jobs", jobs).exit_code == terminal.REJECTED
    for suffix in ("", ".leftovers.jsonl", ".rejects.jsonl"):
        one, three = (Path(f"{tmp_path / str(jobs)}.jsonl{suffix}").read_bytes() for jobs in (1, 3))
        assert one == three
        assert one


def test_copies_of_a_page_share_their_ids(run: Run, page_text: str, tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/y.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(page_text, "utf-8")
    assert run("extract", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "r.jsonl").exit_code == 0
    ids = [record["id"] for record in lines(tmp_path / "r.jsonl")]
    half = len(ids) // 2
    assert ids[:half] == ids[half:]
    assert len(set(ids)) == half > 0


def test_bad_input_is_named_and_the_rest_is_written(run: Run, pages: Path, tmp_path: Path) -> None:
    (pages / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (pages / "broken.txt").write_bytes("社区居民".encode() + b"\xff\xfa\xfb" * 9)
    (pages / "empty.txt").write_bytes(b"")
    (pages / "long.txt").write_bytes(b"a" * 200_000)
    (pages / "zip.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "nothing").mkdir()
    out = tmp_path / "r.jsonl"
    result = run("extract", pages, tmp_path / "nothing", "-o", out, "--page-limit", "0.1")
    assert result.exit_code == terminal.REJECTED
    rejects = lines(Path(f"{out}.rejects.jsonl"))
    assert [(Path(str(r["path"])).name, r["reason"]) for r in rejects] == [
        ("binary.txt", "binary"),
        ("broken.txt", "broken_encoding"),
        ("empty.txt", "empty"),
        ("long.txt", "too_large"),
        ("zip.zip", "broken_archive"),
        ("nothing", "no_pages"),
    ]
    for reject in rejects:
        VALIDATORS["reject"].validate(reject)
        for word in ("path", "message", "remedy"):
            assert str(reject[word]) in result.stderr
    assert {Path(r["source"]["path"]).name for r in lines(out)} == {"a.txt", "2024-03-12-A05.txt"}  # type: ignore[index]


def test_a_page_that_makes_extraction_raise_is_a_reject(monkeypatch: pytest.MonkeyPatch, page_text: str) -> None:
    class Broken:
        def extract(self, page: object) -> None:
            raise ZeroDivisionError("of a kind")

    monkeypatch.setattr(work, "extractor", lambda settings: Broken())
    outcome = work.process(work.Settings(), PageFile("a.txt", page_text.encode()))
    (reject,) = outcome.rejects
    assert (reject.reason, reject.message) == ("extraction_failed", "ZeroDivisionError: of a kind")
    assert "Traceback" in reject.detail
    assert outcome.records == b""
    assert work.process(work.Settings(), Reject("b", "empty", "x")).rejects[0].path == "b"


def test_what_runs_too_long_is_a_reject(run: Run, pages: Path, page_text: str, tmp_path: Path) -> None:
    (pages / "z.txt").write_text(page_text * 4000, "utf-8")
    result = run("extract", pages / "z.txt", "-o", tmp_path / "r.jsonl", "--time-limit", "0.1")
    assert result.exit_code == terminal.REJECTED
    assert "time_limit" in result.stderr


def test_an_issue_date_that_is_given_wins(run: Run, pages: Path) -> None:
    result = run("extract", pages, "-o", "-", "--issue-date", "2023-12-04")
    dates = {json.loads(line)["source"]["issue_date"] for line in result.stdout.splitlines()}
    assert dates == {"2023-12-04"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extract", "-o", "-"], "Missing argument"),
        (["extract", "x"], "Missing option"),
        (["extract", "x", "-o", "-", "--issue-date", "2024-02-30"], "write it like 2024-03-12"),
        (["extract", "x", "-o", "-", "--jobs", "0"], "--jobs"),
        (["extract", "x", "-o", "-", "--segmenter", "scissors"], "rjieba"),
        (["extract", "x", "-o", "-", "--region", "兰洲市"], "兰州市、"),
        (["extract", "x", "-o", "-", "--region", "鼓楼区"], "福建省福州市鼓楼区"),
        (["extract", "x", "-o", "-", "--model", "zh_no_such"], "spacy download zh_no_such"),
        (["extract", "x", "-o", "/"], "is a folder; name a file in it"),
        (["extract", "-o", "-", "--from-file", "no"], "does not exist"),
        (["extract", "-", "-", "-o", "-"], "only once"),
        (["extract", "-", "--from-file", "-", "-o", "-"], "only once"),
        (["extract", "x", "-o", "-", "--name-pattern", "{papr}"], "there are {paper}"),
        (["extract", "x", "-o", "-", "--map", "body=内容"], "'body' is no field; there are text, title"),
        (["extract", "x", "-o", "-", "--map", "text"], "write text=COLUMN"),
        (["text"], "Missing argument"),
        (["schema", "novel"], "there are: article"),
        (["frobnicate"], "No such command"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert result.stdout == ""


def test_a_page_is_never_overwritten_by_records(run: Run, pages: Path) -> None:
    before = (pages / "a.txt").read_bytes()
    result = run("extract", pages, "-o", pages / "a.txt")
    assert (result.exit_code, "choose another name" in result.stderr) == (2, True)
    assert (pages / "a.txt").read_bytes() == before


def test_quiet_says_only_what_was_rejected_and_verbose_says_all(run: Run, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    assert run("extract", pages, "-o", out, "--quiet").stderr == ""
    assert run("extract", pages / "no", "-o", out, "--quiet").stderr.startswith("rejected ")
    said = run("extract", pages, "-o", out, "--verbose").stderr
    assert f"{pages / 'a.txt'}: " in said


def test_both_segmenters_can_be_chosen(run: Run, pages: Path) -> None:
    results = [run("extract", pages / "a.txt", "-o", "-", "--segmenter", name) for name in ("rjieba", "jieba")]
    texts = [[json.loads(line)["text"] for line in result.stdout.splitlines()] for result in results]
    assert texts[0] == texts[1] != []


def test_explain_tells_why(run: Run, pages: Path) -> None:
    whole = run("explain", pages / "a.txt")
    assert whole.exit_code == 0
    assert "红马甲" in whole.stdout
    identity = json.loads(run("extract", pages / "a.txt", "-o", "-").stdout.splitlines()[0])["id"]
    one = run("explain", pages / "a.txt", "--article", identity)
    assert one.exit_code == 0
    assert 0 < len(one.stdout) <= len(whole.stdout)
    none = run("explain", pages / "a.txt", "--article", "0" * 16)
    assert (none.exit_code, "no article 0000" in none.stderr) == (2, True)
    assert run("explain", pages / "missing.txt").exit_code == terminal.REJECTED


def test_explain_takes_a_member_of_an_archive(run: Run, pages: Path, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.write(pages / "a.txt", "a.txt")
    assert run("explain", f"{tmp_path / 'm.zip'}!a.txt").stdout == run("explain", pages / "a.txt").stdout
    assert run("explain", f"{tmp_path / 'm.zip'}!b.txt").exit_code == 2


def test_help_is_there_at_once() -> None:
    began = time.monotonic()
    assert program("--help").returncode == 0
    assert time.monotonic() - began < 2  # measured: 0.06 s; the heavy imports would take far longer on a busy machine
    loaded = "import sys, cli; print([m for m in ('spacy', 'jieba', 'numpy', 'pebble') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, cwd=ROOT, check=True).stdout == b"[]\n"


def test_output_is_utf_8_whatever_the_locale(pages: Path) -> None:
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = program("extract", pages / "a.txt", pages / "没有.txt", "-o", "-", env=plain)
    assert "志愿者" in result.stdout.decode("utf-8")
    assert "没有.txt" in result.stderr.decode("utf-8")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_run_that_is_stopped_leaves_no_half_file(pages: Path, page_text: str, tmp_path: Path, name: str) -> None:
    for number in range(300):
        (pages / f"{number}.txt").write_text(page_text * 40, "utf-8")
    out = tmp_path / "out" / "r.jsonl"
    command = [sys.executable, str(ROOT / "cli.py"), "extract", str(pages), "-o", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    while not out.parent.exists():  # it has begun
        assert running.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    running.send_signal(getattr(signal, name))
    running.communicate(timeout=30)
    assert running.returncode != 0
    left = [path.name for path in out.parent.iterdir()]
    if name == "SIGKILL":
        assert all(file.startswith(".") and file.endswith(".tmp") for file in left)
    else:
        assert left == []


def test_a_reader_that_leaves_early_is_no_error_to_shout_about(pages: Path, page_text: str) -> None:
    for number in range(50):
        (pages / f"{number}.txt").write_text(page_text * 40, "utf-8")
    command = [sys.executable, str(ROOT / "cli.py"), "extract", str(pages), "-o", "-", "--quiet"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert b"Traceback" not in running.stderr.read()
    assert running.wait(timeout=30) == 1


def test_the_extractor_is_made_once_a_process() -> None:
    assert isinstance(work.extractor(work.Settings()), Extractor)
    assert work.extractor(work.Settings()) is work.extractor(work.Settings())


def entities(result: Result) -> dict[str, dict[str, object]]:
    return {e["name"]: e for line in result.stdout.splitlines() for e in json.loads(line)["entities"]}


def test_the_region_decides_which_of_many(run: Run, tmp_path: Path) -> None:
    # drums at Drum Tower district; four cities have one
    (tmp_path / "a.txt").write_text("锣鼓迎春\n本报讯（记者 何苗）2月7日，鼓楼区举办锣鼓大赛。\n", "utf-8")
    codes = [
        entities(run("extract", tmp_path / "a.txt", "-o", "-", *region))["鼓楼区"]["code"]
        for region in ([], ["--region", "徐州"], ["--region", "开封市", "--region", "西藏"])
    ]
    assert codes == [None, "320302", "410204"]


@pytest.mark.parametrize(("name", "full"), [("徐州", "徐州市"), ("徐州市", "徐州市"), ("西藏", "西藏自治区")])
def test_a_region_may_be_named_shortly(name: str, full: str) -> None:
    assert choices.region(name) == full


def test_a_model_is_heard_as_a_second_witness(run: Run, tmp_path: Path) -> None:
    taught().to_disk(tmp_path / "tiny")
    (tmp_path / "a.txt").write_text("画里有话\n本报讯（记者 何苗）孟小冬画了一幅画。大家认识了晨光社。\n", "utf-8")
    alone, both = (
        run("extract", tmp_path / "a.txt", "-o", "-", *model) for model in ([], ["--model", tmp_path / "tiny"])
    )
    assert both.exit_code == 0, both.stderr
    added = {(e["type"], name) for name, e in entities(both).items() if name not in entities(alone)}
    assert added == {("organization", "晨光社"), ("person", "孟小冬")} - {("person", n) for n in entities(alone)}
    for line in both.stdout.splitlines():
        VALIDATORS["article"].validate(json.loads(line))


def test_a_model_that_cannot_be_loaded_stops_the_run(run: Run, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}", "utf-8")
    result = run("extract", pages, "-o", tmp_path / "r.jsonl", "--model", tmp_path)
    assert (result.exit_code, "extraction cannot start" in result.stderr) == (1, True), result.stderr
    assert not (tmp_path / "r.jsonl").exists()


def test_text_prints_what_source_ranges_count_in(run: Run, pages: Path) -> None:
    printed = run("text", pages / "a.txt")
    assert printed.exit_code == 0, printed.stderr
    record = json.loads(run("extract", pages / "a.txt", "-o", "-").stdout.splitlines()[0])
    for block in record["blocks"]:
        whole = "".join(printed.stdout[start:end] for start, end in block["source"])
        assert "".join(whole.split()) == "".join(record["text"][block["start"] : block["end"]].split())
    marks = run("text", pages / "a.txt", "--marks")
    assert (marks.exit_code, "the format says nothing of its parts" in marks.stdout) == (0, True)
    assert run("text", pages / "no.txt").exit_code == terminal.REJECTED


def test_text_shows_the_marks_of_a_table_s_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("标题,正文,日期\n柳巷灯亮,居民都说好。,2024-03-12\n河边柳绿,春天来了。,\n", "utf-8")
    result = run("text", f"{tmp_path / 't.csv'}!1", "--marks")
    assert result.exit_code == 0, result.stderr
    assert "2024-03-12" in result.stdout
    assert any("main" in line and "柳巷灯亮" in line for line in result.stdout.splitlines())
    assert "河边柳绿" not in result.stdout
    other = run("text", f"{tmp_path / 't.csv'}!1", "--map", "text=标题,title=正文")
    assert other.stdout.index("居民都说好") < other.stdout.index("柳巷灯亮")
    assert run("text", f"{tmp_path / 't.csv'}!9").exit_code == 2


def test_every_kind_of_input_at_once_and_the_summary_counts_them(
    run: Run, pages: Path, page_text: str, tmp_path: Path
) -> None:
    (pages / "c.txt").write_text(page_text, "gb18030")
    (pages / "d.html").write_text(f"<html><body><h1>柳巷灯亮</h1><p>{page_text}</p></body></html>", "utf-8")
    (tmp_path / "list").write_text(f"{pages / 'a.txt'}\n{pages / 'c.txt'}\n", "utf-8")
    out = tmp_path / "r.jsonl"
    result = run("extract", f"{pages}/*.txt", pages / "d.html", "--from-file", tmp_path / "list", "-o", out)
    assert result.exit_code == 0, result.stderr
    paths = list(dict.fromkeys(Path(r["source"]["path"]).name for r in lines(out)))  # type: ignore[index]
    assert paths == ["a.txt", "c.txt", "d.html"]
    (read,) = [line for line in result.stderr.splitlines() if line.startswith("read ")]
    assert {"2 text utf-8", "2 text gb18030", "1 html utf-8"} == set(read.removeprefix("read").strip().split(", "))


def test_a_pattern_for_names_is_used_and_misfits_are_counted(run: Run, pages: Path, page_text: str) -> None:
    (pages / "柳巷通讯_12.03.24_A07.txt").write_text(page_text, "utf-8")
    result = run("extract", pages, "-o", "-", "--name-pattern", "{paper}_{date:%d.%m.%y}_{page}")
    found = {Path(r["source"]["path"]).name: r["source"] for r in map(json.loads, result.stdout.splitlines())}
    source = found["柳巷通讯_12.03.24_A07.txt"]
    assert (source["paper"], source["issue_date"], source["page"]) == ("柳巷通讯", "2024-03-12", 7)
    assert found["2024-03-12-A05.txt"]["page"] == 5
    assert "noted      2 × its name does not fit --name-pattern" in result.stderr


def test_what_the_page_s_own_header_says_is_taken(run: Run, page_text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"柳州社区报 2023年12月4日 星期一 第06版\n\n{page_text}", "utf-8")
    source = json.loads(run("extract", tmp_path / "a.txt", "-o", "-").stdout.splitlines()[0])["source"]
    assert (source["paper"], source["issue_date"], source["page"]) == ("柳州社区报", "2023-12-04", 6)
    (tmp_path / "a.txt").rename(tmp_path / "2023-12-05.txt")
    result = run("extract", tmp_path, "-o", "-")
    assert json.loads(result.stdout.splitlines()[0])["source"]["issue_date"] == "2023-12-05"
    assert "noted" in result.stderr
