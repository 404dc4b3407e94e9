"""The whole flow in reading order: a page in, annotated article records out.

    lines → furniture, roles → articles (text fixed here) → words → mentions → entities → counts, activities → records
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.articles import Assembly, assemble
from extract.components import language
from extract.explanation import Explanation
from extract.furniture import furniture
from extract.gazetteer import gazetteer
from extract.leftovers import leftovers
from extract.linking import Context
from extract.lines import read_pieces
from extract.restored import restore
from extract.roles import Reading, read_roles
from extract.tokens import SegmenterName, Words, dictionary
from extract.upper_divisions import upper_divisions
from schemas.layout import Article, Leftover, Page
from schemas.record import ArticleRecord


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page: its records in printed order, the text that belongs to none, and why."""

    records: tuple[ArticleRecord, ...]
    leftovers: tuple[Leftover, ...]
    explanation: Explanation


class Extractor:
    """Pages to records. Building one loads dictionaries (about a second); it holds no state of the pages it has seen.

    >>> from schemas.layout import Source
    >>> page = Page(Source("page.txt", "", "utf-8", "text"), "粽香满楼\\n本报讯（记者 何苗）6月1日，南湖社区邀请居民包粽子。")
    >>> [record.title for record in Extractor().extract(page).records]
    ['粽香满楼']
    """

    def __init__(self, segmenter: SegmenterName = "rjieba", home: Sequence[str] = ()) -> None:
        """`home`: names of the divisions that the papers are from, for places that the text alone leaves open."""
        self._words = dictionary(segmenter)
        self._language = language(self._words.tag)
        self._home = tuple(home)

    def extract(self, page: Page) -> PageResult:
        """Put the page's articles together and read them."""
        readings, assembly, articles = self._restore(page.text)
        docs = [self._language.make_doc(article.text) for article in articles]
        context = self._context(docs)
        issue = datetime.date.fromisoformat(page.source.issue_date) if page.source.issue_date else None
        records = []
        for article, doc in zip(articles, docs, strict=True):
            doc._.article, doc._.context, doc._.issue_date = article, context, issue
            found = self._language(doc)._
            records.append(
                ArticleRecord(
                    article, page.source, found.entities, found.counts, found.dates, found.activities, found.keywords
                )
            )
        explanation = Explanation(readings, assembly, tuple(records))
        return PageResult(tuple(records), leftovers(page.text, readings, articles), explanation)

    def _restore(self, text: str) -> tuple[tuple[Reading, ...], Assembly, tuple[Article, ...]]:
        pieces = read_pieces(text)
        readings = read_roles(pieces, furniture(pieces), self._words)
        assembly = assemble(readings, self._words)
        return readings, assembly, restore(assembly, text)

    def _context(self, docs: Sequence[Doc]) -> Context:
        """The divisions that the page as a whole is about."""
        divisions = gazetteer()
        named = [mention for doc in docs for mention in upper_divisions(Words(doc), divisions)]
        return Context.of(self._home, named, divisions)
