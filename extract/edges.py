"""How a piece begins and ends: whether a column break may have cut it there, and whether two cut edges fit.

All judgements are evidence between 0 (surely whole) and 1 (surely torn), from what Chinese punctuation and word
formation allow: a sentence ends in 。！？, quotations and brackets close, no word starts with 的.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extract import lexicon
from extract.bylines import closing_credit, lead_credit
from extract.tokens import Dictionary

TERMINAL = "。！？!?…"
CLOSING = "”’」』）)》】〉"
OPENING = "“‘「『（(《【〈"
STRAIGHT = "\"'"  # quotation marks that open and close alike
PAIRS = dict(zip("”」』）)》", "“「『（(《", strict=True))
PAIRED = re.compile(f"[{re.escape(''.join((*PAIRS, *PAIRS.values())))}]")
NEVER_FIRST = "，、。；：！？,;:!?%％" + CLOSING
PUNCTUATION = re.compile(rf"[，、。；：！？,;:!?…\s—{re.escape(OPENING + CLOSING)}]")
DATE_START = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|份|初|底)|\d{1,2}日|\d{4}年")
DIVISION_START = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:社区|街道|小区|[村镇乡区县市])(?![\u4e00-\u9fff]?[的、])")
SCENE_START = re.compile(r"[\u4e00-\u9fff]{2,5}(?:结束后|结束时|过后|期间|现场|当[天日晚]|[中上])[，,]")  # 宣讲结束后，
NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]")
PARTICLE_TAGS = frozenset({"uj", "ul", "uz", "ug", "ud", "uv", "k", "y", "e"})  # 的 了 着 过 得 地 们 吗
BOUND_TAGS = frozenset({"ng", "vg", "ag", "g", "zg", "f", "h"})  # morphemes that seldom stand alone, and 内 上 中
GIVEN_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?:说|介绍|表示|告诉|笑|道|感慨|感叹|坦言|回忆|带|在|和|与|的|是|向|为|把|对|等|拿|捧|来|一|高兴)"
)
WHOLE_TAGS = frozenset("pcurdvmqfytxo")  # single characters of these kinds stand alone every day: 在 和 的 不 是 个 上
NUMBER_END = re.compile(r"[\d０-９]$|[\d０-９百千万][余多]$")
REST_OF_NUMBER = re.compile(r"[余多][名个人户家件份次位]")
MONTH_END = re.compile(r"\d{1,2}月$")
DAY_START = re.compile(r"\d{1,2}日|[初中底末]|[上中下]旬|份|以来")
AFTER_NUMBER = (
    "余多万亿千百.．%％℃:：至到—-～~、年月日点时"  # what goes on with a number besides digits and measure words
)
CONTEXT = 8  # characters on each side of a cut that the segmenter is shown


@dataclass(frozen=True, slots=True)
class Balance:
    """Quotation marks and brackets without their partner: opened and not closed, closed and not opened."""

    opened: tuple[str, ...]
    closed: tuple[str, ...]


@lru_cache(maxsize=1024)
def balance(text: str) -> Balance:
    """What `text` leaves open, and what it closes without having opened it.

    >>> balance("他说：“明天（周六")  # 'he said: "tomorrow (Saturday'
    Balance(opened=('“', '（'), closed=())
    >>> balance("在榜上”的做法")
    Balance(opened=(), closed=('”',))
    """
    stack: list[str] = []
    closed: list[str] = []
    for c in PAIRED.findall(text):
        wanted = PAIRS.get(c)
        if wanted is None:
            stack.append(c)
        elif wanted in stack:
            while stack.pop() != wanted:
                pass
        elif c not in "）)" or not NUMBERED_ITEM.search(text):
            closed.append(c)
    return Balance(tuple(stack), tuple(closed))


NUMBERED_ITEM = re.compile(r"(?:^|[。；;])\s*\d{1,2}[)）]")


def torn_end(text: str) -> float:
    """How sure it is that the text goes on elsewhere.

    >>> torn_end("居民齐聚一堂。"), torn_end("居民齐聚一"), torn_end("他说：“明天再来。")
    (0.0, 0.95, 0.5)
    """
    credit = closing_credit(text)
    body = text[: credit.start].rstrip() if credit else text.rstrip()
    if credit and (not body or body[-1] in TERMINAL + CLOSING):
        return 0.0
    last = body[-1]
    inner = body.rstrip(CLOSING + STRAIGHT)
    if last in TERMINAL or (inner and inner != body and inner[-1] in TERMINAL):
        return 0.5 if any(c in "“「『（(" for c in balance(body).opened) else 0.0
    if last in "：:":
        return 0.3  # what it announces stands in paragraphs of its own as often as not
    if last in "；;":
        return 0.5
    if last in "，、,":
        return 1.0
    if last in "—-":
        return 0.7
    return 0.95


def torn_start(text: str, words: Dictionary) -> float:
    """How sure it is that the text began elsewhere.

    >>> from extract.tokens import dictionary
    >>> words = dictionary()
    >>> torn_start("、孩子们一起包粽子。", words), torn_start("5月3日，孩子们一起包粽子。", words)
    (1.0, 0.0)
    """
    if lead_credit(text) or NUMBERED.match(text):
        return 0.0
    if text[0] in NEVER_FIRST:
        return 1.0
    if REST_OF_NUMBER.match(text):
        return 0.9
    if any(c in "”」』》" for c in balance(text).closed):
        return 0.9
    if (
        text[0] in OPENING
        or DATE_START.match(text)
        or SCENE_START.match(text)
        or text.startswith(paragraph_starts("time", "scene", "source", "order"))
    ):
        return 0.0
    if text.startswith(paragraph_starts("aim")):
        return 0.15
    if DIVISION_START.match(text):
        return 0.2
    word, kind = words.tag(text[:CONTEXT])[0]
    if kind in PARTICLE_TAGS:
        return 0.8
    if kind in BOUND_TAGS and len(word) == 1:
        return 0.6
    if len(word) == 1 and not kind.startswith(("n", "p", "c", "r", "d", "m", "t", "x")):
        return 0.45
    if kind.startswith(("v", "a", "u", "y", "q")):
        return 0.35
    if len(word) == 1:
        return 0.3
    return 0.2


@cache
def paragraph_starts(*kinds: str) -> tuple[str, ...]:
    """The words of these kinds that open paragraphs."""
    return tuple(r["word"] for r in lexicon.table("paragraph_starts") if r["kind"] in kinds)


@dataclass(frozen=True, slots=True)
class Seam:
    """What the words say where two cut edges meet: the word that the cut runs through, and what it leaves hanging."""

    word: str | None
    stump: str | None
    name: bool = False  # a surname on the left, and a given name may follow


def seam(left: str, right: str, words: Dictionary) -> Seam:
    """Read the end of `left` and the beginning of `right` as one.

    Only words of the dictionary count as cut; a segmenter left alone makes up others.
    A stump is a single character at either edge that seldom stands alone.

    >>> from extract.tokens import dictionary
    >>> seam("志愿者走进辖", "区的每户人家", dictionary())  # 辖|区 'area under an office'
    Seam(word='辖区', stump='区', name=False)
    >>> seam("志愿者走进社区，", "为老人送温暖", dictionary())
    Seam(word=None, stump=None, name=False)
    """
    tail, edge = _last_word(left[-CONTEXT:], words)
    head, opening = _first_word(right[:CONTEXT], words)
    if not edge or not opening:
        return Seam(None, None)
    stump = _stump(edge) or _stump(opening)
    name = (
        len(edge[0]) == 1
        and edge[1][:1] == "n"
        and edge[0] in lexicon.words("surnames")
        and bool(GIVEN_NAME.match(right))
    )
    at = 0
    for word, _ in words.tag(tail + head):
        if at < len(tail) < at + len(word):
            return Seam(word if words.knows(word) else None, stump, name)
        at += len(word)
    return Seam(None, stump, name)


Word = tuple[str, str]
"""A word with its tag."""


@lru_cache(maxsize=256)
def _last_word(text: str, words: Dictionary) -> tuple[str, Word | None]:
    """What stands behind the last punctuation, and its last word; an end is held against many beginnings."""
    tail = PUNCTUATION.split(text)[-1]
    return tail, words.tag(tail)[-1] if tail else None


@lru_cache(maxsize=256)
def _first_word(text: str, words: Dictionary) -> tuple[str, Word | None]:
    """What stands before the first punctuation, and its first word."""
    head = PUNCTUATION.split(text)[0]
    return head, words.tag(head)[0] if head else None


def _stump(token: tuple[str, str]) -> str | None:
    word, kind = token
    alone = len(word) == 1 and "\u4e00" <= word <= "\u9fff" and kind not in WHOLE_TAGS
    return word if alone else None


def number_fit(left: str, right: str, words: Dictionary) -> bool | None:
    """Whether what follows a number cut off from its measure word can be that word; None where no number is cut off.

    >>> from extract.tokens import dictionary
    >>> number_fit("安装设备208", "套，数据实时回传", dictionary())  # 'installed 208 | sets of equipment'
    True
    >>> number_fit("安装设备208", "进价供菜。", dictionary())  # '… | supplies vegetables at cost'
    False
    """
    if not NUMBER_END.search(left):
        return True if MONTH_END.search(left) and DAY_START.match(right) else None
    head = right[:2]
    if head[:1].isdigit() or head[:1] in AFTER_NUMBER:
        return True
    word, kind = words.tag(PUNCTUATION.split(right[:CONTEXT])[0] or head)[0]
    return word in lexicon.words("measures") or kind.startswith("q")
