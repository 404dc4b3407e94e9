"""Positioned lines to pages: what stands where decides what belongs together."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.geometry import Box, PageText, PositionedLine, Sheet, page_of
from corpus.readers.geometry.order import in_order
from schemas.layout import Page, Source

EM = 10.0
BODY = ("清晨六点，晋阳社区义工", "把三十份热粥送到独居老人家", "里，连送了两个冬天。老人说", "粥是热的，心也是热的。")


def line(text: str, x: float, y: float, size: float = EM, **more: object) -> PositionedLine:
    return PositionedLine(text, Box(x, y, x + len(text) * size, y + size), size, **more)  # type: ignore[arg-type]


def column(x: float, y: float, texts: tuple[str, ...] = BODY) -> list[PositionedLine]:
    """Lines of a column of 13 ems, the first set in by two."""
    return [line(text, x + (2 * EM if n == 0 else 0), y + n * 1.6 * EM) for n, text in enumerate(texts)]


def sheet(*lines: PositionedLine, width: float = 600, height: float = 800, **more: object) -> Sheet:
    return Sheet(width, height, lines, **more)  # type: ignore[arg-type]


def marked(page: PageText, role: str) -> list[str]:
    return [page.text[mark.start : mark.end] for mark in page.marks if mark.role == role]


def singles(page: PageText) -> list[str]:
    return [page.text[region.start : region.end] for region in page.regions if region.single]


def test_an_empty_sheet_is_an_empty_page() -> None:
    assert page_of(sheet()).text == ""


def test_lines_of_a_column_are_one_paragraph_without_spaces() -> None:
    page = page_of(sheet(*column(40, 100)))
    assert page.text == "".join(BODY)
    assert marked(page, "paragraph") == ["".join(BODY)]


def test_a_headline_owns_the_columns_under_it() -> None:
    heads = [line("热粥送到家", 40, 60, 28), line("河边添新绿", 340, 60, 28)]
    other = (
        "今年三月，汾河边的荒地",
        "种上了树，二百名学生每人认",
        "养一棵，树上挂着自己的名字",
        "一直挂到毕业那一天。",
    )
    page = page_of(sheet(*heads, *column(40, 110), *column(190, 110), *column(340, 110, other)))
    assert marked(page, "main") == ["热粥送到家", "河边添新绿"]
    assert singles(page)[1] == "河边添新绿\n\n" + "".join(other)


def test_a_headline_in_the_middle_of_three_columns_owns_all_three() -> None:
    head = line("热粥送到家", 190, 60, 28)
    page = page_of(sheet(head, *column(40, 110), *column(190, 110), *column(340, 110)))
    assert len(singles(page)) == 1
    assert len(marked(page, "paragraph")) == 3


def test_kicker_above_and_subtitle_below() -> None:
    lines = [line("晋阳社区办起早餐点", 40, 40, 14), line("热粥送到家", 40, 60, 28), line("两年不间断", 40, 95, 14)]
    page = page_of(sheet(*lines, *column(40, 125)))
    assert marked(page, "kicker") == ["晋阳社区办起早餐点"]
    assert marked(page, "main") == ["热粥送到家"]
    assert marked(page, "subtitle") == ["两年不间断"]


@pytest.mark.parametrize(("gap", "parts"), [(0.9 * EM, 2), (3.0 * EM, 2)])
def test_text_of_two_columns_is_never_one_line(gap: float, parts: int) -> None:
    right = 40 + 13 * EM + gap
    page = page_of(sheet(line("热粥送到家", 40, 60, 28), *column(40, 110), *column(right, 110)))
    assert page.text.count("".join(BODY)) == parts


def test_a_two_part_headline_is_one_line() -> None:
    page = page_of(sheet(line("热粥一碗", 40, 60, 24), line("暖意满楼", 40 + 5 * 24, 60, 24), *column(40, 110)))
    assert marked(page, "main") == ["热粥一碗 暖意满楼"]


def test_a_paragraph_goes_on_in_the_next_column_of_its_article() -> None:
    first = ("清晨六点，晋阳社区义工", "把三十份热粥送到独居老人的")
    second = ("家里，连送了两个冬天。", "居民都说好。")
    lines = [*column(40, 110, first), line(second[0], 190, 110), line(second[1], 210, 126)]
    page = page_of(sheet(line("热粥送到家", 60, 60, 40), *lines))
    assert marked(page, "paragraph") == ["".join(first) + second[0], second[1]]


def test_a_caption_stands_by_its_picture() -> None:
    picture = Box(190, 110, 330, 200)
    caption = line("志愿者在厨房盛粥。", 190, 204, 8)
    lines = [line("热粥送到家", 60, 60, 40), *column(40, 110), caption]
    page = page_of(sheet(*lines, pictures=(picture,)))
    assert marked(page, "caption") == ["志愿者在厨房盛粥。"]


def test_a_box_without_words_is_a_picture() -> None:
    caption = line("志愿者在厨房盛粥。", 190, 204, 8)
    page = page_of(sheet(*column(40, 110), caption, frames=(Box(190, 110, 330, 200),)))
    assert marked(page, "caption") == ["志愿者在厨房盛粥。"]


def test_a_ruled_box_keeps_its_article() -> None:
    head, boxed = line("热粥送到家", 60, 60, 28), line("河边添新绿", 200, 120, 20)
    page = page_of(
        sheet(head, boxed, *column(40, 110), *column(200, 150), width=600, frames=(Box(190, 105, 350, 230),))
    )
    region = next(region for region in page.regions if region.reason == "ruled box")
    assert page.text[region.start : region.end] == "河边添新绿\n\n" + "".join(BODY)
    assert region.single


def test_running_head_and_foot_are_furniture() -> None:
    lines = [line("太原社区报", 40, 10), line("2024年3月12日 星期二", 300, 10), line("第5版", 520, 10)]
    page = page_of(sheet(line("热粥送到家", 40, 60, 28), *column(40, 110), *lines, line("责编：周宁", 40, 780)))
    assert marked(page, "furniture") == ["太原社区报", "2024年3月12日 星期二", "第5版", "责编：周宁"]
    assert page.text.startswith("太原社区报")
    assert page.header[-1] == "责编：周宁"


def test_a_vertical_headline_owns_the_columns_beside_it() -> None:
    upright = PositionedLine("热粥送到家", Box(340, 100, 368, 240), 28, writing="vertical")
    page = page_of(sheet(upright, *column(40, 100), *column(190, 100)))
    assert marked(page, "main") == ["热粥送到家"]
    assert len(singles(page)) == 1
    assert page.text.startswith("热粥送到家")


def test_a_vertical_headline_at_the_right_owns_all_columns_at_its_left() -> None:
    texts = "".join(BODY), *("桂溪街道的学生种树二十棵。" * 2, "树下的人说：明年还要再来。" * 2)
    columns = [
        line(text[13 * n : 13 * n + 13], 40 + 150 * at, 100 + n * 1.6 * EM)
        for at, text in enumerate(texts)
        for n in range(-(-len(text) // 13))
    ]
    head = PositionedLine("热粥送到家", Box(480, 100, 506, 240), 26, writing="vertical")
    page = page_of(sheet(*columns, head))
    assert marked(page, "main") == ["热粥送到家"]
    assert len(singles(page)) == 1
    assert "".join(page.text.split()) == "热粥送到家" + "".join(texts)


@pytest.mark.parametrize(("headline", "belongs"), [(180, True), (230, True), (320, False)])
def test_a_picture_beside_the_columns_under_a_headline(headline: float, belongs: bool) -> None:
    columns = [*column(250, 110), *column(400, 110)]
    caption = line("义工在盛热粥。", 40, 215, 7)
    page = page_of(sheet(line("热粥送到家", headline, 60, 28), *columns, caption, pictures=(Box(40, 110, 230, 210),)))
    assert marked(page, "caption") == ["义工在盛热粥。"]
    assert ("义工在盛热粥。" in singles(page)[0]) is belongs


@pytest.mark.parametrize("ruled", [True, False])
def test_a_rule_under_a_picture_ends_the_article_that_it_closes(ruled: bool) -> None:
    rules = (Box(40, 290, 480, 290),) if ruled else ()
    caption = line("义工在盛热粥。", 400, 250, 7)
    columns = [*column(40, 110), *column(190, 110), *column(340, 110)]
    picture = Box(40, 188, 390, 280)
    page = page_of(sheet(line("热粥送到家", 180, 60, 28), *columns, caption, pictures=(picture,), rules=rules))
    assert ("义工在盛热粥。" in singles(page)[0]) is ruled


def test_a_crosshead_in_the_middle_of_a_column() -> None:
    lines = [*column(40, 110), line("两个冬天", 85, 110 + 4 * 16), *column(40, 110 + 5 * 16)]
    page = page_of(sheet(line("热粥送到家", 40, 60, 28), *lines))
    assert marked(page, "crosshead") == ["两个冬天"]
    assert marked(page, "paragraph") == ["".join(BODY)] * 2


def test_reading_order_ends_even_where_every_box_comes_before_another() -> None:
    wheel = [Box(0, 0, 60, 30), Box(60, 0, 90, 60), Box(30, 60, 90, 90), Box(0, 30, 30, 90)]
    assert sorted(in_order(wheel)) == [0, 1, 2, 3]


numbers = st.floats(-50, 900, allow_nan=False)
sizes = st.sampled_from([6.0, 8.0, 9.0, 9.4, 12.0, 18.0, 30.0])
boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), numbers, numbers, st.floats(0, 400), st.floats(0, 400))
lines_anywhere = st.builds(
    lambda text, x, y, size, bold, writing: PositionedLine(
        text,
        Box(x, y, x + size * (1 if writing == "vertical" else len(text)), y + size),
        size,
        bold,
        writing=writing,
    ),
    st.text("社区居民。，“”2024年AB ", min_size=1, max_size=20).filter(str.strip),
    numbers,
    numbers,
    sizes,
    st.booleans(),
    st.sampled_from(["horizontal", "horizontal", "horizontal", "vertical"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(lines_anywhere, max_size=25), st.lists(boxes, max_size=5), st.lists(boxes, max_size=4))
def test_no_character_is_lost_or_made_up(lines: list[PositionedLine], frames: list[Box], pictures: list[Box]) -> None:
    found = page_of(Sheet(850, 850, tuple(lines), tuple(frames), (), tuple(pictures)))
    printed = itertools.chain.from_iterable(each.text.split() for each in lines)
    assert sorted("".join(printed)) == sorted("".join(found.text.split()))
    Page(Source("a", "", "unicode", "pdf"), found.text, found.marks, found.regions)  # marks and regions fit
