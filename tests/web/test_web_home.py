"""/: what the archive holds, every figure a link; an empty archive says how to fill it."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.archive import database
from web.application import create_app
from web.settings import Settings


def figures(html: str) -> dict[str, tuple[str, int]]:
    """What stands at the top: what it is called, where it leads, how many."""
    found = re.findall(r'<dt>([^<]+)</dt><dd><a href="([^"]+)">([\d,]+)</a></dd>', html)
    return {name: (address, int(count.replace(",", ""))) for name, address, count in found}


def test_it_says_what_the_archive_holds(client: TestClient) -> None:
    html = client.get("/?lang=zh").text
    held = client.get("/api/v1/archive").json()
    assert [count for _, count in figures(html).values()] == [
        held[each] for each in ("papers", "issues", "pages", "articles", "photos", "activities", "distinct", "places")
    ]
    assert "2023年11月7日" in html
    assert "2024年4月16日" in html


@pytest.mark.parametrize(
    ("name", "api"),
    [("文章", "/api/v1/search"), ("图片新闻", "/api/v1/search?kind=photo"), ("活动", "/api/v1/activities"),
     ("活动（去重）", "/api/v1/activities?distinct=1")],
)  # fmt: skip
def test_a_figure_leads_to_what_it_counts(client: TestClient, name: str, api: str) -> None:
    address, count = figures(client.get("/?lang=zh").text)[name]
    assert client.get(address).status_code == 200
    assert address.replace("/", "/api/v1/", 1) == api
    assert client.get(api).json()["total"] == count


def test_every_link_leads_somewhere(client: TestClient) -> None:
    links = set(re.findall(r'href="(/[^"#]*)"', client.get("/").text.replace("&amp;", "&")))
    links = {link for link in links if "lang=" not in link}  # would be kept for the tests that follow
    assert len(links) > 40
    failed = {link: status for link in links if (status := client.get(link).status_code) != 200}
    assert failed == {}


def test_the_newest_issue_comes_first(client: TestClient) -> None:
    html = client.get("/").text
    days = re.findall(r'/issues/(\d{4}-\d\d-\d\d)"><?', html)
    assert days == sorted(days, reverse=True)
    assert days[0] == client.get("/api/v1/archive").json()["last"]


def test_an_editor_sees_what_is_to_be_looked_at(client: TestClient, editor: TestClient) -> None:
    assert 'href="/review"' not in client.get("/").text
    html = editor.get("/").text
    assert 'class="button primary" href="/review"' in html
    assert "<progress" in html


def test_an_empty_archive_says_what_to_run(tmp_path: Path) -> None:
    archive = tmp_path / "空档案.db"
    with database.writing(archive):
        pass
    with TestClient(create_app(Settings(archive)), base_url="http://localhost:8000") as browser:
        answer = browser.get("/")
        assert answer.status_code == 200
        assert "cli.py index pages/ --archive 空档案.db" in answer.text
        assert str(tmp_path) not in answer.text
        for path in ("/activities", "/pivot", "/charts/months.json", "/charts/months.csv", "/charts/pivot.json"):
            assert browser.get(path).status_code == 200, path


def test_it_has_no_inline_script_or_style(client: TestClient) -> None:
    for path in ("/", "/activities", "/pivot"):
        html = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", html), path
