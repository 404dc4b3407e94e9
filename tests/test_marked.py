"""What a page's format says of its parts is heard: marks with their roles, regions with their edges."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.restoration import Restoration, restore_page
from schemas.layout import Mark, MarkRole, Page, Region, Source
from tests.restoration_examples import words

SOURCE = Source("page.html", "", "utf-8", "html")
Block = tuple[MarkRole | None, str]


def marked(*blocks: Block, points: float = 5.0, whole: bool = True, single: bool = False) -> Page:
    """A page of these blocks, each on a line of its own and marked with its role."""
    text, marks = "", []
    for role, block in blocks:
        if role is not None:
            marks.append(Mark(len(text), len(text) + len(block), role, "<p>", points, whole))
        text += block + "\n"
    regions = (Region(0, len(text) - 1, "row", single=True),) if single else ()
    return Page(SOURCE, text.rstrip("\n"), tuple(marks), regions)


def restored(page: Page) -> Restoration:
    return restore_page(page, words())


def roles(made: Restoration) -> list[list[tuple[str, str]]]:
    """The blocks of each article as (role, first characters)."""
    return [[(b.role, a.quote(b)[:6]) for b in a.blocks] for a in made.articles]


def test_marks_name_the_parts_of_a_headline() -> None:
    page = marked(
        ("kicker", "门前清扫"),
        ("main", "西宁城东区百名志愿者上街"),
        ("subtitle", "八条小巷一日换新颜，居民连声说好"),
        ("byline", "苏日娜"),
        ("paragraph", "近日，城东区大众街街道的志愿者走上街头，清扫背街小巷。"),
        ("caption", "扫街"),
    )
    made = restored(page)
    assert [role for role, _ in roles(made)[0]] == ["kicker", "main", "subtitle", "credit", "paragraph", "caption"]
    assert [(b.name, b.role) for b in made.articles[0].bylines] == [("苏日娜", "")]


def test_a_headline_line_without_a_part_is_named_by_where_it_stands() -> None:
    page = marked(("main", "银川兴庆区送医上门"), ("paragraph", "近日，凤凰北街街道请来医生，为居民义诊。"))
    kicked = Page(SOURCE, "便民服务在身边\n" + page.text, tuple(_moved(page.marks, 8)))
    assert roles(restored(kicked))[0][:2] == [("kicker", "便民服务在身"), ("main", "银川兴庆区送")]


def test_whole_paragraphs_are_not_joined_though_they_look_torn() -> None:
    halves = ("近日，呼和浩特市新城区的社区开展了消防演练，志愿", "者挨家挨户发放传单，提醒居民关好煤气。")
    loose = marked(("main", "演练到家门"), (None, halves[0]), (None, halves[1]))
    tight = marked(("main", "演练到家门"), ("paragraph", halves[0]), ("paragraph", halves[1]))
    assert [role for role, _ in roles(restored(loose))[0]] == ["main", "paragraph"]
    assert [role for role, _ in roles(restored(tight))[0]] == ["main", "paragraph", "paragraph"]


def test_what_names_and_roles_alone_say_counts_more_than_a_paragraph_mark() -> None:
    page = marked(
        ("main", "海口龙华区义剪"),
        ("paragraph", "本报记者 符小雨 通讯员 王一帆"),
        ("paragraph", "昨日，滨海街道邀请理发师为老人义剪，三十位老人剪了头发。"),
    )
    [article] = restored(page).articles
    assert [b.role for b in article.blocks] == ["main", "credit", "paragraph"]
    assert [b.name for b in article.bylines] == ["符小雨", "王一帆"]


def test_furniture_by_markup_is_a_leftover_with_its_reason() -> None:
    page = marked(
        ("main", "拉萨城关区植树"), ("paragraph", "近日，志愿者在河边种下两百棵树苗。"), ("furniture", "上一篇 下一篇")
    )
    made = restored(page)
    assert [(page.text[left.start : left.end], left.reason) for left in made.leftovers] == [("上一篇 下一篇", "<p>")]


def test_unsure_marks_are_weighed_with_the_rest() -> None:
    lead = "本报讯（记者 何苗）昨日，贵阳市南明区降下暴雨，行人不多，车流缓慢。"
    line = "雨点打在屋檐上，老街的石板路被洗得发亮。"
    plain, weak, strong = (
        marked(("main", "雨中守路口"), ("paragraph", lead), (role, line), points=points, whole=False)
        for role, points in ((None, 1.0), ("caption", 0.1), ("caption", 4.9))
    )
    found = [restored(page).regions[0].readings[-1].role for page in (plain, weak, strong)]
    assert found == ["paragraph", "paragraph", "caption"]


def test_an_unsure_crosshead_may_be_a_credit() -> None:
    body = "近日，岳阳楼区的志愿者来到湖边，清理岸线垃圾三百多公斤，劝导游客文明游湖，一直忙到太阳落山。"
    page = marked((None, "湖边有了护湖人"), (None, body), ("crosshead", "本报记者 何苗"), (None, body), points=1.0)
    assert [byline.name for byline in restored(page).articles[0].bylines] == ["何苗"]


def test_one_region_is_one_article_whatever_its_lines_look_like() -> None:
    text = (
        "社区书屋开门了\n近日，南宁市青秀区的社区书屋开门迎客，首日来了六十位读者。\n"
        "孩子们的角落\n本报讯（记者 韦一）书屋另辟一角，供孩子们读绘本，家长也可陪读。"
    )
    page = Page(SOURCE, text, (), (Region(0, len(text), "row 3", single=True),))
    made = restored(page)
    assert len(made.articles) == 1
    assert [b.role for b in made.articles[0].blocks] == ["main", "paragraph", "crosshead", "paragraph"]


def test_a_torn_half_does_not_leave_its_region() -> None:
    first = "近日，太原市迎泽区组织居民包粽"
    second = "子，大家围坐一起，说说笑笑，屋里满是粽叶香。"
    text = f"粽叶飘香\n{first}\n邻居节\n{second}"
    cut = text.index("邻居节")
    page = Page(SOURCE, text, (), (Region(0, cut, "box"), Region(cut, len(text), "box")))
    assert not any(first[-4:] + second[:2] in a.text for a in restored(page).articles)
    assert any(first[-4:] + second[:2] in a.text for a in restored(Page(SOURCE, text)).articles)


@pytest.mark.parametrize(
    ("marks", "regions"),
    [
        ((Mark(0, 3, None, ""), Mark(2, 4, None, "")), ()),
        ((Mark(0, 0, None, ""),), ()),
        ((Mark(0, 99, None, ""),), ()),
        ((Mark(0, 4, None, ""),), (Region(2, 6, "box"),)),
        ((), (Region(0, 4, ""), Region(3, 6, ""))),
    ],
)
def test_marks_that_cannot_be_are_refused(marks: tuple[Mark, ...], regions: tuple[Region, ...]) -> None:
    with pytest.raises(ValueError, match=r"^(mark|region) "):
        Page(SOURCE, "社区植树活动", marks, regions)


ROLES = ["kicker", "main", "subtitle", "byline", "crosshead", "paragraph", "caption", "credit", "furniture", None]
BLOCKS = st.text("社区志愿者清扫，。近日“”（）记者 摄3\u3000", min_size=1, max_size=40).filter(
    lambda t: bool(t.strip())
)


@given(
    st.lists(st.tuples(st.sampled_from(ROLES), BLOCKS), min_size=1, max_size=8),
    st.sampled_from((0.5, 2.0, 5.0)),
    st.booleans(),
    st.booleans(),
)
def test_whatever_the_marks_every_character_is_in_one_place(
    blocks: list[Block], points: float, whole: bool, single: bool
) -> None:
    page = marked(*blocks, points=points, whole=whole, single=single)
    made = restored(page)
    taken = sorted([r for a in made.articles for b in a.blocks for r in b.source])
    taken = sorted([*taken, *((left.start, left.end) for left in made.leftovers)])
    assert all(end <= start for (_, end), (start, _) in pairwise(taken))
    covered = {at for start, end in taken for at in range(start, end)}
    assert {k for k, c in enumerate(page.text) if not c.isspace()} <= covered
    assert len(made.articles) <= 1 or not single


def _moved(marks: tuple[Mark, ...], by: int) -> list[Mark]:
    return [Mark(m.start + by, m.end + by, m.role, m.reason, m.points, m.whole) for m in marks]
