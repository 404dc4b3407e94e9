"""What a place has one of and that bears its name: 绵阳市|博物馆, 长春市|工人|文化宫, 杨柳村|文化礼堂."""

import re

from extract.left_edge import Ends
from extract.name_words import CIVIC
from extract.place_context import BODIES, PLACING
from extract.place_forms import Head
from extract.tokens import Words
from schemas.annotations import Mention

AT_THE_PLACE = re.compile(r"里|内|门前|门口|广场|前|旁|举行|举办|开幕")
COMMON_NOUNS = frozenset(("市场", "广场", "公园", "景区", "商场"))
"""Suffixes that name nothing right behind a division: 平城区|市场."""
POINTING = frozenset(
    (
        "各", "各大", "大型", "小型", "一个", "多个", "附近", "周边", "辖区", "主要", "所有", "部分", "传统", "国内",
    )
)  # fmt: skip
LONGEST_BETWEEN = 4


def venue_of_division(head: Head, ends: Ends, words: Words) -> Mention | None:
    """The venue that `head` ends, if only a generic word or nothing stands between it and a place above."""
    text = words.text
    reach = range(head.start, head.start - LONGEST_BETWEEN - 1, -1)
    end = next((e for e in reach if e in ends and text[e - 1] in "市区县旗州镇乡村"), None)
    if end is None or not head.strong or head.suffix in BODIES:
        return None
    between = text[end : head.start]
    if "的" in between:
        return None  # 甲县的|文化礼堂: some hall or other of the county
    told = between in CIVIC or (head.generic.holds(between) and between not in POINTING)
    if between and not (told and words.begins(end)):
        return None
    if not between and head.suffix in COMMON_NOUNS:
        return None
    start = ends[end]
    before = words.words[words.at(start - 1)] if start else ""
    if head.suffix.endswith(("馆", "院")) and before not in PLACING and not AT_THE_PLACE.match(text, head.end):
        return None
    return Mention(end, head.end, "venue", text[start : head.end])
