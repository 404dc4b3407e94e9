"""PDF pages: what was set comes back, and what cannot be read says why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from corpus.readers import Options, pdf
from corpus.readers.formats import is_pdf
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page
from tests.pdf_pages import Make, Press, Story, printed
from tests.raw_pdf import NAMELESS_FONT, document

PARAGRAPHS = (
    "清晨六点，太原市晋阳社区的志愿者把三十份热粥送到独居老人家里，这件事他们已经做了两个冬天。住在三楼的老人说，粥是热的，心也是热的。",
    "社区早餐点由街道和两家餐馆合办，每份只收两元，八十岁以上的老人免费。去年十一月以来，早餐点送出热粥4100多份，有26名大学生报名帮忙。",
    "入春以后，早餐点还要添上豆浆和杂粮馒头，让更多街坊吃上一口热乎饭。",
)
STORIES = (
    Story(("热粥送到家门口",), "", "晋阳社区的两个冬天", PARAGRAPHS, ("志愿者在厨房里盛粥。",)),
    Story(
        ("河边荒地长出小树林",),
        "",
        "",
        (
            "三月的汾河边，二百多名学生种下了一千棵树苗，每人认养一棵。",
            "树上挂着他们自己写的名牌，要一直挂到毕业那天。",
        ),
    ),
    Story(("停车难题议出新办法",), "杏花岭区", "", PARAGRAPHS[1:], boxed=True),
)
HEAD = "太原社区报 2024年3月12日 星期二 第5版"


def press(make: Make, stories: tuple[Story, ...] = STORIES) -> Press:
    page = Press(make)
    for story in stories:
        page.place(story, min(make.columns, 2 if len("".join(story.paragraphs)) > 90 else 1))
    return page


def one(data: bytes) -> Page:
    (page,) = pdf.read(PageFile("page.pdf", data), Options()).pages
    return page


def marked(page: Page, *roles: str) -> list[str]:
    return [page.text[mark.start : mark.end] for mark in page.marks if mark.role in roles]


def refused(data: bytes, part: int | None = None) -> str:
    with pytest.raises(Rejected) as error:
        pdf.read(PageFile("page.pdf", data, part), Options())
    return error.value.reason


@pytest.mark.parametrize("columns", [2, 3, 5])
@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("justified", [False, True])
def test_what_was_set_comes_back(columns: int, shuffled: bool, justified: bool) -> None:
    page = one(printed([press(Make(columns, 180 * columns, header=HEAD, shuffled=shuffled, justified=justified))]))
    assert sorted(marked(page, "paragraph")) == sorted(p for story in STORIES for p in story.paragraphs)
    assert sorted(marked(page, "main")) == sorted(story.main[0] for story in STORIES)
    assert marked(page, "subtitle") == ["晋阳社区的两个冬天"]
    assert marked(page, "kicker") == ["杏花岭区"]
    assert marked(page, "caption") == ["志愿者在厨房里盛粥。"]
    assert marked(page, "furniture") == [HEAD]
    assert all(mark.whole for mark in page.marks if mark.role == "paragraph")
    assert sum(region.single for region in page.regions) == len(STORIES)


def test_a_page_on_its_side_reads_as_it_is_held() -> None:
    page, upright = press(Make(3, 540, header=HEAD)), 90
    assert one(printed([page], turned=upright)).text == one(printed([page])).text


def test_text_that_lies_on_a_page_that_was_not_turned() -> None:
    page = press(Make(3, 540), STORIES[:1])
    assert {one(printed([page], turned=turn)).text for turn in (0, 180, 270)} == {one(printed([page])).text}


def test_a_headline_in_vertical_type() -> None:
    page = Press(Make(2, 400))
    page.upright(255, 60, "热粥送到家", 24)
    for n, text in enumerate(("清晨六点，志愿者出", "门送粥，一连送了两", "个冬天，老人说心也", "是热的。")):
        page.string(60 + (18 if n == 0 else 0), 62 + 14 * n, text, 9)
        page.string(160 + (18 if n == 0 else 0), 62 + 14 * n, text, 9)
    found = one(printed([page]))
    assert marked(found, "main") == ["热粥送到家"]
    assert len(found.regions) == 1


def test_bold_type_made_by_printing_twice_is_read_once() -> None:
    page = Press(Make(2, 400))
    for shift in (0, 0.4, 0.8):
        page.string(60 + shift, 60, "热粥送到家", 24)
    page.string(60, 100, "清晨六点，志愿者出门送粥。", 9)
    assert one(printed([page])).text == "热粥送到家\n\n清晨六点，志愿者出门送粥。"


def test_every_page_of_a_file_and_one_of_them() -> None:
    data = printed([press(Make(3, 540)), press(Make(3, 540), STORIES[1:])])
    pages = pdf.read(PageFile("issue.pdf", data), Options()).pages
    assert [page.source.path for page in pages] == ["issue.pdf!1", "issue.pdf!2"]
    assert [page.source.page for page in pages] == [None, None]
    (second,) = pdf.read(PageFile("issue.pdf", data, part=2), Options()).pages
    assert second == pages[1]
    assert refused(data, 3) == refused(data, 0) == "no_such_part"


def test_pages_that_cannot_be_read_are_named_and_the_others_read() -> None:
    reading = pdf.read(PageFile("issue.pdf", printed([Press(Make()), press(Make(3, 540))])), Options())
    assert [page.source.path for page in reading.pages] == ["issue.pdf!2"]
    assert [(number, refusal.reason) for number, refusal in reading.refused] == [(1, "no_text_layer")]


def test_encrypted_documents() -> None:
    page = [press(Make(3, 540))]
    assert refused(printed(page, encrypt=StandardEncryption("geheim"))) == "locked_pdf"
    free = printed(page, encrypt=StandardEncryption("", ownerPassword="geheim", canCopy=0))
    assert "热粥送到家门口" in one(free).text


WORDS = b"BT /F 10 Tf 50 700 Td (Open Day in the park) Tj ET"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "broken_pdf"),
        (document(WORDS)[:200], "broken_pdf"),
        (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Kids[]/Count 0>>\nendobj\n"
         b"trailer<</Root 1 0 R>>", "broken_pdf"),
        (document(b""), "no_text_layer"),
        (document(b"BT /F 10 Tf 50 900 Td (outside) Tj ET"), "no_text_layer"),
        (document(b"BT /F 10 Tf 50 700 Td <%s> Tj ET" % b"".join(b"%04x" % (n * 7 + 99) for n in range(90)),
                  NAMELESS_FONT), "garbled_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    assert refused(data) == reason


@pytest.mark.parametrize(
    "data",
    [
        document(WORDS).replace(b"startxref", b"startxxxx"),
        b"\0\r\nX-Header: yes\r\n" + document(WORDS),
        document(WORDS, box="0 0 1000000000 1000000000"),
        document(WORDS, box="600 800 0 0"),
        document(WORDS, page="/Rotate 90"),
        document(b"BT /F 1 Tf 10 0 0 10 50 700 Tm (Open Day in the park) Tj ET"),
        document(b"0 0 10 10 re f\n" * 30_000 + WORDS),
        document(b"0 0 m\n" + b"10 10 l 40 40 l 3 4 m\n" * 30_000 + b"S " + WORDS),
        document(b"q " * 50_000 + WORDS),
    ],
    ids=["no index", "junk before", "huge page", "box upside down", "turned", "scaled", "drawings", "path", "states"],
)
def test_damaged_and_strange_documents_are_read(data: bytes) -> None:
    assert is_pdf(PageFile("a.bin", data))
    assert one(data).text == "Open Day in the park"


def test_lost_characters_are_shown_and_counted() -> None:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /nothing.known] >> >>"
    reading = pdf.read(
        PageFile("a.pdf", document(b"BT /F 10 Tf 50 700 Td (Open Day in the pArk) Tj ET", font)), Options()
    )
    lost = reading.pages[0].text.count("\ufffd")
    assert any(f"{lost} characters have no Unicode value" in note for note in reading.notes) == bool(lost)
    assert reading.pages[0].text.startswith("Open Day")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_are_read_or_rejected(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(20, len(whole)))
    try:
        pages = pdf.read(PageFile("a.pdf", bytes(whole[:cut])), Options()).pages
    except Rejected:
        return
    assert all(page.text for page in pages)


WHOLE = printed([press(Make(2, 400))], pageCompression=0)
