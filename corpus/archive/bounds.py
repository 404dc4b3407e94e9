"""What the index knows of a query before any text is read: which articles may be meant, and which surely are.

A term of one or two characters and the name of a place or a person are settled by the index alone. Of a longer term it
knows which articles hold all its pairs, perhaps apart from each other. What is between the two has to be read.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.archive import filters
from corpus.archive.bigrams import wanted
from corpus.archive.conditions import Condition, Every, Nothing, Words, all_of, any_of, without
from corpus.archive.named import Thing, organizations, persons, places
from corpus.archive.query import NAME_FIELDS, And, Expression, Not, Or, Term


@dataclass(frozen=True, slots=True)
class Bounds:
    """`certain` is within what is meant, and that within `possible`; where they are one, nothing has to be read."""

    possible: Condition
    certain: Condition

    @property
    def exact(self) -> bool:
        """Whether the index alone decides."""
        return self.possible == self.certain


def bounds(connection: sqlite3.Connection, expression: Expression | None) -> Bounds:
    """What the archive's index knows of an expression; of none, that every article is meant."""
    match expression:
        case None:
            return Bounds(Every(), Every())
        case Not(part):
            inner = bounds(connection, part)
            return Bounds(without(inner.certain), without(inner.possible))
        case And(parts) | Or(parts):
            join = all_of if isinstance(expression, And) else any_of
            inside = [bounds(connection, part) for part in parts]
            return Bounds(join(each.possible for each in inside), join(each.certain for each in inside))
        case Term(_, folded, field):
            if field in NAME_FIELDS:
                condition = named(connection, expression)
                return Bounds(condition, condition)
            pairs = wanted(folded, headline=field == "title")
            words = Words(pairs.match)
            # behind the headlines or in them, the index does not tell
            return Bounds(words, words if pairs.exact and field != "body" else Nothing())


def named(connection: sqlite3.Connection, term: Term) -> Condition:
    """The articles that name what a term with a field such as place: means; of a paper or a type, its articles."""
    if term.field == "type":
        return filters.of_types([term.text.strip()])
    if term.field == "paper":
        return filters.of_papers(connection, [term.text])
    look_up: Mapping[str | None, Callable[[sqlite3.Connection, str], Thing | None]] = {
        "place": places, "org": organizations, "person": persons,
    }  # fmt: skip
    thing = look_up[term.field](connection, term.text)
    return filters.articles_naming(thing) if thing else Nothing()
