"""Records to lines and back, and files that are complete or not there."""

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import records, tally
from corpus.atomic import AtomicFile
from corpus.output import Output, OutputError
from corpus.rejects import Reject
from schemas.annotations import Activity, Check, Count, Entity, Span, TimeExpression
from schemas.layout import Article, Block, Byline, Leftover, Page, Source
from schemas.record import ArticleRecord

SOURCE = Source("苏州/2024-03-12/A05.txt", "0" * 64, "utf-8", "text", 5, "姑苏晚报", "2024-03-12")
TEXT = "姑苏区植树\n3月12日，双塔街道种下20余棵树。"
RECORD = ArticleRecord(
    Article(
        "0123456789abcdef",
        "article",
        TEXT,
        (Block("main", 0, 5, ((0, 5),)), Block("paragraph", 6, len(TEXT), ((6, 15), (20, 33)), incomplete=True)),
        (Byline("顾婷", "记者"),),
    ),
    SOURCE,
    (
        Entity("e1", "district", "姑苏区", None, "320508", "stated", (Span(0, 3),)),
        Entity("e2", "street", "双塔街道", "e1", None, "stated", (Span(12, 16),)),
    ),
    (Count("c1", "20余棵树", 18, 23, 20, None, "棵", "树", "over"),),
    (TimeExpression("d1", "3月12日", 6, 11, "2024-03-12"),),
    (Activity("a1", "植树", "recycling", ("e2",), (), ("e1",), "d1", ("居民",), ("c1",), Span(6, 23)),),
    ("植树", "双塔街道"),
)
"""Suzhou: a street plants trees."""

COUNTS = (
    Count("c1", "种树40棵", 0, 4, 40, None, "棵", "树", "exact", "built"),
    Count("c2", "活了30棵", 5, 9, 30, None, "棵", "树", "exact"),
    Count("c3", "成活率75%", 10, 15, 75, None, "%", "成活率", "exact", "rate", Check("c1", "c2", True)),
)
FULL = replace(RECORD, counts=COUNTS, activities=(replace(RECORD.activities[0], status="under_way"),))
"""The same with every optional field filled: of 40 trees 30 live, which is the printed 75%."""


def test_a_record_is_one_line_and_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(records.article_lines([RECORD, FULL]))
    assert path.read_bytes().count(b"\n") == 2
    assert list(records.read(path)) == [RECORD, FULL]


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_any_text_survives_the_way_to_the_file_and_back(text: str) -> None:
    record = replace(RECORD, article=replace(RECORD.article, text=text, blocks=()))
    (line,) = records.article_lines([record]).split(b"\n")[:-1]
    assert records.from_dict(records.orjson.loads(line)) == record


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"schema": "article/9"}', b'{"schema": "article/1"}', b"\n"])
def test_a_line_that_is_no_record_is_named_by_file_and_line(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(records.article_lines([RECORD]) + line + b"\n")
    with pytest.raises(records.RecordError, match=r"r\.jsonl:2: not an article record"):
        list(records.read(path))


def test_a_leftover_brings_its_text() -> None:
    line = records.leftover_lines(Page(SOURCE, "热线电话\n正文"), [Leftover("hotline", 0, 4)])
    assert records.orjson.loads(line)["text"] == "热线电话"


def test_figures_add_up_over_pages() -> None:
    total = tally.Tally()
    photo = replace(RECORD, article=replace(RECORD.article, kind="photo"))
    for page in ([RECORD, photo], [RECORD]):
        total.add(tally.of_page(page, SOURCE))
        total.note(["12 broken characters", "cut inside a character"])
    assert total.articles == 3
    assert total.found["pages"] == 2
    assert (total.found["places"], total.found["people"], total.found["activities"]) == (6, 0, 3)
    assert total.types == {"recycling": 3}
    assert list(total.formats.values()) == [2]
    assert total.notes == {"… broken characters": 2, "cut inside a character": 2}


def test_an_atomic_file_is_not_there_until_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "new" / "r.jsonl"
    with AtomicFile(path) as file:
        file.write(b"1\n")
        assert not path.exists()
    assert path.read_bytes() == b"1\n"
    assert os.listdir(path.parent) == ["r.jsonl"]


def test_a_failed_run_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"old")

    def fail() -> None:
        with AtomicFile(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["r.jsonl"]


def test_the_file_has_ordinary_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with AtomicFile(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o666 & ~mask


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a device that is always full")
def test_a_full_disk_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(handle: int, mode: str) -> IO[bytes]:
        os.close(handle)
        return open("/dev/full", mode)

    monkeypatch.setattr("corpus.atomic.os.fdopen", opened)
    with pytest.raises(OSError, match="No space left"), AtomicFile(tmp_path / "r.jsonl") as file:
        file.write(b"1\n")
    assert os.listdir(tmp_path) == []


def test_writing_outside_the_block_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not open"):
        AtomicFile(tmp_path / "r.jsonl").write(b"")


def test_rejects_are_beside_the_records_only_where_there_are_any(tmp_path: Path) -> None:
    target = tmp_path / "r.jsonl"
    with Output(str(target)) as out:
        out.write(b"{}\n", b"")
        out.reject(Reject("a.txt", "empty", "the file is empty"))
    assert sorted(os.listdir(tmp_path)) == ["r.jsonl", "r.jsonl.leftovers.jsonl", "r.jsonl.rejects.jsonl"]
    with Output(str(target)) as out:
        out.write(b"{}\n", b"")
    assert sorted(os.listdir(tmp_path)) == ["r.jsonl", "r.jsonl.leftovers.jsonl"]


def test_a_device_is_written_to_and_nothing_beside_it() -> None:
    with Output(os.devnull) as out:
        out.write(b"{}\n", b"{}\n")
        out.reject(Reject("a.txt", "empty", "the file is empty"))
    assert not Path(f"{os.devnull}.leftovers.jsonl").exists()


def test_nothing_but_records_is_ever_overwritten(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("社区新闻", "utf-8")
    with pytest.raises(OutputError, match="holds something other than records"):
        Output(str(page))
    with pytest.raises(OutputError, match="is a folder"):
        Output(str(tmp_path))
