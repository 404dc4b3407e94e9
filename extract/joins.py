"""The page's body text as parts, and which part goes on in which.

`stitching` judges two edges; here the whole page is asked: what stands between, whether a headline does, what the
article around is about. A line that holds the tail of one paragraph and the start of another becomes two parts.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.block_evidence import NAMED, lead_like
from extract.block_roles import Role
from extract.blocks import Reading
from extract.bylines import formula_inside
from extract.edges import DATE_START, OPENING, opens_paragraph, torn_start
from extract.evidence import Evidence, sign, total
from extract.habits import indents
from extract.lines import Piece
from extract.marked import whole
from extract.seams import Beginning, Ending, beginning, ending
from extract.stitching import LEAST, LEAST_WHOLE, Join, choose, edge_fit, most_fit, place_fit
from extract.tokens import Dictionary
from extract.topics import Subject, Topics

BODY = (Role.LEAD, Role.PARAGRAPH, Role.CROSSHEAD)
TORN = 0.4  # from here on an end may go on elsewhere
FORWARD, BACKWARD = 30, 10  # body parts among which a continuation is looked for, below and above
MOST_LIKENESS = 2.0  # points that shared words can add to a join
LIKENESS_ABOVE = 1.0  # the same where the second stands above the first in its own article, which always shares words
MOST_AT_HOME = 1.5  # points that a part's own place can take from a join
SHORT = 20  # printed characters below which a paragraph seldom stands alone
LONGEST_STORY = 25  # pieces above a torn end that say what its article is about
SAME = 10  # characters by which a paragraph printed twice is known
ALONE = 60  # a tail shorter than this is judged together with the paragraph below it

PartKey = tuple[int, int]
"""Index of the piece and first character in it: what a part is known by."""


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of a piece: a piece is usually one part, two paragraphs glued in one line are two."""

    piece: Piece
    start: int
    end: int
    role: Role
    torn_start: float
    torn_end: float

    @property
    def key(self) -> PartKey:
        """What the part is known by."""
        return self.piece.index, self.start

    @property
    def text(self) -> str:
        """The part's own characters."""
        return self.piece.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Link:
    """The part `first` goes on in the part `second`, and why."""

    first: PartKey
    second: PartKey
    evidence: tuple[Evidence, ...]


def read_joins(readings: Sequence[Reading], topics: Topics, words: Dictionary) -> tuple[list[Part], list[Link]]:
    """The parts of a page in print order, and the best set of links between them."""
    parts = _parts(readings, words)
    ends = {k: p.torn_end for k, p in enumerate(parts) if p.role is not Role.CROSSHEAD and p.torn_end >= TORN}
    ends = {k: torn for k, torn in ends.items() if not _printed_whole(parts, k)}
    if not ends:
        return parts, []
    page = _Page(readings, topics, words)
    begin = [m for m, part in enumerate(parts) if part.role is Role.PARAGRAPH and not whole(part.piece)]
    starts: dict[int, _Start] = {}
    found = []
    for k in ends:
        end = page.end(parts[k])
        for m in begin[bisect_left(begin, k - BACKWARD) : bisect_left(begin, k + FORWARD)]:
            if parts[m].piece is end.part.piece:
                continue
            start = starts.get(m) or starts.setdefault(m, page.start(parts, m))
            if evidence := page.evidence(end, start):
                found.append(Join(k, m, evidence))
    links = [Link(parts[j.first].key, parts[j.second].key, j.evidence) for j in choose(ends, found)]
    return _unglue(page, parts, links)


def _parts(readings: Sequence[Reading], words: Dictionary) -> list[Part]:
    """The body of the page as parts, split only where a byline formula opens in mid-line."""
    parts = []
    for r in readings:
        if r.role not in BODY:
            continue
        length = len(r.piece.text)
        divisible = r.role is not Role.CROSSHEAD and not whole(r.piece)
        cut = formula_inside(r.piece.text) if divisible else 0
        if cut:
            parts.append(Part(r.piece, 0, cut, Role.PARAGRAPH, torn_start(r.piece.text[:cut], words), 0.0))
            parts.append(Part(r.piece, cut, length, Role.LEAD, 0.0, r.torn_end))
        else:
            parts.append(Part(r.piece, 0, length, r.role, r.torn_start, r.torn_end))
    return parts


def _printed_whole(parts: list[Part], k: int) -> bool:
    """Whether a torn paragraph stands nearby once more, and longer: then nothing else goes on with it."""
    text = parts[k].text
    near = parts[max(k - BACKWARD, 0) : k] + parts[k + 1 : k + FORWARD]
    return len(text) >= SAME and any(part.text.startswith(text) for part in near)


