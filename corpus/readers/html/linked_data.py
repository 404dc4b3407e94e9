"""What the JSON-LD of a page (schema.org) says of its article: headline, day, authors, paper."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 200_000
DEEPEST = 6
MOST_AUTHORS = 8
_KINDS = ("article", "report", "posting")
"""How the types of articles end: NewsArticle, Report, BlogPosting …"""


def properties(data: Iterable[str]) -> dict[str, str]:
    """The first article's properties by the names of schema.org, in lower case; {} where there is none.

    >>> properties(['{"@type": "NewsArticle", "headline": "老街亮灯", "author": [{"name": "何苗"}]}'])  # lights on
    {'headline': '老街亮灯', 'author': '何苗'}
    """
    for text in data:
        try:
            stored = json.loads(text) if len(text) <= LONGEST else None
        except (ValueError, RecursionError):
            continue
        for article in _articles(stored, DEEPEST):
            said = {
                "headline": _name(article.get("headline")),
                "datepublished": _name(article.get("datePublished")),
                "author": " ".join(_names(article.get("author"))),
                "publisher": _name(article.get("publisher")),
            }
            return {name: value for name, value in said.items() if value}
    return {}


def _articles(stored: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(stored, list) and depth:
        for each in stored:
            yield from _articles(each, depth - 1)
    elif isinstance(stored, dict):
        kinds = stored.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.lower().endswith(_KINDS) for kind in kinds):
            yield stored
        elif depth:
            yield from _articles(stored.get("@graph"), depth - 1)


def _names(stored: Any) -> list[str]:
    several = stored if isinstance(stored, list) else [stored]
    return [name for each in several[:MOST_AUTHORS] if (name := _name(each))]


def _name(stored: Any) -> str:
    if isinstance(stored, dict):
        stored = stored.get("name")
    return " ".join(stored.split()) if isinstance(stored, str) else ""
