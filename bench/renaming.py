"""Other names and numbers for a page, of equal length, so that its annotation still holds to the character.

Every place, person, organization and counted number that the annotation names gets one replacement a page, wherever it
stands: 平城区, 平城 in 新华公安分局 and the elided 永泰 in "永泰、开明街道" alike. What makes a name one of its kind
stays: suffix, direction, number, title. Places come from the divisions of another province, drawn anew for every page
and seed.
"""

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jieba  # type: ignore[import-untyped]
import marisa_trie  # type: ignore[import-not-found]

from extract.gazetteer import FOLDER, LATEST, Gazetteer, gazetteer, short_name
from extract.lexicon import table, words
from schemas.annotations import DIVISIONS, PLACE_TYPES

LEVELS = (*PLACE_TYPES, "organization")
UPPER = DIVISIONS[:3]
TRIES = 300
LIST = "、和及与等两三四五六七八九十"
COMMON = 50  # occurrences in jieba's corpus from which a word of the language is no mere name
PROPER = ("nr", "ns", "nt", "nz")
CHINESE = "〇零一二两三四五六七八九十百千万亿"
NUMERAL = re.compile(rf"(?P<figure>\d+(?:\.\d+)?|[{CHINESE}]+)(?=(?P<next>.))", re.DOTALL)
NO_COUNT = set("月日年号点时期届")

