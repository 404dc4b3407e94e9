"""What part a count plays: who took part, who was served, what was handed out, cleared, found … or None.

The roles, their words and their examples live in `lexicons/count_roles.toml`, in the order in which they are tried.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from extract import lexicon
from extract.any_word import any_word
from extract.measures import measure_reader
from schemas.annotations import Count, CountRole

FIGURE = re.compile(r"[\d一二三四五六七八九十两百千万]")
PEOPLE = ("人", "名", "位", "户", "人次", "户次", "口", "家庭")
ROLE_OF_KIND: Mapping[str, CountRole] = MappingProxyType({"money": "money", "age": "age"})
"""Kinds of units that tell the role by themselves."""
CLAUSE = re.compile(r"[，,。；;：:！!？?\n（(“]")
CLAUSES = re.compile(rf".*{CLAUSE.pattern}", re.DOTALL)
"""All up to the last sign that ends a clause."""
ROW = re.compile(r"[、，,和及]?(?:以及)?")
REACH = 8
"""Characters behind a count in which a verb may tell its role: 50名志愿者|参加."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The words of the lexicon: each with the roles it may give, in the order of precedence.

    `objects`: what an object of a role may end in, by its last character, with the role.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    said_before: Mapping[str, tuple[CountRole, ...]]
    said_behind: Mapping[str, tuple[CountRole, ...]]
    objects: Mapping[str, tuple[tuple[CountRole, str], ...]]
    people: Mapping[CountRole, bool | None]
    units: Mapping[CountRole, tuple[str, ...]]

    def takes(self, role: CountRole, unit: str) -> bool:
        """Whether the role is one of such a unit."""
        if role not in self.people:
            return False
        people = self.people[role]
        if self.units[role] and unit not in self.units[role]:
            return False
        return people is None or people is (unit in PEOPLE)

    def named(self, object_: str, unit: str) -> CountRole | None:
        """The role that what is counted tells by its name."""
        for part, ending in self.objects.get(object_[-1:], ()):
            if object_.endswith(ending) and self.takes(part, unit):
                return part
        return None


@cache
def roles() -> Roles:
    """The project's lexicon, read once."""
    data = cast(Mapping[CountRole, Mapping[str, Any]], lexicon.rules("count_roles"))

    def words(key: str) -> Mapping[str, tuple[CountRole, ...]]:
        found: dict[str, tuple[CountRole, ...]] = {}
        for role, entry in data.items():
            for word in entry.get(key, ()):
                found[word] = (*found.get(word, ()), role)
        return MappingProxyType(found)

    objects: dict[str, list[tuple[CountRole, str]]] = {}
    for part, entry in data.items():
        for ending in entry["objects"]:
            objects.setdefault(ending[-1], []).append((part, ending))
    before, behind = words("before"), words("behind")
    return Roles(
        before=re.compile(any_word(before)),
        behind=re.compile(any_word(behind)),
        said_before=before,
        said_behind=behind,
        objects=MappingProxyType({last: tuple(endings) for last, endings in objects.items()}),
        people=MappingProxyType({role: entry.get("people") for role, entry in data.items()}),
        units=MappingProxyType({role: tuple(entry.get("units", ())) for role, entry in data.items()}),
    )


def role(text: str, start: int, end: int, unit: str, object_: str, last: Count | None = None) -> CountRole | None:
    """The role of the count that stands at [start, end), or None where nothing tells; `last` is the count before it.

    One in a row (大米50箱、食用油200桶) has that of the one before.

    >>> text = "发放宣传资料200余份"  # over 200 leaflets handed out
    >>> role(text, 0, len(text), "份", "宣传资料")
    'materials'
    """
    part = _told(text, start, end, unit, object_)
    if part is None and last is not None and last.role and roles().takes(last.role, unit):
        part = last.role if ROW.fullmatch(text, last.end, max(last.end, start)) else None
    return part


def _told(text: str, start: int, end: int, unit: str, object_: str) -> CountRole | None:
    """The role by the unit, the words of the clause and what is counted."""
    if unit in ("%", "‰"):
        return "rate"
    kind = measure_reader().kind(unit)
    if kind in ROLE_OF_KIND:
        return ROLE_OF_KIND[kind]
    known = roles()
    found = _before(text, start, end, unit, object_, known)
    if found is None or found == "served":
        said = _behind(text, end, unit, known) if unit in PEOPLE else None
        named = known.named(object_, unit)
        if found is None:
            found = said or named or _behind(text, end, unit, known)
        elif said == named == "participants":
            found = said
    if found is None and kind == "event" and unit in known.units["events"]:
        found = "events"
    return found


def _before(text: str, start: int, end: int, unit: str, object_: str, known: Roles) -> CountRole | None:
    """The role by the last such word of the clause in front of the number, or inside the count before its object."""
    first = max(0, start - 40)
    clause = CLAUSES.match(text, first, start)
    figure = FIGURE.search(text, start, end)
    stop = figure.start() if figure else start
    within = text.find(object_, start, end) if object_ else -1
    if 0 <= within < stop and object_ not in known.said_before:
        stop = within
    last = None
    for found in known.before.finditer(text, clause.end() if clause else first, stop):
        single = len(found.group()) == 1 and found.end() == start
        if single and object_ not in text[start + 1 : end]:
            continue  # 人数|为|42名 serves nobody
        for fitting in known.said_before[found.group()]:
            if known.takes(fitting, unit):
                last = fitting
                break
    return last


def _behind(text: str, end: int, unit: str, known: Roles) -> CountRole | None:
    """The role by the first such word behind the count, in the same clause."""
    stop = CLAUSE.search(text, end, end + REACH)
    for found in known.behind.finditer(text, end, min(stop.start() if stop else end + REACH, len(text))):
        for fitting in known.said_behind[found.group()]:
            if known.takes(fitting, unit):
                return fitting
    return None
