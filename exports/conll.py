"""Records as CoNLL-2003 style columns for training taggers: a character and its BIO tag a line (Ramshaw & Marcus 1995).

Chinese taggers are trained on characters, so a line is a character; white space is left out, a block ends with an empty
line, an article opens with -DOCSTART- and its id.
"""

from collections.abc import Iterable, Iterator

from exports.annotations import labels
from schemas.record import ArticleRecord


def lines(records: Iterable[ArticleRecord]) -> Iterator[str]:
    """The lines of a file, without line ends.

    >>> from schemas.annotations import Entity, Span
    >>> from schemas.layout import Article, Block, Source
    >>> article = Article("0" * 16, "article", "到东升社区", (Block("paragraph", 0, 5, ((0, 5),)),))
    >>> place = Entity("e1", "community", "东升社区", None, None, "stated", (Span(1, 5),))
    >>> record = ArticleRecord(article, Source("a", "", "utf-8", "text"), (place,))
    >>> list(lines([record]))[2:5]  # "to Dongsheng community"
    ['到 O', '东 B-community', '升 I-community']
    """
    for record in records:
        yield f"-DOCSTART- {record.article.id}"
        yield ""
        text = record.article.text
        tags = ["O"] * len(text)
        for label in labels(record):
            tags[label.start : label.end] = [f"I-{label.type}"] * (label.end - label.start)
            tags[label.start] = f"B-{label.type}"
        for block in record.article.blocks:
            yield from (f"{text[i]} {tags[i]}" for i in range(block.start, block.end) if not text[i].isspace())
            yield ""
