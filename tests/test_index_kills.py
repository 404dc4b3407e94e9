"""Indexing that is killed at many points, or that runs out of disk: nothing half, nothing twice, nothing lost."""

import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import work
from corpus.archive import database, records
from corpus.sources import PageFile
from tests.conftest import PAGE
from tests.indexing_program import index

ROOT = Path(__file__).parent.parent
PROGRAM = Path(__file__).with_name("indexing_program.py")
KILLS = 8

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs signals and limits of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eighty pages and a table of forty."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for at in range(80):
        (folder / f"{at:02}.txt").write_text(f"第{at}社区\n{PAGE * 3}", "utf-8")
    rows = "\n".join(f"第{at}街道,居民种树{at}棵。" for at in range(40))
    (folder / "table.csv").write_text(f"标题,正文\n{rows}", "utf-8")
    return folder


def exported(archive: Path) -> bytes:
    with database.reading(archive) as opened:
        return b"".join(records.lines(opened))


def check(archive: Path) -> int:
    """Nothing is half or twice; how many sources there are. Looked at as another program would, without our code."""
    with contextlib.closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        if not opened.execute("PRAGMA user_version").fetchone()[0]:
            return 0
        half = opened.execute(
            "SELECT count(*) FROM source LEFT JOIN page ON page.source = source.id LEFT JOIN article ON"
            " article.page = page.id WHERE article.id IS NULL OR source.member IS NULL"
        ).fetchone()[0]
        twice = opened.execute("SELECT count(*) - count(DISTINCT path) FROM v_source").fetchone()[0]
        count: int = opened.execute("SELECT count(*) FROM source").fetchone()[0]
        assert (half, twice) == (0, 0)
    return count


def start(archive: Path, *arguments: str | Path, limit: int | None = None) -> subprocess.Popen[str]:
    """Index in a process of its own; `limit`: bytes that a file may have, as on a disk that gets full."""

    def narrow() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, str(PROGRAM), str(archive), *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=narrow)


def killed(process: subprocess.Popen[str], after: float) -> bool:
    """Kill it `after` seconds; whether it was still running."""
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    return False


def test_killed_at_any_moment_it_goes_on_and_ends_as_if_undisturbed(tmp_path: Path, folder: Path) -> None:
    undisturbed, archive = tmp_path / "undisturbed.db", tmp_path / "archive.db"
    started = time.monotonic()
    assert start(undisturbed, folder, "--slow", "0.02").wait(60) == 0
    whole = time.monotonic() - started
    chance, stored, kills = random.Random(5), 0, 0
    for _ in range(KILLS):
        # from while it starts to a good part of the way
        if not killed(start(archive, folder, "--slow", "0.02"), chance.uniform(0.02, 0.5) * whole):
            break
        kills += 1
        if archive.exists():
            now = check(archive)
            assert now >= stored, "an earlier record is lost"
            stored = now
    assert kills >= 3
    assert stored > 0
    assert start(archive, folder).wait(60) == 0
    assert check(archive) == 120
    assert exported(archive) == exported(undisturbed)


def test_killed_while_it_replaces_and_drops(tmp_path: Path, folder: Path) -> None:
    undisturbed, archive = tmp_path / "undisturbed.db", tmp_path / "archive.db"
    index(archive, [folder])
    for at in range(0, 80, 2):
        (folder / f"{at:02}.txt").write_text(f"第{at}社区（新）\n{PAGE}", "utf-8")
    rows = "\n".join(f"第{at}街道,居民种树{at}棵。" for at in (99, *range(40)))
    (folder / "table.csv").write_text(f"标题,正文\n{rows}", "utf-8")
    (folder / "inner").mkdir()
    for at in range(1, 80, 4):
        (folder / f"{at:02}.txt").rename(folder / "inner" / f"{at:02}.txt")
    index(undisturbed, [folder])
    chance = random.Random(7)
    for _ in range(4):
        if not killed(start(archive, folder, "--slow", "0.03"), chance.uniform(0.3, 1.5)):
            break
        assert check(archive) >= 120, "an earlier record is lost"
    assert start(archive, folder).wait(60) == 0
    assert check(archive) == 121
    assert exported(archive) == exported(undisturbed)


@pytest.mark.parametrize("limit", [30_000, 250_000])
def test_a_full_disk_loses_nothing_and_is_told(tmp_path: Path, folder: Path, limit: int) -> None:
    archive = tmp_path / "archive.db"
    full = start(archive, folder, limit=limit)
    _, told = full.communicate(timeout=60)
    assert full.returncode == 1
    assert "free space on the disk and run the same command again" in told
    assert "Traceback" not in told
    assert (check(archive) if archive.exists() else 0) < 120
    assert start(archive, folder).wait(60) == 0
    assert check(archive) == 120
    index(tmp_path / "anew.db", [folder])
    assert exported(archive) == exported(tmp_path / "anew.db")


def test_a_disk_that_gets_full_between_two_commits_keeps_what_was_committed(tmp_path: Path, folder: Path) -> None:
    archive = tmp_path / "archive.db"
    index(archive, [folder / "00.txt", folder / "01.txt"])
    before = exported(archive)
    with database.reading(archive) as opened:
        pages = opened.execute("PRAGMA page_count").fetchone()[0]
    full = start(archive, folder, "--pages", str(pages + 4), "--slow", "0.02")
    _, told = full.communicate(timeout=60)
    assert (full.returncode, "database or disk is full" in told) == (1, True)
    assert check(archive) >= 2
    assert exported(archive).startswith(before)
    assert start(archive, folder).wait(60) == 0
    assert check(archive) == 120


def whole_program(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """The command line itself, workers and all, in a process group of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def stored_in(archive: Path) -> int:
    """How many sources a running program has committed."""
    if not archive.exists():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as opened:
            return int(opened.execute("SELECT count(*) FROM source").fetchone()[0])
    except sqlite3.Error:  # it is just being made
        return 0


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for a condition while a process runs."""
    while process.poll() is None and not condition():
        time.sleep(0.01)


def test_the_program_itself_killed_as_it_goes_on_ends_like_extract(tmp_path: Path) -> None:
    folder, archive = tmp_path / "pages", tmp_path / "archive.db"
    folder.mkdir()
    for at in range(60):
        (folder / f"{at:02}.txt").write_text(PAGE.replace("30余名", f"{at + 3}名"), "utf-8")
    command: Sequence[str | Path] = ("index", folder, "--archive", archive, "--jobs", "1")
    for goal in (1, 25):
        process = whole_program(*command)
        until(lambda goal=goal: stored_in(archive) >= goal, process)  # type: ignore[misc]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        assert goal <= check(archive) <= 60
    assert whole_program(*command).wait(120) == 0
    assert check(archive) == 60
    settings = work.Settings()
    lines = [
        work.process(settings, PageFile(str(path), path.read_bytes())).records for path in sorted(folder.iterdir())
    ]
    assert exported(archive) == b"".join(lines)
