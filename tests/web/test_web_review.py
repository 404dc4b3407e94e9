"""The review queue in the browser."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import work
from corpus.archive import database, doubt_index
from corpus.corrections import file
from web.application import create_app
from web.settings import Settings


@pytest.fixture
def site(own_archive: Path) -> Iterator[TestClient]:
    settings = Settings(own_archive, edit=True, reader=work.reading_again)
    with TestClient(create_app(settings), base_url="http://localhost:8000") as browser:
        yield browser


def queue(archive: Path) -> list[doubt_index.Doubtful]:
    with database.reading(archive) as opened:
        return list(doubt_index.queue(opened, 1000))


def shown(html: str) -> str:
    found = re.search(r'<h2><a href="/articles/(\w+)"', html)
    assert found
    return found[1]


def approve(site: TestClient, html: str, **more: Any) -> Any:
    start = html.index('action="/review/approve"')
    part = html[start : html.index("</form>", start)]
    values = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', part)}
    return site.post("/review/approve", data=values, **more)


def test_the_whole_queue_is_walked_once(site: TestClient, own_archive: Path) -> None:
    wanted = [each.record_id for each in queue(own_archive)]
    met, address = [], "/review"
    while True:
        page = site.get(address).text
        if "后面没有待审的文章了" in page:
            break
        met.append(shown(page))
        following = re.search(r'href="([^"]*)" data-skip', page)
        assert following
        address = unescape(following[1])
    assert met == wanted


def test_approving_leads_to_the_next_and_can_be_undone(site: TestClient, own_archive: Path) -> None:
    first, second, third = (each.record_id for each in queue(own_archive)[:3])
    page = site.get("/review").text
    assert shown(page) == first
    assert "0</span> / 73 已审" in page
    answer = approve(site, page)
    assert (answer.status_code, shown(answer.text), "已通过。" in answer.text) == (200, second, True)
    assert "1</span> / 73 已审" in answer.text
    script = approve(site, answer.text, headers={"accept": "application/json"})
    assert script.json()["approved"].startswith("k")
    assert shown(site.get("/review").text) == third
    undo = re.search(r'action="(/corrections/k\w+/undo)"', answer.text)
    assert undo
    token = re.search(r'name="token" value="([^"]*)"', answer.text)
    assert token
    back = site.post(undo[1], data={"token": token[1], "back": "/review"})
    assert (back.status_code, shown(back.text)) == (200, first)
    assert [each.correction.kind for each in file.read(file.path_of(own_archive)) if each.correction] == ["reviewed"]


def test_why_it_is_shown(site: TestClient, own_archive: Path) -> None:
    page = site.get("/review").text
    names = {"two_types": "同一名称有两种类型", "undecided": "活动日期未定", "no_object": "数字不知指什么"}
    worst = queue(own_archive)[0]
    assert worst.signals
    for name in worst.signals.keys() & names.keys():
        assert names[name] in page


def test_only_what_was_seen_is_approved(site: TestClient, own_archive: Path) -> None:
    page = site.get("/review").text
    record = shown(page)
    form = page[page.index('data-form="block"') :]
    values = {n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])}
    values |= {"block": "1", "change": "role", "role": "subtitle", "words": ""}
    preview = site.post(f"/articles/{record}/correct", data=values).text
    part = preview[preview.index('action="/corrections"') :]
    hidden = {n: unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', part)}
    saved = site.post("/corrections", data=hidden)
    assert (saved.status_code, shown(saved.text), "已保存" in saved.text) == (200, record, True)
    late = approve(site, page)
    assert (late.status_code, "其间已有改动" in late.text) == (409, True)
    assert approve(site, saved.text).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/review?after=x", 400),
        ("/review?after=1.2.3", 400),
        ("/review?after=9999999.1", 400),
        ("/review?article=nothing", 404),
        ("/review?after=0.99999999", 200),
    ],
)
def test_addresses_that_mean_nothing(site: TestClient, address: str, status: int) -> None:
    assert site.get(address).status_code == status
