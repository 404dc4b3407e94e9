"""The whole flow in reading order: a page in, annotated article records out.

lines → furniture, roles → articles (text fixed here) → words → mentions → entities → counts, activities → records
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.components import language
from extract.explanation import Explanation
from extract.gazetteer import gazetteer
from extract.linking import Context
from extract.restoration import restore_page
from extract.tokens import SegmenterName, Words, dictionary
from extract.upper_divisions import upper_divisions
from schemas.layout import Article, Leftover, Page, Source
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
    >>> text = "粽香满楼\\n本报讯（记者 何苗）6月1日，南湖社区邀请居民包粽子。"  # neighbours make rice dumplings
    >>> page = Page(Source("page.txt", "", "utf-8", "text"), text)
    >>> [record.title for record in Extractor().extract(page).records]
    ['粽香满楼']
    """

    def __init__(self, segmenter: SegmenterName = "rjieba", home: Sequence[str] = (), model: str | None = None) -> None:
        """Load what reading needs.

        `home`: names of the divisions that the papers are from, for places that the text alone leaves open.
        `model`: an installed spaCy pipeline, or a folder with one, heard as a second witness to persons and
        organizations; second_witness.NoSuchModelError where there is none.
        """
        self._words = dictionary(segmenter)
        self._language = language(self._words.tag, model)
        self._home = tuple(home)

    def extract(self, page: Page) -> PageResult:
        """Put the page's articles together and read them."""
        restored = restore_page(page, self._words)
        docs = self._read(page.source, restored.articles)
        records = tuple(_record(doc, page.source) for doc in docs)
        why = Explanation(restored.regions, records, tuple(doc._.told for doc in docs))
        return PageResult(records, restored.leftovers, why)

    def annotate(self, source: Source, articles: Sequence[Article]) -> tuple[ArticleRecord, ...]:
        """Read the articles of one page, which tell each other where the page is about; their text is not touched."""
        return tuple(_record(doc, source) for doc in self._read(source, articles))

    def _read(self, source: Source, articles: Sequence[Article]) -> list[Doc]:
        """The articles of one page as Docs that hold everything that was read."""
        docs = [self._language.make_doc(article.text) for article in articles]
        context = self._context(docs)
        issue = datetime.date.fromisoformat(source.issue_date) if source.issue_date else None
        for article, doc in zip(articles, docs, strict=True):
            doc._.article, doc._.context, doc._.issue_date = article, context, issue
            self._language(doc)
        return docs

    def _context(self, docs: Sequence[Doc]) -> Context:
        """The divisions that the page as a whole is about."""
        divisions = gazetteer()
        named = [mention for doc in docs for mention in upper_divisions(Words.of(doc), divisions)]
        return Context.of(self._home, named, divisions)


def _record(doc: Doc, source: Source) -> ArticleRecord:
    """What was read from an article, without the words."""
    found = doc._
    return ArticleRecord(
        found.article, source, found.entities, found.counts, found.dates, found.activities, found.keywords
    )
