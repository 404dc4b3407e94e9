"""ALTO pages and the METS of their issue: every version, what libraries say of blocks, and files that mean harm."""

import random
import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import readers
from corpus.issues import Area, IssueArticle, IssuePage, Issues
from corpus.readers import Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page
from tests.alto_samples import Block, alto, mets

STAIRS = Block("B1", 60, 60, ["志愿者清扫楼道"], em=60)
STAIRS_TEXT = Block("B2", 60, 150, [
    "　　本报讯（记者陆瑶）昨天上午，南",
    "宁市青秀区的志愿者来到社区，为居民",
    "清扫楼道，三十多人参加。大家都说，",
    "以后每周都来一次。",
    "　　社区还为老人送去棉被，老人们连",
    "声说好。",
])  # fmt: skip
DOCTORS = Block("B3", 700, 60, ["医生送医到家门"], em=60)
DOCTORS_TEXT = Block("B4", 700, 150, [
    "　　近日，银川市兴庆区的社区请来医",
    "生，为居民义诊，两百人排队问诊，连",
    "楼上的老人也下来了。",
])  # fmt: skip
"""Nanning: volunteers sweep stairs. Yinchuan: doctors come to the door."""
WORD = '<TextBlock><TextLine><String CONTENT="%s"/></TextLine></TextBlock>'
BLOCKS = [DOCTORS_TEXT, STAIRS, STAIRS_TEXT, DOCTORS]
PARAGRAPHS = [
    "志愿者清扫楼道",
    "本报讯（记者陆瑶）昨天上午，南宁市青秀区的志愿者来到社区，为居民清扫楼道，三十多人参加。大家都说，以后每周都来一次。",
    "社区还为老人送去棉被，老人们连声说好。",
    "医生送医到家门",
    "近日，银川市兴庆区的社区请来医生，为居民义诊，两百人排队问诊，连楼上的老人也下来了。",
]


def reading(document: str | bytes, issue: IssuePage | None = None, part: int | None = None) -> Reading:
    data = document.encode() if isinstance(document, str) else document
    return readers.read(PageFile("page.xml", data, part=part, issue=issue))


def only(document: str | bytes, issue: IssuePage | None = None) -> Page:
    [page] = reading(document, issue).pages
    return page


def refused(document: str | bytes) -> str:
    with pytest.raises(Rejected) as error:
        reading(document)
    return error.value.reason


def lines(page: Page) -> list[str]:
    return [line for line in page.text.split("\n") if line]


def marked(page: Page) -> list[tuple[str | None, str]]:
    return [(mark.role, page.text[mark.start : mark.end]) for mark in page.marks]


def regions(page: Page) -> list[str]:
    return [page.text[region.start : region.end].replace("\n\n", "|") for region in page.regions if region.single]


@pytest.mark.parametrize(
    "document",
    [
        alto(BLOCKS),
        alto(BLOCKS, namespace=""),
        alto(BLOCKS, namespace="http://schema.ccs-gmbh.com/ALTO"),
        alto(BLOCKS, namespace="http://www.loc.gov/standards/alto/ns-v2#", prefix="a"),
        alto(BLOCKS, namespace="http://www.loc.gov/standards/alto/ns-v4#", strings="character"),
        alto(BLOCKS).encode("utf-16"),
        b"\xef\xbb\xbf" + alto(BLOCKS).encode(),
        alto(BLOCKS).replace("UTF-8", "gb2312"),
        alto(BLOCKS).encode("gb18030"),
        alto(BLOCKS).replace("<PrintSpace>", "").replace("</PrintSpace>", ""),
        alto(BLOCKS).replace("<TextBlock", '<ComposedBlock ID="C"><TextBlock', 1).replace(
            "</PrintSpace>", "</ComposedBlock></PrintSpace>"),
        "<!-- scanned --><?note x?>" + alto(BLOCKS).partition("\n")[2],
    ],
)  # fmt: skip
def test_every_version_and_encoding_gives_the_same_page(document: str | bytes) -> None:
    page = only(document)
    assert "".join(lines(page)) == "".join(PARAGRAPHS)
    assert [text for role, text in marked(page) if role == "main"] == [PARAGRAPHS[0], PARAGRAPHS[3]]
    assert page.source.format == "alto"


