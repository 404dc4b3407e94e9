"""The bench that renames pages: as long as before, consistent, annotation and page alike."""

import json
from pathlib import Path

import pytest

from bench.gold import pages
from bench.renamed import renamed_page
from bench.renaming import plain, value

ROOT = Path(__file__).parent.parent
PAGE = """咸阳播报
5日，渭城区渭阳街道朝霞路社区组织30余名志愿者到田大娘家包饺子。
朝霞路、民生、中山街三个社区的五支队伍参加，田桂枝大娘说：“热闹！”
"""
GOLD = {
    "page": "written.txt",
    "articles": [
        {
            "headlines": ["咸阳播报"],
            "paragraphs": [["2"], ["3"]],
            "entities": [
                {"type": "district", "name": "渭城区"},
                {"type": "street", "name": "渭阳街道", "in": "渭城区"},
                {"type": "community", "name": "朝霞路社区", "in": "渭阳街道"},
                {"type": "community", "name": "民生社区"},
                {"type": "community", "name": "中山街社区"},
                {"type": "person", "name": "田桂枝"},
                {"type": "person", "name": "田大娘"},
            ],
            "counts": [
                {"line": 2, "text": "30余名志愿者", "value": 30, "unit": "名", "object": "志愿者", "mod": "over"},
                {"line": 3, "text": "五支队伍", "value": 5, "unit": "支", "object": "队伍", "mod": "exact"},
            ],
        }
    ],
}
"""Communities of Xianyang make dumplings with an old woman."""


@pytest.mark.parametrize("seed", range(3))
def test_names_and_figures_change_everywhere_and_nothing_else(seed: int) -> None:
    page, gold = renamed_page(PAGE, GOLD, seed)
    (article,) = gold["articles"]
    assert [len(line) for line in page.split("\n")] == [len(line) for line in PAGE.split("\n")]
    for old in ("渭城", "渭阳", "朝霞", "中山", "田", "30余", "五支"):
        assert old not in page
    names = [entity["name"] for entity in article["entities"]]
    assert [n[-2:] for n in names[2:5]] == ["社区"] * 3
    assert names[2].endswith("路社区")
    for name in (*names[:3], *names[5:]):
        assert name in page
    assert names[6] == names[5][0] + "大娘"
    assert f"{names[2][:-2]}、{names[3][:-2]}、{names[4][:-2]}三个社区" in page
    thirty, five = article["counts"]
    assert f"{thirty['value']}余名志愿者" == thirty["text"]
    assert thirty["text"] in page
    assert five["text"] in page
    assert five["value"] == "零一二三四五六七八九".index(five["text"][0])
    assert renamed_page(PAGE, GOLD, seed) == (page, gold)


def test_the_samples_stay_annotated_to_the_character(tmp_path: Path) -> None:
    (annotation,) = (ROOT / "tests" / "golden").glob("hefei*.json")
    before = json.loads(annotation.read_text("utf-8"))
    page, gold = renamed_page((ROOT / "corpus" / "samples" / before["page"]).read_text("utf-8"), before, 0)
    (tmp_path / before["page"]).write_text(page, "utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(gold), "utf-8")
    ((_, articles),) = pages(tmp_path, tmp_path)
    for article, annotated in zip(articles, gold["articles"], strict=True):
        text = article.text.replace("\n", "")
        assert [c["text"] for c in annotated["counts"] if c["text"].replace("\n", "") not in text] == []


def test_what_makes_a_name_and_a_figure() -> None:
    assert [plain(name) for name in ("民主路北社区", "望江小区", "王村")] == ["民主", "望江", "王"]
    assert value(12000, "1.2万元", "3.6万元") == 36000
    assert value(3000, "三千余人", "六千余人") == 6000
