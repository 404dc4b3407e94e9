"""Blocks to articles: which headline owns which body, which half goes where, which picture belongs to what.

The roles of `blocks` and the links of `joins` are followed in print order. A headline opens an article; body text goes
to the article under way unless a link, or its topic, says that it goes on with an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.block_roles import Role
from extract.blocks import Reading
from extract.captions import Picture, place_captions
from extract.evidence import Evidence
from extract.joins import BODY, Link, Part, PartKey, read_joins
from extract.lines import Piece
from extract.marked import settled
from extract.tokens import Dictionary
from extract.topics import Topics
from schemas.layout import SETTLED

LEAST_LEAD = 1.5  # points by which the interrupted article must fit a paragraph better than the one under way


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before its text is written out: its pieces by role, in print order, joins kept apart."""

    headlines: tuple[Piece, ...] = ()
    credits: tuple[Piece, ...] = ()
    body: tuple[Part, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def start(self) -> int:
        """Where on the page the first of its text stands; captions do not count where there is other text."""
        found = [p.ranges[0][0] for p in (*self.headlines, *self.credits)] + [p.piece.ranges[0][0] for p in self.body]
        return min(found or [picture.caption.ranges[0][0] for picture in self.pictures])


@dataclass(frozen=True, slots=True)
class Placement:
    """Why a piece went where it did; `draft` is the index of its draft, None for a picture story."""

    piece: int
    draft: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Assembly:
    """A page's articles before their text is written out, the links inside them and the reasons."""

    drafts: tuple[Draft, ...]
    photos: tuple[Draft, ...]
    links: tuple[Link, ...]
    placements: tuple[Placement, ...]


@dataclass(slots=True)
class _Open:
    """A draft that is still being filled."""

    headlines: list[Piece] = field(default_factory=list)
    credits: list[Piece] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [*(h.text for h in self.headlines), *(p.text for p in self.body)]


def assemble(
    readings: Sequence[Reading], words: Dictionary, single: bool = False, topics: Topics | None = None
) -> Assembly:
    """Put the pieces of a page, or of a region of it, together. `single`: they are known to be one article.

    `topics`: those of these very pieces, where they are known.

    >>> from extract.blocks import read_blocks
    >>> from extract.lines import read_pieces
    >>> from extract.tokens import dictionary
    >>> page = ("粽香满楼\\n本报讯（记者 何苗）6月1日，满春街道多福社区邀请居民包粽\\n车库换灯\\n"
    ...         "本报讯（记者 罗一）近日，物业为车库换上新灯。\\n子，大家围坐一起，说说笑笑。")
    >>> made = assemble(read_blocks(read_pieces(page), {}, dictionary()), dictionary())
    >>> [draft.body[-1].text for draft in made.drafts]  # the cut ran through 粽子 'rice dumplings'
    ['子，大家围坐一起，说说笑笑。', '本报讯（记者 罗一）近日，物业为车库换上新灯。']
    """
    topics = topics or Topics(r.piece.text for r in readings)
    if single:
        readings = as_one_article(readings)
    parts, links = read_joins(readings, topics, words)
    if single:
        return _one_article(readings, parts, links, topics)
    filled, placements = _fill(readings, parts, links, topics)
    stories = [(o.headlines, o.body) for o in filled]
    pictures = place_captions(readings, stories, topics)
    drafts = tuple(
        Draft(tuple(o.headlines), tuple(o.credits), tuple(o.body), tuple(p for p in pictures if p.story == k))
        for k, o in enumerate(filled)
    )
    photos = tuple(Draft(pictures=(p,)) for p in pictures if p.story is None)
    placements.extend(Placement(p.caption.index, p.story, p.evidence) for p in pictures)
    return Assembly(drafts, photos, tuple(links), tuple(placements))


def as_one_article(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of a region that holds one article: a headline below body text can only be a crosshead."""
    made: list[Reading] = []
    body = False
    for reading in readings:
        if reading.role is Role.HEADLINE and body and not settled(reading.piece):
            below = Evidence("below body text in a region of one article", SETTLED)
            reading = replace(reading, role=Role.CROSSHEAD, evidence=(*reading.evidence, below))
        body = body or reading.role in BODY
        made.append(reading)
    return tuple(made)


def _one_article(readings: Sequence[Reading], parts: Sequence[Part], links: Sequence[Link], topics: Topics) -> Assembly:
    """Everything in one draft, captions too."""
    captioned: set[int] = set()
    under = False
    for r in readings:  # credits under a caption are the caption's
        under = r.role is Role.CAPTION or (under and r.role is Role.CREDIT)
        if under:
            captioned.add(r.piece.index)
    headlines = tuple(r.piece for r in readings if r.role is Role.HEADLINE)
    credits = tuple(r.piece for r in readings if r.role is Role.CREDIT and r.piece.index not in captioned)
    pictures = place_captions(readings, (), topics)
    pictures = tuple(replace(picture, story=0) for picture in pictures)
    draft = Draft(headlines, credits, tuple(parts), pictures)
    drafts = (draft,) if headlines or credits or parts or pictures else ()
    return Assembly(drafts, (), tuple(links), ())


def _fill(
    readings: Sequence[Reading], parts: Sequence[Part], links: Sequence[Link], topics: Topics
) -> tuple[list[_Open], list[Placement]]:
    """Give every headline, body part and byline its draft, in print order."""
    drafts: list[_Open] = []
    placed: list[tuple[Part, tuple[Evidence, ...]]] = []  # why to a draft; to which one may still change
    owner: dict[PartKey, int] = {}
    before = {link.second: link for link in links}
    by_piece: dict[int, list[Part]] = {}
    for part in parts:
        by_piece.setdefault(part.piece.index, []).append(part)
    current = left = -1  # the article under way, and the one that it broke into
    awaiting = -1  # the article whose headline has no body yet
    pictured = False  # credits under a caption are the caption's
    last: Role | None = None

    def opened() -> int:
        drafts.append(_Open())
        return len(drafts) - 1

    for r in readings:
        pictured = r.role is Role.CAPTION or (pictured and r.role is Role.CREDIT)
        if r.role is Role.HEADLINE:
            if last is not Role.HEADLINE:
                current, left = opened(), -1
                awaiting = current
            drafts[current].headlines.append(r.piece)
        elif r.role is Role.CREDIT and not pictured and current >= 0:
            drafts[current].credits.append(r.piece)
        for part in by_piece.get(r.piece.index, ()):
            key = part.key
            link = before.get(key)
            reasons: tuple[Evidence, ...] = ()
            if link and link.first in owner:
                home, reasons = owner[link.first], link.evidence
            elif awaiting >= 0:
                home, awaiting = awaiting, -1
            elif part.role is Role.LEAD and current >= 0 and _under_way(drafts[current]):
                home, reasons = opened(), (Evidence("a byline formula opens an article", 3.0),)
            else:
                home, reasons = _by_topic(part, drafts, current, left, topics)
            home = home if home >= 0 else opened()
            owner[key] = home
            drafts[home].body.append(part)
            placed.append((part, reasons))
            if link and home != current:
                left = current
            current = home
        last = r.role
    _follow_first_halves(drafts, parts, links, owner)
    kept = [k for k, draft in enumerate(drafts) if draft.headlines or draft.body or draft.credits]
    renumbered = {old: new for new, old in enumerate(kept)}
    placements = [Placement(part.piece.index, renumbered[owner[part.key]], reasons) for part, reasons in placed]
    return [drafts[k] for k in kept], placements


def _follow_first_halves(
    drafts: Sequence[_Open], parts: Sequence[Part], links: Sequence[Link], owner: dict[PartKey, int]
) -> None:
    """A half that stood before its first half follows it into its article, and what goes on from it does too."""
    by_key = {p.key: p for p in parts}
    for _ in links:  # a chain is at most as long as there are links
        strayed = [link for link in links if owner[link.first] != owner[link.second]]
        if not strayed:
            return
        for link in strayed:
            drafts[owner[link.second]].body.remove(by_key[link.second])
            drafts[owner[link.first]].body.append(by_key[link.second])
            owner[link.second] = owner[link.first]


def _under_way(draft: _Open) -> bool:
    """Whether a lead here opens another article; under a headline it may stand below one half that strayed above it."""
    led = any(part.role is Role.LEAD for part in draft.body)
    return len(draft.body) > 1 or led or (bool(draft.body) and not draft.headlines)


def _by_topic(
    part: Part, drafts: Sequence[_Open], current: int, left: int, topics: Topics
) -> tuple[int, tuple[Evidence, ...]]:
    """The article under way, or the one that it broke into where the paragraph clearly speaks of that one's things."""
    if current < 0 or left in (-1, current) or part.role is not Role.PARAGRAPH:
        return current, ()
    mine = topics.subject([part.text])
    likeness = {k: topics.shared(mine, topics.subject(drafts[k].lines)) for k in (current, left)}
    stay = Evidence(f"shares its words with article {current + 1}", likeness[current])
    back = Evidence(f"shares its words with article {left + 1}", likeness[left])
    if back.points > stay.points + LEAST_LEAD:
        return left, (back, Evidence(f"more than with article {current + 1}", -stay.points))
    return current, (stay, Evidence(f"against article {left + 1}", -back.points))
