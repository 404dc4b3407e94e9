"""The query string: what is read, what is refused with its remedy, and the links that are made."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from corpus.archive.filters import Filters
from web import parameters
from web.links import Here
from web.parameters import Paging
from web.problems import ProblemError


def asked(query: str) -> Request:
    """A request with this query string."""
    return Request({"type": "http", "path": "/search", "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", Filters()),
        ("type=health&type=legal&type=health", Filters(types=("health", "legal"))),
        ("street=%E5%8D%97%E6%B9%96%E8%A1%97%E9%81%93", Filters(streets=("南湖街道",))),
        ("since=2024-01-01&until=2024-02-29", Filters(since="2024-01-01", until="2024-02-29")),
        ("since=&type=&street=+", Filters()),  # as forms send what is left blank
        ("since=2023-01-01&since=2024-01-01", Filters(since="2024-01-01")),
        ("unknown=1&utm_source=x", Filters()),
        ("organization=%3D%E5%8D%AB%E7%94%9F%E6%89%80", Filters(organizations=("=卫生所",))),
    ],
)
def test_filters_are_read(query: str, filters: Filters) -> None:
    assert parameters.filters(asked(query)) == filters


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("type=nothing", {"name": "type"}),
        ("kind=advert", {"name": "kind", "values": "article, photo"}),
        ("since=2024-13-01", {"name": "since"}),
        ("until=20240101x", {"name": "until"}),
        ("since=2024-02-02&until=2024-01-01", {"name": "since"}),
        ("&".join(f"street=s{n}" for n in range(60)), {"name": "street"}),
        ("street=" + "长" * 501, {"name": "street"}),
        ("page=0", {"name": "page"}),
        ("page=1e3", {"name": "page"}),
        ("page=٣", {"name": "page"}),
        ("page=-1", {"name": "page"}),
        ("page=1000000000", {"name": "page", "most": "100000"}),
        ("per_page=501", {"name": "per_page", "most": "500"}),
        ("sort=size", {"name": "sort", "values": "date, name"}),
    ],
)
def test_what_cannot_be_meant_is_refused(query: str, values: dict[str, str]) -> None:
    def read(request: Request) -> None:
        parameters.filters(request)
        parameters.paging(request)
        parameters.choice(request, parameters.sort(("date", "name")))

    with pytest.raises(ProblemError) as refused:
        read(asked(query))
    problem = refused.value.problem
    assert problem.status == 400
    assert dict(problem.values) | values == dict(problem.values)
    assert problem.remedy % dict(problem.values)  # every value that the remedy names is there


def test_paging() -> None:
    assert parameters.paging(asked("page=3&per_page=50")) == Paging(3, 50)
    assert parameters.paging(asked("")) == Paging(1, parameters.PER_PAGE)
    assert Paging(3, 50).offset == 100
    assert [Paging(1, 20).pages(total) for total in (0, 1, 20, 21, 400)] == [1, 1, 1, 2, 20]


HERE = Here("/search", (("q", "义诊"), ("type", "health"), ("type", "legal"), ("page", "3"), ("lang", "en")))


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (HERE.with_(type="fire"), [("q", "义诊"), ("type", "health"), ("type", "legal"), ("type", "fire")]),
        (HERE.with_(type="legal"), [("q", "义诊"), ("type", "health"), ("type", "legal")]),
        (HERE.with_(sort="date"), [("q", "义诊"), ("type", "health"), ("type", "legal"), ("sort", "date")]),
        (HERE.without("type", value="health"), [("q", "义诊"), ("type", "legal")]),
        (HERE.without("type"), [("q", "义诊")]),
        (HERE.page(2), [("q", "义诊"), ("type", "health"), ("type", "legal"), ("page", "2")]),
        (HERE.page(1), [("q", "义诊"), ("type", "health"), ("type", "legal")]),
        (HERE.without("q", "type"), []),
    ],
)
def test_links_keep_the_question(address: str, query: list[tuple[str, str]]) -> None:
    asked_for = asked(address.partition("?")[2])
    assert address.partition("?")[0] == "/search"
    assert asked_for.query_params.multi_items() == query


def test_a_link_to_another_language_keeps_the_page() -> None:
    assert ("page", "3") in asked(HERE.in_language("zh").partition("?")[2]).query_params.multi_items()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(st.sampled_from(["q", "street", "paper"]), TEXTS), max_size=5))
def test_what_a_link_says_is_read_back(pairs: list[tuple[str, str]]) -> None:
    here = Here("/search", tuple(pairs))
    assert asked(here.suffixed(".csv").partition("?")[2]).query_params.multi_items() == pairs


@pytest.mark.parametrize("parameter", [*parameters.FILTERS, *parameters.PAGING, parameters.QUERY])
def test_every_parameter_has_a_schema(parameter: parameters.Parameter) -> None:
    schema: dict[str, Any] = parameter.schema()
    assert schema["type"] in ("array", "string", "integer")
    assert parameter.meaning.endswith(".")
    assert parameter.label
