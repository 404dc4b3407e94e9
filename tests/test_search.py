"""Search: every result set is what a plain scan finds, in a settled order, with snippets that show why."""

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli import cli
from corpus.archive import candidates, derive, folding
from corpus.archive import search as searching
from corpus.archive.advice import advice
from corpus.archive.filters import Filters, activities
from corpus.archive.folding import fold
from corpus.archive.packing import train
from corpus.archive.query import QueryError, parse
from corpus.archive.search import Found, search
from corpus.archive.snippets import WIDTH, snippet
from corpus.archive.words import FullText
from tests.searchable import Written, archive, scanned

SIGNS = "社區区居民台臺反诈aA12 ２　\u200b，。,—-“\"”'《()*🎉"
BLOCK = st.text(st.sampled_from(SIGNS), min_size=1, max_size=10)
ARTICLE = st.builds(
    Written,
    headlines=st.lists(BLOCK, max_size=2).map(tuple),
    blocks=st.lists(BLOCK, max_size=3).map(tuple),
    day=st.sampled_from([None, "2024-03-01", "2024-03-02"]),
)
ARTICLES = st.lists(ARTICLE, max_size=7)
TERM = st.text(st.sampled_from(SIGNS), min_size=1, max_size=5).filter(lambda text: fold(text).strip())


def ids(found: Found) -> set[int]:
    return {hit.article for hit in found.hits}


def quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


@given(ARTICLES, TERM, st.sampled_from([None, "title", "body"]))
@example([Written((), ("居民社区",))], "区社区", None)
@example([Written(("社",), ("区",))], "社区", None)
@example([Written((), ("文 a b",))], "a b", None)
@example([Written(("a",), ("社a",))], "a", "body")
@settings(max_examples=80, deadline=None)
def test_a_term_finds_what_a_scan_finds(articles: list[Written], term: str, field: str | None) -> None:
    found = search(archive(articles), f"{field}:{quoted(term)}" if field else quoted(term))
    assert ids(found) == scanned(articles, term, field)
    assert (found.total, found.exact) == (len(found.hits), True)


EXPRESSION = st.recursive(
    st.tuples(st.just("term"), TERM, st.sampled_from([None, "title", "body"])),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=5,
)


def as_query(expression: tuple) -> str:  # type: ignore[type-arg]
    match expression:
        case ("term", term, field):
            return f"{field}:{quoted(term)}" if field else quoted(term)
        case ("not", inner):
            return f"-({as_query(inner)})"
        case (operator, parts):
            return "(" + f" {operator.upper()} ".join(map(as_query, parts)) + ")"
    raise AssertionError


def by_scan(articles: Sequence[Written], expression: tuple) -> set[int]:  # type: ignore[type-arg]
    match expression:
        case ("term", term, field):
            return scanned(articles, term, field)
        case ("not", inner):
            return set(range(1, len(articles) + 1)) - by_scan(articles, inner)
        case ("and", parts):
            return set.intersection(*(by_scan(articles, part) for part in parts))
        case (_, parts):
            return set.union(*(by_scan(articles, part) for part in parts))
    raise AssertionError


@given(ARTICLES, EXPRESSION)
@settings(max_examples=80, deadline=None)
def test_an_expression_finds_what_a_scan_finds(articles: list[Written], expression: tuple) -> None:  # type: ignore[type-arg]
    assert ids(search(archive(articles), as_query(expression))) == by_scan(articles, expression)


@given(ARTICLES, EXPRESSION, st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_pages_put_together_are_the_whole(articles: list[Written], expression: tuple, size: int) -> None:  # type: ignore[type-arg]
    """Also where only some are compared and the rest is walked through."""
    database, query = archive(articles), as_query(expression)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "ALL", 2)
        patch.setattr(searching, "BEST", 2)
        patch.setattr(searching, "STEP", 1)
        patch.setattr(candidates, "FEW", 2)
        whole = [hit.article for hit in search(database, query).hits]
        pages = [search(database, query, None, size, offset) for offset in range(0, len(articles) + 1, size)]
    assert [hit.article for page in pages for hit in page.hits] == whole
    assert set(whole) == by_scan(articles, expression)
    assert all(page.total == len(whole) if page.exact else page.total >= len(whole) for page in pages)


