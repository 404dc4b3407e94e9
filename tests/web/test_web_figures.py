"""Every figure of the home page and of the lists is what its link lists, over an archive of awkward cases.

Places that no article names but codes or other articles put above others, namesakes, pages without a day or a paper,
one activity told twice.
"""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import cli
from tests.web.conftest import ADDRESS, SAMPLES
from web.application import create_app
from web.settings import Settings

PAGES = {
    "城北晚报/2024-03-05/01.txt": """义诊进了小院
本报讯 3月4日，武汉市武昌区水果湖街道东湖路社区开展“健康到家”义诊活动，接待居民86人次，送出健康手册120份。
街道扫楼道
本报讯 3月4日，城北街道组织30名志愿者开展“洁净一条街”清扫活动。
""",
    "城南晚报/2024-03-05/01.txt": """名医坐进社区
本报讯 3月4日，武昌区水果湖街道东湖路社区开展“健康到家”义诊活动，接待居民86人次，送出健康手册120份。
反诈课进楼栋
本报讯 3月3日，城北街道开展反诈宣传活动，发放传单200份。
""",
    "城北晚报/2024-03-06/02.txt": "2024年3月6日 星期三 第2版\n",  # an issue without any article
    "城北晚报/b.txt": """剪纸课开讲
本报讯 2024年3月5日，郑州市南湖街道开展剪纸活动，吸引30名居民参加。
""",
    "a.txt": """书屋里坐满小读者
本报讯 3月5日，郑州市金水区南湖街道明珠社区开展“一起读书吧”亲子阅读活动，吸引30个家庭参加。
秧歌队上台
本报讯 3月5日，郑州市二七区南湖街道开展文艺演出，吸引100名居民观看。
""",
    "2024-03-07_02.txt": """消防演练走进校园
本报讯 3月6日，明珠社区开展消防演练活动，120名学生参加。
""",
    "c.txt": """爱心送到家
本报讯 2024年3月1日，兰州市城关区铁路东村街道开展慰问活动，看望老人15名。
""",
}
LINK = re.compile(r'<a\b([^>]*?)href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
COUNT = re.compile(r"(?<![\d.])\d[\d,]*")


@pytest.fixture(scope="module", params=["awkward", "samples"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site over these pages, and over the samples."""
    folder = tmp_path_factory.mktemp("figures")
    for name, text in PAGES.items() if request.param == "awkward" else ():
        (folder / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pages" / name).write_text(text, "utf-8")
    pages = folder / "pages" if request.param == "awkward" else SAMPLES
    done = CliRunner().invoke(cli.cli, ["index", str(pages), "--archive", str(folder / "a.db"), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    with TestClient(create_app(Settings(folder / "a.db")), base_url=ADDRESS) as browser:
        browser.get("/?lang=en")
        yield browser


def test_the_archive_has_what_it_is_for(site: TestClient) -> None:
    places = site.get("/api/v1/places?per_page=200").json()["rows"]
    assert any(row["articles"] == 0 for row in places)
    assert any(row["paper"] is None for row in site.get("/api/v1/papers").json()["rows"])


def number(text: str) -> int:
    """The first one in a text."""
    found = COUNT.search(re.sub(r"<[^>]*>", "", text))
    assert found is not None, text
    return int(found[0].replace(",", ""))


def figures(page: str) -> list[tuple[str, int, str]]:
    """The links of a page that say how many: where they lead, the figure, what is counted."""
    main = page[page.index("<main") : page.index("</main>")]
    found = []
    for before, address, behind, text in LINK.findall(main):
        said = html.unescape(re.sub(r"<[^>]*>", "", text)).strip()
        if re.fullmatch(r"\d[\d,]*( (pages?|articles?|activity|activities))?", said):
            noun = said.partition(" ")[2].rstrip("s")
            found.append((html.unescape(address), number(said), noun or html.unescape(before + behind)))
    return found


class Listed:
    """What links list, asked once each."""

    def __init__(self, site: TestClient) -> None:
        self._site, self._pages = site, dict[str, str]()

    def page(self, address: str) -> str:
        """Its text; where a choice or an error comes instead, that is a failure."""
        if address not in self._pages:
            answer = self._site.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            self._pages[address] = answer.text
        return self._pages[address]

    def total(self, address: str, noun: str = "") -> int:
        """How many it says that it lists; of several things, those called so."""
        found = re.search(r'<(p|h2)\b[^>]*\bclass="total"[^>]*>(.*?)</\1>', self.page(address), re.DOTALL)
        if found is None:
            assert re.search(r"No article|Nothing has|No activity", self.page(address)), address
            return 0
        parts = [part for part in found[2].split(" · ") if noun in part]
        return number(parts[0])


def test_every_figure_of_the_home_page_is_what_its_link_lists(site: TestClient) -> None:
    listed, home = Listed(site), site.get("/").text
    top = re.findall(r"<dt>([^<]+)</dt><dd><a href=\"([^\"]+)\">([\d,]+)</a></dd>", home)
    nouns = {"Papers": "paper", "Issues": "issue", "Pages of papers": "page"}
    assert len(top) == 8
    for name, address, count in top:
        assert listed.total(html.unescape(address), nouns.get(name, "")) == number(count), (name, address)
    found = figures(home[home.index('class="columns news"') - 10 :].join(("<main>", "")))
    assert {address.partition("?")[0].partition("/issues")[0].split("/")[1] for address, *_ in found} == {
        "activities", "papers",
    }  # fmt: skip
    for address, count, noun in found:
        assert listed.total(address, noun if "/issues/" in address else "") == count, (unquote(address), count)


@pytest.mark.parametrize("path", ["/places", "/organizations", "/people", "/types"])
def test_every_figure_of_a_list_is_what_its_link_lists(site: TestClient, path: str) -> None:
    listed, found = Listed(site), figures(site.get(f"{path}?per_page=100").text)
    found = [(address, count, noun) for address, count, noun in found if "rel=" not in noun and "page=" not in address]
    assert found or path in ("/organizations", "/people")
    for address, count, _ in found:
        assert listed.total(address) == count, (unquote(address), count)


def test_the_issues_of_papers_are_those_of_their_calendars(site: TestClient) -> None:
    rows = site.get("/api/v1/papers").json()["rows"]
    for row in rows:
        page = site.get(f"/papers/{row['paper'] or '-'}").text
        years = re.findall(r'href="([^"]*year=\d+)"[^>]*>\d+ <span class="count">(\d+)</span>', page)
        assert sum(int(count) for _, count in years) == row["issues"]
        issues = {
            html.unescape(link)
            for address, _ in years
            for link in re.findall(r'href="([^"]*/issues/\d[^"]*)"', site.get(html.unescape(address)).text)
        }
        assert len(issues) == row["issues"], row


def test_what_programs_are_told_agrees(site: TestClient) -> None:
    held = site.get("/api/v1/archive").json()
    papers = site.get("/api/v1/papers").json()["rows"]
    assert held["places"] == site.get("/api/v1/places").json()["total"]
    assert held["papers"] == sum(row["paper"] is not None for row in papers)
    for name in ("issues", "pages", "articles"):
        assert held[name] == sum(row[name] for row in papers), name
    table = site.get("/places.json")
    assert len(json.loads(table.text)) == held["places"]
