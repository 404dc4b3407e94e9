"""Correcting an article in the browser, without JavaScript: choose, look at what changes, save, undo."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

import work
from corpus.archive import database, records
from corpus.corrections import file
from corpus.corrections.carrying_out import Corrector
from corpus.corrections.change import Bounds, Change, Expected
from corpus.corrections.correction import CorrectionError
from corpus.corrections.making import correction
from schemas.record import ArticleRecord
from web import desk, said
from web.application import create_app
from web.pages.correcting import local
from web.settings import Settings

ADDRESS = "http://localhost:8000"


@pytest.fixture
def site(own_archive: Path) -> Iterator[TestClient]:
    """A browser that may correct, with the real reader."""
    with TestClient(
        create_app(Settings(own_archive, edit=True, reader=work.reading_again)), base_url=ADDRESS
    ) as browser:
        yield browser


def every(archive: Path) -> list[ArticleRecord]:
    with database.reading(archive) as opened:
        return list(records.every(opened))


def rich(archive: Path) -> ArticleRecord:
    """An article with everything in it, and another one beside it."""
    found = every(archive)
    pages = [each.source for each in found]
    return next(
        each for each in found
        if each.activities and each.counts and each.dates and each.article.bylines and each.title
        and pages.count(each.source) > 1 and {e.type for e in each.entities} >= {"street", "community", "organization"}
    )  # fmt: skip


def fields(html: str, form: str) -> dict[str, str]:
    """The hidden fields and the first choices of the first form of this kind."""
    start = html.index(f'data-form="{form}"')
    part = html[start : html.index("</form>", start)]
    found = {
        name: unescape(value) for name, value in re.findall(r'<input[^>]* name="(\w+)"(?: value="([^"]*)")?', part)
    }
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', part, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("change", None)
    return found


def ask(site: TestClient, record: ArticleRecord, form: str, **values: str) -> Any:
    """The preview of a form."""
    address = f"/articles/{record.article.id}/correct"
    return site.post(address, data={**fields(site.get(address).text, form), **values})


def confirmed(site: TestClient, html: str, **values: str) -> Any:
    """What comes of confirming what a preview shows."""
    start = html.index("<form", html.index('class="preview"'))
    part = html[start : html.index("</form>", start)]
    action = re.search(r'action="([^"]*)"', part)
    hidden = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', part)}
    assert action
    return site.post(action[1], data={**hidden, **values}, follow_redirects=False)


def names(archive: Path, record: ArticleRecord) -> dict[str, str]:
    found = next(each for each in every(archive) if each.article.id == record.article.id)
    return {each.name: each.type for each in found.entities}


def lines(archive: Path) -> list[str]:
    return [each.correction.kind for each in file.read(file.path_of(archive)) if each.correction]


def test_a_name_is_put_right_and_taken_back(site: TestClient, own_archive: Path) -> None:
    before, record = every(own_archive), rich(own_archive)
    community = next(each for each in record.entities if each.type == "community")
    shown = ask(site, record, "name", name=f"community:{community.name}", change="type", type="venue")
    assert (shown.status_code, every(own_archive)) == (200, before), "a preview changes nothing"
    assert f"<del>社区村 {community.name}" in shown.text
    assert f"<ins>场所 {community.name}" in shown.text
    saved = confirmed(site, shown.text, by="编辑甲", note="看过原版")
    assert saved.status_code == 303
    assert names(own_archive, record)[community.name] == "venue"
    (line,) = (each.correction for each in file.read(file.path_of(own_archive)))
    assert line
    assert (line.by, line.note, line.article and line.article.id) == ("编辑甲", "看过原版", record.article.id)
    page = site.get(saved.headers["location"]).text
    assert "已保存：名称更正。" in page
    undo = re.search(r'action="(/corrections/\w+/undo)"', page)
    assert undo
    token = fields(page, "title")["token"]
    undone = site.post(undo[1], data={"token": token, "back": f"/articles/{record.article.id}/correct?page="})
    assert (undone.status_code, "已撤销。" in undone.text) == (200, True)
    assert (every(own_archive), lines(own_archive)) == (before, [])
    assert 'name="by" value="编辑甲"' in ask(site, record, "name", change="nothing").text, "the name is remembered"


CASES: list[tuple[str, Callable[[ArticleRecord], dict[str, str]], str]] = [
    ("name", lambda r: {"change": "not"}, "not_entity"),
    ("name", lambda r: {"change": "nothing", "scope": "everywhere"}, "not_entity"),
    ("name", lambda r: {"change": "called", "value": "幸福里街道"}, "entity"),
    ("name", lambda r: {"change": "same", "value": "幸福里街道", "type": "street"}, "same"),
    ("name", lambda r: {"change": "in", "value": "幸福里街道", "type": "street"}, "entity"),
    ("name", lambda r: {"change": "code", "value": "110101"}, "entity"),
    ("teach", lambda r: {"name": r.article.text[-8:-5], "type": "road", "scope": "everywhere"}, "is"),
    ("mark", lambda r: {"start": "0", "end": "2", "type": "venue"}, "mark"),
    ("mark", lambda r: {"words": r.counts[0].text, "type": "none", "start": str(r.counts[0].start),
                        "end": str(r.counts[0].end)}, "unmark"),
    ("title", lambda r: {"title": r.article.quote(r.article.blocks[-1])[:6]}, "title"),
    ("block", lambda r: {"block": str(len(r.article.blocks)), "change": "split"}, "split"),
    ("block", lambda r: {"block": str(len(r.article.blocks)), "change": "drop"}, "drop"),
    ("block", lambda r: {"block": str(len(r.article.blocks)), "change": "move"}, "move"),
    ("block", lambda r: {"block": str(len(r.article.blocks)), "change": "role", "role": "crosshead"}, "role"),
    ("block", lambda r: {"start": str(r.article.blocks[-1].start + 3), "change": "split"}, "split"),
    ("join", lambda r: {}, "join"),
    ("bylines", lambda r: {"bylines": r.article.bylines[0].name}, "bylines"),
    ("activity", lambda r: {"type": "other"}, "activity"),
    ("activity", lambda r: {"change": "not"}, "not_activity"),
    ("count", lambda r: {"value": "12345"}, "count"),
    ("count", lambda r: {"change": "not"}, "not_count"),
    ("date", lambda r: {"value": "2031-01-02"}, "date"),
    ("date", lambda r: {"change": "not"}, "not_date"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "values", "kind"), CASES, ids=[f"{n}-{c[0]}-{c[2]}" for n, c in enumerate(CASES)])
def test_every_form(
    site: TestClient, own_archive: Path, form: str, values: Callable[[ArticleRecord], dict[str, str]], kind: str
) -> None:
    before, record = every(own_archive), rich(own_archive)
    shown = ask(site, record, form, **values(record))
    assert shown.status_code == 200, shown.text
    assert "<del>" in shown.text or "<ins>" in shown.text
    saved = confirmed(site, shown.text)
    assert (saved.status_code, lines(own_archive)) == (303, [kind])
    assert every(own_archive) != before


def test_a_leftover_is_taken_in(site: TestClient, own_archive: Path) -> None:
    record = rich(own_archive)
    dropped = ask(site, record, "block", block=str(len(record.article.blocks)), change="drop")
    assert confirmed(site, dropped.text).status_code == 303
    page = site.get(f"/articles/{record.article.id}/correct").text
    last = record.article.quote(record.article.blocks[-1])
    start = page.index(last[:10], page.index('data-form="take"'))
    form = page.rindex('data-form="take"', 0, start)
    values = fields(page[form:], "take")
    shown = site.post(f"/articles/{record.article.id}/correct", data=values)
    assert (shown.status_code, "<ins>" in shown.text) == (200, True)


@pytest.mark.parametrize(
    ("form", "values", "reason"),
    [
        ("title", {"title": "此文没有这样一句话"}, "本文没有“此文没有这样一句话”"),
        ("title", {"title": ""}, "尚未填写完整"),
        ("name", {"change": "code", "value": "12"}, "行政区划代码是 6、9 或 12 位数字"),
        ("name", {"change": ""}, "请选择要改什么"),
        ("name", {"change": "called", "value": "\u202e社区"}, "不可见的符号"),
        ("count", {"value": "许多"}, "这不是数字"),
        ("count", {}, "没有任何改动"),
        ("date", {"value": "昨天"}, "这不是日期"),
        ("activity", {"places": "venue:某处大厦"}, "请先在文中标注"),
        ("mark", {"words": "", "type": "venue"}, "尚未填写完整"),
        ("block", {"block": "99", "change": "drop"}, "没有第 99 段"),
        ("block", {"change": "move", "to": "0" * 16}, "请选择同版的另一篇"),
        ("block", {"block": "1", "change": "split"}, "文章本来就是这样"),
        ("name", {"form": "novel"}, "请选择要改什么"),
    ],
)
def test_what_cannot_be_says_why(
    site: TestClient, own_archive: Path, form: str, values: dict[str, str], reason: str
) -> None:
    record = rich(own_archive)
    address = f"/articles/{record.article.id}/correct"
    shown = site.post(address, data={**fields(site.get(address).text, form), **values})
    assert (shown.status_code, reason in shown.text) == (422, True), re.findall(r'class="refusal".*', shown.text)
    assert "data-confirm" not in shown.text
    assert lines(own_archive) == []


def test_what_was_shown_is_what_is_saved(site: TestClient, own_archive: Path) -> None:
    """A second editor was quicker: between looking and asking, and between the preview and saving."""
    record = rich(own_archive)
    address = f"/articles/{record.article.id}/correct"
    old = fields(site.get(address).text, "count")
    shown = ask(site, record, "date", change="not")
    other = ask(site, record, "title", title=record.article.quote(record.article.blocks[-1])[:6])
    assert confirmed(site, other.text).status_code == 303
    late = confirmed(site, shown.text)
    assert (late.status_code, "其间已有改动" in late.text) == (409, True)
    stale = site.post(address, data={**old, "value": "12345"})
    assert (stale.status_code, "其间已有改动" in stale.text) == (409, True)
    assert lines(own_archive) == ["title"]
    other_article = next(each for each in every(own_archive) if each.counts and each.source != record.source)
    apart = ask(site, other_article, "count", value="54321")
    again = ask(site, record, "date", change="not")
    assert confirmed(site, again.text).status_code == 303
    assert confirmed(site, apart.text).status_code == 303, "what happens elsewhere does not matter"


def test_two_at_the_same_moment(site: TestClient, own_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = rich(own_archive)
    shown = ask(site, record, "date", change="not").text
    answers = []
    both = [threading.Thread(target=lambda: answers.append(confirmed(site, shown))) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert [each.status_code for each in answers].count(303) >= 1
    assert lines(own_archive) == ["not_date"]
    monkeypatch.setattr(desk, "WAIT", 0.1)
    waiting = ask(site, record, "title", title=record.article.quote(record.article.blocks[-1])[:6]).text
    with database.writing(own_archive):
        told = confirmed(site, waiting)
    assert (told.status_code, "此刻有人正在写入资料库" in told.text) == (503, True)
    assert lines(own_archive) == ["not_date"]


@pytest.mark.parametrize(
    "change",
    [
        {"lines": ""},
        {"lines": "{}"},
        {"lines": "[1]"},
        {"lines": "[" * 5000},
        {"lines": '{"schema":"correction/1","kind":"is","everywhere":true,"name":"\\u0000","type":"road"}'},
        {"fingerprint": ""},
        {"token": "x"},
    ],
)
def test_a_forged_confirmation_saves_nothing(site: TestClient, own_archive: Path, change: dict[str, str]) -> None:
    shown = ask(site, rich(own_archive), "date", change="not")
    told = confirmed(site, shown.text, **change)
    assert told.status_code in (400, 403, 409), told.status_code
    assert lines(own_archive) == []


ROUTES = (
    ("GET", "/review"), ("GET", "/corrections"), ("GET", "/corrections/carrying-out"),
    ("GET", "/articles/{id}/correct"), ("POST", "/articles/{id}/correct"), ("POST", "/corrections"),
    ("POST", "/review/approve"), ("POST", "/corrections/k0000000000/undo"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_read_only_there_is_none_of_it(client: TestClient, samples: Path, method: str, path: str) -> None:
    address = path.format(id=every(samples)[0].article.id)
    told = client.request(method, address, data={"token": "x"} if method == "POST" else None)
    assert told.status_code == 404
    assert "/review" not in client.get("/about").text


@pytest.mark.parametrize(("method", "path"), [each for each in ROUTES if each[0] == "POST"])
def test_every_change_needs_the_token(site: TestClient, own_archive: Path, method: str, path: str) -> None:
    address = path.format(id=every(own_archive)[0].article.id)
    for data in ({}, {"token": "x" * 64}):
        assert site.request(method, address, data=data).status_code == 403
    told = site.request(method, address, headers={"origin": "http://evil.example"})
    assert told.status_code == 403


@pytest.mark.parametrize("record_id", ["0" * 16, "x", "%27%3B--", "..%2F..%2Fetc"])
def test_an_article_that_is_not_there(site: TestClient, record_id: str) -> None:
    assert site.get(f"/articles/{record_id}/correct").status_code == 404


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/review?after=3.7", "/review?after=3.7"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("https://evil.example", None),
        ("/a\r\nSet-Cookie: a=b", None),
        ("", None),
    ],
)
def test_one_goes_back_to_this_site_alone(address: str, expected: str | None) -> None:
    assert local(address) == expected


def test_hostile_words_are_words(site: TestClient, own_archive: Path) -> None:
    record = rich(own_archive)
    evil = "<script>alert(1)</script>"
    shown = ask(site, record, "teach", name=evil, type="road", scope="everywhere")
    assert (shown.status_code, evil in shown.text) == (200, False)
    assert "库中现有文章没有改动" in shown.text
    assert confirmed(site, shown.text, by=evil, note=evil).status_code == 303
    listed = site.get("/corrections").text
    assert (evil in listed, "&lt;script&gt;" in listed) == (False, True)
    assert evil not in site.get("/corrections", headers={"cookie": f"editor={quote(evil)}"}).text


def test_everything_else_goes_on_before_places_have_followed(site: TestClient, own_archive: Path) -> None:
    """An article that is new by a correction, and the one that it was cut from, before `finish` has seen them."""
    before, record = {each.article.id for each in every(own_archive)}, rich(own_archive)
    block = record.article.blocks[-1]
    shown = ask(site, record, "block", block=str(len(record.article.blocks)), change="split")
    assert confirmed(site, shown.text).status_code == 303
    (new,) = {each.article.id for each in every(own_archive)} - before
    found = f"/search?q={quote(record.article.quote(block)[:8])}"
    for address in (f"/articles/{record.article.id}", f"/articles/{new}", found, "/", "/activities"):
        assert site.get(address).status_code == 200, address
    assert record.article.id not in site.get(found).text
    Corrector(own_archive, work.reading_again).settle()
    page = site.get(found).text
    assert (record.article.id in page, new in page) == (False, True)


# ---------------------------------------------------------------- the list, and what is large


def test_the_list_says_what_became_of_each(site: TestClient, own_archive: Path) -> None:
    assert "还没有任何更正" in site.get("/corrections").text
    record = rich(own_archive)
    shown = ask(site, record, "date", change="not")
    confirmed(site, shown.text, by="编辑甲")
    path = file.path_of(own_archive)
    path.write_bytes(path.read_bytes() + b"{oops\n" + correction("is", {"name": "新村", "type": "estate"}).line())
    page = site.get("/corrections").text
    for words in ("不是日期", "已生效", "1 篇文章", "编辑甲", "待下次建库时执行", "第 2 行不是有效的更正", "2 条更正"):
        assert words in page
    assert page.index("新村") < page.index("编辑甲"), "the last one first"
    english = site.get("/corrections?lang=en").text
    assert ("not a date" in english, "applied" in english) == (True, True)


@pytest.fixture
def slow(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A site whose previews look at one article only, so that everything else is large."""
    monkeypatch.setattr(desk, "PREVIEW", Bounds(seconds=0.0, articles=1, shown=1))
    return site


