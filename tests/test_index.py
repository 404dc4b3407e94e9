"""What a run of `index` does with what is new, changed, moved, vanished, rejected, or made by another version."""

import io
import json
import os
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from corpus.archive import database, planning, records
from corpus.archive.tasks import Event
from tests.conftest import PAGE
from tests.indexing_program import FAILING, HOW, index

OLD = 1_700_000_000
"""A time long ago: a file that has it is trusted to be what it was."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Where an archive can be made."""
    return tmp_path / "archive.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pages, all old."""
    folder = tmp_path / "洛阳社区报"
    folder.mkdir()
    for at in range(6):
        write(folder / f"{at}.txt", at)
    return folder


def write(path: Path, number: int) -> None:
    """A page of Luoyang's that differs by its number, old."""
    path.write_text(f"第{number}社区\n居民清扫积雪{number}处。\n热线", "utf-8")
    age(path)


def age(path: Path, seconds: int = OLD) -> None:
    os.utime(path, (seconds, seconds))


def exported(archive: Path) -> bytes:
    with database.reading(archive) as opened:
        return b"".join(records.lines(opened))


def sound(archive: Path) -> bool:
    """Whether SQLite finds nothing wrong, and nothing is left that belongs to nothing."""
    with database.reading(archive) as opened:
        checks = [row[0] for row in opened.execute("PRAGMA integrity_check")]
        foreign = opened.execute("PRAGMA foreign_key_check").fetchall()
        lost = opened.execute("SELECT count(*) FROM source WHERE member IS NULL").fetchone()[0]
        orphans = opened.execute("SELECT count(*) FROM article WHERE page NOT IN (SELECT id FROM page)").fetchone()[0]
    return (checks, foreign, lost, orphans) == (["ok"], [], 0, 0)


