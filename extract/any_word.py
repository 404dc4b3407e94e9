"""A pattern for any of many words, as a trie: the regular expression engine then tries one path, not every word.

An alternation of n words costs n comparisons at every character of the text; a trie costs its depth, and its first
characters let `search` skip ahead.
"""

import re
from collections.abc import Iterable

Trie = dict[str, "Trie"]
END = ""


def any_word(words: Iterable[str]) -> str:
    """A pattern that matches the longest of `words`, shorter ones where what follows it asks for that.

    >>> any_word(["开展", "开办", "开"]), re.match(any_word(["开展", "开"]), "开展活动").group()  # to launch
    ('(?:开(?:办|展)?)', '开展')
    """
    root: Trie = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[END] = {}
    return f"(?:{_branches(root)})" if root else r"(?!)"


def _branches(node: Trie) -> str:
    return "|".join(re.escape(char) + _rest(node[char]) for char in sorted(node) if char != END)


def _rest(node: Trie) -> str:
    rest = _branches(node)
    if not rest:
        return ""
    single = len(node) == 1 and len(next(iter(node))) == 1
    if END in node:
        return f"(?:{rest})?"
    return rest if single else f"(?:{rest})"
