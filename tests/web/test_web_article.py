"""/articles/ID: the restored article, what stands in it, its page, its activities, and what is hostile."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

import cli
from commands.serve import _explain
from corpus.archive import database, records
from corpus.archive.packing import pack_page
from schemas.annotations import Activity, Count, Entity, Span, TimeExpression
from schemas.layout import Block, Byline, Source
from schemas.record import ArticleRecord
from tests.web.markup import Element, read
from tests.web.reasoning import fails, sleeps
from web.application import create_app
from web.explaining import Explaining
from web.settings import Settings
from web.templating import safely

ADDRESS = "http://localhost:8000"


def every(archive: Path) -> list[ArticleRecord]:
    with database.reading(archive) as connection:
        return list(records.every(connection))


def titled(archive: Path, title: str) -> ArticleRecord:
    [found] = [record for record in every(archive) if record.title == title]
    return found


def shown(client: TestClient, record_id: str, query: str = "") -> Element:
    answer = client.get(f"/articles/{record_id}{query}")
    assert answer.status_code == 200
    return read(answer.text)


@pytest.fixture(scope="module")
def round_up(samples: Path) -> ArticleRecord:
    """An article of many activities, with blocks that a column break had cut."""
    return titled(samples, "小红帽走街串巷 好服务送到楼下")


def test_every_article_is_whole_with_every_mention_in_its_element(client: TestClient, samples: Path) -> None:
    for record in every(samples):
        html = shown(client, record.article.id)
        clipping = html.one(tag="article")
        for number, block in enumerate(record.article.blocks, 1):
            own = clipping.one(id=f"b{number}")
            torn = own.every(word="torn")
            assert own.without("to-source").removesuffix(torn[0].words if torn else "") == record.article.quote(block)
        spans = [(f"{e.id}.{n}", m) for e in record.entities for n, m in enumerate(e.mentions, 1)]
        spans += [(f"{c.id}.1", Span(c.start, c.end)) for c in record.counts]
        spans += [(f"{d.id}.1", Span(d.start, d.end)) for d in record.dates]
        spans += [(f"{a.id}.1", a.evidence) for a in record.activities]
        for key, span in spans:
            words = "".join(each.without("to-source") for each in clipping.every(data_key=key))
            assert words == record.article.text[span.start : span.end].replace("\n", "")
            assert clipping.one(id=f"m-{key}")


def test_the_page_text_is_beside_it_and_each_leads_to_the_other(client: TestClient, round_up: ArticleRecord) -> None:
    html = shown(client, round_up.article.id)
    beside = html.one(word="page-text")
    for number, block in enumerate(round_up.article.blocks, 1):
        pieces = beside.every(word="piece", data_b=str(number))
        printed = "".join(each.without("number-mark") for each in pieces)
        assert printed.replace("\n", "") == round_up.article.quote(block)
        assert len(pieces) == len(block.source)
    ids = {each.attributes["id"] for each in html.every(has="id")}
    for link in html.every(tag="a", has="href"):
        target = link.attributes["href"]
        assert not target.startswith("#") or target[1:] in ids, target


def test_activities_show_the_words_that_say_each_slot(client: TestClient, round_up: ArticleRecord) -> None:
    html = shown(client, round_up.article.id, "?lang=en")
    activity = round_up.activities[1]
    card = html.one(id="a2")
    assert card.one(tag="h3").words == activity.name
    assert card.one(word="evidence").words == round_up.article.text[activity.evidence.start : activity.evidence.end]
    slots = {slot.one(tag="dt").words: slot.one(tag="dd") for slot in card.every(word="slot")}
    assert [*slots] == ["Organizer", "Partner", "Place", "Date", "Figures"]
    names = {each.id: each.name for each in round_up.entities}
    filled = slots["Organizer"].every(word="filled")
    assert [each.every(word="entity")[0].words for each in filled] == [names[key] for key in activity.organizers]
    quoted = {each.attributes["data-key"] for each in card.one(word="evidence").every(has="data-key")}
    for each in (thing for name, slot in slots.items() if name != "Date" for thing in slot.every(word="filled")):
        assert set(each.attributes["data-shows"].split()) <= quoted
    counts = html.one(word="counts")
    row = counts.one(id=f"row-{activity.counts[0]}")
    assert [cell.words.strip() for cell in row.every(tag="td")] == ["3", "个", "社区", "Places", activity.name]
    client.get("/about?lang=zh")


def test_names_lead_to_their_pages(client: TestClient, round_up: ArticleRecord) -> None:
    html = shown(client, round_up.article.id)
    coded = next(entity for entity in round_up.entities if entity.code and entity.mentions)
    mention = html.one(tag="article").one(id=f"m-{coded.id}.1")
    assert [each.attributes["href"] for each in mention.every(tag="a")] == [f"/places/{coded.code}"]
    organization = next(entity for entity in round_up.entities if entity.type == "organization")
    links = [each for each in html.every(tag="a", word="organization") if each.words == organization.name]
    assert links
    assert all(each.attributes["href"].startswith("/organizations/") for each in links)


def test_neighbours_on_the_page(client: TestClient, samples: Path) -> None:
    on_page = [record for record in every(samples) if record.source.path.endswith("hefei-shushan-2024-03-12-A05.txt")]
    for before, record, behind in zip([None, *on_page], on_page, [*on_page[1:], None], strict=False):
        html = shown(client, record.article.id)
        for rel, other in (("prev", before), ("next", behind)):
            links = {each.attributes["href"] for each in html.every(tag="a", rel=rel)}
            assert links == ({f"/articles/{other.article.id}"} if other else set())


def test_citations_and_record(client: TestClient, round_up: ArticleRecord) -> None:
    html = shown(client, round_up.article.id)
    codes = [each.words for each in html.one(id="cite").every(tag="code")]
    assert codes[0].endswith(f"档案号: {round_up.article.id}.")
    assert codes[1].startswith("@article{")
    assert codes[2].startswith("[")
    assert html.every(tag="a", href=f"/api/v1/articles/{round_up.article.id}")


def test_without_a_headline(client: TestClient, samples: Path) -> None:
    photo = next(record for record in every(samples) if record.article.kind == "photo" and not record.title)
    html = shown(client, photo.article.id, "?lang=en")
    assert [each.words for each in html.every(tag="h1")] == ["Without a headline"]
    assert html.one(tag="article").one(word="kind").words == "Picture story"
    client.get("/about?lang=zh")


@pytest.mark.parametrize("path", ["0000000000000000", "<script>", "x" * 3000, "%00", "1'--"])
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(f"/articles/{path}").status_code == 404
    assert client.get(f"/articles/{path}/why").status_code == 404


@pytest.mark.parametrize("number", ["0", "x", "-1", "1" * 30])
def test_a_copy_that_cannot_be_meant(client: TestClient, round_up: ArticleRecord, number: str) -> None:
    assert client.get(f"/articles/{round_up.article.id}?page={number}").status_code == 400


def test_a_page_that_has_gone_does_not_break_the_link(client: TestClient, round_up: ArticleRecord) -> None:
    assert client.get(f"/articles/{round_up.article.id}?page=999999").status_code == 200


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }}\u202e'


def rewritten(archive: Path, make: Callable[[ArticleRecord], ArticleRecord]) -> str:
    """Put another record in the place of the archive's first; its id."""
    connection = sqlite3.connect(archive)
    connection.row_factory = sqlite3.Row
    with connection:
        record = next(records.of_articles(connection, [1]))
        made = make(record)
        text, leftovers = records.page_text(connection, 1)
        packed = database.packing(connection).pack(made)
        connection.execute("UPDATE article SET record = ?, text = ?, title = ? WHERE id = 1",
                           (packed, made.article.text, made.title))  # fmt: skip
        # a page is packed with its articles as the dictionary
        texts = [row[0] for row in connection.execute("SELECT text FROM article WHERE page = 1 ORDER BY position")]
        connection.execute(
            "UPDATE page SET text = ? WHERE id = 1", (pack_page(text + made.article.text, leftovers, texts),)
        )
    connection.close()
    return record.article.id


