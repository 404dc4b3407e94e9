"""Which article a picture belongs to, or whether it is a story of its own.

A caption that shares an article's names and words, or stands between its headline and its lead, illustrates it; one
that names a day, a place and a doer of its own, and shares them with nobody, is a photo story.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import merge

from extract import lexicon
from extract.block_evidence import LONGEST_UNNAMED, NAMED, announces_round_up
from extract.block_roles import Role
from extract.blocks import Reading
from extract.edges import DATE_START, TERMINAL
from extract.evidence import Evidence, sign, total
from extract.joins import Part
from extract.lines import Piece
from extract.topics import Subject, Topics, bigrams

Story = tuple[Sequence[Piece], Sequence[Part]]
"""An article so far: its headlines and its body."""

DIVISIONS = ("区", "县", "市", "镇", "乡", "街道", "社区")
NUMBERED_PICTURE = re.compile(r"[上下左右组]图|图[①-⑩一二三四五\d]|[①-⑩]")
OWN_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:[市区县镇乡]|街道)[\u4e00-\u9fff]{1,10}(?:社区|村|街道|镇|小区|学校|小学|局|公司|公园)"
)
COUNTY = re.compile(
    r"(?:^|[，,。、：“\n]|近日|日前|[）)]|各)([\u4e00-\u9fff]{2,4}[区县旗])(?=[\u4e00-\u9fff、]{1,12}?(?:街道|镇|乡|社区|村))"
)
"""A county before the bodies that it is over: 近日，天心区新开铺街道"""
NEAREST = 20  # articles around a caption that it may belong to; a page seldom has more
SAME_KIND = 1.0  # points of shared words from which a round-up's neighbour is of its kind
SHORTEST_TOLD, FEWEST_TOLD = 20, 3  # a paragraph that tells something, and how many show a thread
THREAD, ELSEWHERE = 0.6, 0.25  # share of an article's paragraphs that have its thread, and of the other articles
MOST_LIKENESS = 4.0  # points that shared words can add
MOST_OF_NAMES = 4.51  # points that the headline and the caption's names can add, and rounding
NUMBERS_ONLY = re.compile(r"[一二三四五六七八九十]{2,3}")
SEEN_EVERYWHERE = "的在老们人一个是有了为和与向到上中下前后大小里内外社区街道居民志愿者工作员活动开展家"
GENERIC = re.compile(r"社区|街道|活动|开展|举办|居民|各|[市区县镇乡村]|我市|全市")


@dataclass(frozen=True, slots=True)
class Picture:
    """A caption with its credits; `story` is the index of the article illustrated, None for a story of its own."""

    caption: Piece
    credits: tuple[Piece, ...]
    story: int | None
    evidence: tuple[Evidence, ...]


class _Story:
    """What captions are held against: an article's words, and where its pieces stand; read when first asked for."""

    def __init__(self, index: int, story: Story, topics: Topics) -> None:
        self.index = index
        self._topics = topics
        self._headlines, body = story
        self._lines = [*(h.text for h in self._headlines), *(p.text for p in body)]
        self.heads = frozenset(h.index for h in self._headlines)
        self.pieces = self.heads.union(p.piece.index for p in body)

    @cached_property
    def heading(self) -> str:
        """Its headlines."""
        return "\n".join(h.text for h in self._headlines)

    @property
    def opening(self) -> str:
        """The headlines and the first paragraph."""
        return "\n".join(self._lines[: len(self._headlines) + 1])

    @cached_property
    def county(self) -> bool:
        """Whether it names a county."""
        return COUNTY.search(self.text) is not None

    def thread(self, stories: "Sequence[_Story]") -> frozenset[str]:
        """What runs through an article: the bigrams of most of its paragraphs that few other articles have."""
        paragraphs = self._lines[len(self._headlines) :]
        told = [bigrams(GENERIC.sub("，", p)) for p in paragraphs if len(p) >= SHORTEST_TOLD]
        if len(told) < FEWEST_TOLD:
            return frozenset()
        counted = Counter(b for found in told for b in found)
        often = [b for b, n in counted.items() if n >= THREAD * len(told)]
        others = [story.text for story in stories if story is not self]
        return frozenset(b for b in often if sum(b in text for text in others) <= ELSEWHERE * len(others))

    @cached_property
    def text(self) -> str:
        """All of its text."""
        return "\n".join(self._lines)

    @cached_property
    def _theme(self) -> frozenset[str]:
        """The bigrams of its headlines, words that stand in any headline apart."""
        return bigrams(GENERIC.sub("，", "，".join(h.text for h in self._headlines)))

    @cached_property
    def subject(self) -> Subject:
        """What it speaks of."""
        return self._topics.subject(self._lines)

    def shares_theme(self, shown: frozenset[str]) -> bool:
        """Whether a bigram of the headlines is among those `shown`, names of divisions apart."""
        return any(not any(b + suffix in self.text for suffix in DIVISIONS) for b in self._theme & shown)


