"""/search: what is found, facets, chips, order, paging, other ways to ask, wrong and hostile queries."""

import ast
import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from corpus.archive import query as language_of_queries
from web.language import language


def main(text: str) -> str:
    """The main part of a page."""
    found = re.search(r"<main.*?</main>", text, re.DOTALL)
    assert found
    return found[0]


def said(text: str) -> str:
    """What a reader sees of the main part."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main(text))))


def total(text: str) -> int:
    """How many articles the page says there are; 0 where it says none."""
    found = re.search(r'id="found"[^>]*>([\d,]+) 篇文章', text)
    return int(found[1].replace(",", "")) if found else 0


def links(text: str) -> list[str]:
    """Addresses in the main part."""
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', main(text))]


def test_hits_have_marks_and_lead_to_their_articles(client: TestClient) -> None:
    text = client.get("/search?q=义诊").text
    assert total(text) == text.count('<li class="hit">') == 3
    assert "<mark>义诊</mark>" in text
    articles = [each for each in links(text) if each.startswith("/articles/")]
    assert len(articles) == 3
    assert all(client.get(each).status_code == 200 for each in articles)


def test_the_query_stays_in_the_address_and_in_the_box(client: TestClient) -> None:
    text = client.get("/search?q=社区&type=health&sort=oldest").text
    assert 'id="q" type="search" name="q" value="社区"' in text
    assert '<input type="hidden" name="type" value="health">' in text
    assert '<input type="hidden" name="sort" value="oldest">' in text
    assert f"/search.csv?q={quote('社区')}&type=health&sort=oldest" in links(text)


def facet_links(text: str) -> list[tuple[str, int]]:
    """The address behind each value of a facet that is not on, with its count."""
    found = re.findall(r'<a href="(/search\?[^"]+)">[^<]*</a> <span class="count">([\d,]+)</span>', main(text))
    return [(html.unescape(address), int(count.replace(",", ""))) for address, count in found]


@pytest.mark.parametrize("asked", ["", "q=社区", "q=社区&kind=photo", "district=大东区", "type=care"])
def test_every_count_of_a_facet_is_what_its_link_finds(client: TestClient, asked: str) -> None:
    values = facet_links(client.get(f"/search?{asked}").text)
    assert len(values) > 5
    for address, count in values:
        assert total(client.get(address).text) == count, address


def test_facets_are_a_tree_of_places(client: TestClient) -> None:
    text = main(client.get("/search?q=义诊 荷叶塘").text)
    district, street, community = (text.index(f">{name}<") for name in ("岳麓区", "咸嘉湖街道", "荷叶塘社区"))
    assert district < street < community
    assert "district=430104" in text


def test_chips_take_filters_away(client: TestClient) -> None:
    text = client.get("/search?q=社区&type=care&district=210104").text
    assert "大东区" in re.findall(r'<a class="chip".*?</a>', text, re.DOTALL)[1]
    assert f"/search?q={quote('社区')}&district=210104" in links(text)
    assert "/places/210104" in links(text)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_order_by_day(client: TestClient, sort: str) -> None:
    days = []
    for page in (1, 2, 3, 4):
        days += re.findall(r'<time datetime="([\d-]+)"', main(client.get(f"/search?sort={sort}&page={page}").text))
    assert len(days) > 40
    assert days == sorted(days, reverse=sort == "newest")


def test_pages_hold_every_article_once(client: TestClient) -> None:
    for sort in ("relevance", "newest", "oldest"):
        found = []
        for page in (1, 2, 3):
            found += re.findall(
                r'<h3><a href="(/articles/[^"]+)"', client.get(f"/search?q=社区&sort={sort}&page={page}").text
            )
        assert len(found) == len(set(found)) == total(client.get("/search?q=社区").text)


def test_there_are_not_so_many_pages(client: TestClient) -> None:
    answer = client.get("/search?q=社区&page=900")
    assert answer.status_code == 200
    assert "没有这么多页" in said(answer.text)
    assert f"/search?q={quote('社区')}&page=3" in links(answer.text)


def test_a_place_a_word_and_a_month_are_offered_as_filters(client: TestClient) -> None:
    # 奎文区 and 十一月 stand in few articles beside each other; the district and the month are known of more
    text = client.get("/search?q=奎文区 社区 11月").text
    ways = re.findall(r'<li><a href="(/search[^"]+)">.*?</a>\s*<span class="count">(\d+) 篇', text, re.DOTALL)
    assert ways
    for address, count in ways:
        assert "district=" in address
        assert "since=2023-11-01" in address
        assert total(client.get(html.unescape(address)).text) == int(count) > 0


def test_a_type_is_recognised_by_what_it_is_called(client: TestClient) -> None:
    text = client.get("/search?q=奎文区 反诈").text
    assert any("type=antifraud" in each and "district=" in each for each in links(text))


def test_nothing_is_offered_for_other_words(client: TestClient) -> None:
    assert 'class="otherwise"' not in client.get("/search?q=居民").text
    assert 'class="otherwise"' not in client.get("/search?q=义诊 OR 大东区").text


def test_nothing_found_says_what_is_to_blame(client: TestClient) -> None:
    text = client.get("/search?q=义诊 飞碟").text
    assert "没有找到文章" in said(text)
    assert "没有文章含有“飞碟”" in said(text)
    assert "义诊 单独见于 3 篇文章" in said(text)
    text = client.get("/search?q=义诊&district=大冬区").text
    assert "没有文章提到区县“大冬区”" in said(text)
    [near] = [each for each in links(text) if "district=" + quote("大东区") in each]
    assert f"q={quote('义诊')}" in near
    text = client.get("/search?q=义诊&type=fire").text
    assert f"/search?q={quote('义诊')}" in links(text)
    assert "去掉条件“类型” 3 篇文章" in said(text)


@pytest.mark.parametrize(
    ("query", "remedy"),
    [("(社区", "第 1 个字符处的括号没有闭合"), ("社区 OR", "末尾的 OR 后面缺少词语"), ('"社区', "请补上"),
     ("-", "缺少词语"), ("社" * 2001, "最多 2,000 个"), ("title:", "请写成 title:词语"), ("%00", "只有看不见的字符")],
)  # fmt: skip
def test_a_wrong_query_names_its_remedy(client: TestClient, query: str, remedy: str) -> None:
    answer = client.get("/search?q=" + (query if query == "%00" else quote(query)))
    assert answer.status_code in (400, 414)
    if answer.status_code == 400:
        assert remedy in said(answer.text)
        assert 'aria-invalid="true"' in answer.text


def test_every_error_of_the_query_language_has_its_chinese() -> None:
    tree = ast.parse(Path(str(language_of_queries.__file__)).read_text("utf-8"))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QueryError"
    ]
    said_ = [node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)]
    assert len(said_) == len(calls) > 8
    assert [each for each in said_ if each not in language("zh").texts] == []


HOSTILE = [
    *"社a1 ()（）|｜-—\"“”「:：'*^;%_\\<>&\x00\u202e\u200b🎉\n",
    "OR ",
    "NOT ",
    "title:",
    "NEAR(",
    "</script>",
    "{{ 7 * 7 }}",
]


@given(st.lists(st.sampled_from(HOSTILE), max_size=30).map("".join))
@example("社区\u202e\u2066")
@example('{fts5} "a" NEAR(b)')
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered(client: TestClient, query: str) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code in (200, 400)
    assert "</script>{" not in answer.text
    assert "\u202e" not in main(answer.text).replace('value="', "", 0).partition('name="q"')[0]


def test_nothing_of_a_query_becomes_markup(client: TestClient) -> None:
    text = client.get("/search", params={"q": "<img src=x onerror=alert(1)>", "place": "<b>x</b>"}).text
    assert "<img" not in text
    assert "<b>x" not in text


def test_wrong_values_are_refused(client: TestClient) -> None:
    for asked in ("sort=best", "page=0", "page=x", "since=gestern", "type=nothing", "kind=poem"):
        assert client.get(f"/search?{asked}").status_code == 400, asked


def test_it_is_english_too(client: TestClient) -> None:
    text = client.get("/search?q=义诊&lang=en").text
    assert "3 articles" in said(text)
    assert "best first" in said(text)
    client.get("/search?lang=zh")
