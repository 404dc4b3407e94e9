"""The archive's file: what opens, what is refused and how, who may write, what is kept of a record and of a page."""

import contextlib
import errno
import functools
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import database, derive, migrations, packing, records
from corpus.archive.packing import Packing
from corpus.archive.spans_of_days import days
from corpus.archive.store import Store
from schemas.annotations import Count
from schemas.layout import Leftover
from tests.conftest import PAGE
from tests.indexing_program import index
from tests.test_records import FULL, RECORD

PROGRAM = Path(__file__).with_name("indexing_program.py")


@functools.cache
def trained() -> Packing:
    """What packs the records of a new archive."""
    return Packing(packing.train())


@pytest.fixture
def packs() -> Packing:
    """The same as a fixture."""
    return trained()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of two pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for at in range(2):
        (folder / f"{at}.txt").write_text(f"{at}{PAGE}", "utf-8")
    index(tmp_path / "archive.db", [folder])
    return tmp_path / "archive.db"


# records and pages


@pytest.mark.parametrize("record", [RECORD, FULL], ids=["plain", "full"])
def test_a_record_comes_back_as_it_was(packs: Packing, record: packing.ArticleRecord) -> None:
    article = record.article
    assert packs.record(packs.pack(record), article.id, article.kind, article.text, record.source) == record


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)
NUMBERS = st.one_of(st.integers(-(2**62), 2**64 - 1), st.floats(allow_nan=False, allow_infinity=False))


@settings(deadline=None)  # the first time the dictionary is trained
@given(TEXTS, st.lists(st.tuples(NUMBERS, st.none() | NUMBERS, TEXTS)), st.data())
def test_any_record_comes_back_as_it_was(
    text: str, drawn: list[tuple[float, float | None, str]], data: st.DataObject
) -> None:
    packs = trained()
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda span: span[0] < span[1])
    counts = []
    for n, (value, most, unit) in enumerate(drawn, 1):
        start, end = data.draw(spans)
        counts.append(Count(f"c{n}", text[start:end], start, end, value, most, unit, unit, "about"))
    record = replace(RECORD, article=replace(RECORD.article, text=text, blocks=()), counts=tuple(counts))
    assert packs.record(packs.pack(record), record.article.id, "article", text, record.source) == record


def test_damaged_bytes_are_named_and_no_crash(packs: Packing) -> None:
    packed = packs.pack(RECORD)
    for at in range(len(packed)):
        damaged = packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :]
        with contextlib.suppress(packing.PackingError):  # and nothing else is raised
            assert packs.record(damaged, "0", "article", RECORD.article.text, RECORD.source)


@given(st.text(st.characters(exclude_categories=("Cs",))), st.lists(TEXTS, max_size=3))
def test_a_page_comes_back_as_it_was(text: str, articles: list[str]) -> None:
    left = (Leftover("label", 0, 3), Leftover("hotline", 5, 9))
    assert packing.unpack_page(packing.pack_page(text, left, articles), articles) == (text, left)


def test_the_archive_holds_every_character_of_a_page(archive: Path) -> None:
    with database.reading(archive) as opened:
        pages = [records.page_text(opened, row["id"])[0] for row in opened.execute("SELECT id FROM page")]
        with pytest.raises(KeyError):
            records.page_text(opened, 99)
    assert pages == [f"0{PAGE}", f"1{PAGE}"]


def test_records_are_found_by_their_id_and_their_source(archive: Path) -> None:
    with database.reading(archive) as opened:
        every = list(records.every(opened))
        assert list(records.with_id(opened, every[1].article.id)) == [every[1]]
        assert list(records.of_articles(opened, [2, 99, 1])) == [every[1], every[0]]
        assert list(records.of_source(opened, 1)) == [every[0]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, None)),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023", ("2023-01-01", "2023-12-31")),
        ("19XX", ("1900-01-01", "1999-12-31")),
        ("2023-12/2024-02", ("2023-12-01", "2024-02-29")),
        ("2024-01-10/..", ("2024-01-10", None)),
        ("XXXX-06-07/XXXX-06-08", (None, None)),
        ("2024-03-07T15:00:00", ("2024-03-07", "2024-03-07")),
        ("2024-03~", ("2024-03-01", "2024-03-31")),
        ("2024-02-30", (None, None)),
        ("2024-13", (None, None)),
        ("0000", (None, None)),
        ("spring", (None, None)),
    ],
)
def test_dates_become_days_that_can_be_compared(value: str | None, expected: tuple[str | None, str | None]) -> None:
    assert days(value) == expected


