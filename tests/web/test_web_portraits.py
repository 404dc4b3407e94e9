"""The portraits of places, organizations, people and types, and the lists that lead to them."""

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import cli
from web.application import create_app
from web.settings import Settings


def main(text: str) -> str:
    """The main part of a page."""
    found = re.search(r"<main.*?</main>", text, re.DOTALL)
    assert found
    return found[0]


def links(text: str) -> list[tuple[str, str]]:
    """Addresses in the main part with what stands in them."""
    found = re.findall(r'<a[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', main(text), re.DOTALL)
    return [(html.unescape(address), re.sub(r"<[^>]+>|\s+", "", shown)) for address, shown in found]


def figures(text: str) -> list[tuple[str, int]]:
    """Links that are a figure and nothing else."""
    return [(address, int(shown.replace(",", ""))) for address, shown in links(text)
            if re.fullmatch(r"[\d,]+", shown) and not re.fullmatch(r"(19|20)\d\d", shown)]  # fmt: skip


def total(client: TestClient, address: str) -> int:
    """How many articles or activities are behind an address."""
    if address.startswith("/search"):
        found = re.search(r'id="found"[^>]*>([\d,]+) 篇', client.get(address).text)
        return int(found[1].replace(",", "")) if found else 0
    answer = client.get(address.replace("/activities", "/api/v1/activities", 1))
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"])


PORTRAITS = ["/places/430104", "/places/230110", "/places/210104", "/places/210000", "/types/health", "/types/care",
             "/organizations/岳麓区人民法院", "/people/廖爹"]  # fmt: skip


@pytest.mark.parametrize("address", PORTRAITS)
def test_every_figure_is_what_its_link_counts(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    found = [each for each in figures(answer.text) if each[0].startswith(("/search", "/activities"))]
    assert len(found) > 3
    assert [(each, count, there) for each, count in found if (there := total(client, each)) != count] == []


def test_a_place_tells_what_it_lies_in_and_what_lies_in_it(client: TestClient) -> None:
    text = main(client.get("/places/430104").text)
    for name in ("湖南省", "长沙市", "咸嘉湖街道", "430104", "据行政区划代码"):
        assert name in text, name
    assert 'aria-current="page">岳麓区<' in text


def test_every_name_of_a_list_has_its_page(client: TestClient) -> None:
    for listed, kind in (("/places", "/places/"), ("/organizations", "/organizations/"), ("/people", "/people/")):
        for page in (1, 2):
            rows = re.findall(r'<th scope="row"><a[^>]*href="([^"]+)"', client.get(f"{listed}?page={page}").text)
            assert len(rows) > 20
            for address in rows[::7]:
                assert address.startswith(kind)
                assert client.get(html.unescape(address)).status_code == 200, address


def test_lists_hold_every_name_once(client: TestClient) -> None:
    found: list[str] = []
    for page in range(1, 6):
        found += re.findall(r'<th scope="row"><a[^>]*href="([^"]+)"', client.get(f"/places?page={page}").text)
    assert len(found) == len(set(found)) == 265
    assert "265 个名称" in client.get("/places").text


def test_lists_by_first_characters_and_level(client: TestClient) -> None:
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', client.get("/places?level=street&begins=咸").text)
    assert names == ["咸嘉湖街道"]
    assert "没有以“飞碟”开头的名称" in client.get("/organizations?begins=飞碟").text
    assert client.get("/places?level=planet").status_code == 400
    assert "没有这么多页" in client.get("/people?page=99").text
    assert client.get("/places?begins=%25").status_code == client.get("/people?begins=%00").status_code == 200


def test_types_are_all_listed(client: TestClient) -> None:
    text = main(client.get("/types").text)
    assert text.count('<th scope="row">') == 24
    assert client.get("/types/nothing").status_code == 404


@pytest.mark.parametrize(
    ("address", "near"),
    [("/places/district/大冬区", "大东区"), ("/organizations/岳麓区人民法庭", "岳麓区人民法院"), ("/places/999999", ""),
     ("/people/没有此人", ""), ("/places/community/<script>", ""), ("/organizations/%00", "")],
)  # fmt: skip
def test_what_is_gone_names_what_is_near(client: TestClient, address: str, near: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert near in main(answer.text)
    assert "<script>" not in main(answer.text)


def test_an_unknown_kind_of_place_is_no_page(client: TestClient) -> None:
    assert client.get("/places/planet/火星").status_code == 404


def test_a_place_that_lies_elsewhere_now_is_redirected(client: TestClient) -> None:
    answer = client.get(f"/places/street/{quote('咸嘉湖街道')}?in=110101", follow_redirects=False)
    assert answer.status_code == 302
    assert client.get(answer.headers["location"]).status_code == 200


def test_namesakes_are_a_choice(tmp_path: Path) -> None:
    # two cities have a district of this name
    for number, city in enumerate(("沈阳市", "天津市")):
        text = f"社区义诊进小区\n\n本报讯 3月5日，{city}和平区组织医生在小区开展义诊，为居民测量血压。\n"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    archive = tmp_path / "archive.db"
    done = CliRunner().invoke(cli.cli, ["index", str(tmp_path), "--archive", str(archive), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    with TestClient(create_app(Settings(archive)), base_url="http://localhost:8000") as client:
        answer = client.get("/places/district/和平区")
        assert answer.status_code == 300
        choices = re.findall(r'<h2><a[^>]*href="([^"]+)"', answer.text)
        assert choices == ["/places/210102", "/places/120101"] or choices == ["/places/120101", "/places/210102"]
        assert all(client.get(each).status_code == 200 for each in choices)


def test_sums_say_what_they_leave_out(client: TestClient) -> None:
    text = main(client.get("/types/health").text)
    assert "已合计 3 项活动" in text
    assert "百分比和年龄不相加" in text
    assert "/counts.csv?type=health" in text
