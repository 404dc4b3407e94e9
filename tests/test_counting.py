"""Columns over made-up archives find and count what the conditions of SQL do, which the commands go by."""

import contextlib
import itertools
import tracemalloc
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import (
    activities,
    activity_table,
    database,
    derive,
    facets,
    filters,
    matched,
    overview,
    pivot,
    stats,
    sums,
)  # fmt: skip
from corpus.archive.conditions import as_rows
from corpus.archive.counting.columns import Lists, counted, ints, lists_of, most, pack, unpack
from corpus.archive.counting.dimensions import DIMENSIONS
from corpus.archive.counting.held import Holder
from corpus.archive.counting.making import Counting
from corpus.archive.filters import Filters
from corpus.archive.matched import Matched
from corpus.archive.otherwise import days_of
from corpus.archive.packing import PackingError
from corpus.archive.place_index import Places
from corpus.archive.same_index import Sameness
from corpus.archive.search import search
from tests.searchable import Written, archive, settled
from tests.stats_in_sql import asked


def test_columns_come_back_as_they_were_packed() -> None:
    for values in ([], [0], [-1, 2**31 - 1, 7], list(range(300))):
        assert unpack(pack(ints(values))).tolist() == values
    for damaged in (b"", b"\x04", b"\x09abc", pack(ints([1, 2]))[:-1]):
        with pytest.raises(PackingError):
            unpack(damaged)


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8), st.data())
def test_lists_give_what_rows_have(rows: list[list[int]], data: st.DataObject) -> None:
    pairs = [(row, value) for row, values in enumerate(rows) for value in sorted(values)]
    lists: Lists = lists_of(len(rows), ints([row for row, _ in pairs]), ints([value for _, value in pairs]))
    chosen = data.draw(st.lists(st.sampled_from(range(len(rows))), unique=True)) if rows else []
    told = [(at, value) for at, row in enumerate(chosen) for value in sorted(rows[row])]
    assert list(zip(lists.owners(ints(chosen)).tolist(), lists.of(ints(chosen)).tolist(), strict=True)) == told
    assert lists.of(None).tolist() == [value for _, value in pairs]
    for value in range(10):
        assert lists.rows_with(value).tolist() == [row for row, values in enumerate(rows) if value in values]


@given(st.lists(st.integers(0, 8)), st.integers(1, 5))
def test_most_is_what_a_counter_says(values: list[int], limit: int) -> None:
    often = sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))
    assert most(counted(ints(values)), limit).tolist() == [value for value, _ in often[:limit]]


