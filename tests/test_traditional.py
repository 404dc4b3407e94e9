"""Pages in traditional characters: read folded, printed as they stand; simplified pages are left alone."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.encoding import decode
from extract.lexicon import table
from extract.pipeline import Extractor, PageResult
from extract.printed import Folding, Way, as_printed
from extract.traditional import fold, is_traditional
from schemas.layout import Page, Source
from schemas.record import ArticleRecord
from tests.tables import cases

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
QUOTES = str.maketrans("“”‘’", "「」『』")
SOURCE = Source("page.txt", "", "utf-8", "text", issue_date="2024-03-20")

PAGE = """鄰里動起來　長者樂開懷

【記者陳小明台北報導】台北市大安區龍泉社區發展協會3月12日邀請50多名長者吃元宵，著名琴師李美玲到場演奏。

「有鄰居關心，心裡暖。」八十歲的王婆婆說。臺北市社會局補助新台幣3萬元。

電話：02-00000000
"""
"""Taipei: old people eat sweet dumplings; written for this test."""


def page(text: str) -> Page:
    return Page(SOURCE, text)


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def extracted(text: str) -> PageResult:
    return extractor().extract(page(text))


def traditional(text: str, table: str) -> str:
    """A simplified page as OpenCC prints it for a region, with that region's quotation marks."""
    printed: str = opencc.OpenCC(table).convert(text).translate(QUOTES)
    assert len(printed) == len(text)
    return printed


@pytest.mark.parametrize(("printed", "read"), cases("traditional", "fold"))
def test_a_traditional_line_is_read_in_simplified_characters(printed: str, read: str) -> None:
    assert is_traditional(printed)
    assert fold(printed) == read


@pytest.mark.parametrize(("printed", "read"), cases("traditional", "untouched"))
def test_what_is_not_traditional_stays_as_it_is(printed: str, read: str) -> None:
    assert fold(printed) == printed == read


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("table", ["s2t", "s2tw", "s2hk"])
def test_the_fold_gives_back_the_simplified_page(sample: Path, table: str) -> None:
    text = sample.read_text("utf-8")
    assert fold(text) == text
    assert fold(traditional(text, table)) == text


@given(st.text(st.sampled_from("臺台后後里裡裏乾干隻只鬥斗著着「」『』區国國學学⽼⾼麼甚瞭A1 \n\r"), max_size=60))
def test_folding_keeps_the_length_and_is_stable(text: str) -> None:
    once = fold(text)
    assert len(once) == len(text)
    assert fold(once) == once


@given(st.text(max_size=200))
def test_any_text_folds_to_its_own_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_a_traditional_article_in_a_simplified_page_costs_the_page_nothing() -> None:
    simplified = SAMPLES[0].read_text("utf-8")
    sign = "街角的招牌上写着“龍鳳大酒樓”。"
    mixed = f"{simplified}\n{sign}\n\n{PAGE}"
    assert not is_traditional(mixed)
    assert fold(mixed).startswith(f"{simplified}\n{sign}\n")
    assert "“有邻居关心，心里暖。”" in fold(mixed)


def test_the_records_of_a_traditional_page_are_as_printed() -> None:
    (record,) = extracted(PAGE).records
    assert record.title == "鄰里動起來　長者樂開懷"
    assert [(b.name, b.role) for b in record.article.bylines] == [("陳小明", "記者")]
    names = {e.name for e in record.entities}
    assert {"大安區", "龍泉社區", "龍泉社區發展協會", "李美玲"} <= names
    assert ("50多名長者", 50, "名", "長者") in [(c.text, c.value, c.unit, c.object) for c in record.counts]
    assert next(a.audience for a in record.activities) == ("長者",)
    assert "「有鄰居關心，心裡暖。」" in record.article.text