def test_an_articles_last_line_and_the_next_ones_headline_do_not_run_together() -> None:
    page = only(alto(BLOCKS))
    assert lines(page)[0] == PARAGRAPHS[0]
    assert lines(page)[-2:] == PARAGRAPHS[3:]
    assert regions(page)[1] == "|".join(PARAGRAPHS[3:])


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('<String CONTENT="社"/><SP/><String CONTENT="区"/><SP/><String CONTENT="开街"/>', "社区开街"),
        ('<String CONTENT="社"/><String CONTENT="开"/><SP/><String CONTENT="街"/><String CONTENT="了"/>', "社开 街了"),
        ('<String CONTENT="Happy"/><SP/><String CONTENT="New"/><String CONTENT="Year"/>', "Happy New Year"),
        ('<String CONTENT="看"/><SP/><String CONTENT="TV"/><SP/><String CONTENT="的"/>', "看TV的"),
        ('<String CONTENT="news"/><HYP CONTENT="-"/>', "news-"),
        ('<String CONTENT="pa" SUBS_TYPE="HypPart1" SUBS_CONTENT="paper"/><HYP CONTENT="&#xAD;"/>', "pa-"),
        ('<String CONTENT=" 社区 "/>', "社区"),
        ('<String CONTENT="A &amp; B &lt;b&gt; &#x4E2D;"/>', "A & B <b> 中"),
        ('<String CONTENT="甲 & 乙&nbsp;丙"/>', "甲 & 乙\xa0丙"),
        ('<String CONTENT="社\u200b区\u202e&#x7;"/>'.replace("&#x7;", ""), "社区"),
        ('<String CONTENT=""/><String/><SP/><String CONTENT="社区"/>', "社区"),
    ],
)  # fmt: skip
def test_a_line_is_what_its_strings_say(line: str, text: str) -> None:
    block = f"<TextBlock><TextLine>{line}</TextLine></TextBlock>"
    document = f"<alto><Layout><Page><PrintSpace>{block}</PrintSpace></Page></Layout></alto>"
    assert only(document).text == text


def test_a_wide_gap_between_characters_is_a_space_that_was_printed() -> None:
    block = Block("B", 60, 60, ["岗位赶大集 求职不跑腿"])
    assert only(alto([block], strings="character")).text == "岗位赶大集 求职不跑腿"
    tight = alto([Block("B", 60, 60, ["岗位赶大集求职不跑腿"])], strings="character")
    assert only(tight.replace("/><String", "/><SP/><String")).text == "岗位赶大集求职不跑腿"


def test_without_places_the_files_order_is_kept_as_a_dump() -> None:
    page = only(alto([STAIRS, STAIRS_TEXT, DOCTORS], places=False))
    assert page.text.split("\n")[:4] == [
        "志愿者清扫楼道",
        "",
        "本报讯（记者陆瑶）昨天上午，南",
        "宁市青秀区的志愿者来到社区，为居民",
    ]
    assert (page.marks, page.regions) == ((), ())


def test_one_line_without_a_place_stands_under_the_one_before_it() -> None:
    blocks = [*BLOCKS, Block("B5", 60, 500, [f"第{n}行写着社区里的另一件小事情。" for n in "一二三四五"])]
    at = 'HPOS="60" VPOS="285"'
    document = alto(blocks)
    assert at in document
    page = only(document.replace(at, ""))
    assert lines(page)[:3] == PARAGRAPHS[:3]


@pytest.mark.parametrize("places", ["NaN", "inf", "1e999", "-5", "", "x", "99999999999"])
def test_places_that_are_no_places_count_as_missing(places: str) -> None:
    document = re.sub(r'WIDTH="\d+" HEIGHT="30"', f'WIDTH="{places}" HEIGHT="{places}"', alto(BLOCKS))
    assert Counter("".join(only(document).text.split())) == Counter("".join(PARAGRAPHS))


@pytest.mark.parametrize("seed", range(8))
def test_boxes_that_are_as_loose_as_a_scans_change_nothing(seed: int) -> None:
    chance = random.Random(seed)

    def loosely(match: re.Match[str]) -> str:
        x, y, width, height = map(int, match.groups())
        ink = chance.uniform(0.82, 1.0)
        y, width = y + round(height * (1 - ink) / 2), width - round(chance.uniform(0, 0.12) * height)
        x += round(chance.uniform(0, 0.1) * height)
        return f'HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="{height * ink:.0f}"'

    exact = only(alto(BLOCKS))
    loose = only(re.sub(r'HPOS="(\d+)" VPOS="(\d+)" WIDTH="(\d+)" HEIGHT="(\d+)"', loosely, alto(BLOCKS)))
    assert (lines(loose), regions(loose)) == (lines(exact), regions(exact))


