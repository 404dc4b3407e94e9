"""The small word lists of the activity steps, from `lexicons/activity_phrases.toml`."""

import re
from functools import cache

from extract.lexicon import LexiconError, rules

NUMBER = r"[一二三四五六七八九十两百千\d]"
"""One character of a small number."""


@cache
def listed(name: str) -> frozenset[str]:
    """The words of the list `name`; LexiconError where there is none."""
    try:
        return frozenset(rules("activity_phrases")[name]["words"])
    except KeyError as error:
        raise LexiconError(f"lexicons/activity_phrases.toml: no list [{name}] with words") from error


@cache
def either(name: str) -> str:
    """A pattern that matches any word of the list `name`, the longest that does.

    >>> re.match(either("together"), "共同举办").group()  # together
    '共同'
    """
    return f"(?:{'|'.join(map(re.escape, sorted(listed(name), key=lambda w: (-len(w), w))))})"
