"""Labels of columns that stand over a headline without brackets: 民生·服务, 社区速递.

Brackets tell a label anywhere (`furniture`); without them it is known by its words, by being short, and by standing
between the end of one item and the headline of the next.
"""

import re
from collections.abc import Sequence
from functools import cache

from extract import lexicon
from extract.bylines import parse_credit
from extract.lines import Piece

LONGEST_LABEL = 7
LONGEST_HEADLINE = 40
SHORTEST_BODY = 28  # printed characters from which a line without a stop may still be the end of a text
IN_TWO = re.compile(r"[\u4e00-\u9fff]{2,4}[·•・|｜丨][\u4e00-\u9fff]{2,4}")  # 民生·服务
ENDS = "。！？!?…”’」』）)》"
STOPS = "，。；：、！？,;:!?"


def column_labels(pieces: Sequence[Piece], known: Sequence[bool]) -> tuple[int, ...]:
    """The indexes of the labels among a page's pieces; `known`: whether a piece is furniture already.

    >>> from extract.lines import read_pieces
    >>> page = "老街的灯亮了。\\n\\n邻里·服务\\n\\n水表周末也能抄 预约当天上门\\n\\n拨打热线可预约。"
    >>> column_labels(read_pieces(page), [False] * 4)  # 'neighbours · service' over a headline
    (1,)
    """
    return tuple(
        piece.index
        for piece in pieces
        if piece.length <= LONGEST_LABEL
        and not known[piece.index]
        and names_column(piece.text)
        and _between_items(pieces, known, piece.index)
    )


def names_column(text: str) -> bool:
    """Whether a line reads like a column's name.

    >>> names_column("社区速递"), names_column("城事·广角"), names_column("古丽·吐尔逊")  # the last one is a name
    (True, True, False)
    """
    if IN_TWO.fullmatch(text):
        return not _sounds().issuperset(re.sub(r"[^\u4e00-\u9fff]", "", text))
    whole, start, end = _words()
    return text in whole or (
        re.search(r"[^\u4e00-\u9fff]", text) is None and text.startswith(start) | text.endswith(end)
    )


def _between_items(pieces: Sequence[Piece], known: Sequence[bool], index: int) -> bool:
    """Whether text ends above a line and a headline stands below it."""
    if index + 1 >= len(pieces) or known[index + 1]:
        return False
    below = pieces[index + 1]
    headline = (
        pieces[index].length < below.length <= LONGEST_HEADLINE
        and below.text[-1] not in STOPS
        and "。" not in below.text
        and parse_credit(below.text) is None
    )
    above = pieces[index - 1] if index else None
    return headline and (
        above is None
        or known[index - 1]
        or above.text[-1] in ENDS
        or above.length >= SHORTEST_BODY
        or parse_credit(above.text) is not None
    )


@cache
def _sounds() -> frozenset[str]:
    return frozenset(lexicon.words("sound_characters"))


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Labels that are nothing else, and what labels begin and end with."""
    rows = lexicon.table("column_labels")
    whole, start, end = (tuple(r["word"] for r in rows if r["place"] == place) for place in ("whole", "start", "end"))
    return frozenset(whole), start, end
