"""The same articles from every format: the sample pages rendered in each are read back as what was printed."""

import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import lxml.etree
import pypdfium2
import pytest

from bench.formats import HELD, found, printed, read, share
from bench.readers import COMPARISONS
from bench.rendering import alto, pdf, plain, tables
from bench.rendering.files import File, write
from bench.rendering.formats import BAR, FORMATS, LOWER_BARS
from bench.rendering.issue import Sheet, sheets
from bench.rendering.setting import NO_BEGINNING, NO_END, lines, measure
from extract.pipeline import Extractor

TWO = sheets()[2:5:2]
"""A page whose date is in its name (Hefei) and one with a masthead of its own (Lanzhou)."""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_what_was_printed(name: str, tmp_path: Path, extractor: Extractor) -> None:
    write(FORMATS[name](TWO), tmp_path)
    wanted, got = printed(TWO, name), found(read(tmp_path, extractor).records)
    shares = {kind: min(share(wanted[kind], got[kind])[:2]) for kind in HELD}
    # one of two pages' 80 paragraphs more or less is a percent
    assert min(shares.values()) >= LOWER_BARS.get(name, BAR) - 0.02, shares


@pytest.mark.parametrize("name", FORMATS)
def test_rendering_gives_the_same_bytes_every_time(name: str) -> None:
    first, second = (list(FORMATS[name](TWO[:1])) for _ in range(2))
    assert first == second
    assert all(file.data for file in first)


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s+", "", text))


def stories(sheet: Sheet) -> Counter[str]:
    """Every character that the stories of a page have in print."""
    found = Counter[str]()
    for story in sheet.stories:
        body = (text for _, text in story.body)
        parts = (story.label, *story.headlines, story.byline, *body, *story.captions, story.credit)
        found += letters("".join(parts))
    return found


@pytest.mark.parametrize("render", [pdf.in_two_columns, pdf.in_five_columns, pdf.freely], ids=lambda f: f.__name__)
def test_a_pdf_shows_every_printed_character(render, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for sheet in TWO:
        document = pypdfium2.PdfDocument(render(sheet)[0].data)
        shown = letters("".join(page.get_textpage().get_text_range() for page in document))
        assert not stories(sheet) - shown


def test_alto_shows_every_printed_character_and_mets_names_every_block() -> None:
    for sheet in TWO:
        *pages, mets = (lxml.etree.fromstring(file.data) for file in alto.issue(sheet))
        shown = letters("".join(string.get("CONTENT") for page in pages for string in page.iter("{*}String")))
        assert not stories(sheet) - shown
        blocks = {block.get("ID") for page in pages for block in page.iter("{*}TextBlock")}
        named = [area.get("BEGIN") for area in mets.iter("{*}area")]
        assert set(named) <= blocks
        assert len(named) == len(set(named))


def test_lines_are_no_wider_than_their_column_and_break_where_they_may() -> None:
    for story in TWO[0].stories:
        for _, text in story.body:
            broken = [line for line, _ in lines(text, 9, 117, 18)]
            assert "".join(broken) == text
            # a closing mark may hang
            assert all(measure(line, 9) <= 117 + 9 * 1.05 for line in broken)
            assert not any(line[0] in NO_BEGINNING for line in broken)
            assert not any(line[-1] in NO_END for line in broken[:-1])


def test_traditional_characters_come_back_as_what_they_were() -> None:
    assert plain.simplified(plain.traditional("东华街道里的志愿者")) == "东华街道里的志愿者"
    assert "□" not in plain.big5(TWO[0])[0].data.decode("big5hkscs")


def test_tables_hold_every_article_and_a_zip_has_chinese_names() -> None:
    rows = [json.loads(line) for line in tables.as_jsonl(TWO[0])[0].data.decode("utf-8").splitlines()]
    assert [row["title"] for row in rows] == [" ".join(story.headlines) for story in TWO[0].stories]
    (file,) = FORMATS["zip of text"](TWO)
    assert isinstance(file, File)
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        assert all(name.encode("cp437").decode("gbk").startswith("版面/") for name in archive.namelist())


def test_every_format_is_timed_beside_a_library() -> None:
    # those that differ only in their make-up, their columns or whose account they are from share a reader and a time
    alike = {"html, WeChat article", "pdf, free make-up", "alto, Tesseract's", "csv, Chinese export"}
    assert {comparison.form for comparison in COMPARISONS} == set(FORMATS) - alike
