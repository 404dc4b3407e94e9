"""The review queue: what speaks against an article, in which order articles come, and who has left it."""

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
import work
from corpus.archive import database, doubt_index, records
from corpus.archive.doubts import DOUBTS, Seen, doubts
from corpus.corrections import making, replay, reviewing
from corpus.corrections.carrying_out import Corrector
from corpus.corrections.change import Change
from corpus.corrections.matching import reference
from schemas.layout import Article, Block, BlockRole, Leftover, Range
from schemas.record import ArticleRecord
from tests.corrected_pages import PAGE, read

FULL = "本报讯（记者 何苗）10月9日，洛阳市老城区西关街道组织20名志愿者清扫积雪。"
"""Volunteers clear the snow."""


def article(*parts: tuple[BlockRole, str]) -> ArticleRecord:
    """An article of these blocks, that stand on the page one behind the other."""
    text, blocks = "\n".join(words for _, words in parts), []
    at = 0
    for role, words in parts:
        blocks.append(Block(role, at, at + len(words), ((at, at + len(words)),)))
        at += len(words) + 1
    made = read().records[0]
    kind = "article" if parts[0][0] != "caption" else "photo"
    bare = ArticleRecord(Article("0" * 16, kind, text, tuple(blocks)), made.source)  # type: ignore[arg-type]
    return bare


def signs(
    record: ArticleRecord, leftovers: tuple[Leftover, ...] = (), others: tuple[Range, ...] = (), more: int = 0
) -> Mapping[str, int]:
    page = record.article.text + "\n" + "页" * more
    return doubts(Seen(record, page, leftovers, others))[1]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("main", "街头扫雪忙"), ("paragraph", FULL)], {}),
        ([("paragraph", FULL)], {"headline": 1}),
        ([("main", "街头扫雪忙"), ("paragraph", "，居民拍手称好。" + FULL)], {"begins": 1}),
        ([("main", "街头扫雪忙"), ("paragraph", FULL + "下一步，街道将组织居民")], {"ends": 1}),
        ([("main", "街头扫雪忙"), ("paragraph", FULL + "街道")], {"ends": 1}),
        ([("main", "街头扫雪忙"), ("paragraph", FULL + "\u3000何苗 摄")], {}),
        ([("main", "街头扫雪忙"), ("paragraph", FULL + "（本报记者 何苗）")], {}),
        ([("main", "街头扫雪忙"), ("paragraph", FULL + "居民说：“路好走了。”")], {}),
        ([("main", "街头扫雪忙"), ("paragraph", FULL), ("paragraph", FULL)], {"datelines": 1}),
        ([("main", "街头扫雪忙"), ("paragraph", "积雪清完了。")], {"short": 1}),
        ([("main", "街头扫雪忙"), ("paragraph", "积雪清完了。" * 600)], {"long": 1}),
        ([("caption", "居民在西关街道的广场上清扫积雪。 何苗 摄")], {}),
    ],
    ids=lambda value: next(iter(value), "none") if isinstance(value, dict) else None,
)
def test_how_it_was_cut(parts: list[tuple[BlockRole, str]], expected: dict[str, int]) -> None:
    assert signs(article(*parts)) == expected


def test_what_is_left_over_beside_it() -> None:
    record = article(("main", "街头扫雪忙"), ("paragraph", FULL))
    end = len(record.article.text)
    beside = Leftover("unassigned", end + 1, end + 20)
    assert signs(record, (beside,), more=40) == {"leftover": 1}
    assert signs(record, (replace(beside, reason="hotline"),), more=40) == {}
    other = ((end + 1, end + 3),)
    assert signs(record, (replace(beside, start=end + 5),), other, 40) == {}, "it is next to another article"


def test_blocks_over_a_distance() -> None:
    record = article(("main", "街头扫雪忙"), ("paragraph", FULL), ("paragraph", "居民拍手称好，都说路好走了。"))
    *blocks, last = record.article.blocks
    away = replace(last, source=tuple((start + 200, end + 200) for start, end in last.source))
    moved = replace(record, article=replace(record.article, blocks=(*blocks, away)))
    begin = blocks[-1].end + 1
    assert signs(moved, others=((begin, begin + 150),), more=300) == {"apart": 1}
    assert signs(moved, others=((begin, begin + 30),), more=300) == {}


