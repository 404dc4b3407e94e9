"""What is asked of the archive, as conditions of SQL over `search_entry.article` that keep the use of its indexes.

What several parts of a query ask of the full-text index becomes one expression of FTS5. Values are always parameters;
the text of a condition is made of this program's words alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Words:
    """The articles that an expression of FTS5 gives."""

    match: str


@dataclass(frozen=True, slots=True)
class WithoutWords:
    """The articles that an expression of FTS5 does not give."""

    match: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The articles for which `sql` holds, an expression over `search_entry.article`; `days`: or its day."""

    sql: str
    values: tuple[Value, ...] = ()
    days: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """Every article there is."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


Condition = Words | WithoutWords | Rows | Every | Nothing


def all_of(conditions: Iterable[Condition]) -> Condition:
    """The articles of every one of them.

    >>> all_of([Words('"义诊"'), Every(), Words('"社区"')])  # a free clinic, in a neighbourhood
    Words(match='("义诊" AND "社区")')
    """
    parts = [each for each in dict.fromkeys(conditions) if each != Every()]
    return Nothing() if Nothing() in parts else _joined("AND", parts) if parts else Every()


def any_of(conditions: Iterable[Condition]) -> Condition:
    """The articles of at least one of them."""
    parts = [each for each in dict.fromkeys(conditions) if each != Nothing()]
    return Every() if Every() in parts else _joined("OR", parts) if parts else Nothing()


def without(one: Condition) -> Condition:
    """All articles but those."""
    match one:
        case Every():
            return Nothing()
        case Nothing():
            return Every()
        case Words(match):
            return WithoutWords(match)
        case WithoutWords(match):
            return Words(match)
        case Rows(sql, values, days):
            return Rows(f"NOT {sql}", values, days)


def as_rows(condition: Condition) -> Rows:
    """The condition as an expression of SQL.

    >>> as_rows(Words('"社区"')).sql
    '+search_entry.article IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)'
    """
    # the plus keeps SQLite from asking the index once for every article
    given = "(SELECT rowid FROM article_words WHERE article_words MATCH ?)"
    match condition:
        case Words(match):
            return Rows(f"+search_entry.article IN {given}", (match,))
        case WithoutWords(match):
            return Rows(f"+search_entry.article NOT IN {given}", (match,))
        case Every():
            return Rows("1")
        case Nothing():
            return Rows("0")
        case Rows():
            return condition


def _joined(operator: str, parts: Sequence[Condition]) -> Condition:
    """One condition of several; what asks the full-text index comes first, as one expression of it."""
    # side by side and not nested: the parsers of SQL and of FTS5 go a hundred deep at most
    matches = [each.match for each in parts if isinstance(each, Words)]
    joined: list[Condition] = [each for each in parts if not isinstance(each, Words)]
    if matches:
        match = _in_brackets(operator, matches)
        if operator == "AND" and (but := [each.match for each in joined if isinstance(each, WithoutWords)]):
            match = f"({match} NOT {_in_brackets('OR', but)})"
            joined = [each for each in joined if not isinstance(each, WithoutWords)]
        joined.insert(0, Words(match))
    if len(joined) == 1:
        return joined[0]
    rows = [as_rows(each) for each in joined]
    values = tuple(value for each in rows for value in each.values)
    return Rows(_in_brackets(operator, [each.sql for each in rows]), values, any(each.days for each in rows))


def _in_brackets(operator: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"
