"""Provinces, cities and districts: names from the gazetteer, and development zones, which no table keeps up with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from extract.any_word import any_word
from extract.endings import Endings
from extract.gazetteer import Gazetteer, any_inside, level
from extract.lexicon import rules, table
from extract.name_words import STOPS, edge_words
from extract.tokens import Words
from schemas.annotations import EntityType, Mention

END = re.compile("[省市区县旗州盟岛]")
UNIT = re.compile("社区(?!工作|党)|小区|街道|家属院|村(?!民)")
BELOW = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:街道|社区|[镇乡村])")
LOWER = ("路", "街", "巷", "镇", "乡", "村")
GOES_ON = frozenset("民容场值井面貌间域块划别花长")
"""After 市, 区, 县 they make another word, unless the segmenter says that a word begins there: 市|民政局."""
GENERIC = frozenset(rules("zones")["everyday_districts"])
"""District names that are everyday words: names only behind their city."""


def upper_divisions(words: Words, gaz: Gazetteer) -> tuple[Mention, ...]:
    """Mentions of provinces, cities and districts by full name, left to right, none inside another.

    A zone ("高新区") is a district; its name takes the city's short form if printed ("成都高新区").
    """
    in_table, zones = tuple(_from_gazetteer(words, gaz)), tuple(_zones(words, gaz))
    if not zones:
        return in_table
    found: list[Mention] = []
    for mention in sorted((*in_table, *zones), key=lambda m: (m.start, -m.end)):
        if found and mention.start < found[-1].end:
            if mention.end - mention.start <= found[-1].end - found[-1].start:
                continue
            found.pop()
        found.append(mention)
    return tuple(found)


def _from_gazetteer(words: Words, gaz: Gazetteer) -> Iterator[Mention]:
    text, last, known = words.text, -1, _known(gaz)
    above: EntityType | None = None  # what ends at `last`
    for match in END.finditer(text):
        end = match.end()
        for start in known.starts(text, end, max(last, 0)):
            name = text[start:end]
            codes = gaz.upper_codes(name)
            kind = _type(codes, name) if codes else _without_code(text, start, name)
            if kind is None or not _begins_here(words, start, end, last):
                continue
            doubtful = end < len(text) and text[end] in GOES_ON and not words.begins(end)
            if (doubtful or (name in GENERIC and start != last)) and not _goes_on_below(text, end, codes, gaz):
                continue
            if above == "district" and start == last and (UNIT.match(text, end) or text[end : end + 1] in LOWER):
                continue  # 平湖区矿区|街道: a street behind a district is no second district
            above = kind
            yield Mention(start, end, above, name)
            last = end
            break


def _goes_on_below(text: str, end: int, codes: Sequence[str], gaz: Gazetteer) -> bool:
    """Whether a street or community of the division follows.

    东区|瓜子坪街道; 惠济区|长兴路街道, though 区长 is a word.
    """
    below = BELOW.match(text, end)
    return below is not None and any_inside(gaz.numbers(below.group()), map(gaz.region, codes))


def _without_code(text: str, start: int, name: str) -> EntityType | None:
    """The type of a division of Taiwan, Hong Kong or Macau, None of any other name."""
    row = _beyond_the_table().get(name)
    if row is None or (row["behind"] and not text.endswith(tuple(row["in"].split()), 0, start)):
        return None
    return "city" if row["type"] == "city" else "district"


@lru_cache(maxsize=4)
def _known(gaz: Gazetteer) -> Endings:
    """Every name that a division may bear, with a code or without."""
    return Endings(gaz.upper_names | _beyond_the_table().keys())


@cache
def _beyond_the_table() -> Mapping[str, Mapping[str, str]]:
    return {row["name"]: row for row in table("divisions_without_codes")}


def _begins_here(words: Words, start: int, end: int, last: int) -> bool:
    """A short name must not be cut out of words: 上海市 of 海上海市场. Long ones and chains speak for themselves."""
    if start == last or end - start > 3:
        return True
    if end - start == 2 and not (start == 0 or words.text[start - 1] in STOPS):
        before = words.words[words.at(start - 1)]
        return words.begins(start) and edge_words().get(before, ("", False))[1]
    if words.begins(start):
        before = words.words[words.at(start - 1)] if start else "。"
        alone = before[-1] in STOPS or before in edge_words()
        return alone or not UNIT.match(words.text, end)  # 车站|路南区社区
    return words.text[start - 1] in "在到从往对向和与及由的是至将让为、"


def _type(codes: Sequence[str], name: str) -> EntityType:
    kinds = {level(code) for code in codes}
    if "province" in kinds:
        return "province"
    if kinds & {"city", "either"} and name.endswith(("市", "州", "盟", "地区")):
        return "city"
    return "district"


def _zones(words: Words, gaz: Gazetteer) -> Iterator[Mention]:
    text = words.text
    for match in _zone_pattern().finditer(text):
        start, end = match.span()
        city = next((n for n in (4, 3, 2) if start >= n and _short(text[start - n : start], gaz, words, start - n)), 0)
        if UNIT.match(text, end):
            continue  # 金川新区社区 is a community
        if city or match.group() in _zone_names():
            yield Mention(start - city, end, "district", text[start - city : end])


def _short(short: str, gaz: Gazetteer, words: Words, start: int) -> bool:
    return bool(gaz.full_names(short)) and words.begins(start)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(rules("zones")["named_alone"])


@cache
def _zone_pattern() -> re.Pattern[str]:
    data = rules("zones")
    return re.compile(any_word((*data["named_alone"], *data["behind_a_city"])))
