"""What the web page shows of an archive: facets, pivots, portraits, addresses, pages, by the commands' own figures."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from corpus.archive import (
    activities,
    activity_table,
    addresses,
    around,
    article_lines,
    database,
    facets,
    issues,
    matched,
    overview,
    pages,
    pivot,
    portraits,
    slots,
)  # fmt: skip
from corpus.archive.counting.held import Columns, Holder
from corpus.archive.filters import Filters
from corpus.archive.search import search

PAGES = {
    "西安晚报/2024-03-05/03.txt": """医生坐进社区院
3月2日，西安市碑林区柏树林街道东仓门社区面向老年居民开展“把脉暖人心”义诊活动，送出健康手册120份，接待居民86人次。
书屋里坐满小读者
本报讯（记者 罗一）3月3日，碑林区柏树林街道三学街社区联合碑林区图书馆开展“一起读书吧”亲子阅读活动，吸引30个家庭参加。
""",
    "华商报/2024-03-06/A05.txt": """家门口看上专家号
本报讯（记者 马立）3月2日，碑林区东仓门社区请来医生，开展“把脉暖人心”义诊活动，接待居民86人次，送出健康手册120份。
""",
    "西安晚报/2024-04-02/02.txt": """清扫楼道迎春光
本报讯（记者 何苗）4月1日，银杏家园小区所在的碑林区柏树林街道东仓门社区组织30名志愿者开展“洁净一条街”清扫活动。
""",
    "西安晚报/2024-04-02/03.txt": """社区里办起书展
本报讯 4月1日，碑林区柏树林街道三学街社区联合碑林区图书馆办起旧书市集，居民带来旧书200本。
""",
}
COMMUNITY = "610103002008"  # 东仓门社区


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages above, and one of them a second time."""
    folder = tmp_path_factory.mktemp("rows")
    copy = {"copy/西安晚报/2024-03-05/03.txt": PAGES["西安晚报/2024-03-05/03.txt"]}
    for name, text in (PAGES | copy).items():
        (folder / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pages" / name).write_text(text, "utf-8")
    made = CliRunner().invoke(
        cli.cli, ["index", str(folder / "pages"), "--archive", str(folder / "a.db"), "--jobs", "1"]
    )
    assert made.exit_code == 0, made.stderr
    return folder / "a.db"


@pytest.fixture
def opened(indexed: Path) -> Iterator[sqlite3.Connection]:
    with database.reading(indexed) as connection:
        yield connection


@pytest.fixture
def columns(opened: sqlite3.Connection) -> Columns:
    return Holder().at(opened)


def test_others_are_added_up_and_totals_count_an_activity_once(opened: sqlite3.Connection, columns: Columns) -> None:
    every = matched.activities(opened, columns)
    told = pivot.pivot(opened, columns, every, ("type", "month"), (1, 1))
    assert [heading.name for heading in told.columns.headings] == ["2024-04"]
    assert told.total == every.total == sum(told.rows.totals) + told.rows.others + told.rows.unknown
    assert told.columns.others == every.total - told.columns.totals[0]
    assert sum(map(sum, told.cells)) == every.total
    with pytest.raises(KeyError):
        pivot.pivot(opened, columns, every, ("weather", "month"))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Filters()), ("社区", Filters()), ("义诊活动", Filters()), ("社区 -义诊", Filters()),
        ("无此词语", Filters()),
        ("", Filters(districts=("碑林",))), ("居民", Filters(types=("health",))), ("", Filters(papers=("=华商报",))),
        ("", Filters(organizations=("=碑林区图书馆",))), ("", Filters(organizations=("=图书馆",))),
        ("", Filters(communities=("610103002/东仓门社区",))), ("", Filters(since="2024-04-01")),
    ],
)  # fmt: skip
def test_facets_are_of_what_search_finds(
    opened: sqlite3.Connection, columns: Columns, query: str, wanted: Filters
) -> None:
    found = matched.articles(opened, columns, query, wanted)
    hits = search(opened, query, wanted, limit=100).hits
    assert matched.search(opened, columns, query, wanted, limit=100).hits == hits
    ids = columns.articles.id if found.rows is None else columns.articles.id[found.rows]
    assert sorted(ids.tolist()) == sorted(hit.article for hit in hits)
    kinds = facets.of_articles(opened, columns, found).kinds
    assert sum(value.count for value in kinds.values) == len(hits)


