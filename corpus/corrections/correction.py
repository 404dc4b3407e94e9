"""What a correction is: what it corrects, found again by what is printed there, and what is right."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.records import to_json

SCHEMA = "correction/1"
CONTEXT = 12
"""Characters before and behind a quotation that tell it from others of the same words."""


class CorrectionError(ValueError):
    """A line is no correction, or what is asked for cannot be one; the message says why."""


class LostError(Exception):
    """A correction finds no longer what it corrects; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article with a little of what stands before and behind them."""

    text: str
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Quote":
        """The stretch [start, end) of `text`.

        >>> Quote.of("城关区的居民清扫积雪", 4, 6)  # residents of Chengguan clear the snow
        Quote(text='居民', before='城关区的', after='清扫积雪')
        """
        return cls(text[start:end], text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])

    def to_dict(self) -> dict[str, str]:
        """As in the file."""
        return {"text": self.text, "before": self.before, "after": self.after}

    @classmethod
    def from_dict(cls, values: Mapping[str, str]) -> "Quote":
        """From a line that has been checked."""
        return cls(values["text"], values.get("before", ""), values.get("after", ""))


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article by its id, and so that it is found when extraction numbers the page's articles otherwise: by the
    bytes of its page (or, in another copy, by the id) and by how its title and its body begin.
    """

    id: str
    sha256: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. It holds for `article`, else for every article of `paper`, else everywhere.

    `kind` is one of kinds.KINDS, and `values` are its fields there.
    """

    kind: str
    values: Mapping[str, Any]
    article: ArticleRef | None = None
    paper: str | None = None
    id: str = ""
    note: str | None = None
    by: str | None = None
    at: str | None = None

    @property
    def scope(self) -> str:
        """article, paper or everywhere."""
        return "article" if self.article else "paper" if self.paper else "everywhere"

    def named(self) -> "Correction":
        """With an id made of what it says, where it has none: the same correction has the same id."""
        if self.id:
            return self
        target = self.article.id if self.article else self.paper
        digest = hashlib.sha256(to_json([self.kind, target, _sorted(self.values)])).hexdigest()
        return replace(self, id=f"k{digest[:10]}")

    def to_dict(self) -> dict[str, Any]:
        """As in the file: for people first, then what it corrects, then what is right."""
        told = {"schema": SCHEMA, "id": self.id, "note": self.note, "kind": self.kind}
        scope: dict[str, Any] = {"paper": self.paper} if self.paper else {"everywhere": True}
        if self.article:
            ref = self.article
            scope = {"article": {"id": ref.id, "sha256": ref.sha256, "quotes": list(ref.quotes)}}
        values = {**told, **scope, **self.values, "by": self.by, "at": self.at}
        return {key: value for key, value in values.items() if value is not None or key in self.values}

    def line(self) -> bytes:
        """Its line of the file."""
        return to_json(self.to_dict()) + b"\n"


def text_digest(text: str) -> str:
    """What stands for an article's text: the first 16 hex digits of its SHA-256.

    >>> text_digest("老街亮灯")  # the old street is lit
    '236b3400267ff4b6'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _sorted(value: Any) -> Any:
    """The same value with its keys in order, whoever wrote it."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value
