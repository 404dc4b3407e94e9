"""A statistical model as a second witness: any installed spaCy pipeline adds the persons and organizations it sees.

Its finds go through the same merge as our own: they count where nothing of ours stands, never in a byline, and never
instead of a name that the rules read. Without a model everything works; with one, names without a title are found too.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import spacy
from spacy.language import Language

from extract.credits import credit_spans, inside
from schemas.annotations import EntityType, Mention, Span
from schemas.layout import Article

LABELS: Mapping[str, EntityType] = MappingProxyType(
    {"PERSON": "person", "PER": "person", "ORG": "organization", "ORGANIZATION": "organization"}
)
"""The labels of the usual tag sets (OntoNotes, MSRA, CoNLL); others are not asked for."""
LONGEST = 40
"""No name is longer; a model that says so has lost its way."""


class NoSuchModelError(ValueError):
    """The pipeline is not installed; the message says how to get it."""


class SecondWitness:
    """Reads with somebody else's pipeline.

    >>> nlp = spacy.blank("zh")
    >>> rules = nlp.add_pipe("entity_ruler")
    >>> rules.add_patterns([{"label": "PERSON", "pattern": "高一诺"}])
    >>> text = "高一诺画了一座桥。"  # Gao Yinuo drew a bridge: no title, no verb of speech
    >>> [m.name for m in SecondWitness(nlp).read(Article("0" * 16, "article", text, ()), ())]
    ['高一诺']
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    @classmethod
    def load(cls, name: str) -> "SecondWitness":
        """The installed pipeline `name`, or one in a folder; NoSuchModelError where there is none."""
        try:
            return cls(spacy.load(name))
        except OSError as error:
            remedy = f"install it (python -m spacy download {name}) or name a folder that holds one"
            raise NoSuchModelError(f"no spaCy pipeline {name!r}: {remedy}") from error

    def read(self, article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """What the model sees in `article` beside `mentions`, in order; offsets over the article's text."""
        barred = [*credit_spans(article), *(Span(m.start, m.end) for m in mentions)]
        writers = {b.name for b in article.bylines}
        return tuple(
            m
            for m in self._seen(article.text)
            if not inside(m.start, m.end, barred) and m.name not in writers and m.end - m.start <= LONGEST
        )

    def _seen(self, text: str) -> Iterator[Mention]:
        """The model's persons and organizations, read block by block."""
        starts = [0]
        lines = text.split("\n")
        for line in lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        for start, doc in zip(starts, self._nlp.pipe(lines), strict=True):
            for ent in doc.ents:
                kind = LABELS.get(ent.label_.upper())
                name = ent.text.strip()
                if kind and name:
                    at = start + ent.start_char + ent.text.index(name)
                    yield Mention(at, at + len(name), kind, name)