def hostile(record: ArticleRecord) -> ArticleRecord:
    flood = "e" + "\u0301" * 500
    text = f"{HOSTILE}\n{HOSTILE}办了3场{flood}讲座"
    source = record.article.blocks[0].source
    first, whole = len(HOSTILE), len(text)
    blocks = (Block("main", 0, first, source), Block("paragraph", first + 1, whole, source, incomplete=True))
    article = replace(record.article, text=text, blocks=blocks, bylines=(Byline(HOSTILE, HOSTILE),))
    start = first + 1
    return replace(
        record,
        article=article,
        # across blocks, nested and crossing
        entities=(
            Entity("e1", "organization", HOSTILE, None, None, "stated", (Span(2, start + 30), Span(start, whole))),
            Entity("e2", "street", "../../" + HOSTILE, "e1", None, "inferred",
                   (Span(start, start + 9), Span(start + 4, start + 60))),
        ),
        counts=(Count("c1", HOSTILE, start, start + len(HOSTILE) + 6, 3, 1e300, HOSTILE, HOSTILE, "over", None, None),),
        dates=(TimeExpression("d1", HOSTILE, start + 2, start + 8, HOSTILE),),
        activities=(
            Activity("a1", HOSTILE, "health", ("e1", "e2"), ("e2",), (), "d1", (HOSTILE, "讲座"), ("c1",),
                     Span(4, whole)),
        ),
        keywords=(HOSTILE,),
    )  # fmt: skip


