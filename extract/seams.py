"""What the words say where two cut edges meet: the word that the cut runs through, a number and its measure word.

An end is held against many beginnings and a beginning against many ends, so that what each says by itself is read once.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extract import lexicon
from extract.edges import CLOSING, CONTEXT, OPENING, balance, measure_words
from extract.tokens import Dictionary

REMEMBERED = 256  # edges of a page
PUNCTUATION = re.compile(rf"[，、。；：！？,;:!?…\s—{re.escape(OPENING + CLOSING)}]")
GIVEN_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?:说|介绍|表示|告诉|笑|道|感慨|感叹|坦言|回忆|带|在|和|与|的|是|向|为|把|对|等|拿|捧|来|一|高兴)"
)
WHOLE_TAGS = frozenset("pcurdvmqfytxo")  # single characters of these kinds stand alone every day: 在 和 的 不 是 个 上
NUMBER_END = re.compile(r"[\d０-９]$|[\d０-９百千万][余多]$")
MONTH_END = re.compile(r"\d月$")
LAST = 3  # characters at an end that show whether a number was cut off there
DAY_START = re.compile(r"\d{1,2}日|[初中底末]|[上中下]旬|份|以来")
AFTER_NUMBER = (
    "余多万亿千百.．%％℃:：至到—-～~、年月日点时"  # what goes on with a number besides digits and measure words
)

Word = tuple[str, str]
"""A word with its tag."""


class Ending(NamedTuple):
    """The end of a text: what stands behind its last punctuation, and what it leaves hanging or open."""

    text: str
    tail: str
    stump: str | None  # a single character that seldom stands alone
    surname: bool  # a surname, and nothing of the name behind it
    number: bool  # a number without its measure word
    month: bool
    opened: bool  # a quotation or bracket
    last: Word | None  # the word that it ends in


class Beginning(NamedTuple):
    """The beginning of a text: what stands before its first punctuation, and what it takes up or closes."""

    text: str
    head: str
    first: Word | None
    stump: str | None
    closed: bool


@lru_cache(maxsize=REMEMBERED)
def ending(text: str, words: Dictionary) -> Ending:
    """Read the end of `text`."""
    tail = PUNCTUATION.split(text[-CONTEXT:])[-1]
    word = words.tag(tail)[-1] if tail else None
    last = text[-LAST:]
    return Ending(
        text,
        tail,
        word and _stump(word),
        word is not None and word[1][:1] == "n" and word[0] in _short_surnames(),
        NUMBER_END.search(last) is not None,
        MONTH_END.search(last) is not None,
        bool(balance(text).opened),
        word,
    )


@lru_cache(maxsize=REMEMBERED)
def beginning(text: str, words: Dictionary) -> Beginning:
    """Read the beginning of `text`."""
    stop = PUNCTUATION.search(text, 0, CONTEXT)
    head = text[: stop.start() if stop else CONTEXT]
    first = words.tag(head)[0] if head else None
    return Beginning(text, head, first, first and _stump(first), bool(balance(text).closed))


def _stump(token: Word) -> str | None:
    word, kind = token
    alone = len(word) == 1 and "\u4e00" <= word <= "\u9fff" and kind not in WHOLE_TAGS
    return word if alone else None


@cache
def _short_surnames() -> frozenset[str]:
    return frozenset(surname for surname in lexicon.words("surnames") if len(surname) == 1)


class Seam(NamedTuple):  # a tuple, as one is made for every pair of edges
    """What the words say where two cut edges meet: the word that the cut runs through, and what it leaves hanging."""

    word: str | None
    stump: str | None
    name: bool = False  # a surname on the left, and a given name may follow


def seam(left: Ending, right: Beginning, words: Dictionary) -> Seam:
    """Read two edges as one.

    Only words of the dictionary count as cut; a segmenter left alone makes up others.
    A stump is a single character at either edge that seldom stands alone.

    >>> from extract.tokens import dictionary
    >>> words = dictionary()
    >>> seam(ending("志愿者走进辖", words), beginning("区的每户人家", words), words)  # 辖|区 'area under an office'
    Seam(word='辖区', stump='区', name=False)
    >>> seam(ending("志愿者走进社区，", words), beginning("为老人送温暖", words), words)
    Seam(word=None, stump=None, name=False)
    """
    if not left.tail or not right.head:
        return Seam(None, None)
    name = left.surname and GIVEN_NAME.match(right.text) is not None
    return Seam(_cut_word(left.tail, right.head, words), left.stump or right.stump, name)


def wanted(left: Ending, right: Beginning) -> bool | None:
    """Whether a word that the end leaves waiting gets what it waits for; None where none waits.

    An adverb waits for a verb (还|为老人理发), a preposition for a noun (来到|活动室).

    >>> from extract.tokens import dictionary
    >>> words = dictionary()
    >>> also = ending("志愿者还", words)  # 'the volunteers also | give haircuts'; '| the stairs are bright'
    >>> [wanted(also, beginning(text, words)) for text in ("为老人理发。", "楼道亮堂了。")]
    [True, False]
    """
    if left.last is None or len(left.last[0]) > 1 or left.tail == left.last[0]:
        return None
    first = right.first[1] if right.first else "x" if right.text[:1] in OPENING else ""
    if left.last[1] == "d":
        return first.startswith(("v", "p", "d", "a", "z")) if first else None
    if left.last[1] == "p" or left.last[0] == "到":
        return True if first.startswith(("n", "r", "m", "x", "j", "s")) else None
    return None


def _cut_word(tail: str, head: str, words: Dictionary) -> str | None:
    at = 0
    for word, _ in words.tag(tail + head):
        before, at = at, at + len(word)
        if at > len(tail):
            return word if before < len(tail) and words.knows(word) else None
    return None


def number_fit(left: Ending, right: Beginning, words: Dictionary) -> bool | None:
    """Whether what follows a number cut off from its measure word can be that word; None where no number is cut off.

    >>> from extract.tokens import dictionary
    >>> words = dictionary()
    >>> installed = ending("安装设备208", words)  # 'installed 208 | sets of equipment'; '| supplies vegetables at cost'
    >>> [number_fit(installed, beginning(text, words), words) for text in ("套，数据实时回传", "进价供菜。")]
    [True, False]
    """
    if not left.number:
        return True if left.month and DAY_START.match(right.text) else None
    if right.text[:1].isdigit() or right.text[:1] in AFTER_NUMBER:
        return True
    word, kind = right.first or words.tag(right.text[:2])[0]
    return word in measure_words() or kind.startswith("q")
