"""What each correction does to a page, what becomes of it when extraction reads otherwise, and the file of them."""

import copy
import json
import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corrections import file, making, telling
from corpus.corrections.changes import difference, pairs
from corpus.corrections.correction import Correction, CorrectionError
from corpus.corrections.kinds import KINDS, STRUCTURE, parse
from corpus.corrections.matching import reference
from schemas import published
from schemas.record import ArticleRecord
from tests.corrected_pages import PAGE, Read, check, other_paper, read, renumbered

CLINIC, STAIRS = 0, 1
"""The two articles."""
Values = Callable[[ArticleRecord], dict[str, Any]]


def of(page: Read, at: int, kind: str, values: Values) -> Correction:
    """A correction of an article of a page, as `correct` makes it."""
    record = page.records[at]
    return making.correction(kind, values(record), reference(record))


def taught(kind: str, paper: str | None = None, **values: Any) -> Correction:
    return making.correction(kind, values, paper=paper)


def shown(page: Read, *corrections: Correction) -> list[str]:
    """The lines that corrections change."""
    after = page.corrected(*corrections)
    check(after)
    return [line for pair in pairs(page.records, after.records) for line in difference(*pair)]


def statuses(page: Read, *corrections: Correction) -> list[str]:
    after = page.corrected(*corrections)
    check(after)
    return [
        each.status for each in sorted(after.outcomes, key=lambda o: [c.id for c in corrections].index(o.correction))
    ]


def titles(page: Read, *corrections: Correction) -> list[str | None]:
    return [record.title for record in page.corrected(*corrections).records]


# ---------------------------------------------------------------- what each does

