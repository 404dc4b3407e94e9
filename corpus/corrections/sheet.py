"""A page while its parts are corrected: articles with their records, and what is left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.corrections.arranging import Part, arranged, identity
from corpus.corrections.correction import LostError, Quote
from corpus.corrections.kinds import reference
from corpus.corrections.matching import find, find_article, short
from schemas.layout import Article, Byline, Leftover, Source
from schemas.record import ArticleRecord


@dataclass(slots=True)
class Sheet:
    """A page while it is corrected. `anew`: ids of articles whose text is another now, which have to be read again;
    `touched`: which corrections an article has seen.
    """

    source: Source
    text: str
    records: list[ArticleRecord]
    leftovers: list[Leftover]
    anew: set[str] = field(default_factory=set)
    touched: dict[str, list[str]] = field(default_factory=dict)

    def put(self, at: int, made: Sequence[Part], bylines: tuple[Byline, ...] | None = None) -> None:
        """Make the article at a place of other parts; one without parts is gone."""
        record = self.records[at]
        before = record.article
        if not made:
            del self.records[at]
            return
        article = arranged(made, before.id, before.bylines if bylines is None else bylines)
        self._changed(at, article)

    def _changed(self, at: int, article: Article) -> None:
        record = self.records[at]
        if article.text == record.article.text:
            self.records[at] = replace(record, article=article)
        else:
            self.records[at] = ArticleRecord(article, self.source)
            self.anew.add(article.id)

    def add(self, made: Sequence[Part], bylines: tuple[Byline, ...], behind: int) -> str:
        """An article of its own, behind another one on the page; its id."""
        made_id = identity(self.text, made[0].start)
        if any(record.article.id == made_id for record in self.records):
            raise LostError("there is an article already that begins here")
        self.records.insert(behind + 1, ArticleRecord(arranged(made, made_id, bylines), self.source))
        self.anew.add(made_id)
        return made_id

    def other(self, values: Mapping[str, Any], at: int) -> int:
        """The place of another article of the page that a correction names."""
        ref = reference(values)
        found = find_article(ref, self.records)
        if found is None:
            raise LostError(f"the other article ({ref.id}) is not on the page")
        if found == at:
            raise LostError("the two are one article")
        return found


def locate(made: Sequence[Part], quote: Quote) -> tuple[int, int]:
    """Which part a quotation begins in, and where in it."""
    text = "\n".join(part.text for part in made)
    at = find(text, quote)
    for index, part in enumerate(made):
        if at < len(part.text):
            return index, at
        at -= len(part.text) + 1
    raise LostError(f"{short(quote.text)!r} begins between two blocks")
