"""How a piece begins and ends: whether a column break may have cut it there, and whether two cut edges fit.

All judgements are evidence between 0 (surely whole) and 1 (surely torn), from what Chinese punctuation and word
formation allow: a sentence ends in 。！？, quotations and brackets close, no word starts with 的.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extract import lexicon
from extract.bylines import closing_credit, lead_credit
from extract.tokens import Dictionary

TERMINAL = "。！？!?…"
CLOSING = "”’」』）)》】〉"
OPENING = "“‘「『（(《【〈"
CLOSING_OR_STRAIGHT = CLOSING + "\"'"  # straight marks open and close alike
QUOTATIONS, CLOSED_QUOTATIONS = frozenset("“「『（("), frozenset("”」』》")
"""What a sentence that ends inside has opened; what a text closes that began elsewhere."""
PAIRS = dict(zip("”」』）)》", "“「『（(《", strict=True))
PAIRED = re.compile(f"[{re.escape(''.join((*PAIRS, *PAIRS.values())))}]")
NEVER_FIRST = "，、。；：！？,;:!?%％" + CLOSING
DATE_START = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|份|初|底)|\d{1,2}日|\d{4}年")
DIVISION_START = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:社区|街道|小区|[村镇乡区县市])(?![\u4e00-\u9fff]?[的、])")
SCENE_START = re.compile(r"[\u4e00-\u9fff]{2,5}(?:结束后|结束时|过后|期间|现场|当[天日晚]|[中上])[，,]")  # 宣讲结束后，
NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]")
PARTICLE_TAGS = frozenset({"uj", "ul", "uz", "ug", "ud", "uv", "k", "y", "e"})  # 的 了 着 过 得 地 们 吗
BOUND_TAGS = frozenset({"ng", "vg", "ag", "g", "zg", "f", "h"})  # morphemes that seldom stand alone, and 内 上 中
REST_OF_NUMBER = re.compile(r"[余多][名个人户家件份次位]")
LONE_CHARACTER = re.compile(r"([\u4e00-\u9fff])[，,、。；;]")  # 条，其中九条已办结
OBJECT_OF_AMOUNT = re.compile(r"(?:达到?|逾|超(?!过)|增至|降至|升至)[约近]?\d")  # (总量)达3.2万升
CLOSING_WORD = re.compile(  # the paragraph that closes a report: 春晖社区将继续…, 新河街道有关负责人表示，
    r"[\u4e00-\u9fff]{2,7}?(?:社区|街道|小区|[村镇乡区县市])"
    r"(?:还?将|(?:有关|相关)?负责人|党[委支][\u4e00-\u9fff]{0,9}?(?:表示|说|介绍)[，,：:])"
)
QUOTATION = re.compile(r"“[^”]*”")
SPEECH_SIGNS = re.compile(r"[。！？!?，,…；;]")
LISTED_REST = re.compile(
    r"[\u4e00-\u9fff]{2,5}、(?:[\u4e00-\u9fff]{2,6}、)*[\u4e00-\u9fff]{2,6}等[\u4e00-\u9fff]{2,6}。"
)
AMOUNT_FIRST = re.compile(
    r"([\u4e00-\u9fff]{1,3})\d[\d.]*[万千百余多]*(?!个?[年月日天周时分])([\u4e00-\u9fff]{1,3}?)[，,、。；;]"
)
PREFIXES = "小大老新"  # 小积分, 大雪, 老党员: they open a noun as often as not
CONTEXT = 8  # characters at a beginning that the segmenter is shown


@dataclass(frozen=True, slots=True)
class Balance:
    """Quotation marks and brackets without their partner: opened and not closed, closed and not opened."""

    opened: tuple[str, ...]
    closed: tuple[str, ...]


BALANCED = Balance((), ())


@lru_cache(maxsize=1024)
def balance(text: str) -> Balance:
    """What `text` leaves open, and what it closes without having opened it.

    >>> balance("他说：“明天（周六")  # 'he said: "tomorrow (Saturday'
    Balance(opened=('“', '（'), closed=())
    >>> balance("在榜上”的做法")
    Balance(opened=(), closed=('”',))
    """
    marks = PAIRED.findall(text)
    if not marks:
        return BALANCED
    stack: list[str] = []
    closed: list[str] = []
    for c in marks:
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
    if credit and (not body or body[-1] in TERMINAL or body[-1] in CLOSING):
        return 0.0
    last = body[-1]
    inner = body.rstrip(CLOSING_OR_STRAIGHT)
    if last in TERMINAL or (inner and inner != body and inner[-1] in TERMINAL):
        return 0.0 if QUOTATIONS.isdisjoint(balance(body).opened) else 0.5
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
    if REST_OF_NUMBER.match(text) or OBJECT_OF_AMOUNT.match(text):
        return 0.9
    if (lone := LONE_CHARACTER.match(text)) and lone.group(1) in measure_words():
        return 0.9
    if not CLOSED_QUOTATIONS.isdisjoint(balance(text).closed):
        return 0.9
    if text[0] == "“" and not says_something(text):
        return 0.2
    if (
        text[0] in OPENING
        or CLOSING_WORD.match(text)
        or DATE_START.match(text)
        or SCENE_START.match(text)
        or opens_paragraph(text, "time", "scene", "source", "order")
    ):
        return 0.0
    if opens_paragraph(text, "aim"):
        return 0.15
    if _rest_of_sentence(text, words):
        return 0.7
    if DIVISION_START.match(text):
        return 0.2
    word, kind = words.tag(text[:CONTEXT])[0]
    if kind in PARTICLE_TAGS:
        return 0.8
    if kind in BOUND_TAGS and len(word) == 1:
        return 0.6
    if word in PREFIXES:
        return 0.2
    if len(word) == 1 and not kind.startswith(("n", "p", "c", "r", "d", "m", "t", "x")):
        return 0.45
    if kind.startswith(("v", "a", "u", "y", "q")):
        return 0.35
    if len(word) == 1:
        return 0.3
    return 0.2


def opens_paragraph(text: str, *kinds: str) -> bool:
    """Whether a text opens with a word of one of these kinds that opens paragraphs.

    >>> opens_paragraph("随后，大家合影。", "time"), opens_paragraph("近日，大家合影。", "time")  # then; lately
    (False, True)
    """
    return text.startswith(_paragraph_starts(*kinds).get(text[:1], ()))


def says_something(text: str) -> bool:
    """Whether the quotation that opens `text` is speech; a name in quotation marks may stand anywhere in a sentence.

    >>> says_something("“灯亮了，路好走。”孙大爷说"), says_something("“暖心驿站”提供热水")
    (True, False)
    """
    quoted = QUOTATION.match(text)
    return quoted is None or SPEECH_SIGNS.search(quoted.group()) is not None or text[quoted.end() :][:1] in ("，", ",")


def _rest_of_sentence(text: str, words: Dictionary) -> bool:
    """Whether the first sentence or clause is an object without its verb: 剪纸、书法等课程。 or 膜200捆。"""
    if LISTED_REST.match(text):
        return True
    amount = AMOUNT_FIRST.match(text)
    if amount is None or amount.group(2) not in measure_words():
        return False
    return all(tag.startswith(("n", "a", "b")) for _, tag in words.tag(amount.group(1)))


@cache
def measure_words() -> frozenset[str]:
    """The words that stand behind a number, as a set."""
    return frozenset(lexicon.words("measures"))


@cache
def _paragraph_starts(*kinds: str) -> Mapping[str, tuple[str, ...]]:
    """The words of these kinds by their first character."""
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicon.table("paragraph_starts"):
        if row["kind"] in kinds:
            found[row["word"][0]] = (*found.get(row["word"][0], ()), row["word"])
    return found