# the tables


def test_numbers_too_large_for_sqlite_are_stored_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.txt"
    page.write_text("社区\n种树9棵。\n热线", "utf-8")
    monkeypatch.setattr("tests.indexing_program.int", lambda digit: 10**18 * int(digit) * 2, raising=False)
    index(tmp_path / "archive.db", [page])
    with database.reading(tmp_path / "archive.db") as opened:
        assert [row["value"] for row in opened.execute("SELECT value FROM v_count")] == [1.8e19]
        assert [record.counts[0].value for record in records.every(opened)] == [18 * 10**18]


def test_the_views_show_what_the_records_say(archive: Path) -> None:
    with database.reading(archive) as opened:
        record = next(records.every(opened))
        row = opened.execute("SELECT * FROM v_article ORDER BY path").fetchone()
        assert (row["record_id"], row["path"], row["text"]) == (
            record.article.id, record.source.path, record.article.text,
        )  # fmt: skip
        activity = opened.execute("SELECT * FROM v_activity WHERE article = ?", (record.article.id,)).fetchone()
        assert activity["organizers"] == f'["{record.entities[0].name}"]'
        assert (activity["date"], activity["first"], activity["last"]) == ("2024-03", "2024-03-01", "2024-03-31")
        assert [r["text"] for r in opened.execute("SELECT text FROM v_count WHERE article_id = ?", (row["id"],))] == [
            count.text for count in record.counts
        ]
        assert opened.execute("SELECT name FROM v_entity").fetchone()["name"] == record.entities[0].name
        assert opened.execute("SELECT sha256 FROM v_source").fetchone()["sha256"] == record.source.sha256


