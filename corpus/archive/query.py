"""The query language: what a researcher types → an expression.

    社区 反诈              both words, anywhere in the article
    反诈 OR 防骗           either; | is the same
    志愿者 -大学生          without; NOT is the same
    (反诈 | 防骗) 讲座      parentheses
    "3 月 5 日"            exactly this, spaces of print apart; a word is a phrase too, for Chinese sets none apart
    title:反诈             in the headlines; body: behind them; paper: place: org: person: type: as the filters

Brackets, quotation marks, bars and colons may be of full width, as Chinese keyboards write them. Inside quotation marks
everything stands for itself ("" for one of them). A field that there is not is part of the word (12:30, https://…).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from corpus.archive.folding import fold, printable

TEXT_FIELDS = ("title", "body")
NAME_FIELDS = ("paper", "place", "org", "person", "type")
FIELDS: Mapping[str, str] = {
    **{field: field for field in (*TEXT_FIELDS, *NAME_FIELDS)},
    "organization": "org", "标题": "title", "正文": "body", "报纸": "paper", "地点": "place", "单位": "org",
    "人物": "person", "类型": "type",
}  # fmt: skip
LONGEST = 2000
"""Characters of a query; no block of print is that long."""
DEEPEST = 20
MOST_TERMS = 100
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "＂": "＂", "「": "」", "『": "』"}
_OPENING, _CLOSING = "(（", ")）"
_BAR = "|｜"
_MINUS = "-－"
_FIELD = re.compile(r"([A-Za-z]{2,12}|[\u4e00-\u9fff]{2})[:：]")
_WORD = re.compile(rf"[^\s{re.escape(_OPENING + _CLOSING + _BAR)}]+")
_OPERATORS = ("AND", "OR", "NOT")


class QueryError(ValueError):
    """A query that says nothing clear; the message names the place and the remedy.

    `said` is the message with `%(name)s` for the `values`, so that it can be said in another language too.
    """

    def __init__(self, said: str, **values: object) -> None:
        super().__init__(said % values if values else said)
        self.said = said
        self.values = values


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase: `text` as typed, `folded` as compared; `field` None for the whole article."""

    text: str
    folded: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not the part."""

    part: "Expression"


Expression = Term | And | Or | Not


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "term", "AND", "OR", "NOT", "(", ")"
    start: int
    text: str
    field: str | None = None


def parse(query: str) -> Expression | None:
    """The expression of `query`, None of a blank one; QueryError for whatever is no query.

    >>> parse("反诈 -讲座")  # anti-fraud, but no lectures
    And(parts=(Term(text='反诈', folded='反诈', field=None), Not(part=Term(text='讲座', folded='讲座', field=None))))
    >>> parse('title:"3 月"')
    Term(text='3 月', folded='3月', field='title')
    >>> parse("(社区")
    Traceback (most recent call last):
    corpus.archive.query.QueryError: the bracket at character 1 is never closed: add ) or put it in quotation marks
    """
    if len(query) > LONGEST:
        raise QueryError(
            "the query has %(length)s characters; up to %(most)s can be asked for at once",
            length=f"{len(query):,}", most=f"{LONGEST:,}",
        )  # fmt: skip
    found = _tokens(printable(query))
    if len(found) > 3 * MOST_TERMS or sum(token.kind == "term" for token in found) > MOST_TERMS:
        raise QueryError("the query has more than %(most)s words; ask for fewer", most=MOST_TERMS)
    return _Parser(found).expression() if found else None


def terms(expression: Expression | None) -> tuple[Term, ...]:
    """The words and phrases that an article is wanted for, in the order typed; what stands behind NOT is left out.

    >>> [term.text for term in terms(parse("(反诈 | 防骗) -讲座"))]
    ['反诈', '防骗']
    """
    match expression:
        case Term():
            return (expression,)
        case And(parts) | Or(parts):
            return tuple(dict.fromkeys(term for part in parts for term in terms(part)))
        case _:
            return ()


def _tokens(query: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(query):
        character = query[at]
        if character.isspace():
            at += 1
        elif character in _OPENING or character in _CLOSING:
            found.append(_Token("(" if character in _OPENING else ")", at, character))
            at += 1
        elif character in _BAR:
            found.append(_Token("OR", at, character))
            at += 1
        elif character in _MINUS and not _joined(query, at):
            found.append(_Token("NOT", at, character))
            at += 1
        else:
            token, at = _term(query, at)
            found.append(token)
    return found


def _joined(query: str, at: int) -> bool:
    """Whether the dash at `at` is one of several (——), and so a sign that is looked for."""
    return query[at + 1 : at + 2] in _MINUS and at + 1 < len(query)


def _term(query: str, start: int) -> tuple[_Token, int]:
    """The term that begins at `start`, and where it ends."""
    match = _FIELD.match(query, start)
    field = FIELDS.get(match[1].lower()) if match else None
    at = match.end() if match and field else start
    closing = _QUOTES.get(query[at : at + 1])
    if closing is not None:
        text, end = _quoted(query, at, closing)
        return _Token("term", start, text, field), end
    word = _WORD.match(query, at)
    if word is None:
        raise QueryError(
            "nothing follows %(field)s at character %(at)s: write %(field)sWORD", field=query[start:at], at=start + 1
        )
    if field is None and word[0] in _OPERATORS:
        return _Token(word[0], start, word[0]), word.end()
    return _Token("term", start, word[0], field), word.end()


def _quoted(query: str, at: int, closing: str) -> tuple[str, int]:
    parts: list[str] = []
    begin = at + 1
    while True:
        end = query.find(closing, begin)
        if end < 0:
            raise QueryError(
                "the quotation mark %(mark)s at character %(at)s is never closed: add %(closing)s",
                mark=query[at], at=at + 1, closing=closing,
            )  # fmt: skip
        parts.append(query[begin:end])
        if closing != '"' or not query.startswith('""', end):
            return "".join(parts), end + 1
        parts.append('"')
        begin = end + 2


class _Parser:
    """By descent: OR binds least, then AND (also unwritten), then NOT."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def expression(self) -> Expression:
        """All of the tokens."""
        whole = self._either()
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            raise QueryError(
                "the bracket at character %(at)s closes nothing: remove it or put it in quotation marks",
                at=token.start + 1,
            )
        return whole

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._kind() == "OR":
            self._at += 1
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self) -> Expression:
        parts = [self._one()]
        while self._kind() in ("AND", "NOT", "term", "("):
            if self._kind() == "AND":
                self._at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Expression:
        if self._kind() not in ("term", "NOT", "("):
            self._missing()
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "term":
            return _folded(token)
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(
                "brackets and NOT stand more than %(most)s deep at character %(at)s: use fewer",
                most=DEEPEST, at=token.start + 1,
            )  # fmt: skip
        inner: Expression
        if token.kind == "NOT":
            inner = self._one()
            inner = inner.part if isinstance(inner, Not) else Not(inner)
        else:
            inner = self._either()
            if self._kind() != ")":
                raise QueryError(
                    "the bracket at character %(at)s is never closed: add ) or put it in quotation marks",
                    at=token.start + 1,
                )
            self._at += 1
        self._depth -= 1
        return inner

    def _missing(self) -> NoReturn:
        behind = self._tokens[self._at - 1].text if self._at else ""
        if self._at >= len(self._tokens):
            raise QueryError(
                "a word is missing behind %(behind)s at its end: add one, or put signs that are meant in quotation "
                "marks",
                behind=behind,
            )
        before, at = self._tokens[self._at].text, self._start()
        if behind:
            raise QueryError(
                "a word is missing behind %(behind)s before %(before)s at character %(at)s: add one, or put signs that "
                "are meant in quotation marks",
                behind=behind, before=before, at=at,
            )  # fmt: skip
        raise QueryError(
            "a word is missing before %(before)s at character %(at)s: add one, or put signs that are meant in "
            "quotation marks",
            before=before, at=at,
        )  # fmt: skip

    def _start(self) -> int:
        return self._tokens[self._at].start + 1


def _folded(token: _Token) -> Term:
    folded = fold(" ".join(token.text.split())).strip()
    if not folded:
        if token.text.strip():
            raise QueryError(
                "the phrase at character %(at)s holds only what is not seen: write a word in it", at=token.start + 1
            )
        raise QueryError("the phrase at character %(at)s is empty: write a word in it", at=token.start + 1)
    return Term(token.text, folded, token.field)