def _with_next(parts: Sequence[Part], k: int) -> tuple[str, ...]:
    """A part with the paragraph below it: a short tail is known by the company that it keeps."""
    part = parts[k]
    below = parts[k + 1] if k + 1 < len(parts) else None
    if part.torn_end >= TORN or len(part.text) >= ALONE or below is None:
        return (part.text,)
    goes_with = below.role is Role.PARAGRAPH and below.torn_start < TORN
    return (part.text, below.text) if goes_with else (part.text,)


@dataclass(frozen=True, slots=True)
class _End:
    """A part that may go on elsewhere, with what is asked of it for every part that it may go on in."""

    part: Part
    edge: Ending
    story: Subject  # what its article is about
    torn: Evidence


@dataclass(frozen=True, slots=True)
class _Start:
    """A part that may go on with an earlier one, with what is asked of it for every one of those.

    `own`: what it says by itself; `under_headline`: what it says to stand right under one, where a word is cut at its
    beginning and where none is; `points`: at most those of both.
    """

    part: Part
    edge: Beginning
    company: Subject  # what it speaks of, together with what belongs to it
    under_headline: tuple[Evidence, Evidence] | None
    own: tuple[Evidence, ...]
    points: float


class _Page:
    """What joins are judged against."""

    def __init__(self, readings: Sequence[Reading], topics: Topics, words: Dictionary) -> None:
        self.readings = readings
        self.topics = topics
        self.words = words
        self._places: dict[PartKey, tuple[Subject, Subject | None]] = {}
        self._bylined = any(r.role is Role.LEAD for r in readings)
        self._indents = indents([r.piece for r in readings])
        self._body_before = [0]  # body pieces and headlines among the first k pieces
        self._headlines_before = [0]
        self._opens: list[bool] = []  # whether a piece is the first body text under a headline
        awaited = False
        for r in readings:
            headline = r.role is Role.HEADLINE
            self._opens.append(awaited)
            awaited = headline or (awaited and r.role not in BODY)
            self._body_before.append(self._body_before[-1] + (r.role in (Role.PARAGRAPH, Role.LEAD)))
            self._headlines_before.append(self._headlines_before[-1] + headline)

    def end(self, part: Part) -> _End:
        """What is asked of a torn end."""
        story = self.topics.subject(self._story(part.piece.index))
        return _End(part, ending(part.text, self.words), story, Evidence("the end is torn", part.torn_end))

    def start(self, parts: Sequence[Part], k: int) -> _Start:
        """What is asked of a part's beginning."""
        part = parts[k]
        index, own = part.piece.index, []
        if self._indents:
            set_in = part.piece.indented and not part.start
            own.append(sign("set in like a paragraph", -2.0) if set_in else sign("not set in", 0.75))
        if part.piece.length < SHORT and part.text[0] not in OPENING:
            own.append(sign("too short for a paragraph of its own", 0.75))
        under = (self._under_headline(index, True), self._under_headline(index, False)) if self._opens[index] else None
        company = self.topics.subject(_with_next(parts, k))
        points = total(own) + (max(each.points for each in under) if under else 0.0)
        return _Start(part, beginning(part.text, self.words), company, under, tuple(own), points)

    def _story(self, index: int) -> list[str]:
        """What is printed from the nearest headline down to a piece: its article, as far as that is known yet."""
        start, top = index, max(index - LONGEST_STORY, 0)
        while start > top and self.readings[start].role is not Role.HEADLINE:
            start -= 1
        while start > 0 and self.readings[start - 1].role is Role.HEADLINE:
            start -= 1
        return [r.piece.text for r in self.readings[start : index + 1] if r.role in (*BODY, Role.HEADLINE)]

    def opens_article(self, index: int) -> bool:
        """Whether a piece is the first body text under a headline."""
        return self._opens[index]

    def lead_below(self, index: int) -> bool:
        """Whether the article's lead with its byline stands below a piece that stands right under its headline."""
        for r in self.readings[index : index + 4]:
            if r.role is Role.HEADLINE:
                return False
            if r.role is Role.LEAD:
                return True
        return False

    def evidence(self, first: _End, second: _Start) -> tuple[Evidence, ...]:
        """For and against a part going on in another; nothing where it is too little for a join."""
        i, j = first.part.piece.index, second.part.piece.index
        place = place_fit(i, j, self._body_before[j] - self._body_before[i + 1])
        above, below = (i, j) if i < j else (j, i)
        headline_between = self._headlines_before[below + 1] > self._headlines_before[above + 1]
        likeness = round(min(self.topics.shared(second.company, first.story) * 0.5, MOST_LIKENESS), 2)
        most = most_fit(first.edge, second.edge, second.part.torn_start) - (1.0 if headline_between else 0.0)
        # no word at the edges could outweigh the rest
        if most + second.points + place.points + likeness + first.torn.points < LEAST:
            return ()
        fit = edge_fit(first.edge, second.edge, second.part.torn_start, self.words)
        found = [*fit.evidence, place]
        if headline_between:
            # a tail may be printed at the top of the column in which its own headline stands
            found.append(sign("a headline between", -1.0 if i < j or fit.held else -3.0))
            if not second.under_headline and not fit.held and (home := self._at_home(first, second)):
                found.append(home)
        if second.under_headline:
            found.append(second.under_headline[0 if fit.held else 1])
        found.extend(second.own)
        if second.edge.text[:SAME] == first.edge.text[:SAME]:
            found.append(sign("the same paragraph printed again", -5.0))
        if j < i and not headline_between and not fit.held:
            likeness = min(likeness, LIKENESS_ABOVE)
        found.append(Evidence("shares its words", likeness))
        found.append(first.torn)
        least = LEAST if second.part.torn_start > 0 else LEAST_WHOLE
        return tuple(found) if total(found) >= least else ()

    def _at_home(self, first: _End, second: _Start) -> Evidence | None:
        """Whether what stands under another headline speaks of that headline's things."""
        alone, around = self._place(second.part)
        if around is None:
            return None
        here = self.topics.shared(alone, around) - self.topics.shared(alone, first.story)
        return Evidence("speaks of what it stands below", -round(min(here, MOST_AT_HOME), 2)) if here > 0 else None

    def _place(self, part: Part) -> tuple[Subject, Subject | None]:
        """What a part speaks of by itself, and what is told between the headline above it and it."""
        if part.key not in self._places:
            above = self._story(part.piece.index)[:-1]
            around = self.topics.subject(above) if above and not part.start else None
            self._places[part.key] = self.topics.subject([part.text]), around
        return self._places[part.key]

    def _under_headline(self, index: int, cut: bool) -> Evidence:
        """What it means for a continuation to stand right under a headline: it is a lead, or has strayed there."""
        reading = self.readings[index]
        if index > 0 and self.readings[index - 1].role is Role.CREDIT:
            return sign("stands right under a byline", -4.0)
        strayed = self.lead_below(index) or (lead_like(reading.piece) < 0.5 and (cut or reading.torn_start >= TORN))
        if self._bylined and strayed:
            return sign("no lead, though right under a headline", 1.5)
        return sign("stands right under a headline", -2.0)