def same_as_anew(archive: Path, *paths: Path, how: object = HOW) -> bool:
    """Whether the archive holds what one made of the paths at once would hold, byte for byte."""
    anew = archive.with_name("anew.db")
    anew.unlink(missing_ok=True)
    index(anew, paths, how)  # type: ignore[arg-type]
    return exported(archive) == exported(anew) and sound(archive)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file had been there for long: its times are trusted."""
    monkeypatch.setattr(planning, "SETTLES", -(10**18))


@pytest.mark.usefixtures("trusted")
def test_what_is_unchanged_is_not_even_read(archive: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert index(archive, [folder]).sources == {"new": 6}
    stored, exports = archive.read_bytes(), exported(archive)
    assert len(exports.splitlines()) == 6
    monkeypatch.setattr("corpus.sources._read", None)
    assert index(archive, [folder]).sources == {"unchanged": 6}
    # and not a byte of the archive changes
    assert archive.read_bytes() == stored


def test_a_file_too_young_to_be_trusted_is_told_by_its_bytes(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    with database.reading(archive) as opened:
        assert opened.execute("SELECT count(*) FROM file WHERE size IS NULL").fetchone()[0] == 6
    seen: list[str] = []
    assert index(archive, [folder], seen=seen).sources == {"unchanged": 6}
    assert seen == []


def test_only_what_is_new_or_changed_is_extracted(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    write(folder / "3.txt", 33)
    write(folder / "7.txt", 7)
    seen: list[str] = []
    assert index(archive, [folder], seen=seen).sources == {"unchanged": 5, "changed": 1, "new": 1}
    assert [Path(path).name for path in seen] == ["3.txt", "7.txt"]
    assert same_as_anew(archive, folder)


@pytest.mark.usefixtures("trusted")
def test_an_edit_that_keeps_size_and_date_is_seen(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    write(folder / "3.txt", 8)
    assert index(archive, [folder]).sources == {"unchanged": 5, "changed": 1}
    assert same_as_anew(archive, folder)


def test_new_times_alone_change_nothing(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    for path in folder.iterdir():
        path.touch()
    assert index(archive, [folder]).sources == {"unchanged": 6}


def test_another_name_for_the_same_place_is_the_same_place(
    archive: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(archive, [folder])
    before = exported(archive)
    monkeypatch.chdir(folder)
    assert index(archive, ["."]).sources == {"unchanged": 6}
    link = folder.with_name("link")
    link.symlink_to(folder)
    assert index(archive, [link, folder, folder / "1.txt"]).sources == {"unchanged": 6}
    assert exported(archive) == before


def test_two_folders_of_the_same_name_do_not_replace_each_other(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, year in enumerate(("2023", "2024")):
        (tmp_path / year / "pages").mkdir(parents=True)
        write(tmp_path / year / "pages" / "1.txt", at)
        monkeypatch.chdir(tmp_path / year)
        assert index(archive, ["pages"]).sources == {"new": 1}
    assert len(exported(archive).splitlines()) == 2


def test_what_moved_is_recognised_and_not_extracted(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    (folder / "2.txt").rename(folder / "9.txt")
    moved = folder.rename(folder.with_name("洛阳社区报-旧"))
    seen: list[str] = []
    summary = index(archive, [moved], seen=seen)
    assert (summary.sources, seen, summary.vanished) == ({"moved": 6}, [], [])
    assert same_as_anew(archive, moved)


def test_what_moved_to_a_name_that_says_another_date_is_read_again(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    (folder / "2.txt").rename(folder / "2024-03-12-A05.txt")
    seen: list[str] = []
    assert index(archive, [folder], seen=seen).sources == {"unchanged": 5, "moved": 1}
    assert len(seen) == 1
    assert same_as_anew(archive, folder)
    assert b'"issue_date":"2024-03-12"' in exported(archive)


def test_a_copy_is_another_source_with_the_same_id(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    (folder / "copy.txt").write_bytes((folder / "1.txt").read_bytes())
    assert index(archive, [folder]).sources == {"unchanged": 6, "new": 1}
    ids = Counter(json.loads(line)["id"] for line in exported(archive).splitlines())
    assert sorted(ids.values()) == [1, 1, 1, 1, 1, 2]
    assert same_as_anew(archive, folder)


def test_two_files_that_change_places_do(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    (folder / "1.txt").rename(folder / "x")
    (folder / "2.txt").rename(folder / "1.txt")
    (folder / "x").rename(folder / "2.txt")
    index(archive, [folder])
    assert same_as_anew(archive, folder)


def test_what_vanished_is_named_and_kept_until_it_is_to_be_dropped(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    (folder / "1.txt").unlink()
    (folder / "4.txt").unlink()
    summary = index(archive, [folder])
    assert [Path(each.path).name for each in summary.vanished] == ["1.txt", "4.txt"]
    assert (summary.dropped, summary.articles) == (0, 6)
    summary = index(archive, [folder], drop_vanished=True)
    assert (summary.dropped, summary.articles) == (2, 4)
    assert same_as_anew(archive, folder)
    assert index(archive, [folder], drop_vanished=True).vanished == []


def test_only_what_is_under_the_paths_given_can_vanish(archive: Path, folder: Path, tmp_path: Path) -> None:
    beside = tmp_path / "洛阳社区报2"  # a name that only begins alike
    beside.mkdir()
    write(beside / "0.txt", 50)
    index(archive, [folder, beside])
    (folder / "1.txt").unlink()
    (folder / "2.txt").unlink()
    (beside / "0.txt").unlink()
    write(beside / "1.txt", 51)
    assert index(archive, [folder / "1.txt"], drop_vanished=True).dropped == 1
    assert index(archive, [folder / "3.txt"], drop_vanished=True).dropped == 0
    assert index(archive, [folder], drop_vanished=True).dropped == 1
    assert index(archive, [beside], drop_vanished=True).dropped == 1


def test_a_disk_that_is_not_mounted_has_not_vanished(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    before = exported(archive)
    (folder.parent / "readme.txt").write_text("另一份文件", "utf-8")
    for path in folder.iterdir():
        path.unlink()
    assert index(archive, [folder], drop_vanished=True).dropped == 0  # an empty mount point
    folder.rmdir()
    assert index(archive, [folder], drop_vanished=True).dropped == 0  # one that went with its disk
    assert exported(archive) == before
    # who means it names the folder above
    assert index(archive, [folder.parent], drop_vanished=True).dropped == 6


def test_a_folder_that_may_not_be_read_has_not_vanished(
    archive: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = folder / "inner"
    inner.mkdir()
    write(inner / "8.txt", 8)
    index(archive, [folder])
    scan = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr("corpus.sources.os.scandir", refused)
    summary = index(archive, [folder], drop_vanished=True)
    assert (summary.vanished, summary.articles) == ([], 7)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_names_that_are_no_utf8_are_known_again(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    write(folder / "1.txt", 1)
    page = os.path.join(os.fsencode(folder), "第8版.txt".encode("gbk"))  # as unzipped from Chinese Windows
    Path(os.fsdecode(page)).write_text("第8社区\n居民种树。\n热线", "utf-8")
    assert index(archive, [folder]).sources == {"new": 2}
    assert index(archive, [folder]).sources == {"unchanged": 2}
    assert "第8版.txt".encode() in exported(archive)
    os.unlink(page)
    assert [each.path.rpartition("/")[2] for each in index(archive, [folder]).vanished] == ["第8版.txt"]
    assert index(archive, [folder], drop_vanished=True).articles == 1


def test_another_text_piped_in_does_not_replace_the_first(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(2):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"第{at}社区\n居民种树。\n热线".encode())))
        assert index(archive, ["-"], drop_vanished=True).sources == {"new": 1}
    assert len(exported(archive).splitlines()) == 2


def test_members_of_an_archive_are_sources(archive: Path, folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "三月.zip"
    zipped(packed, {f"{at}.txt": (folder / f"{at}.txt").read_bytes() for at in range(5)})
    assert index(archive, [packed]).sources == {"new": 5}
    assert index(archive, [packed]).sources == {"unchanged": 5}
    members = {f"{at}.txt": (folder / f"{at}.txt").read_bytes() for at in (0, 1, 2, 5)}
    members["moved/3.txt"] = (folder / "3.txt").read_bytes()
    zipped(packed, members)
    summary = index(archive, [packed], drop_vanished=True)
    assert summary.sources == {"unchanged": 3, "new": 1, "moved": 1}
    assert [each.path.partition("!")[2] for each in summary.vanished] == ["4.txt"]
    assert same_as_anew(archive, packed)
    later = packed.rename(tmp_path / "四月.zip")
    assert index(archive, [later]).sources == {"moved": 5}
    assert same_as_anew(archive, later)


def zipped(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)


def test_a_row_put_in_at_the_top_moves_the_others(archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "报.csv"
    rows = [f"第{at}社区,居民种树{at}棵。" for at in range(30)]
    table.write_text("\n".join(["标题,正文", *rows]), "utf-8")
    assert index(archive, [table]).sources == {"new": 30}
    table.write_text("\n".join(["标题,正文", "第99社区,居民种树99棵。", *rows[:10], *rows[11:], rows[4]]), "utf-8")
    seen: list[str] = []
    summary = index(archive, [table], seen=seen)
    assert len(seen) <= 3
    assert summary.sources["moved"] >= 9
    assert same_as_anew(archive, table)


def test_a_broken_archive_loses_nothing_of_before(archive: Path, folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "三月.zip"
    zipped(packed, {f"{at}.txt": (folder / f"{at}.txt").read_bytes() for at in range(5)})
    index(archive, [packed])
    before = exported(archive)
    packed.write_bytes(packed.read_bytes()[:-40])
    summary = index(archive, [packed], drop_vanished=True)
    assert (summary.sources, summary.dropped) == ({"rejected": 1}, 0)
    assert exported(archive) == before
    assert sound(archive)


def test_rejects_are_kept_and_shown_and_not_tried_again(archive: Path, folder: Path) -> None:
    (folder / "6.txt").write_text(FAILING, "utf-8")
    (folder / "7.txt").write_bytes(b"")
    seen: list[str] = []
    for _ in range(3):
        told: list[Event] = []
        summary = index(archive, [folder], seen=seen, told=told.append)
        reasons = [reject.reason for event in told for reject in event.rejects]
        assert (summary.sources["rejected"], sorted(reasons)) == (2, ["empty", "time_limit"])
    assert len(seen) == 8
    # other limits: another try
    index(archive, [folder], replace(HOW, limits="600 seconds"), seen=seen)
    assert len(seen) == 10
    write(folder / "6.txt", 6)
    (folder / "7.txt").unlink()
    summary = index(archive, [folder])
    assert summary.sources == {"unchanged": 6, "new": 1}
    assert same_as_anew(archive, folder)


def test_a_page_that_cannot_be_read_any_more_keeps_its_records(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    before = exported(archive)
    (folder / "3.txt").write_text(f"{FAILING}\n", "utf-8")
    for _ in range(2):
        summary = index(archive, [folder], drop_vanished=True)
        assert (summary.sources, summary.vanished) == ({"unchanged": 5, "rejected": 1}, [])
        assert exported(archive) == before


def test_another_version_is_only_named_until_it_is_asked_for(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    before = exported(archive)
    newer = replace(HOW, version="2")
    summary = index(archive, [folder], newer)
    assert (summary.sources, summary.older) == ({"unchanged": 6}, 6)
    summary = index(archive, [folder], replace(newer, refresh=True, dry_run=True))
    assert (summary.sources, summary.records["changed"]) == ({"refreshed": 6}, 6)
    assert exported(archive) == before
    summary = index(archive, [folder], replace(newer, refresh=True))
    assert (summary.sources, summary.older) == ({"refreshed": 6}, 0)
    assert summary.records == {"changed": 6, "gone": 0, "appeared": 0, "same": 0}
    assert same_as_anew(archive, folder, how=newer)
    assert index(archive, [folder], replace(newer, refresh=True)).sources == {"unchanged": 6}


def test_what_fails_on_a_refresh_keeps_its_records(
    archive: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(archive, [folder])
    before = exported(archive)
    monkeypatch.setattr("tests.indexing_program.FAILING", "社区")
    summary = index(archive, [folder], replace(HOW, version="2", refresh=True))
    assert summary.sources == {"rejected": 6}
    assert exported(archive) == before


def test_a_dry_run_changes_nothing(archive: Path, folder: Path) -> None:
    index(archive, [folder])
    before = exported(archive)
    write(folder / "3.txt", 33)
    write(folder / "7.txt", 7)
    (folder / "1.txt").rename(folder / "one.txt")
    (folder / "4.txt").unlink()
    seen: list[str] = []
    summary = index(archive, [folder], replace(HOW, dry_run=True), seen=seen, drop_vanished=True)
    assert summary.sources == {"unchanged": 3, "changed": 1, "new": 1, "moved": 1}
    assert (len(summary.vanished), seen, exported(archive)) == (1, [], before)


def test_the_order_in_which_things_came_does_not_show(archive: Path, folder: Path) -> None:
    for name in ("5.txt", "0.txt", "3.txt"):
        index(archive, [folder / name])
    index(archive, [folder])
    assert same_as_anew(archive, folder)


def test_the_command_says_what_it_did_and_what_can_be_done(
    run: Callable[..., Result], pages: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.db"
    (pages / "empty.txt").write_bytes(b"")
    result = run("index", pages, "--archive", archive, "--jobs", 1)
    assert result.exit_code == 3, result.output
    assert "2 new, 1 rejected" in result.output
    assert "[empty]" in result.output
    with database.reading(archive) as opened:
        stored = list(records.every(opened))
        text, _ = records.page_text(opened, 1)
    assert text == PAGE
    assert f"{archive}: {len(stored)} articles" in result.output
    out = tmp_path / "records.jsonl"
    run("extract", pages, "-o", out, "--jobs", 1)
    assert exported(archive) == out.read_bytes()
    assert "冬日里的“红马甲”" in [record.title for record in stored]
    (pages / "a.txt").unlink()
    (pages / "empty.txt").unlink()
    result = run("index", pages, "--archive", archive, "--issue-date", "2024-03-13")
    assert result.exit_code == 0
    assert "--drop-vanished" in result.output
    assert "--refresh" in result.output
