"""What speaks against an article: signs, told by the article and its page alone, that it was cut or read wrongly.

Each has points, which say how often such an article had to be corrected compared with others, and a cap on how often it
counts. `DOUBTS` is the whole list; the page tells the editor each one's name in words.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from schemas.layout import HEADLINE_ROLES, Block, Leftover, Range
from schemas.record import ArticleRecord

SHORT = 30
"""Characters below which an article is hardly one."""
LONG = 3000
"""Characters above which it may be two."""
SIZEABLE = {"unassigned": 8}
"""Characters from which a leftover may belong to an article, by its reason; what is known as furniture is so mostly."""
FURNITURE = 60
FAR = 100
"""Printed characters of other articles between two blocks that are read as following each other."""
SENTENCE = 12
"""Characters of a paragraph that should end as a sentence ends."""
CREDIT = re.compile(r"[摄图文供]|记者|通讯员|报道|编辑")
"""What stands behind the last sentence where that is who wrote it or took the picture."""
CLOSED = "”’》）)】〕 \u3000\n"
ENDS = tuple("。！？!?…；：—")
CONTINUES = tuple("，、。；：！？）》】”’,;:!?)")
DATELINE = re.compile(r"本报讯|本刊讯|本台讯|\w{2,8}讯\s*[（(](?:[^（()）]{0,4})(?:记者|通讯员)")
UNSURE_TYPES = frozenset(("other",))
LIES_IN = frozenset(("street", "community", "estate"))
"""Places that lie in one that the article usually tells as well."""
COUNTS_ALONE = frozenset(("money", "rate", "age"))
"""Roles of figures that need no object."""


@dataclass(frozen=True)
class Seen:
    """An article with the rest of its page: the leftovers, and in order what other articles take of it between its own
    parts and next to them."""

    record: ArticleRecord
    page: str
    leftovers: Sequence[Leftover]
    others: Sequence[Range]

    @cached_property
    def body(self) -> list[Block]:
        """The paragraphs and crossheads."""
        return [block for block in self.record.article.blocks if block.role in ("paragraph", "crosshead")]

    def paragraphs(self) -> list[str]:
        """The words of the paragraphs."""
        return [self.record.article.quote(block) for block in self.body if block.role == "paragraph"]

    def between(self, start: int, end: int) -> int:
        """Printed characters of other articles on the page's stretch [start, end)."""
        at = max(bisect_right(self.others, (start, start)) - 1, 0)
        taken = 0
        for first, last in self.others[at:]:
            if first >= end:
                break
            taken += max(min(last, end) - max(first, start), 0)
        return taken


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sign: `points` each time, at most `most` times. `times` says how often an article has it."""

    name: str
    points: int
    most: int
    times: Callable[[Seen], int]


def _without_headline(seen: Seen) -> int:
    record = seen.record
    return int(record.article.kind == "article" and not any(b.role in HEADLINE_ROLES for b in record.article.blocks))


def _begins_midway(seen: Seen) -> int:
    first = next(iter(seen.paragraphs()), "")
    return int(first.startswith(CONTINUES))


def _ends_midway(seen: Seen) -> int:
    last = next(reversed(seen.paragraphs()), "").rstrip()
    behind = last[max(last.rfind(sign) for sign in ENDS) + 1 :].strip(CLOSED)
    return int(len(last) >= SENTENCE and bool(behind) and not CREDIT.search(behind[-SENTENCE:]))


def _torn(seen: Seen) -> int:
    return sum(block.incomplete for block in seen.record.article.blocks)


def _datelines(seen: Seen) -> int:
    return max(len(DATELINE.findall(seen.record.article.text)) - 1, 0)


def _far_apart(seen: Seen) -> int:
    blocks = seen.body
    gaps = ((one.source[-1][1], two.source[0][0]) for one, two in pairwise(blocks))
    return sum(seen.between(min(gap), max(gap)) >= FAR for gap in gaps)


def _leftovers(seen: Seen) -> int:
    """Sizeable leftovers within the article, or next to it."""
    ranges = [each for block in seen.record.article.blocks for each in block.source]
    first, last = min(ranges)[0], max(end for _, end in ranges)
    edges = [end for _, end in seen.others if end <= first], [start for start, _ in seen.others if start >= last]
    low, high = max(edges[0], default=0), min(edges[1], default=len(seen.page))
    near = (each for each in seen.leftovers if low <= each.start and each.end <= high)
    return sum(each.end - each.start >= SIZEABLE.get(each.reason, FURNITURE) for each in near)


def _undecided(seen: Seen) -> int:
    days = {each.id: each.value for each in seen.record.dates}
    return sum(each.date is not None and days[each.date] is None for each in seen.record.activities)


def _unplaced(seen: Seen) -> int:
    placed: dict[str, list[bool]] = defaultdict(list)
    for each in seen.record.entities:
        if each.type in LIES_IN and each.mentions:
            placed[each.type].append(bool(each.parent or each.code))
    return sum(known.count(False) for known in placed.values() if any(known))


def _two_types(seen: Seen) -> int:
    types: dict[str, set[str]] = defaultdict(set)
    for each in seen.record.entities:
        types[each.name].add(each.type)
    return sum(len(each) > 1 for each in types.values())


def _of_unknown_type(seen: Seen) -> int:
    return sum(each.type in UNSURE_TYPES for each in seen.record.activities)


DOUBTS: tuple[Doubt, ...] = (
    # how it was cut
    Doubt("headline", 6, 1, _without_headline),
    Doubt("begins", 6, 1, _begins_midway),
    Doubt("ends", 4, 1, _ends_midway),
    Doubt("torn", 3, 3, _torn),
    Doubt("datelines", 8, 2, _datelines),
    Doubt("apart", 5, 3, _far_apart),
    Doubt("leftover", 3, 2, _leftovers),
    Doubt(
        "short", 5, 1, lambda seen: int(len(seen.record.article.text) < SHORT and seen.record.article.kind != "photo")
    ),
    Doubt("long", 3, 1, lambda seen: int(len(seen.record.article.text) > LONG)),
    # what was read from it
    Doubt("two_types", 4, 3, _two_types),
    Doubt("unplaced", 2, 3, _unplaced),
    Doubt("no_place", 2, 2, lambda seen: sum(not each.places for each in seen.record.activities)),
    Doubt("no_organizer", 2, 2, lambda seen: sum(not each.organizers for each in seen.record.activities)),
    Doubt("undecided", 1, 3, _undecided),
    Doubt("no_object", 1, 3, lambda seen: sum(not c.object and c.role not in COUNTS_ALONE for c in seen.record.counts)),
    Doubt("disagrees", 3, 2, lambda seen: sum(bool(c.check and not c.check.agrees) for c in seen.record.counts)),
    Doubt("other_type", 1, 2, _of_unknown_type),
)
"""All signs, those of the cut before those of the reading; in this order they are shown."""


def doubts(seen: Seen) -> tuple[int, dict[str, int]]:
    """The points of an article, and how often it has each sign that it has."""
    found = {each.name: times for each in DOUBTS if (times := each.times(seen))}
    return sum(each.points * min(found.get(each.name, 0), each.most) for each in DOUBTS), found