Names = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Stems by kind, length and suffix ("community 2 社区"), then by the two digits of their province."""


@dataclass(slots=True)
class Renaming:
    """One page's replacements: what stands for what, and where it counts."""

    stems: dict[str, str] = field(default_factory=dict)
    tails: dict[str, set[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # figure and the character behind it
    matcher: re.Pattern[str] = re.compile("(?!)")

    def seal(self) -> None:
        """Make the matcher, the longest first; a name that is also a word counts only with its suffix or in a list."""
        forms = {name: r"[ \u3000]?".join(map(re.escape, name)) for name in self.people}
        for stem in self.stems:
            ends = "|".join(map(re.escape, sorted(self.tails[stem] | set(LIST), key=len, reverse=True)))
            forms[stem] = f"{re.escape(stem)}(?={ends})" if common(stem) else re.escape(stem)
        for key in self.numbers:
            forms[key] = rf"(?<![\d.{CHINESE}]){re.escape(key[:-1])}(?={re.escape(key[-1])})"
        ordered = sorted(forms, key=lambda name: (-len(name), name))
        self.matcher = re.compile("|".join(forms[name] for name in ordered) or "(?!)")

    def changes(self, text: str) -> dict[int, str]:
        """Position and new character for everything in `text` that is replaced."""
        found: dict[int, str] = {}
        for match in self.matcher.finditer(text):
            old = match.group()
            bare = re.sub(r"\s", "", old)
            key = bare + text[match.end() : match.end() + 1]
            new = self.people.get(bare) or self.stems.get(bare) or self.numbers[key]
            at = (i for i, character in enumerate(old, match.start()) if not character.isspace())
            found.update(zip(at, new, strict=True))
        return found

    def __call__(self, text: str) -> str:
        """`text` with the replacements, as long as before."""
        characters = list(text)
        for at, character in self.changes(text).items():
            characters[at] = character
        return "".join(characters)


def renaming(page: str, gold: Mapping[str, Any], seed: int) -> Renaming:
    """What is replaced by what on `page`; the same for the same seed."""
    chance = random.Random(f"{gold['page']} {seed}")
    new = Renaming()
    entities = [e for a in gold["articles"] for e in a.get("entities", [])]
    credited = [b["name"] for a in gold["articles"] for b in a.get("bylines", [])]
    places = sorted((e for e in entities if e["type"] in LEVELS), key=lambda e: LEVELS.index(e["type"]))
    province = chance.choice([code for code in provinces() if not _at_home(code, places)])
    for place in places:
        name = re.sub(r"\W", "", place["name"])
        stem = _stem(place["type"], name, new.stems)
        if not stem or (place["type"] == "organization" and f"“{stem}" in page):
            continue
        new.tails.setdefault(stem, set()).add(name.partition(stem)[2][:1] or "\n")
        if stem not in new.stems:
            seen = "\n".join((page, *new.stems.values()))
            new.stems[stem] = _draw(place["type"], name, stem, province, chance, seen)
    surnames: dict[str, str] = {}
    for name in sorted({e["name"] for e in entities if e["type"] == "person"} | set(credited)):
        if "·" not in name and 2 <= len(name) <= 4:
            new.people[name] = _person(name, surnames, chance)
    # who was named in full is called by surname and title later
    later = {old + t: other + t for old, other in surnames.items() for t in words("courtesy_titles")}
    new.people |= {name: other for name, other in later.items() if name in page and name not in new.people}
    new.numbers = _numbers(gold, chance)
    new.seal()
    return new


def _at_home(province: str, places: Iterable[Mapping[str, Any]]) -> bool:
    named = {code[:2] for p in places if p["type"] in UPPER for code in gazetteer().codes(p["name"])}
    return province in named


def _stem(kind: str, name: str, known: Mapping[str, str]) -> str:
    """The part of a name that is only its own; "" where nothing is (共享厨房, a shared kitchen)."""
    if kind in UPPER:
        return "" if "族" in name else short_name(name)
    for stem in known:
        if stem in name:
            return stem  # 民主路社区 after 民主路北社区, and bodies of both
    stem = plain(name)
    if kind in ("venue", "organization"):
        return "" if any(common(stem[i : i + 2]) for i in range(max(1, len(stem) - 1))) or len(stem) > 4 else stem
    return stem[:2] if stem == name and len(stem) > 3 else stem  # 枫林逸景 stays an estate by its end


@cache
def _tails() -> frozenset[str]:
    """What a name's end says about its kind, and directions and numbers before that."""
    ends = {row["suffix"] for row in table("place_suffixes")} | set(words("organization_suffixes"))
    return frozenset(ends | {"街道", "区", "院", "组", "号", "第", *"东西南北中", *CHINESE, *"0123456789"})


def plain(name: str) -> str:
    """A place's name without what says its kind: 民主路北社区 (a community north of Democracy Road) is 民主."""
    least = min(2, len(name) - 1)
    while len(name) > least:
        cut = next((at for at in range(least, len(name)) if name[at:] in _tails()), len(name))
        if cut == len(name):
            break
        name = name[:cut]
    return name


@cache
def common(word: str) -> bool:
    """Whether a stem is a word of the language as well."""
    return word in _common_words() or len(word) == 1


@cache
def _common_words() -> frozenset[str]:
    with jieba.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return frozenset(w for w, n, tag in rows if int(n) >= COMMON and tag not in PROPER and len(w) > 1)


@cache
def provinces() -> tuple[str, ...]:
    """The provinces' two digits, but for those without prefectures and most divisions (municipalities, overseas)."""
    divisions = gazetteer()
    codes = (f"{n}0000" for n in range(13, 66))
    return tuple(c[:2] for c in codes if divisions.name(c) and c[:2] not in ("31", "50"))


@cache
def names() -> Names:
    """Stems of the whole country's divisions."""
    trie = marisa_trie.RecordTrie(">I")
    trie.mmap(str(FOLDER / f"divisions-{LATEST}.trie"))
    found: dict[str, dict[str, dict[str, None]]] = {}
    divisions: Gazetteer = gazetteer()
    for name in sorted(set(trie.keys())):
        end = re.search(r"(省|自治区|街道|社区|[市区县旗镇乡村])$", name)
        stem = name[: end.start()] if end else ""
        upper = end and end.group() in ("省", "自治区", *"市区县旗")
        if (
            not 1 <= len(stem) <= 4
            or (not upper and plain(name) != stem)
            or not re.fullmatch(rf"[^\W{CHINESE}第\da-zA-Z_]+", stem)
        ):
            continue
        if end and stem.endswith("新") and end.group() == "村":
            continue  # 光新村 may be a village or a compound
        for kind in DIVISIONS:
            key = f"{kind} {len(stem)} {end.group() if end else ''}"
            for code in divisions.codes_of(name, kind):
                found.setdefault(key, {}).setdefault(code[:2], {})[stem] = None
    return {kind: {province: tuple(stems) for province, stems in by.items()} for kind, by in found.items()}


def _draw(kind: str, name: str, stem: str, province: str, chance: random.Random, seen: str) -> str:
    """A stem of the same length for the same kind of place, from `province` where it has one, else from elsewhere."""
    end = re.search(r"(省|自治区|街道|社区|[市区县旗镇乡村])$", name)
    free = kind not in DIVISIONS  # whose stems no table has: they are like communities', if no words of the language
    keys = (
        f"{kind} {len(stem)} {end.group() if end else ''}",
        f"community {len(stem)} 社区",
        f"community {len(stem)} 村",
    )
    by = next(names()[key] for key in keys if key in names())
    elsewhere = chance.choice(sorted(by))
    for pool in (by.get(province, ()), by[elsewhere], *by.values()):
        for _ in range(TRIES if pool else 0):
            other = chance.choice(pool)
            if other not in seen and not (free and common(other)):
                return other
    return stem


def _person(name: str, surnames: dict[str, str], chance: random.Random) -> str:
    """Another person: one surname for the old one all over the page, other given characters, the same title."""
    rows = table("surnames")
    compound = {r["surname"] for r in rows if len(r["surname"]) == 2}
    fit = [r["surname"] for r in rows if len(r["surname"]) == 1 and r["strength"] != "rare" and r["word"] != "function"]
    given = [r["character"] for r in table("given_characters") if r["grade"] == "typical"]
    if name[0] in "小老" and len(name) == 2:
        return name[0] + surnames.setdefault(name[1], chance.choice(fit))
    size = 2 if name[:2] in compound and len(name) > 2 else 1
    old, rest = name[:size], name[size:]
    choices = sorted(compound - {old}) if size == 2 else fit
    surname = surnames.setdefault(old, chance.choice(choices))
    titled = (
        rest in words("courtesy_titles")
        or rest[0] in "老大二小"
        or (len(rest) == 1 and len(name) < 3 and rest in "嫂爹伯叔姐哥")
    )
    return surname + (rest if titled else "".join(chance.choice(given) for _ in rest))


def _numbers(gold: Mapping[str, Any], chance: random.Random) -> dict[str, str]:
    """Another figure for each counted one; ranges and figures of several parts stay as they are."""
    new: dict[str, str] = {}
    kept = set()
    for count in (c for a in gold["articles"] for c in a.get("counts", [])):
        figures = [m for m in NUMERAL.finditer(count["text"] + "\n") if m["next"] not in NO_COUNT]
        for m in figures:
            key = m["figure"] + m["next"]
            other = _figure(m["figure"], chance)
            if len(figures) > 1 or "max" in count or other is None or m["next"] == "\n":
                kept.add(key)
            else:
                new.setdefault(key, other)
    return {key: figure for key, figure in new.items() if key not in kept}


def _figure(figure: str, chance: random.Random) -> str | None:
    """A figure of the same form and roundness; None where it has no simple other."""
    if figure[0] in CHINESE:
        digits = [c for c in figure if c in "一二两三四五六七八九"]
        if len(digits) != 1 or digits[0] != figure[0] or digits[0] == "一":
            return None
        return chance.choice([c for c in "三四五六七八九" if c != figure[0]]) + figure[1:]
    zeros = len(figure) - len(figure.rstrip("0"))
    if not figure.strip("0.") or figure[0] == "0":
        return None
    other = "".join(c if c == "." else chance.choice("3456789") for c in figure[: len(figure) - zeros])
    return other + "0" * zeros


def value(old: float, text: str, renamed: str) -> float:
    """The value of a count whose figure was replaced: as much larger as its figure is."""
    for match in NUMERAL.finditer(text + "\n"):
        before, behind = match["figure"], renamed[match.start() : match.end()]
        if before != behind and (behind[0] in CHINESE or behind[0].isdigit()):
            new = round(old * _size(behind) / _size(before), 6)
            return int(new) if new == int(new) else new
    return old


def _size(figure: str) -> float:
    return "一二三四五六七八九".index(figure[0].replace("两", "二")) + 1 if figure[0] in CHINESE else float(figure)
