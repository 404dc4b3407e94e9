"""Bytes to page text: the encoding decided, line ends made one, and a named reject for what is no text."""

import datetime
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import readers
from corpus.readers.encoding import choose, decode, sense
from corpus.rejects import Rejected
from corpus.sources import PageFile

SIMPLIFIED = """赛罕区昭乌达路街道
让老旧小区换新颜

本报讯（记者 乌兰）近日，昭乌达路街道组织志愿者走进师大社区，为居民清理楼道杂物，受到大家欢迎。

“以前楼道里堆满了东西，现在干净多了。”住在三号楼的李阿姨说，社区还为老人装上了扶手。
"""
"""Hohhot: volunteers clear the stairwells of an old estate."""
TRADITIONAL = """灣仔區議員走訪街坊
關心長者生活

【本報訊】連日來天氣轉冷，灣仔社區中心的義工組織起來，為區內獨居長者送上棉被和食物，並檢查家中電器。

「有你們關心，這個冬天就暖和了。」八十歲的陳婆婆說。社區中心表示，活動將會繼續到下個月。
"""
"""Hong Kong: volunteers bring blankets to old people who live alone."""


def refused(data: bytes) -> str:
    with pytest.raises(Rejected) as error:
        decode(data)
    return error.value.reason


@pytest.mark.parametrize(
    ("text", "codec", "recorded"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (TRADITIONAL + "愛民邨", "big5hkscs", "big5hkscs"),
        ("plain ASCII", "ascii", "utf-8"),
        (SIMPLIFIED, "hz", "hz"),
        (SIMPLIFIED, "utf-32-le", "utf-32-le"),
        (SIMPLIFIED, "utf-32-be", "utf-32-be"),
        (SIMPLIFIED + "㐂𠮷𡃁", "gb18030", "gb18030"),  # four bytes a character
        (TRADITIONAL, "cp950", "big5"),
    ],
)
def test_the_encoding_is_found_and_recorded(text: str, codec: str, recorded: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.note) == (text, recorded, "")


@pytest.mark.parametrize("size", [30, 60, 100])
@pytest.mark.parametrize(("text", "codec"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-8")])
def test_any_stretch_is_enough_also_cut_inside_characters(text: str, codec: str, size: int) -> None:
    for start in range(0, len(text) - size, 7):
        part = text[start : start + size].strip()
        decoded = decode(part.encode(codec)[1:-1])
        assert decoded.encoding == codec
        assert part[2:-2] in decoded.text


SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))[::3]
IN_SIMPLIFIED = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
    *("gb18030", "gbk", "gb2312", "hz"),
)
BIG5 = ("big5", "big5hkscs")  # a broken byte may make a character that only Hong Kong's additions have
IN_TRADITIONAL = ("utf-8", "utf-16-be", "gb18030", "gbk", "big5", "big5hkscs")
RECORDED = {"gbk": ("gb18030",), "gb2312": ("gb18030",), "big5": BIG5, "big5hkscs": BIG5}