@given(ARTICLES.filter(bool), st.data())
@settings(max_examples=30, deadline=None)
def test_the_order_does_not_hang_on_the_order_of_indexing(articles: list[Written], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(list(enumerate(articles, 1))))
    one, other = archive(articles), archive([article for _, article in shuffled])
    for number, (original, _) in enumerate(shuffled, 1):  # the record's id and the path belong to the article
        other.execute("UPDATE search_entry SET record_id = ? WHERE article = ?", (f"{original:016x}", number))
        other.execute("UPDATE article SET record_id = ? WHERE id = ?", (f"{original:016x}", number))
        other.execute("UPDATE file SET path = ? WHERE id = ?", (f"{original}.txt", number))
    for query in ("", "社", "社区 OR a", "-民"):
        orders = [[(hit.id, hit.path, hit.score, hit.snippet) for hit in search(db, query).hits] for db in (one, other)]
        assert orders[0] == orders[1]


@given(ARTICLES, TERM)
@settings(max_examples=30, deadline=None)
def test_marks_stand_on_what_was_asked_for(articles: list[Written], term: str) -> None:
    for hit in search(archive(articles), quoted(term)).hits:
        shown = hit.snippet
        assert shown.marks
        joined = [shown.text[start:end] for start, end in shown.marks]
        assert all(fold(" ".join(term.split())).strip() in fold(each) for each in joined)


