"""/pivot: two dimensions as a table of links, shaded, with its heat map."""

import html
import re

import pytest
from starlette.testclient import TestClient

from corpus.archive.counting.dimensions import DIMENSIONS


def cells(text: str) -> list[tuple[str, int]]:
    """The figures of the table with their addresses."""
    table = text.partition('<table class="grid')[2].partition("</table>")[0]
    found = re.findall(r'<td class="[^"]*">\s*<a href="([^"]+)">([\d,]+)</a>', table)
    return [(html.unescape(address), int(count.replace(",", ""))) for address, count in found]


def heading(client: TestClient, address: str) -> int:
    """How many activities the page at this address has."""
    found = re.search(r'id="found"[^>]*>([\d,]+) 项活动', client.get(address).text)
    return int(found[1].replace(",", "")) if found else 0


def test_a_cell_opens_the_activities_that_it_counts(client: TestClient) -> None:
    shown = cells(client.get("/pivot?rows=type&columns=month&since=2023-06-01").text)
    assert len(shown) > 20
    for address, count in shown[::9]:
        assert "since=2023-06-01" in address
        assert heading(client, address) == count, address


@pytest.mark.parametrize("rows", DIMENSIONS)
def test_every_dimension_can_be_a_side(client: TestClient, rows: str) -> None:
    for columns in ("month", "type"):
        answer = client.get(f"/pivot?rows={rows}&columns={columns}")
        assert answer.status_code == 200
        assert answer.text.count("selected") == 3
    assert '<table class="grid shaded">' in answer.text


def test_it_is_a_table_for_screen_readers(client: TestClient) -> None:
    text = client.get("/pivot?rows=type&columns=month").text
    table = text.partition('<table class="grid')[2].partition("</table>")[0]
    assert table.count('<th scope="row">') == table.count("<tr") - 1  # all but the head
    assert "<caption" in table
    assert "<tfoot>" in table


def test_each_activity_once_stays_on_in_the_links(client: TestClient) -> None:
    text = client.get("/pivot?rows=type&columns=month&distinct=1").text
    assert 'name="distinct" value="1" checked' in text
    for address, count in cells(text)[::12]:
        assert "distinct=1" in address
        assert heading(client, address) == count


def test_the_chart_and_the_files_ask_for_the_same(client: TestClient) -> None:
    text = client.get("/pivot?rows=type&columns=month&type=health").text
    for address in ("/charts/pivot.json", "/charts/pivot.csv", "/pivot.csv", "/pivot.xlsx", "/api/v1/pivot"):
        wanted = f"{address}?rows=type&amp;columns=month&amp;type=health"
        assert wanted in text, address
        assert client.get(html.unescape(wanted)).status_code == 200
