"""Blocks to articles: which headline owns which body, which half goes where, which picture belongs to what.

The roles of `roles` and the joins of `stitching` are followed in print order. A headline opens an article; body text goes
to the article under way unless a join, or its topic, says that it goes on with an earlier one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.bylines import lead_credit
from extract.captions import NAMED, place_captions
from extract.edges import DATE_START, OPENING, torn_start
from extract.evidence import Evidence, total
from extract.lines import Piece
from extract.roles import Reading, Role, lead_like
from extract.stitching import Join, choose, edge_fit, place_fit
from extract.tokens import Dictionary
from extract.topics import Topics
from extract import lexicon

BODY = (Role.LEAD, Role.PARAGRAPH, Role.CROSSHEAD)
MOST_LIKENESS = 2.0  # points that shared words can add to a join
SHORT = 20  # printed characters below which a paragraph seldom stands alone
TORN = 0.4  # from here on an end may go on elsewhere
LEAST_LEAD = 1.5  # points by which the interrupted article must fit a paragraph better than the one under way


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
    def text(self) -> str:
        return self.piece.text[self.start : self.end]


@dataclass(slots=True)
class Draft:
    """An article while it is being put together: piece indexes in print order, joins kept apart."""

    headlines: list[Piece] = field(default_factory=list)
    credits: list[Piece] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    captions: list[Piece] = field(default_factory=list)
    caption_credits: dict[int, list[Piece]] = field(default_factory=dict)
    first: int = 0

    @property
    def text(self) -> str:
        """All of the draft's text, for comparing topics."""
        return "\n".join([*(h.text for h in self.headlines), *(p.text for p in self.body)])


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a piece went and why: the index of its draft."""

    piece: int
    draft: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Assembly:
    """A page's articles before their text is written out, the joins inside them and the reasons."""

    drafts: tuple[Draft, ...]
    photos: tuple[Draft, ...]
    joins: tuple[tuple[Part, Part, Join], ...]
    placements: tuple[Placement, ...]


def assemble(readings: Sequence[Reading], words: Dictionary) -> Assembly:
    """Put a page's pieces together.

    >>> from extract.lines import read_pieces
    >>> from extract.roles import read_roles
    >>> from extract.tokens import dictionary
    >>> words = dictionary()
    >>> page = ("粽香满楼\\n本报讯（记者 何苗）6月1日，满春街道多福社区邀请居民包粽\\n车库换灯\\n"
    ...         "本报讯（记者 罗一）近日，物业为车库换上新灯。\\n子，大家围坐一起，说说笑笑。")
    >>> made = assemble(read_roles(read_pieces(page), {}, words), words)
    >>> [d.body[-1].text for d in made.drafts]
    ['子，大家围坐一起，说说笑笑。', '本报讯（记者 罗一）近日，物业为车库换上新灯。']
    """
    topics = Topics(r.piece.text for r in readings)
    parts = _parts(readings)
    joins = _joins(readings, parts, topics, words)
    parts, joins = _unglue(readings, parts, joins, words)
    drafts, placements = _walk(readings, parts, joins, topics)
    photos = place_captions(readings, drafts, topics, placements)
    by_first = {(p.piece.index, p.start): p for p in parts}
    return Assembly(
        tuple(drafts),
        tuple(photos),
        tuple((by_first[j.first], by_first[j.second], j.join) for j in joins),
        tuple(placements),
    )


# ------------------------------------------------------------------------------------------------ joins


@dataclass(frozen=True, slots=True)
class Link:
    """A join between parts, by (piece index, start)."""

    first: tuple[int, int]
    second: tuple[int, int]
    join: Join


def _parts(readings: Sequence[Reading]) -> list[Part]:
    """The body of the page as parts, split only where a byline formula opens in mid-line."""
    parts = []
    for r in readings:
        if r.role not in BODY:
            continue
        cut = _formula_inside(r.piece.text) if r.role is not Role.CROSSHEAD else 0
        if cut:
            parts.append(Part(r.piece, 0, cut, Role.PARAGRAPH, r.torn_start, 0.0))
            parts.append(Part(r.piece, cut, len(r.piece.text), Role.LEAD, 0.0, r.torn_end))
        else:
            parts.append(Part(r.piece, 0, len(r.piece.text), r.role, r.torn_start, r.torn_end))
    return parts


def _formula_inside(text: str) -> int:
    """Where a second article's byline formula opens inside a line, or 0."""
    at = text.find("本报讯", 1)
    while at > 0:
        credit = lead_credit(text[at:])
        if credit and credit.bylines and text[:at].rstrip()[-1:] in "。！？”":
            return at
        at = text.find("本报讯", at + 1)
    return 0


