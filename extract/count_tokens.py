"""The tokens around a number, cut where the number's measure word ends inside one (座古大|厝 behind 42座)."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extract.count_words import count_words
from extract.tokens import Words
from schemas.annotations import Mention

NOMINAL = ("n", "vn", "an", "b", "j", "l", "i", "eng", "z", "s", "g", "x-", "k", "h", "Ng")
NOUN = ("n", "vn", "an", "j", "l", "i", "eng", "s", "g", "k")
"""Beginnings of jieba's tags that may stand in a noun phrase, and that may head one."""
STOPS = frozenset('，,。；;：:！!？?、（）()《》【】—…\n\t 　~～/“”"‘’')
PLACE_ENDINGS = ("省", "市", "区", "县", "镇", "乡", "村", "街道", "社区", "小区", "大街")


PERSON, PLACE = "PER", "PLC"
"""Tags of the names that were found before."""
NAMED = ("person", "province", "city", "district", "street", "community")


class Piece(NamedTuple):
    """A token, or the part of one that lies on this side of the number; a tuple, as hundreds are made for a page."""

    start: int
    end: int
    text: str
    tag: str
    stop: bool = False  # no phrase goes across it: punctuation, a figure

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
    def named(self) -> bool:
        """Whether it names a place, which is no part of what is counted: 柳南区|受益居民."""
        return self.tag in ("ns", PLACE) or (len(self.text) > 2 and self.text.endswith(PLACE_ENDINGS))


def piece_of(text: str, start: int, end: int, tag: str) -> Piece:
    """The stretch [start, end) as a piece with that tag."""
    first = text[start]
    stop = first in STOPS or (tag == "x" and not first.isalnum()) or (tag == "m" and first.isdigit())
    return Piece(start, end, text[start:end], tag, stop)


class Tokens:
    """The tokens of a text by character position; the names of persons and places are one each."""

    def __init__(self, words: Words, names: Sequence[Mention] = ()) -> None:
        self.text = words.text
        self._starts: list[int] = []
        self._tags: list[str] = []
        at = 0  # the word to go on from
        last = 0  # where the last name ends
        kinds = {(m.start, -m.end): PERSON if m.type == "person" else PLACE for m in names if m.type in NAMED}
        for start, minus_end in sorted(kinds):  # of two that begin together, the longer
            if start < last:
                continue
            end = -minus_end
            first, behind = words.at(start), words.at(end - 1) + 1
            whole = first + (words.starts[first] < start)
            self._starts += words.starts[at:whole]
            self._tags += words.tags[at:whole]
            if (
                self._starts and self._starts[-1] == start
            ):  # 石桥|镇上|河村: two names meet inside a word, nothing is left
                del self._starts[-1], self._tags[-1]
            self._starts.append(start)
            self._tags.append(kinds[start, minus_end])
            if words.starts[behind] > end:
                self._starts.append(end)  # what is left of a word that the name ends in
                self._tags.append(words.tags[behind - 1])
            at, last = behind, end
        self._made: dict[int, Piece] = {}
        self._starts += words.starts[at:]
        self._tags += words.tags[at:]

    def _piece(self, at: int) -> Piece:
        piece = self._made.get(at)
        if piece is None:
            piece = self._made[at] = piece_of(self.text, self._starts[at], self._starts[at + 1], self._tags[at])
        return piece

    def ahead(self, start: int, limit: int = 14, clause: bool = False) -> list[Piece]:
        """The pieces from `start` on; with `clause` none behind the first stop."""
        at = bisect_left(self._starts, start)
        found = []
        if at and self._starts[at] > start:
            alone = self._starts[at] - start == 1 and self.text[start] not in count_words().noun_endings
            found.append(piece_of(self.text, start, self._starts[at], "v" if alone else self._tags[at - 1]))
        for k in range(at, min(at + limit, len(self._tags))):
            found.append(self._piece(k))
            if clause and found[-1].stop:
                break
        if found and self._glued(found[0]):
            first = found[0]
            found[0] = piece_of(self.text, first.start, first.start + 1, "n")
            found.insert(1, piece_of(self.text, first.start + 1, first.end, "v"))
        return found

    def _glued(self, piece: Piece) -> bool:
        words = count_words()
        single = len(piece.text) > 1 and piece.text[0] in words.single_nouns
        return single and piece.text.startswith(words.after_single, 1)

    def back(self, end: int, limit: int = 14, floor: int = -1) -> list[Piece]:
        """The pieces up to `end`, the nearest first; with a `floor` none beyond a stop or one that crosses it."""
        at = bisect_left(self._starts, end)
        found = []
        if at and self._starts[at] > end:
            at -= 1
            found.append(piece_of(self.text, self._starts[at], end, "n"))
        for k in range(at - 1, max(0, at - limit) - 1, -1):
            piece = self._piece(k)
            found.append(piece)
            if floor >= 0 and (piece.stop or piece.start < floor):
                break
        return found

    def inside(self, at: int) -> bool:
        """Whether a word goes across `at`: 行|为; but not 整改率|为, which is no word."""
        found = bisect_left(self._starts, at)
        if self._starts[found] == at or not found:
            return False
        last = self.text[at - 1]
        return last not in count_words().noun_endings and last not in "处中点价人"