@pytest.mark.parametrize("order", activities.ORDERS)
@pytest.mark.parametrize("wanted", [Filters(), Filters(types=("health", "cleanup")), Filters(papers=("晚报",))])
@pytest.mark.parametrize("distinct", [False, True])
def test_a_table_has_the_rows_of_the_command(
    opened: sqlite3.Connection, columns: Columns, order: activity_table.Order, wanted: Filters, distinct: bool
) -> None:
    found = matched.activities(opened, columns, wanted, distinct=distinct)
    expected = [row.key for row in activities.rows(opened, wanted, order, distinct=distinct)]
    told = [activity_table.page(opened, columns, found, order, limit=2, offset=at) for at in range(0, found.total, 2)]
    assert [row.key for rows in told for row in rows] == expected
    assert found.total == activities.total(opened, wanted, distinct)
    newest = activity_table.page(opened, columns, found, "date", backwards=True)
    days = [row.first or row.issue_date or "" for row in newest]
    assert days == sorted(days, reverse=True)


def test_activities_can_be_of_articles_with_words(opened: sqlite3.Connection, columns: Columns) -> None:
    found = matched.activities(opened, columns, query="志愿者")
    assert [row.type for row in activity_table.page(opened, columns, found)] == ["cleanup"]
    told = facets.of_activities(opened, columns, found)
    assert [value.name for value in told.statuses.values] == ["done"]
    [district] = told.places.values
    assert (district.place.address.name, district.count, district.below[0].place.chain[0]) == ("碑林区", 1, "碑林区")


def test_a_place_is_found_again_by_its_address(opened: sqlite3.Connection) -> None:
    for (place,) in opened.execute("SELECT id FROM place").fetchall():
        address = addresses.of_places(opened, [place])[place].address
        told = addresses.find(opened, address)
        assert (told.state, [each.id for each in told.places]) == ("found", [place])
    [code] = addresses.place(opened, COMMUNITY).places
    assert (code.address.name, code.chain[:2], code.articles) == ("东仓门社区", ("柏树林街道", "碑林区"), 4)
    assert addresses.place(opened, "999999").state == "gone"
    with pytest.raises(KeyError):
        addresses.of_places(opened, [0])


def test_a_portrait_adds_up_what_several_papers_tell_once(opened: sqlite3.Connection, columns: Columns) -> None:
    [place] = addresses.place(opened, COMMUNITY).places
    told = portraits.of_place(opened, columns, place.id)
    assert [each.address.name for each in told.above[:2]] == ["柏树林街道", "碑林区"]
    assert (told.portrait.articles, told.portrait.activities, told.portrait.sums.activities) == (4, 4, 2)
    assert told.portrait.sums.left_out == 2
    units = {each.unit: (each.total, each.figures, each.activities) for each in told.portrait.sums.units}
    assert units == {"份": (120, 1, 1), "人次": (86, 1, 1), "名": (30, 1, 1)}
    assert [value.name for value in told.portrait.months.values] == ["2024-03", "2024-04"]
    assert told.portrait.newest[0].title == "清扫楼道迎春光"
    upper = portraits.of_place(opened, columns, told.above[0].id)
    assert {each.place.address.name for each in upper.below} >= {"东仓门社区", "三学街社区"}
    assert upper.portrait.activities == 7


def test_portraits_of_who_and_what(opened: sqlite3.Connection, columns: Columns) -> None:
    library = addresses.name(opened, "organization", "碑林区图书馆")
    assert library is not None
    told = portraits.of_organization(opened, columns, library)
    assert told.activities == matched.activities(opened, columns, Filters(organizations=("=碑林区图书馆",))).total
    assert "碑林区图书馆" not in {value.name for value in (*told.organizers.values, *told.partners.values)}
    assert "三学街社区" in {value.name for value in told.organizers.values}
    health = portraits.of_type(opened, columns, "health")
    assert (health.activities, health.sums.left_out) == (3, 2)
    assert portraits.of_type(opened, columns, "weather").articles == 0
    assert addresses.name(opened, "person", "无此人") is None


def test_overview_says_what_there_is(opened: sqlite3.Connection, columns: Columns) -> None:
    told = overview.overview(opened, columns)
    assert (told.papers, told.issues, told.pages, told.articles) == (2, 3, 5, 7)
    assert (told.first, told.last) == ("2024-03-05", "2024-04-02")
    assert [each.place.address.name for each in told.streets] == ["柏树林街道"]
    assert told.newest[0].issue_date == "2024-04-02"
    assert sum(told.by_month.rows.totals) == told.activities == told.by_month.total
    assert told.distinct < told.activities


def test_papers_issues_pages(opened: sqlite3.Connection, columns: Columns) -> None:
    papers = {row.paper: row for row in issues.papers(opened, columns)}
    assert (papers["西安晚报"].issues, papers["西安晚报"].pages, papers["西安晚报"].articles) == (2, 4, 6)
    assert [(row.date, row.pages, row.articles) for row in issues.issues(opened, columns, "西安晚报", 2024)] == [
        ("2024-03-05", 2, 4), ("2024-04-02", 2, 2),
    ]  # fmt: skip
    assert issues.issues(opened, columns, "西安晚报", 2023) == issues.issues(opened, columns, None) == ()
    printed = issues.pages(opened, "西安晚报", "2024-04-02")
    assert [(row.page, row.articles, row.title) for row in printed] == [
        (2, 1, "清扫楼道迎春光"),
        (3, 1, "社区里办起书展"),
    ]
    view = pages.view(opened, printed[0].id)
    assert (view.before, view.behind) == (None, printed[1].id)