def _unglue(page: _Page, parts: Sequence[Part], links: Sequence[Link]) -> tuple[list[Part], list[Link]]:
    """Split a piece whose beginning goes on with a paragraph that it cannot follow: the rest starts a paragraph.

    That is so where the piece stands right under a headline, or before its first half.
    """
    by_key = {p.key: p for p in parts}
    halves: Mapping[PartKey, tuple[Part, Part]] = {}
    for link in links:
        part = by_key[link.second]
        opens = page.opens_article(part.piece.index)
        if opens or link.second < link.first:
            sure = opens and not page.lead_below(part.piece.index)
            cut = _paragraph_start(part.text, by_key[link.first].text, page.words, sure)
            if cut:
                middle = part.start + cut
                tail, rest = replace(part, end=middle, torn_end=0.0), replace(part, start=middle, torn_start=0.0)
                halves = {**halves, part.key: (tail, rest)}
    split = [half for p in parts for half in halves.get(p.key, (p,))]
    moved = [
        replace(link, first=halves[link.first][1].key) if link.first in halves else link for link in links
    ]  # what went on from the whole line goes on from its second half
    return split, moved


def _paragraph_start(text: str, first: str, words: Dictionary, sure: bool) -> int:
    """Where in `text`, which goes on with `first`, a new paragraph most likely begins behind a full stop, or 0.

    A date or a purpose clause decides; else a name that `first` does not have; else, only where it is `sure` that there
    is such a place, a word like 随后 or the first sentence that does not lean on the one before.
    """
    kinds = ("time", "aim", "scene", "source", "order") if sure else ("time", "aim")
    named, plain = 0, 0
    for at in range(1, len(text) - 10):
        stop = text[at - 1] in "。！？" or (text[at - 1] == "”" and text[at - 2 : at - 1] in "。！？")
        if not stop or text[at] in "”）":
            continue
        rest = text[at:].lstrip()
        if opens_paragraph(rest, *kinds) or DATE_START.match(rest):
            return at
        name = NAMED.match(rest)
        if not named and name and name.group() not in first:
            named = at
        if not plain and torn_start(rest, words) <= 0.3:
            plain = at
    return named or (plain if sure else 0)