@pytest.mark.parametrize("editing", [False, True])
def test_hostile_text_is_text(own_archive: Path, editing: bool) -> None:
    record_id = rewritten(own_archive, hostile)
    with TestClient(create_app(Settings(own_archive, edit=editing)), base_url=ADDRESS) as client:
        answer = client.get(f"/articles/{record_id}")
        html = read(answer.text)
        number = html.one(tag="article")
        # the values of forms are what is corrected, and nobody sees them
        spoken = [each.attributes.get(name, "") for each in html.every() for name in ("title", "aria-label")]
        assert "\u202e" not in html.words + "".join(spoken)
        assert "\u0301" * 9 not in html.words
        assert all(each.attributes.get("src", "").startswith("/static/") for each in html.every(tag="script"))
        assert not html.every(tag="img")
        assert not [each for each in html.every() if any(name.startswith("on") for name in each.attributes)]
        assert number.one(tag="h1").without("to-source") == safely(HOSTILE)
        assert "49" not in number.one(tag="h1").words
        page = read(client.get("/pages/1").text)
        assert not page.every(tag="img")
        assert safely(HOSTILE) in page.words


def indexed(folder: Path, pages: dict[str, str], *options: str) -> Path:
    """An archive of pages by their paths."""
    for name, text in pages.items():
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    archive = folder / "archive.db"
    given = ["index", str(folder / "in"), "--archive", str(archive), "--jobs", "1", *options]
    done = CliRunner().invoke(cli.cli, given)
    assert done.exit_code == 0, done.output
    return archive


FIRST = "社区食堂开张\n\n本报讯（记者 程砚秋）3月5日，兴华社区食堂开张，当天接待老人82人。\n"
SECOND = "夜校灯又亮\n\n本报讯（记者 陶一诺）3月4日，兴华社区夜校开课，36名居民学剪纸。\n"


def test_neighbours_in_the_issue(tmp_path: Path) -> None:
    pages = {
        "江畔报_20240306_01.txt": FIRST,
        "江畔报_20240306_02.txt": "新闻热线：0451-8888\n",
        "江畔报_20240306_03.txt": SECOND,
    }
    archive = indexed(tmp_path, pages, "--name-pattern", "{paper}_{date}_{page}")
    one, other = titled(archive, "社区食堂开张"), titled(archive, "夜校灯又亮")
    with TestClient(create_app(Settings(archive)), base_url=ADDRESS) as client:
        behind = shown(client, one.article.id).every(tag="a", rel="next")
        assert {each.attributes["href"] for each in behind} == {f"/articles/{other.article.id}"}
        assert "下一版" in behind[0].words
        before = shown(client, other.article.id).every(tag="a", rel="prev")
        assert {each.attributes["href"] for each in before} == {f"/articles/{one.article.id}"}
        assert not shown(client, one.article.id).every(tag="a", rel="prev")


