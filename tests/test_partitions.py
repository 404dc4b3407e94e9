"""Output in parts: together they are what one file would be, and what is finished is not made again."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import partitions
from corpus.output import OutputError
from corpus.part_source import MadeBy
from corpus.partitions import Partitions
from corpus.rejects import Reject
from corpus.sources import PageFile
from extract.pipeline import Extractor

Run = Callable[..., Result]
Files = Sequence[PageFile | Reject]
HOW = MadeBy("1", "{}", "{}")


def page_files(*names: str) -> list[PageFile | Reject]:
    """A page file each; "!name" is one that cannot be read."""
    return [
        Reject(name[1:], "no_permission", "it may not be read")
        if name.startswith("!")
        else PageFile(f"{name}.txt", name.encode())
        for name in names
    ]


def written(folder: Path, files: Files, size: int = 4, made_by: str = "v1", stop: int | None = None) -> Partitions:
    """One run, whose "extraction" writes what it is given; broken off before the source number `stop`."""
    with Partitions(folder, size, MadeBy(made_by, "{}", "{}")) as out:
        for number, file in enumerate(out.todo(files)):
            if number == stop:
                raise KeyboardInterrupt
            if isinstance(file, Reject):
                out.add(b"", b"", [file])
            else:
                out.add(b"%s\n" % file.data, b"left of %s\n" % file.data, [])
    return out


def whole(folder: Path, kind: str = "part") -> bytes:
    """All parts, one behind the other, as a program reads them by a pattern."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{kind}-*.jsonl")))


def manifest(folder: Path) -> dict[str, object]:
    """The manifest."""
    values: dict[str, object] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return values


NAMES = [f"page{number:03}" for number in range(60)]


def test_parts_are_the_whole_and_the_manifest_says_what_they_are(tmp_path: Path) -> None:
    out = written(tmp_path, page_files(*NAMES))
    assert whole(tmp_path) == b"".join(b"%s\n" % name.encode() for name in NAMES)
    assert whole(tmp_path, "leftovers").count(b"left of") == 60
    told = manifest(tmp_path)
    assert (told["schema"], told["complete"], told["version"], told["records"]) == ("manifest/2", True, "v1", 60)
    parts: list[dict[str, object]] = told["parts"]  # type: ignore[assignment]
    assert len(parts) == out.made == len(list(tmp_path.glob("part-*")))
    for part in parts:
        data = (tmp_path / str(part["name"])).read_bytes()
        assert (part["sha256"], part["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        assert part["records"] == part["sources"] == data.count(b"\n")
        assert 1 <= int(str(part["sources"])) <= 4
        assert str(part["first"]) == f"{data.splitlines()[0].decode()}.txt"


def test_a_second_run_makes_nothing(tmp_path: Path) -> None:
    written(tmp_path, page_files(*NAMES))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-*.jsonl")}
    again = written(tmp_path, page_files(*NAMES))
    assert (again.made, len(again.kept)) == (0, len(before) // 3)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-*.jsonl")} == before


def test_a_source_more_at_the_beginning_costs_a_few_parts_only(tmp_path: Path) -> None:
    names = [f"{number:04}" for number in range(1000)]
    first = written(tmp_path, page_files(*names), size=20)
    again = written(tmp_path, page_files("00-new", *names), size=20)
    assert whole(tmp_path).startswith(b"00-new\n0000\n0001\n")
    assert whole(tmp_path).count(b"\n") == 1001
    assert first.made >= 50
    assert 1 <= again.made <= 6


def test_what_a_stopped_run_finished_is_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, page_files(*NAMES), stop=31)
    assert manifest(tmp_path)["complete"] is False
    done = len(list(tmp_path.glob("part-*")))
    assert done >= 7
    assert list(tmp_path.glob(".*")) == []
    again = written(tmp_path, page_files(*NAMES))
    assert len(again.kept) == done
    assert whole(tmp_path).count(b"\n") == 60


def test_a_run_stopped_at_once_loses_nothing_of_the_one_before(tmp_path: Path) -> None:
    first = written(tmp_path, page_files(*NAMES))
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, page_files("a-new-one", *NAMES), stop=0)
    again = written(tmp_path, page_files("a-new-one", *NAMES))
    assert len(again.kept) >= first.made / 2


@pytest.mark.parametrize("harm", ["shortened", "gone"])
def test_a_part_that_is_not_as_it_was_is_made_again(tmp_path: Path, harm: str) -> None:
    written(tmp_path, page_files(*NAMES))
    good, victim = whole(tmp_path), sorted(tmp_path.glob("part-*"))[3]
    if harm == "gone":
        victim.unlink()
    else:
        victim.write_bytes(b"")
    assert written(tmp_path, page_files(*NAMES)).made == 1
    assert whole(tmp_path) == good


def test_another_version_or_content_makes_its_parts_anew_and_removes_the_old_ones(tmp_path: Path) -> None:
    files = page_files(*NAMES)
    count = written(tmp_path, files).made
    files[7] = PageFile("page007.txt", b"corrected")
    assert written(tmp_path, files).made == 1
    assert b"corrected\n" in whole(tmp_path)
    assert b"page007\n" not in whole(tmp_path)
    assert written(tmp_path, files, made_by="v2").made == count == len(list(tmp_path.glob("part-*")))


def test_rejects_lie_beside_and_those_that_may_pass_are_tried_again(tmp_path: Path) -> None:
    written(tmp_path, page_files("a", "!b", "c"), size=3)
    assert json.loads(whole(tmp_path, "rejects"))["path"] == "b"
    assert sum(written(tmp_path, page_files("a", "!b", "c"), size=3).made for _ in range(2)) >= 2
    written(tmp_path, page_files("a", "b", "c"), size=3)
    assert (whole(tmp_path), whole(tmp_path, "rejects")) == (b"a\nb\nc\n", b"")


def test_the_same_source_twice(tmp_path: Path) -> None:
    for _ in range(3):
        written(tmp_path, page_files("a", "a", "a"), size=1)
        assert whole(tmp_path) == b"a\na\na\n"


def test_large_sources_end_a_part_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "BYTES", 10)
    assert written(tmp_path, page_files(*NAMES), size=1000).made >= 30