def test_labels_of_the_library_name_the_parts() -> None:
    tags = (
        '<Tags><LayoutTag ID="T1" LABEL="headline"/><LayoutTag ID="T2" LABEL="图说"/>'
        '<OtherTag ID="T3" TYPE="Advertisement"/><StructureTag ID="T4" LABEL="zone"/></Tags>'
    )
    blocks = [
        Block("B1", 60, 60, ["邻居节到了"], attributes={"TAGREFS": "T4 T1"}),
        Block("B2", 60, 150, ["居民在院里包饺子。李明 摄"], attributes={"TAGREFS": "T2"}),
        Block("B3", 60, 400, ["旺铺出租，价格面议"], attributes={"TAGREFS": "T3"}),
        Block("B4", 60, 600, ["小标题在这里"], attributes={"TYPE": "crosshead"}),
    ]
    page = only(alto(blocks, head=tags, places=False))
    assert marked(page) == [
        ("main", "邻居节到了"), ("caption", "居民在院里包饺子。李明 摄"), ("furniture", "旺铺出租，价格面议"),
        ("crosshead", "小标题在这里"),
    ]  # fmt: skip
    assert {(role, text) for role, text in marked(only(alto(blocks, head=tags)))} >= {
        ("main", "邻居节到了"), ("furniture", "旺铺出租，价格面议"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        '<ReadingOrder><OrderedGroup ID="o"><ElementRef REF="B4"/><ElementRef REF="B1"/></OrderedGroup></ReadingOrder>',
        "IDNEXT",
    ],
)
def test_the_reading_order_of_the_file_is_kept(head: str) -> None:
    blocks = [STAIRS, DOCTORS_TEXT]
    if head == "IDNEXT":
        blocks = [STAIRS, Block("B4", 700, 150, DOCTORS_TEXT.lines, attributes={"IDNEXT": "B1"})]
        head = ""
    for places in (True, False):
        found = only(alto(blocks, head=head, places=places)).text
        assert found.index("近日") < found.index("志愿者")


def test_each_page_of_a_file_is_a_page() -> None:
    one = alto(BLOCKS, page='PRINTED_IMG_NR="7"')
    layout = one[one.index("<Page") : one.index("</Layout>")]
    both = one.replace("</Layout>", layout.replace('"7"', '"8"') + "</Layout>")
    assert [page.source.page for page in reading(both).pages] == [7, 8]
    assert [page.source.page for page in reading(both, part=2).pages] == [8]


def test_what_the_engine_was_unsure_of_is_noted() -> None:
    assert reading(alto(BLOCKS, confidence=' WC="0.95"')).notes == ()
    assert "0.40" in reading(alto(BLOCKS, confidence=' WC="0.4"')).notes[0]
    assert "0.11" in reading(alto(BLOCKS, confidence=' CC="888 8"')).notes[0]
    assert reading(alto(BLOCKS, confidence=' WC="?" CC=""')).notes == ()


def test_lines_that_run_downwards_are_whole_lines() -> None:
    columns = "".join(
        f'<TextLine HPOS="{900 - 60 * n}" VPOS="100" WIDTH="30" HEIGHT="{30 * len(text)}"><String CONTENT="{text}" '
        f'HPOS="{900 - 60 * n}" VPOS="100" WIDTH="30" HEIGHT="{30 * len(text)}"/></TextLine>'
        for n, text in enumerate(["本埠昨日大雨，江水上漲", "街坊鄰里互相救助，平安"])
    )
    text = only(alto([], tail=f'<TextBlock ID="v">{columns}</TextBlock>')).text
    assert "".join(text.split()) == "本埠昨日大雨，江水上漲街坊鄰里互相救助，平安"


def test_an_issues_mets_says_date_paper_page_and_articles() -> None:
    issues = Issues()
    issues.add(
        "1/mets.xml",
        mets({"A1": [("TITLE", "B3"), ("PARAGRAPH", "B4")], "A2": [("TITLE", "B1"), ("BODY", "B2")]}).encode(),
    )
    found = issues.page("1/alto/0003.xml")
    assert found == IssuePage(
        "邕江社区报", "2024-03-12", 3,
        (IssueArticle("A1", (Area("B3", "TITLE"), Area("B4", "PARAGRAPH"))),
         IssueArticle("A2", (Area("B1", "TITLE"), Area("B2", "")))),
    )  # fmt: skip
    assert issues.page("2/alto/0003.xml") is None
    page = only(alto(BLOCKS), found)
    assert (page.source.paper, page.source.issue_date, page.source.page) == ("邕江社区报", "2024-03-12", 3)
    assert regions(page)[0] == "|".join(PARAGRAPHS[3:])
    assert regions(page)[1].startswith(PARAGRAPHS[0])
    assert [text for role, text in marked(page) if role == "main"] == [PARAGRAPHS[3], PARAGRAPHS[0]]