def test_every_table_and_view_of_the_core_is_documented() -> None:
    text = (Path(__file__).parent.parent / "docs" / "archive.md").read_text("utf-8")
    made = sqlite3.connect(":memory:", isolation_level=None)
    for statement in migrations.statements(migrations.steps()[0]):
        made.execute(statement)
    names = [row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    assert len(names) == 20
    assert [name for name in names if f"`{name}`" not in text] == []


def test_migrations_apply_one_after_the_other() -> None:
    made = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(made, 0)
    assert made.execute("PRAGMA user_version").fetchone() == (migrations.latest(),)
    assert made.execute("PRAGMA foreign_key_check").fetchall() == []


# derived tables


class Counted:
    """A derived table that counts what it is told."""

    version = 1

    def entering(self, opened: sqlite3.Connection, articles: object) -> None:
        """More articles."""
        opened.executemany("INSERT INTO archive VALUES ('seen' || ?, 1)", [(each,) for each in articles])  # type: ignore[attr-defined]

    def leaving(self, opened: sqlite3.Connection, articles: object) -> None:
        """Fewer; their rows are still there."""
        for each in articles:  # type: ignore[attr-defined]
            assert opened.execute("SELECT text FROM article WHERE id = ?", (each,)).fetchone()
            opened.execute("DELETE FROM archive WHERE key = 'seen' || ?", (each,))

    def finish(self, opened: sqlite3.Connection) -> None:
        """Count."""
        opened.execute("INSERT OR REPLACE INTO archive SELECT 'sum', count(*) FROM archive WHERE key GLOB 'seen*'")

    def anew(self, opened: sqlite3.Connection) -> None:
        """From the beginning."""
        opened.execute("DELETE FROM archive WHERE key GLOB 'seen*'")
        self.entering(opened, [row[0] for row in opened.execute("SELECT id FROM article").fetchall()])


def test_what_the_first_run_derives_it_derives_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Once(Counted):
        def anew(self, opened: sqlite3.Connection) -> None:
            raise AssertionError("every article has been told of as it came in")

    steps = (*derive.STEPS, Once())
    monkeypatch.setattr(derive, "STEPS", steps)
    monkeypatch.setattr("corpus.archive.store.STEPS", steps)
    (tmp_path / "1.txt").write_text(PAGE, "utf-8")
    index(tmp_path / "a.db", [tmp_path / "1.txt"])
    with database.reading(tmp_path / "a.db") as opened:
        assert opened.execute("SELECT value FROM archive WHERE key = 'sum'").fetchone()[0] == 1


def test_derived_tables_follow_the_core(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = archive.parent / "pages"
    step = Counted()
    steps = (*derive.STEPS, step)
    monkeypatch.setattr(derive, "STEPS", steps)
    monkeypatch.setattr("corpus.archive.store.STEPS", steps)

    def counted() -> object:
        with database.reading(archive) as opened:
            return opened.execute("SELECT value FROM archive WHERE key = 'sum'").fetchone()[0]

    index(archive, [folder])  # a step that is new to the archive is made at once
    assert counted() == 2
    (folder / "2.txt").write_text(f"2{PAGE}", "utf-8")
    (folder / "1.txt").write_text(f"9{PAGE}", "utf-8")
    index(archive, [folder])
    assert counted() == 3
    (folder / "0.txt").unlink()
    index(archive, [folder], drop_vanished=True)
    assert counted() == 2
    # a run that was killed before `finish` leaves it to the next, which has nothing else to do
    with database.writing(archive) as opened:
        opened.execute("DELETE FROM archive WHERE key = 'sum'")
        derive.stale(opened)
    index(archive, [folder])
    assert counted() == 2


# opening and refusing


def refused(path: Path, *words: str) -> None:
    """Both ways to open `path` are refused with these words, and nothing of it or beside it changes."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir())
    for opening in (database.reading, database.writing):
        with pytest.raises(database.ArchiveError) as caught, opening(path):
            pass
        for word in words:
            assert word in str(caught.value), opening
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == beside


def test_another_file_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    refused(path, "is no archive but some other file", "choose another name")


def test_another_programs_database_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE photo (id)")
    made.close()
    refused(path, "is a database of another program", "choose another name")


def test_a_newer_schema_is_refused(archive: Path) -> None:
    made = sqlite3.connect(archive)
    made.execute("PRAGMA user_version = 999")
    made.close()
    refused(archive, "newer version", "schema 999", "pip install --upgrade")


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db").mkdir()
    refused(tmp_path / "archive.db", "is a folder; name a file in it")
    with pytest.raises(database.ArchiveError, match="is a device or a pipe"), database.writing(Path("/dev/null")):
        pass


@pytest.mark.parametrize(
    ("number", "says"), [(errno.EROFS, "give yourself write permission"), (errno.ENOSPC, "free space on the disk")]
)
def test_a_disk_that_takes_no_lock_is_told(
    archive: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def refuse(path: str, *_: object) -> int:
        raise OSError(number, os.strerror(number), path)

    monkeypatch.setattr("corpus.archive.writer_lock.os.open", refuse)
    with pytest.raises(database.ArchiveError, match=says), database.writing(archive):
        pass


def test_a_damaged_file_is_told_with_what_to_do(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[100:4000] = b"\x55" * 3900
    archive.write_bytes(content)
    for opening in (database.reading, database.writing):
        with (
            pytest.raises(database.ArchiveError, match=r"damaged: restore it from a copy.*\.recover"),
            opening(archive),
        ):
            pass
        assert archive.read_bytes() == content


def test_damage_that_shows_later_is_told_too(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    archive.write_bytes(content)
    with pytest.raises(database.ArchiveError, match="damaged"), database.reading(archive) as opened:
        list(records.every(opened))


@pytest.mark.parametrize("damage", [b"CREATE TABLE art\xff\xb1cle", b"CREATE TABL\xff article"])
def test_a_schema_that_is_no_text_is_told_as_damage(archive: Path, damage: bytes) -> None:
    content = archive.read_bytes()
    assert content.count(b"CREATE TABLE article ")
    archive.write_bytes(content.replace(b"CREATE TABLE article ", damage.ljust(21)[:21]))
    with pytest.raises(database.ArchiveError, match="damaged: restore"), database.reading(archive):
        pass


def test_a_name_that_is_no_text_is_told_as_damage(archive: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as opened, opened:
        opened.execute("INSERT INTO name (type, name) VALUES ('road', CAST(x'ffb1' AS TEXT))")
    with pytest.raises(database.ArchiveError, match="damaged: restore"), database.reading(archive) as opened:
        opened.execute("SELECT name FROM name").fetchall()


def test_a_record_that_cannot_be_unpacked_is_told_as_damage(archive: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as opened, opened:
        assert opened.execute("UPDATE article SET record = x'00ff'").rowcount
    with (
        pytest.raises(database.ArchiveError, match=r"the record of article .* damaged"),
        database.reading(archive) as it,
    ):
        list(records.every(it))


def test_a_missing_archive_is_made_by_writing_only(tmp_path: Path) -> None:
    with pytest.raises(database.ArchiveError, match=r"cli\.py index PATH"), database.reading(tmp_path / "none.db"):
        pass
    with pytest.raises(database.ArchiveError, match="no folder"), database.writing(tmp_path / "none" / "a.db"):
        pass
    assert list(tmp_path.iterdir()) == []
    # an empty file, such as mktemp makes, is a new archive
    (tmp_path / "empty.db").touch()
    with pytest.raises(database.ArchiveError, match="is empty; fill it"), database.reading(tmp_path / "empty.db"):
        pass
    with database.writing(tmp_path / "empty.db") as opened:
        assert opened.execute("SELECT count(*) FROM article").fetchone()[0] == 0


def test_an_older_schema_is_brought_up_to_date_by_writing_only(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (*migrations.steps(), "CREATE TABLE later (id);\n-- and one more\nCREATE TABLE latest (id);")
    monkeypatch.setattr(migrations, "steps", lambda: steps)
    with pytest.raises(database.ArchiveError, match="older version"), database.reading(archive):
        pass
    with database.writing(archive):
        pass
    with database.reading(archive) as opened:
        assert len(list(records.every(opened))) == 2
        assert opened.execute("SELECT count(*) FROM latest").fetchone()[0] == 0


def test_a_migration_that_fails_leaves_the_archive_as_it_was(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = migrations.steps()
    monkeypatch.setattr(migrations, "steps", lambda: (*good, "CREATE TABLE later (id); CREATE TABLE article (id);"))
    with pytest.raises(sqlite3.OperationalError), database.writing(archive):
        pass
    monkeypatch.setattr(migrations, "steps", lambda: good)
    with database.reading(archive) as opened:
        assert opened.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone()[0] == 0


def test_nothing_can_be_changed_while_reading(archive: Path) -> None:
    with database.reading(archive) as opened, pytest.raises(sqlite3.OperationalError):
        opened.execute("DELETE FROM article")


@pytest.mark.skipif(os.name == "nt", reason="needs permissions of POSIX")
def test_a_place_that_is_read_only_can_be_read(archive: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from corpus.archive import database, records\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "with database.reading(Path(sys.argv[1])) as opened: print(len(list(records.every(opened))))\n"
        "try:\n with database.writing(Path(sys.argv[1])): pass\n"
        "except database.ArchiveError as error: print(error)\n"
    )
    shared = Path(tempfile.gettempdir()).resolve()
    for path in archive.resolve().parents:
        if shared in path.parents:  # pytest keeps its folders to their owner
            path.chmod(0o755)
    archive.parent.chmod(0o555)
    root = Path(__file__).parent.parent
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, archive], cwd=root, capture_output=True, text=True, check=True
        )
    finally:
        archive.parent.chmod(0o755)
    first, second = done.stdout.splitlines()
    assert first == "2"
    assert "cannot be written" in second
    assert "copy it to a place of your own" in second


def test_where_memory_cannot_be_shared_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def elsewhere(location: str, **options: object) -> sqlite3.Connection:
        return connect(f"{location}&vfs=unix-dotfile", **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(database.sqlite3, "connect", elsewhere)
    path = tmp_path / "archive.db"
    with pytest.raises(database.ArchiveError, match="put the archive on a local disk"), database.writing(path):
        pass
    assert list(tmp_path.iterdir()) == []


# one writer, any number of readers


def test_a_second_writer_says_so_or_waits(archive: Path) -> None:
    with database.writing(archive):
        with pytest.raises(database.ArchiveError, match=rf"process {os.getpid()}.*--wait"), database.writing(archive):
            pass
        started = time.monotonic()
        with pytest.raises(database.ArchiveError, match="--wait"), database.writing(archive, wait=0.3):
            pass
        assert time.monotonic() - started >= 0.3
        release = threading.Event()
    holding = threading.Thread(target=hold, args=(archive, release))
    holding.start()
    threading.Timer(0.3, release.set).start()
    with database.writing(archive, wait=20.0) as opened:
        assert opened.execute("SELECT count(*) FROM article").fetchone()[0] == 2
    holding.join()
    assert sorted(path.name for path in archive.parent.iterdir()) == ["archive.db", "pages"]


def hold(archive: Path, release: threading.Event) -> None:
    with database.writing(archive, wait=5.0):
        release.wait()


def test_readers_never_wait_and_see_a_whole_state(archive: Path) -> None:
    with database.writing(archive) as writer:
        writer.execute("BEGIN IMMEDIATE")
        Store(writer, database.packing(writer)).drop(1)
        started = time.monotonic()
        with database.reading(archive) as reader:
            assert len(list(records.every(reader))) == 2
            assert time.monotonic() - started < 5
            writer.execute("COMMIT")
        with database.reading(archive) as reader:
            assert len(list(records.every(reader))) == 1


def test_a_second_reader_leaves_the_first_its_log(archive: Path) -> None:
    # POSIX drops every lock of a process on a file when it closes the file; then others delete the log that it reads
    with database.reading(archive) as opened:
        with database.reading(archive):
            pass
        look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM article').fetchone()"
        subprocess.run([sys.executable, "-c", look, str(archive)], check=True)
        assert Path(f"{archive}-wal").exists()
        with contextlib.closing(sqlite3.connect(archive)) as other, other:
            other.execute("UPDATE article SET title = 'other'")
        assert opened.execute("SELECT DISTINCT title FROM article").fetchone()[0] == "other"


def test_many_writers_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    folders = []
    for at in range(3):
        folder = tmp_path / f"f{at}"
        folder.mkdir()
        for n in range(5):
            (folder / f"{n}.txt").write_text(f"{at}{n}{PAGE}", "utf-8")
        folders.append(folder)
    command = [sys.executable, str(PROGRAM), str(tmp_path / "archive.db"), "--wait", "60", "--slow", "0.01"]
    running = [subprocess.Popen([*command, str(folder)], stderr=subprocess.PIPE, text=True) for folder in folders]
    for each in running:
        _, told = each.communicate(timeout=60)
        assert (each.returncode, told) == (0, "")
    with database.reading(tmp_path / "archive.db") as opened:
        assert len(list(records.every(opened))) == 15


# the command


def test_the_command_names_what_is_wrong_with_the_archive(
    run: Callable[..., Result], pages: Path, tmp_path: Path
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not an archive", "utf-8")
    result = run("index", pages, "--archive", other)
    assert result.exit_code == 1
    assert "is no archive but some other file; choose another name" in result.output
    assert other.read_text("utf-8") == "not an archive"
    result = run("index", pages, "--archive", tmp_path / "none.db", "--dry-run")
    assert (result.exit_code, (tmp_path / "none.db").exists()) == (1, False)
