"""/pages/NUMBER: every character of the page in a block of an article, or named as what it is."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from corpus.archive import database, pages
from corpus.archive.pages import PageView
from tests.web.markup import read


def every(archive: Path) -> list[PageView]:
    with database.reading(archive) as connection:
        return [pages.view(connection, number) for (number,) in connection.execute("SELECT id FROM page")]


def test_every_printed_character_is_shown_in_order(client: TestClient, samples: Path) -> None:
    for view in every(samples):
        html = read(client.get(f"/pages/{view.id}").text)
        stretches = html.every(word="stretch-text")
        assert "".join("".join(each.words.split()) for each in stretches) == "".join(view.text.split())
        assert not html.every(word="lost")
        assert len(html.every(word="rest")) == len(view.leftovers)
        for number, article in enumerate(view.articles, 1):
            own = html.every(word="stretch", data_a=str(number))
            assert len(own) == sum(len(block.source) for block in article.blocks)
        ids = {each.attributes["id"] for each in html.every(has="id")}
        for link in html.every(tag="a", has="href"):
            target = link.attributes["href"]
            assert not target.startswith("#") or target[1:] in ids, target


def test_a_block_that_goes_on_elsewhere_says_where(client: TestClient, samples: Path) -> None:
    [view] = [each for each in every(samples) if each.path.endswith("hefei-shushan-2024-03-12-A05.txt")]
    html = read(client.get(f"/pages/{view.id}?lang=en").text)
    going_on = [(each.words, each.attributes["href"]) for each in html.every(word="going-on")]
    joined = [
        (number, block)
        for number, article in enumerate(view.articles, 1)
        for block, each in enumerate(article.blocks, 1)
        if len(each.source) == 2
    ]
    assert joined
    for number, block in joined:
        assert ("goes on below", f"#s{number}-{block}-2") in going_on
        assert ("goes on from above", f"#s{number}-{block}-1") in going_on
    client.get("/about?lang=zh")


def test_leftovers_are_named(client: TestClient, samples: Path) -> None:
    view = next(each for each in every(samples) if any(left.reason == "hotline" for left in each.leftovers))
    html = read(client.get(f"/pages/{view.id}").text)
    assert any("热线" in each.one(word="stretch-mark").words for each in html.every(word="rest"))


def test_articles_are_listed_with_their_numbers(client: TestClient, samples: Path) -> None:
    view = every(samples)[0]
    html = read(client.get(f"/pages/{view.id}").text)
    items = html.one(word="contents").every(tag="li")
    assert [each.every(word="badge")[0].words for each in items] == [str(n + 1) for n in range(len(view.articles))]
    for item, article in zip(items, view.articles, strict=True):
        [own] = [each for each in item.every(tag="a") if each.attributes.get("class") != "badge"]
        assert own.attributes["href"].startswith(f"/articles/{article.line.id}")
        assert client.get(own.attributes["href"]).status_code == 200


@pytest.mark.parametrize("number", ["0", "999999", "9" * 19, "9" * 400, "-1", "x", "1.5"])
def test_what_is_not_there(client: TestClient, number: str) -> None:
    assert client.get(f"/pages/{number}").status_code == 404


def test_pointing_at_an_article_marks_its_blocks(window: Page, address: str, samples: Path) -> None:
    view = every(samples)[0]
    window.goto(f"{address}/pages/{view.id}")
    window.locator("#a2 .badge").focus()
    own = sum(len(block.source) for block in view.articles[1].blocks)
    expect(window.locator(".stretch.lit")).to_have_count(own)
    window.locator("#s1-1-1").hover()
    expect(window.locator("#a1")).to_have_class("colour-1 lit")
