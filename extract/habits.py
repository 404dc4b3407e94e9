"""A page's own habits: how it sets paragraphs apart, whether its leads carry bylines, whether gaps box its pictures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.bylines import lead_credit, parse_credit
from extract.lines import Piece

HEADLINE_LENGTH = 28  # printed characters up to which a piece may be a headline
USUAL = 0.6  # share of articles that must have what is called a habit
DIVISION = re.compile(r"[\u4e00-\u9fff]{2,9}(?:街道|社区|[镇乡村])")
BODY_LENGTH = 40  # printed characters from which a piece is taken for body text


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for the page as a whole and is needed to judge a piece."""

    usual_gap: int  # blank lines between most pieces
    indents: bool  # paragraphs are set in
    bylined: bool  # leads open with a byline formula
    boxed: bool  # wide gaps set pictures and items apart

    def wide(self, piece: Piece) -> bool:
        """Whether a gap wider than usual stands above the piece."""
        return piece.index > 0 and piece.blanks > self.usual_gap + (1 if self.usual_gap else 0)


def habits(pieces: Sequence[Piece]) -> Habits:
    """Read the habits off a page's pieces.

    >>> from extract.lines import read_pieces
    >>> lead = "本报讯（记者 何苗）3月12日，多福社区组织居民在院里种下二十棵桂花树，孩子们浇了水。"  # trees planted
    >>> page = f"新芽\\n\\n{lead}\\n\\n\\n\\n居民种树。\\n\\n树苗已发放。"
    >>> habits(read_pieces(page))  # a picture stood above the third piece
    Habits(usual_gap=1, indents=False, bylined=True, boxed=True)
    """
    gaps = [p.blanks for p in pieces[1:]] or [0]
    usual = int(median(gaps))
    wide = sum(gap > usual + (1 if usual else 0) for gap in gaps)
    return Habits(
        usual_gap=usual,
        indents=indents(pieces),
        bylined=_bylined(pieces),
        boxed=0 < wide <= len(pieces) / 3,
    )


def indents(pieces: Sequence[Piece]) -> bool:
    """Whether a page sets its paragraphs in."""
    body = [p.indented for p in pieces if p.length > BODY_LENGTH]
    return sum(body) >= max(2, len(body) / 2)


def _bylined(pieces: Sequence[Piece]) -> bool:
    """Whether most body text under a short line opens with a byline formula."""
    under = [
        lead_credit(below.text) is not None or parse_credit(below.text) is not None
        for above, below in pairwise(pieces)
        if above.length <= HEADLINE_LENGTH and _opens(below) and not DIVISION.fullmatch(above.text)
    ]
    return sum(under) >= max(1, USUAL * len(under))


def _opens(piece: Piece) -> bool:
    """Whether a piece may open an article: body text, or the byline above it."""
    return piece.length > BODY_LENGTH or bool(parse_credit(piece.text))
