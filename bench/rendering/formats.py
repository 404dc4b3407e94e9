"""Every form that the sample pages are rendered in, by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from bench.rendering import (
    alto,
    alto_tesseract,
    archives,
    pdf,
    plain,
    tables,
    web_article,
    web_epaper,
    web_page,
    web_wechat,
)
from bench.rendering.files import File
from bench.rendering.issue import Sheet

Render = Callable[[Sequence[Sheet]], Iterable[File]]


def _each(render: Callable[[Sheet], list[File]]) -> Render:
    return lambda sheets: [file for sheet in sheets for file in render(sheet)]


def _zip(sheets: Sequence[Sheet]) -> list[File]:
    return [archives.as_zip(_each(plain.utf8)(sheets), "pages")]


def _mixed(sheets: Sequence[Sheet]) -> list[File]:
    """Half of the pages as PDF, half as web pages."""
    odd, even = sheets[::2], sheets[1::2]
    return [archives.as_tar_zst([*_each(pdf.in_five_columns)(odd), *_each(web_page.files)(even)], "issue")]


FORMATS: Mapping[str, Render] = MappingProxyType(
    {
        "text": _each(plain.utf8),
        "text, GB18030": _each(plain.gb18030),
        "text, Big5": _each(plain.big5),
        "html, e-paper": _each(web_epaper.files),
        "html, saved article": _each(web_article.files),
        "html, whole page": _each(web_page.files),
        "html, WeChat article": _each(web_wechat.files),
        "pdf, two columns": _each(pdf.in_two_columns),
        "pdf, five columns": _each(pdf.in_five_columns),
        "pdf, free make-up": _each(pdf.freely),
        "alto": _each(alto.pages),
        "alto, Tesseract's": _each(alto_tesseract.pages),
        "mets and alto": _each(alto.issue),
        "csv": _each(tables.as_csv),
        "csv, Chinese export": _each(tables.as_chinese_csv),
        "jsonl": _each(tables.as_jsonl),
        "zip of text": _zip,
        "tar.zst, pdf and html": _mixed,
    }
)
"""What a folder of the format holds for all sheets; text, the measure of the others, first."""
WITHOUT_PICTURE_STORIES = frozenset({"html, WeChat article"})
"""Where a captioned picture is no article of its own."""

BAR = 0.98
"""Least precision and recall of headlines and of paragraphs."""
LOWER_BARS: Mapping[str, float] = MappingProxyType({"pdf, free make-up": 0.92, "alto, Tesseract's": 0.95})
"""Where less is reached than asked for: what may not be lost again."""
