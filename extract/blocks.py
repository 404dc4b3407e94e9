"""Pieces to blocks: what each piece of a page is.

Every piece gets evidence for every role from its own words (`block_evidence`) and from the pieces around it
(`block_context`); the best sequence of roles for the whole page is then found by the Viterbi algorithm (Forney 1973)
over that evidence and over what may follow what: a headline awaits its body, a crosshead stands inside an article, a
lead with a byline formula opens one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.block_context import Options, Role, weigh_neighbours
from extract.block_evidence import (
    caption_evidence,
    crosshead_evidence,
    headline_evidence,
    lead_like,
    paragraph_evidence,
)
from extract.bylines import formula_inside, lead_credit, parse_credit
from extract.edges import torn_end, torn_start
from extract.evidence import Evidence, total
from extract.habits import Habits, habits
from extract.lines import Piece
from extract.marked import settle, weigh_marks, whole
from extract.tokens import Dictionary
from extract.topics import Topics

LONGEST_HEADLINE = 48
LONGEST_CAPTION = 160
BODILESS = 4.0  # points lost by a page that ends in a headline without its body

START, PENDING, UNLED, OPEN = "start", "pending", "unled", "open"
"""Where the page stands: nothing printed yet, a headline awaits its body, body text stands under a headline without a
byline, an article's body is under way."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece with its role and the evidence for it; `torn_start` and `torn_end` as in `edges`, 0 whole to 1 torn."""

    piece: Piece
    role: Role
    evidence: tuple[Evidence, ...]
    torn_start: float = 0.0
    torn_end: float = 0.0


class State(NamedTuple):  # a tuple, as it is hashed for every step
    """The role of a piece and how the page stands behind it."""

    role: Role
    stand: str


@dataclass(frozen=True, slots=True)
class Step:
    """The best way to a state: its points so far, its own evidence, and the step before it."""

    points: float
    role: Role
    evidence: tuple[Evidence, ...]
    before: "Step | None"


def read_blocks(
    pieces: Sequence[Piece], furniture: Mapping[int, str], words: Dictionary, topics: Topics | None = None
) -> tuple[Reading, ...]:
    """The best sequence of roles for a page's pieces, with the evidence of each.

    `topics`: those of these very pieces, where they are known.

    >>> from extract.lines import read_pieces
    >>> from extract.tokens import dictionary
    >>> page = "爱心义剪进社区\\n本报讯（记者 何苗）3月2日，满春街道开展义剪活动。\\n居民排队等候理发。 何苗摄"
    >>> [str(r.role) for r in read_blocks(read_pieces(page), {}, dictionary())]  # free haircuts come to the community
    ['headline', 'lead', 'caption']
    """
    if not pieces:
        return ()
    page = habits(pieces)
    torn = [(0.0, 0.0) if whole(p) else (torn_start(p.text, words), torn_end(p.text)) for p in pieces]
    options = [_options(p, furniture, page) for p in pieces]
    weigh_marks(pieces, options)
    weigh_neighbours(pieces, options, torn, page, words, topics or Topics(piece.text for piece in pieces))
    settle(pieces, options)
    best: dict[State | None, Step | None] = {None: None}
    for piece, choices in zip(pieces, options, strict=True):
        best = _forward(best, piece, choices, page)
    ends = [
        (step.points - (BODILESS if state.stand == PENDING else 0.0), step)
        for state, step in best.items()
        if state and step
    ]
    _, last = max(ends, key=lambda end: end[0])
    return tuple(
        Reading(piece, step.role, step.evidence, *torn[piece.index])
        for piece, step in zip(pieces, _path(last), strict=True)
    )


def _forward(
    best: Mapping[State | None, Step | None], piece: Piece, choices: Options, page: Habits
) -> dict[State | None, Step | None]:
    """One piece further: the best way to every state that the piece may leave the page in."""
    opening = lead_like(piece)
    reached: dict[State | None, Step | None] = {}
    for role, own in choices.items():
        alone = total(own)
        for state, step in best.items():
            stand, passing = follow(state, role, piece, page, opening)
            points = (step.points if step else 0.0) + sum((e.points for e in passing), alone)
            behind = State(role, stand)
            rival = reached.get(behind)
            if rival is None or points > rival.points:
                reached[behind] = Step(points, role, (*own, *passing), step)
    return reached