def carried_out(site: TestClient) -> str:
    """The page of a large change when it has ended."""
    deadline = time.monotonic() + 60
    while 'http-equiv="refresh"' in (page := site.get("/corrections/carrying-out").text):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return page


def test_a_large_change_that_is_another_by_now(slow: TestClient, own_archive: Path) -> None:
    shown = ask(slow, rich(own_archive), "teach", name="社区", type="venue", scope="everywhere")
    before = every(own_archive)
    assert confirmed(slow, shown.text, fingerprint="1+-0").status_code == 303
    page = carried_out(slow)
    assert ("没有执行" in page, "其间已有改动" in page) == (True, True)
    assert (lines(own_archive), every(own_archive)) == ([], before)


def test_a_large_change_is_told_honestly_and_carried_out_beside(slow: TestClient, own_archive: Path) -> None:
    record = rich(own_archive)
    shown = ask(slow, record, "teach", name="社区", type="venue", scope="everywhere")
    assert re.search(r"至少改动 \d+ 篇文章，这里列出前 \d+ 篇", shown.text)
    started = confirmed(slow, shown.text)
    assert (started.status_code, started.headers["location"]) == (303, "/corrections/carrying-out")
    page = carried_out(slow)
    assert re.search(r"完成：改动了 \d+ 篇文章", page), page
    assert lines(own_archive) == ["is"]
    assert "名称类型" in slow.get("/corrections").text


