"""Searching an archive: candidates from the index, verified in the text, ranked, a page of them with snippets.

What is found is exactly the articles that a scan of all texts would find (folding.py says what counts as the same). Up
to ALL articles are read, scored and ranked together. Of more, BEST are: the newest with a hit in their headlines, then
the newest; the rest follows, newest first, and is read only as far as it is asked for.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.archive import filters as sieve
from corpus.archive.bigrams import wanted
from corpus.archive.bounds import bounds
from corpus.archive.candidates import Candidates
from corpus.archive.conditions import Condition, Every, Words, all_of, any_of
from corpus.archive.filters import Filters
from corpus.archive.query import And, Expression, Or, Term, parse
from corpus.archive.ranking import score, weights
from corpus.archive.reading import Reader, Text
from corpus.archive.snippets import Marked, merged, snippet

ALL = 1000
BEST = 200
STEP = 50
"""Articles that are read at once behind those that were ranked."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. `article` is its id in the archive, `id` its record's; `score` is 0 for a blank query."""

    article: int
    id: str
    kind: str
    title: Marked | None
    path: str
    page: int | None
    paper: str | None
    issue_date: str | None
    snippet: Marked
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `total` is how many there are in all; where not `exact`, how many at most."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool
    expression: Expression | None


def search(
    connection: sqlite3.Connection,
    query: str,
    filters: Filters | None = None,
    limit: int = 20,
    offset: int = 0,
    among: Condition = Every(),  # noqa: B008 - immutable
) -> Found:
    """The articles that `query` means among those that the filters want, best first; QueryError for what is no query.

    The order is by score, then newest first, and the same in every archive of the same articles. A blank query means
    all articles, newest first. `among`: a further condition, over search_entry.article.
    """
    expression = parse(query)
    limits = bounds(connection, expression)
    filtered = all_of((sieve.articles(connection, filters or Filters()), among))
    candidates = Candidates(connection, limits.possible, filtered)
    reader = Reader(connection, expression, settled=limits.exact)
    asked = _to_compare(candidates, expression, reader.terms)
    compared = reader.read(asked)
    weighted = weights([text.hits for text in compared])
    best = [(score(weighted, text.hits, len(text.text)), text) for text in compared]
    _best_first(connection, best)
    taken = best[offset : offset + limit]
    total = candidates.total - (len(asked) - len(compared))
    exact = limits.exact or len(asked) == candidates.total
    if len(taken) < limit and len(asked) < candidates.total:
        skip = max(0, offset - len(best))
        walk = _Walk(candidates, frozenset(asked), reader, settled=limits.exact)
        taken += [(score(weighted, text.hits, len(text.text)), text) for text in walk.texts(skip, limit - len(taken))]
        total, exact = total - walk.failed, exact or walk.ended
    return Found(tuple(hits(connection, taken)), total, exact, expression)


class _Walk:
    """The candidates that were not compared, read as far as they are asked for."""

    def __init__(self, candidates: Candidates, compared: frozenset[int], reader: Reader, settled: bool) -> None:
        self._rest: Iterator[int] = (article for article in candidates.newest() if article not in compared)
        self._reader = reader
        self._settled = settled
        self.failed = 0
        self.ended = False

    def texts(self, skip: int, count: int) -> Iterator[Text]:
        """The next `count` articles that are meant behind the first `skip`."""
        if self._settled:  # what is left out before need not be read
            self._rest, skip = islice(self._rest, skip, None), 0
        while count > 0 and not self.ended:
            asked = list(islice(self._rest, STEP))
            texts = self._reader.read(asked)
            self.failed += len(asked) - len(texts)
            self.ended = len(asked) < STEP
            page = texts[skip : skip + count]
            skip, count = max(0, skip - len(texts)), count - len(page)
            yield from page


def _to_compare(candidates: Candidates, expression: Expression | None, terms: Sequence[Term]) -> list[int]:
    """The articles to read and rank: all candidates where they are few; none where there is nothing to rank by."""
    if not terms:
        return []
    if candidates.total <= ALL:
        return list(candidates.newest())
    chosen: dict[int, None] = {}
    if _has_or(expression):
        # a rare word beside a common one is what somebody looks for
        for term in terms:
            holding = Words(wanted(term.folded, headline=term.field == "title").match)
            if candidates.count(holding) <= BEST:
                chosen.update(dict.fromkeys(islice(candidates.newest(holding), BEST // len(terms))))
    in_headlines = any_of(Words(wanted(term.folded, headline=True).match) for term in terms if term.field != "body")
    # what one word has in headlines it has at all
    sure = isinstance(expression, Term)
    chosen.update(dict.fromkeys(islice(candidates.newest(in_headlines, settled=sure), BEST - len(chosen))))
    if len(chosen) < BEST:
        unseen = (article for article in candidates.newest() if article not in chosen)
        chosen.update(dict.fromkeys(list(islice(unseen, BEST - len(chosen)))))
    return list(chosen)


def _has_or(expression: Expression | None) -> bool:
    match expression:
        case Or():
            return True
        case And(parts):
            return any(map(_has_or, parts))
    return False


def _best_first(connection: sqlite3.Connection, scored: list[tuple[float, Text]]) -> None:
    """Sorts by score, then newest first, then so that it is the same in every archive."""
    often = Counter(text.record_id for _, text in scored)
    paths = {
        text.article: connection.execute("SELECT path FROM v_article WHERE id = ?", (text.article,)).fetchone()[0]
        for _, text in scored
        if often[text.record_id] > 1
    }
    scored.sort(key=lambda each: (each[1].record_id, paths.get(each[1].article, ""), each[1].article))
    scored.sort(key=lambda each: (each[0], each[1].day), reverse=True)


def hits(connection: sqlite3.Connection, taken: list[tuple[float, Text]]) -> Iterator[Hit]:
    """The texts with their scores as they are shown."""
    for points, text in taken:
        query = "SELECT record_id, kind, title, path, page, paper, issue_date FROM v_article WHERE id = ?"
        record_id, kind, title, path, page, paper, issued = connection.execute(query, (text.article,)).fetchone()
        shown = snippet(text.text, text.places, text.headline_end)
        yield Hit(text.article, record_id, kind, _title(title, text), path, page, paper, issued, shown, points)


def _title(title: str | None, text: Text) -> Marked | None:
    """The title with its marks: it is the main headline's lines put together, which stand apart in the text."""
    if title is None:
        return None
    start = text.text.find(title)
    if start < 0:
        return Marked(title)
    end = start + len(title)
    places = merged(place for term in text.places for place in term)
    return Marked(
        title, tuple((max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start)
    )