def _joins(readings: Sequence[Reading], parts: Sequence[Part], topics: Topics, words: Dictionary) -> list[Link]:
    """The best set of joins between torn ends and the paragraphs that may go on with them."""
    is_body = [r.role in (Role.PARAGRAPH, Role.LEAD) for r in readings]
    headlines = [r.piece.index for r in readings if r.role is Role.HEADLINE]
    bylined = any(r.role is Role.LEAD for r in readings)
    ends = {k: p.torn_end for k, p in enumerate(parts) if p.role is not Role.CROSSHEAD and p.torn_end >= TORN}
    found = []
    for k in ends:
        first = parts[k]
        i = first.piece.index
        story = _story(readings, i)
        for m, second in enumerate(parts):
            if m == k or second.role is not Role.PARAGRAPH or second.piece is first.piece:
                continue
            j = second.piece.index
            evidence = [*edge_fit(first.text, second.text, second.torn_start, words), *place_fit(i, j, is_body)]
            if sum(min(i, j) < h <= max(i, j) for h in headlines):
                evidence.append(Evidence("a headline between", -1.0 if i < j else -3.0))
            if _opens_article(readings, j):
                cut = any(e.reason.startswith("the cut runs") for e in evidence)
                evidence.append(_under_headline(readings, j, bylined, cut))
            if second.piece.length < SHORT and second.text[0] not in OPENING:
                evidence.append(Evidence("too short for a paragraph of its own", 0.75))
            likeness = topics.shared(_with_next(parts, m), story)
            evidence.append(Evidence("shares its words", round(min(likeness * 0.5, MOST_LIKENESS), 2)))
            evidence.append(Evidence("the end is torn", first.torn_end))
            found.append(Join(k, m, tuple(evidence)))
    chosen = choose(ends, found)
    key = [(p.piece.index, p.start) for p in parts]
    return [Link(key[j.first], key[j.second], j) for j in chosen]


def _story(readings: Sequence[Reading], index: int) -> str:
    """What is printed from the nearest headline down to a piece, which stands for its article before that is known."""
    start = index
    while start > 0 and readings[start].role is not Role.HEADLINE:
        start -= 1
    while start > 0 and readings[start - 1].role is Role.HEADLINE:
        start -= 1
    return "\n".join(r.piece.text for r in readings[start : index + 1] if r.role in (*BODY, Role.HEADLINE))


def _with_next(parts: Sequence[Part], k: int) -> str:
    """A part with the paragraph below it: a short tail is known by the company that it keeps."""
    text = parts[k].text
    if parts[k].torn_end < TORN and k + 1 < len(parts) and parts[k + 1].role is Role.PARAGRAPH:
        if parts[k + 1].torn_start < TORN and len(text) < 60:
            text += "\n" + parts[k + 1].text
    return text


def _opens_article(readings: Sequence[Reading], index: int) -> bool:
    """Whether the piece is the first body text under a headline."""
    for r in reversed(readings[:index]):
        if r.role is Role.HEADLINE:
            return True
        if r.role in BODY:
            return False
    return False


def _under_headline(readings: Sequence[Reading], index: int, bylined: bool, cut: bool) -> Evidence:
    """What it means for a continuation to stand right under a headline: it is a lead, or has strayed there."""
    piece = readings[index].piece
    credited = index > 0 and readings[index - 1].role is Role.CREDIT
    if bylined and not credited and lead_like(piece) < 0.5 and (cut or readings[index].torn_start >= TORN):
        return Evidence("no lead, though right under a headline", 1.5)
    return Evidence("stands right under a byline" if credited else "stands right under a headline", -4.0 if credited else -2.0)


def _unglue(
    readings: Sequence[Reading], parts: Sequence[Part], links: Sequence[Link], words: Dictionary
) -> tuple[list[Part], list[Link]]:
    """Split a piece whose beginning goes on with a paragraph that it cannot follow: the rest starts a paragraph.

    That is so where the piece stands right under a headline, or before its first half.
    """
    split: dict[tuple[int, int], list[Part]] = {}
    for link in links:
        part = next(p for p in parts if (p.piece.index, p.start) == link.second)
        if not (_opens_article(readings, part.piece.index) or link.second < link.first):
            continue
        first = next(p for p in parts if (p.piece.index, p.start) == link.first)
        cut = _paragraph_start(part.text, first.text, words, _opens_article(readings, part.piece.index))
        if cut:
            middle = part.start + cut
            split[link.second] = [
                replace(part, end=middle, torn_end=0.0),
                replace(part, start=middle, torn_start=0.0),
            ]
    if not split:
        return list(parts), list(links)
    renamed = {key: (key[0], halves[1].start) for key, halves in split.items()}
    new_parts = [q for p in parts for q in split.get((p.piece.index, p.start), [p])]
    new_links = [replace(link, first=renamed.get(link.first, link.first)) for link in links]
    return new_parts, new_links