def _path(last: Step) -> list[Step]:
    steps = [last]
    while steps[-1].before is not None:
        steps.append(steps[-1].before)
    return steps[::-1]


def follow(before: State | None, role: Role, piece: Piece, page: Habits, opening: float) -> tuple[str, list[Evidence]]:
    """What it means that `role` comes after `before`: the new stand, and the evidence for and against.

    `opening`: how much the piece reads like the opening of an article, in points.
    """
    stand = before.stand if before else START
    last = before.role if before else None
    pending = stand == PENDING
    found: list[Evidence] = []
    match role:
        case Role.HEADLINE:
            if last is Role.HEADLINE:
                found.append(Evidence("the headline's next line", 0.0 if not page.wide(piece) else -1.5))
            elif pending:
                found.append(Evidence("the headline above has no body", -4.0))
            elif last is Role.CROSSHEAD:
                found.append(Evidence("the crosshead above has no text", -4.0))
            return PENDING, found
        case Role.LEAD:
            if pending:
                found.append(Evidence("a lead under its headline", 3.0))
            elif stand != UNLED:
                found.append(Evidence("a lead without headline", -3.0))
            return OPEN, found
        case Role.PARAGRAPH:
            if page.boxed and page.wide(piece):
                # below a picture the gap is the picture's own, and the column may go on
                below_box = last in (Role.CAPTION, Role.CREDIT, Role.FURNITURE)
                found.append(Evidence("a wide gap above", -0.5 if below_box else -2.0))
            if pending:
                points = opening - (1.0 if page.bylined else 0.0)
                found.append(Evidence("opens an article without a byline", points))
                return UNLED, found
            elif last is Role.CROSSHEAD:
                found.append(Evidence("text under its crosshead", 1.0))
            elif stand == START:
                found.append(Evidence("body text before any headline", -1.5))
            return OPEN, found
        case Role.CROSSHEAD:
            if stand not in (OPEN, UNLED):
                found.append(Evidence("a crosshead outside an article", -4.0))
            elif last is Role.CROSSHEAD:
                found.append(Evidence("two crossheads in a row", -3.0))
            return OPEN, found
        case Role.CREDIT:
            if last is Role.CAPTION:
                found.append(Evidence("a credit under its caption", 2.0))
            elif pending and last is Role.HEADLINE:
                found.append(Evidence("a byline under its headline", 2.0))
            elif last in (Role.PARAGRAPH, Role.LEAD):
                found.append(Evidence("a credit under a paragraph", -1.5))
            return stand, found
        case Role.CAPTION:
            if last is Role.CROSSHEAD:
                found.append(Evidence("a caption under a crosshead", -1.0))
            return stand, found
        case Role.FURNITURE:
            return stand, found


def _options(piece: Piece, furniture: Mapping[int, str], page: Habits) -> Options:
    """The roles that a piece may have by itself."""
    if reason := furniture.get(piece.index):
        return {Role.FURNITURE: [Evidence(reason, 5.0)]}
    if parse_credit(piece.text) is not None:
        return {Role.CREDIT: [Evidence("nothing but names and roles", 5.0)]}
    if lead_credit(piece.text):
        return {Role.LEAD: [Evidence("opens with a byline formula", 5.0)]}
    if formula_inside(piece.text):
        return {Role.LEAD: [Evidence("a byline formula opens in mid-line", 5.0)]}
    options = {Role.PARAGRAPH: paragraph_evidence(piece, page)}
    if piece.length <= LONGEST_HEADLINE:
        options[Role.HEADLINE] = headline_evidence(piece, page)
        options[Role.CROSSHEAD] = crosshead_evidence(piece, page)
    if piece.length <= LONGEST_CAPTION:
        options[Role.CAPTION] = caption_evidence(piece, page)
    return options
