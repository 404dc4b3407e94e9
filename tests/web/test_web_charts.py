"""Charts and figures: what a figure links to is just what it counts; charts as files."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from starlette.testclient import TestClient

from corpus.archive import database, matched, pivot
from corpus.archive.counting.dimensions import DIMENSIONS
from corpus.archive.counting.held import Holder
from corpus.archive.narrowing import Only, narrowed
from corpus.archive.pivot import Axis, Heading, Pivot
from web.charts import figures
from web.charts.grid import STEPS, grid
from web.charts.months import stretch
from web.language import language

PAIRS = [
    ("street", "month"), ("type", "district"), ("organizer", "type"), ("community", "year"), ("partner", "status"),
    ("paper", "day"), ("city", "province"), ("venue", "estate"), ("road", "type"),
]  # fmt: skip


def count(client: TestClient, address: str) -> int:
    """How many activities are at an address of /activities, as the API counts them."""
    answer = client.get(address.replace("/activities", "/api/v1/activities", 1))
    assert answer.status_code == 200, (address, answer.text)
    return int(answer.json()["total"])


@pytest.mark.parametrize("by", PAIRS)
@pytest.mark.parametrize("distinct", [False, True])
def test_every_figure_counts_what_it_leads_to(
    client: TestClient, samples: Path, by: tuple[str, str], distinct: bool
) -> None:
    asked = [("distinct", "1")] if distinct else []
    with database.reading(samples) as archive:
        columns = Holder().at(archive)
        found = matched.activities(archive, columns, distinct=distinct)
        made = grid(pivot.pivot(archive, columns, found, by, (6, 6)), asked, language("en"))
    shown = [
        (cell.counted, cell.count) for row in made.cells for cell in row if cell.counted is not None
    ] + [(label.counted, label.total) for label in (*made.rows, *made.columns) if label.counted]  # fmt: skip
    assert shown
    for address, figure in [*shown[:12], *shown[-4:], (made.counted, made.total)]:
        assert count(client, address) == figure, address


def test_filters_that_are_on_stay_and_are_not_widened(client: TestClient, samples: Path) -> None:
    with database.reading(samples) as archive:
        columns = Holder().at(archive)
        found = matched.activities(archive, columns)
        made = pivot.pivot(archive, columns, found, ("type", "month"), (20, 20))
        kinds = [str(heading.name) for heading in made.rows.headings[:2]]
    asked = [("type", kind) for kind in kinds]
    answer = client.get("/charts/pivot.json", params=[*asked, ("rows", "type"), ("columns", "month")]).json()
    [heat] = answer["data"]
    assert len(heat["z"]) == 2
    for figures_, addresses in zip(heat["z"], heat["customdata"], strict=True):
        for figure, address in zip(figures_, addresses, strict=True):
            assert (address is None) == (figure == 0)
            if address:
                assert [each for each in parse_qsl(address.partition("?")[2]) if each in asked] == asked
                assert count(client, address) == figure


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_dimension_falls_apart_into_its_values(samples: Path, dimension: str) -> None:
    """Every activity has a value or none, and narrowing by each of them finds it."""
    with database.reading(samples) as archive:
        columns = Holder().at(archive)
        every = matched.activities(archive, columns)
        table = pivot.pivot(archive, columns, every, (dimension, "type"), (1000, 1))
        made = grid(table, [("distinct", "1")], language("en"))  # all by `only`
        unknown = narrowed(archive, columns, every, [Only(dimension, None)])
        assert unknown.total == table.rows.unknown
        for label in made.rows:
            only = dict(parse_qsl(str(label.counted).partition("?")[2]))["only"]
            assert narrowed(archive, columns, every, [Only.parse(only)]).total == label.total


@pytest.mark.parametrize("text", ["month", "weekday:1", ":", "", "month 2024"])
def test_only_says_what_it_wants(client: TestClient, text: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(text) + "$"):
        Only.parse(text)
    if text:
        answer = client.get("/activities", params={"only": text})
        assert answer.status_code == 400
        assert "month:2024-03" in answer.text


@pytest.mark.parametrize("value", ["9999-99", "x", "=", "'; DROP TABLE place", "a/b/c", "\x00"])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_value_that_nothing_has_finds_nothing(client: TestClient, dimension: str, value: str) -> None:
    assert count(client, "/activities?" + urlencode({"only": f"{dimension}:{value}"})) == 0


def made_up(names: list[str], cells: list[list[int]]) -> Pivot:
    rows = Axis("type", tuple(Heading(name) for name in names), tuple(map(sum, cells)), 0, 0, 0)
    columns = Axis("month", (Heading("2024-03"),), (sum(map(sum, cells)),), 0, 0, 0)
    body = tuple((*row, 0, 0) for row in cells)
    return Pivot(rows, columns, (*body, (0, 0, 0), (0, 0, 0)), sum(map(sum, cells)), True)


@pytest.mark.parametrize(
    ("counts", "steps"), [([0, 0], [0, 0]), ([1, 9], [1, 9]), ([1, 900], [1, 9]), ([5, 5], [9, 9])]
)
def test_shades_follow_the_figures(counts: list[int], steps: list[int]) -> None:
    made = grid(made_up(["health", "care"], [[each] for each in counts]), [], language("zh"))
    assert [row[0].step for row in made.cells] == steps
    assert max(steps) <= STEPS


def test_names_are_text_to_plotly() -> None:
    table = made_up(["<a href='javascript:alert(1)'>&amp;%{x}"], [[3]])
    heat = figures.heat(grid(table, [], language("en")))
    assert "<" not in heat["layout"]["yaxis"]["ticktext"][0]
    assert "<" not in heat["data"][0]["text"][0][0]


def test_months_without_activities_are_there_and_far_ones_are_not_joined() -> None:
    assert stretch([Heading("1998-05"), Heading("2024-01"), Heading("2024-03")]) == [
        "1998-05", "2024-01", "2024-02", "2024-03",
    ]  # fmt: skip
    assert stretch([]) == []


def test_months_are_stacked_by_type_and_lead_to_activities(client: TestClient) -> None:
    figure = client.get("/charts/months.json").json()
    assert figure["layout"]["barmode"] == "stack"
    total = sum(sum(trace["y"]) for trace in figure["data"])
    assert total == count(client, "/activities") - count(client, "/activities?only=month:")
    [others] = [trace for trace in figure["data"] if trace["name"].startswith("其余")]
    leads_to = [address for address in others["customdata"] if address]
    assert leads_to
    assert all(address.startswith("/pivot?only=month") for address in leads_to)
    assert client.get(leads_to[0]).status_code == 200
    [health] = client.get("/charts/months.json?type=health").json()["data"]
    assert health["name"] == "健康义诊"
    for figure, address in zip(health["y"], health["customdata"], strict=True):
        assert (count(client, address) if address else 0) == figure


@pytest.mark.parametrize("name", ["months", "pivot"])
def test_a_chart_is_a_table_for_a_spreadsheet(client: TestClient, name: str) -> None:
    answer = client.get(f"/charts/{name}.csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert rows[-1][-1] == str(client.get("/api/v1/activities").json()["total"])


@pytest.mark.parametrize("asked", ["rows=weekday", "top=0", "top=1000", "type=x", "q=(", "since=2024-13-01"])
def test_what_cannot_be_meant_is_told(client: TestClient, asked: str) -> None:
    answer = client.get(f"/charts/pivot.json?{asked}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