HOSTILE = [
    "'; DROP TABLE article; --", '"社区"* OR 1', "article_words MATCH", "{tokens}: 社区", "NEAR(社区 居民, 5)",
    "社区^2", "-", "\x00", "社区\x00居民", "\ud800", "🎉🎉", "𠮷野家", "%_%", "\u202e社区", "a" * 2000, "社区" * 900,
    "title:" + "社" * 500, "person:' type:\"", " | ".join(["社区居民"] * 100), "-" + " -".join(["社区"] * 99),
    "(" * 20 + "社" + ")" * 20, "(社 OR (区 AND " * 10 + "民" + "))" * 10,
    "社 -(区民社 | " * 20 + "民" + ")" * 20, "place:a -(place:b | " * 20 + "民" + ")" * 20,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_answered_or_refused_with_a_reason(query: str) -> None:
    database = archive([Written(("社区活动",), ("居民参加。",))])
    with contextlib.suppress(QueryError):
        found = search(database, query)
        assert found.total == len(found.hits)
    assert database.execute("SELECT count(*) FROM article").fetchone()[0] == 1


NEWS = [
    Written(
        ("反诈课堂进楼院",), ("金水区花园路街道通信社区的民警向老人讲解反诈知识。",), "2024-03-05", "郑州社区报",
        entities=(("district", "金水区", "410105", None), ("street", "花园路街道", "410105003", 1),
                  ("community", "通信社区", "410105003021", 2), ("person", "李伟", None, None)),
        activities=(("antifraud", "2024-03-04", "2024-03-04", (("organizer", 3), ("place", 3))),),
    ),
    Written(
        ("义诊",), ("二七区的医生来了。反诈民警也来了。",), "2024-04-01", "郑州社区报",
        entities=(("district", "二七区", "410103", None), ("organization", "郑州市社区卫生服务中心", None, None)),
        activities=(("health", None, None, (("organizer", 2), ("place", 1))),),
    ),
    Written((), ("图为长沙市岳麓区的居民包饺子。",), None, "长沙晨刊", "photo",
            entities=(("city", "长沙市", "430100", None), ("district", "岳麓区", "430104", 1)),
            activities=(("culture", "2024-01-01", "2024-01-01", (("place", 2),)),)),
    Written((), ("通信社区举行会议。",), "2023-12-31",
            entities=(("community", "通信社区", "410105003021", None),)),
]  # fmt: skip


@pytest.fixture
def news() -> sqlite3.Connection:
    return archive(NEWS)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), {1, 2, 3, 4}),
        (Filters(districts=("金水区",)), {1, 4}),  # the community that stands alone lies in it by its code
        (Filters(districts=("金水",)), {1, 4}),
        (Filters(districts=("金水区", "岳麓区")), {1, 3, 4}),
        (Filters(streets=("花园路街道",)), {1, 4}),
        (Filters(streets=("花園路街道",)), {1, 4}),
        (Filters(communities=("通信",)), {1, 4}),
        (Filters(cities=("长沙",)), {3}),
        (Filters(cities=("郑州",)), set()),
        (Filters(places=("410100",)), {1, 2, 4}),
        (Filters(places=("410000",)), {1, 2, 4}),
        (Filters(districts=("花园路街道",)), set()),
        (Filters(places=("金水区",), communities=("通信社区",)), {1, 4}),
        (Filters(organizations=("卫生服务中心",)), {2}),
        (Filters(persons=("李伟",)), {1}),
        (Filters(persons=("李",)), set()),
        (Filters(types=("antifraud", "culture")), {1, 3}),
        (Filters(kinds=("photo",)), {3}),
        (Filters(papers=("社区报",)), {1, 2}),
        (Filters(papers=("没有",)), set()),
        (Filters(since="2024-03-05", until="2024-03-31"), {1}),
        (Filters(until="2024-01-31"), {3, 4}),  # without an issue, by its activity
        (Filters(since="2024-01-01", until="2024-01-01"), {3}),
    ],
)
def test_filters(news: sqlite3.Connection, filters: Filters, wanted: set[int]) -> None:
    assert ids(search(news, "", filters)) == wanted
    assert ids(search(news, "反诈", filters)) == wanted & {1, 2}


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), {1, 2, 3}),
        (Filters(districts=("金水区",)), {1}),
        (Filters(cities=("长沙市",)), {3}),
        (Filters(organizations=("卫生",)), {2}),
        (Filters(persons=("李伟",)), {1}),
        (Filters(types=("health",)), {2}),
        (Filters(since="2024-03-05"), {2}),  # the first was the day before its issue
        (Filters(until="2024-03-04"), {1, 3}),
        (Filters(kinds=("photo",), papers=("长沙",)), {3}),
        (Filters(papers=("没有",)), set()),
        (Filters(places=("没有",)), set()),
    ],
)
def test_filters_of_activities(news: sqlite3.Connection, filters: Filters, wanted: set[int]) -> None:
    rows = activities(news, filters)
    found = news.execute(f"SELECT article FROM activity WHERE {rows.sql}", rows.values)
    assert {row[0] for row in found} == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("place:金水区", {1, 4}),
        ("反诈 place:二七", {2}),
        ("反诈 -place:二七", {1}),
        ("org:服务中心", {2}),
        ("person:李伟 OR type:culture", {1, 3}),
        ("paper:长沙 包饺子", {3}),
        ("-paper:郑州社区报", {3, 4}),
        ("title:反诈 OR (讲解反诈 -place:二七区)", {1}),
        ("民警向老人 OR place:岳麓区", {1, 3}),
        ("place:没有 OR 民警也来了", {2}),
    ],
)
def test_fields(news: sqlite3.Connection, query: str, wanted: set[int]) -> None:
    assert ids(search(news, query)) == wanted


def test_ranking_headlines_then_number_then_density_then_the_newest() -> None:
    body = "居民们" * 60
    database = archive(
        [
            Written(("通知",), (f"义诊。{body}",), "2024-01-01"),
            Written(("通知",), (f"义诊。{body}",), "2024-01-02"),
            Written(("通知",), (f"义诊。{body}{body}{body}",), "2024-01-03"),
            Written(("通知",), (f"义诊、义诊。{body}",), "2024-01-01"),
            Written(("义诊",), (body,), "2020-01-01"),
        ]
    )
    assert [hit.article for hit in search(database, "义诊").hits] == [5, 4, 2, 1, 3]
    assert [hit.article for hit in search(database, "").hits] == [3, 2, 1, 4, 5]


