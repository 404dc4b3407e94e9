"""What a page's format says of a piece, as evidence among the other evidence: <h1>, large type, a column's name.

Plain text has no marks. A settled mark decides, with one exception: markup calls everything in the body a paragraph,
so that a line that is nothing but names and roles, or nothing but a hotline, keeps what its own words say.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from extract.block_roles import Options, Role
from extract.evidence import Evidence
from extract.lines import Piece
from schemas.layout import SETTLED, BlockRole, Mark, MarkRole

ROLES: Mapping[MarkRole, Role] = MappingProxyType(
    {
        "kicker": Role.HEADLINE,
        "main": Role.HEADLINE,
        "subtitle": Role.HEADLINE,
        "byline": Role.CREDIT,
        "credit": Role.CREDIT,
        "crosshead": Role.CROSSHEAD,
        "paragraph": Role.PARAGRAPH,
        "caption": Role.CAPTION,
        "furniture": Role.FURNITURE,
    }
)
OWN_WORDS = frozenset({Role.CREDIT, Role.LEAD, Role.FURNITURE})
"""Roles that a piece's own words settle; a mark as a paragraph or a caption yields to them."""
HEADLINE_PARTS: Mapping[MarkRole, BlockRole] = MappingProxyType(
    {"kicker": "kicker", "main": "main", "subtitle": "subtitle"}
)


def weigh_marks(pieces: Sequence[Piece], options: Sequence[Options]) -> None:
    """Add to every piece's options what its mark says."""
    for piece, choices in zip(pieces, options, strict=True):
        mark = piece.mark
        if mark and mark.role and not _yields(mark, choices):
            choices.setdefault(ROLES[mark.role], []).append(Evidence(mark.reason, mark.points))


def settle(pieces: Sequence[Piece], options: Sequence[Options]) -> None:
    """Leave a piece with a settled mark nothing but the role of its mark."""
    for piece, choices in zip(pieces, options, strict=True):
        mark = piece.mark
        if mark and mark.role and settled(piece) and not _yields(mark, choices):
            choices.clear()
            choices[ROLES[mark.role]] = [Evidence(mark.reason, mark.points)]


def settled(piece: Piece) -> bool:
    """Whether the page's format decides what the piece is."""
    return piece.mark is not None and piece.mark.role is not None and piece.mark.points >= SETTLED


def whole(piece: Piece) -> bool:
    """Whether the page's format says that nothing of the piece's block stands elsewhere."""
    return piece.mark is not None and piece.mark.whole


def headline_part(piece: Piece) -> BlockRole | None:
    """Which part of a headline the page's format calls a piece; None where it says nothing of the kind."""
    return HEADLINE_PARTS.get(piece.mark.role) if piece.mark and piece.mark.role else None


def _yields(mark: Mark, choices: Options) -> bool:
    return mark.role in ("paragraph", "caption") and len(choices) == 1 and bool(OWN_WORDS & choices.keys())
