"""Which places the names of an archive mean."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive.authority import Authority, Sighting, settle
from corpus.archive.divisions import divisions
from extract.gazetteer import gazetteer
from schemas.annotations import PLACE_TYPES

Said = tuple[str, str, str | None, int | None]
"""type, name, code, and which of the article's entities (from 1) it lies in."""


def sightings(*articles: Iterable[Said], papers: tuple[str, ...] = ()) -> list[Sighting]:
    """The entities of articles, all of one paper unless said otherwise."""
    return [
        Sighting(at, number, *said, papers[at - 1] if papers else "晚报")
        for at, entities in enumerate(articles, 1)
        for number, said in enumerate(entities, 1)
    ]


def chains(made: Authority) -> list[str]:
    """Every place with what it lies in, nearest first."""
    return ["<".join(made.places[place - 1].name for place in made.chain(each.id)) for each in made.places]


DISTRICT: Said = ("district", "和平区", "120101", None)
STREET: Said = ("street", "南市街道", None, 1)
COMMUNITY: Said = ("community", "明珠社区", None, 2)


def test_codes_decide_whatever_the_name() -> None:
    made = settle(sightings([("district", "和平区", "120101", None)], [("district", "和平", "120101", None), DISTRICT]))
    assert [(place.name, place.code) for place in made.places] == [("和平区", "120101")]
    assert {basis for _, basis in made.meant.values()} == {"code"}


def test_a_code_lies_in_the_codes_that_contain_it() -> None:
    made = settle(
        sightings([("community", "新安社区", "120101002004", None)], [DISTRICT], [("city", "天津市", "120000", None)])
    )
    assert chains(made) == ["天津市", "和平区<天津市", "新安社区<和平区<天津市"]


def test_a_name_alone_is_the_only_one_of_its_paper() -> None:
    made = settle(sightings([DISTRICT, STREET, COMMUNITY], [("community", "明珠社区", None, None)]))
    assert chains(made) == ["和平区", "南市街道<和平区", "明珠社区<南市街道<和平区"]
    assert made.meant[2, 1] == (3, "learned")


def test_of_two_that_it_could_be_it_is_neither() -> None:
    other: list[Said] = [("district", "河西区", "120103", None), ("street", "桃园街道", None, 1), COMMUNITY]
    made = settle(sightings([DISTRICT, STREET, COMMUNITY], other, [("community", "明珠社区", None, None)]))
    place, basis = made.meant[3, 1]
    assert basis == "alone"
    assert made.places[place - 1].above is None
    assert len([each for each in made.places if each.name == "明珠社区"]) == 3


def test_another_paper_may_write_of_another_place() -> None:
    made = settle(
        sightings(
            [DISTRICT, STREET, COMMUNITY], [("community", "明珠社区", None, None)], papers=("津门晚报", "春城晚报")
        )
    )
    assert made.meant[2, 1][1] == "alone"


def test_less_said_is_the_same_place_where_only_one_fits() -> None:
    made = settle(sightings([DISTRICT, STREET, COMMUNITY], [DISTRICT, ("community", "明珠社区", None, 1)]))
    assert made.meant[2, 2] == (3, "stated")


def test_an_entity_with_a_code_and_one_without_are_one_place() -> None:
    coded: Said = ("community", "明珠社区", "120101003004", 2)
    made = settle(sightings([DISTRICT, STREET, coded], [DISTRICT, ("community", "明珠社区", None, 1)]))
    assert made.meant[1, 3][0] == made.meant[2, 2][0]


SAID = st.tuples(
    st.sampled_from(PLACE_TYPES),
    st.sampled_from(["甲", "乙", "丙"]),
    st.sampled_from([None, "110000", "110101", "110101001", "110101001002"]),
    st.none() | st.integers(1, 4),
)


@given(st.lists(st.lists(SAID, max_size=4), max_size=5), st.randoms())
def test_any_sightings_make_an_authority_without_circles(articles: list[list[Said]], chance: object) -> None:
    every = sightings(*articles)
    made = settle(every)
    assert set(made.meant) == {(each.article, each.number) for each in every}, "every sighting means one place"
    told = settle(every, divisions())
    assert set(told.meant) == set(made.meant)
    for authority, place in ((each, place) for each in (made, told) for place in each.places):
        chain = authority.chain(place.id)
        assert len(set(chain)) == len(chain)
    shuffled = list(every)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled) == made, "the order of arrival does not matter"


def test_what_a_code_lies_in_is_a_place_though_no_article_prints_it() -> None:
    made = settle(sightings([("street", "水果湖街道", "420106012", None)]), divisions())
    assert chains(made) == ["湖北省", "武汉市<湖北省", "武昌区<武汉市<湖北省", "水果湖街道<武昌区<武汉市<湖北省"]
    assert {place.basis for place in made.places[1:]} == {"code"}


def test_what_lies_right_below_a_province_or_a_municipality_lies_in_that() -> None:
    made = settle(
        sightings([("district", "仙桃市", "429004", None)], [("district", "静安区", "310106", None)]), divisions()
    )
    assert chains(made) == ["湖北省", "上海市", "静安区<上海市", "仙桃市<湖北省"]


def test_the_divisions_are_those_of_the_gazetteer() -> None:
    named = gazetteer()
    assert {code: named.name(code) for code in divisions()} == divisions()
    assert len(divisions()) == 3342


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_what_is_no_place_is_left_out(kind: str) -> None:
    assert settle([Sighting(1, 1, kind, "何苗", None, None, "")]).places == ()
