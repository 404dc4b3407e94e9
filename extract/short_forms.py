"""Words that stand for a place named in full elsewhere in the article: 该社区, 柏树林; and 四川 for 四川省."""

import re
from collections.abc import Iterator, Sequence

from extract.gazetteer import Gazetteer
from extract.name_words import NO_EDGE, STOPS, edge_words
from extract.tokens import Words
from schemas.annotations import EntityType, Mention

POINTING = re.compile("该(?P<unit>社区|街道|小区|镇|乡|村|区|县|市|省)(?![民务级长])")
UNITS: dict[str, EntityType] = {
    "社区": "community", "村": "community", "街道": "street", "镇": "street", "乡": "street", "小区": "estate",
    "区": "district", "县": "district", "市": "city", "省": "province",
}  # fmt: skip
SUFFIX = re.compile("(街道|社区|嘎查|苏木|[镇乡村])$")
LEAST_CORE = 3
ENDS_SHORT_NAME = frozenset("的人籍等、和与，。；）)及")


def short_forms(words: Words, named: Sequence[Mention], gaz: Gazetteer) -> tuple[Mention, ...]:
    """Mentions by a short form, outside of `named`; their basis is inferred, their name the full one."""
    found: list[Mention] = []
    for mention in (*_pointed(words.text, named), *_elided(words, named), *_upper(words, gaz)):
        start, end = mention.start, mention.end
        if not any(m.start < end and start < m.end for m in (*named, *found)):
            found.append(mention)
    return tuple(found)


def _pointed(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """该社区: the last community named before it."""
    for match in POINTING.finditer(text):
        unit = match["unit"]
        before = [m for m in named if m.end <= match.start() and m.name.endswith(unit) and m.type == UNITS[unit]]
        if before:
            yield Mention(match.start(), match.end(), before[-1].type, before[-1].name, "inferred")


def _elided(words: Words, named: Sequence[Mention]) -> Iterator[Mention]:
    """柏树林 for 柏树林街道: cores of three characters or more that stand as whole words."""
    text = words.text
    by_core: dict[str, list[tuple[EntityType, str]]] = {}
    for kind, name in dict.fromkeys((m.type, m.name) for m in named if m.type in ("street", "community")):
        core = SUFFIX.sub("", name)
        if len(core) >= LEAST_CORE:
            by_core.setdefault(core, []).append((kind, name))
    for core, full in by_core.items():
        at = text.find(core) if len(full) == 1 else -1
        while at >= 0:
            end = at + len(core)
            if words.begins(at) and words.begins(end) and not _goes_on(words, end):
                yield Mention(at, end, *full[0], "inferred")
            at = text.find(core, end)


def _goes_on(words: Words, end: int) -> bool:
    """Whether a noun follows, so that the core is part of another name: 永安里|小学."""
    return end < len(words.text) and words.text[end] not in STOPS and words.tags[words.at(end)].startswith("n")


def _upper(words: Words, gaz: Gazetteer) -> Iterator[Mention]:
    """来自四川达州的: provinces and cities by their short names, where a word before and after them proves it."""
    count, open_at = len(words.words), -1
    for i in [i for i, tag in enumerate(words.tags) if tag == "ns"]:
        word, start = words.words[i], words.starts[i]
        names = _highest(word, gaz) if 2 <= len(word) <= 4 else ()
        if len(names) != 1 or not (open_at == start or _opens(words, i)):
            continue
        after = words.words[i + 1] if i + 1 < count else "。"
        chained = i + 1 < count and words.tags[i + 1] == "ns" and bool(gaz.full_names(after) or gaz.numbers(after))
        if not chained and after[0] not in ENDS_SHORT_NAME and after[0] not in STOPS:
            continue
        open_at = words.starts[i + 1]
        if codes := gaz.codes(names[0]):  # 市辖区 has none
            yield Mention(start, open_at, _kind(codes[0]), names[0], "inferred")


def _highest(short: str, gaz: Gazetteer) -> Sequence[str]:
    """河南 is the province, not 河南蒙古族自治县."""
    names = gaz.full_names(short)
    if len(names) < 2:
        return names
    return [n for n in names if any(code.endswith("0000") for code in gaz.upper_codes(n))] or names


def _kind(code: str) -> EntityType:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def _opens(words: Words, i: int) -> bool:
    if i == 0:
        return False
    before = words.words[i - 1]
    kind, _ = edge_words().get(before, NO_EDGE)
    return kind == "preposition" or before in ("来自", "前往", "回到", "来到", "抵达", "赴", "到", "去", "奔赴")
