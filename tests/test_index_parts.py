"""`index` over records in parts: the archive is what it would be had the pages themselves been read."""

import hashlib
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import part_folder
from corpus.archive import database, records
from corpus.archive.tasks import Event, How
from tests.indexing_program import FAILING, HOW, index, write_parts

Run = Callable[..., Result]
NEWER = How("2", "{}", "{}")
OWN = ("file", "part", "part_source")
"""Tables that tell what the archive was made from: the others are the same either way."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages of Yantai's, two in an archive, three in a table; one is empty, one fails."""
    folder = tmp_path / "烟台社区报"
    folder.mkdir()
    for at in range(7):
        (folder / f"2024-03-0{at + 1}_{at}.txt").write_text(page(at), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "fails.txt").write_text(FAILING, "utf-8")
    (folder / "text.csv").write_text("text\n" + "".join(f"第{at}社区修好路灯{at}盏\n" for at in range(3)), "utf-8")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for at in (7, 8):
            archive.writestr(f"{at}.txt", page(at))
        archive.writestr("none.txt", "")
    return folder


@pytest.fixture
def parts(tmp_path: Path, pages: Path) -> Path:
    """Their records in parts."""
    write_parts(tmp_path / "records", [pages])
    return tmp_path / "records"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Where an archive can be made."""
    return tmp_path / "archive.db"


def page(number: int) -> str:
    """A page of Yantai's that differs by its number."""
    return f"第{number}社区\n居民晾晒海带{number}处。\n热线"


def exported(archive: Path) -> bytes:
    """All records as `export` writes them."""
    with database.reading(archive) as opened:
        return b"".join(records.lines(opened))


def content(archive: Path) -> dict[str, list[str]]:
    """Every row of the tables that say what was read, without the ids that rows happen to have."""
    with database.reading(archive) as opened:
        names = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(repr(tuple(row)) for row in opened.execute(f"SELECT * FROM {name}"))
            for name in names
            if name not in OWN and not name.startswith(("sqlite", "article_words"))
        }


def rejects(archive: Path, *paths: Path, **options: Any) -> list[tuple[str, str, str]]:
    """Index, and what is told of rejects: name of the file, reason, message."""
    found: list[Event] = []
    index(archive, paths, told=found.append, **options)
    return [(Path(r.path).name, r.reason, r.message) for event in found for r in event.rejects]


def test_it_is_what_indexing_the_pages_gives(parts: Path, pages: Path, archive: Path, tmp_path: Path) -> None:
    index(tmp_path / "pages.db", [pages])
    summary = index(archive, [parts])
    assert (summary.sources["new"], summary.sources["rejected"]) == (12, 3)
    assert exported(archive) == exported(tmp_path / "pages.db") != b""
    assert content(archive) == content(tmp_path / "pages.db")
    with database.reading(archive) as opened:
        assert records.page_text(opened, 1)[0] == page(0)


def test_pages_that_are_given_afterwards_are_known(parts: Path, pages: Path, archive: Path) -> None:
    index(archive, [parts])
    seen: list[str] = []
    summary = index(archive, [pages], seen=seen)
    assert (summary.sources["unchanged"], seen, summary.vanished) == (12, [], [])


def test_pages_and_parts_in_one_run(parts: Path, pages: Path, archive: Path) -> None:
    summary = index(archive, [pages, parts])
    assert (summary.sources["new"], summary.sources["unchanged"]) == (12, 12)


