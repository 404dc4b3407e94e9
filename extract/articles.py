"""Blocks to articles: which headline owns which body, which half goes where, which picture belongs to what.

The roles of `roles` and the joins of `stitching` are followed in print order. A headline opens an article; body text goes
to the article under way unless a join, or its topic, says that it goes on with an earlier one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.bylines import lead_credit
from extract.captions import place_captions
from extract.edges import DATE_START, Tagger, torn_start
from extract.evidence import Evidence, total
from extract.lines import Piece
from extract.roles import Reading, Role
from extract.stitching import Join, acyclic, assign, edge_fit, place_fit
from extract.topics import Topics
from extract import lexicon

BODY = (Role.LEAD, Role.PARAGRAPH, Role.CROSSHEAD)
TORN = 0.4  # from here on an end may go on elsewhere
LEAST_LEAD = 1.5  # points by which an earlier article must fit a paragraph better than the one under way


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


def assemble(readings: Sequence[Reading], tag: Tagger) -> Assembly:
    """Put a page's pieces together.

    >>> from extract.lines import read_pieces
    >>> from extract.roles import read_roles
    >>> from extract.tokens import segmenter
    >>> tag = segmenter("rjieba")
    >>> page = ("粽香满楼\\n本报讯（记者 何苗）6月1日，满春街道多福社区邀请居民包粽\\n车库换灯\\n"
    ...         "本报讯（记者 罗一）近日，物业为车库换上新灯。\\n子，大家围坐一起，说说笑笑。")
    >>> made = assemble(read_roles(read_pieces(page), {}, tag), tag)
    >>> [d.body[-1].text for d in made.drafts]
    ['子，大家围坐一起，说说笑笑。', '本报讯（记者 罗一）近日，物业为车库换上新灯。']
    """
    parts = _parts(readings)
    joins = _joins(readings, parts, tag)
    parts, joins = _unglue(readings, parts, joins, tag)
    drafts, placements = _walk(readings, parts, joins)
    topics = Topics([d.text for d in drafts] + [r.piece.text for r in readings if r.role is Role.CAPTION])
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


def _joins(readings: Sequence[Reading], parts: Sequence[Part], tag: Tagger) -> list[Link]:
    """The best set of joins between torn ends and the paragraphs that may go on with them."""
    is_body = [r.role in (Role.PARAGRAPH, Role.LEAD) for r in readings]
    headlines = [r.piece.index for r in readings if r.role is Role.HEADLINE]
    ends = {k: p.torn_end for k, p in enumerate(parts) if p.role is not Role.CROSSHEAD and p.torn_end >= TORN}
    found = []
    for k in ends:
        for m, second in enumerate(parts):
            if m == k or second.role is not Role.PARAGRAPH or second.piece is parts[k].piece:
                continue
            first = parts[k]
            i, j = first.piece.index, second.piece.index
            evidence = [*edge_fit(first.text, second.text, second.torn_start, tag), *place_fit(i, j, is_body)]
            if crossed := sum(min(i, j) < h <= max(i, j) for h in headlines):
                evidence.append(Evidence(f"{crossed} headline lines between", -0.5))
            if _opens_article(readings, j):
                evidence.append(Evidence("stands right under a headline", -1.0))
            evidence.append(Evidence("the end is torn", first.torn_end))
            found.append(Join(k, m, tuple(evidence)))
    chosen = acyclic(assign(ends, found))
    key = [(p.piece.index, p.start) for p in parts]
    return [Link(key[j.first], key[j.second], j) for j in chosen]


def _opens_article(readings: Sequence[Reading], index: int) -> bool:
    """Whether the piece is the first body text under a headline."""
    for r in reversed(readings[:index]):
        if r.role is Role.HEADLINE:
            return True
        if r.role in BODY:
            return False
    return False


def _unglue(
    readings: Sequence[Reading], parts: Sequence[Part], links: Sequence[Link], tag: Tagger
) -> tuple[list[Part], list[Link]]:
    """Split a piece whose beginning goes on with a paragraph that it cannot follow: the rest starts a paragraph.

    That is so where the piece stands right under a headline, or before its first half.
    """
    split: dict[tuple[int, int], list[Part]] = {}
    for link in links:
        part = next(p for p in parts if (p.piece.index, p.start) == link.second)
        if not (_opens_article(readings, part.piece.index) or link.second < link.first):
            continue
        cut = _paragraph_start(part.text, tag)
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


def _paragraph_start(text: str, tag: Tagger) -> int:
    """Where in `text` a new paragraph most likely begins behind a full stop, or 0."""
    starts = lexicon.words("paragraph_starts")
    plain = 0
    for at in range(1, len(text) - 10):
        if text[at - 1] in "。！？" or (text[at - 1] in "”" and text[at - 2 : at - 1] in "。！？"):
            if text[at] in "”）":
                continue
            rest = text[at:].lstrip()
            if rest.startswith(starts) or DATE_START.match(rest):
                return at
            if not plain and torn_start(rest, tag) < 0.3:
                plain = at
    return plain


# ------------------------------------------------------------------------------------------------ who owns what


def _walk(readings: Sequence[Reading], parts: Sequence[Part], links: Sequence[Link]) -> tuple[list[Draft], list[Placement]]:
    """Give every headline, body part and byline its draft, in print order."""
    drafts: list[Draft] = []
    placements: list[Placement] = []
    owner: dict[tuple[int, int], int] = {}
    before = {link.second: link for link in links}
    after = {link.first: link for link in links}
    by_piece: dict[int, list[Part]] = {}
    for part in parts:
        by_piece.setdefault(part.piece.index, []).append(part)
    topics = Topics(r.piece.text for r in readings)
    current = -1
    last: Role | None = None
    for r in readings:
        if r.role is Role.HEADLINE:
            if last is not Role.HEADLINE or current < 0 or drafts[current].body:
                drafts.append(Draft(first=r.piece.index))
                current = len(drafts) - 1
            drafts[current].headlines.append(r.piece)
        elif r.role is Role.CREDIT and last not in (Role.CAPTION, Role.CREDIT) and current >= 0:
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
                home, reasons = _by_topic(part, drafts, current, topics)
            if home < 0:
                drafts.append(Draft(first=part.piece.index))
                home = len(drafts) - 1
            owner[key] = home
            drafts[home].body.append(part)
            placements.append(Placement(part.piece.index, home, reasons))
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


def _by_topic(part: Part, drafts: Sequence[Draft], current: int, topics: Topics) -> tuple[int, tuple[Evidence, ...]]:
    """The article under way, unless an earlier one fits the paragraph clearly better."""
    if current < 0 or part.role is not Role.PARAGRAPH or not drafts[current].body:
        return current, ()
    scores = []
    for k, draft in enumerate(drafts):
        likeness = Evidence(f"shares its words with article {k + 1}", round(12 * topics.share(part.text, draft.text), 2))
        evidence = (likeness,) if k == current else (likeness, Evidence("not the article under way", -LEAST_LEAD))
        scores.append((total(evidence), k == current, k, evidence))
    _, _, home, evidence = max(scores)
    return home, evidence