def stretches(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """A file whole, its first 3 KB, cut inside a character at either end, with five broken bytes."""
    yield data
    yield data[:3000]
    for cut in (1, 2, 3):
        yield data[:-cut]
        if data[:2] not in (b"\xff\xfe", b"\xef\xbb"):  # a mark stands at a file's beginning or nowhere
            yield data[cut:]
            yield data[1500 + cut : 4500 + cut]
    broken = bytearray(data)
    for at in chance.sample(range(4, len(data)), 5):
        broken[at] = chance.choice((0x80, 0xFE, 0xFF, 0xA1))
    yield bytes(broken)


def share_read_right(decoded: str, text: str) -> float:
    """The share of twenty-character stretches that stand in the text."""
    parts = [decoded[at : at + 20].strip() for at in range(0, len(decoded) - 20, 20)]
    return sum(part in text for part in parts) / len(parts)


@pytest.mark.parametrize(
    ("codec", "in_traditional"), [*((c, False) for c in IN_SIMPLIFIED), *((c, True) for c in IN_TRADITIONAL)]
)
def test_every_encoding_of_a_page_is_told_also_cut_and_broken(codec: str, in_traditional: bool) -> None:
    chance = random.Random(4)
    for sample in SAMPLES:
        text = sample.read_text("utf-8")
        if in_traditional:
            text = opencc.OpenCC("s2hk" if codec == "big5hkscs" else "s2tw").convert(text)
        text = "".join(c for c in text if c.encode(codec, "ignore"))
        for data in stretches(text.encode(codec), chance):
            if codec == "hz" and not data.isascii():
                continue  # a byte of eight bits is no HZ
            decoded = decode(data)
            assert decoded.encoding in RECORDED.get(codec, (codec,))
            assert share_read_right(decoded.text, text) > 0.85


@pytest.mark.parametrize("size", [40, 80, 200])
@pytest.mark.parametrize("codec", ["gb18030", "big5", "utf-8", "utf-16-le", "utf-16-be"])
def test_nearly_every_short_stretch_is_read_right(codec: str, size: int) -> None:
    chance, wrong = random.Random(size), 0
    for sample in SAMPLES:
        text = sample.read_text("utf-8")
        text = opencc.OpenCC("s2tw").convert(text) if codec == "big5" else text
        data = "".join(c for c in text if c.encode(codec, "ignore")).encode(codec)
        for _ in range(10):
            start = chance.randrange(len(data) - size)
            try:
                found = decode(data[start : start + size]).text.strip()
            except Rejected:
                wrong += 1
            else:
                wrong += found[1:-1] not in text
    assert wrong <= 2, f"{wrong} of {10 * len(SAMPLES)}"


@pytest.mark.parametrize(
    ("first", "codec"),
    [
        ("氹仔坊眾歡度元宵", "big5hkscs"),
        ("囍宴開席", "big5"),
        ("涌尾村民", "big5"),
        ("瓯海区", "gb18030"),
        ("喆喆", "gb18030"),
    ],
)
def test_a_file_that_begins_with_a_rare_character_is_not_taken_for_cut(first: str, codec: str) -> None:
    text = first + "\n社區居民前來，十分高興。"
    assert decode(text.encode(codec)).text == text


def test_a_cut_at_either_end_is_noted_and_costs_only_the_cut_character() -> None:
    assert decode(SIMPLIFIED.strip().encode()[2:-1]).text == SIMPLIFIED.strip()[1:-1]
    assert decode(SIMPLIFIED.strip().encode()[2:-1]).note == "cut inside a character"


def test_a_few_broken_bytes_are_shown_as_such_and_noted() -> None:
    data = bytearray((SIMPLIFIED * 4).encode())
    at = data.index("街道".encode())
    data[at : at + 1] = b"\xff"
    decoded = decode(bytes(data))
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 3
    assert decoded.note == "3 broken characters, shown as U+FFFD"


def test_text_that_is_broken_all_over_is_refused() -> None:
    assert refused("社区居民".encode() + b"\xff\xfa" * 6 + "清扫街道".encode()) == "broken_encoding"
    assert refused(b"\xff\xfe" + SIMPLIFIED.encode()) == "broken_encoding"
    assert refused("Übermäßig schöne Grüße aus Köln".encode("latin-1")) == "broken_encoding"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff".encode(), "\u3000\n".encode(), "  ".encode("utf-16")])
def test_nothing_to_read(data: bytes) -> None:
    assert refused(data) == "empty"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\0" * 100, b"\x01\x02\x03\x04" * 50])
def test_binary(data: bytes) -> None:
    assert refused(data) in ("binary", "broken_encoding")


def test_line_ends_are_line_feeds_so_that_offsets_do_not_depend_on_the_system() -> None:
    assert decode(b"a\r\nb\rc\nd").text == "a\nb\nc\nd"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused_by_name(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Rejected as error:
        reason = error.reason
    else:
        reason = ""
        decoded.text.encode("utf-8")  # raises where there are lone surrogates
    assert reason in ("empty", "binary", "broken_encoding") or (not reason and decoded.text.strip())


@given(st.text(min_size=1, max_size=200))
def test_utf_8_is_taken_as_it_is(text: str) -> None:
    try:
        decoded = decode(text.encode("utf-8", "ignore"))
    except Rejected:
        assert sense(text) < 1
    else:
        if decoded.encoding == "utf-8":
            assert decoded.text == text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")


def test_chardet_decides_where_two_encodings_come_out_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.encoding.ALIKE", 2.0)
    assert choose(SIMPLIFIED.encode("gb18030")) == "gb18030"
    assert choose(TRADITIONAL.encode("big5")) == "big5"


def test_a_page_says_where_it_came_from() -> None:
    data = SIMPLIFIED.encode("gb18030")
    reading = readers.read(PageFile("北方新报/2024-03-12/A05版.txt", data))
    (page,) = reading.pages
    assert page.text == SIMPLIFIED
    assert page.source.sha256 == hashlib.sha256(data).hexdigest()
    assert (page.source.paper, page.source.issue_date, page.source.page) == ("北方新报", "2024-03-12", 5)
    assert (page.source.encoding, page.source.format) == ("gb18030", "text")


def test_an_issue_date_that_is_given_wins() -> None:
    reading = readers.read(PageFile("2024-03-12.txt", SIMPLIFIED.encode()), readers.Options(datetime.date(2023, 1, 2)))
    assert reading.pages[0].source.issue_date == "2023-01-02"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.docx", b"PK\x03\x04...."),
        ("page.xml", b"\xef\xbb\xbf<?xml version='1.0'?>"),
        ("records.jsonl", b'{"id": 1}'),
        ("table.csv", b"a,b"),
    ],
)
def test_formats_that_are_not_read_are_named_as_such(name: str, data: bytes) -> None:
    with pytest.raises(Rejected) as error:
        readers.read(PageFile(name, data))
    assert error.value.reason == "unsupported_format"


@pytest.mark.parametrize("text", ["BM社区举办活动", "MZ世代走进社区", "<社区>新闻", "BZh"])
def test_text_that_only_begins_like_another_format_is_text(text: str) -> None:
    assert readers.read(PageFile("page.txt", text.encode())).pages[0].text == text