def test_copies_are_told_apart_by_their_page(tmp_path: Path) -> None:
    archive = indexed(tmp_path, {"a/x.txt": FIRST, "b/x.txt": FIRST})
    record = every(archive)[0]
    with TestClient(create_app(Settings(archive)), base_url=ADDRESS) as client:
        html = shown(client, record.article.id)
        [copy] = [each for each in html.every(tag="li") if "本版副本" in each.words]
        [link] = copy.every(tag="a")
        other = shown(client, link.attributes["href"].removeprefix("/articles/"))
        assert "b/x.txt" in other.one(id="cite").words
        assert "a/x.txt" in html.one(id="cite").words


def test_traditional_pages_are_shown_as_printed(tmp_path: Path) -> None:
    text = "新聞\n\n社區義診受歡迎\n\n本報訊（記者 陳曉雲）3月5日，板橋區溪崑里在活動中心舉辦義診，42位長者量了血壓。\n"
    archive = indexed(tmp_path, {"bj_2024-03-06_02.txt": text})
    with TestClient(create_app(Settings(archive)), base_url=ADDRESS) as client:
        for record in every(archive):
            clipping = shown(client, record.article.id).one(tag="article")
            assert "社區義診受歡迎" in clipping.one(tag="h1").words
            assert "42位長者" in clipping.words


def test_very_long_articles(tmp_path: Path, own_archive: Path) -> None:
    def long(record: ArticleRecord) -> ArticleRecord:
        lines = [f"第{n}段：中山街道第{n}社区办了{n}场义诊，服务{n}人。" for n in range(1, 201)]
        blocks, at = [], 0
        entities, counts = [], []
        for n, line in enumerate(lines):
            blocks.append(Block("paragraph", at, at + len(line), record.article.blocks[0].source))
            street = at + line.index("中山")
            entities.append(
                Entity(f"e{n + 1}", "street", "中山街道", None, None, "stated", (Span(street, street + 4),))
            )
            counts.append(
                Count(f"c{n + 1}", "x", street + 6, street + 12, n, None, "场", "义诊", "exact", "events", None)
            )
            at += len(line) + 1
        article = replace(record.article, text="\n".join(lines), blocks=tuple(blocks))
        return replace(record, article=article, entities=tuple(entities), counts=tuple(counts), dates=(), activities=())

    record_id = rewritten(own_archive, long)
    with TestClient(create_app(Settings(own_archive)), base_url=ADDRESS) as client:
        html = shown(client, record_id)
        assert len(html.one(tag="article").every(word="block")) == 200
        took = []
        for _ in range(3):
            began = time.perf_counter()
            client.get(f"/articles/{record_id}")
            took.append(time.perf_counter() - began)
        assert min(took) < 0.5


def test_why(samples: Path, round_up: ArticleRecord) -> None:
    with TestClient(create_app(Settings(samples, explain=_explain)), base_url=ADDRESS) as client:
        reasons = read(client.get(f"/articles/{round_up.article.id}/why?lang=en").text).one(id="reasons")
    assert "goes on from" in reasons.words
    assert round_up.article.id in reasons.words


def test_why_where_nobody_can_tell(client: TestClient, round_up: ArticleRecord) -> None:
    answer = client.get(f"/articles/{round_up.article.id}/why")
    assert answer.status_code == 200
    assert "此处无法给出理由" in read(answer.text).one(id="reasons").words


SOURCE = Source("a.txt", "0" * 64, "utf-8", "text")


def test_reasons_have_their_own_time_limit() -> None:
    explaining = Explaining(sleeps, seconds=1)
    assert explaining.lines(SOURCE, "short", "a") == ["short"]
    began = time.perf_counter()
    assert explaining.lines(SOURCE, "long", "a") == "late"
    assert time.perf_counter() - began < 30
    assert explaining.lines(SOURCE, "again", "a") == ["again"]


