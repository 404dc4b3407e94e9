"""That somebody has looked at an article and found it right: a correction that changes nothing.

It holds for the text that was seen. Where that is another by now (the article was divided, the page is read otherwise)
the mark applies no longer and the article is to be looked at again; what is read from the text may become better.
"""

from collections.abc import Sequence

from corpus.corrections import making
from corpus.corrections.change import Change
from corpus.corrections.correction import text_digest
from corpus.corrections.file import Line
from corpus.corrections.kinds import REVIEWED
from corpus.corrections.matching import reference
from schemas.record import ArticleRecord


def approval(
    record: ArticleRecord, lines: Sequence[Line], note: str | None = None, by: str | None = None, at: str | None = None
) -> Change:
    """The change that says so of an article as it is; an earlier mark that it had, of another text, is taken out."""
    made = making.correction(
        REVIEWED, {"digest": text_digest(record.article.text)}, reference(record), note=note, by=by, at=at
    )
    before = (line.correction for line in lines if line.correction and line.correction.kind == REVIEWED)
    old = next((own.id for own in before if own.article and own.article.id == record.article.id), None)
    return Change((made,), None if old == made.id else old)
