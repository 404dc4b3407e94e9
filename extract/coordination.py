"""Lists whose members share one suffix: 东升、水井巷两个社区; 南院门、柏树林、长乐坊等街道; 文瀚苑和建国东街社区.

The members stand left of the suffix, or left of the numeral or 等 before it. Each is opened with the shared suffix.
"""

import re
from dataclasses import replace
from functools import cache

from extract.left_edge import NAME_LIKE, Ends, LeftEdges
from extract.lexicon import words as words_of
from extract.name_words import NUMBERED, STOPS, edge_words, roles, surnames
from extract.place_forms import Head, suffixes
from schemas.annotations import EntityType, Mention

MOST = 15
LONGEST_MEMBER = 10
OWN_SUFFIX = ("社区", "街道", "小区")
CONJUNCTIONS = frozenset("和与及暨跟")
SEPARATORS = CONJUNCTIONS | {"、"}
DIGIT = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
SUMMED = re.compile(
    r"(?P<etc>等)?(?:共计?|这)?"
    r"(?:(?P<number>[两二三四五六七八九十]|十[一二三四五六七八九]|\d{1,3})余?[个家座处条大]?|[多数几][个家座处条]?|(?<=等)地?)$"
)
BARE_SUM = re.compile("[三四五六七八九十]")
"""A numeral that nothing marks as a sum may belong to the name (东三|镇): as a sum it must count right."""
ENDS_SUM = frozenset("等地余个家座处条大多数几两一二三四五六七八九十")
OPENS_LISTS = frozenset("街路巷苑园里院寺湾桥门庄堡井坊店营屯沟坡河山岭塘坝湖岛口头城府庭居楼寨铺集台")
COMPOUND_ENDINGS = frozenset("苑园里院巷街路")  # what residential compounds and lanes end in and given names hardly do
UPPER_SUM = re.compile(r"(?P<number>[两二三四五六七八九十])(?P<measure>个)?(?P<suffix>[区县市省州旗])(?:区)?")


def summed(text: str, head: Head) -> re.Match[str] | None:
    """The numeral or 等 between a list and its shared suffix, if there is one: 、水井巷|两个|社区."""
    before = text[head.start - 1 : head.start]
    if before not in ENDS_SUM and not before.isdecimal():
        return None
    match = SUMMED.search(text, max(0, head.start - 7), head.start)
    if match is None or not match.group() or (head.type == "road" and match.group() in NUMBERED):
        return None  # 兴国一街、兴国|二|街
    return match


def open_list(
    head: Head, end: int, edges: LeftEdges, ends: Ends, total: re.Match[str] | None = None
) -> tuple[Mention, ...]:
    """The members of the list that ends at `end`, each with the suffix of `head`; () if there is no list.

    Without `total` a named member follows and the conjunction before it proves the list; with it, only a numeral or 等
    follows: then two members are the least, and the list may run over commas and over the divisions of its members
    (建筑街道珠江、建北，新成街道新成三个社区).
    """
    text, at = edges.words.text, end
    found: list[Mention] = []
    while len(found) < (counted(total) if total else MOST):
        stop = _separator_before(at, edges, commas=bool(total and found)) if found or not total else at
        if stop is None:
            break
        start, closed = _member_start(stop, edges, head, ends, total is not None)
        if start is None:
            break
        found.append(_member(text[start:stop], start, stop, head))
        at = start
        while at in ends:
            at, closed = ends[at], True
        if not closed:
            break
    least = 1 if total is None else counted(total) if BARE_SUM.fullmatch(total.group()) else 2
    return tuple(reversed(found)) if len(found) >= least else ()


def _member(core: str, start: int, end: int, head: Head) -> Mention:
    estate_by_itself = head.type == "estate" and any(
        core.endswith(s) and 1 < len(s) < len(core) for s, suffix in suffixes().items() if suffix.type == "estate"
    )
    whole = estate_by_itself or core.endswith(head.suffix)
    return Mention(start, end, head.type, core if whole else core + head.suffix, "listed")


def _separator_before(at: int, edges: LeftEdges, commas: bool = False) -> int | None:
    """Where the member left of `at` ends, if a 、 or a conjunction stands before `at`."""
    text = edges.words.text
    if at > 1 and (text[at - 1] == "、" or (commas and text[at - 1] in "，,；;")):
        return at - 1
    if at > 2 and text[at - 2 : at] == "以及":
        return at - 2 - (text[at - 3] == "、")
    if at > 1 and text[at - 1] in CONJUNCTIONS:
        return at - 1 - (text[at - 2] in "、，")
    return None


