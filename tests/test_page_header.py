"""What a page's own header says: paper, date, page number; and that nothing else on a page is taken for one."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.metadata import Metadata
from corpus.page_header import read

BODY = "\n\n巷子里的灯亮了\n\n本报讯（记者 何苗）入夜，柳巷的路灯重新亮起，居民都说走路踏实了。\n\n"
"""The lamps of a lane are lit again."""
NOTHING = Metadata()

HEADERS = [
    # made up after the forms that papers print
    ("兰州社区报  2024年3月12日 星期二  第03版", "兰州社区报", 3),
    ("2024年3月12日 星期二 第03版 社区新闻 兰州社区报", "兰州社区报", 3),
    ("2024年3月12日星期二第03版社区新闻兰州社区报", "兰州社区报", 3),
    ("A05 · 民生 | 2024.03.12 | 责编 李明 | 美编 王芳", None, 5),
    ("2 0 2 4 年 3 月 1 2 日   星 期 二   0 3 版   社 区", None, 3),
    ("２０２４年３月１２日　星期二　第３版　社区　责编：李 明", None, 3),
    ("二〇二四年三月十二日 星期二 农历甲辰年二月初三 贵阳晚报 4", "贵阳晚报", 4),
    ("Tuesday, March 12, 2024 社区新闻 A05", None, 5),
    ("12 Mar. 2024 TUE  B2版 邻里", None, 2),
    ("2024年3月12日 星期二 責任編輯：陳大文 社區新聞 A5版 南方社區報", "南方社區報", 5),
    ("中華民國113年3月12日 星期二 A5", None, 5),
    ("社区新闻 SHEQU XINWEN 2024/3/12 星期二 B02", None, 2),
    ("03 社区 2024年3月12日 星期二 编辑/张三 校对/李四", None, 3),
    ("成都商报\n2024年3月12日\n星期二\n03", "成都商报", 3),
    ("国内统一连续出版物号：CN 62-0000 邮发代号：53-1 2024年3月12日 星期二 今日8版 第1234期", None, None),
    ("2024-03-12 TUE. 街坊 05版", None, 5),
    ("十二版 2024年3月12日 夕阳红", None, 12),
    ("2024年3月12日 星期二  第A06版：社区新闻  青岛早报", "青岛早报", 6),
    ("A06版：街坊 2024年3月12日 星期二", None, 6),
    ("第十二版: 副刊 2024.3.12 星期二", None, 12),
    ("责任编辑：王磊  版式：李娜  2024年3月12日  A06", None, 6),
    ("责编 王磊 张 宁  美编 李娜 2024年3月12日 B2：文体", None, 2),
    ("2024年3月12日 星期二 热线：0931-0000000 古城纪事 第7版", None, 7),
]
NO_HEADERS = [
    # sentences, headlines and notices with dates
    "2024年3月12日，星期二，兰州社区报第03版刊登了这张照片。",
    "2024年3月12日植树节",
    "2024年3月12日 星期二 社区植树",
    "活动时间：2024年3月16日 星期六",
    "时间 2024年3月16日 星期六",
    "2024年3月16日 星期六 上午9:30 社区广场",
    "2024年3月12日",
    "红星社区居委会\n2024年3月12日",
    "贵阳晚报社\n2024年3月12日",
    "2024年3月12日至3月15日 第3版",
    "3月12日 星期二 社区新闻",
    "我爱读社区报",
    "（下转03版）",
    "社区养老有新招 03版",
    "02版 要闻\n03版 民生",
    "第02版：要闻\n第03版：民生",
    "第03版：社区养老有新招",
    "报名截止 2024年3月12日 星期二",
    "2024年3月12日入党 2024年3月13日",
]


@pytest.mark.parametrize(("header", "paper", "page"), HEADERS)
@pytest.mark.parametrize("place", ["top", "bottom"])
def test_headers_are_read_at_either_edge(header: str, paper: str | None, page: int | None, place: str) -> None:
    if place == "bottom" and "\n" in header:
        pytest.skip("at the bottom a header is one line")
    text = header + BODY if place == "top" else BODY + header
    assert read(text) == Metadata(paper, "2024-03-12", page)


@pytest.mark.parametrize("text", NO_HEADERS)
@pytest.mark.parametrize("place", ["top", "bottom"])
def test_what_is_no_header_says_nothing(text: str, place: str) -> None:
    assert read(text + BODY if place == "top" else BODY + text) == NOTHING


def test_a_header_in_the_middle_of_the_page_is_none() -> None:
    assert read(BODY * 8 + "2024年3月12日 星期二 第03版" + BODY * 8) == NOTHING


def test_a_weekday_that_disagrees_takes_the_date_away() -> None:
    assert read("2024年3月13日 星期二 第03版 社区新闻" + BODY) == Metadata(None, None, 3)
    assert read("2024年2月30日 星期二 03版" + BODY) == Metadata(None, None, 3)


def test_contradictions_say_nothing() -> None:
    two = "2024年3月12日 第03版" + BODY + "2024年3月19日 第04版"
    assert read(two) == NOTHING


SENTENCES = st.lists(
    st.sampled_from(
        [
            "社区",
            "居民",
            "志愿者",
            "在广场",
            "举办",
            "清扫",
            "老人",
            "说",
            "参加了",
            "兰州社区报",
            "第03版",
            "星期二",
            "和",
            "的",
            "许多",
        ]
    ),
    min_size=2,
    max_size=12,
).map("".join)
DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31))


@given(before=SENTENCES, day=DAYS, after=SENTENCES, mark=st.sampled_from("，。、；："), end=st.sampled_from("。！？"))
def test_a_date_in_a_sentence_is_never_taken(before: str, day: datetime.date, after: str, mark: str, end: str) -> None:
    text = f"{before}{mark}{day.year}年{day.month}月{day.day}日{after}{end}"
    assert read(text + BODY).issue_date is None
    assert read(BODY + text).issue_date is None


@given(day=DAYS, after=SENTENCES)
def test_nor_is_one_that_begins_a_headline(day: datetime.date, after: str) -> None:
    # 参加了: took part, so that it is a clause and no row of names
    assert read(f"{day.year}年{day.month}月{day.day}日{after}参加了{BODY}").issue_date is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    known = read(text)
    assert known.page is None or known.page > 0


@given(DAYS, st.integers(1, 99))
def test_any_day_with_its_weekday_is_read(day: datetime.date, page: int) -> None:
    line = f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]} 第{page:02}版"
    assert read(line + BODY) == Metadata(None, day.isoformat(), page)
