"""Pieces to blocks: what each piece of a page is.

Every piece gets evidence for every role from its own words (`block_evidence`) and from the pieces around it
(`block_context`); the best sequence of roles for the whole page is then found by the Viterbi algorithm (Forney 1973)
over that evidence and over what may follow what (`block_order`): a headline awaits its body, a crosshead stands inside
an article, a lead with a byline formula opens one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.block_context import weigh_neighbours
from extract.block_evidence import (
    Look,
    caption_evidence,
    crosshead_evidence,
    headline_evidence,
    lead_like,
    paragraph_evidence,
)
from extract.block_order import AWAITING, Passage, Passages, Setting, State, passages
from extract.block_roles import Options, Role
from extract.bylines import formula_inside, lead_credit, parse_credit
from extract.edges import torn_end, torn_start
from extract.evidence import Evidence, sign, total
from extract.habits import Habits, habits
from extract.lines import Piece
from extract.marked import settle, weigh_marks, whole
from extract.tokens import Dictionary
from extract.topics import Topics

LONGEST_HEADLINE = 48
LONGEST_CAPTION = 160
BODILESS = 4.0  # points lost by a page that ends in a headline without its body


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece with its role and the evidence for it; `torn_start` and `torn_end` as in `edges`, 0 whole to 1 torn."""

    piece: Piece
    role: Role
    evidence: tuple[Evidence, ...]
    torn_start: float = 0.0
    torn_end: float = 0.0


class Step(NamedTuple):  # a tuple, as most are made to be beaten by the next
    """The best way to a state: its points so far, how it was reached, and the step before it; no `passage` at first."""

    points: float
    passage: Passage | None
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
    best: dict[State | None, Step] = {None: Step(0.0, None, None)}
    for piece, choices in zip(pieces, options, strict=True):
        best = _forward(best, choices, passages(_setting(piece, choices, best, page)))
    last = max(best.items(), key=_at_the_end)[1]
    return tuple(
        Reading(piece, passage.behind.role, (*choices[passage.behind.role], *passage.evidence), *torn[piece.index])
        for piece, choices, passage in zip(pieces, options, _path(last), strict=True)
    )


def _setting(piece: Piece, choices: Options, best: Mapping[State | None, Step], page: Habits) -> Setting:
    """How much a piece reads like an opening is asked only where a headline may await one."""
    awaited = Role.PARAGRAPH in choices and not AWAITING.isdisjoint(best)
    return Setting(page.wide(piece), page.boxed, page.bylined, lead_like(piece) if awaited else 0.0)


def _forward(best: Mapping[State | None, Step], choices: Options, ways: Passages) -> dict[State | None, Step]:
    """One piece further: the best way to every state that the piece may leave the page in."""
    reached: dict[State | None, Step] = {}
    for role, own in choices.items():
        alone = total(own)
        passage_from = ways[role]
        for state, step in best.items():
            passage = passage_from[state]
            one, other = passage.weights
            points = alone + one + other + step.points
            rival = reached.get(passage.behind)
            if rival is None or points > rival.points:
                reached[passage.behind] = Step(points, passage, step)
    return reached


def _at_the_end(reached: tuple[State | None, Step]) -> float:
    """The points of a way on which the page ends."""
    state, step = reached
    return step.points - (BODILESS if state in AWAITING else 0.0)


def _path(last: Step) -> list[Passage]:
    """The passages of the best way, the first one first."""
    found = []
    at: Step | None = last
    while at is not None and at.passage is not None:
        found.append(at.passage)
        at = at.before
    return found[::-1]


def _options(piece: Piece, furniture: Mapping[int, str], page: Habits) -> Options:
    """The roles that a piece may have by itself."""
    if reason := furniture.get(piece.index):
        return {Role.FURNITURE: [Evidence(reason, 5.0)]}
    if parse_credit(piece.text) is not None:
        return {Role.CREDIT: [sign("nothing but names and roles", 5.0)]}
    if lead_credit(piece.text):
        return {Role.LEAD: [sign("opens with a byline formula", 5.0)]}
    if formula_inside(piece.text):
        return {Role.LEAD: [sign("a byline formula opens in mid-line", 5.0)]}
    look = Look.of(piece, page)
    options = {Role.PARAGRAPH: paragraph_evidence(piece, look, page)}
    if piece.length <= LONGEST_HEADLINE:
        options[Role.HEADLINE] = headline_evidence(piece, look, page)
        options[Role.CROSSHEAD] = crosshead_evidence(piece, look)
    if piece.length <= LONGEST_CAPTION:
        options[Role.CAPTION] = caption_evidence(piece, look, page)
    return options