def test_the_rarer_of_two_words_counts_for_more() -> None:
    articles = [Written((), (f"第{number}场活动在小区举行。",)) for number in range(9)]
    database = archive([*articles, Written((), ("邻里百家宴在小区摆开。",))])
    assert search(database, "小区 OR 百家宴").hits[0].article == 10
    assert search(database, "活动 OR 百家宴").hits[0].article == 10


def test_a_snippet_shows_most_terms_within_one_block() -> None:
    long = "街道开了会。" * 30
    text = f"标题\n{long}\n{long}社区请民警讲反诈，老人听得认真。{long}"
    reach = [[(text.index("反诈"), text.index("反诈") + 2)], [(text.index("老人"), text.index("老人") + 2)]]
    shown = snippet(text, reach, 2)
    assert [shown.text[start:end] for start, end in shown.marks] == ["反诈", "老人"]
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= WIDTH + 2
    assert shown.text.strip("…") in text
    assert "\n" not in shown.text


def test_a_snippet_of_a_very_long_phrase_holds_it_whole() -> None:
    phrase = "社区居民" * 50
    shown = search(archive([Written((), (f"前言。{phrase}。",))]), phrase).hits[0].snippet
    assert phrase in shown.text


def test_a_district_has_the_communities_that_other_articles_put_into_it() -> None:
    database = archive(
        [
            Written((), ("江汉区水塔社区。",),
                    entities=(("district", "江汉区", None, None), ("community", "水塔社区", None, 1))),
            Written((), ("水塔社区。",), entities=(("community", "水塔社区", None, None),),
                    activities=(("care", None, None, (("place", 1),)),)),
            Written((), ("别处的水塔社区。",), entities=(("community", "水塔社区", None, None),)),
        ]
    )  # fmt: skip
    run = database.execute
    for number, (kind, name, above) in enumerate((("district", "江汉区", None), ("community", "水塔社区", 1)), 1):
        run("INSERT INTO place VALUES (?, ?, ?, NULL, ?, NULL, 0, 0, 1, 1, NULL, NULL)", (number, kind, name, above))
    database.executemany("INSERT INTO place_above VALUES (?, ?)", [(1, 1), (2, 2), (2, 1)])
    database.executemany("INSERT INTO entity_place VALUES (?, ?, ?, '')", [(1, 1, 1), (1, 2, 2), (2, 1, 2)])
    wanted = Filters(districts=("江汉",))
    assert ids(search(database, "", wanted)) == {1, 2}
    rows = activities(database, wanted)
    assert [row[0] for row in run(f"SELECT article FROM activity WHERE {rows.sql}", rows.values)] == [2]


def test_an_index_of_another_fold_is_noticed_and_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    database = archive([])
    step = FullText()
    assert not derive.outdated(database, step)
    database.execute("INSERT INTO archive VALUES ('dictionary', ?)", (train(),))
    derive.begin(database)
    assert not derive.outdated(database, step)
    monkeypatch.setattr(folding, "VERSION", step.version + 1)
    assert derive.outdated(database, step)
    derive.finish(database)
    assert not derive.outdated(database, step)


@pytest.mark.parametrize("value", ["\udce5", "\x00", "'; --", "%", "", "a" * 700])
def test_hostile_filters_and_advice_on_them(news: sqlite3.Connection, value: str) -> None:
    fields = ("districts", "places", "organizations", "persons", "papers", "types", "kinds")
    for field in fields:
        filters = Filters(**{field: (value,)})
        assert search(news, "反诈", filters).total == 0
        assert list(advice(news, "反诈", filters, parse("反诈")))
    assert activities(news, Filters(places=(value,))).sql == "0"
    query = '"' + (value.strip("\x00") or "x")[:1900].replace('"', "") + '"'
    assert list(advice(news, query, Filters(), parse(query)))


