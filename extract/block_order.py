"""What may follow what on a page: how it stands behind a piece, and what a role that comes next speaks for or against.

Of a piece itself only its setting counts here, so that every step from one state of a page to the next is known in
advance: `passages` is the table of them.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from extract.block_roles import Role
from extract.evidence import Evidence

START, PENDING, UNLED, OPEN = "start", "pending", "unled", "open"
"""Where the page stands: nothing printed yet, a headline awaits its body, body text stands under a headline without a
byline, an article's body is under way."""


class State(NamedTuple):  # a tuple, as it is hashed for every step
    """The role of a piece and how the page stands behind it."""

    role: Role
    stand: str


class Setting(NamedTuple):
    """What of a piece and its page bears on the piece's place in the order.

    `opening`: how much the piece reads like the opening of an article, in points.
    """

    wide: bool
    boxed: bool
    bylined: bool
    opening: float


AWAITING = frozenset(State(role, PENDING) for role in Role)
"""Where a headline awaits its body."""


class Passage(NamedTuple):
    """A step to the state `behind` a piece, with the evidence for and against it, never more than two reasons."""

    behind: State
    evidence: tuple[Evidence, ...]
    weights: tuple[float, float]  # the points of the two, 0 where there is none


Passages = Mapping[Role, Mapping[State | None, Passage]]
"""By the role of a piece and the state before it; None where the page begins."""


@cache
def passages(setting: Setting) -> Passages:
    """The steps that a piece in this setting allows."""
    states = (None, *(State(role, stand) for role in Role for stand in (START, PENDING, UNLED, OPEN)))
    return {role: {before: follow(before, role, setting) for before in states} for role in Role}


def follow(before: State | None, role: Role, setting: Setting) -> Passage:
    """What it means that `role` comes after `before`.

    >>> headline = State(Role.HEADLINE, PENDING)
    >>> passage = follow(headline, Role.LEAD, Setting(wide=False, boxed=False, bylined=True, opening=0.0))
    >>> passage.behind.stand, str(*passage.evidence)
    ('open', '+3.0 a lead under its headline')
    """
    stand, found = _weighed(before.role if before else None, before.stand if before else START, role, setting)
    one, other, *_ = (*(each.points for each in found), 0.0, 0.0)
    return Passage(State(role, stand), tuple(found), (one, other))


def _weighed(last: Role | None, stand: str, role: Role, setting: Setting) -> tuple[str, list[Evidence]]:
    pending = stand == PENDING
    found: list[Evidence] = []
    match role:
        case Role.HEADLINE:
            if last is Role.HEADLINE:
                found.append(Evidence("the headline's next line", -1.5 if setting.wide else 0.0))
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
            if setting.boxed and setting.wide:
                # below a picture the gap is the picture's own, and the column may go on
                below_box = last in (Role.CAPTION, Role.CREDIT, Role.FURNITURE)
                found.append(Evidence("a wide gap above", -0.5 if below_box else -2.0))
            if pending:
                points = setting.opening - (1.0 if setting.bylined else 0.0)
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
