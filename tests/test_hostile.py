"""Hostile input is ordinary input: every one of these gets a reject with a name, and what stands beside it is read."""

import io
import os
import random
import socket
import struct
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from corpus import containers, unpacking
from corpus.naming import printable
from corpus.rejects import Reject
from corpus.sources import PageFile, page_files

ROOT = Path(__file__).parent.parent
GOOD = "巷子里的灯亮了\n本报讯（记者 何苗）入夜，柳巷的路灯重新亮起，居民都说走路踏实了。\n".encode()
BIG = 2 * 2**30

Made = Callable[[Path], object]


def link(target: str) -> Made:
    return lambda path: os.symlink(target, path)


def sparse(size: int) -> Made:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def listening(path: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)  # the whole path of a socket has to be short
    made.bind(path.name)
    os.chdir(here)
    return made


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def file(data: bytes) -> Made:
    return lambda path: path.write_bytes(data)


def absurd(size: bytes, kind: bytes = b"0") -> bytes:
    """A tar whose second header declares `size` in its own way."""
    data = bytearray(tarred(("a.txt", GOOD), ("b.txt", b"b")))
    at = data.index(b"b.txt")
    data[at + 124 : at + 136] = size
    data[at + 156 : at + 157] = kind
    data[at + 148 : at + 156] = b" " * 8
    data[at + 148 : at + 156] = b"%06o\0 " % sum(data[at : at + 512])
    return bytes(data)


def million_entries() -> bytes:
    """A zip's table of contents with a million names and nothing else."""
    count = 1_000_000
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    directory = entry * count
    return directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(directory), 0, 0)


def repeated_name() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return zipped(("a.txt", GOOD), ("a.txt", GOOD + b"again"))


def with_a_link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("passwd")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", GOOD)
    return buffer.getvalue()


CUT = zstandard.compress(tarred(("a.txt", random.Random(1).randbytes(400_000))))[:300_000]

TABLE: list[tuple[str, Made, dict[str, str]]] = [
    # name, how it is made, what comes of it: below its path, "page" or a reason
    ("loop", link("loop"), {"": "link_loop"}),
    ("up", link("."), {"": "link_loop"}),
    ("gone", link("nowhere.txt"), {"": "not_found"}),
    ("pipe.txt", os.mkfifo, {"": "not_a_file"}),
    ("pipe.zip", os.mkfifo, {"": "not_a_file"}),
    ("socket", listening, {"": "not_a_file"}),
    ("zero.txt", link("/dev/zero"), {"": "not_a_file"}),
    ("zero.csv", link("/dev/zero"), {"": "not_a_file"}),
    ("status", link("/proc/self/status"), {"": "not_a_file"}),
    ("kmsg", link("/proc/kmsg"), {"": "no_permission|read_error|not_a_file|changed"}),
    ("2gb.txt", sparse(BIG), {"": "too_large"}),
    ("2gb.pdf", sparse(BIG), {"": "too_large"}),
    ("2gb.zip", sparse(BIG), {"": "broken_archive"}),
    ("2gb.tar", sparse(BIG), {"": "no_pages|broken_archive"}),
    ("nested.zip", file(zipped(("in.zip", zipped(("a.txt", GOOD))))), {"in.zip!a.txt": "page"}),
    ("tar.zip", file(zipped(("in.tar", tarred(("a.txt", GOOD))))), {"in.tar!a.txt": "page"}),
    (  # so end zips that hold themselves, too
        "thrice.zip",
        file(zipped(("in.zip", zipped(("in.zip", zipped(("a.txt", GOOD))), ("b.txt", GOOD))))),
        {"in.zip!b.txt": "page", "in.zip!in.zip": "nested_archive"},
    ),
    ("twice.zip", lambda path: path.write_bytes(repeated_name()), {"a.txt": "duplicate_name"}),
    ("twice.tar", file(tarred(("a.txt", GOOD), ("a.txt", b"b"))), {"a.txt": "duplicate_name"}),
    ("link.zip", file(with_a_link()), {"a.txt": "page", "passwd": "not_a_file"}),
    ("million.zip", file(million_entries()), {"": "too_many_files"}),
    ("negative.tar", file(absurd(b"\xff" * 12)), {"a.txt": "page", "": "broken_archive"}),
    ("2tb.tar", file(absurd(b"\x80" + (2**41).to_bytes(11, "big"))), {"a.txt": "page", "": "archive_bomb"}),
    ("header.tar", file(absurd(b"00777777777\0", b"x")), {"a.txt": "page", "": "broken_archive"}),
    ("odd.zip", file(zipped(("../../etc/passwd", GOOD), ("/a", GOOD))), {"../../etc/passwd": "page", "/a": "page"}),
    ("zst.tar.zst", file(zstandard.compress(tarred(("a.txt", GOOD)))), {"a.txt": "page"}),
    ("cut.tar.zst", file(CUT), {"a.txt": "broken_archive", "": "broken_archive"}),
    ("line\nfeed.txt", file(GOOD), {"": "page"}),
    ("\x1b[31mred\u202e.txt", file(GOOD), {"": "page"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "expected"), TABLE, ids=[printable(row[0]) for row in TABLE])
def test_a_folder_with_it_is_read_to_its_end(tmp_path: Path, name: str, make: Made, expected: dict[str, str]) -> None:
    kept = make(tmp_path / name)
    (tmp_path / "~.txt").write_bytes(GOOD)  # comes last
    found = list(page_files([str(tmp_path)]))
    assert kept is not False
    last = found.pop()
    assert isinstance(last, PageFile)
    assert last.path == str(tmp_path / "~.txt")
    outcomes = {
        each.path.removeprefix(str(tmp_path / name)).lstrip("!") or "": each.reason
        if isinstance(each, Reject)
        else "page"
        for each in found
    }
    assert outcomes.keys() == expected.keys()
    for path, reason in expected.items():
        assert outcomes[path] in reason.split("|")


def test_a_bomb_of_every_kind_stops_at_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1_000_000)
    tar = tarred(*((f"{n}.txt", b"\0" * 500_000) for n in range(20)))
    for name, data in {
        "zip.zip": zipped(("0.txt", b"\0" * 10_000_000)),
        "zst.tar.zst": zstandard.compress(tar),
        "nested.zip": zipped(*((f"{n}.zip", zipped(("0.txt", b"\0" * 2_000_000))) for n in range(9))),
    }.items():
        (tmp_path / name).write_bytes(data)
        found = list(page_files([str(tmp_path / name)], 600_000))
        reasons = [each.reason for each in found if isinstance(each, Reject)]
        assert "archive_bomb" in reasons
        assert sum(len(each.data) for each in found if isinstance(each, PageFile)) <= 1_100_000


