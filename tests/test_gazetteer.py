"""The gazetteer: what it holds, how names lead to codes, and that its file is the one its builder makes."""

import pytest

from extract.divisions.build import common_name
from extract.gazetteer import FOLDER, LATEST, any_inside, gazetteer, inside, level, short_name, stem
from extract.lexicon import table

LARGEST = 5_000_000


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("山西省", "140000"), ("绵阳市", "510700"), ("三台县", "510722"), ("鄂温克族自治旗", "150724"),
        ("柏树林街道", "610103002"), ("北京市", "110000"), ("延边朝鲜族自治州", "222400"), ("台湾省", "710000"),
    ],
)  # fmt: skip
def test_one_name_one_code(name: str, code: str) -> None:
    assert gazetteer().codes(name) == (code,)


def test_a_name_of_many() -> None:
    gaz = gazetteer()
    codes, numbers = gaz.codes("永安社区"), gaz.numbers("永安社区")
    assert len(codes) == len(numbers) > 100
    assert list(codes) == sorted(codes)
    assert len(inside(numbers, gaz.region("610104"))) == 1
    assert any_inside(numbers, [gaz.region("610104")])
    assert not any_inside(numbers, [gaz.region("610103")])
    assert all(level(code) == "community" for code in codes)


@pytest.mark.parametrize("code", ["610000", "610100", "610104", "610104004", "610104004018"])
def test_a_region_holds_what_its_code_opens(code: str) -> None:
    gaz = gazetteer()
    for name in ("永安社区", "城关街道", "莲湖区", "西安市", "陕西省"):
        within = [found for found in gaz.codes(name) if found.startswith(stem(code))]
        assert [gaz.code(number) for number in inside(gaz.numbers(name), gaz.region(code))] == within


def test_levels_do_not_mix() -> None:
    gaz = gazetteer()
    assert gaz.codes_of("朝阳区", "city") == ()
    assert gaz.codes_of("吉林市", "city") == ("220200",)
    assert gaz.codes_of("吉林省", "province") == ("220000",)
    assert gaz.codes_of("上海市", "city") == gaz.codes_of("上海市", "province") == ("310000",)


def test_unknown_names_have_no_code() -> None:
    assert gazetteer().codes("从来没有的社区") == ()
    assert "从来没有的社区" not in gazetteer()
    assert gazetteer().codes("") == ()


@pytest.mark.parametrize("row", table("division_aliases"), ids=lambda row: row["old"])
def test_aliases_lead_to_the_table(row: dict[str, str]) -> None:
    gaz = gazetteer()
    assert gaz.codes(row["old"]) == gaz.codes(row["now"]) != ()
    assert 1949 <= int(row["since"]) <= 2024


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("内蒙古自治区", "内蒙古"), ("新疆维吾尔自治区", "新疆"), ("凉山彝族自治州", "凉山"),
        ("香港特别行政区", "香港"),
        ("碑林区", "碑林"), ("浦东新区", "浦东"),
        ("忠县", "忠县"), ("三都水族自治县", "三都"),
    ],
)  # fmt: skip
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_stems_nest() -> None:
    assert stem("140213066").startswith(stem("140213"))
    assert stem("140213").startswith(stem("140200"))
    assert stem("140200").startswith(stem("140000"))


@pytest.mark.parametrize(
    ("printed", "common"),
    [
        ("三学街社区居民委员会", "三学街社区"), ("银闸社区居委会", "银闸社区"), ("高井村委会", "高井村"),
        ("牌坊村村民委员会", "牌坊村"), ("白沟村（一分场）", "白沟村"), ("工业园区管理委员会", "工业园区管理委员会"),
    ],
)  # fmt: skip
def test_common_names(printed: str, common: str) -> None:
    assert common_name(printed) == common


def test_the_file_is_small() -> None:
    assert (FOLDER / f"divisions-{LATEST}.trie").stat().st_size < LARGEST
