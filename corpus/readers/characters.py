"""Which characters Chinese print is made of: how a wrong decoding shows, which gives rare ones."""

from functools import cache
from pathlib import Path

_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》【】「」『』—…·　①②③④⑤％０１２３４５６７８９〇")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@[]^_`{|}~\\")
FIRST_LEVELS = (("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)), ("big5", range(0xA4, 0xC7), range(0x40, 0xFF)))
"""Lead and trail bytes of the characters in frequent use: 3,755 of GB 2312, 5,401 of Big5."""


LOCAL = frozenset("氹邨埗涌埔嘅咗哋嚟冇喺佢唔啲嗰咁瞓攞氣埕圳塱墟躉枱衞啟囍喆堃")
"""Rare in both standards and ordinary in the places' names and the speech of Hong Kong, Macau and Taiwan."""


def sense(text: str) -> float:
    """The share of common Chinese characters and punctuation among the characters beyond ASCII; 0 without any.

    >>> sense("社区志愿者") > sense("绀惧尯蹇楁効") # volunteers; the same bytes read as GBK
    True
    """
    foreign = [c for c in text if c > "\x7f" or c == "\0"]  # a NUL is half of a wider character
    known = _common()
    return sum(c in known for c in foreign) / len(foreign) if foreign else 0.0


def likelihood(text: str) -> float:
    """Points for a short stretch: what print is made of counts for it, rare and broken characters against it.

    >>> likelihood("巡逻队用") > likelihood("巡x君用")  # "the patrol uses"; the same bytes from the second one on
    True
    """
    return sum(map(_points, text))


def _points(character: str) -> float:
    if character == "\ufffd":
        return -3.0
    if character in _common():
        return 1.0
    if character in _frequent():
        return 0.6
    if character in LOCAL:
        return 0.3
    if character in _LETTERS:
        return -0.5  # the second byte of a character, read as one of its own
    return 0.1 if character <= "\x7f" else -1.0


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_characters.txt").read_text("utf-8").split("\n")
    return frozenset("".join(line for line in lines if not line.startswith("#"))) | _PUNCTUATION


@cache
def _frequent() -> frozenset[str]:
    pairs = (
        bytes((lead, trail)).decode(codec, "ignore")
        for codec, leads, trails in FIRST_LEVELS
        for lead in leads
        for trail in trails
    )
    return frozenset(pair for pair in pairs if len(pair) == 1 and pair > "\x7f")
