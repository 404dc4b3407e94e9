"""/activities: the table, its facets, chips, order, paging and files."""

import html
import re

import pytest
from starlette.testclient import TestClient


def total(client: TestClient, address: str) -> int:
    """How many there are, as the page says it."""
    found = re.search(r'id="found"[^>]*>([\d,]+) 项活动', client.get(address).text)
    return int(found[1].replace(",", "")) if found else 0


def facets(text: str) -> list[tuple[str, int]]:
    """Every value of the facets: its address and its count."""
    beside = text.partition('id="narrow"')[2].partition("<section aria-labelledby")[0]
    found = re.findall(r'<a href="([^"]+)">[^<]*</a> <span class="count">([\d,]+)</span>', beside)
    return [(html.unescape(address), int(count.replace(",", ""))) for address, count in found]


@pytest.mark.parametrize(
    "asked", ["", "distinct=1", "type=health&type=care", "only=month:2024-03", "q=社区&since=2024-01-01"]
)
def test_every_facet_counts_what_it_leads_to(client: TestClient, asked: str) -> None:
    shown = facets(client.get(f"/activities?{asked}").text)
    assert len(shown) > 10
    for address, count in shown[:: max(1, len(shown) // 25)]:
        assert total(client, address) == count, address


def test_a_chip_takes_its_filter_away(client: TestClient) -> None:
    every = total(client, "/activities")
    text = client.get("/activities?only=month:2024-03&type=health").text
    chips = [html.unescape(each) for each in re.findall(r'class="chip" href="([^"]+)"', text)]
    assert chips == ["/activities?only=month%3A2024-03", "/activities?type=health"]
    assert 0 < total(client, chips[0]) < every
    assert "2024年3月" in text


@pytest.mark.parametrize(("sort", "backwards"), [("newest", True), ("date", False)])
def test_it_is_in_the_order_asked_for(client: TestClient, sort: str, backwards: bool) -> None:
    days = re.findall(r'<time datetime="([\d-]+)" title', client.get(f"/activities?sort={sort}&per_page=200").text)
    assert len(days) > 20
    assert days == sorted(days, reverse=backwards)


def test_paging_shows_each_once(client: TestClient) -> None:
    names, every = [], total(client, "/activities")
    for number in (1, 2, 3):
        text = client.get(f"/activities?per_page=40&page={number}").text
        names += re.findall(r'<th scope="row" role="rowheader"><a href="([^"]+)"', text)
    assert len(names) == len(set(names)) == every
    assert "没有这么多页" in client.get("/activities?page=99").text


def test_a_row_leads_to_its_evidence_and_to_what_it_names(client: TestClient) -> None:
    text = client.get("/activities?type=health").text
    [first, *_] = re.findall(r'<th scope="row" role="rowheader"><a href="([^"#]+)#(a\d+)"', text)
    assert f'id="{first[1]}"' in client.get(first[0]).text
    named = {html.unescape(each) for each in re.findall(r'class="entity \w+" href="([^"]+)"', text)}
    assert named
    assert {client.get(each).status_code for each in named} == {200}


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_files_have_the_same_rows(client: TestClient, suffix: str) -> None:
    text = client.get("/activities?only=month:2024-03&sort=newest").text
    assert f"/activities{suffix}?only=month%3A2024-03" in text
    answer = client.get(f"/activities{suffix}?only=month:2024-03&sort=newest")
    assert answer.status_code == 200
    if suffix == ".json":
        assert len(answer.json()) == total(client, "/activities?only=month:2024-03")
    if suffix == ".csv":
        assert len(answer.text.strip().split("\r\n")) == total(client, "/activities?only=month:2024-03") + 1


def test_nothing_found_says_what_to_try(client: TestClient) -> None:
    text = client.get("/activities?q=绝无此词&type=health").text
    assert "没有符合条件的活动" in text
    steps = text.partition('class="empty"')[2].partition("</ul>")[0]
    links = [html.unescape(each) for each in re.findall(r'href="([^"]+)"', steps)]
    assert "/activities?type=health" in links
    assert {client.get(each).status_code for each in links} == {200}


@pytest.mark.parametrize(
    "asked", ["type=x", "page=0", "sort=size", "only=x:1", "since=yesterday", "distinct=2", "q=(", "q=%22"]
)
def test_what_cannot_be_meant_is_told(client: TestClient, asked: str) -> None:
    answer = client.get(f"/activities?{asked}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_values_are_text(client: TestClient) -> None:
    text = client.get("/activities", params={"street": "<b>x</b>", "only": "street:<i>y</i>", "q": '">'}).text
    assert "<b>x" not in text
    assert "<i>y" not in text
