"""Exports of newspapers' text databases: what their fields say of each article."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.readers.formats import is_trs
from corpus.rejects import Rejected
from corpus.sources import PageFile

EXPORT = """<REC>
<报纸名称>=贵阳社区报
<日期>=2024.03.12
<版次>=A05
<引题>=春风进小巷
<标题>=云岩区三十名青年修路灯
<正文>=
　　本报讯（记者 何苗）3月11日，云岩区的三十名青年走进小巷，修好路灯十二盏。
　　“走路踏实了。”居民说。

<REC>
<标题>=没有正文的一篇
<正文>=
<REC>
<标题>=花溪区的孩子种下二百棵树
<日期>=20240313
<正文>=　　花溪区的孩子在河边种下二百棵树，每棵都挂着名字。
"""
"""Young people mend lamps; a record without text; children plant trees."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("path", ["export.trs", "dump.txt"])
def test_every_record_is_an_article_with_what_its_fields_say(encoding: str, path: str) -> None:
    reading = readers.read(PageFile(path, EXPORT.replace("\n", "\r\n").encode(encoding)))
    first, last = reading.pages
    assert first.text.split("\n")[:2] == ["春风进小巷", "云岩区三十名青年修路灯"]
    assert [first.text[mark.start : mark.end] for mark in first.marks if mark.role == "kicker"] == ["春风进小巷"]
    assert [mark.whole for mark in first.marks[2:]] == [True, True]
    source = first.source
    assert (source.path, source.format, source.encoding) == (f"{path}!1", "trs", encoding)
    assert (source.paper, source.issue_date, source.page) == ("贵阳社区报", "2024-03-12", 5)
    assert (last.source.path, last.source.issue_date) == (f"{path}!3", "2024-03-13")
    assert [(number, refusal.reason) for number, refusal in reading.refused] == [(2, "empty")]


def test_one_record_keeps_the_files_path_and_can_be_asked_for() -> None:
    alone = EXPORT.rpartition("<REC>")
    assert readers.read(PageFile("a.trs", (alone[1] + alone[2]).encode())).pages[0].source.path == "a.trs"
    asked = readers.read(PageFile("a.trs", EXPORT.encode(), part=3)).pages
    assert [page.source.path for page in asked] == ["a.trs!3"]
    with pytest.raises(Rejected, match="record 4"):
        readers.read(PageFile("a.trs", EXPORT.encode(), part=4))


@pytest.mark.parametrize("text", ["<REC>\n社区晨练\n", "社区 <REC>\n<标题>=晨练", "<record><标题>=晨练", "<标题>=晨练"])
def test_what_is_no_export_is_left_to_the_others(text: str) -> None:
    assert not is_trs(PageFile("a.txt", text.encode()))


def test_text_that_was_saved_from_a_wrong_encoding_is_rejected() -> None:
    page = "云岩区的三十名青年走进小巷，修好路灯十二盏，居民都说走路踏实了。" * 2
    for wrong in ("latin-1", "cp1252", "gb18030"):
        garbled = page.encode().decode(wrong, "replace").encode()
        with pytest.raises(Rejected, match="wrong encoding"):
            readers.read(PageFile("a.txt", garbled))
    assert readers.read(PageFile("a.txt", ("│─" * 200 + page).encode())).pages


@given(st.text(st.sampled_from("<REC>=\n \r标题正文晨练"), max_size=60))
def test_any_record_gives_pages_or_a_reject(text: str) -> None:
    file = PageFile("a.trs", ("<REC>\n<标题>=" + text).encode())
    assert is_trs(file)
    with contextlib.suppress(Rejected):
        assert all(page.text.strip() for page in readers.read(file).pages)