def test_a_part_that_was_taken_is_not_read_again(parts: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rejects(archive, parts)
    monkeypatch.setattr(part_folder, "read", lambda *given: pytest.fail("it was read"))
    summary = index(archive, [parts])
    assert (summary.sources["unchanged"], summary.sources["rejected"], summary.vanished) == (12, 3, [])
    assert sorted(rejects(archive, parts)) == sorted(first)


def test_a_newer_part_replaces_what_an_older_one_said(parts: Path, pages: Path, archive: Path, tmp_path: Path) -> None:
    index(archive, [parts])
    (pages / "2024-03-01_0.txt").write_text(page(90), "utf-8")
    (pages / "2024-03-02_1.txt").rename(pages / "2024-03-02_10.txt")
    (pages / "2024-03-03_2.txt").unlink()
    (pages / "new.txt").write_text(page(91), "utf-8")
    write_parts(parts, [pages])
    summary = index(archive, [parts])
    counted = {kind: summary.sources[kind] for kind in ("new", "changed", "moved")}
    assert counted == {"new": 1, "changed": 1, "moved": 1}
    assert [Path(each.path).name for each in summary.vanished] == ["2024-03-03_2.txt"]
    assert [Path(each.path).name for each in index(archive, [parts]).vanished] == ["2024-03-03_2.txt"]
    assert index(archive, [parts], drop_vanished=True).dropped == 1
    index(tmp_path / "pages.db", [pages])
    assert exported(archive) == exported(tmp_path / "pages.db")
    assert index(archive, [parts]).vanished == []


def test_rows_that_change_places(parts: Path, pages: Path, archive: Path, tmp_path: Path) -> None:
    index(archive, [parts])
    rows = (pages / "text.csv").read_text("utf-8").splitlines()
    (pages / "text.csv").write_text("\n".join([rows[0], "第9社区添置长椅9把", *rows[:0:-1]]) + "\n", "utf-8")
    write_parts(parts, [pages])
    index(archive, [parts], drop_vanished=True)
    index(tmp_path / "pages.db", [pages])
    assert exported(archive) == exported(tmp_path / "pages.db")


def test_records_of_another_version_replace_those_of_an_older_part(parts: Path, pages: Path, archive: Path) -> None:
    index(archive, [parts])
    write_parts(parts, [pages], NEWER)
    foretold = index(archive, [parts], replace(NEWER, dry_run=True))
    assert foretold.records["changed"] == 12
    summary = index(archive, [parts], NEWER)
    assert (summary.sources["refreshed"], summary.records["changed"], summary.older) == (12, 12, 0)
    assert b'"keywords":["2"]' in exported(archive)


def test_what_this_very_program_made_is_not_replaced_by_an_older_one(parts: Path, pages: Path, archive: Path) -> None:
    index(archive, [pages], NEWER)
    assert index(archive, [parts], NEWER).sources["unchanged"] == 12
    assert b'"keywords":["1"]' not in exported(archive)


def test_a_dry_run_changes_nothing(parts: Path, archive: Path, tmp_path: Path) -> None:
    index(archive, [tmp_path / "烟台社区报" / "2024-03-01_0.txt"])
    before = exported(archive)
    summary = index(archive, [parts], replace(HOW, dry_run=True))
    assert (summary.sources["new"], summary.sources["unchanged"]) == (11, 1)
    assert exported(archive) == before
    assert index(archive, [parts]).sources["new"] == 11


def test_a_run_that_is_stopped_goes_on_where_it_was(parts: Path, archive: Path, tmp_path: Path, pages: Path) -> None:
    stop = 7

    def told(event: Event) -> None:
        nonlocal stop
        stop -= 1
        if not stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(archive, [parts], told=told)
    index(archive, [parts])
    index(tmp_path / "pages.db", [pages])
    assert exported(archive) == exported(tmp_path / "pages.db")
    assert index(archive, [parts]).sources["unchanged"] == 12


def cut(path: Path) -> None:
    """Leave half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def turn(path: Path) -> None:
    """Another byte in the middle, the size as it was."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("kind", ["part", "sources"])
@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (Path.unlink, "cannot be read (No such file"),
        (cut, "bytes and the manifest says"),
        (turn, "its digest is not the manifest's"),
    ],
)
def test_a_damaged_part_is_named_and_the_rest_goes_on(
    parts: Path, pages: Path, archive: Path, tmp_path: Path, kind: str, harm: Callable[[Path], None], message: str
) -> None:
    victim = sorted(parts.glob(f"{kind}-*"))[1]
    harm(victim)
    broken = [each for each in rejects(archive, parts) if each[1] == "broken_part"]
    assert [(name, message in told) for name, _, told in broken] == [(victim.name, True)]
    assert 0 < exported(archive).count(b"\n") < 12
    victim.unlink(missing_ok=True)
    write_parts(parts, [pages])
    assert [each for each in rejects(archive, parts) if each[1] == "broken_part"] == []
    index(tmp_path / "pages.db", [pages])
    assert exported(archive) == exported(tmp_path / "pages.db")


def test_a_part_that_is_lost_after_it_was_taken_costs_nothing(parts: Path, archive: Path) -> None:
    index(archive, [parts])
    sorted(parts.glob("part-*"))[0].unlink()
    (broken,) = [each for each in rejects(archive, parts, drop_vanished=True) if each[1] == "broken_part"]
    assert "what was taken of it before is kept" in broken[2]
    assert exported(archive).count(b"\n") == 12


@pytest.mark.parametrize(
    "data",
    [b'{"schema":"manifest/2"', b'{"schema":"manifest/9","parts":[]}', b'{"schema":"manifest/1","parts":[]}',
     b'{"schema":"manifest/2","complete":true,"version":"1","records":0,"parts":[{}]}',
     b'{"schema":"manifest/2","complete":true,"version":"1","records":0,"parts":7}'],
)  # fmt: skip
def test_a_manifest_that_is_none(parts: Path, archive: Path, data: bytes) -> None:
    (parts / "manifest.json").write_bytes(data)
    ((name, reason, _),) = rejects(archive, parts)
    assert (name, reason) == ("manifest.json", "broken_part")


def test_a_manifest_leads_nowhere_else(parts: Path, archive: Path) -> None:
    told = json.loads((parts / "manifest.json").read_text("utf-8"))
    told["parts"][0]["name"] = "../../etc/passwd"
    (parts / "manifest.json").write_text(json.dumps(told, separators=(",", ":")), "utf-8")
    ((_, reason, message),) = rejects(archive, parts)
    assert (reason, "no part is called" in message) == ("broken_part", True)


