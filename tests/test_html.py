"""Web pages to page text with marks: known shapes, encodings, hostile markup."""

import html
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import readers
from corpus.readers import html as reader
from corpus.readers.formats import is_saved_page, is_web_page
from corpus.readers.html import charset, document, fallback, mhtml
from corpus.readers.html.flow import MOST_LINES
from corpus.readers.html.properties import stored
from corpus.readers.reading import Options, Reading
from corpus.rejects import Rejected
from corpus.sources import PageFile
from schemas.layout import Page, Region

FOLDER = Path(__file__).parent / "examples" / "html"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
SENTENCE = "近日，渡口街道的居民在河边种下三十棵银杏树。"  # residents plant ginkgos at the river
ROLES = ("kicker", "subtitle", "byline", "caption", "crosshead")


def read(markup: str | bytes, name: str = "page.html") -> Reading:
    data = markup if isinstance(markup, bytes) else markup.encode("utf-8", "surrogatepass")
    return reader.read(PageFile(name, data), Options())


def page(markup: str | bytes) -> Page:
    (found,) = read(markup).pages
    return found


def marked(found: Page, role: str, region: Region | None = None) -> list[str]:
    start, end = (region.start, region.end) if region else (0, len(found.text))
    return [found.text[m.start : m.end] for m in found.marks if m.role == role and start <= m.start and m.end <= end]


def refused(markup: str | bytes) -> str:
    with pytest.raises(Rejected) as error:
        read(markup)
    return error.value.reason


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_of_a_known_shape(name: str) -> None:
    expected = EXPECTED[name]
    (found,) = readers.read(PageFile(name, (FOLDER / name).read_bytes())).pages
    source = [found.source.encoding, found.source.paper, found.source.issue_date, found.source.page]
    assert source[: len(expected["source"])] == [value or None for value in expected["source"]]
    if "lines" in expected:
        assert (found.marks, found.regions) == ((), ())
        assert sum(map(bool, found.text.split("\n"))) == expected["lines"]
        return
    assert len(found.regions) == len(expected["articles"])
    for region, article in zip(found.regions, expected["articles"], strict=True):
        assert region.single
        assert marked(found, "main", region) == [article["main"]]
        assert {role: marked(found, role, region) for role in ROLES} == {role: article.get(role, []) for role in ROLES}
        paragraphs = marked(found, "paragraph", region)
        begins = article.get("begins", [])
        assert [text[: len(start)] for text, start in zip(paragraphs, begins, strict=True)] == begins


@pytest.mark.parametrize("name", [name for name in EXPECTED if "articles" in EXPECTED[name]])
def test_the_site_is_no_part_of_the_page(name: str) -> None:
    (found,) = readers.read(PageFile(name, (FOLDER / name).read_bytes())).pages
    for words in (
        "上一篇",
        "首页",
        "版权",
        "分享",
        "相关阅读",
        "放大",
        "往期",
        "脚本",
        "替代文字",
        "修伞",
        "热门",
        "阅读原文",
    ):
        assert words not in found.text


def test_a_list_of_links_is_no_article() -> None:
    reading = readers.read(PageFile("node_3.htm", (FOLDER / "node_3.htm").read_bytes()))
    assert reading.pages == ()
    assert reading.notes == ("a page's list of articles, without an article's text",)


