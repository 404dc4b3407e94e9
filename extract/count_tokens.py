"""The tokens around a number, cut where the number's measure word ends inside one (座古大|厝 behind 42座)."""

from bisect import bisect_left
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extract.count_words import count_words

NOMINAL = ("n", "vn", "an", "b", "j", "l", "i", "eng", "z", "s", "g", "x-", "k", "h", "Ng")
NOUN = ("n", "vn", "an", "j", "l", "i", "eng", "s", "g", "k")
"""Beginnings of jieba's tags that may stand in a noun phrase, and that may head one."""
STOPS = frozenset('，,。；;：:！!？?、（）()《》【】—…\n\t 　~～/“”"‘’')
PLACE_ENDINGS = ("省", "市", "区", "县", "镇", "乡", "村", "街道", "社区", "小区", "大街")


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or the part of one that lies on this side of the number."""

    start: int
    end: int
    text: str
    tag: str

    @property
    def nominal(self) -> bool:
        """Whether it may stand in a noun phrase."""
        return self._may_be(NOMINAL)

    @property
    def noun(self) -> bool:
        """Whether it may head one."""
        return self._may_be(NOUN)

    def _may_be(self, tags: tuple[str, ...]) -> bool:
        words = count_words()
        return (self.tag.startswith(tags) and self.text not in words.small_words) or self.text in words.nominal

    @property
    def verb_tag(self) -> bool:
        """Whether the segmenter calls it a verb."""
        return self.tag.startswith("v") and not self.tag.startswith("vn")

    @property
    def verb(self) -> bool:
        """Whether it is a verb and nothing else."""
        return self.verb_tag and self.text not in count_words().nominal

    @property
    def stop(self) -> bool:
        """Whether no phrase goes across it: punctuation, a figure."""
        first = self.text[0]
        return first in STOPS or (self.tag == "x" and not first.isalnum()) or (self.tag == "m" and first.isdigit())

    @property
    def named(self) -> bool:
        """Whether it names a place, which is no part of what is counted: 柳南区|受益居民."""
        return self.tag == "ns" or (len(self.text) > 2 and self.text.endswith(PLACE_ENDINGS))


class Tokens:
    """The tokens of a Doc by character position."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self._pieces = [Piece(t.idx, t.idx + len(t.text), t.text, t.tag_) for t in doc]
        self._starts = [p.start for p in self._pieces]

    def ahead(self, start: int, limit: int = 14) -> list[Piece]:
        """The pieces from `start` on."""
        at = bisect_left(self._starts, start)
        found = []
        if at and self._pieces[at - 1].end > start:
            piece = self._cut(self._pieces[at - 1], start, self._pieces[at - 1].end)
            whole = len(piece.text) > 1 or piece.text in count_words().noun_endings
            found.append(piece if whole else replace(piece, tag="v"))
        return found + self._pieces[at : at + limit]

    def back(self, end: int, limit: int = 14) -> list[Piece]:
        """The pieces up to `end`, the nearest first."""
        at = bisect_left(self._starts, end)
        found = []
        if at and self._pieces[at - 1].end > end:
            at -= 1
            found.append(replace(self._cut(self._pieces[at], self._pieces[at].start, end), tag="n"))
        return found + self._pieces[max(0, at - limit) : at][::-1]

    def inside(self, at: int) -> bool:
        """Whether a word goes across `at`: 行|为; but not 整改率|为, which is no word."""
        found = bisect_left(self._starts, at)
        if (found < len(self._starts) and self._starts[found] == at) or not found:
            return False
        last = self.text[at - 1]
        return self._pieces[found - 1].end > at and last not in count_words().noun_endings and last not in "处中点价人"

    def _cut(self, piece: Piece, start: int, end: int) -> Piece:
        return Piece(start, end, self.text[start:end], piece.tag)