def forged(parts: Path, kind: str, line: Callable[[dict[str, Any]], object]) -> None:
    """Change the first line of the first part, and the manifest so that it fits."""
    path = sorted(parts.glob(f"{kind}-*"))[0]
    lines = path.read_bytes().splitlines(keepends=True)
    values = json.loads(lines[0])
    line(values)
    rewritten(
        parts, path, json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n" + b"".join(lines[1:])
    )


def rewritten(parts: Path, path: Path, data: bytes) -> None:
    """Another content of a part's file, and the manifest so that it fits."""
    path.write_bytes(data)
    told = json.loads((parts / "manifest.json").read_text("utf-8"))
    (part,) = [each for each in told["parts"] if each["name"].split("-", 1)[1] == path.name.split("-", 1)[1]]
    names = ("bytes", "sha256") if path.name.startswith("part") else ("sources_bytes", "sources_sha256")
    part.update(zip(names, (len(data), hashlib.sha256(data).hexdigest()), strict=True))
    (parts / "manifest.json").write_text(json.dumps(told, separators=(",", ":"), ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("kind", "forge", "message"),
    [
        ("part", lambda v: v.update(kind="novel"), "line 1, kind"),
        ("part", lambda v: v.pop("text"), "text"),
        ("part", lambda v: v.update(extra=1), "extra"),
        ("part", lambda v: v.update(title="别的标题"), "not those of its text"),
        ("part", lambda v: v["source"].update(paper="另一家报"), "of another page"),
        ("part", lambda v: v["entities"][0]["mentions"][0].update(end=9999), "leaves the article's text"),
        ("part", lambda v: v["counts"].clear(), "contradict"),
        ("part", lambda v: v["blocks"][0].update(source=[[0, 9999]]), "leaves the page's text"),
        ("sources", lambda v: v["pages"][0].update(articles=9), "another page|fewer records"),
        ("sources", lambda v: v["pages"][0].update(articles=0), "another page|more records"),
        ("sources", lambda v: v.update(location=None), "nowhere"),
        ("sources", lambda v: v.update(location={"hex": "x"}), "location"),
        ("sources", lambda v: v["pages"][0].update(leftovers=[["hotline", 5, 2]]), "leftover"),
        ("sources", lambda v: v["pages"][0]["source"].update(page=2**70), ""),
        ("sources", lambda v: v.update(rejects=[{"path": "a", "reason": "mood", "message": "m"}]), "mood"),
        ("sources", lambda v: v.update(sha256="00"), "sha256"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(
    parts: Path, archive: Path, kind: str, forge: Callable[[dict[str, Any]], object], message: str
) -> None:
    forged(parts, kind, forge)
    told = [each for each in rejects(archive, parts) if each[1] in ("broken_part", "extraction_failed")]
    told = [each for each in told if "longer than" not in each[2]]
    assert [re.search(message, each[2]) is not None for each in told] == [True], told


@given(st.integers(0, 2**32), st.sampled_from(["part", "sources"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_bytes_are_it_ends_well(tmp_path_factory: pytest.TempPathFactory, seed: int, kind: str) -> None:
    folder, chance = tmp_path_factory.mktemp("forged"), random.Random(seed)
    for at in range(2):
        (folder / f"{at}.txt").write_text(page(at), "utf-8")
    write_parts(folder / "records", [folder / "0.txt", folder / "1.txt"])
    path = next((folder / "records").glob(f"{kind}-*"))
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = bytes(
            chance.choices(b'0129{}[]",:n\\ae-.\xe4\n', k=chance.randint(0, 3))
        )
    rewritten(folder / "records", path, bytes(data))
    found = rejects(folder / "a.db", folder / "records")
    assert {reason for _, reason, _ in found} <= {"broken_part", "extraction_failed"}
    with database.reading(folder / "a.db") as opened:
        assert [row[0] for row in opened.execute("PRAGMA integrity_check")] == ["ok"]


def test_the_program(run: Run, page_text: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "papers", tmp_path / "out"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text(page_text, "utf-8")
    (folder / "b" / "2024-03-12-A05.txt").write_text(page_text.replace("玉泉", "回民"), "utf-8")
    for arguments in (
        ("extract", folder, "-o", out, "--partition-size", 1, "--jobs", 1),
        ("index", out, "--archive", tmp_path / "parts.db"),
        ("index", folder, "--archive", tmp_path / "pages.db", "--jobs", 1),
    ):
        assert run(*map(str, arguments)).exit_code == 0
    assert exported(tmp_path / "parts.db") == exported(tmp_path / "pages.db") != b""
    found = run("search", "红马甲", "--archive", tmp_path / "parts.db")
    assert (found.exit_code, "2 articles" in found.stderr + found.stdout) == (0, True), found.stdout + found.stderr
    wrong = run("extract", tmp_path, "-o", "-", "--jobs", 1)
    assert (wrong.exit_code, wrong.stderr.count("give the folder to index")) == (3, 1)
    again = run("index", out, "--archive", tmp_path / "parts.db")
    assert "2 unchanged" in again.stderr