PLACES = st.sampled_from(
    (("district", "河西区", "120103", None), ("street", "城北街道", None, 1), ("community", "明珠社区", None, None),
     ("community", "明珠社区", None, 2), ("street", "城南街道", None, None), ("estate", "幸福里", None, None))
)  # fmt: skip
WRITTEN = st.builds(
    Written,
    blocks=st.just(("社区里办了活动",)),
    day=st.sampled_from((None, "2024-03-05", "2024-03-06", "2023-11-04")),
    paper=st.sampled_from((None, "晚报", "海河晚报")),
    kind=st.sampled_from(("article", "photo")),
    entities=st.lists(PLACES, max_size=3, unique_by=lambda each: each[1]).map(
        lambda found: (
            *(place if place[3] is None or place[3] <= at else (*place[:3], None) for at, place in enumerate(found)),
            ("organization", "城北街道卫生服务中心", None, None), ("organization", "卫生服务中心", None, None),
        )
    ),
    activities=st.lists(
        st.tuples(
            st.sampled_from(("health", "fire", "care")), st.sampled_from((None, "2024-03-01", "2024-02-28")), st.none(),
            st.lists(st.tuples(st.sampled_from(("organizer", "partner", "place")), st.integers(1, 2)), max_size=3),
        ).map(lambda each: (*each[:3], tuple(each[3]))),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


COMPARED = tuple(sorted(set(DIMENSIONS) & set(stats.DIMENSIONS) - {"organizer"}))
NARROWED = (
    Filters(),
    Filters(types=("health", "fire")),
    Filters(districts=("河西",), since="2024-03-01"),
    Filters(streets=("城北",), kinds=("article",)),
    Filters(organizations=("服务中心",), until="2024-03-05"),
    Filters(papers=("=晚报",)),
    Filters(communities=("没有社区",)),
)
FIELDS = {"district": "districts", "street": "streets", "community": "communities"}


@settings(max_examples=40, deadline=None)
@given(st.lists(WRITTEN, max_size=8))
def test_whoever_follows_a_facet_finds_as_many_as_it_says(articles: list[Written]) -> None:
    made, columns = settled(articles)

    def found(field: str, value: str) -> int:
        wanted = Filters()
        object.__setattr__(wanted, field, (value,))
        rows = as_rows(filters.articles(made, wanted))
        return int(made.execute(f"SELECT count(*) FROM search_entry WHERE {rows.sql}", rows.values).fetchone()[0])

    told = facets.of_articles(made, columns, matched.articles(made, columns), top=3)
    assert (told.total, told.exact) == (len(articles), True)
    for field, facet in (("types", told.types), ("organizations", told.organizations), ("papers", told.papers),
                         ("kinds", told.kinds)):  # fmt: skip
        for value in facet.values:
            assert value.wanted is None or found(field, value.wanted) == value.count, (field, value)
    waiting = list(told.places.values)
    while waiting:
        each = waiting.pop()
        waiting += each.below
        assert found(FIELDS[each.place.address.type], each.place.address.path) == each.count, each
    for value in told.months.values:
        # an article whose issue has no day is found, and so counted, in the months of its activities
        if value.name:
            since, until = days_of(value.name)
            found_then = search(made, "", Filters(since=since, until=until)).total
            assert found_then == value.count, value


@settings(max_examples=40, deadline=None)
@given(st.lists(WRITTEN, max_size=8), st.sampled_from(list(itertools.permutations(COMPARED, 2))))
def test_a_pivot_counts_as_stats_do(articles: list[Written], by: tuple[str, str]) -> None:
    made, columns = settled(articles)
    told = pivot.pivot(made, columns, matched.activities(made, columns), by)
    expected = Counter[tuple[str | None, ...]]()
    for each in asked(made, by):
        expected[each.values] += each.activities
    down, across = ([heading.name for heading in axis.headings] for axis in (told.rows, told.columns))
    cells = Counter[tuple[str | None, ...]]()
    for name, row in zip([*down, "others", None], told.cells, strict=True):
        for beside, count in zip([*across, "others", None], row, strict=True):
            cells[name, beside] += count
    assert +cells == expected
    assert told.total == activities.total(made, Filters())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(WRITTEN, max_size=8),
    st.lists(st.sampled_from(stats.DIMENSIONS), max_size=3, unique=True),
    st.sampled_from(NARROWED),
    st.booleans(),
)
def test_stats_are_what_the_tables_say(articles: list[Written], by: list[str], wanted: Filters, distinct: bool) -> None:
    made = archive(articles)
    Places().finish(made)
    Sameness().finish(made)
    Counting().finish(made)
    columns = Holder().at(made)
    told = list(stats.rows(made, columns, matched.activities(made, columns, wanted, distinct=distinct), by))
    assert Counter(told) == Counter(asked(made, by, wanted, distinct))
    labels = [[(name is None, name or "") for name in row.values] for row in told]
    assert [label[:1] for label in labels] == sorted(label[:1] for label in labels)


def test_stats_of_too_many_combinations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "MOST", 4)
    places: tuple[tuple[str, str, str | None, int | None], ...] = (
        ("street", "城北街道", None, None), ("street", "城南街道", None, None),
        ("community", "明珠社区", None, 1), ("community", "珍珠社区", None, 1), ("community", "宝珠社区", None, 2),
    )  # fmt: skip
    at = tuple(("place", number) for number in range(1, 6))
    written = Written(blocks=("义诊",), entities=places, activities=(("health", None, None, at),))
    made, columns = settled([written])
    every = matched.activities(made, columns)
    assert len(list(stats.rows(made, columns, every, ("street",)))) == 2
    with pytest.raises(stats.TooManyError, match="count by fewer"):
        list(stats.rows(made, columns, every, ("street", "community")))
    with pytest.raises(KeyError):
        list(stats.rows(made, columns, every, ("weather",)))


