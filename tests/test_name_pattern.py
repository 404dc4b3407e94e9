"""Patterns for names: what they read, what they leave, and what is said of those that are wrong."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.metadata import Metadata
from corpus.name_pattern import NamePattern
from corpus.sources import PageFile

TEXT = "巷子里的灯亮了\n本报讯（记者 何苗）入夜，柳巷的路灯重新亮起，居民都说走路踏实了。\n"


@pytest.mark.parametrize(
    ("pattern", "path", "read"),
    [
        ("{paper}/{date}/{page}", "兰州社区报/2024-03-12/A05.txt", Metadata("兰州社区报", "2024-03-12", 5)),
        ("{paper}/{date}/{page}", "/archive/兰州社区报/2024年3月12日/03.html", Metadata("兰州社区报", "2024-03-12", 3)),
        ("{paper}/{date}/{page}", "old.zip!LZ/2024/03/12/7.pdf", Metadata("LZ", "2024-03-12", 7)),
        ("{paper}/{date}/{page}", r"C:\pages\LZ\20240312\7.txt", Metadata("LZ", "2024-03-12", 7)),
        ("{date}_{page}", "x/20240312_03.html", Metadata(None, "2024-03-12", 3)),
        ("{date}{page}", "2024031204.txt", Metadata(None, "2024-03-12", 4)),
        ("{paper}/{date}/第{page}版", "湖滨报/202403/12/第十二版.txt", Metadata("湖滨报", "2024-03-12", 12)),
        ("{paper}-{*}-{date:%d%m%y}", "湖滨报-旧-120324.tar.gz", Metadata("湖滨报", "2024-03-12", None)),
        ("{paper}_{date:%Y%j}", "HB_2024072.txt", Metadata("HB", "2024-03-12", None)),
        ("{date:%d%b%Y}/{section}{page}", "12Mar2024/B07.txt", Metadata(None, "2024-03-12", 7)),
        ("{date}/{section}/{page}.txt", "2024-03-12/社区/04.txt", Metadata(None, "2024-03-12", 4)),
        ("{paper}/{any}/{page}", "湖滨报/2019/9.txt", Metadata("湖滨报", None, 9)),
        ("*_{page}", "scan of 2024_11.xml", Metadata(None, None, 11)),
        ("{page} (copy)", "12 (copy).txt", Metadata(None, None, 12)),
        # what does not fit
        ("{paper}/{date}/{page}", "2024-03-12/A05.txt", None),
        ("{date}", "2024-02-30.txt", None),
        ("{date:%Y%m%d}", "20241342.txt", None),
        ("{page}", "cover.txt", None),
    ],
)
def test_patterns_read_the_end_of_a_path(pattern: str, path: str, read: Metadata | None) -> None:
    assert NamePattern.parse(pattern).read(path) == read


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{papr}/{date}", "{papr} is no placeholder; there are {paper}"),
        ("pages", "says nothing of paper, date or page"),
        ("", "says nothing of paper, date or page"),
        ("{*}/{section}", "says nothing of paper, date or page"),
        ("{date", "a { is left alone"),
        ("page}", "a } is left alone"),
        ("{date}/{date}", "stands twice"),
        ("{page:3}", "is no placeholder"),
        ("{date:%H:%M}", "'%H' is no part of a date"),
        ("{date:%Y%m}", "is no whole day"),
        ("{date:%}", "is no part of a date"),
        ("{paper}-{*}-{*}-{*}", "leaves too much open"),
    ],
)
def test_a_wrong_pattern_names_what_is_allowed(pattern: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"there are|write year|use ") as error:
        NamePattern.parse(pattern)
    assert words in str(error.value)


@given(st.text(alphabet="{}%:*/ad教p", max_size=12), st.text(max_size=40))
def test_any_pattern_is_one_or_says_why_not(pattern: str, path: str) -> None:
    try:
        known = NamePattern.parse(pattern)
    except ValueError:
        return
    read = known.read(path)
    assert read is None or read.page is None or read.page >= 0


@pytest.mark.parametrize("pattern", ["{paper}-{*}-{*}-{date}", "*/*/{paper}_*_{section}/{page}", "*" * 121 + "{page}"])
@pytest.mark.parametrize("path", ["-" * 250 + "x", "_" * 250 + "/x", "-" * 60_000, "/" * 60_000])
def test_no_name_takes_long(pattern: str, path: str) -> None:
    began = time.monotonic()
    assert NamePattern.parse(pattern).read(path) is None
    assert time.monotonic() - began < 20  # measured: 1 s at most; without bounds on patterns it would be hours


def test_a_pattern_wins_over_the_name_and_a_misfit_is_noted() -> None:
    options = readers.Options(name_pattern=NamePattern.parse("{paper}/{*}-{date}"))
    (page,) = readers.read(PageFile("柳巷通讯/成都晚报2023-01-01-20240312.txt", TEXT.encode()), options).pages
    assert (page.source.paper, page.source.issue_date) == ("柳巷通讯", "2024-03-12")
    reading = readers.read(PageFile("2024-03-12.txt", TEXT.encode()), options)
    assert reading.pages[0].source.issue_date == "2024-03-12"
    assert reading.notes == ("its name does not fit --name-pattern",)
