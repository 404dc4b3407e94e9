"""Reading the texts of candidates: whether they are what is meant, and where they hold it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from re import Pattern
from typing import NamedTuple

from corpus.archive.bounds import named
from corpus.archive.conditions import as_rows
from corpus.archive.folding import pattern
from corpus.archive.query import NAME_FIELDS, And, Expression, Not, Or, Term, terms
from schemas.layout import Range

_READ = """
SELECT search_entry.article, day, search_entry.record_id, headline_end, article.text
FROM json_each(?) AS asked CROSS JOIN search_entry ON search_entry.article = asked.value
JOIN article ON article.id = search_entry.article
"""


class Text(NamedTuple):
    """An article that is meant; for each of the reader's terms, where it stands, how often in headlines and behind."""

    article: int
    day: str
    record_id: str
    text: str
    headline_end: int
    places: tuple[tuple[Range, ...], ...]
    hits: tuple[tuple[int, int], ...]


class _Article(NamedTuple):
    """What deciding on an article needs: `members`, for each term that names something, the articles that name it."""

    number: int
    text: str
    end: int
    places: tuple[tuple[Range, ...], ...]
    members: Mapping[Term, AbstractSet[int]]


class Reader:
    """Reads articles for one expression; `settled`: what it is given is known to be meant."""

    def __init__(self, connection: sqlite3.Connection, expression: Expression | None, settled: bool) -> None:
        self.terms = tuple(term for term in terms(expression) if term.field not in NAME_FIELDS)
        self._connection = connection
        self._expression = None if settled else expression
        self._plain = _all_of_terms(expression)
        self._finders = tuple(_Finder(pattern(term.folded), term.field) for term in self.terms)
        self._others: dict[Term, _Finder] = {}

    def read(self, articles: Sequence[int]) -> list[Text]:
        """Those of the articles that are meant, in the order given."""
        asked = json.dumps(articles)
        rows = {row[0]: row for row in self._connection.execute(_READ, (asked,))}
        members = self._members(asked) if self._expression else {}
        read = []
        for number in articles:
            article, day, record_id, end, text = rows[number]
            places = tuple([finder.places(text, end) for finder in self._finders])
            if self._expression is not None:
                if self._plain:
                    meant = all(places)
                else:
                    meant = self._holds(self._expression, _Article(article, text, end, places, members))
                if not meant:
                    continue
            read.append(Text(article, day, record_id, text, end, places, tuple([_hits(each, end) for each in places])))
        return read

    def _holds(self, expression: Expression, article: _Article) -> bool:
        match expression:
            case Not(part):
                return not self._holds(part, article)
            case And(parts):
                return all(self._holds(part, article) for part in parts)
            case Or(parts):
                return any(self._holds(part, article) for part in parts)
            case Term(_, folded, field):
                if expression in article.members:
                    return article.number in article.members[expression]
                if expression in self.terms:
                    return bool(article.places[self.terms.index(expression)])
                if expression not in self._others:
                    self._others[expression] = _Finder(pattern(folded), field)
                return bool(self._others[expression].places(article.text, article.end))

    def _members(self, asked: str) -> dict[Term, frozenset[int]]:
        """For each term that names something, those of the articles that name it."""
        members = {}
        for term in _naming(self._expression):
            rows = as_rows(named(self._connection, term))
            query = f"SELECT article FROM search_entry WHERE article IN (SELECT value FROM json_each(?)) AND {rows.sql}"
            members[term] = frozenset(row[0] for row in self._connection.execute(query, (asked, *rows.values)))
        return members


class _Finder(NamedTuple):
    """Finds a term where its field says."""

    pattern: Pattern[str]
    field: str | None

    def places(self, text: str, headline_end: int) -> tuple[Range, ...]:
        """Every place of the term in a text."""
        start = headline_end if self.field == "body" else 0
        stop = headline_end if self.field == "title" else len(text)
        return tuple([match.span() for match in self.pattern.finditer(text, start, stop)])


def _hits(places: tuple[Range, ...], headline_end: int) -> tuple[int, int]:
    in_headlines = 0
    for start, _ in places:
        if start >= headline_end:
            break
        in_headlines += 1
    return in_headlines, len(places) - in_headlines


def _all_of_terms(expression: Expression | None) -> bool:
    """Whether an article is meant just where each of the terms is in its text."""
    match expression:
        case Term(_, _, field):
            return field not in NAME_FIELDS
        case And(parts):
            return all(map(_all_of_terms, parts))
    return False


def _naming(expression: Expression | None) -> list[Term]:
    match expression:
        case Term():
            return [expression] if expression.field in NAME_FIELDS else []
        case And(parts) | Or(parts):
            return [term for part in parts for term in _naming(part)]
        case Not(part):
            return _naming(part)
    return []
