"""Where what a correction quotes stands now: the article on a page, the words in its text."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from corpus.corrections.correction import ArticleRef, LostError, Quote
from schemas.record import ArticleRecord

OPENING = 20
"""Characters of a title or a paragraph that are quoted."""
SHOWN = 24


def reference(record: ArticleRecord) -> ArticleRef:
    """How a correction names an article: its id, its page, the openings of its first block and of its longest."""
    article = record.article
    longest = max(article.blocks, key=lambda block: (block.end - block.start, -block.start))
    openings = [article.quote(block)[:OPENING] for block in (article.blocks[0], longest)]
    return ArticleRef(article.id, record.source.sha256, tuple(dict.fromkeys(openings)))


def find_article(ref: ArticleRef, records: Sequence[ArticleRecord], needed: Quote | None = None) -> int | None:
    """Which of a page's articles is meant, by its place among them; None where none or no single one is.

    `needed`: words that the correction is about. The article that prints them, with what is around them, is the better
    one: a part of the article that the editor saw may have become one of its own.
    """
    ranked: list[tuple[int, bool, int, int]] = []
    for at, record in enumerate(records):
        text = record.article.text
        quoted = sum(quote in text for quote in ref.quotes)
        same, fit = record.article.id == ref.id, _holds(text, needed)
        if quoted or fit == SURE or (same and not ref.quotes):
            ranked.append((fit, same, quoted, at))
    ranked.sort(reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][:3] == ranked[1][:3]):
        return None
    return ranked[0][3]


SURE = 2
LEAST_SURE = 10
"""Characters that no two articles of a page share by chance."""


def _holds(text: str, needed: Quote | None) -> int:
    """Whether the words are in a text: SURE with what is around them, 1 without, 0 not at all."""
    if needed is None or needed.text not in text:
        return 0
    around = (needed.before + needed.text, needed.text + needed.after)
    return SURE if any(len(each) >= LEAST_SURE and each in text for each in around) else 1


def concerns(ref: ArticleRef, records: Sequence[ArticleRecord]) -> bool:
    """Whether the article may be among those of a page: the bytes are the same, or a copy's article has the id."""
    return any(record.source.sha256 == ref.sha256 or record.article.id == ref.id for record in records)


def find(text: str, quote: Quote) -> int:
    """Where the quoted words begin; of several places the one whose surroundings fit best. LostError without one.

    >>> find("老街亮灯。老街有井。", Quote("老街", before="。"))  # the old street: lamps, a well
    5
    """
    places = _places(text, quote.text)
    if not places:
        raise LostError(f"{short(quote.text)!r} is not in it")
    fits = [(_fit(text, at, quote), -at) for at in places]
    best = max(fits)
    if sum(fit == best[0] for fit, _ in fits) > 1:
        raise LostError(f"{short(quote.text)!r} is in it {len(places)} times, and what is around it decides for none")
    return -best[1]


def _fit(text: str, at: int, quote: Quote) -> int:
    end = at + len(quote.text)
    before = zip(reversed(text[max(at - len(quote.before), 0) : at]), reversed(quote.before), strict=False)
    return _alike(before) + _alike(zip(text[end : end + len(quote.after)], quote.after, strict=False))


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _places(text: str, words: str) -> list[int]:
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def places(text: str, words: str) -> list[int]:
    """Every place where `words` stand, those that overlap too.

    >>> places("幸福里和幸福里", "幸福里")  # an estate
    [0, 4]
    """
    return _places(text, words)


def short(text: str) -> str:
    """Words for a message, in short."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