def test_advice_names_what_is_to_blame(news: sqlite3.Connection) -> None:
    def said(query: str, filters: Filters = Filters()) -> str:  # noqa: B008 - it is frozen
        assert search(news, query, filters).total == 0
        return "\n".join(advice(news, query, filters, parse(query)))

    assert "no article names the district 金火区; near it: 金水区" in said("反诈", Filters(districts=("金火区",)))
    assert "without --kind there are 2 articles" in said("反诈", Filters(kinds=("photo",)))
    assert "without any filter there are 2 articles" in said("反诈", Filters(kinds=("photo",), persons=("李伟",)))
    assert "no article has 反诈骗局; 反诈 stands in 2 articles" in said("反诈骗局")
    assert "near it: 通信社区" in said("通讯社区")
    assert "no activity is of the type weather" in said("type:weather")
    assert "no article has 气球" in said("反诈 气球")
    assert "反诈 alone stands in 2 articles" in said("反诈 包饺子")


def test_the_step_takes_out_what_it_put_in() -> None:
    database = archive(NEWS)
    FullText().leaving(database, [1, 3])
    assert ids(search(database, "")) == {2, 4}
    assert ids(search(database, "反诈")) == {2}
    for word in ("反诈", "包饺", "花"):
        rows = database.execute("SELECT rowid FROM article_words WHERE article_words MATCH ?", (f'"{word}"*',))
        assert {row[0] for row in rows} <= {2, 4}
    database.execute("INSERT INTO article_words (article_words) VALUES ('integrity-check')")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(__file__).parent.parent / "corpus" / "samples"
    made = tmp_path_factory.mktemp("archive") / "archive.db"
    pages = [str(folder / name) for name in ("wuhan-jiangan-shequ-02.txt", "lanzhou-shequbao-20240416-3.txt")]
    result = CliRunner().invoke(cli, ["index", *pages, "--archive", str(made), "-q", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return made


def test_the_command_finds_what_stands_in_the_records(samples: Path) -> None:
    def run(*arguments: str) -> list[dict[str, object]]:
        result = CliRunner().invoke(cli, ["search", *arguments, "--archive", str(samples), "--format", "json"])
        assert result.exit_code == 0, result.output
        rows: list[dict[str, object]] = json.loads(result.stdout)
        return rows

    rows = run("社区", "--limit", "100")
    assert {"id", "title", "path", "snippet", "score"} <= set(rows[0])
    with sqlite3.connect(samples) as database:
        texts = database.execute("SELECT record_id, text FROM article").fetchall()
    assert sorted(row["id"] for row in rows) == sorted(key for key, text in texts if "社区" in fold(text))
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert run("社区", "--limit", "3", "--offset", "2") == rows[2:5]
    assert all(row["issue_date"] == str(date(2024, 4, 16)) for row in run("", "--since", "2024-04-16"))


def test_the_command_prints_every_form(samples: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["search", "社区", "--archive", str(samples), "--limit", "2", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "【社区】" in run()
    assert len(run("--format", "jsonl").splitlines()) == 2
    lines = run("--format", "csv", "--bom").splitlines()
    assert lines[0].startswith("\ufeffid,score,")
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["(社区"], "never closed"),
        (["社区", "--type", "party!"], "no type of activity; there are volunteer"),
        (["社区", "--since", "2024-05-01", "--until", "2024-04-01"], "no day is in between"),
        (["社区", "--bom"], "--bom is for --format csv"),
    ],
)
def test_the_command_refuses_with_the_remedy(samples: Path, arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, ["search", *arguments, "--archive", str(samples)])
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_found_is_no_error(samples: Path) -> None:
    result = CliRunner().invoke(cli, ["search", "没有的词", "--archive", str(samples), "--format", "json"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert "no article found for 没有的词" in result.stderr