def test_a_page_shows_where_its_articles_stand(opened: sqlite3.Connection) -> None:
    for (page,) in opened.execute("SELECT id FROM page").fetchall():
        view = pages.view(opened, page)
        assert view.text in (text for text in PAGES.values())
        held = [stretch for each in view.articles for block in each.blocks for stretch in block.source]
        held += [(each.start, each.end) for each in view.leftovers]
        covered = sorted(at for start, end in held for at in range(start, end))
        assert len(covered) == len(set(covered))
        assert not "".join(c for at, c in enumerate(view.text) if at not in set(covered)).strip()
    for number in (0, 2**70):
        with pytest.raises(KeyError):
            pages.view(opened, number)


def test_around_an_article(opened: sqlite3.Connection, columns: Columns) -> None:
    [clinic] = [line for line in article_lines.newest(opened, 100) if line.title == "家门口看上专家号"]
    told = around.around(opened, clinic.article)
    assert (told.before, told.behind, told.copies) == (None, None, ())
    assert {each.article.title for each in told.accounts} == {"医生坐进社区院"}
    assert all(each.name == "“把脉暖人心”义诊活动" and each.activity == "a1" for each in told.accounts)
    other = told.accounts[0].article
    beside = around.around(opened, other.article)
    assert beside.behind is not None
    assert (beside.behind.title, len(beside.copies)) == ("书屋里坐满小读者", 1)
    copies = around.numbers(opened, other.id)
    assert (len(copies), around.numbers(opened, other.id, other.page_id)) == (2, [other.article])
    assert around.numbers(opened, other.id, 2**70) == around.numbers(opened, "无") == []
    with pytest.raises(KeyError):
        around.around(opened, 0)


def test_links_of_what_articles_name(opened: sqlite3.Connection, columns: Columns) -> None:
    found = activity_table.page(opened, columns, matched.activities(opened, columns, Filters(types=("cleanup",))))
    told = slots.of_activities(opened, [row.key for row in found])
    [(key, held)] = told.items()
    assert [party.place and party.place.address.code for party in held.places] == [COMMUNITY]
    assert held.organizers[0].wanted is None
    [article] = opened.execute("SELECT article FROM activity WHERE id = ?", (key,)).fetchone()
    named = slots.of_article(opened, article)
    assert {party.name for party in named.values()} >= {"东仓门社区", "银杏家园小区", "碑林区"}


def test_the_columns_are_read_again_when_a_run_has_made_them_anew(tmp_path: Path) -> None:
    page, target = tmp_path / "晚报_20240507_02.txt", tmp_path / "a.db"
    page.write_text(PAGES["华商报/2024-03-06/A05.txt"], "utf-8")
    holder = Holder()
    for number in (1, 2):
        made = CliRunner().invoke(cli.cli, ["index", str(tmp_path), "--archive", str(target), "--jobs", "1"])
        assert made.exit_code == 0, made.stderr
        with database.reading(target) as connection:
            columns = holder.at(connection)
            assert len(columns.articles) == number
            assert holder.at(connection) is columns
        (tmp_path / "晚报_20240508_02.txt").write_text(PAGES["西安晚报/2024-04-02/02.txt"], "utf-8")


def test_what_no_article_names_any_more_is_told_until_the_columns_are_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, target = tmp_path / "pages" / "晚报_20240507_02.txt", tmp_path / "a.db"
    page.parent.mkdir()
    page.write_text(PAGES["西安晚报/2024-03-05/03.txt"], "utf-8")
    program = ["index", str(page.parent), "--archive", str(target), "--jobs", "1"]
    assert CliRunner().invoke(cli.cli, program).exit_code == 0
    page.write_text(PAGES["西安晚报/2024-04-02/02.txt"], "utf-8")
    with monkeypatch.context() as killed:
        killed.setattr("corpus.archive.derive.finish", lambda opened: False)  # as if it had not come so far
        assert CliRunner().invoke(cli.cli, program).exit_code == 0
    library = "碑林区图书馆"
    with database.reading(target) as opened:
        columns = Holder().at(opened)
        every = matched.activities(opened, columns)
        partners = facets.of_activities(opened, columns, every).partners
        assert [each.name for each in partners.values] == [library]
        told = pivot.pivot(opened, columns, every, ("partner", "type"))
        assert [heading.name for heading in told.rows.headings] == [library]
    assert CliRunner().invoke(cli.cli, program).exit_code == 0
    with database.reading(target) as opened:
        assert not opened.execute("SELECT 1 FROM name WHERE name = ?", (library,)).fetchone()
        assert len(Holder().at(opened).articles) == 1