def place_captions(readings: Sequence[Reading], stories: Sequence[Story], topics: Topics) -> tuple[Picture, ...]:
    """Every caption of a page with the article that it illustrates."""
    captions = [k for k, r in enumerate(readings) if r.role is Role.CAPTION]
    if not captions:
        return ()
    known = [_Story(k, story, topics) for k, story in enumerate(stories)]
    owners = sorted((place, story.index) for story in known for place in story.pieces)
    above = _nearest(enumerate(readings), -1)
    below = _nearest(reversed([*enumerate(readings)]), len(readings))
    found = []
    for k in captions:
        piece = readings[k].piece
        credits = []
        for n in range(k + 1, len(readings)):  # a slice would copy the rest of the page for every caption
            if readings[n].role is not Role.CREDIT:
                break
            credits.append(readings[n].piece)
        near = [known[n] for n in _nearest_owners(owners, piece.index)]
        story, evidence = _home(piece, (above[k], below[k]), near, topics)
        found.append(Picture(piece, tuple(credits), story, evidence))
    return tuple(found)


def _nearest_owners(owners: Sequence[tuple[int, int]], piece: int) -> list[int]:
    """The indexes of the stories whose pieces stand nearest to a piece, the nearest first; `owners` are in order.

    A year's pages in one file have as many captions as articles: no caption may look at all of them.

    >>> _nearest_owners([(1, 0), (4, 1), (6, 2)], 5)
    [1, 2, 0]
    """
    at = bisect_left(owners, (piece, -1))
    before = ((piece - owners[k][0], owners[k][1]) for k in range(at - 1, -1, -1))
    behind = ((owners[k][0] - piece, owners[k][1]) for k in range(at, len(owners)))
    found: dict[int, None] = {}
    for _, index in merge(before, behind):
        found[index] = None
        if len(found) == NEAREST:
            break
    return list(found)


