"""How a piece begins and ends: whether a column break may have cut it there, and whether two cut edges fit.

All judgements are evidence between 0 (surely whole) and 1 (surely torn), from what Chinese punctuation and word
formation allow: a sentence ends in 。！？, quotations and brackets close, no word starts with 的.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract import lexicon
from extract.bylines import closing_credit, lead_credit

Tagger = Callable[[str], list[tuple[str, str]]]

TERMINAL = "。！？!?…"
CLOSING = "”’」』）)》】〉"
OPENING = "“‘「『（(《【〈"
PAIRS = dict(zip("”」』）)》", "“「『（(《", strict=True))
NEVER_FIRST = "，、。；：！？,;:!?%％" + CLOSING
PUNCTUATION = re.compile(rf"[，、。；：！？,;:!?…\s—{re.escape(OPENING + CLOSING)}]")
DATE_START = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|份|初|底)|\d{1,2}日|\d{4}年")
NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]")
PARTICLE_TAGS = frozenset({"uj", "ul", "uz", "ug", "ud", "uv", "k", "y", "e"})  # 的 了 着 过 得 地 们 吗
BOUND_TAGS = frozenset({"ng", "vg", "ag", "g", "zg", "f", "h"})  # morphemes that seldom stand alone, and 内 上 中
CONTEXT = 8  # characters on each side of a cut that the segmenter is shown


@dataclass(frozen=True, slots=True)
class Balance:
    """Quotation marks and brackets without their partner: opened and not closed, closed and not opened."""

    opened: tuple[str, ...]
    closed: tuple[str, ...]


def balance(text: str) -> Balance:
    """What `text` leaves open, and what it closes without having opened it.

    >>> balance("他说：“明天（周六")  # 'he said: "tomorrow (Saturday'
    Balance(opened=('“', '（'), closed=())
    >>> balance("在榜上”的做法")
    Balance(opened=(), closed=('”',))
    """
    stack: list[str] = []
    closed: list[str] = []
    for c in text:
        if c in PAIRS.values():
            stack.append(c)
        elif c in PAIRS:
            wanted = PAIRS[c]
            if wanted in stack:
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
    inner = body.rstrip(CLOSING)
    if last in TERMINAL or (inner and inner != body and inner[-1] in TERMINAL):
        return 0.5 if any(c in "“「『（(" for c in balance(body).opened) else 0.0
    if last in "：:":
        return 0.4
    if last in "；;":
        return 0.5
    if last in "，、,":
        return 1.0
    if last in "—-":
        return 0.7
    return 0.95


def torn_start(text: str, tag: Tagger) -> float:
    """How sure it is that the text began elsewhere.

    >>> from extract.tokens import segmenter
    >>> tag = segmenter("rjieba")
    >>> torn_start("、孩子们一起包粽子。", tag), torn_start("5月3日，孩子们一起包粽子。", tag)
    (1.0, 0.0)
    """
    if lead_credit(text) or NUMBERED.match(text):
        return 0.0
    if text[0] in NEVER_FIRST:
        return 1.0
    if any(c in "”」』》" for c in balance(text).closed):
        return 0.9
    if text[0] in OPENING or DATE_START.match(text) or text.startswith(lexicon.words("paragraph_starts")):
        return 0.0
    word, kind = tag(text[:CONTEXT])[0]
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


def crossing_word(left: str, right: str, tag: Tagger) -> str | None:
    """The word that runs across the cut when `left` and `right` are read as one, or None.

    >>> from extract.tokens import segmenter
    >>> crossing_word("志愿者走进辖", "区的每户人家", segmenter("rjieba"))  # 辖|区 'area under the office'
    '辖区'
    >>> crossing_word("志愿者走进社区，", "为老人送温暖", segmenter("rjieba")) is None
    True
    """
    tail = PUNCTUATION.split(left[-CONTEXT:])[-1]
    head = PUNCTUATION.split(right[:CONTEXT])[0]
    if not tail or not head:
        return None
    at = 0
    for word, _ in tag(tail + head):
        if at < len(tail) < at + len(word):
            return word
        at += len(word)
    return None