@pytest.mark.parametrize(
    ("name", "data", "taken"),
    [
        ("a.txt", b"<!DOCTYPE html><p>", True),
        ("a.txt", b"\xef\xbb\xbf\n<!-- saved -->\n<HTML>", True),
        ("a.txt", "<html><p>社区".encode("utf-16"), True),
        ("a.xhtml", b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', True),
        ("a.htm", b"<p>", True),
        ("a.htm", "社区新闻".encode(), False),
        ("a.txt", "<社区>新闻<p>".encode(), False),
        ("a.xml", b'<?xml version="1.0"?><alto>', False),
        ("a.html", b"<!--" * 2000, False),
        ("a.html", b"<!-- -->" * 1000 + b"<x", False),
    ],
)
def test_what_is_taken_for_a_web_page(name: str, data: bytes, taken: bool) -> None:
    assert is_web_page(PageFile(name, data)) is taken


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "GBK", "iso-8859-1", "nonsense", ""])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_the_bytes_decide_and_not_what_the_page_declares(declared: str, codec: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    script = "<script>var unread = 'ascii';</script>" * 4000  # more than is looked at to tell an encoding
    found = page(f"<html>{meta}{script}<h1>渡口邨植树</h1><p>{SENTENCE}</p>".encode(codec))
    assert marked(found, "paragraph") == [SENTENCE]
    assert found.source.encoding == codec


def test_a_declared_encoding_decides_where_bytes_are_too_few() -> None:
    found = page(b'<meta charset="big5">' + "<h1>沙田</h1><p>長者起舞。</p>".encode("big5"))
    assert found.source.encoding in ("big5", "big5hkscs")
    assert "長者起舞。" in found.text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("近&nbsp;日，老&middot;街", "近 日，老·街"),
        ("&#x8fd1;&#26085;，好", "近日，好"),
        ("近日&#150;&#x93;好&#148;", "近日–“好”"),  # Windows-1252 by number
        ("近\u200b日，\ufeff居&#8203;民", "近日，居民"),
        ("近\u202e日\u2066，居\u200f民", "近日，居民"),
        ("近&#xD800;日&#0;&#x110000;，居", "近\ufffd日\ufffd\ufffd，居"),
        ("近\x01日，" + "居" * 100, "近日，" + "居" * 100),
        ("近日，\n  居民", "近日，居民"),
        ("Hello\n world", "Hello world"),
        ("&lol;近日", "&lol;近日"),
    ],
)
def test_characters_that_print_and_those_that_do_not(markup: str, text: str) -> None:
    assert page(f"<html><body><p>{markup}，{SENTENCE}</p>").text == f"{text}，{SENTENCE}\n"


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("　　甲社区开会。<br>　　乙社区种树。", ["甲社区开会。", "乙社区种树。"]),
        ("　　甲社区开会。　　乙社区种树。", ["甲社区开会。", "乙社区种树。"]),
        (
            "&nbsp;&nbsp;&nbsp;&nbsp;甲社区昨天上午开<br>了会。<br>&nbsp;&nbsp;&nbsp;&nbsp;乙社区种树。",
            ["甲社区昨天上午开了会。", "乙社区种树。"],
        ),
        ("甲社区开会。<br><br>乙社区种树。", ["甲社区开会。", "乙社区种树。"]),
        ("<p>甲社区开会。<p>乙社区种树。", ["甲社区开会。", "乙社区种树。"]),
        ("<div>甲社区开会。</div><div>乙社区种树。</div>", ["甲社区开会。", "乙社区种树。"]),
        ("甲社区<b>开会</b>。<br>乙社区<a href=x>种树</a>。", ["甲社区开会。", "乙社区种树。"]),
    ],
)  # community A meets, community B plants trees
def test_paragraphs_are_put_together_whatever_marks_them(body: str, paragraphs: list[str]) -> None:
    assert marked(page(f'<html><h1>两个社区的一天</h1><div id="ozoom">{body}</div>'), "paragraph") == paragraphs


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("▲点击上方蓝字，关注我们", True),
        ("喜欢就点个“在看”吧", True),
        ("上一页 1 2 3 下一页", True),
        ("居民扫码关注社区账号后，就能在手机上报修。", False),
        (
            "楼道贴出告示，写明举报电话和受理时间，发现飞线充电可以随时拨打。",
            False,
        ),
        ("时间：每月第一个周六上午。", False),
    ],
)  # what an account's editor adds, and sentences with the same words: how to report repairs, faults, when to meet
def test_invitations_to_follow_are_no_part_of_an_article(text: str, left_out: bool) -> None:
    body = f"<p>{text}</p><p>{SENTENCE}</p>" if left_out else f"<p>{SENTENCE}</p><p>{text}</p>"
    found = page(f'<html><h1 id="activity-name">银杏</h1><div id="js_content">{body}</div>')
    assert marked(found, "paragraph") == ([SENTENCE] if left_out else [SENTENCE, text])
    assert (text not in found.text) is left_out


TAIL = "<p>—END—</p><p>来源｜渡口街道</p><p>编辑丨何苗　审核：唐宁</p><p>往期推荐</p><p><a href=x>桥下的早市</a></p>"