def test_what_follows_is_done_when_editors_pause(own_archive: Path) -> None:
    corrector = Corrector(own_archive, work.reading_again)
    table = desk.Desk(corrector, pause=0.05)
    record = rich(own_archive)
    community = next(each for each in record.entities if each.type == "community")
    made = correction("is", {"name": community.name, "type": "estate"})

    def placed() -> bool:
        with database.reading(own_archive) as opened:
            query = "SELECT count(*) FROM place WHERE name = ? AND type = 'estate'"
            return bool(opened.execute(query, (community.name,)).fetchone()[0])

    assert not placed()
    table.open()
    try:
        found = table.preview(Change((made,)))
        assert table.save(Change((made,)), Expected(found.fingerprint)) is not None
        deadline = time.monotonic() + 60
        while not placed():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        table.close()


def test_a_desk_that_closes_leaves_no_process(own_archive: Path) -> None:
    import multiprocessing

    others = {each.pid for each in multiprocessing.active_children()}
    table = desk.Desk(Corrector(own_archive, work.reading_again), pause=0.0)
    table.open()
    time.sleep(0.3)
    table.close()
    assert {each.pid for each in multiprocessing.active_children() if each.is_alive()} <= others


def test_a_form_knows_what_the_article_says_now(samples: Path) -> None:
    record = rich(samples)
    shown = said.now(record, "activity", "a1")
    assert (shown["name"], shown["type"]) == (record.activities[0].name, record.activities[0].type)
    with pytest.raises(CorrectionError, match="look again"):
        said.now(record, "activity", "a99")