def _home(
    piece: Piece, around: tuple[int, int], stories: "Sequence[_Story]", topics: Topics
) -> tuple[int | None, tuple[Evidence, ...]]:
    """The index of the story that the caption illustrates, or None for a photo story, with the evidence.

    `around`: the nearest pieces above and below that may be of a story.
    """
    alone = _alone(piece)
    best: tuple[float, int | None, tuple[Evidence, ...]] = (total(alone), None, alone)
    names = set(NAMED.findall(piece.text))
    subject, shown = topics.subject([piece.text]), topics.bigrams(piece.text)
    unnamed = not names and not DATE_START.match(piece.text)
    named = COUNTY.search(piece.text)
    county = named.group(1) if named else None
    for story in stories:
        near = _neighbours(piece, *around, story)
        likeness = min(topics.shared(subject, story.subject), MOST_LIKENESS)
        if likeness + MOST_OF_NAMES + (near.points if near else 0.0) <= best[0]:
            continue
        evidence = [Evidence("shares its words", likeness)]
        on_theme = story.shares_theme(shown)
        if on_theme:
            evidence.append(sign("shares the headline's theme", 1.0))
        fresh = any(n not in story.text and n[-4:] not in story.text for n in names)
        abroad = county is not None and county not in story.text and story.county
        if names and not fresh:
            evidence.append(sign("names nothing that the article does not", 1.5))
        elif fresh and near and not abroad and announces_round_up(story.text):
            kin = on_theme or likeness >= SAME_KIND
            if not kin and (_feast(piece.text, story.opening) or story.thread(stories) & shown):
                evidence.append(sign("speaks of what runs through the article", 1.0))
                kin = True
            if kin:
                evidence.append(sign("one more of the round-up's kind", 2.0))
        if near:
            evidence.append(near)
        if unnamed and (alike := _sights(piece.text) & set(story.heading)):
            evidence.append(sign("shows what the headline names", 0.25 * min(len(alike), 2)))
        if county and county in story.heading:
            evidence.append(sign("is of the headline's county", 1.0))
        elif abroad:
            evidence.append(sign("is of a county that the article does not name", -2.0))
        points = total(evidence)
        if points > best[0]:
            best = (points, story.index, tuple(evidence))
    return best[1], best[2]


def _feast(caption: str, opening: str) -> bool:
    """Whether a caption is about the festival that an article opens with."""
    return any(feast in caption and feast in opening for feast in _feasts())


@cache
def _feasts() -> tuple[str, ...]:
    """Festivals whose names mean nothing else: 五一 is a road's name too, 雨水 rain."""
    rows = lexicon.table("festivals")
    return tuple(r["name"] for r in rows if r["kind"] != "term" and not NUMBERS_ONLY.fullmatch(r["name"]))


def _sights(text: str) -> set[str]:
    """The characters of a caption that say what is seen; a short one may share no whole word with its headline."""
    return {c for c in text if "\u4e00" <= c <= "\u9fff"}.difference(SEEN_EVERYWHERE)


def _alone(piece: Piece) -> tuple[Evidence, ...]:
    """How much the caption tells by itself."""
    text = piece.text
    found = [sign("most pictures illustrate", 2.0)]
    if DATE_START.match(text) or text.startswith(("近日", "日前")):
        found.append(sign("says when", 1.0))
    if OWN_PLACE.search(text[:40]):
        found.append(sign("says where and who", 1.5))
    elif not NAMED.search(text):
        # a picture story says who is seen and where; who is seen without a name belongs to what is told
        nobody = not DATE_START.match(text) and piece.length <= LONGEST_UNNAMED
        found.append(sign("names no place", -2.5 if nobody else -1.5))
    if piece.text[-1] not in TERMINAL and piece.length < 20:
        found.append(sign("a bare line", -1.0))
    if text.startswith("图为") or "图为" in text[:2]:
        found.append(sign("points at a story", -1.0))
    if NUMBERED_PICTURE.match(text):
        found.append(sign("one of an article's pictures", -2.5))
    return tuple(found)


def _neighbours(piece: Piece, above: int, below: int, story: _Story) -> Evidence | None:
    """What the caption's place on the page says: next to which pieces of the article it stands."""
    heads, mine = story.heads, story.pieces
    if above in heads and below in mine:
        return sign("stands between headline and body", 4.0)
    if above in mine and below in mine:
        return sign("stands inside the article", 1.5)
    if below in heads:
        return sign("stands just above the headline", 1.25 if piece.text[-1] not in TERMINAL else 0.5)
    if above in mine:
        return sign("stands just behind the article", 0.5)
    return None


def _nearest(readings: Iterable[tuple[int, Reading]], edge: int) -> dict[int, int]:
    """For each piece the last before it that is neither caption, credit nor furniture; `edge` where none is."""
    found = {}
    for index, reading in readings:
        found[index] = edge
        if reading.role not in (Role.CAPTION, Role.CREDIT, Role.FURNITURE):
            edge = index
    return found
