"""The whole flow in reading order: a page in, annotated article records out.

lines → furniture, roles → articles (text fixed here) → words → mentions → entities → counts, activities → records
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.explanation import Explanation
from extract.gazetteer import gazetteer
from extract.linking import Context
from extract.papers import home_of
from extract.printed import Folding, article_as_printed, as_printed, explanation_as_printed
from extract.restoration import restore_page
from extract.steps import Draft, cutter, steps
from extract.tokens import SegmenterName, dictionary
from extract.traditional import fold
from extract.upper_divisions import upper_divisions
from schemas.annotations import Mention
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
        self._cut = cutter(self._words.tag)
        self._steps = tuple(steps(model).values())
        self._home = tuple(home)

    def extract(self, page: Page) -> PageResult:
        """Put the page's articles together and read them; a page in traditional characters is read folded."""
        folding = Folding(page.text, fold(page.text))
        restored = restore_page(replace(page, text=folding.read), self._words, folding.printed)
        drafts = self._read(page.source, restored.articles)
        records = tuple(_record(draft, page.source) for draft in drafts)
        why = Explanation(restored.regions, records, tuple(draft.told for draft in drafts))
        if folding.changes:
            records = as_printed(records, folding)
            why = explanation_as_printed(why, records, folding)
        return PageResult(records, restored.leftovers, why)

    def annotate(self, source: Source, articles: Sequence[Article]) -> tuple[ArticleRecord, ...]:
        """Read the articles of one page, which tell each other where the page is about; their text is not touched."""
        return tuple(_record(draft, source) for draft in self._read(source, articles))

    def read_again(self, source: Source, page: str, articles: Sequence[Article]) -> tuple[ArticleRecord, ...]:
        """The same for articles as printed, of a page with this text: a traditional page is read folded here too."""
        folding = Folding(page, fold(page))
        if not folding.changes:
            return self.annotate(source, articles)
        unfolding = Folding(folding.read, folding.printed)
        read = [replace(article, text=article_as_printed(article, unfolding)) for article in articles]
        records = as_printed(self.annotate(source, read), folding)
        return tuple(replace(record, article=own) for record, own in zip(records, articles, strict=True))

    def _read(self, source: Source, articles: Sequence[Article]) -> list[Draft]:
        """The articles of one page with everything that was read in them."""
        drafts = [Draft(article, self._cut(article.text)) for article in articles]
        context = self._context(source, drafts)
        issue = datetime.date.fromisoformat(source.issue_date) if source.issue_date else None
        for draft in drafts:
            draft.context, draft.issue_date = context, issue
        for step in self._steps:  # one step over all articles: what it looks things up in stays in the processor's caches
            for draft in drafts:
                step(draft)
        return drafts

    def _context(self, source: Source, drafts: Sequence[Draft]) -> Context:
        """The divisions that the page as a whole is about: the paper's own, and those that its articles name."""
        divisions = gazetteer()
        own = home_of(source.paper, divisions)
        home = self._home or ((own,) if own else ())
        named: list[Mention] = []
        for draft in drafts:
            draft.upper = upper_divisions(draft.words, divisions)
            named += draft.upper
        return Context.of(home, named, divisions)


def _record(draft: Draft, source: Source) -> ArticleRecord:
    """What was read from an article, without the words."""
    return ArticleRecord(
        draft.article, source, draft.entities, draft.counts, draft.dates, draft.activities, draft.keywords
    )
