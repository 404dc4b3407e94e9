"""A change shown before it is made: what is shown is what is done, and nothing is done by showing."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli
import work
from corpus.archive import database, derive, records
from corpus.archive.database import ArchiveError
from corpus.corrections import file, making, replay, reviewing
from corpus.corrections.carrying_out import Corrector
from corpus.corrections.change import Bounds, Change, Expected, Found, MeanwhileError
from corpus.corrections.correction import Correction, CorrectionError
from corpus.corrections.listing import Listed, listed
from corpus.corrections.matching import reference
from schemas.record import ArticleRecord
from tests.corrected_pages import PAGE

PAGES = 4


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of four pages that tell the same of other people."""
    folder = tmp_path_factory.mktemp("papers")
    for number in range(PAGES):
        page = folder / "pages" / f"{number}.txt"
        page.parent.mkdir(exist_ok=True)
        page.write_text(PAGE.replace("周桂香", f"周桂{'兰菊梅莲'[number]}"), "utf-8")
    index(folder)
    return folder


def index(folder: Path, *more: str) -> str:
    arguments = ["index", str(folder / "pages"), "--archive", str(folder / "papers.db"), "--jobs", "1", *more]
    told = CliRunner().invoke(cli.cli, arguments)
    assert told.exit_code == 0, told.output
    return told.stderr