def test_what_was_read() -> None:
    clinic = read().records[0]
    (activity,) = clinic.activities
    assert signs(clinic) == {}
    bare = replace(activity, places=(), organizers=(), type="other", date=None)
    assert signs(replace(clinic, activities=(bare,))) == {"no_place": 1, "no_organizer": 1, "other_type": 1}
    undecided = replace(clinic, dates=(replace(clinic.dates[0], value=None),))
    assert signs(undecided) == {"undecided": 1}
    counts = (replace(clinic.counts[0], object="", role=None), *clinic.counts[1:])
    assert signs(replace(clinic, counts=counts)) == {"no_object": 1}
    first, *rest = clinic.entities
    twice = replace(first, id="e99", type="road")
    assert signs(replace(clinic, entities=(first, *rest, twice))) == {"two_types": 1}
    community = next(each for each in clinic.entities if each.type == "community")
    alone = replace(community, id="e98", name="敬业社区", parent=None, code=None)
    assert signs(replace(clinic, entities=(*clinic.entities, alone))) == {"unplaced": 1}


def test_points_are_capped_and_names_are_told_once() -> None:
    clinic = read().records[0]
    many = tuple(replace(clinic.counts[0], id=f"c{n}", object="", role=None) for n in range(1, 50))
    points, found = doubts(Seen(replace(clinic, counts=many, activities=()), PAGE, (), ()))
    assert (points, found) == (3, {"no_object": 49})
    assert len({each.name for each in DOUBTS}) == len(DOUBTS)


# ---------------------------------------------------------------- the queue

TORN = "社区请来了医生\n\n本报讯（记者 何苗）近日，洛阳市涧西区长安路街道请来5名医生为居民量血压，现场还\n"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in (("1", PAGE), ("2", TORN), ("3", PAGE.replace("敬老", "邻里"))):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    pages = [str(folder / f"{n}.txt") for n in (1, 2, 3)]
    told = CliRunner().invoke(cli.cli, ["index", *pages, "--archive", str(folder / "papers.db"), "--jobs", "1"])
    assert told.exit_code == 0, told.output
    return folder


@pytest.fixture
def corrector(indexed: Path, tmp_path: Path) -> Corrector:
    shutil.copy(indexed / "papers.db", tmp_path)
    return Corrector(tmp_path / "papers.db", work.reading_again)


def queue(corrector: Corrector, most: int = 10, after: tuple[int, int] | None = None) -> list[doubt_index.Doubtful]:
    with database.reading(corrector.archive) as opened:
        return list(doubt_index.queue(opened, most, *([after] if after else [])))


def record_of(corrector: Corrector, record_id: str) -> ArticleRecord:
    with database.reading(corrector.archive) as opened:
        return next(records.with_id(opened, record_id))


def test_the_least_certain_come_first_and_leave_when_they_are_looked_at(corrector: Corrector) -> None:
    before = queue(corrector)
    assert len(before) == 5
    assert [each.points for each in before] == sorted((each.points for each in before), reverse=True)
    worst = before[0]
    assert (worst.title, worst.signals.keys() >= {"ends"}) == ("社区请来了医生", True)
    first, rest = queue(corrector, 2), queue(corrector, 10, (before[1].points, before[1].article))
    assert [*first, *rest] == before, "page by page"
    record = record_of(corrector, worst.record_id)
    with database.reading(corrector.archive) as opened:
        change = reviewing.approval(record, replay.lines(opened, corrector.path))
    corrector.carry_out(change)
    assert [each.record_id for each in queue(corrector)] == [each.record_id for each in before[1:]]
    with database.reading(corrector.archive) as opened:
        assert doubt_index.progress(opened) == (1, 5)
    corrector.carry_out(Change(removed=change.added[0].id))
    assert queue(corrector) == before


def test_a_correction_is_weighed_at_once(corrector: Corrector) -> None:
    worst = queue(corrector)[0]
    record = record_of(corrector, worst.record_id)
    split = making.correction("split", {"before": making.block_quote(record, "2")}, reference(record))
    corrector.carry_out(Change((split,)), settled=False)
    signals = {each.record_id: each.signals for each in queue(corrector)}
    assert signals[worst.record_id] == {"short": 1}
    assert sum("headline" in each for each in signals.values()) == 1


def test_what_was_weighed_is_what_would_be_weighed_anew(corrector: Corrector) -> None:
    with database.writing(corrector.archive) as opened, contextlib.closing(opened.cursor()) as cursor:
        rows = [tuple(row) for row in cursor.execute("SELECT * FROM article_doubt ORDER BY article")]
        cursor.execute("BEGIN")
        doubt_index.Doubts().anew(opened)
        assert [tuple(row) for row in cursor.execute("SELECT * FROM article_doubt ORDER BY article")] == rows
        cursor.execute("COMMIT")
        first = next(doubt_index.queue(opened, 1))
        assert doubt_index.of_article(opened, first.article) == first
        assert doubt_index.of_article(opened, 10**9) is None
