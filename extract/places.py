"""Places: from provinces down to estates, roads and venues, by form, by context and by the gazetteer.

The readers it joins, one question each: `upper_divisions` (which districts, cities, provinces), `place_forms` (where
does a name end), `left_edge` (where does it begin), `coordination` (which names share the suffix), `short_forms`
(which words stand for a place named before).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from extract.coordination import upper_lists
from extract.gazetteer import Gazetteer, gazetteer, short_name
from extract.left_edge import LeftEdges
from extract.place_forms import heads
from extract.place_reading import Reading, outermost
from extract.short_forms import short_forms
from extract.tokens import Words
from extract.upper_divisions import upper_divisions
from schemas.annotations import Mention
from schemas.layout import Article

MANY_COUNTIES = 6


class PlaceReader:
    """Finds the places that an article names."""

    def __init__(self, gaz: Gazetteer | None = None) -> None:
        self.gaz = gaz or gazetteer()

    def read(
        self,
        words: Words,
        article: Article,
        region: Collection[str] = (),
        upper: tuple[Mention, ...] | None = None,
    ) -> tuple[Mention, ...]:
        """Mentions of places, in order, none inside another; `words` are those of its text.

        `region`: codes of divisions that the page or the paper is about, for articles that name none themselves.
        `upper`: the article's provinces, cities and districts, where they have been read already.
        A mention of a body (友好街道办事处) spans what is printed and bears the place's name.
        """
        upper = upper_divisions(words, self.gaz) if upper is None else upper
        edges = LeftEdges(words, self.gaz, self._regions(self._lowest(upper) or region))
        if lists := upper_lists(edges):
            upper = outermost((*upper, *lists))
        edges.upper_short = frozenset(short_name(m.name) for m in upper)
        edges.bar_short_names((*edges.upper_short, *self._short_names(region)))
        every = [head for head in heads(words.text) if not edges.inside_short_name(head)]
        reading = Reading(every, edges, upper)
        plain = reading.plain()
        if not edges.region and (counties := self._counties_of_streets(plain)):
            edges.region = self._regions(counties)
            reading.forget()
        found = reading.all()
        short = short_forms(words, found, self.gaz)
        return tuple(sorted((*found, *short), key=lambda m: (m.start, m.end))) if short else found

    def _regions(self, codes: Iterable[str]) -> tuple[range, ...]:
        return tuple(map(self.gaz.region, codes))

    def _lowest(self, upper: Sequence[Mention]) -> Collection[str]:
        """Codes of the lowest divisions named: districts, else cities, else provinces."""
        for kind in ("district", "city", "province"):
            codes = {code for m in upper if m.type == kind for code in self.gaz.upper_codes(m.name)}
            if codes:
                return codes
        return ()

    def _short_names(self, region: Collection[str]) -> Iterator[str]:
        return (short_name(name) for code in region if (name := self.gaz.name(code)) is not None)

    def _counties_of_streets(self, mentions: Sequence[Mention]) -> Collection[str]:
        """The counties that have a street of a name that few have."""
        codes: set[str] = set()
        for name in {m.name for m in mentions if m.type == "street"}:
            counties = {code[:6] for code in self.gaz.codes_of(name, "street")}
            if len(counties) <= MANY_COUNTIES:
                codes |= counties
        return codes
