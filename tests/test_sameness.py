"""What is told twice is known to be one, and what merely looks alike is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive.sameness import Told, same, same_activities
from corpus.archive.sketches import ALIKE, SHORTEST, alike, near_pairs, sketch

CLINIC = Told(
    1, 1, 1, "health", "“把脉暖人心”义诊活动", frozenset({7}), frozenset({"东门社区"}), "2024-03-02", "2024-03-02",
    "2024-03-03", frozenset({("名 老人", 86.0), ("份 手册", 120.0)}), None,
)  # fmt: skip
OTHER = replace(CLINIC, key=2, article=2, rank=2)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (OTHER, "one name, place and time"),
        (
            replace(OTHER, name="“把脉暖人心”义诊", first=None, last=None, issue="2024-03-05"),
            "one name, place and time",
        ),
        (replace(OTHER, name="请来医生为老人量血压"), "the same figures, place and time"),
        (
            replace(OTHER, name="义诊活动", counts=frozenset([("名 老人", 86.0)])),
            "like names, a figure, place and time",
        ),
        (replace(OTHER, article=1), None),
        (replace(OTHER, type="care"), None),
        (replace(OTHER, first="2024-03-09", last="2024-03-09"), None),
        (replace(OTHER, where=frozenset({8})), None),
        (replace(OTHER, where=frozenset(), who=frozenset({"西门社区"})), None),
        (replace(OTHER, first=None, last=None, issue="2024-04-20"), None),
        (replace(OTHER, first=None, last=None, issue=None), None),
        (replace(OTHER, name="请来医生", counts=frozenset({("名 老人", 60.0), ("份 手册", 120.0)})), None),
        (replace(OTHER, name="清扫楼道"), "the same figures, place and time"),
        (replace(OTHER, name="清扫楼道", counts=frozenset()), None),
    ],
)
def test_pairs(other: Told, reason: str | None) -> None:
    assert same(CLINIC, other) == reason
    assert same(other, CLINIC) == reason


def test_a_reprint_s_activities_are_one_by_their_names() -> None:
    reprint = replace(OTHER, where=frozenset(), who=frozenset(), first=None, last=None, issue=None, text_group=5)
    assert same(replace(CLINIC, text_group=5), reprint) == "the same text"
    assert same(replace(CLINIC, text_group=5), replace(reprint, name="楼道换灯")) is None


def test_three_accounts_are_one_group_led_by_the_first() -> None:
    third = replace(CLINIC, key=3, article=3, rank=0)
    [group] = same_activities([OTHER, CLINIC, third])
    assert group.members == (3, 1, 2)
    assert set(group.reasons) == {1, 2, 3}


def test_two_activities_of_one_article_stay_two() -> None:
    twin = replace(CLINIC, key=9)  # told by the same article as CLINIC
    [group] = same_activities([CLINIC, twin, OTHER])
    assert len(group.members) == 2, "one of the twins is the other paper's, the other stays by itself"


NOTE = "近日，社区请来医生为居民义诊，量血压、测血糖，讲解冬季用药常识，送出健康手册，居民连声说好。"


def test_nearly_the_same_texts_meet_and_others_do_not() -> None:
    edited = NOTE.replace("近日", "日前").replace("连声说好", "都说方便")
    other = "昨天夜里大雪，环卫工人连夜上街清扫，天亮时主要路口都已通行，早高峰没有发生拥堵，市民点赞。"
    sketches = [(key, made) for key, text in enumerate((NOTE, edited, other)) if (made := sketch(text))]
    assert list(near_pairs(sketches)) == [(0, 1)]
    assert alike(sketches[0][1], sketches[1][1]) >= ALIKE > alike(sketches[0][1], sketches[2][1])


def test_a_short_text_has_no_sketch() -> None:
    assert sketch("社区义诊") is None


@given(st.text("社区志愿者清扫街道0123，。 \n", max_size=120))
def test_a_text_is_like_itself_whatever_its_white_space(text: str) -> None:
    made = sketch(text)
    assert made == sketch(" ".join(text))
    assert (made is None) == (len("".join(text.split())) < SHORTEST)
