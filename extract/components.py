"""The steps as spaCy components, so that the whole is an ordinary `Language` that others can extend.

Every component reads what the ones before it left in `doc._` and leaves its own there, as tuples of the schemas'
dataclasses with offsets over the text; what each leaves and needs stands in `steps`. Names are those of the steps with
`news_` before them. The extractor itself runs the steps without spaCy, which costs a start a second and every article
an eighth of its time.
"""

from collections.abc import Callable
from dataclasses import fields

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.linking import Context
from extract.steps import SECOND_WITNESS, STEPS, Draft, Step, cutter, second_witness
from extract.tokens import Segmenter, WordCutter, Words, segmenter
from schemas.layout import Article, Block

PREFIX = "news_"
USER_DATA = "newspaper.words"
KEPT = tuple(field.name for field in fields(Draft) if field.name != "words")
"""What a Doc keeps of a draft, each under `doc._`."""
DEFAULTS = {"article": None, "context": Context(), "issue_date": None, "upper": None}

Component = Callable[[Doc], Doc]


def language(segment: Segmenter | None = None, model: str | None = None) -> Language:
    """A blank Language with the tokenizer and all the steps; `model` is a spaCy pipeline that is heard as well.

    Raises second_witness.NoSuchModelError where `model` is neither installed nor a folder.

    >>> doc = language()("3月5日，南岸区花园路街道南湖社区开展义诊活动。")  # a free clinic at Nanhu community
    >>> [(e.type, e.name) for e in doc._.entities]
    [('district', '南岸区'), ('street', '花园路街道'), ('community', '南湖社区')]
    """
    for name in KEPT:  # asking twice is allowed
        Doc.set_extension(name, default=DEFAULTS.get(name, ()), force=True)
    nlp = spacy.blank("xx")
    nlp.tokenizer = NewsTokenizer(nlp.vocab, cutter(segment or segmenter()))
    for step in STEPS:
        nlp.add_pipe(PREFIX + step)
    if model:
        witness = PREFIX + SECOND_WITNESS
        nlp.add_pipe(witness, after=f"{PREFIX}organizations", config={"model": model})
    return nlp


class NewsTokenizer:
    """A spaCy tokenizer over the project's words, white space and line ends being words of their own."""

    def __init__(self, vocab: Vocab, cut: WordCutter) -> None:
        self.vocab = vocab
        self._cut = cut

    def __call__(self, text: str) -> Doc:
        """Text to Doc."""
        words = self._cut(text)
        doc = Doc(self.vocab, words=words.words, tags=words.tags, spaces=[False] * len(words.words))
        doc.user_data[USER_DATA] = words
        return doc


def words_of(doc: Doc) -> Words:
    """The words of `doc`, made once and kept with it."""
    found = doc.user_data.get(USER_DATA)
    if not isinstance(found, Words):
        found = doc.user_data[USER_DATA] = Words([token.text for token in doc], [token.tag_ for token in doc])
    return found


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


def _component(step: Step) -> Component:
    """A step that reads from a Doc and leaves with it what it found."""

    def component(doc: Doc) -> Doc:
        article_of(doc)
        draft = Draft(words=words_of(doc), **{name: doc._.get(name) for name in KEPT})
        step(draft)
        for name in KEPT:
            doc._.set(name, getattr(draft, name))
        return doc

    return component


def _factory(step: str) -> Callable[[Language, str], Component]:
    def make(nlp: Language, name: str) -> Component:
        return _component(STEPS[step]())

    return make


for _step in STEPS:
    Language.factory(PREFIX + _step, func=_factory(_step))


@Language.factory(PREFIX + SECOND_WITNESS)
def _second_witness(nlp: Language, name: str, model: str) -> Component:
    return _component(second_witness(model))
