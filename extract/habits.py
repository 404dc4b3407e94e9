"""A page's own habits: how it sets paragraphs apart, whether its leads carry bylines, whether gaps box its pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.bylines import lead_credit
from extract.lines import Piece

BODY_LENGTH = 40  # printed characters from which a piece is taken for body text


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for the page as a whole and is needed to judge a piece."""

    usual_gap: int  # blank lines between most pieces
    indents: bool  # paragraphs are set in
    bylined: bool  # some lead opens with a byline formula
    boxed: bool  # wide gaps set pictures and items apart

    def wide(self, piece: Piece) -> bool:
        """Whether a gap wider than usual stands above the piece."""
        return piece.index > 0 and _wider(piece.blanks, self.usual_gap)


def habits(pieces: Sequence[Piece]) -> Habits:
    """Read the habits off a page's pieces.

    >>> from extract.lines import read_pieces
    >>> page = "新芽\\n\\n本报讯（记者 何苗）种树。\\n\\n\\n\\n居民种树。\\n\\n树苗已发放。"
    >>> habits(read_pieces(page))  # a picture stood above the third piece
    Habits(usual_gap=1, indents=False, bylined=True, boxed=True)
    """
    gaps = [p.blanks for p in pieces[1:]] or [0]
    usual = int(median(gaps))
    body = [p for p in pieces if p.length > BODY_LENGTH]
    wide = sum(_wider(gap, usual) for gap in gaps)
    return Habits(
        usual_gap=usual,
        indents=sum(p.indented for p in body) >= max(2, len(body) / 2),
        bylined=any(lead_credit(p.text) for p in pieces),
        boxed=0 < wide <= len(pieces) / 3,
    )


def _wider(gap: int, usual: int) -> bool:
    return gap > usual + (1 if usual else 0)
