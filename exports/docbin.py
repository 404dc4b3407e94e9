"""Records as a spaCy DocBin: Docs of characters with entities and activities, for `spacy train` and for review.

Tokens are characters, as spaCy's own Chinese pipeline cuts by default, so that every span is exact.
"""

from collections.abc import Iterable

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from exports.annotations import labels
from schemas.record import ArticleRecord


def docs(records: Iterable[ArticleRecord], vocab: Vocab) -> Iterable[Doc]:
    """A Doc for each record: `ents` as in `labels`, `spans["activities"]` the evidence of its activities.

    `user_data["id"]` is the record's id. White space is a token of its own, so that offsets are those of the record.
    """
    for record in records:
        text = record.article.text
        doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
        doc.user_data["id"] = record.article.id
        doc.ents = [Span(doc, each.start, each.end, each.type) for each in labels(record)]
        doc.spans["activities"] = [Span(doc, a.evidence.start, a.evidence.end, a.type) for a in record.activities]
        yield doc


def to_bytes(records: Iterable[ArticleRecord]) -> bytes:
    """A DocBin of the records as bytes; `DocBin().from_bytes` with any Chinese vocab opens it."""
    made = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for doc in docs(records, Vocab()):
        made.add(doc)
    return made.to_bytes()
