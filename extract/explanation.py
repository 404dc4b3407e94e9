"""Why a page was read as it was: every piece with its role, every join and placement, with the points behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from extract.activities import Told
from extract.activity_grounds import Ground
from extract.articles import Assembly
from extract.blocks import Reading
from extract.lines import Piece
from extract.restoration import RestoredRegion
from schemas.layout import Range
from schemas.record import ArticleRecord

SHOWN = 36  # characters of a piece that are quoted


@dataclass(frozen=True, slots=True)
class Explanation:
    """The decisions behind a page's articles."""

    regions: tuple[RestoredRegion, ...]
    records: tuple[ArticleRecord, ...]
    told: tuple[tuple[Told, ...], ...] = ()  # for each record what its activities rest on

    def lines(self, article_id: str | None = None) -> Iterator[str]:
        """The chain of reasons as printable lines; of one article where its id is given.

        Raises KeyError where the page has no article of that id.
        """
        ranges = self._ranges_of(article_id) if article_id else None
        for restored in self.regions:
            wanted = [r for r in restored.readings if ranges is None or _touches(r.piece, ranges)]
            if wanted and restored.region:
                one = ", one article" if restored.region.single else ""
                yield f"region: {restored.region.reason}{one}"
            yield from _decisions(restored.assembly, wanted)
        for record, told in zip_longest(self.records, self.told, fillvalue=()):
            if isinstance(record, ArticleRecord) and article_id in (None, record.article.id):
                yield ""
                yield from findings(record, told)

    def _ranges_of(self, article_id: str) -> tuple[Range, ...]:
        record = {r.article.id: r for r in self.records}[article_id]
        return tuple(r for b in record.article.blocks for r in b.source)


def _touches(piece: Piece, ranges: Sequence[Range]) -> bool:
    return any(s < e2 and s2 < e for s, e in ranges for s2, e2 in piece.ranges)


def _decisions(assembly: Assembly, readings: Sequence[Reading]) -> Iterator[str]:
    """The chain of reasons behind each piece of a region."""
    placed = {p.piece: p for p in assembly.placements}
    for reading in readings:
        index = reading.piece.index
        yield f"[{index}] {reading.role}  {quote(reading.piece.text)}"
        yield from reasons("role", reading.evidence)
        if (place := placed.get(index)) and place.evidence:
            home = "a picture story" if place.draft is None else f"article {place.draft + 1}"
            yield from reasons(f"belongs to {home}", place.evidence)
        for link in assembly.links:
            if link.second[0] == index:
                yield from reasons(f"goes on from [{link.first[0]}]", link.evidence)


def findings(record: ArticleRecord, told: Sequence[Told] = ()) -> Iterator[str]:
    """What was read from an article, with the words that it rests on; `told` has those of its activities."""
    text = record.article.text
    names = {e.id: e.name for e in record.entities}
    yield f"article {record.article.id}  {record.title or quote(text)}"
    for e in record.entities:
        where = f" in {names[e.parent]}" if e.parent else ""
        code = f" {e.code}" if e.code else ""
        printed = "、".join(dict.fromkeys(text[m.start : m.end] for m in e.mentions))
        yield f"  {e.type} {e.name}{where}{code} ({e.basis}): {printed}"
    for d in record.dates:
        yield f"  date {d.text} = {d.value or 'undecided'}"
    for c in record.counts:
        top = f" to {c.max}" if c.max is not None else ""
        yield f"  count {c.text} = {c.value}{top} {c.unit} of {c.object or '?'} ({c.mod})"
    for a in record.activities:
        yield f"  activity [{a.type}, {a.status}] {a.name}"
        slots = (("organizers", a.organizers), ("partners", a.partners), ("places", a.places))
        for label, ids in slots:
            if ids:
                yield f"      {label}: " + "、".join(names[i] for i in ids)
        if a.audience:
            yield "      audience: " + "、".join(a.audience)
        yield f"      evidence: {quote(text[a.evidence.start : a.evidence.end])}"
        yield from (because(g, record) for t in told if t.activity.id == a.id for g in t.grounds)


def because(ground: Ground, record: ArticleRecord) -> str:
    """One line for a slot of an activity: what fills it, why, and the words that say so."""
    names = {e.id: e.name for e in record.entities} | {d.id: d.text for d in record.dates}
    words = ground.words and record.article.text[ground.words.start : ground.words.end]
    filler = names.get(ground.filler, ground.filler)
    by = f", by {quote(words)}" if words and words != filler else ""
    return f"      {ground.slot} {quote(filler)}: {ground.reason}{by}"


def quote(text: str) -> str:
    """A piece in short: its beginning and its end.

    >>> quote("社区" * 30)
    '社区社区社区社区社区社区社区社区社区社区社区社区 … 社区社区社区'
    """
    return text if len(text) <= SHOWN else f"{text[:24]} … {text[-6:]}"


def reasons(label: str, evidence: Sequence[object]) -> Iterator[str]:
    """One indented line for a decision: its label, then its evidence."""
    yield f"      {label}: " + "; ".join(str(e) for e in evidence)
