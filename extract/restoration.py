"""A page to its articles: region by region, the lines outside all regions last among equals.

A region of the page's format (a ruled box, a row of a table) keeps its text to itself; whatever lies outside is one
region more. Plain text is all outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.articles import Assembly, assemble
from extract.blocks import Reading, read_blocks
from extract.furniture import furniture
from extract.leftovers import leftovers
from extract.lines import Piece, read_pieces
from extract.restored import restore
from extract.tokens import Dictionary
from extract.topics import Topics
from schemas.layout import Article, Leftover, Page, Region


@dataclass(frozen=True, slots=True)
class RestoredRegion:
    """What was decided inside one region; pieces are numbered from its beginning. `region` is None outside of all."""

    region: Region | None
    readings: tuple[Reading, ...]
    assembly: Assembly


@dataclass(frozen=True, slots=True)
class Restoration:
    """A page's articles in printed order, what belongs to none, and the decisions behind them."""

    articles: tuple[Article, ...]
    leftovers: tuple[Leftover, ...]
    regions: tuple[RestoredRegion, ...]


def restore_page(page: Page, words: Dictionary, printed: str | None = None) -> Restoration:
    """Put a page's articles together; ids are made from `printed` where the page's text is a folded one.

    >>> from extract.tokens import dictionary
    >>> from schemas.layout import Mark, Region, Source
    >>> text = "为老人量血压\\n3月2日，江滨社区请来医生义诊。\\n楼道换新灯\\n近日，百福社区为楼道换灯。"
    >>> split = text.index("楼道")  # doctors take blood pressure; new lamps in the stairways
    >>> boxed = Page(Source("a", "", "", ""), text, (), (Region(0, split, "box"), Region(split, len(text), "box")))
    >>> [article.text[:5] for article in restore_page(boxed, dictionary()).articles]
    ['为老人量血', '楼道换新灯']
    """
    pieces = read_pieces(page.text, page.marks, page.regions)
    reasons = furniture(pieces)
    regions = []
    for region, inside in _by_region(pieces, page.regions):
        renumbered = [p if p.index == k else replace(p, index=k) for k, p in enumerate(inside)]
        known = {k: reasons[piece.index] for k, piece in enumerate(inside) if piece.index in reasons}
        topics = Topics(piece.text for piece in renumbered)
        readings = read_blocks(renumbered, known, words, topics)
        assembly = assemble(readings, words, bool(region and region.single), topics)
        regions.append(RestoredRegion(region, readings, assembly))
    articles = restore([each.assembly for each in regions], page.text if printed is None else printed)
    readings = tuple(reading for each in regions for reading in each.readings)
    return Restoration(articles, leftovers(page.text, readings, articles), tuple(regions))


def _by_region(pieces: Sequence[Piece], regions: Sequence[Region]) -> list[tuple[Region | None, list[Piece]]]:
    """The pieces of each region, and first those outside of all; a region without text is left out."""
    found: dict[int, list[Piece]] = {}
    at = 0
    for piece in pieces:
        start = piece.ranges[0][0]
        while at < len(regions) and regions[at].end <= start:
            at += 1
        inside = at < len(regions) and regions[at].start <= start
        found.setdefault(at if inside else -1, []).append(piece)
    return [(regions[k] if k >= 0 else None, found[k]) for k in sorted(found)]