def test_reasons_that_cannot_be_had() -> None:
    assert Explaining(fails).lines(SOURCE, "x", "a") == "otherwise"
    assert Explaining(None).lines(SOURCE, "x", "a") == "unable"
    assert Explaining(fails).lines(SOURCE, "x" * 200_001, "a") == "long"


def test_pointing_at_one_marks_the_other(window: Page, address: str, round_up: ArticleRecord) -> None:
    window.goto(f"{address}/articles/{round_up.article.id}")
    lit = window.locator(".page-text .piece.lit")
    window.locator("#b5").hover()
    expect(lit).to_have_count(len(round_up.article.blocks[4].source))
    expect(lit.first).to_be_in_viewport()
    window.locator("#p3").hover()
    expect(window.locator("#b3")).to_have_class("block paragraph lit")
    window.locator("#b6 > .to-source").focus()
    expect(window.locator("#p6")).to_have_class("piece lit")
    # a slot marks its words, in the article and in the evidence
    window.locator("#a2 .filled").first.hover()
    key = window.locator("#a2 .filled").first.get_attribute("data-shows")
    expect(window.locator(f'.clipping [data-key="{key}"]')).to_have_class("entity community lit")
    expect(window.locator(f'#a2 .evidence [data-key="{key}"]')).to_have_class("entity community lit")


def test_kinds_are_switched_off_and_stay_off(window: Page, address: str, round_up: ArticleRecord) -> None:
    window.goto(f"{address}/articles/{round_up.article.id}")
    street = window.locator(".clipping .street").first
    expect(street).to_have_css("text-decoration-line", "underline")
    window.locator("#show-street").uncheck()
    expect(street).to_have_css("text-decoration-line", "none")
    expect(window.locator(".clipping .community").first).to_have_css("text-decoration-line", "underline")
    window.reload()
    expect(window.locator("#show-street")).not_to_be_checked()


def test_reasons_are_loaded_where_they_are_asked_for(window: Page, address: str, round_up: ArticleRecord) -> None:
    window.goto(f"{address}/articles/{round_up.article.id}")
    window.locator("[data-why]").click()
    expect(window.locator("#reasons")).to_be_focused()
    expect(window).to_have_url(f"{address}/articles/{round_up.article.id}")


def test_other_accounts_of_the_same_activity(tmp_path: Path) -> None:
    hotline = f"{FIRST}\n新闻热线：0451-8888\n"
    archive = indexed(
        tmp_path,
        {"江畔报_20240306_01.txt": FIRST, "松江报_20240307_02.txt": hotline},
        "--name-pattern",
        "{paper}_{date}_{page}",
    )
    one, other = sorted(every(archive), key=lambda record: record.source.issue_date or "")
    with TestClient(create_app(Settings(archive)), base_url=ADDRESS) as client:
        html = shown(client, one.article.id)
        [link] = html.one(id="a1").one(word="accounts").every(tag="a")
        assert link.attributes["href"] == f"/articles/{other.article.id}#a1"
        assert "松江报 2024年3月7日" in html.one(id="a1").one(word="accounts").words
        same = {each.attributes["href"] for each in html.every(tag="a") if each.ancestors[-2:] == ("ul", "li")}
        assert f"/articles/{other.article.id}" in same


def test_print_is_a_clipping(window: Page, address: str, round_up: ArticleRecord) -> None:
    window.goto(f"{address}/articles/{round_up.article.id}")
    window.emulate_media(media="print")
    expect(window.locator(".clipping h1")).to_be_visible()
    expect(window.locator(".clipping .clipped")).to_contain_text(round_up.article.id)
    for away in (".beside", ".findings", ".switches", "header.site", ".to-source >> nth=0"):
        expect(window.locator(away)).to_be_hidden()


def test_reasons_that_fail_are_told(window: Page, address: str, round_up: ArticleRecord) -> None:
    window.goto(f"{address}/articles/{round_up.article.id}")
    window.route("**/why*", lambda route: route.fulfill(status=200, body="<p>nothing</p>"))
    window.locator("[data-why]").click()
    expect(window.locator(".why")).to_contain_text("暂时无法取得理由")
