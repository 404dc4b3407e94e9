"""A paper's name says which city's places it writes about."""

import pytest

from extract.papers import home_of
from extract.pipeline import Extractor
from schemas.layout import Page, Source


@pytest.mark.parametrize(
    ("paper", "home"),
    [
        ("西安晚报", "西安市"), ("北京青年报", "北京市"), ("山西晚报", "山西省"), ("长沙晚报", "长沙市"),
        ("潍坊社区报", "潍坊市"), ("凉山日报", "凉山彝族自治州"), ("呼和浩特晚报", "呼和浩特市"),
        ("新安晚报", None), ("海南日报", None), ("吉林日报", None), ("都市快报", None), ("和平时报", None),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_homes(paper: str | None, home: str | None) -> None:
    assert home_of(paper) == home


def test_a_paper_decides_which_district_of_the_name_is_meant() -> None:
    text = "食堂开张\n本报讯（记者 何苗）近日，鼓楼区办起一家社区食堂，老人们都来吃饭。"
    codes = {}
    for paper in ("南京晚报", "福州晚报", "都市快报"):
        [record] = Extractor().extract(Page(Source("a", "", "utf-8", "text", paper=paper), text)).records
        [codes[paper]] = [entity.code for entity in record.entities if entity.name == "鼓楼区"]
    assert codes == {"南京晚报": "320106", "福州晚报": "350102", "都市快报": None}
