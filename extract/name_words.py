"""Which words can make a name at all: 擦拭|小区, 居民|小区, 老旧|小区 are none, whatever stands before them."""

from collections.abc import Callable, Mapping
from functools import cache

from extract.lexicon import table
from extract.lexicon import words as words_of
from extract.place_forms import Head
from extract.tokens import Words, dictionary

STOPS = frozenset("，。、；：！？…—～“”‘’《》〈〉（）()【】[]{}<>,.;:!?\"'/|\\ \t\r\n\u3000\u2002\u2003·•●■▲◆★☆")
FUNCTION = ("v", "d", "p", "c", "u", "t", "r", "y", "e", "o", "z")
BARE = frozenset(
    ("社区", "小区", "街道", "村", "镇", "乡", "路", "街", "巷", "广场", "公园", "市场", "商场", "家园", "公寓", "大院")
)
"""Suffixes that are everyday nouns by themselves, so that a verb before them is only a verb: 改善|小区."""
CIVIC = frozenset(words_of("civic_roles"))
"""Roles that halls, squares and compounds are named for: 工人文化宫, 市民广场, 教师新村."""
ENDS_NO_CORE = frozenset("向对在从与被把将给让于由往的了着")
ENDS_NO_UNLISTED_CORE = frozenset("到完离请")
"""Verbs that end few names, all of them villages of the gazetteer: 送岗到|社区, 听完|社区; but 符离|镇."""
NUMBERED = frozenset("东南西北中一二三四五六七八九十新")
NAME_ENDS = frozenset("里中东西南北前后上下内外边角")
"""Words of place that close names too: 幸福|里|小区."""
CLOSES_NO_NAME = ("preposition", "conjunction", "particle")
NO_EDGE = ("", False)
"""What `edge_words` would say of a word that it does not hold."""
NAMES_BEHIND_A_DIVISION = ("time", "adverb", "noun")
"""Kinds of words that a name may be made of right behind a division: 上党区|国庆街道."""


@cache
def edge_words() -> Mapping[str, tuple[str, bool]]:
    """Words that stand before names: their kind and whether they surely do."""
    return {row["word"]: (row["kind"], row["weight"] == "sure") for row in table("left_edges")}


@cache
def surnames() -> frozenset[str]:
    """The surnames, of one character and of more."""
    return frozenset(words_of("surnames"))


@cache
def known_word() -> Callable[[str], bool]:
    """Whether the dictionary has a word; one dictionary for all readers of names."""
    return dictionary().knows


@cache
def roles() -> frozenset[str]:
    """Words for people in a role: 网格员, 人大代表."""
    return frozenset(words_of("person_roles"))


def never_names(words: Words, start: int, head: Head, chained: bool, listed: bool) -> bool:
    """Whether what stands from `start` to the suffix is generic or made of verbs, particles and roles only.

    `chained`: the name stands right behind a division, where a verb may be a name after all (柏树林街道|团结社区);
    `listed`: the gazetteer has the name somewhere, so that its words may be the segmenter's accidents (人|和|街道).
    """
    end = head.start
    core = words.text[start:end]
    if head.generic.holds(core) or core[-1] in ENDS_NO_CORE or (core[-1] in ENDS_NO_UNLISTED_CORE and not listed):
        return True
    inside = words.between(start, end)
    last = inside[-1]
    if words.tags[last] in ("uj", "ul"):
        return True
    if words.begins(end):
        if not listed and edge_words().get(words.words[last], NO_EDGE)[0] in CLOSES_NO_NAME:
            return True
    elif not (listed and start < words.starts[last]) and _ends_in_word(words, last, start, head):
        return True
    if (chained or listed) and len(core) > 1 and in_pieces(words, inside):
        return False  # 致|和|街道: a name that the segmenter broke
    return all(_is_function(words, i, head, chained) or _is_generic_word(words, i, head) for i in inside)


def in_pieces(words: Words, inside: range) -> bool:
    """Whether the words of these numbers are single characters: 那|日|图."""
    return words.starts[inside.stop] - words.starts[inside.start] == len(inside)


def _ends_in_word(words: Words, last: int, start: int, head: Head) -> bool:
    """Whether the suffix closes a generic word, the one numbered `last`: 农业|农村, 美丽|乡村."""
    opens = words.starts[last]
    ending = words.text[opens : head.start]
    if start < opens - 1 and ending in NUMBERED:
        return False  # 康平一村, 琥珀西村
    return start <= opens and head.generic.holds(ending)


def _is_generic_word(words: Words, i: int, head: Head) -> bool:
    word = words.words[i]
    return len(word) > 1 and words.tags[i] != "m" and head.generic.holds(word)


def _is_function(words: Words, i: int, head: Head, chained: bool) -> bool:
    word, tag = words.words[i], words.tags[i]
    kind, sure = edge_words().get(word, NO_EDGE)
    if word in NAME_ENDS:
        return False
    if kind and (sure or len(word) == 1):
        if chained and kind in NAMES_BEHIND_A_DIVISION:
            return False
        return not (word in CIVIC and head.suffix not in ("社区", "小区"))
    if kind or chained or len(word) == 1 or tag in ("vn", "t") or not tag.startswith(FUNCTION):
        return False
    if head.suffix not in BARE or words.starts[i + 1] > head.start:
        return False
    # 改善小区环境 governs a noun; what only looks like a verb (国购社区与…) is followed by anything else
    begins_clause = tag == "v" and (i == 0 or words.words[i - 1][-1] in STOPS)
    governs = head.end < len(words.text) and words.tags[words.at(head.end)].startswith("n")
    return not begins_clause or governs
