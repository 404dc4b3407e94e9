"""What part a count plays: who took part, who was served, what was handed out, cleared, found … or None.

The roles, their words and their examples live in `lexicons/count_roles.toml`, in the order in which they are tried.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import cast

from extract import lexicon
from extract.measures import measure_reader
from extract.moments import one_of
from schemas.annotations import Count, CountRole

FIGURE = re.compile(r"[\d一二三四五六七八九十两百千万]")
PEOPLE = ("人", "名", "位", "户", "人次", "户次", "口", "家庭")
CLAUSE = re.compile(r"[，,。；;：:！!？?\n（(“]")
ROW = re.compile(r"[、，,和及]?(?:以及)?")
REACH = 8
"""Characters behind a count in which a verb may tell its role: 50名志愿者|参加."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The words of the lexicon: each with the roles it may give, in the order of precedence."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    said_before: Mapping[str, tuple[str, ...]]
    said_behind: Mapping[str, tuple[str, ...]]
    objects: tuple[tuple[str, tuple[str, ...]], ...]
    people: Mapping[str, bool | None]
    units: Mapping[str, tuple[str, ...]]

    def takes(self, role: str, count: Count) -> bool:
        """Whether the role is one of such a unit."""
        if role not in self.people:
            return False
        people = self.people[role]
        if self.units[role] and count.unit not in self.units[role]:
            return False
        return people is None or people is (count.unit in PEOPLE)


@cache
def roles() -> Roles:
    """The project's lexicon, read once."""
    data = lexicon.rules("count_roles")

    def words(key: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for role, entry in data.items():
            for word in entry.get(key, ()):
                found[word] = (*found.get(word, ()), role)
        return MappingProxyType(found)

    before, behind = words("before"), words("behind")
    return Roles(
        before=re.compile(one_of(before)),
        behind=re.compile(one_of(behind)),
        said_before=before,
        said_behind=behind,
        objects=tuple((role, tuple(entry["objects"])) for role, entry in data.items()),
        people=MappingProxyType({role: entry.get("people") for role, entry in data.items()}),
        units=MappingProxyType({role: tuple(entry.get("units", ())) for role, entry in data.items()}),
    )


def with_roles(text: str, counts: Sequence[Count]) -> list[Count]:
    """The counts with their roles, in order; one in a row (大米50箱、食用油200桶) has that of the one before."""
    found: list[Count] = []
    for count in counts:
        part = role(text, count)
        last = found[-1] if found else None
        row = last is not None and ROW.fullmatch(text, last.end, max(last.end, count.start))
        if part is None and row and last is not None and last.role:
            part = last.role if roles().takes(last.role, count) else None
        found.append(replace(count, role=part))
    return found


def role(text: str, count: Count) -> CountRole | None:
    """The role of one count, from its unit, the words of its clause and what it counts; None where nothing tells.

    >>> text = "发放宣传资料200余份"  # over 200 leaflets handed out
    >>> role(text, Count("c1", text, 0, len(text), 200, None, "份", "宣传资料", "over"))
    'materials'
    """
    if count.unit in ("%", "‰"):
        return "rate"
    kind = measure_reader().kind(count.unit)
    if kind in ("money", "age"):
        return cast(CountRole, kind)
    known = roles()
    said = _behind(text, count, known) if count.unit in PEOPLE else None
    named = next((r for r, ends in known.objects if count.object.endswith(ends) and known.takes(r, count)), None)
    found = _before(text, count, known) or said or named or _behind(text, count, known)
    if found is None and kind == "event" and count.unit in known.units["events"]:
        found = "events"
    if found == "served" and said == "participants" and named == "participants":
        found = said
    return cast("CountRole | None", found)


def _before(text: str, count: Count, known: Roles) -> str | None:
    """The role by the last such word of the clause in front of the number, or inside the count before its object."""
    first = max(0, count.start - 40)
    floor = max((m.end() for m in CLAUSE.finditer(text, first, count.start)), default=first)
    figure = FIGURE.search(count.text)
    end = count.start + (figure.start() if figure else 0)
    within = count.text.find(count.object) if count.object else -1
    if 0 <= within < end - count.start and count.object not in known.said_before:
        end = count.start + within
    last = None
    for found in known.before.finditer(text, floor, end):
        single = len(found.group()) == 1 and found.end() == count.start
        if single and count.object not in count.text[1:]:
            continue  # 人数|为|42名 serves nobody
        fitting = next((r for r in known.said_before[found.group()] if known.takes(r, count)), None)
        last = fitting or last
    return last


def _behind(text: str, count: Count, known: Roles) -> str | None:
    """The role by the first such word behind the count, in the same clause."""
    stop = CLAUSE.search(text, count.end, count.end + REACH)
    for found in known.behind.finditer(text, count.end, min(stop.start() if stop else count.end + REACH, len(text))):
        for fitting in known.said_behind[found.group()]:
            if known.takes(fitting, count):
                return fitting
    return None