WHICH = {"name": "福源家园"}
FACTS: list[tuple[str, int, str, Values, list[str]]] = [
    (
        "a person is none",
        CLINIC, "not_entity", lambda r: {"entity": {"name": "周桂香", "type": "person"}},
        ["- person 周桂香 (周桂香)"],
    ),
    (
        "a place is none: what lay in it lies above, and the activity took place elsewhere",
        CLINIC, "not_entity", lambda r: {"entity": {"name": "文明街社区", "type": "place"}},
        [
            "- community 文明街社区 in 西关街道 (文明街社区)",
            "- estate 福源家园 in 文明街社区 (福源家园)",
            "+ estate 福源家园 in 西关街道 (福源家园)",
            "-   organizers of 组织20余名志愿者到福源家园开展义诊活动: 文明街社区",
        ],
    ),
    (
        "another type",
        CLINIC, "entity", lambda r: {"entity": WHICH, "set": {"type": "venue"}},
        ["- estate 福源家园 in 文明街社区 (福源家园)", "+ venue 福源家园 in 文明街社区 (福源家园)"],
    ),
    (
        "another name, code and place",
        STAIRS, "entity",
        lambda r: {
            "entity": {"name": "华阳小区"},
            "set": {"name": "华阳家园", "code": "410305009001", "in": {"name": "涧西区", "type": "district"}},
        },
        [
            "- estate 华阳小区 in 长安路街道 (华阳小区 ×2)",
            "+ estate 华阳家园 in 涧西区 410305009001 (华阳小区 ×2)",
        ],
    ),
    (
        "in a place that the article does not name",
        STAIRS, "entity",
        lambda r: {"entity": {"name": "华阳小区"}, "set": {"in": {"name": "嵩山社区", "type": "community"}}},
        [
            "- estate 华阳小区 in 长安路街道 (华阳小区 ×2)",
            "+ estate 华阳小区 in 嵩山社区 (华阳小区 ×2)",
            "+ community 嵩山社区 (not printed)",
        ],
    ),
    (
        "the same as another: its mentions and its part in the activity go over",
        CLINIC, "same", lambda r: {"entity": {"name": "文明街社区"}, "as": {"name": "福源家园", "type": "estate"}},
        [
            "- community 文明街社区 in 西关街道 (文明街社区)",
            "- estate 福源家园 in 文明街社区 (福源家园)",
            "+ estate 福源家园 in 西关街道 (文明街社区, 福源家园)",
            "-   organizers of 组织20余名志愿者到福源家园开展义诊活动: 文明街社区",
            "+   organizers of 组织20余名志愿者到福源家园开展义诊活动: 福源家园",
        ],
    ),
    (
        "here something is named",
        CLINIC, "mark", lambda r: {"words": making.words_quote(r, "医生"), "type": "person"},
        ["+ person 医生 (医生)"],
    ),
    (
        "another stretch: what overlaps gives way",
        CLINIC, "mark", lambda r: {"words": making.words_quote(r, "街社区"), "type": "community", "name": "文明街社区"},
        ["- community 文明街社区 in 西关街道 (文明街社区)", "+ community 文明街社区 in 西关街道 (街社区)"],
    ),
    (
        "here a day is named",
        STAIRS, "mark", lambda r: {"words": making.words_quote(r, "下一步"), "type": "date"},
        ["+ date 下一步 = undecided"],
    ),
    (
        "here nothing is named, elsewhere it is",
        STAIRS, "unmark", lambda r: {"words": making.words_quote(r, "2@华阳小区"), "type": "estate"},
        ["- estate 华阳小区 in 长安路街道 (华阳小区 ×2)", "+ estate 华阳小区 in 长安路街道 (华阳小区)"],
    ),
    (
        "an activity is none",
        STAIRS, "not_activity", lambda r: {"activity": making.activity_quote(r, "a1")},
        [
            "- activity 组织30名党员清理楼道杂物12车 [cleanup, done]",
            "-   organizers of 组织30名党员清理楼道杂物12车: 长安路街道",
            "-   places of 组织30名党员清理楼道杂物12车: 长安路街道",
            "-   date of 组织30名党员清理楼道杂物12车: 近日",
            "-   audience of 组织30名党员清理楼道杂物12车: 居民",
            "-   counts of 组织30名党员清理楼道杂物12车: 30名党员, 楼道杂物12车",
        ],
    ),
    (
        "a figure",
        CLINIC, "count",
        lambda r: {
            "count": making.thing_quote(r, "c3", "count"),
            "set": making.settings(r, "count", ["value=120", "unit=册", "mod=about"]),
        },
        [
            "- count 健康手册100本 = 100 本 健康手册 (exact, materials)",
            "+ count 健康手册100本 = 120 册 健康手册 (about, materials)",
        ],
    ),
    (
        "a figure is none",
        STAIRS, "not_count", lambda r: {"count": making.thing_quote(r, "8个", "count")},
        ["- count 8个小区 = 8 个 小区 (exact, removed)"],
    ),
    (
        "a day",
        CLINIC, "date", lambda r: {"date": making.thing_quote(r, "d1", "date"), "set": {"value": "2023-10-09"}},
        ["- date 10月9日 = XXXX-10-09", "+ date 10月9日 = 2023-10-09"],
    ),
    (
        "a day is none: the activity has none then",
        STAIRS, "not_date", lambda r: {"date": making.thing_quote(r, "近日", "date")},
        ["- date 近日 = undecided", "-   date of 组织30名党员清理楼道杂物12车: 近日"],
    ),
    (
        "who is credited",
        CLINIC, "bylines", lambda r: {"bylines": [{"name": "何苗", "role": ""}]},
        ["- by 记者 何苗", "+ by 何苗"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("at", "kind", "values", "lines"), [row[1:] for row in FACTS], ids=[row[0] for row in FACTS])
def test_what_a_correction_changes(at: int, kind: str, values: Values, lines: list[str]) -> None:
    page = read()
    correction = of(page, at, kind, values)
    assert shown(page, correction) == lines
    assert statuses(page, correction) == ["applied"]
    # what is on the way to a line of the file and back is the same
    assert parse(json.loads(correction.line())) == correction


def test_an_activity_is_set_slot_by_slot() -> None:
    page = read()

    def values(record: ArticleRecord) -> dict[str, Any]:
        said = ["type=care", "status=under_way", "name=义诊", "organizers=street:西关街道", "partners=周桂香",
                "places=福源家园", "date=", "audience=老人；周桂香", "counts=c3"]  # fmt: skip
        return {"activity": making.activity_quote(record, "义诊"), "set": making.settings(record, "activity", said)}

    after = page.corrected(of(page, CLINIC, "activity", values)).records[CLINIC]
    own = after.activities[0]
    names = {each.id: each.name for each in after.entities}
    assert (own.name, own.type, own.status, own.date, own.audience) == (
        "义诊",
        "care",
        "under_way",
        None,
        ("老人", "周桂香"),
    )
    assert [[names[e] for e in ids] for ids in (own.organizers, own.partners, own.places)] == [
        ["西关街道"], ["周桂香"], ["福源家园"],
    ]  # fmt: skip
    assert [c.text for c in after.counts if c.id in own.counts] == ["健康手册100本"]


# ---------------------------------------------------------------- parts of a page


def test_two_articles_of_one() -> None:
    """What stands behind the cut is read as an article of its own; its id is made of where it begins."""
    page = read()
    cut = of(page, CLINIC, "split", lambda r: {"before": making.block_quote(r, "3")})
    first, second, third = page.corrected(cut).records
    assert shown(page, cut)
    assert [first.article.id, third.article.id] == [record.article.id for record in page.records]
    assert second.article.text.startswith("福源家园的周桂香说")
    assert second.article.id == page.corrected(cut).records[1].article.id
    assert [first.article.bylines[0].name, second.article.bylines] == ["何苗", ()]
    assert {each.name for each in second.entities} >= {"周桂香"}
    assert [each.text for each in second.counts] == ["健康手册100本"]
    after = page.corrected(cut)
    headed = of(Read(after.pages, after.records), 1, "title", lambda r: {"title": "福源家园的周桂香说"})
    assert titles(page, cut, headed) == ["老城区敬老月暖意浓", "福源家园的周桂香说", "清理楼道不留死角"]


def test_a_picture_goes_with_what_is_printed_above_it() -> None:
    page = read()
    first, second = page.corrected(of(page, STAIRS, "split", lambda r: {"before": making.block_quote(r, "3")})).records[
        1:
    ]
    assert [[b.role for b in r.article.blocks] for r in (first, second)] == [
        ["main", "paragraph"],
        ["paragraph", "caption"],
    ]
    alone = page.corrected(of(page, STAIRS, "split", lambda r: {"before": making.block_quote(r, "4")})).records[2]
    assert (alone.article.kind, [b.role for b in alone.article.blocks]) == ("photo", ["paragraph"])
    assert [b.name for b in alone.article.bylines] == ["何苗"]


def test_a_cut_within_a_block() -> None:
    page = read()
    cut = of(page, STAIRS, "split", lambda r: {"before": making.block_quote(r, "华阳小区居民")})
    check(page.corrected(cut))
    texts = [record.article.text for record in page.corrected(cut).records]
    assert texts[1].endswith("清理楼道杂物12车，")
    assert texts[2].startswith("华阳小区居民拍手称好。\n下一步")


def test_one_article_of_two_and_back() -> None:
    """The headline within becomes a crosshead; cut again at the same place it is an article of the same words."""
    page = read()
    joined = of(page, CLINIC, "join", lambda r: {"with": making.other(page.records[STAIRS])})
    after = page.corrected(joined)
    check(after)
    (one,) = after.records
    assert one.article.id == page.records[CLINIC].article.id
    assert [b.role for b in one.article.blocks] == [
        "main", "paragraph", "paragraph", "crosshead", "paragraph", "paragraph", "caption",
    ]  # fmt: skip
    assert {a.type for a in one.activities} == {"health", "cleanup"}
    again = of(Read(after.pages, after.records), CLINIC, "split", lambda r: {"before": making.block_quote(r, "4")})
    texts = [record.article.text for record in page.corrected(joined, again).records]
    assert texts == [record.article.text for record in page.records]


def torn(record: ArticleRecord, at: int) -> ArticleRecord:
    """The record with a block whose other half is not in the article."""
    blocks = list(record.article.blocks)
    blocks[at] = replace(blocks[at], incomplete=True)
    return replace(record, article=replace(record.article, blocks=tuple(blocks)))


def test_two_halves_of_a_paragraph_become_one() -> None:
    """Torn by a column break and read as two articles: joined, the sentence is whole and in one block."""
    page = read(PAGE.replace("清理楼道不留死角\n\n", ""))
    cut = of(page, CLINIC, "split", lambda r: {"before": making.block_quote(r, "省得我们")})
    first, second, *others = page.corrected(cut).records
    halves = (torn(first, 2), torn(second, 0), *others)
    after = page.corrected(cut)
    halved = Read(tuple(replace(each, articles=len(halves)) for each in after.pages), halves)
    joined = halved.corrected(of(halved, 0, "join", lambda r: {"with": making.other(second)}))
    check(joined)
    assert joined.records[0].article.text == page.records[0].article.text
    assert not any(block.incomplete for block in joined.records[0].article.blocks[:3])


def test_blocks_go_where_they_belong() -> None:
    page = read()
    to = {"to": making.other(page.records[CLINIC])}
    moved = of(page, STAIRS, "move", lambda r: {"block": making.block_quote(r, "4"), **to})
    check(page.corrected(moved))
    clinic, stairs = page.corrected(moved).records
    assert clinic.article.blocks[-1].role == "caption"
    assert "晒太阳" in clinic.article.text
    assert "晒太阳" not in stairs.article.text
    dropped = of(page, STAIRS, "drop", lambda r: {"block": making.block_quote(r, "3")})
    after = page.corrected(dropped)
    check(after)
    assert [each.reason for each in after.pages[0].leftovers] == ["corrected", "hotline"]
    taken = of(
        page,
        CLINIC,
        "take",
        lambda r: {"words": making.leftover_quote(PAGE, "新闻热线：0379-0000000"), "role": "credit"},
    )
    after = page.corrected(taken)
    check(after)
    assert after.pages[0].leftovers == ()
    assert after.records[CLINIC].article.quote(after.records[CLINIC].article.blocks[1]) == "新闻热线：0379-0000000"


def test_a_headline_of_what_was_body_text() -> None:
    page = read()
    headed = of(page, STAIRS, "title", lambda r: {"title": "下一步，街道将把清理行动扩大到8个小区。"})
    record = page.corrected(headed).records[STAIRS]
    assert record.title == "下一步，街道将把清理行动扩大到8个小区。"
    assert [b.role for b in record.article.blocks] == ["kicker", "main", "paragraph", "caption"]
    back = of(page, STAIRS, "role", lambda r: {"block": making.block_quote(r, "1"), "role": "crosshead"})
    assert [b.role for b in page.corrected(back).records[STAIRS].article.blocks][:2] == ["crosshead", "paragraph"]


def test_a_traditional_page_is_read_again_as_it_was_read() -> None:
    """Taipei: what is cut off is read in the characters that are printed."""
    page = read(
        "里民樂捐修橋\n\n（記者 陳怡君）3月5日，臺北市大安區龍門里的志工發動50位里民，整理後巷雜物8車。\n\n"
        "（記者 林淑芬）3月6日，臺北市大安區錦安里舉辦健康講座，請來醫師為80位長者量血壓。\n"
    )
    first = page.records[0]
    cut = of(page, 0, "split", lambda r: {"before": making.block_quote(r, str(len(first.article.blocks)))})
    after = page.corrected(cut) if len(page.records) == 1 else page.corrected()
    check(after)
    assert len(after.records) >= 2
    assert "臺北市" in {each.name for record in after.records for each in record.entities}


# ---------------------------------------------------------------- names that are taught


def test_a_name_taught_helps_every_other_article() -> None:
    lesson = taught("is", name="福源家园", type="venue", **{"in": {"name": "西关街道", "type": "street"}})
    for page in (read(), other_paper()):
        assert shown(page, lesson) == [
            "- estate 福源家园 in 文明街社区 (福源家园)",
            "+ venue 福源家园 in 西关街道 (福源家园 ×2)",
        ]
    unread = taught("is", name="拍手称好", type="organization")
    assert shown(read(), unread) == ["+ organization 拍手称好 (拍手称好)"]
    within = taught("is", name="文明街", type="road")
    assert shown(read(), within) == [], "a longer name stands there"


def test_what_is_taught_of_a_name_that_was_taught() -> None:
    """The second is about a name that no page prints; the order of the lines does not matter to the first."""
    first = taught("same", entity={"name": "周桂香"}, **{"as": {"name": "周婆婆", "type": "person"}})
    second = taught("entity", entity={"name": "周婆婆"}, set={"in": {"name": "福源家园", "type": "estate"}})
    assert shown(read(), first, second) == ["- person 周桂香 (周桂香)", "+ person 周婆婆 in 福源家园 (周桂香)"]


def test_a_paper_s_names_are_its_own() -> None:
    lesson = taught("not_entity", paper="涧河晨报", entity={"name": "周桂香"})
    assert shown(read(), lesson) == []
    assert shown(other_paper(), lesson) == ["- person 周桂香 (周桂香)"]


def test_the_narrower_and_the_later_holds() -> None:
    page = read()
    here = of(page, CLINIC, "entity", lambda r: {"entity": WHICH, "set": {"type": "community"}})
    later = of(page, CLINIC, "entity", lambda r: {"entity": WHICH, "set": {"type": "road"}})
    everywhere = taught("is", name="福源家园", type="venue")
    for lines, kind in (
        ((here, everywhere), "community"),
        ((here, everywhere, later), "road"),
        ((later, here), "community"),
    ):
        found = {e.name: e.type for e in page.corrected(*lines).records[CLINIC].entities}
        assert found["福源家园"] == kind
    numbered = [file.Line(n, each.line(), each) for n, each in enumerate((here, everywhere, later), 1)]
    assert [(a.number, b.number) for a, b in telling.conflicts(numbered)] == [(1, 3)]


# ---------------------------------------------------------------- what becomes of them


def test_they_hold_when_articles_have_other_ids() -> None:
    """Another version of the extractor numbers articles otherwise: quotations find them, and say if they do not."""
    page = read()
    for _, at, kind, values, _ in FACTS:
        assert statuses(renumbered(page), of(page, at, kind, values)) == ["applied"], kind


def test_they_hold_when_the_article_has_been_divided() -> None:
    """What is told of the second half goes to where it is now."""
    page = read()
    cut = of(page, CLINIC, "split", lambda r: {"before": making.block_quote(r, "3")})
    told = of(page, CLINIC, "count", lambda r: {"count": making.thing_quote(r, "c3", "count"), "set": {"value": 7}})
    after = page.corrected(told, cut)
    assert [each.status for each in after.outcomes] == ["applied", "applied"]
    assert after.records[1].counts[0].value == 7


NOWHERE = {"name": "某地"}
INSIDE = {"in": {"name": "福源家园", "type": "estate"}}
LOST: list[tuple[str, int, str, Values, str]] = [
    ("words", CLINIC, "title", lambda r: {"title": "别处的话"}, "'别处的话' is not in it"),
    ("name", CLINIC, "entity", lambda r: {"entity": NOWHERE, "set": {"type": "road"}},
     "nothing is called '某地' here"),
    ("byline", CLINIC, "bylines", lambda r: {"bylines": [{"name": "某某", "role": "记者"}]},
     "'记者 某某' is not in it"),
    ("itself", CLINIC, "join", lambda r: {"with": making.other(r)}, "the two are one article"),
    ("circle", CLINIC, "entity", lambda r: {"entity": {"name": "洛阳市"}, "set": INSIDE},
     "'洛阳市' would lie in itself"),
    ("range", CLINIC, "count", lambda r: {"count": making.thing_quote(r, "c1", "count"), "set": {"max": 3}},
     "its range would end at 3, before it begins at 20"),
    ("not printed", CLINIC, "activity",
     lambda r: {"activity": making.activity_quote(r, "a1"), "set": {"name": "大扫除"}},
     "'大扫除' is not in it; it is given in the article's own words"),
    ("leftover", CLINIC, "take", lambda r: {"words": {"text": "热线电话"}, "role": "credit"},
     "'热线电话' is in no leftover of the page"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "kind", "values", "reason"), [row[1:] for row in LOST], ids=[row[0] for row in LOST])
def test_what_does_not_apply_says_why_and_changes_nothing(at: int, kind: str, values: Values, reason: str) -> None:
    page = read()
    after = page.corrected(of(page, at, kind, values))
    assert [(each.status, each.reason) for each in after.outcomes] == [("lost", reason)]
    assert (after.records, after.pages) == (page.records, page.pages)


def test_what_extraction_says_by_itself_is_unneeded() -> None:
    page = read()
    same = of(page, CLINIC, "entity", lambda r: {"entity": WHICH, "set": {"type": "estate"}})
    gone = of(page, CLINIC, "not_entity", lambda r: {"entity": {"name": "某地"}})
    assert statuses(page, same, gone) == ["unneeded", "unneeded"]


def test_another_page_is_not_touched() -> None:
    page = read()
    everything = [of(page, at, kind, values) for _, at, kind, values, _ in FACTS]
    after = other_paper().corrected(*everything)
    assert (after.records, after.outcomes) == (other_paper().records, ())


def test_a_page_whose_new_reading_fails_is_left_alone() -> None:
    from corpus.corrections.applying import Corrections, apply

    def fails(*given: object) -> list[ArticleRecord]:
        raise RuntimeError("no")

    page = read()
    cut = of(page, CLINIC, "split", lambda r: {"before": making.block_quote(r, "3")})
    after = apply(Corrections([cut]), page.pages, page.records, fails)
    assert (after.records, after.pages) == (page.records, page.pages)
    assert [each.status for each in after.outcomes] == ["lost"]


# ---------------------------------------------------------------- any corrections in any order


@st.composite
def some(draw: st.DrawFn, records: tuple[ArticleRecord, ...]) -> Correction | None:
    """A correction that an editor might make of these records; None where there is nothing to correct."""
    record = draw(st.sampled_from(records))
    text, kind = record.article.text, draw(st.sampled_from(sorted(KINDS)))
    start = draw(st.integers(0, len(text) - 1))
    words = text[start : start + draw(st.integers(1, 12))].split("\n")[0].strip()
    block = making.block_quote(record, str(draw(st.integers(1, len(record.article.blocks)))))
    others = [each for each in records if each is not record]
    names = [{"name": e.name} for e in record.entities] + ([{"name": words}] if words else [])
    things: dict[str, Any] = {
        "before": block, "block": block, "title": words, "bylines": [{"name": words, "role": ""}], "name": words,
        "words": {"text": words},
        "role": draw(st.sampled_from(["main", "kicker", "paragraph", "caption", "crosshead", "credit"])),
        "type": draw(st.sampled_from(["estate", "person", "organization", "street"])),
    }  # fmt: skip
    for field in ("with", "to"):
        things[field] = making.other(draw(st.sampled_from(others))) if others else None
    things["entity"] = draw(st.sampled_from(names)) if names else None
    things["as"] = {**draw(st.sampled_from(names)), "type": things["type"]} if names else None
    for field, every in (("count", record.counts), ("date", record.dates)):
        things[field] = making.thing_quote(record, draw(st.sampled_from(every)).id, field) if every else None
    acts = record.activities
    things["activity"] = making.activity_quote(record, draw(st.sampled_from(acts)).id) if acts else None
    things["set"] = {
        "entity": {"type": things["type"], "in": things["as"]}, "count": {"value": 5}, "date": {"value": "2024-03"},
        "activity": {"type": "other", "places": names[:2], "date": None},
    }.get(kind)  # fmt: skip
    values = {field: things.get(field) for field in KINDS[kind].fields if field not in KINDS[kind].optional}
    if kind == "take":
        values["words"] = {"text": "新闻热线"}
    if any(value is None or value == "" or value == {"text": ""} for value in values.values()):
        return None
    try:
        return making.correction(kind, values, reference(record))
    except CorrectionError:
        return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_sequence_leaves_sound_records_and_conserves_the_page(data: st.DataObject) -> None:
    page, done = read(), []
    records = page.records
    for _ in range(data.draw(st.integers(1, 5))):
        correction = data.draw(some(records))
        if correction is None or correction.id in {each.id for each in done}:
            continue
        done.append(correction)
        after = page.corrected(*done)
        check(after)
        assert after == page.corrected(*done)
        records = after.records


# ---------------------------------------------------------------- lines

GOOD: dict[str, Any] = json.loads(
    making.correction(
        "entity", {"entity": {"name": "明珠", "type": "place"}, "set": {"type": "person"}}, paper="某报"
    ).line()
)
REF = {"id": "0" * 16, "sha256": "0" * 64, "quotes": ["老街"]}
BAD: list[tuple[str, dict[str, Any]]] = [
    ("schema", {"schema": "correction/2"}),
    ("kind", {"kind": "novel"}),
    ("kind", {"kind": None}),
    ("id", {"id": "a b"}),
    ("id", {"id": ""}),
    ("id", {"id": "'; DROP TABLE article; --"}),
    ("note", {"note": "two\nlines"}),
    ("paper", {"paper": "\x1b[31m报"}),
    ("paper", {"paper": ""}),
    ("exactly one of", {"everywhere": True}),
    ("exactly one of", {"article": REF}),
    ("entity", {"entity": "明珠"}),
    ("entity.name", {"entity": {"name": ""}}),
    ("entity.name", {"entity": {"name": "明\x00珠"}}),
    ("entity.name", {"entity": {"name": "明" * 2001}}),
    ("entity.type", {"entity": {"name": "明珠", "type": "planet"}}),
    ("entity.extra", {"entity": {"name": "明珠", "extra": 1}}),
    ("set", {"set": {}}),
    ("set.code", {"set": {"code": "12345"}}),
    ("set.code", {"set": {"code": "１２３４５６"}}),
    ("set.in", {"set": {"in": {"name": "城北街道"}}}),
    ("set.colour", {"set": {"colour": "red"}}),
    ("extra", {"extra": 1}),
]


def test_the_published_schema_takes_what_the_program_takes() -> None:
    schema = published.load("correction")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    page = read()
    lines = [of(page, at, kind, values) for _, at, kind, values, _ in (*FACTS, *LOST)]
    lines += [taught("is", name="福源家园", type="venue"), parse(GOOD)]
    for line in lines:
        validator.validate(json.loads(line.line()))
    kinds = {each["title"]: each for each in schema["oneOf"]}
    assert list(kinds) == list(KINDS) == schema["properties"]["kind"]["enum"]
    for name, told in kinds.items():
        kind, scopes = KINDS[name], {"paper", "everywhere"} if KINDS[name].taught else set()
        assert set(told["properties"]) == {"schema", "id", "note", "kind", "article", "by", "at", *scopes, *kind.fields}
        needed = {"schema", "kind", *(set() if scopes else {"article"})}
        assert set(told["required"]) == needed | set(kind.fields) - kind.optional
    assert KINDS.keys() > STRUCTURE


@pytest.mark.parametrize(("at", "change"), BAD, ids=[f"{at}-{n}" for n, (at, _) in enumerate(BAD)])
def test_what_is_no_correction_is_refused(at: str, change: dict[str, Any]) -> None:
    values = {**copy.deepcopy(GOOD), **change}
    with pytest.raises(CorrectionError, match=at):
        parse(values)
    validator = jsonschema.Draft202012Validator(published.load("correction"))
    assert not validator.is_valid(values)


def test_a_taught_kind_is_told_from_one_of_an_article() -> None:
    with pytest.raises(CorrectionError, match="corrects one article"):
        parse({"schema": "correction/1", "kind": "title", "everywhere": True, "title": "老街"})


def lesson(number: int) -> Correction:
    return taught("is", name=f"第{number}小区", type="estate")


def test_a_broken_line_is_named_and_the_rest_applies(tmp_path: Path) -> None:
    path = tmp_path / "a.corrections.jsonl"
    good = [lesson(n).line() for n in range(3)]
    deep = b"[" * 100_000
    path.write_bytes(
        b"\xef\xbb\xbf"
        + good[0]
        + b'\n{"schema": \n'
        + good[1]
        + b"\r\n"
        + good[1]
        + b"[]\n\xff\n"
        + deep
        + b"\n"
        + good[2]
    )
    lines = file.read(path)
    assert [line.number for line in lines if line.correction] == [1, 4, 10]
    problems = {line.number: line.problem for line in lines if line.problem}
    assert list(problems) == [3, 6, 7, 8, 9]
    assert "no JSON" in problems[3]
    assert "that of line 4 already" in problems[6]


def test_taking_a_line_out_leaves_every_other_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.corrections.jsonl"
    before = b"\xef\xbb\xbfnot json\n\n" + lesson(1).line() + b"  \n" + lesson(2).line().strip()
    path.write_bytes(before)
    file.append(path, [lesson(3)])
    assert path.read_bytes() == before + b"\n" + lesson(3).line()
    file.remove(path, lesson(3).id)
    file.remove(path, lesson(1).id)
    assert path.read_bytes() == before.replace(lesson(1).line(), b"") + b"\n"
    with pytest.raises(CorrectionError, match="has no correction"):
        file.remove(path, "nothing")


def _append(path: Path, first: int) -> None:
    for number in range(first, first + 10):
        file.append(path, [lesson(number)])


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.corrections.jsonl"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_append, args=(path, first)) for first in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = {line.correction.id for line in file.read(path) if line.correction}
    assert found == {lesson(n + k).id for n in (0, 100, 200) for k in range(10)}
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_full_disk_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.corrections.jsonl"
    file.append(path, [lesson(1)])
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CorrectionError, match="is as it was"):
        file.append(path, [lesson(2)])
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
