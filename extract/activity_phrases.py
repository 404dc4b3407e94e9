"""The small word lists of the activity steps, from `lexicons/activity_phrases.toml`."""

from functools import cache

from extract.any_word import any_word
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

    >>> either("beside").startswith("(?:")
    True
    """
    return any_word(listed(name))