def test_the_one_map_without_a_type_of_the_library_of_congress_numbers_the_pages() -> None:
    text = (
        mets({}, reference="0003.xml")
        .replace('<structMap TYPE="PHYSICAL">', "<structMap>")
        .replace('"PAGE"', '"np:page"')
    )
    issues = Issues()
    issues.add("sn1/mets.xml", text[: text.index('<structMap TYPE="LOGICAL"')].encode() + b"</mets>")
    assert issues.page("sn1/0003.xml") == IssuePage("邕江社区报", "2024-03-12", 3)


def test_what_belongs_to_no_article_of_the_mets_keeps_its_place_and_role() -> None:
    head = Block("H", 60, 10, ["2024年3月12日 星期二 03版"])
    ground = [Block(each.id, each.x, each.y + 100, each.lines, each.em) for each in BLOCKS]
    picture = Block("P", 700, 700, ["孩子们在院里放风筝。"])
    articles = {"A1": [("TITLE", "B3"), ("PARAGRAPH", "B4")]}
    issues = Issues()
    caption = '<div TYPE="CAPTION"><fptr><area FILEID="A3" BEGIN="P"/></fptr></div>'
    article = '<div TYPE="ARTICLE"'
    logical = mets(articles).replace(article, f'<div TYPE="ILLUSTRATION">{caption}</div>{article}', 1)
    issues.add("mets.xml", logical.encode())
    page = only(alto([head, *ground, picture]), issues.page("alto/0003.xml"))
    assert lines(page)[0] == head.lines[0]
    assert marked(page)[:2] == [("furniture", head.lines[0]), ("caption", picture.lines[0])]
    assert regions(page)[:2] == [picture.lines[0], "|".join(PARAGRAPHS[3:])]
    assert "".join(PARAGRAPHS[:1]) in page.text[page.regions[-1].start :]


def test_margins_hold_no_articles() -> None:
    document = alto(BLOCKS).replace("<PrintSpace>", "<TopMargin>" + WORD % "邕江社区报" + "</TopMargin><PrintSpace>")
    assert ("furniture", "邕江社区报") in marked(only(document))


def test_articles_of_the_mets_may_be_lines_or_lack_parts_and_lose_nothing() -> None:
    areas = {"A1": (Area("B1"), Area("B2_0"), Area("nowhere")), "A2": (Area("B1"), Area("B4"))}
    issue = IssuePage(articles=tuple(IssueArticle(name, parts) for name, parts in areas.items()))
    for places in (True, False):
        page = only(alto(BLOCKS, places=places), issue)
        assert Counter("".join(page.text.split())) == Counter("".join(PARAGRAPHS))


def test_a_mets_is_no_page_but_is_read() -> None:
    made = reading(mets({}))
    assert made.pages == ()
    assert made.notes == ("METS of 邕江社区报 of 2024-03-12: describes 1 files",)
    assert refused("<mets/>") == "no_pages"
    assert refused("<mets><a></mets>") == "broken_xml"
    issues = Issues()
    for data in (b"<mets><a></mets>", b"", b"<x/>", b"\xff\xfe<mets"):
        issues.add("1/mets.xml", data)
    assert not issues.pages