def _paragraph_start(text: str, first: str, words: Dictionary, sure: bool) -> int:
    """Where in `text`, which goes on with `first`, a new paragraph most likely begins behind a full stop, or 0.

    A word that opens paragraphs decides; else a name that `first` does not have; else, only where it is `sure` that there
    is such a place, the first sentence that does not lean on the one before.
    """
    starts = lexicon.words("paragraph_starts")
    named, plain = 0, 0
    for at in range(1, len(text) - 10):
        if not (text[at - 1] in "。！？" or (text[at - 1] == "”" and text[at - 2 : at - 1] in "。！？")) or text[at] in "”）":
            continue
        rest = text[at:].lstrip()
        if rest.startswith(starts) or DATE_START.match(rest):
            return at
        name = NAMED.match(rest)
        if not named and name and name.group() not in first:
            named = at
        if not plain and torn_start(rest, words) <= 0.3:
            plain = at
    return named or (plain if sure else 0)


# ------------------------------------------------------------------------------------------------ who owns what


def _walk(
    readings: Sequence[Reading], parts: Sequence[Part], links: Sequence[Link], topics: Topics
) -> tuple[list[Draft], list[Placement]]:
    """Give every headline, body part and byline its draft, in print order."""
    drafts: list[Draft] = []
    placements: list[Placement] = []
    owner: dict[tuple[int, int], int] = {}
    before = {link.second: link for link in links}
    after = {link.first: link for link in links}
    by_piece: dict[int, list[Part]] = {}
    for part in parts:
        by_piece.setdefault(part.piece.index, []).append(part)
    current = left = -1  # the article under way, and the one that it broke into
    last: Role | None = None
    pictured = False  # credits under a caption are the caption's
    for r in readings:
        pictured = r.role is Role.CAPTION or (pictured and r.role is Role.CREDIT)
        if r.role is Role.HEADLINE:
            if last is not Role.HEADLINE or current < 0 or drafts[current].body:
                drafts.append(Draft(first=r.piece.index))
                current, left = len(drafts) - 1, -1
            drafts[current].headlines.append(r.piece)
        elif r.role is Role.CREDIT and not pictured and current >= 0:
            drafts[current].credits.append(r.piece)
        for part in by_piece.get(r.piece.index, ()):
            key = (part.piece.index, part.start)
            link = before.get(key)
            reasons: tuple[Evidence, ...]
            if link and link.first in owner:
                home, reasons = owner[link.first], link.join.evidence
            elif link and link.first > key and after.get(key) is None:
                home, reasons = current, ()  # its first half is still to come; see below
            elif part.role is Role.LEAD and drafts and drafts[current].body and not _headless(drafts[current]):
                drafts.append(Draft(first=part.piece.index))
                home, reasons = len(drafts) - 1, (Evidence("a byline formula opens an article", 3.0),)
            else:
                home, reasons = _by_topic(part, drafts, current, left, topics)
            if home < 0:
                drafts.append(Draft(first=part.piece.index))
                home = len(drafts) - 1
            owner[key] = home
            drafts[home].body.append(part)
            placements.append(Placement(part.piece.index, home, reasons))
            if link and home != current:
                left = current
            current = home
        last = r.role
    for link in links:  # a half that stood before its first half follows it into its article
        if owner[link.first] != owner[link.second]:
            _move(drafts, parts, owner, link.second, owner[link.first])
    return [d for d in drafts if d.headlines or d.body], placements


def _headless(draft: Draft) -> bool:
    """Whether the draft holds no lead yet, only text that stood before one."""
    return not any(p.role is Role.LEAD for p in draft.body) and not draft.body


def _move(drafts: list[Draft], parts: Sequence[Part], owner: dict[tuple[int, int], int], key: tuple[int, int], home: int) -> None:
    part = next(p for p in parts if (p.piece.index, p.start) == key)
    drafts[owner[key]].body.remove(part)
    drafts[home].body.append(part)
    owner[key] = home


def _by_topic(
    part: Part, drafts: Sequence[Draft], current: int, left: int, topics: Topics
) -> tuple[int, tuple[Evidence, ...]]:
    """The article under way, or the one that it broke into where the paragraph clearly speaks of that one's things."""
    if current < 0 or left in (-1, current) or part.role is not Role.PARAGRAPH:
        return current, ()
    stay = Evidence(f"shares its words with article {current + 1}", topics.shared(part.text, drafts[current].text))
    back = Evidence(f"shares its words with article {left + 1}", topics.shared(part.text, drafts[left].text))
    if back.points > stay.points + LEAST_LEAD:
        return left, (back, Evidence(f"more than with article {current + 1}", -stay.points))
    return current, (stay, Evidence(f"against article {left + 1}", -back.points))