@pytest.fixture
def corrector(indexed: Path, tmp_path: Path) -> Corrector:
    """Over a copy of it."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    with contextlib.closing(sqlite3.connect(tmp_path / "papers.db")) as copied, copied:
        for column in ("location", "path"):
            copied.execute(f"UPDATE file SET {column} = replace({column}, ?, ?)", (str(indexed), str(tmp_path)))
    return Corrector(tmp_path / "papers.db", work.reading_again)


def every(corrector: Corrector) -> list[ArticleRecord]:
    with database.reading(corrector.archive) as opened:
        return list(records.every(opened))


def list_of(corrector: Corrector) -> list[Listed]:
    with database.reading(corrector.archive) as opened:
        return list(listed(opened, replay.lines(opened, corrector.path)))


def lesson(name: str = "福源家园", kind: str = "venue") -> Change:
    return Change((making.correction("is", {"name": name, "type": kind}),))


def of_article(record: ArticleRecord, kind: str, **values: Any) -> Change:
    return Change((making.correction(kind, values, reference(record)),))


def mark_on(corrector: Corrector, record: ArticleRecord) -> Change:
    with database.reading(corrector.archive) as opened:
        return reviewing.approval(record, replay.lines(opened, corrector.path))


def title(record: ArticleRecord) -> str:
    assert record.title
    return record.title


Make = Callable[[list[ArticleRecord]], Change]
CHANGES: dict[str, Make] = {
    "taught": lambda found: lesson(),
    "parts": lambda found: of_article(found[0], "split", before=making.block_quote(found[0], "3")),
    "facts": lambda found: of_article(found[0], "not_count", count=making.thing_quote(found[0], "c1", "count")),
    "joined": lambda found: of_article(found[0], "join", **{"with": making.other(found[1])}),
    "nothing yet": lambda found: lesson("明珠大厦"),
    "does not apply": lambda found: of_article(
        found[0], "entity", entity={"name": "某地"}, set={"type": "venue"}
    ),
    "changes nothing": lambda found: of_article(found[0], "title", title=title(found[0])),
}  # fmt: skip


def seen(found: Found) -> tuple[Any, ...]:
    return found.shown, found.articles, found.sources, found.lapsed


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_shown_is_what_is_done(corrector: Corrector, name: str) -> None:
    before = every(corrector)
    change = CHANGES[name](before)
    shown = corrector.preview(change)
    assert (every(corrector), list_of(corrector)) == (before, [])
    expected = Expected(shown.fingerprint)
    if shown.refusal:
        with pytest.raises(CorrectionError, match="nothing was"):
            corrector.carry_out(change, expected=expected)
        assert (every(corrector), list_of(corrector)) == (before, [])
        assert name in ("does not apply", "changes nothing")
        return
    done = corrector.carry_out(change, expected=expected)
    assert seen(done) == seen(shown)
    after = {(each.source.path, each.article.id): each for each in every(corrector)}
    for was, now in shown.shown:
        key = (now or was).source.path, (now or was).article.id  # type: ignore[union-attr]
        assert after.get(key) == now
    (one,) = list_of(corrector)
    assert (one.fate, one.articles >= shown.articles - (name == "joined")) == ("applied", True)
    undone = corrector.carry_out(Change(removed=change.added[0].id))
    assert (undone.articles, every(corrector)) == (shown.articles, before)


def test_a_preview_has_bounds_and_says_so(corrector: Corrector) -> None:
    change = lesson()
    whole = corrector.preview(change, Bounds(shown=2))
    assert (whole.articles, whole.sources, whole.unseen, len(whole.shown)) == (PAGES, PAGES, 0, 2)
    for bounds in (Bounds(articles=2), Bounds(seconds=0)):
        part = corrector.preview(change, bounds)
        assert part.unseen == PAGES - part.sources > 0
        assert "+" in part.fingerprint
        assert seen(corrector.preview(change, bounds))[1:] == seen(part)[1:]
    assert corrector.carry_out(change, expected=Expected(part.fingerprint)).articles == PAGES


def test_what_was_changed_meanwhile_is_not_done(corrector: Corrector) -> None:
    first, second = every(corrector)[:2]
    change = of_article(first, "split", before=making.block_quote(first, "3"))
    everywhere = lesson()
    shown, taught = corrector.preview(change), corrector.preview(everywhere, Bounds(articles=1))
    corrector.carry_out(of_article(second, "not_date", date=making.thing_quote(second, "近日", "date")))
    assert corrector.preview(change).fingerprint == shown.fingerprint, "what is elsewhere makes no difference"
    corrector.carry_out(of_article(first, "not_date", date=making.thing_quote(first, "d1", "date")))
    before = every(corrector), list_of(corrector)
    for asked, found in ((change, shown), (everywhere, taught)):
        with pytest.raises(MeanwhileError, match="look again"):
            corrector.carry_out(asked, expected=Expected(found.fingerprint))
    assert (every(corrector), list_of(corrector)) == before
    again = corrector.preview(change)
    assert corrector.carry_out(change, expected=Expected(again.fingerprint)).articles == again.articles


@pytest.mark.parametrize("fingerprint", ["", "x", "99999-0", "-", "5+", "+-", "1-" + "0" * 24, "٣-00"])
def test_a_fingerprint_of_nothing_is_refused(corrector: Corrector, fingerprint: str) -> None:
    with pytest.raises(MeanwhileError):
        corrector.carry_out(lesson(), expected=Expected(fingerprint))
    assert list_of(corrector) == []


def test_said_already_and_unknown(corrector: Corrector) -> None:
    change = lesson()
    corrector.carry_out(change)
    again = corrector.preview(change)
    assert (again.known, again.articles) == ({change.added[0].id: 1}, 0)
    assert corrector.carry_out(change).known == again.known
    for ask in (corrector.preview, corrector.carry_out):
        with pytest.raises(CorrectionError, match="has no correction"):
            ask(Change(removed="k0000000000"))


def test_who_was_killed_behind_the_file_does_it_by_saying_it_again(
    corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path, *change: Any) -> None:
        alter(path, *change)
        raise KeyboardInterrupt

    alter, change = file.alter, lesson()
    with monkeypatch.context() as context:
        context.setattr(file, "alter", killed)
        with pytest.raises(KeyboardInterrupt):
            corrector.carry_out(change)
    assert [each.fate for each in list_of(corrector)] == ["waiting"]
    assert corrector.carry_out(change).known == {change.added[0].id: 1}
    assert [(each.fate, each.articles) for each in list_of(corrector)] == [("applied", PAGES)]


def test_a_hand_edited_file_is_no_part_of_what_is_shown(corrector: Corrector) -> None:
    by_hand = lesson("华阳小区", "road").added[0]
    corrector.path.write_bytes(by_hand.line())
    change = lesson()
    shown = corrector.preview(change)
    assert [line for pair in shown.shown for line in (pair[0], pair[1]) if line is None] == []
    assert shown.articles == PAGES
    done = corrector.carry_out(change, expected=Expected(shown.fingerprint))
    assert done.articles == PAGES
    kinds = {e.name: e.type for record in every(corrector) for e in record.entities}
    assert (kinds["华阳小区"], kinds["福源家园"]) == ("road", "venue")


def test_others_that_will_not_apply_any_more_are_named(corrector: Corrector) -> None:
    record = every(corrector)[0]
    other = of_article(record, "date", date=making.thing_quote(record, "d1", "date"), set={"value": "2023-10-09"})
    corrector.carry_out(other)
    change = of_article(record, "drop", block=making.block_quote(record, "2"))
    shown = corrector.preview(change)
    assert [(each.correction, each.line) for each in shown.lapsed] == [(other.added[0].id, 1)]
    assert corrector.carry_out(change).lapsed == shown.lapsed


def test_showing_waits_for_no_writer(corrector: Corrector) -> None:
    with database.writing(corrector.archive):
        assert corrector.preview(lesson()).articles == PAGES
        with pytest.raises(ArchiveError, match="is being written"):
            corrector.carry_out(lesson())


def test_showing_sees_one_state_while_a_run_drops_what_it_looks_at(
    corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreseen = replay.Replay.foreseen

    def beside_a_writer(held: replay.Replay, source: int) -> replay.Foreseen:
        with contextlib.closing(sqlite3.connect(corrector.archive)) as other, other:
            other.execute("DELETE FROM page")
            other.execute("DELETE FROM source")
        return foreseen(held, source)

    monkeypatch.setattr(replay.Replay, "foreseen", beside_a_writer)
    assert corrector.preview(lesson()).articles == PAGES


def test_what_is_left_to_be_settled(corrector: Corrector) -> None:
    place = "SELECT count(*) FROM place WHERE name = '福源家园' AND type = 'venue'"

    def places() -> int:
        with database.reading(corrector.archive) as opened:
            return int(opened.execute(place).fetchone()[0])

    corrector.carry_out(lesson(), settled=False)
    assert places() == 0
    corrector.settle()
    assert places() == 1
    with database.writing(corrector.archive) as opened:
        assert not derive.finish(opened)


def test_who_stops_it_changes_nothing(corrector: Corrector) -> None:
    def stop(articles: int) -> None:
        if articles > 1:
            raise KeyboardInterrupt

    before = every(corrector)
    with pytest.raises(KeyboardInterrupt):
        corrector.carry_out(lesson(), progress=stop)
    assert (every(corrector), list_of(corrector), corrector.path.exists()) == (before, [], False)


# ---------------------------------------------------------------- looked at


def mark(corrector: Corrector, record: ArticleRecord) -> Correction:
    change = mark_on(corrector, record)
    corrector.carry_out(change)
    return change.added[0]


def test_a_mark_changes_nothing_and_outlives_another_reading(
    corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = every(corrector)
    shown = corrector.preview(mark_on(corrector, before[0]))
    assert (shown.articles, shown.refusal) == (0, None)
    made = mark(corrector, before[0])
    assert every(corrector) == before
    assert [(each.fate, each.articles) for each in list_of(corrector)] == [("applied", 1)]
    version = work.version() + "+"
    monkeypatch.setattr(work, "version", lambda: version)
    assert f"{PAGES} refreshed" in index(corrector.archive.parent, "--refresh")
    assert [(each.fate, each.articles) for each in list_of(corrector)] == [("applied", 1)]
    corrector.carry_out(Change(removed=made.id))
    assert (every(corrector), list_of(corrector)) == (before, [])


def test_a_mark_holds_for_the_text_that_was_seen(corrector: Corrector) -> None:
    record = every(corrector)[0]
    first = mark(corrector, record)
    corrector.carry_out(of_article(record, "not_date", date=making.thing_quote(record, "d1", "date")))
    assert list_of(corrector)[0].fate == "applied", "the text is the same"
    split = of_article(record, "split", before=making.block_quote(record, "3"))
    assert [each.correction for each in corrector.preview(split).lapsed] == [first.id]
    corrector.carry_out(split)
    assert [each.fate for each in list_of(corrector)] == ["lost", "applied", "applied"]
    again = next(each for each in every(corrector) if each.article.id == record.article.id)
    second = mark(corrector, again)
    fates = {each.correction.id: each.fate for each in list_of(corrector)}
    assert first.id not in fates, "the later mark takes the earlier's place"
    assert fates[second.id] == "applied"


def test_a_mark_by_the_command(corrector: Corrector) -> None:
    record = every(corrector)[0]
    said = ["correct", record.article.id, "--reviewed", "--archive", str(corrector.archive)]
    told = CliRunner().invoke(cli.cli, [*said, "--by", "编辑甲", "--yes"])
    assert told.exit_code == 0, told.output
    (one,) = list_of(corrector)
    assert (one.correction.kind, one.correction.by, one.fate) == ("reviewed", "编辑甲", "applied")
    both = CliRunner().invoke(cli.cli, [*said, "--drop", "2"])
    assert (both.exit_code, "--reviewed stands alone" in both.stderr) == (2, True)


# ---------------------------------------------------------------- rows keep their numbers


def rows(corrector: Corrector) -> dict[str, dict[object, int]]:
    """The numbers of pages, articles and activities, by what tells them apart."""
    with database.reading(corrector.archive) as opened:
        pages = opened.execute("SELECT source, number, id FROM page").fetchall()
        articles = opened.execute("SELECT page, record_id, id FROM article").fetchall()
        activities = opened.execute("SELECT article, name, id FROM activity").fetchall()
    told = {"pages": pages, "articles": articles, "activities": activities}
    return {what: {(row[0], row[1]): row[2] for row in found} for what, found in told.items()}


def test_rows_keep_their_numbers_and_places_until_they_are_settled_anew(corrector: Corrector) -> None:
    before, found = rows(corrector), every(corrector)
    with database.reading(corrector.archive) as opened:
        placed = "SELECT article, number, place FROM entity_place ORDER BY 1, 2"
        alike = "SELECT * FROM article_group ORDER BY 1", "SELECT * FROM activity_group ORDER BY 1"
        tables = [list(map(tuple, opened.execute(each))) for each in (placed, *alike)]
    assert all(tables)
    for record in (found[0], found[-2]):  # the first source, and the one whose rows are the last
        block = making.block_quote(record, "3")
        split = of_article(record, "split", before=block)
        corrector.carry_out(split, settled=False)
        after = rows(corrector)
        assert after["pages"] == before["pages"]
        assert after["articles"].items() > before["articles"].items()
        assert len(set(after["articles"].values())) == len(after["articles"])
        assert {each for each in before["activities"] if each in after["activities"]} == before["activities"].keys()
        corrector.carry_out(Change(removed=split.added[0].id), settled=False)
        assert rows(corrector)["articles"] == before["articles"]
        with database.reading(corrector.archive) as opened:
            assert [list(map(tuple, opened.execute(each))) for each in (placed, *alike)] == tables
    assert every(corrector) == found