def test_credits_below_the_end_of_an_article_are_no_paragraphs() -> None:
    found = page(f'<html><h1>银杏</h1><div id="js_content"><p>{SENTENCE}</p>{TAIL}</div>')
    assert marked(found, "paragraph") == [SENTENCE]
    assert marked(found, "furniture") == ["—END—", "来源｜渡口街道", "编辑丨何苗 审核：唐宁"]
    assert "桥下的早市" not in found.text


@pytest.mark.parametrize(
    "around", ["<table><tr><td>{}</td></tr></table>", "<div class=content-nav-wrap>{}</div>", "{}"]
)
@pytest.mark.parametrize("name", ["biaoti", "wz-biaoti", "artTitle", "index_title__x1Y2"])
def test_the_words_in_names_say_what_elements_hold(around: str, name: str) -> None:
    lines = f"<div class={name}>渡口添了树荫</div><div id=wzZuozhe>何苗</div><div>{SENTENCE}</div><div>{SENTENCE}</div>"
    found = page("<html><body>" + around.format(lines))
    assert (marked(found, "main"), marked(found, "byline")) == (["渡口添了树荫"], ["何苗"])
    assert marked(found, "paragraph") == [SENTENCE, SENTENCE]


@pytest.mark.parametrize(
    ("data", "day", "author"),
    [
        ('{"@type":"NewsArticle","datePublished":"2024-03-12T08:00:00+08:00","author":"何苗"}', "2024-03-12", "何苗"),
        (
            '[{"@graph":[{"@type":["Report"],"datePublished":"2024-03-12","author":[{"name":"何苗"}]}]}]',
            "2024-03-12",
            "何苗",
        ),
        ('{"@type":"NewsArticle","datePublished":20240312,"author":{"name":["何苗"]}}', None, None),
        ('{"@type":"Organization","name":"何苗"}', None, None),
        ("[" * 50_000, None, None),
        ('{"@type":', None, None),
    ],
)
def test_linked_data_names_day_and_author(data: str, day: str | None, author: str | None) -> None:
    known = stored(document.parse(f'<script type="application/ld+json">{data}</script><p>{SENTENCE}</p>'))
    assert (known.issue_date, known.author) == (day, author)


def test_a_page_saved_as_one_file_is_its_largest_part_in_html() -> None:
    part = "--x\nContent-Type: {}; charset=gbk\nContent-Transfer-Encoding: 8bit\n\n{}\n".format
    parts = (
        part("text/html", "<p>某广告。"),
        part("text/html", f"<h1>银杏</h1><p>{SENTENCE}</p>"),
        part("text/css", "p{}" * 999),
    )
    head = "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n"
    data = (head + "".join(parts) + "--x--\n").encode("gbk")
    assert is_web_page(PageFile("页面.mht", data))
    assert marked(page(data), "paragraph") == [SENTENCE]
    assert mhtml.page(data).startswith(b"<h1>")


def test_properties_win_in_a_fixed_order_and_must_be_real() -> None:
    said = document.parse("<meta name=PubDate content=2024-02-30><meta property=og:site_name content=某网><p>x")
    assert (stored(said).issue_date, stored(said).paper) == (None, None)


