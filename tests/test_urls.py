"""Shared storage by URL: the same files in the same order as from a folder, and rejects with a remedy for the rest."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from corpus import given
from corpus.rejects import Reject
from corpus.sources import PageFile, count, page_files

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install '.[dask]'")
EMPTY = "empty.txt"
MADE = {
    "b/2.txt": "第二页",
    "b/.hidden": "no page",
    "a.txt": "第一页",
    "c.csv": "标题,正文\n义诊,社区医生上门\n",
    EMPTY: "",
}


@pytest.fixture
def store() -> Iterator[str]:
    """A folder in memory, by URL."""
    system = fsspec.filesystem("memory")
    for name, text in MADE.items():
        with system.open(f"/papers/{name}", "wb") as file:
            file.write(text.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("z.txt", "在压缩包里")
    with system.open("/papers/d.zip", "wb") as file:
        file.write(packed.getvalue())
    yield "memory://papers"
    system.rm("/papers", recursive=True)


def found(*paths: str, limit: int = 1000) -> list[tuple[str, object]]:
    """What comes of paths: contents, or reasons."""
    return [
        (item.path, item.data.decode() if isinstance(item, PageFile) else item.reason)
        for item in page_files(given.expand(paths), limit)
    ]


def test_a_folder_by_url_is_as_a_folder_on_the_disk(store: str, tmp_path: Path) -> None:
    fsspec.filesystem("memory").get("/papers", str(tmp_path / "papers"), recursive=True)
    here = [(path.replace(str(tmp_path / "papers"), store), data) for path, data in found(str(tmp_path / "papers"))]
    assert found(store) == found(f"{store}/") == here
    assert [path.removeprefix(store) for path, _ in here] == [
        "/a.txt", "/b/2.txt", "/c.csv!1", "/d.zip!z.txt", "/empty.txt",
    ]  # fmt: skip
    assert count([store]) is None


def test_one_file_and_patterns(store: str) -> None:
    assert found(f"{store}/a.txt") == [(f"{store}/a.txt", "第一页")]
    paths = [path.removeprefix(f"{store}/") for path, _ in found(f"{store}/**/*.txt")]
    assert paths == ["a.txt", "b/2.txt", EMPTY]
    assert found(f"{store}/*.pdf") == [(f"{store}/*.pdf", "not_found")]


def test_a_file_url_is_a_local_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一页", "utf-8")
    assert found(f"file://{tmp_path}") == found(f"file://{tmp_path}/*.txt") == [(f"{tmp_path}/a.txt", "一页")]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("memory://papers/missing", "not_found"),
        ("nowhere://papers/a.txt", "no_protocol"),
        ("nowhere://papers/*.txt", "no_protocol"),
        ("nowhere://" + "x" * 10_000, "no_protocol"),
    ],
)
def test_what_cannot_be_reached_is_a_reject(url: str, reason: str) -> None:
    assert [what for _, what in found(url)] == [reason]


def test_a_protocol_whose_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(url: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    [reject] = page_files(["s3://papers/2024"])
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.message) == ("no_protocol", "Install s3fs to access S3")
    assert "pip install s3fs" in reject.remedy


def test_no_more_is_read_than_a_page_may_have(store: str) -> None:
    assert found(f"{store}/a.txt", limit=5) == [(f"{store}/a.txt", "too_large")]


def test_a_store_that_fails_costs_the_file(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    system = type(fsspec.filesystem("memory"))
    opened = system.open

    def failing(self: object, path: str, *more: object, **options: object) -> object:
        if path.endswith("2.txt"):
            raise RuntimeError("the connection was reset")
        return opened(self, path, *more, **options)

    monkeypatch.setattr(system, "open", failing)
    assert (f"{store}/b/2.txt", "read_error") in found(store)
    assert (f"{store}/a.txt", "第一页") in found(store)


def test_extract_reads_urls_and_index_does_not(
    run: Callable[..., Result], store: str, page_text: str, tmp_path: Path
) -> None:
    with fsspec.filesystem("memory").open("/papers/a.txt", "wb") as file:
        file.write(page_text.encode())
    result = run("extract", f"{store}/a.txt", "-o", "-", "--jobs", "1")
    assert (result.exit_code, f'"path":"{store}/a.txt"' in result.stdout) == (0, True), result.stderr
    refused = run("index", store, "--archive", tmp_path / "a.db")
    assert refused.exit_code == 2
    assert "mount or copy memory://papers first" in refused.stderr
