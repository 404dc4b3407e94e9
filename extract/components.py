"""The steps as spaCy components, so that the whole is an ordinary `Language` that others can extend.

Every component reads what the ones before it left in `doc._` and leaves its own there, as tuples of the schemas'
dataclasses with offsets over the text. Here is registration only; the logic is in the modules of the same names.

| component | leaves | needs |
|---|---|---|
| (tokenizer) | `numerals`, words | |
| news_dates | `dates` | `issue_date` |
| news_places | `mentions` | `article`, `context` |
| news_people, news_organizations | more `mentions` | |
| news_second_witness (only when asked for) | more `mentions` | an installed spaCy pipeline |
| news_entities | `entities` | `mentions`, `context` |
| news_counts | `counts` | `numerals`, `dates`, `mentions` |
| news_activities | `activities`, and in `told` what they rest on | `entities`, `dates`, `counts` |
| news_keywords | `keywords` | `entities` |
"""

import datetime
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.activities import ActivityReader
from extract.counts import CountReader
from extract.gazetteer import gazetteer
from extract.keywords import keywords
from extract.linking import Context, link
from extract.measures import measured
from extract.numerals import find_numerals
from extract.organizations import OrganizationReader
from extract.people import PersonReader
from extract.places import PlaceReader
from extract.second_witness import SecondWitness
from extract.times import TimeReader
from extract.tokens import NewsTokenizer, Segmenter, segmenter
from schemas.annotations import Mention, Span
from schemas.layout import Article, Block

STEPS = (
    "news_dates",
    "news_places",
    "news_people",
    "news_organizations",
    "news_entities",
    "news_counts",
    "news_activities",
    "news_keywords",
)
"""The components in the order in which they run, without a model."""
SECOND_WITNESS = "news_second_witness"
"""Runs when all names are read by rule, so that it only adds to them."""

Component = Callable[[Doc], Doc]


def language(segment: Segmenter | None = None, model: str | None = None) -> Language:
    """A blank Language with the tokenizer and all the steps; `model` is a spaCy pipeline that is heard as well.

    Raises second_witness.NoSuchModelError where `model` is neither installed nor a folder.

    >>> doc = language()("3月5日，南岸区花园路街道南湖社区开展义诊活动。")  # a free clinic at Nanhu community
    >>> [(e.type, e.name) for e in doc._.entities]
    [('district', '南岸区'), ('street', '花园路街道'), ('community', '南湖社区')]
    """
    _extend()
    nlp = spacy.blank("xx")
    times = TimeReader()

    def locked(text: str) -> tuple[Span, ...]:
        """What the segmenter must not cut: expressions of time, numerals, and the measure words behind them."""
        numerals = find_numerals(text)
        return (*times.spans(text, numerals), *(Span(n.start, n.end) for n in numerals), *measured(text, numerals))

    nlp.tokenizer = NewsTokenizer(nlp.vocab, segment or segmenter(), locked)
    for step in STEPS:
        nlp.add_pipe(step)
    if model:
        nlp.add_pipe(SECOND_WITNESS, after="news_organizations", config={"model": model})
    return nlp


def _extend() -> None:
    """Declare what the components keep on a Doc. Asking twice is allowed."""
    for name in ("numerals", "dates", "mentions", "entities", "counts", "told", "activities", "keywords"):
        Doc.set_extension(name, default=(), force=True)
    Doc.set_extension("article", default=None, force=True)
    Doc.set_extension("context", default=Context(), force=True)
    Doc.set_extension("issue_date", default=None, force=True)


def article_of(doc: Doc) -> Article:
    """The article that a Doc is the text of; a text of nowhere counts as one paragraph a line."""
    if doc._.article is not None:
        return doc._.article  # type: ignore[no-any-return]
    blocks, at = [], 0
    for line in doc.text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line), ((at, at + len(line)),)))
        at += len(line) + 1
    doc._.article = Article("0" * 16, "article", doc.text, tuple(blocks))
    return doc._.article  # type: ignore[no-any-return]


@Language.factory("news_dates")
def _dates(nlp: Language, name: str) -> Component:
    times = TimeReader()

    def step(doc: Doc) -> Doc:
        doc._.numerals = find_numerals(doc.text)
        issue: datetime.date | None = doc._.issue_date
        doc._.dates = times.read(doc.text, doc._.numerals, issue)
        return doc

    return step


@Language.factory("news_places")
def _places(nlp: Language, name: str) -> Component:
    places = PlaceReader()

    def step(doc: Doc) -> Doc:
        context: Context = doc._.context
        doc._.mentions = places.read(doc, article_of(doc), (*context.page, *context.home))
        return doc

    return step


@Language.factory("news_people")
def _people(nlp: Language, name: str) -> Component:
    people = PersonReader()

    def step(doc: Doc) -> Doc:
        doc._.mentions = _together(doc, people.read(doc, article_of(doc), doc._.mentions))
        return doc

    return step


@Language.factory("news_organizations")
def _organizations(nlp: Language, name: str) -> Component:
    organizations = OrganizationReader()

    def step(doc: Doc) -> Doc:
        places = [m for m in doc._.mentions if m.type != "person"]
        doc._.mentions = _together(doc, organizations.read(doc, article_of(doc), places))
        return doc

    return step


@Language.factory(SECOND_WITNESS)
def _second_witness(nlp: Language, name: str, model: str) -> Component:
    witness = SecondWitness.load(model)

    def step(doc: Doc) -> Doc:
        doc._.mentions = _together(doc, witness.read(article_of(doc), doc._.mentions))
        return doc

    return step


def _together(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(sorted((*doc._.mentions, *found), key=lambda m: (m.start, m.end)))


@Language.factory("news_entities")
def _entities(nlp: Language, name: str) -> Component:
    divisions = gazetteer()

    def step(doc: Doc) -> Doc:
        doc._.entities = link(article_of(doc), doc._.mentions, doc._.context, divisions)
        return doc

    return step


@Language.factory("news_counts")
def _counts(nlp: Language, name: str) -> Component:
    counts = CountReader()

    def step(doc: Doc) -> Doc:
        doc._.counts = counts.read(doc, article_of(doc), doc._.numerals, doc._.dates, doc._.mentions)
        return doc

    return step


@Language.factory("news_activities")
def _activities(nlp: Language, name: str) -> Component:
    activities = ActivityReader()

    def step(doc: Doc) -> Doc:
        known = doc._
        known.told = activities.explain(doc, article_of(doc), known.entities, known.dates, known.counts)
        known.activities = tuple(told.activity for told in known.told)
        return doc

    return step


@Language.factory("news_keywords")
def _keywords(nlp: Language, name: str) -> Component:
    def step(doc: Doc) -> Doc:
        doc._.keywords = keywords(doc, doc._.entities)
        return doc

    return step