@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), st.lists(st.sampled_from("abcdefgh"), max_size=12),
       st.integers(1, 5), st.none() | st.integers(0, 12))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_whatever_changes_the_parts_are_what_one_run_would_make(
    before: list[str], after: list[str], size: int, stop: int | None
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "out"
        try:
            written(folder, page_files(*before), size, stop=stop)
        except KeyboardInterrupt:
            assert stop is not None
        written(folder, page_files(*after), size)
        assert whole(folder) == b"".join(b"%s\n" % each.encode() for each in after)
        assert whole(folder, "leftovers").count(b"\n") == len(after)


def test_folders_that_hold_something_else_are_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(OutputError, match=r"holds something other than parts \(letter.txt\)"):
        Partitions(tmp_path, 1, HOW)
    with pytest.raises(OutputError, match="is a file"):
        Partitions(tmp_path / "letter.txt", 1, HOW)
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(OutputError, match="cannot be read"):
        Partitions(tmp_path, 1, HOW)


def test_two_runs_at_a_time_are_refused(tmp_path: Path) -> None:
    with (
        Partitions(tmp_path, 1, HOW),
        pytest.raises(OutputError, match="being written by another run"),
        Partitions(tmp_path, 1, HOW),
    ):
        pass


def test_extract_in_parts(run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pages / "empty.txt").write_bytes(b"")
    folder, out = tmp_path / "parts", tmp_path / "r.jsonl"
    assert run("extract", pages, "-o", out, "--jobs", 1).exit_code == 3
    first = run("extract", pages, "-o", folder, "--partition-size", 1, "--jobs", 1)
    assert (first.exit_code, whole(folder)) == (3, out.read_bytes())
    assert whole(folder, "leftovers") == Path(f"{out}.leftovers.jsonl").read_bytes()
    assert whole(folder, "rejects") == Path(f"{out}.rejects.jsonl").read_bytes()
    assert "3 made, 0 kept" in first.stderr
    monkeypatch.setattr(Extractor, "extract", None)
    again = run("extract", pages, "-o", folder, "--partition-size", 1)
    assert again.exit_code == 3, "what was rejected still is"
    assert "0 made, 3 kept with 4 articles" in again.stderr


@pytest.mark.parametrize(("output", "remedy"), [("-", "parts need a folder"), ("pages/out", "outside of it")])
def test_usage(run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch, output: str, remedy: str) -> None:
    monkeypatch.chdir(pages.parent)
    result = run("extract", "pages", "-o", output, "--partition-size", 5)
    assert result.exit_code == 2
    assert remedy in result.stderr
