"""/papers: from a paper to its issues to their pages."""

import html
import re

import pytest
from starlette.testclient import TestClient


def test_from_paper_to_page(client: TestClient) -> None:
    papers = re.findall(r'<th scope="row"><a href="(/papers/[^"]+)"', client.get("/papers").text)
    assert len(papers) == 2
    pages = set()
    for paper in papers:
        first = client.get(paper).text
        addresses = {paper, *re.findall(r'href="(/papers/[^"]+\?year=\d+)"', first)}
        issues = {
            each
            for address in addresses
            for each in re.findall(r'href="(/papers/[^"]+/issues/[^"]+)"', client.get(address).text)
        }
        assert issues
        for issue in issues:
            answer = client.get(html.unescape(issue))
            assert answer.status_code == 200
            pages |= set(re.findall(r'href="(/pages/\d+)"', answer.text))
    assert len(pages) == 8
    assert all(client.get(page).status_code == 200 for page in pages)


def test_the_calendar_shows_the_day(client: TestClient) -> None:
    text = client.get("/papers/兰州社区报").text
    assert 'aria-label="2024年4月16日: 10 篇文章">16</a>' in text
    assert "2024年4月16日" in client.get("/papers/兰州社区报/issues/2024-04-16").text


@pytest.mark.parametrize(
    ("address", "status"),
    [("/papers/没有这份报", 404), ("/papers/兰州社区报/issues/2024-04-17", 404), ("/papers/兰州社区报/issues/x", 404),
     ("/papers/兰州社区报?year=1999", 200), ("/papers/兰州社区报?year=0", 400),
     ("/papers?begins=飞", 200), ("/papers/%00", 404)],
)  # fmt: skip
def test_what_is_not_there(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