FIELDS = (
    "name", "change", "value", "type", "scope", "words", "start", "end", "block", "role", "to", "title", "bylines",
    "thing", "status", "places", "date", "audience", "counts", "max", "unit", "page",
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(["", "0", "1", "99999", "-1", "a1", "c1", "d1", "not", "type", "split", "street", "person", "none",
                     "street:某街道", "everywhere", "paper", "1@社区", "999999@社区", "；；", "none:none"]),
    st.text(max_size=30),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from([*said.FORMS, "novel"]), told=st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=8))
def test_whatever_a_form_says_is_shown_or_refused(
    edited: tuple[TestClient, str, dict[str, str]], form: str, told: dict[str, str]
) -> None:
    browser, address, hidden = edited
    answer = browser.post(address, data={**told, **hidden, "form": form})
    assert answer.status_code in (200, 422, 400, 404), answer.text
    assert 'class="preview"' in answer.text or answer.status_code in (400, 404)


@pytest.fixture(scope="module")
def edited(samples: Path) -> Iterator[tuple[TestClient, str, dict[str, str]]]:
    """A site that may correct, whose archive is only looked at; an article, and what its forms carry."""
    record = rich(samples)
    with TestClient(create_app(Settings(samples, edit=True, reader=work.reading_again)), base_url=ADDRESS) as browser:
        address = f"/articles/{record.article.id}/correct"
        found = fields(browser.get(address).text, "title")
        yield browser, address, {each: found[each] for each in ("token", "seal")}