def test_a_header_of_a_tar_that_unpacks_without_end_is_not_held(tmp_path: Path) -> None:
    name = tarfile.TarInfo("././@LongLink")
    name.size, name.type = 60_000_000, tarfile.GNUTYPE_LONGNAME
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz", preset=0) as archive:
        archive.addfile(name, io.BytesIO(b"a" * 60_000_000))
    (tmp_path / "m.tar.xz").write_bytes(buffer.getvalue())
    (reject,) = page_files([str(tmp_path / "m.tar.xz")])
    assert isinstance(reject, Reject)
    assert reject.reason in ("broken_archive", "archive_bomb")


def test_what_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vanishing, growing, piped = (tmp_path / name for name in ("1.txt", "2.txt", "3.txt"))
    for path in (vanishing, growing, piped):
        path.write_bytes(GOOD)
    original = os.open

    def act(path: str, flags: int, *rest: int) -> int:
        if path == str(vanishing):
            vanishing.unlink()
        if path == str(piped):
            piped.unlink()
            os.mkfifo(piped)
        return original(path, flags, *rest)

    def grown(*arguments: object) -> bytes:
        with growing.open("ab") as more:
            more.write(b"more")
        return GOOD

    monkeypatch.setattr(os, "open", act)
    found = [next(page_files([str(path)])) for path in (vanishing, piped)]
    monkeypatch.setattr("corpus.sources._content", grown)
    found += page_files([str(growing)])
    assert [each.reason for each in found if isinstance(each, Reject)] == ["not_found", "changed", "changed"]


def test_nothing_that_a_name_holds_reaches_the_terminal(tmp_path: Path) -> None:
    names = ["\x1b[2Jcleared.txt", "a.txt: 9 articles\nrejected b.txt", "\u202etxt.exe", "\x9b31m.txt", "\u2028.txt"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "~.txt").write_bytes(GOOD)
    command = [sys.executable, str(ROOT / "cli.py"), "extract", str(tmp_path), "-o", str(tmp_path / "r.jsonl"), "-v"]
    run = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert run.returncode == 3
    told = run.stderr.decode("utf-8")
    assert all(line.isprintable() for line in told.split("\n"))
    assert sum(line.startswith("rejected /") for line in told.split("\n")) == len(names)
    assert '"title":"巷子里的灯亮了"' in (tmp_path / "r.jsonl").read_text("utf-8")


def test_standard_input_that_never_ends_is_read_to_the_limit_only() -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "extract", "-", "-o", os.devnull, "--page-limit", "0.1"]
    with open("/dev/zero", "rb") as zero:
        run = subprocess.run(command, stdin=zero, capture_output=True, timeout=60, check=False)
    assert (run.returncode, b"[too_large]" in run.stderr) == (3, True), run.stderr


def test_memory_does_not_grow_with_what_is_piped(tmp_path: Path) -> None:
    # a line that never ends, as a table
    command = [sys.executable, str(ROOT / "cli.py"), "extract", "-", "-o", os.devnull, "--page-limit", "0.1"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdin is not None

    def feed() -> None:
        try:
            running.stdin.write(b"title,text\n")  # type: ignore[union-attr]
            for _ in range(200):
                running.stdin.write(b"a" * 2**20)  # type: ignore[union-attr]
        except BrokenPipeError:
            pass
        running.stdin.close()  # type: ignore[union-attr]

    feeder = threading.Thread(target=feed)
    feeder.start()
    most = 0
    while running.poll() is None:
        try:
            status = Path(f"/proc/{running.pid}/status").read_text("ascii")
        except OSError:
            break
        most = max([most, *(int(line.split()[1]) for line in status.split("\n") if line.startswith("VmHWM"))])
        time.sleep(0.05)
    feeder.join(timeout=60)
    assert running.wait(timeout=60) == 3
    assert most < 150_000  # kB; the program alone has 60,000


def test_kinds_of_bytes() -> None:
    assert containers.kind_of_bytes(zipped(("a", b"a"))) == "zip"
    assert containers.kind_of_bytes(tarred(("a", b"a"))[:1024]) == "tar"
    assert containers.kind_of_bytes(zstandard.compress(b"a")) == "tar"
    assert containers.kind_of_bytes(GOOD) is None
