"""What is told twice: the caption and the article, a reprint, two pages, two papers.

Articles are the same by their text alone. Activities of different articles are the same by who, what, where and when:
one type, a common place or organizer, days that do not contradict each other, and names or figures that agree; those of
two articles of one text by their names. Two that merely could be the same are left apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

NEAR_DAYS = 10
"""Days between the issues of two papers that tell of one activity without a date of its own."""
SAME_NAME = 0.75
"""Share of character pairs (Dice) from which two names are one."""
LIKE_NAME = 0.4
CROWD = 200
"""Activities of one type at one place in reach of each other; more are compared only with their nearest in time."""


@dataclass(frozen=True, slots=True)
class Told:
    """An activity as one article tells it. Days are ISO 8601, None where open; `rank` orders articles."""

    key: int
    article: int
    rank: int
    type: str
    name: str
    where: frozenset[int]  # places, by their ids in the authority file
    who: frozenset[str]  # organizers and partners
    first: str | None
    last: str | None
    issue: str | None
    counts: frozenset[tuple[str, float]]  # unit and object, value
    text_group: int | None  # of articles of nearly the same text


@dataclass(frozen=True, slots=True)
class Group:
    """Things that are one, the first of them as the leader; `reasons` says of each follower what it is known by."""

    members: tuple[int, ...]
    reasons: Mapping[int, str]

    @property
    def leader(self) -> int:
        """The first."""
        return self.members[0]


def same_activities(told: Sequence[Told]) -> list[Group]:
    """The groups of two and more that tell of one activity, in the order of their leaders.

    >>> paper = Told(1, 1, 1, "health", "“把脉”义诊活动", frozenset({7}), frozenset(), "2024-03-02", "2024-03-02",
    ...              "2024-03-03", frozenset(), None)
    >>> other = Told(2, 2, 2, "health", "“把脉”义诊", frozenset({7}), frozenset(), None, None, "2024-03-05",
    ...              frozenset(), None)
    >>> [group.members for group in same_activities([paper, other])]
    [(1, 2)]
    """
    pairs = ((a.key, b.key, reason) for a, b in _candidates(told) if (reason := same(a, b)))
    order = {each.key: (each.rank, each.key) for each in told}
    article = {each.key: each.article for each in told}
    return groups(pairs, order, article)


def same(one: Told, other: Told) -> str | None:
    """What two activities are known to be one by, or None."""
    if one.article == other.article or one.type != other.type or not _times_fit(one, other):
        return None
    alike = dice(one.name, other.name)
    if one.text_group is not None and one.text_group == other.text_group:
        return "the same text" if alike >= SAME_NAME else None
    if not (one.where & other.where or one.who & other.who):
        return None
    if one.where and other.where and not one.where & other.where:
        return None
    if alike >= SAME_NAME:
        return "one name, place and time"
    figures = one.counts & other.counts
    if len(figures) >= 2 and not _contradict(one, other):
        return "the same figures, place and time"
    if alike >= LIKE_NAME and figures:
        return "like names, a figure, place and time"
    return None


def groups(
    pairs: Iterable[tuple[int, int, str]], order: Mapping[int, tuple[int, int]], owner: Mapping[int, int]
) -> list[Group]:
    """Pairs put together to groups, each key in one; two of one owner (an article) never come into one group."""
    home: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    reasons: dict[int, str] = {}
    for a, b, reason in sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]])):
        one, two = home.setdefault(a, a), home.setdefault(b, b)
        first, second = members.setdefault(one, [a]), members.setdefault(two, [b])
        if one == two or {owner[key] for key in first} & {owner[key] for key in second}:
            continue
        for key in second:
            home[key] = one
        first.extend(second)
        del members[two]
        reasons.setdefault(a, reason)
        reasons.setdefault(b, reason)
    made = [tuple(sorted(each, key=lambda key: order[key])) for each in members.values() if len(each) > 1]
    made.sort(key=lambda each: order[each[0]])
    return [Group(each, {key: reasons.get(key, "") for key in each}) for each in made]


def dice(one: str, other: str) -> float:
    """The share of character pairs that two names have in common, 0 to 1, signs and spaces apart.

    >>> dice("“把脉”义诊活动", "“把脉”义诊活动")
    1.0
    """
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)


def _pairs(name: str) -> frozenset[str]:
    letters = "".join(c for c in name if c.isalnum())
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _candidates(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs that share their type and a place, an organizer or a text; each once."""
    blocks: dict[tuple[str, str, object], list[Told]] = defaultdict(list)
    for each in told:
        for place in each.where:
            blocks[each.type, "place", place].append(each)
        for name in each.who:
            blocks[each.type, "name", name].append(each)
        if each.text_group is not None:
            blocks[each.type, "text", each.text_group].append(each)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks, key=str):
        block = sorted(blocks[key], key=lambda each: (_day(each) or "", each.rank, each.key))
        near = combinations(block, 2) if len(block) <= CROWD else _neighbours(block)
        for a, b in near:
            first, second = (a, b) if (a.rank, a.key) <= (b.rank, b.key) else (b, a)
            if (first.key, second.key) not in seen:
                seen.add((first.key, second.key))
                yield first, second


def _neighbours(block: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Of a block sorted by day, the pairs that are near each other in it."""
    for at, each in enumerate(block):
        for other in block[at + 1 : at + 1 + CROWD // 4]:
            yield each, other


def _times_fit(one: Told, other: Told) -> bool:
    """Whether the two may have been at the same time: days that overlap, else issues that are near."""
    if one.first and one.last and other.first and other.last:
        return one.first <= other.last and other.first <= one.last
    a, b = _day(one), _day(other)
    if a is None or b is None:
        return one.text_group is not None and one.text_group == other.text_group
    return abs(date.fromisoformat(a) - date.fromisoformat(b)) <= timedelta(days=NEAR_DAYS)


def _day(told: Told) -> str | None:
    return told.first or told.last or told.issue


def _contradict(one: Told, other: Told) -> bool:
    """Whether a figure of one thing has two values."""
    figures = dict(one.counts)
    return any(figures.get(what, value) != value for what, value in other.counts)
