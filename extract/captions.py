"""Which article a picture belongs to, or whether it is a story of its own.

A caption that shares an article's names and words, or stands between its headline and its lead, illustrates it; one
that names a day, a place and a doer of its own, and shares them with nobody, is a photo story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.block_context import Role
from extract.block_evidence import NAMED, announces_round_up
from extract.blocks import Reading
from extract.edges import DATE_START, TERMINAL
from extract.evidence import Evidence, total
from extract.joins import Part
from extract.lines import Piece
from extract.topics import Topics, bigrams

Story = tuple[Sequence[Piece], Sequence[Part], str]
"""An article so far: its headlines, its body, and all of its text."""

DIVISIONS = ("区", "县", "市", "镇", "乡", "街道", "社区")
NUMBERED_PICTURE = re.compile(r"[上下左右组]图|图[①-⑩一二三四五\d]|[①-⑩]")
OWN_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:[市区县镇乡]|街道)[\u4e00-\u9fff]{1,10}(?:社区|村|街道|镇|小区|学校|小学|局|公司|公园)"
)
NEAREST = 20  # articles around a caption that it may belong to; a page seldom has more
SAME_KIND = 1.0  # points of shared words from which a round-up's neighbour is of its kind
MOST_LIKENESS = 4.0  # points that shared words can add
GENERIC = re.compile(r"社区|街道|活动|开展|举办|居民|各|[市区县镇乡村]|我市|全市")


@dataclass(frozen=True, slots=True)
class Picture:
    """A caption with its credits; `story` is the index of the article illustrated, None for a story of its own."""

    caption: Piece
    credits: tuple[Piece, ...]
    story: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """What captions are held against: an article's words, and where its pieces stand."""

    index: int
    heads: frozenset[int]
    body: frozenset[int]
    text: str
    theme: frozenset[str]
    round_up: bool

    @classmethod
    def of(cls, index: int, story: Story) -> "_Story":
        headlines, body, text = story
        heads, pieces = frozenset(h.index for h in headlines), frozenset(p.piece.index for p in body)
        return cls(index, heads, pieces, text, _theme(headlines, text), announces_round_up(text))

    def distance(self, piece: int) -> int:
        """How many pieces away the nearest of the article's own stands."""
        return min((abs(piece - mine) for mine in self.heads | self.body), default=0)


def place_captions(readings: Sequence[Reading], stories: Sequence[Story], topics: Topics) -> tuple[Picture, ...]:
    """Every caption of a page with the article that it illustrates."""
    found = []
    known = [_Story.of(k, story) for k, story in enumerate(stories)]
    for k, r in enumerate(readings):
        if r.role is not Role.CAPTION:
            continue
        credits = []
        for below in readings[k + 1 :]:
            if below.role is not Role.CREDIT:
                break
            credits.append(below.piece)
        near = sorted(known, key=lambda story: story.distance(r.piece.index))[:NEAREST]
        story, evidence = _home(r.piece, readings, near, topics)
        found.append(Picture(r.piece, tuple(credits), story, evidence))
    return tuple(found)


def _home(
    piece: Piece, readings: Sequence[Reading], stories: "Sequence[_Story]", topics: Topics
) -> tuple[int | None, tuple[Evidence, ...]]:
    """The index of the story that the caption illustrates, or None for a photo story, with the evidence."""
    alone = _alone(piece)
    best: tuple[float, int | None, tuple[Evidence, ...]] = (total(alone), None, alone)
    names = set(NAMED.findall(piece.text))
    shown = bigrams(piece.text)
    for story in stories:
        evidence = [Evidence("shares its words", min(topics.shared(piece.text, story.text), MOST_LIKENESS))]
        on_theme = bool(story.theme & shown)
        if on_theme:
            evidence.append(Evidence("shares the headline's theme", 1.0))
        fresh = [n for n in names if n not in story.text and n[-4:] not in story.text]
        near = _neighbours(piece, readings, story)
        if names and not fresh:
            evidence.append(Evidence("names nothing that the article does not", 1.5))
        elif fresh and near and story.round_up and (on_theme or evidence[0].points >= SAME_KIND):
            evidence.append(Evidence("one more of the round-up's kind", 2.0))
        evidence.extend(near)
        if total(evidence) > best[0]:
            best = (total(evidence), story.index, tuple(evidence))
    return best[1], best[2]


def _theme(headlines: Sequence[Piece], text: str) -> frozenset[str]:
    """The bigrams of an article's headlines, words that stand in any headline and names of divisions apart."""
    found = bigrams(GENERIC.sub("，", "，".join(h.text for h in headlines)))
    return frozenset(b for b in found if not any(b + suffix in text for suffix in DIVISIONS))


def _alone(piece: Piece) -> tuple[Evidence, ...]:
    """How much the caption tells by itself."""
    text = piece.text
    found = [Evidence("most pictures illustrate", 2.0)]
    if DATE_START.match(text) or text.startswith(("近日", "日前")):
        found.append(Evidence("says when", 1.0))
    if OWN_PLACE.search(text[:40]):
        found.append(Evidence("says where and who", 1.5))
    elif not NAMED.search(text):
        found.append(Evidence("names no place", -1.5))
    if piece.text[-1] not in TERMINAL and piece.length < 20:
        found.append(Evidence("a bare line", -1.0))
    if text.startswith("图为") or "图为" in text[:2]:
        found.append(Evidence("points at a story", -1.0))
    if NUMBERED_PICTURE.match(text):
        found.append(Evidence("one of an article's pictures", -2.5))
    return tuple(found)


def _neighbours(piece: Piece, readings: Sequence[Reading], story: _Story) -> list[Evidence]:
    """What the caption's place on the page says: next to which pieces of the article it stands."""
    heads, mine = story.heads, story.heads | story.body
    above = _nearest(readings, piece.index, -1)
    below = _nearest(readings, piece.index, +1)
    found = []
    if above in heads and below in mine:
        found.append(Evidence("stands between headline and body", 4.0))
    elif above in mine and below in mine:
        found.append(Evidence("stands inside the article", 1.5))
    elif below in heads:
        found.append(Evidence("stands just above the headline", 1.25 if piece.text[-1] not in TERMINAL else 0.5))
    elif above in mine:
        found.append(Evidence("stands just behind the article", 0.5))
    return found


def _nearest(readings: Sequence[Reading], index: int, step: int) -> int:
    """The next piece in that direction that is neither caption, credit nor furniture."""
    at = index + step
    while 0 <= at < len(readings) and readings[at].role in (Role.CAPTION, Role.CREDIT, Role.FURNITURE):
        at += step
    return at
