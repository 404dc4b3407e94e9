"""Whether a weak suffix names a place here: 在文苑 says little, 家住江滨新村 and 锦绣苑居民 say all."""

import re

from extract.left_edge import FIRM, LEAST, Edge, Ends, LeftEdges
from extract.lexicon import words
from extract.name_words import STOPS, edge_words
from extract.place_forms import Head

RESIDENTS = re.compile(
    r"\d*(?:号楼|栋|幢|单元|号院)|[一二三四五六七八九十\d]+[期区号]|小区"
    r"|的?(?:居民|业主|住户|物业|楼栋|楼道|楼院|院内|居民楼|单元楼|租户)"
)
ROAD_SEQUEL = re.compile(
    r"\d+号|[两三四五六七八九十]条|[与和及、至到的段上]|沿线|两侧|路口|交叉口|路段|附近|一带"
    r"|[东西南北]侧|沿街|[，。；）)]|$"
)
OTHER_WORDS = {
    "村": frozenset("民庄落寨干容貌史规里口头长支居社级集医校务情组部际"),
    "镇": frozenset("民长里上区街域容貌情级"),
    "乡": frozenset("民长里上下亲情音愁间土域邻镇村"),
}
"""What makes another word of a short suffix: 村|民, 镇|长, 乡|亲."""
COUNTED_ROAD = re.compile(r"[两一二三四五六七八九十百几多数\d][条站段个道股]$")
LANES = frozenset(("巷", "胡同"))
"""Suffixes of roads that are no ends of other words."""
BODIES = frozenset(("图书馆", "文化馆", "档案馆", "群艺馆"))
"""Houses that papers speak of as bodies (区图书馆携手社区), and as venues only where somebody is there."""
PLACING = frozenset(words("placing"))


def closes_name(head: Head, edge: Edge, edges: LeftEdges, ends: Ends) -> bool:
    """Whether the suffix ends a name and not, as 村 of 村民, another word; 镇|义 of 兴隆镇义比村 is the segmenter's."""
    if edges.words.begins(head.end) or edge.in_region or (head.strong and head.type != "estate"):
        return True
    if not (edge.firm or edge.start in ends) or head.type not in ("street", "community"):
        return False
    return edges.words.text[head.end] not in OTHER_WORDS.get(head.suffix, frozenset())


def supported(head: Head, edge: Edge, edges: LeftEdges, ends: Ends) -> bool:
    """Whether form and neighbours together make `head` with its name a place."""
    core = edges.words.text[edge.start : head.start]
    if not core or (core.isdigit() and head.type != "community"):
        return False
    return _RULES[head.type](head, edge, edges, core, ends)


def hopeless(head: Head, edges: LeftEdges) -> bool:
    """Whether the suffix makes no place, wherever a name might begin."""
    if head.type == "estate" and not head.strong:
        untold = _one_character(head) and RESIDENTS.match(edges.words.text, head.end) is None
        return untold or _everyday_word(head, edges)
    return head.type == "venue" and _everyday_word(head, edges)


def _division(head: Head, edge: Edge, edges: LeftEdges, core: str, ends: Ends) -> bool:
    """Streets, towns, communities, villages: a strong suffix is enough; 村, 镇, 乡 must not be a word's end."""
    if core in head.generic.slogans:
        return edge.in_region or edge.start in ends or edges.is_listed(edge.start)
    if head.strong or edge.in_region or edge.start in ends:
        return len(core) > 1 or edge.in_region or edge.start in ends
    if len(core) < 2 and not (head.suffix in ("村", "镇", "乡") and _name_word(head, edges)):
        return False
    word = edges.words.at(head.start)
    inside_word = edges.words.starts[word] < head.start
    if inside_word and len(edges.words.words[word]) == 2 and edge.start >= edges.words.starts[word]:
        return edges.words.tags[word] in ("ns", "nr", "nz")
    return core + head.suffix in edges.gaz or edge.score >= (FIRM if len(core) < 3 else FIRM - 1)


def _name_word(head: Head, edges: LeftEdges) -> bool:
    word = edges.words.at(head.start)
    return edges.words.tags[word] in ("ns", "nr", "nz")


def _estate(head: Head, edge: Edge, edges: LeftEdges, core: str, ends: Ends) -> bool:
    if core in head.generic.slogans and head.suffix != "小区":
        return False
    if head.strong:
        return len(core) > 1 or edge.start in ends or head.suffix == "号院"
    text = edges.words.text
    if len(core) < 2 or _everyday_word(head, edges):
        return False
    tells = RESIDENTS.match(text, head.end) is not None
    placed = _placed(edge, edges) or edge.start in ends or (text[edge.start - 1] == "的" and edge.start - 1 in ends)
    if _one_character(head):
        return tells and (edge.firm or placed)
    return tells or placed or (edge.firm and head.suffix in ("苑", "花园", "新村", "公馆", "名城"))


def _one_character(head: Head) -> bool:
    """Whether a compound's suffix is one character that says nothing by itself, as 苑 does."""
    return len(head.suffix) == 1 and head.suffix != "苑"


def _road(head: Head, edge: Edge, edges: LeftEdges, core: str, ends: Ends) -> bool:
    if (_everyday_word(head, edges) and not _placed(edge, edges)) or len(core) > 6 or COUNTED_ROAD.search(core):
        return False
    named = core + head.suffix + "社区" in edges.gaz or edges.words.tags[edges.words.at(head.start)] == "ns"
    if len(core) < 2 and not (edge.score >= LEAST and _placed(edge, edges)):
        return edges.words.tags[edges.words.at(head.start)] == "ns" and edge.score > FIRM
    least = FIRM if len(core) > 1 else LEAST
    lane = head.suffix in LANES and edges.words.tags[edges.words.at(head.start)] not in ("i", "l")
    follows = lane or ROAD_SEQUEL.match(edges.words.text, head.end) is not None
    return edge.score >= least and (named or follows or _placed(edge, edges))


def _venue(head: Head, edge: Edge, edges: LeftEdges, core: str, ends: Ends) -> bool:
    if head.suffix in BODIES and not _placed(edge, edges):
        return False
    if _everyday_word(head, edges) or _tells(edge.start, head, edges):
        return False
    return len(core) > 1 and (head.strong or edge.firm or _placed(edge, edges))


def _tells(start: int, head: Head, edges: LeftEdges) -> bool:
    """Whether a verb stands inside what would be the name: 花灯|映|古城, 空坝|搭起|临时|市场."""
    words = edges.words
    inside = [i for i in words.between(start, head.start) if words.starts[i] > start]
    verbs = [len(words.words[i]) for i in inside if words.tags[i] == "v"]
    return max(verbs, default=0) > 1 or len(verbs) > (1 if head.strong else 0)


def _everyday_word(head: Head, edges: LeftEdges) -> bool:
    """Whether the suffix ends a short dictionary word that is no name: 马路, 家园, 文苑."""
    words = edges.words
    i = words.at(head.start)
    return words.starts[i] < head.start and len(words.words[i]) <= 2 and words.tags[i] not in ("ns", "nr", "nz", "ng")


def _placed(edge: Edge, edges: LeftEdges) -> bool:
    words = edges.words
    if edge.start == 0 or words.text[edge.start - 1] in STOPS:
        return False
    word = words.words[words.at(edge.start - 1)]
    return word in PLACING or word[-1] in ("在", "到") or edge_words().get(word, ("", False))[0] == "preposition"


_RULES = {"street": _division, "community": _division, "estate": _estate, "road": _road, "venue": _venue}