def typed(declared: str, document: str) -> str:
    """The document with a document type."""
    return f"<!DOCTYPE alto {declared}>" + document.partition("\n")[2]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<alto/>", "empty"),
        (alto([]), "empty"),
        (alto([Block("B", 0, 0, ["  "])]), "empty"),
        ("<alto><a", "broken_xml"),
        (alto(BLOCKS)[:-300], "broken_xml"),
        (alto(BLOCKS).replace("<TextLine", "<TextLine <", 1), "broken_xml"),
        (alto(BLOCKS) + "<alto/>", "broken_xml"),
        (alto([], tail=WORD % "&#0;"), "broken_xml"),
        (alto([], tail="<TextBlock>" * 100_000 + "</TextBlock>" * 100_000), "broken_xml"),
        (typed(f'[<!ENTITY l0 "哈">{LAUGHS}]', alto([], tail=WORD % "&l19;")), "unsafe_xml"),
        (typed('[<!ENTITY x SYSTEM "file:///etc/passwd">]', alto([], tail=WORD % "a" + "&x;")), "unsafe_xml"),
        (typed('[<!ENTITY % x SYSTEM "http://localhost:9/x.dtd"> %x;]', alto(BLOCKS)), "unsafe_xml"),
        (b"<alto>" + bytes(range(128, 256)) * 20, "broken_encoding"),
    ],
)  # fmt: skip
def test_files_that_mean_harm_or_are_broken_are_named_rejects(document: str | bytes, reason: str) -> None:
    assert refused(document) == reason


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE alto SYSTEM "http://localhost:9/alto.dtd">',
        '<?xml-stylesheet href="http://localhost:9/x.xsl"?>',
        '<!DOCTYPE alto PUBLIC "x" "file:///etc/passwd">',
    ],
)
def test_nothing_outside_the_file_is_fetched(head: str) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    document = f"{head}\n" + alto(BLOCKS, tail=include).partition("\n")[2]
    assert "".join(lines(only(document))) == "".join(PARAGRAPHS)


def test_a_huge_text_node_costs_no_more_than_its_size() -> None:
    document = alto([STAIRS], tail="<Description>" + "長" * 3_000_000 + "</Description>")
    assert only(document).text == STAIRS.lines[0]


SAMPLE = alto(BLOCKS, tail='<Illustration HPOS="60" VPOS="600" WIDTH="300" HEIGHT="200"/>').encode()
METS = mets({"A1": [("TITLE", "B3"), ("PARAGRAPH", "B4")]}).encode()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.binary(max_size=12)), max_size=4),
    st.booleans(),
)
def test_whatever_happens_to_a_file_nothing_but_rejects(cuts: list[tuple[int, int, bytes]], described: bool) -> None:
    data = METS if described else SAMPLE
    for at, size, put in cuts:
        data = data[:at] + put + data[at + size :]
    issues = Issues()
    issues.add("mets.xml", data)
    try:
        made = reading(data)
    except Rejected:
        return
    known = unescape(data.replace(b"\0", b"").decode("utf-8", "replace")) + data.decode("gb18030", "replace")
    for page in made.pages:
        if page.source.encoding == "utf-8" and page.source.format == "alto":
            assert all(c in known for c in page.text if not c.isspace())


NUMBERS = st.sampled_from(["0", "1", "30", "60", "-40", "700", "1e6", "9999999", "0.001", "x", ""])


LINES = st.tuples(st.text("社区开街，。A b1“—", min_size=1, max_size=12), NUMBERS, NUMBERS, NUMBERS, NUMBERS)


@settings(deadline=None)
@given(
    st.lists(LINES, max_size=12), st.integers(1, 4),
    st.sampled_from(["", 'TAGREFS="T1"', 'TYPE="caption"', 'IDNEXT="B1"']),
    st.lists(st.integers(0, 12), max_size=4),
)  # fmt: skip
def test_wherever_lines_stand_each_character_is_printed_once(
    placed: list[tuple[str, str, str, str, str]], every: int, said: str, areas: list[int]
) -> None:
    inside = ""
    for n, (text, x, y, width, height) in enumerate(placed):
        place = f'HPOS="{x}" VPOS="{y}" WIDTH="{width}" HEIGHT="{height}"'
        opened = f'<TextBlock ID="B{n // every}" {said if n % 2 else ""}>' if n % every == 0 else ""
        closed = "</TextBlock>" if n % every == every - 1 or n == len(placed) - 1 else ""
        inside += f'{opened}<TextLine ID="L{n}" {place}><String CONTENT="{text}" {place}/></TextLine>{closed}'
    tags = '<Tags><LayoutTag ID="T1" LABEL="headline"/></Tags>'
    issue = IssuePage(
        articles=tuple(
            IssueArticle(f"A{n}", (Area(f"B{at}", "TITLE" * (at % 2)), Area(f"L{at}"))) for n, at in enumerate(areas)
        )
    )
    printed = "".join("".join(text.split()) for text, *_ in placed)
    try:
        page = only(alto([], tail=inside, head=tags), issue)
    except Rejected:
        assert not printed
        return
    assert Counter("".join(page.text.split())) == Counter(printed)
    assert all(page.text[mark.start : mark.end].strip() for mark in page.marks)
