"""Pictures of pages: without the extra, and what is made of recognised lines. The models are not run here."""

import io

import numpy
import pytest
from PIL import Image

from corpus import readers
from corpus.readers import Options, ocr
from corpus.readers.geometry import Box, PositionedLine, page_of
from corpus.readers.geometry.shapes import Sheet
from corpus.readers.photographs import photographs
from corpus.rejects import Rejected
from corpus.sources import PageFile


def picture(form: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("L", (80, 60), 255).save(out, form, **more)
    return out.getvalue()


def refused(data: bytes, options: Options, part: int | None = None) -> str:
    with pytest.raises(Rejected) as error:
        readers.read(PageFile("scan", data, part), options)
    return error.value.reason


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_read_only_where_ocr_is_asked_for(form: str) -> None:
    assert refused(picture(form), Options()) == "no_text_layer"


def test_ocr_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.importlib.util, "find_spec", lambda name: None)
    assert refused(picture(), Options(ocr=True)) == "no_ocr"


def test_pictures_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "needed", lambda: None)
    assert refused(picture()[:30], Options(ocr=True)) == "broken_picture"
    assert refused(picture(), Options(ocr=True), part=2) == "no_such_part"


def test_every_frame_of_a_scan_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    line = PositionedLine("社区开课", Box(10, 10, 90, 30), 20)  # a class in the community
    monkeypatch.setattr(ocr, "needed", lambda: None)
    monkeypatch.setattr(ocr, "recognised", lambda picture: Sheet(80, 60, (line,)))
    data = picture("TIFF", save_all=True, append_images=[Image.new("L", (80, 60))])
    reading = readers.read(PageFile("scan.tif", data), Options(ocr=True))
    assert [page.source.path for page in reading.pages] == ["scan.tif!1", "scan.tif!2"]
    assert reading.notes[0] == "read by OCR"


def test_photographs_are_found_between_the_lines_of_type() -> None:
    page = Image.new("L", (400, 400), 245)
    page.paste(110, (200, 40, 360, 140))
    page.paste(60, (20, 40, 180, 60))  # a line of type
    boxes = photographs(numpy.asarray(page), [Box(20, 40, 180, 60)], 20)
    assert boxes == [Box(200, 40, 360, 140)]


def test_recognised_lines_of_nearly_one_size_are_one_type() -> None:
    heights = (24.0, 25.5, 23.2, 26.0, 60.0)
    lines = [PositionedLine("居民都说好", Box(0, 40 * n, 125, 40 * n + h), h) for n, h in enumerate(heights)]
    assert [line.size for line in ocr.evened(lines)] == [25.5, 25.5, 25.5, 25.5, 60.0]


def test_a_recognised_box_that_runs_into_the_next_column_is_cut_back() -> None:
    left = ("清晨六点，志愿者出门", "送粥，一连送了两个冬", "天，老人说心也是热的")
    right = ("社区早餐点由街道和两", "家餐馆合办，八十岁以", "上的老人来吃都不收钱")
    lines = [
        PositionedLine(text, Box(x, 40 * n, x + width, 40 * n + 25), 25)
        for n in range(3)
        for x, text, width in ((0, left[n], 290 if n == 1 else 250), (280, right[n], 250))
    ]
    text = page_of(Sheet(600, 400, tuple(ocr.evened(lines)))).text
    assert "".join(left) in text.replace("\n", "")
