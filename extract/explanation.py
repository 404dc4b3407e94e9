"""Why a page was read as it was: every piece with its role, every join and every placement, with the points behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.articles import Assembly
from extract.roles import Reading
from schemas.layout import Article

SHOWN = 36  # characters of a piece that are quoted


@dataclass(frozen=True, slots=True)
class Explanation:
    """The decisions behind a page's articles."""

    readings: tuple[Reading, ...]
    assembly: Assembly
    articles: tuple[Article, ...]

    def lines(self, article_id: str | None = None) -> Iterator[str]:
        """The chain of reasons as printable lines; of one article where its id is given.

        Raises KeyError where the page has no article of that id.
        """
        wanted = self._pieces_of(article_id) if article_id else None
        placed = {p.piece: p for p in self.assembly.placements}
        joined = {(b.piece.index, b.start): (a, join) for a, b, join in self.assembly.joins}
        for reading in self.readings:
            index = reading.piece.index
            if wanted is not None and index not in wanted:
                continue
            yield f"[{index}] {reading.role}  {quote(reading.piece.text)}"
            yield from reasons("role", reading.evidence)
            if (place := placed.get(index)) and place.evidence:
                home = f"article {place.draft + 1}" if place.draft >= 0 else "a picture story"
                yield from reasons(f"belongs to {home}", place.evidence)
            for (second, _), (first, join) in joined.items():
                if second == index:
                    yield from reasons(f"goes on from [{first.piece.index}]", join.evidence)

    def _pieces_of(self, article_id: str) -> set[int]:
        article = {a.id: a for a in self.articles}[article_id]
        ranges = [r for b in article.blocks for r in b.source]
        return {
            r.piece.index
            for r in self.readings
            if any(s < e2 and s2 < e for s, e in ranges for s2, e2 in r.piece.ranges)
        }


def quote(text: str) -> str:
    """A piece in short: its beginning and its end.

    >>> quote("社区" * 30)
    '社区社区社区社区社区社区社区社区社区社区社区社区 … 社区社区社区'
    """
    return text if len(text) <= SHOWN else f"{text[:24]} … {text[-6:]}"


def reasons(label: str, evidence: Sequence[object]) -> Iterator[str]:
    """One indented line for a decision: its label, then its evidence."""
    yield f"      {label}: " + "; ".join(str(e) for e in evidence)