NAMED = st.sampled_from(
    (
        ("district", "河西区", "120103", None),
        ("district", "河西", "120103", None),
        ("street", "城北街道", "120103001", None),
        ("street", "城北街道", None, 1),
        ("community", "明珠社区", None, 2),
        ("community", "明珠社区", "120103002004", 1),
        ("community", "珍珠社区", "120103002004", None),
        ("estate", "幸福里", None, 2),
        ("estate", "幸福里", None, None),
    )
)
DAYS = (("2024-03-01", None), ("2024-03-06", "2024-03-06"), (None, "2023-12-31"), ("2024-02-01", "2024-03-05"))
ASKED = (
    ("districts", "河西"),
    ("districts", "120103"),
    ("streets", "城北"),
    ("streets", "120103002"),
    ("communities", "明珠社区"),
    ("communities", "珍珠"),
    ("communities", "/明珠社区"),
    ("places", "幸福里"),
    ("places", "城北街道/幸福里"),
    ("cities", "天津"),
)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            Written,
            blocks=st.just(("社区里办了活动",)),
            paper=st.sampled_from(("晚报", "海河晚报")),
            entities=st.lists(NAMED, min_size=3, max_size=4).map(tuple),
            activities=st.just((("health", None, None, (("place", 3),)), ("fire", None, None, (("organizer", 3),)))),
        ),
        max_size=4,
    )
)
def test_columns_find_in_a_place_what_the_filters_find(articles: list[Written]) -> None:
    made, columns = settled(articles)
    for field, name in ASKED:
        wanted = Filters()
        object.__setattr__(wanted, field, (name,))
        rows = as_rows(filters.articles(made, wanted))
        query = f"SELECT article FROM search_entry WHERE {rows.sql} ORDER BY article"
        found = matched.articles(made, columns, "", wanted)
        assert found.rows is not None
        told = sorted(columns.articles.id[found.rows].tolist())
        assert told == [row[0] for row in made.execute(query, rows.values)], (field, name)
        of = matched.activities(made, columns, wanted)
        assert of.rows is not None
        told = sorted(columns.activities.id[of.rows].tolist())
        assert told == sorted(row.key for row in activities.rows(made, wanted)), (field, name)


@settings(max_examples=40, deadline=None)
@given(st.lists(WRITTEN, max_size=8))
def test_columns_find_between_days_what_the_filters_find(articles: list[Written]) -> None:
    made, columns = settled(articles)
    for since, until in DAYS:
        wanted = Filters(since=since, until=until)
        rows = as_rows(filters.articles(made, wanted))
        query = f"SELECT article FROM search_entry WHERE {rows.sql} ORDER BY article"
        found = matched.articles(made, columns, "", wanted)
        assert found.rows is not None
        told = sorted(columns.articles.id[found.rows].tolist())
        assert told == [row[0] for row in made.execute(query, rows.values)], (since, until)


def test_an_archive_without_articles_has_rows_of_none() -> None:
    made, columns = settled([])
    assert overview.overview(made, columns).articles == 0
    every = matched.activities(made, columns)
    assert pivot.pivot(made, columns, every, ("street", "month")).cells == ((0, 0), (0, 0))
    assert facets.of_activities(made, columns, every).places.values == ()
    assert facets.of_articles(made, columns, matched.articles(made, columns, "社区")).total == 0
    assert sums.added(columns, None).units == ()
    assert activity_table.page(made, columns, Matched(None, 0, True)) == ()
    made.execute("UPDATE packed_column SET content = '{\"version\": 0}' WHERE name = 'texts'")
    with pytest.raises(database.ArchiveError, match="bring it up to date"):
        Holder().at(made)
    made.execute("DELETE FROM packed_column")
    made.execute("DELETE FROM archive")
    assert len(Holder().at(made).articles) == 0


def test_days_take_no_more_room_than_there_are_days() -> None:
    days = ("2024-03-05", "9999-12-31", "2024-03-05", "0618-01-02")
    held = [Written(blocks=("义诊",), activities=(("free_clinic", day, None, ()),)) for day in days]
    opened, columns = settled(held)
    tracemalloc.start()
    told = pivot.pivot(opened, columns, matched.activities(opened, columns), ("day", "type"), (2, 5))
    most_held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each.name for each in told.rows.headings] == ["2024-03-05", "9999-12-31"]
    assert (told.rows.totals, told.rows.more, told.rows.others) == ((2, 1), 1, 1)
    assert most_held < 2**22


def test_an_archive_that_an_older_program_filled_is_not_told_to_be_empty() -> None:
    older = contextlib.closing(archive([Written(blocks=("社区里办了活动",))]))
    with older as opened, pytest.raises(database.ArchiveError, match="bring it up to date"):
        Holder().at(opened)
    with contextlib.closing(archive([])) as opened:
        derive.begin(opened)  # a first run, in which nothing has been counted yet
        opened.execute("INSERT INTO article VALUES (1, 1, 1, '', 'article', NULL, '', '')")
        assert len(Holder().at(opened).articles) == 0