def strings(record: ArticleRecord) -> Iterator[str]:
    """Everything that a record prints, always in the same order."""
    yield from (part for b in record.article.bylines for part in (b.name, b.role))
    yield from (e.name for e in record.entities)
    yield from (part for c in record.counts for part in (c.text, c.object, c.unit))
    yield from (d.text for d in record.dates)
    yield from (part for a in record.activities for part in (a.name, *a.audience))
    yield from record.keywords


def stands_in(quoted: str, record: ArticleRecord) -> bool:
    return "".join(quoted.split()) in "".join(record.article.text.split())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_traditional_page_gives_what_the_simplified_one_gives_in_its_own_characters(sample: Path) -> None:
    text = sample.read_text("utf-8")
    printed = traditional(text, "s2tw")
    plain, result = extracted(text), extractor().extract(page(printed))
    assert result.leftovers == plain.leftovers
    for there, here in zip(plain.records, result.records, strict=True):
        assert here.article.id != there.article.id
        for block in here.article.blocks:
            cut = "".join(printed[start:end] for start, end in block.source)
            assert "".join(cut.split()) == "".join(here.article.quote(block).split())
        for known, quoted in zip(strings(there), strings(here), strict=True):
            assert stands_in(quoted, here) or not stands_in(known, there)  # 社區 of a list is put together
        for each in (*here.counts, *here.dates):
            assert here.article.text[each.start : each.end] == each.text
    back = as_printed(result.records, Folding(text, printed))
    for there, here in zip(plain.records, back, strict=True):
        same_id = replace(here, article=replace(here.article, id=there.article.id))
        assert (same_id.article, same_id.counts, same_id.dates) == (there.article, there.counts, there.dates)
        assert same_id.entities == there.entities
        assert same_id.activities == there.activities
        assert same_id.keywords == there.keywords


def test_the_encoding_of_a_page_does_not_matter_to_its_records() -> None:
    ids = {
        codec: [r.article.id for r in extracted(decode(PAGE.encode(codec)).text).records]
        for codec in ("utf-8", "big5", "big5hkscs", "gb18030", "utf-16-le")
    }
    assert len({tuple(found) for found in ids.values()}) == 1


def test_the_explanation_quotes_the_page() -> None:
    lines = "\n".join(extracted(PAGE).explanation.lines())
    assert "鄰里動起來" in lines
    assert "龍泉社區發展協會" in lines
    assert "龙泉" not in lines


@pytest.mark.parametrize(
    ("read", "printed", "composed", "expected"),
    [
        ("永安、锦绣社区", "永安、錦繡社區", "永安社区", "永安社區"),  # a suffix that a list shares
        ("台湾与台湾", "臺灣与台灣", "台湾", "臺灣"),  # the nearest to the beginning
        ("松鹤楼", "松鶴樓", "松楼", "松樓"),  # character by character
        ("东街", "東街", "东门县", "東門縣"),  # a character that the page does not have
    ],
)
def test_composed_names_are_in_the_articles_own_characters(
    read: str, printed: str, composed: str, expected: str
) -> None:
    assert Way(read, printed, Folding(printed, read)).back(composed) == expected


def test_what_is_no_text_does_not_stop_the_fold() -> None:
    assert fold("臺\0灣\ud800國\u2028學\x85區") == "台\0湾\ufffd国\u2028学\x85区"


def test_a_folding_of_two_lengths_is_no_folding() -> None:
    with pytest.raises(ValueError, match="3 characters read of 2 printed"):
        Folding("臺北", "台北市")


def test_the_characters_of_one_script_are_those_that_opencc_and_the_codecs_tell() -> None:
    def held(codec: str) -> set[str]:
        return {c for c in map(chr, range(0x4E00, 0xA000)) if c.encode(codec, "ignore")}

    big5, gb = held("big5hkscs"), held("gb2312")
    to_simplified, to_traditional = opencc.OpenCC("t2s").convert, opencc.OpenCC("s2t").convert
    assert {row["script"]: set(row["characters"]) for row in table("one_script")} == {
        "traditional": {c for c in big5 - gb if to_simplified(c) != c},
        "simplified": {c for c in gb - big5 if to_traditional(c) != c},
    }
