"""Linking: one entity a thing, what lies above it, and codes that are never guessed."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.components import language
from extract.linking import Context, link
from extract.places import PlaceReader
from schemas.annotations import Entity, Mention, Span
from schemas.layout import Article, Block, BlockRole
from tests.mentions import EXAMPLES, tokenizer

ROLES: dict[str, BlockRole] = {"#": "crosshead", "!": "caption"}


def written(blocks: str) -> Article:
    """An article from blocks parted by "/"; "#" opens a crosshead, "!" a caption."""
    text, found = "", []
    for part in blocks.split("/"):
        role: BlockRole = ROLES.get(part[0], "paragraph")
        words = part.lstrip("#!")
        text += "\n" if text else ""
        found.append(Block(role, len(text), len(text) + len(words), ()))
        text += words
    return Article("0" * 16, "article", text, tuple(found))


def linked(blocks: str, context: Context | None = None) -> dict[str, Entity]:
    """The entities of an article by name."""
    article = written(blocks)
    mentions = PlaceReader().read(tokenizer()(article.text), article)
    return {e.name: e for e in link(article, mentions, context)}


def parents(entities: dict[str, Entity]) -> dict[str, str | None]:
    """Names of what lies above, by name."""
    by_id = {e.id: e.name for e in entities.values()}
    return {name: by_id[e.parent] if e.parent else None for name, e in entities.items()}


def table() -> Iterator[object]:
    """Cases of chains.txt."""
    path = EXAMPLES / "linking" / "chains.txt"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("# "):
            text, _, expected = line.partition(" => ")
            pairs = dict(pair.strip().split("<") for pair in expected.split("|"))
            yield pytest.param(text, {k: None if v == "-" else v for k, v in pairs.items()}, id=str(number))


@pytest.mark.parametrize(("text", "expected"), list(table()))
def test_what_lies_above(text: str, expected: dict[str, str | None]) -> None:
    found = parents(linked(text))
    assert {name: found.get(name, "not found") for name in expected} == expected


def test_a_chain_decides_all_codes() -> None:
    found = linked("西安市碑林区柏树林街道东仓门社区义诊。")
    assert {n: e.code for n, e in found.items()} == {
        "西安市": "610100", "碑林区": "610103", "柏树林街道": "610103002", "东仓门社区": "610103002008",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["永安社区办起食堂。", "新华街道和平社区办起食堂。", "鼓楼区办起食堂。", "城关镇东关村修路。"]
)
def test_no_evidence_no_code(text: str) -> None:
    assert [e.code for e in linked(text).values()] == [None] * len(linked(text))


def test_context_decides_where_the_text_does_not() -> None:
    assert linked("鼓楼区办起食堂。", Context.of(["南京市"]))["鼓楼区"].code == "320106"
    assert linked("鼓楼区办起食堂。", Context.of(["福州市"]))["鼓楼区"].code == "350102"
    street = linked("石塘街道办起食堂。", Context.of(mentions=[Mention(0, 3, "district", "涪城区")]))["石塘街道"]
    assert (street.code or "").startswith("510703")


def test_a_code_never_leaves_its_region() -> None:
    home = Context.of(["西安市"])
    for text in ("长乐坊街道桐梓林社区扫雪。", "碑林区桐梓林社区扫雪。", "黉门街社区扫雪。"):
        codes = [e.code for e in linked(text, home).values() if e.code]
        assert all(code.startswith("6101") for code in codes)


def test_communities_decide_their_street() -> None:
    found = linked("玉林街道黉门街社区、棕北社区办起集市。")
    assert (found["玉林街道"].code or "").startswith("510107")


def test_mentions_of_one_name_are_one_entity() -> None:
    found = linked("碑林区永安社区义诊。/永安社区的老人排起队。/该社区还送药。")
    assert len(found["永安社区"].mentions) == 3
    assert found["永安社区"].basis == "stated"


def test_an_estate_with_and_without_its_suffix_is_one() -> None:
    assert set(linked("丁香社区来到丁香家园小区。/家住丁香家园的老人笑了。")) == {"丁香社区", "丁香家园小区"}


def test_listed_names_say_so() -> None:
    found = linked("滨湖街道东升、石桥巷两个社区猜灯谜。")
    assert (found["东升社区"].basis, found["滨湖街道"].basis) == ("listed", "stated")


def test_bodies_lie_in_the_place_that_opens_their_name() -> None:
    text = "碑林区和平街道综合行政执法队与碑林公安分局巡查。"
    article = written(text)
    mentions = [
        Mention(0, 3, "district", "碑林区"),
        Mention(3, 7, "street", "和平街道"),
        Mention(3, 14, "organization", "和平街道综合行政执法队"),
        Mention(15, 21, "organization", "碑林公安分局"),
    ]
    entities = {e.name: e for e in link(article, mentions)}
    assert parents(entities)["和平街道综合行政执法队"] == "和平街道"
    assert parents(entities)["碑林公安分局"] == "碑林区"


NAMES = st.sampled_from(
    [
        ("district", "碑林区"), ("street", "和平街道"), ("community", "永安社区"),
        ("estate", "桐苑小区"), ("organization", "永安社区党支部"), ("person", "王宁"),
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(range(0, 36, 5)), NAMES), max_size=8, unique_by=lambda drawn: drawn[0]))
def test_ids_parents_and_spans_hold(drawn: list[tuple[int, tuple[str, str]]]) -> None:
    article = written("甲" * 20 + "/" + "乙" * 20)
    mentions = [Mention(at, at + 4, kind, name) for at, (kind, name) in drawn]  # type: ignore[arg-type]
    entities = link(article, mentions)
    assert link(article, mentions) == entities
    ids = [e.id for e in entities]
    assert ids == [f"e{n}" for n in range(1, len(ids) + 1)]
    assert all(e.parent is None or (e.parent in ids and e.parent != e.id) for e in entities)
    assert sorted({s for e in entities for s in e.mentions}) == sorted({Span(m.start, m.end) for m in mentions})


def test_a_place_inside_a_name_is_none() -> None:
    text = "书记冯资阳说，资阳市的经验好。"  # Secretary Feng Ziyang praises the city of Ziyang
    mentions = (Mention(2, 5, "person", "冯资阳"), Mention(3, 5, "city", "资阳市", "inferred"))
    article = Article("0" * 16, "article", text, (Block("paragraph", 0, len(text), ((0, len(text)),)),))
    assert [e.name for e in link(article, mentions)] == ["冯资阳"]


@pytest.mark.parametrize(
    ("text", "name", "owner"),
    [
        ("长清区崮云湖街道文昌社区。社区组建了“布谷鸟”送餐队。", "“布谷鸟”送餐队", "文昌社区"),
        ("保定市莲池区税务局到莲池区办讲座。", "保定市莲池区税务局", "莲池区"),
        ("桥东区三十中（育英中学）放假了，桥东区的孩子们高兴。", "育英中学", "桥东区"),
    ],
)
def test_whose_a_body_is(text: str, name: str, owner: str) -> None:
    doc = language()(text)
    above = {e.id: e.name for e in doc._.entities}
    assert {e.name: above.get(e.parent or "") for e in doc._.entities}[name] == owner
