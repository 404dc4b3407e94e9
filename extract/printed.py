"""What was read from a folded page, back in the characters of the page: every string of a record as it was printed.

Offsets are the same on both sides, so text that stands on the page is cut from it again. What was composed (a name
with its suffix restored) is put together from stretches of the article, as long as there are, then from the forms its
characters have there and on the page. Types and roles of the project's own vocabulary stay as they are.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import opencc

from extract.activities import Told
from extract.activity_grounds import Ground
from extract.blocks import Reading
from extract.explanation import Explanation
from schemas.annotations import Count, Entity
from schemas.layout import Article, Byline, Range
from schemas.record import ArticleRecord

QUOTING = ("told by", "audience")
"""The slots whose fillers are words of the article; the others hold ids and words of our own."""


@dataclass(frozen=True, slots=True)
class Folding:
    """A page's text as it was printed and as it is read: of one length, position by position."""

    printed: str
    read: str

    def __post_init__(self) -> None:
        if len(self.printed) != len(self.read):
            raise ValueError(f"{len(self.read)} characters read of {len(self.printed)} printed")

    @property
    def changes(self) -> bool:
        """Whether anything is read otherwise than printed."""
        return self.printed != self.read

    def text(self, read: str, ranges: Sequence[Range]) -> str:
        """`read`, put together from these ranges of the page read, as printed. White space may differ between the two.

        >>> Folding("臺北\\n市", "台北\\n市").text("台北市", [(0, 4)])  # a name broken over two lines
        '臺北市'
        """
        made, at = [], 0
        places = [i for start, end in ranges for i in range(start, end)]
        for character in read:
            ahead = at
            while ahead < len(places) and self.read[places[ahead]] != character and self.read[places[ahead]].isspace():
                ahead += 1
            if ahead < len(places) and self.read[places[ahead]] == character:
                made.append(self.printed[places[ahead]])
                at = ahead + 1
            else:
                made.append(character)  # white space that a join put in
        return "".join(made)


class Way:
    """The way back for the strings of one article: `read` is its text as read, `printed` as printed."""

    def __init__(self, read: str, printed: str, page: Folding) -> None:
        self._read, self._printed, self._page = read, printed, page

    def back(self, text: str, near: int = 0) -> str:
        """`text` as the article prints it, nearest to the offset `near` where it does so more than once.

        >>> page = Folding("永安、錦繡社區，『永』安", "永安、锦绣社区，‘永’安")
        >>> Way(page.read, page.printed, page).back("永安社区")  # a suffix that a list shares
        '永安社區'
        """
        made, at = [], 0
        while at < len(text):
            start, length = self._longest(text, at, near)
            if length:
                made.append(self._printed[start : start + length])
            else:
                length = 1
                made.append(self._form(text[at]))
            at += length
        return "".join(made)

    def _longest(self, text: str, at: int, near: int) -> tuple[int, int]:
        """Where the longest stretch of `text` from `at` on stands in the article, and its length; (0, 0) for none."""
        for length in range(len(text) - at, 1, -1):
            found = _occurrences(self._read, text[at : at + length])
            if found:
                return min(found, key=lambda start: abs(start - near)), length
        return 0, 0

    def _form(self, character: str) -> str:
        """The form in which the article prints the character most often, else the page, else OpenCC's table."""
        for read, printed in ((self._read, self._printed), (self._page.read, self._page.printed)):
            forms = Counter(printed[at] for at in _occurrences(read, character))
            if forms:
                return forms.most_common(1)[0][0]
        return _traditional(character)


def as_printed(records: Sequence[ArticleRecord], page: Folding) -> tuple[ArticleRecord, ...]:
    """The records of a folded page with every string as printed; offsets, ids, codes and values are the same."""
    return tuple(_record(record, page) for record in records)


def article_as_printed(article: Article, page: Folding) -> str:
    """The text of an article of a folded page in the page's own characters."""
    lines, at = [], 0
    for block in article.blocks:
        lines.append(article.text[at : block.start])
        lines.append(page.text(article.quote(block), block.source))
        at = block.end
    return "".join((*lines, article.text[at:]))


def _record(record: ArticleRecord, page: Folding) -> ArticleRecord:
    article = record.article
    printed = article_as_printed(article, page)
    way = Way(article.text, printed, page)
    return replace(
        record,
        article=replace(
            article,
            text=printed,
            bylines=tuple(Byline(way.back(b.name), way.back(b.role)) for b in article.bylines),
        ),
        entities=tuple(_entity(e, way) for e in record.entities),
        counts=tuple(_count(c, way, printed) for c in record.counts),
        dates=tuple(replace(d, text=printed[d.start : d.end]) for d in record.dates),
        activities=tuple(
            replace(
                a,
                name=way.back(a.name, a.evidence.start),
                audience=tuple(way.back(words, a.evidence.start) for words in a.audience),
            )
            for a in record.activities
        ),
        keywords=tuple(way.back(word) for word in record.keywords),
    )


def _entity(entity: Entity, way: Way) -> Entity:
    """An official name that the article does not print stays as the official table has it: simplified."""
    if not entity.mentions:
        return entity
    return replace(entity, name=way.back(entity.name, entity.mentions[0].start))


def _count(count: Count, way: Way, printed: str) -> Count:
    text = printed[count.start : count.end]
    return replace(count, text=text, unit=way.back(count.unit, count.start), object=way.back(count.object, count.start))


def explanation_as_printed(why: Explanation, records: tuple[ArticleRecord, ...], page: Folding) -> Explanation:
    """The decisions behind `records` (which are as printed already) with what they quote as printed too."""
    regions = tuple(
        replace(region, readings=tuple(_reading(reading, page) for reading in region.readings))
        for region in why.regions
    )
    told = []
    for before, after, known in zip(why.records, records, why.told, strict=True):
        way = Way(before.article.text, after.article.text, page)
        told.append(tuple(_told(one, way) for one in known))
    return Explanation(regions, records, tuple(told))


def _reading(reading: Reading, page: Folding) -> Reading:
    piece = reading.piece
    return replace(reading, piece=replace(piece, text=page.text(piece.text, piece.ranges)))


def _told(told: Told, way: Way) -> Told:
    return replace(told, because=lambda: (_ground(ground, way) for ground in told.grounds))


def _ground(ground: Ground, way: Way) -> Ground:
    if ground.slot not in QUOTING or ground.words is None:
        return ground
    return replace(ground, filler=way.back(ground.filler, ground.words.start))


def _occurrences(text: str, wanted: str) -> list[int]:
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _traditional(character: str) -> str:
    """A character that the page does not have at all, by OpenCC's table."""
    form: str = _to_traditional().convert(character)
    return form if len(form) == 1 else character