HOSTILE = {
    "deep": "<html><body>" + "<div>" * 10_000 + f"<p>{SENTENCE}</p>",
    "deep inline": "<html><body>" + "<b>" * 20_000 + SENTENCE,
    "deep tables": "<html>" + "<table><tr><td>" * 5_000 + SENTENCE,
    "unclosed": f"<html><body><table><tr><td><b><i><p>{SENTENCE}",
    "huge attribute": f"<html><p title='{'a' * 2_000_000}'>{SENTENCE}",
    "many attributes": f"<html><p {' '.join(f'a{n}=1' for n in range(20_000))}>{SENTENCE}",
    "picture in the page": f"<html><img src='data:image/png;base64,{'A' * 2_000_000}'><p>{SENTENCE}",
    "entities": f'<!DOCTYPE html [<!ENTITY a "近日"><!ENTITY b "&a;&a;">]><html><p>{SENTENCE}</p>&b;',
    "outside": f'<!DOCTYPE html SYSTEM "http://x.invalid/" [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>{SENTENCE}</p>',
    "comments": f"<html><!-- a -- b ---><p>{SENTENCE}</p><!-- <founder-title>",
    "a script": f"<html><script>if (a < b) '<p>';</script><style>p{{}}</style><p>{SENTENCE}</p>",
    "an open script": f"<html><p>{SENTENCE}</p><script>近日。",
    "NUL bytes": f"<html><p>{SENTENCE[:5]}\0{SENTENCE[5:]}</p></html>",
    "stray ends": f"<html></p></div></html></body><p>{SENTENCE}" + "</div>" * 5_000,
    "plaintext": f"<html><plaintext>{SENTENCE}",
    "names": f"<html><o:p><st1:place w:st='on'><p 社区='a' a:b='c'>{SENTENCE}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_costs_nothing_of_the_text(name: str) -> None:
    assert SENTENCE in page(HOSTILE[name]).text


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html></html>", "empty"),
        ("<html><script>1</script><img alt='x'>", "empty"),
        ("<html>" + "<p>" * (document.MOST_TAGS + 1), "markup_bomb"),
        ("<html>" + "<i></i>" * (document.MOST_ELEMENTS + 1), "markup_bomb"),
        ("<html><pre>" + f"{SENTENCE}\n" * (MOST_LINES + 1), "markup_bomb"),
        (
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n--x--",
            "empty",
        ),
        (b"<html>\x80\x81\xff\xfe\xfa\x00\x01\x02\x03" * 40, "binary"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(markup: str | bytes, reason: str) -> None:
    assert refused(markup) == reason


def test_a_page_of_unknown_shape_does_without_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object, **named: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fails)
    assert "放映员韩生福" in page((FOLDER / "cluttered.html").read_bytes()).text
    assert fallback.main_text(document.parse("<p>x").root, []) == []


TAGS = st.sampled_from(
    sorted(document.BLOCK | document.UNSEEN | {"a", "b", "span", "font", "img", "founder-title", "o:p"})
)
NAMES = st.sampled_from(
    (
        "",
        " id=ozoom",
        " class='article-content x'",
        " class=author",
        " style='display:none'",
        " href=x",
        " class=font01",
    )
)
TEXTS = st.one_of(
    st.sampled_from(
        (
            SENTENCE,
            "本报记者 周宁",
            "第03版：社区",
            "　　",
            "&nbsp;&nbsp;",
            "来源：某报 作者：",
            "2024-03-12",
            "-->",
            "<",
            "&#xD800;",
            "\0",
        )
    ),
    st.text(max_size=12),
)
SOUP = st.lists(
    st.one_of(st.builds("<{}{}>".format, TAGS, NAMES), st.builds("</{}>".format, TAGS), TEXTS), max_size=40
).map("".join)


def holds(data: bytes) -> None:
    """Never anything but Rejected; offsets lie in the text; no character that is not in the source."""
    try:
        reading = reader.read(PageFile("page.html", data), Options())
    except Rejected as error:
        error.at("page.html")  # ValueError where the reason has no remedy
        return
    for found in reading.pages:
        plain = charset.decode(mhtml.page(data) if is_saved_page(data) else data).text
        source = plain + html.unescape(plain) + "\ufffd"  # <plaintext> shows character references as they are
        found.text.encode("utf-8")  # raises where there are lone surrogates
        assert set(found.text) <= set(source) | set(" \n")
        assert all(found.text[mark.start : mark.end].strip() for mark in found.marks)
        assert all("\n" not in found.text[mark.start : mark.end] for mark in found.marks)


@settings(deadline=None, max_examples=60)
@given(SOUP)
def test_any_tag_soup_is_a_page_or_refused_by_name(soup: str) -> None:
    holds(f"<html><body>{soup}".encode("utf-8", "ignore"))


def mutants() -> Iterator[bytes]:
    for path in sorted(FOLDER.glob("*.*htm*")):
        yield path.read_bytes()


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(tuple(mutants())), st.data())
def test_a_mutated_page_is_a_page_or_refused_by_name(data: bytes, draw: st.DataObject) -> None:
    mutated = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        start = draw.draw(st.integers(0, len(mutated)))
        end = draw.draw(st.integers(start, min(len(mutated), start + 300)))
        again = draw.draw(
            st.sampled_from((b"", bytes(mutated[start:end]) * 2, b"<", b"</div>", b"\xff", b"\0", b"-->"))
        )
        mutated[start:end] = again
    holds(bytes(mutated))