def _member_start(end: int, edges: LeftEdges, head: Head, ends: Ends, summed: bool) -> tuple[int | None, bool]:
    """Where the member that ends at `end` starts, and whether a separator stands before it."""
    text, words = edges.words.text, edges.words
    floor = edges.floor(end, ends)
    for i in reversed(words.between(floor, end)):
        start = words.starts[i]
        joins = words.words[i] in CONJUNCTIONS and floor < start < end - 1
        if joins and (end - start > 2 or not edges.has_in_region(text[start:end] + head.suffix)):
            floor = start + 1
            break
    closed = floor > 0 and (text[floor - 1] == "、" or text[floor - 1] in CONJUNCTIONS)
    if closed and _names(floor, end, edges, head, summed):
        return floor, True
    edge = edges.find(replace(head, start=end), ends, floor)
    if edge is None or not _names(edge.start, end, edges, head, summed):
        return None, False
    return edge.start, closed and edge.start == floor


def _names(start: int, end: int, edges: LeftEdges, head: Head, summed: bool) -> bool:
    """Whether the words of a member can be a name: known ones, or ones that are no role, body, person or verb.

    A common noun may be one only where the list is `summed` (锦绣、阳光两个小区).
    """
    core = edges.words.text[start:end]
    if not 1 <= len(core) <= LONGEST_MEMBER or any(c in STOPS for c in core):
        return False
    full = core if core.endswith(head.suffix) else core + head.suffix
    if edges.has_in_region(full) or full in edges.known:
        return True
    listed = full in edges.gaz
    if head.generic.holds(core) or core.endswith((*OWN_SUFFIX, *words_of("body_endings"))):
        return False  # 县医院、妇幼保健院与石桥镇
    if core in suffixes() and not listed:
        return False
    if not summed and not listed and _by_itself(core, head):
        return False
    words = edges.words
    inside = words.between(start, end)
    tags = [words.tags[i] for i in inside]
    called = len(core) < 4 and "nr" in tags and core[0] in surnames() and core[-1] not in COMPOUND_ENDINGS
    if called and not (summed or listed):
        return False  # 周敬和竹西社区的网格员: a person, which 文瀚苑 is not
    if any(edge_words().get(words.words[i], ("", False))[1] and len(words.words[i]) > 1 for i in inside):
        return False
    if any(words.words[i] in roles() for i in inside if len(words.words[i]) > 1):
        return False  # 区|人大代表|周岚以及车站社区
    if summed or listed or core[-1] in OPENS_LISTS or any(tag in NAME_LIKE for tag in tags):
        return True
    return len(inside) > 1 and all(len(words.words[i]) < 3 for i in inside)


def _by_itself(core: str, head: Head) -> bool:
    """Whether a member has a suffix of its own and shares none: 粮库家属院和|芳园小区, 杨柳村和|柳林镇."""
    if head.type == "street" and len(core) > 2 and core[-1] == "村":
        return True
    return any(core.endswith(s) for s in _long_strong_suffixes())


@cache
def _long_strong_suffixes() -> tuple[str, ...]:
    return tuple(s for s, suffix in suffixes().items() if suffix.strong and len(s) > 1)


def upper_lists(edges: LeftEdges) -> tuple[Mention, ...]:
    """Districts and cities in a list with a sum: 雁塔、未央两区 names two districts, each as the gazetteer has it."""
    text = edges.words.text
    found: list[Mention] = []
    for match in UPPER_SUM.finditer(text):
        at = match.start()
        members: list[Mention] = []
        for _ in range(DIGIT[match["number"]]):
            longest = min(6, at)
            full = next((n for n in range(longest, 1, -1) if text[at - n : at] + match["suffix"] in edges.gaz), 0)
            if not full:
                break
            name = text[at - full : at] + match["suffix"]
            kind: EntityType = "district" if edges.gaz.numbers_of(name, "district") else "city"
            if not edges.gaz.numbers_of(name, kind):
                break
            members.append(Mention(at - full, at, kind, name, "listed"))
            before = _separator_before(at - full, edges)
            if before is None:
                break
            at = before
        if len(members) > 1:
            found.extend(reversed(members))
    return tuple(found)


def counted(match: re.Match[str]) -> int:
    """How many members a sum announces; MOST where it says 等, 多, 各."""
    number = match["number"]
    if match["etc"] or not number:
        return MOST
    if number.isdigit():
        return int(number)
    return sum(DIGIT[c] for c in number)
