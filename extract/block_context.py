"""What the pieces around a piece say of its role: half a paragraph above, like lines in a series, a byline below."""

from collections.abc import Sequence
from itertools import pairwise

from extract.block_evidence import COMMA
from extract.block_roles import Options, Role
from extract.bylines import bare_names, parse_credit, pen_name
from extract.edges import TERMINAL
from extract.evidence import Evidence
from extract.habits import Habits
from extract.half_paragraphs import (
    LONGEST_BOXED,
    REACH,
    awaited,
    over_picture_credit,
    unfinished_piece,
    weigh_broken_lines,
    weigh_continuations,
    weigh_short_halves,
)
from extract.lines import Piece
from extract.short_lines import LONGEST_SHORT_LINE, short_line, signed, weigh_series
from extract.stitching import WHOLE
from extract.tokens import Dictionary
from extract.topics import Topics

SHORTEST_OVER_A_NAME = 5  # printed characters of a headline over its author's name
SHORTEST_TOLD = 25  # printed characters of text under it
OPENED = frozenset({Role.LEAD, Role.CREDIT, Role.FURNITURE})
"""Roles that a piece right under an author's name does not have."""

LABEL = Evidence("label", 5.0)


def weigh_neighbours(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    torn: Sequence[tuple[float, float]],
    page: Habits,
    words: Dictionary,
    topics: Topics,
) -> None:
    """Add to every piece's options what the pieces around it say; `torn`: how torn each one's start and end are."""
    _names_under_roles(pieces, options)
    _pen_names(pieces, options, words)
    unfinished = [unfinished_piece(piece, end) for piece, (_, end) in zip(pieces, torn, strict=True)]
    short = [short_line(piece, choices) for piece, choices in zip(pieces, options, strict=True)]
    weigh_continuations(pieces, options, torn, unfinished, short, page, words)
    weigh_broken_lines(pieces, options, words)
    weigh_short_halves(pieces, options, words)
    weigh_series(pieces, options, short, topics)
    _around_headlines(pieces, options, torn, short)
    _boxed_alone(pieces, options, torn, unfinished, page)


def _names_under_roles(pieces: Sequence[Piece], options: Sequence[Options]) -> None:
    """A credit broken behind its role: 本报记者 / 周晓棠."""
    for above, piece in pairwise(pieces):
        if parse_credit(above.text) == () and parse_credit(above.text + " " + piece.text):
            options[piece.index].clear()
            options[piece.index][Role.CREDIT] = [Evidence("the name to the role above", 5.0)]


def _pen_names(pieces: Sequence[Piece], options: Sequence[Options], words: Dictionary) -> None:
    """The author of a commentary: a name alone between the headline and the text, which opens with no byline."""
    for above, piece, below in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if not OPENED.isdisjoint(options[below.index]) or below.length < SHORTEST_TOLD:
            continue
        headline = Role.HEADLINE in options[above.index] and above.length >= SHORTEST_OVER_A_NAME
        if headline and above.text[-1] not in TERMINAL and pen_name(piece.text):
            surname = bare_names(piece.text) is not None and not words.knows(piece.text)
            if len(piece.text) == len("江舟") or surname:
                options[piece.index][Role.CREDIT] = [Evidence("a name alone between headline and text", 2.0)]


def _boxed_alone(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    torn: Sequence[tuple[float, float]],
    unfinished: Sequence[bool],
    page: Habits,
) -> None:
    """A whole sentence or two in a box of its own, gaps above and below, is a picture's caption."""
    for piece in pieces:
        if Role.CAPTION in options[piece.index] and over_picture_credit(pieces, piece.index):
            options[piece.index][Role.CAPTION].append(Evidence("who took the picture stands below", 1.5))
    if not page.boxed:
        return
    for above, below in pairwise(pieces):
        i = above.index
        if not (page.wide(above) and page.wide(below) and Role.CAPTION in options[i]):
            continue
        if awaited(pieces, torn, unfinished, page, i):
            options[i][Role.PARAGRAPH].append(Evidence("an unfinished paragraph waits above", 2.0))
        elif torn[i][0] <= WHOLE and torn[i][1] < WHOLE and above.length <= LONGEST_BOXED:
            options[i][Role.CAPTION].append(Evidence("a box of its own", 2.5))


def _around_headlines(
    pieces: Sequence[Piece], options: Sequence[Options], torn: Sequence[tuple[float, float]], short: Sequence[bool]
) -> None:
    """What the end of the text above and below a short line says of a headline here: whose byline closes it."""
    for i in range(len(pieces)):
        if Role.HEADLINE not in options[i]:
            continue
        above = pieces[i - 1] if i else None
        if (
            above
            and (Role.PARAGRAPH in options[i - 1] or Role.LEAD in options[i - 1])
            and above.length > LONGEST_SHORT_LINE
        ):
            if signed(above):
                options[i][Role.HEADLINE].append(Evidence("the paragraph above closes with its byline", 2.0))
            elif torn[i - 1][1] > 0.5 and ("，" in above.text or "。" in above.text):
                options[i][Role.HEADLINE].append(Evidence("the paragraph above is unfinished", -0.5))
        if i and options[i - 1].get(Role.FURNITURE) == [LABEL] and short[i]:
            options[i][Role.HEADLINE].append(Evidence("right under a column's label", 1.5))
        if _kicker_like(pieces, options, torn, short, i):
            options[i][Role.HEADLINE].append(Evidence("no stop, and a headline's line below", 3.0))
        for k in range(i + 1, min(i + REACH, len(pieces))):
            if Role.LEAD in options[k] or (k > i + 1 and short[k]):
                break
            if pieces[k].length > 25 and signed(pieces[k]):
                options[i][Role.HEADLINE].append(Evidence("the text below closes with a byline", 1.5))
                break


def _kicker_like(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    torn: Sequence[tuple[float, float]],
    short: Sequence[bool],
    i: int,
) -> bool:
    """Whether a line with a comma may still be a kicker: it opens the page, holds no stop, and short lines follow."""
    piece = pieces[i]
    short_below = i + 1 < len(pieces) and short[i + 1]
    unstopped = short_below and "。" not in piece.text and torn[i][1] > 0.9 - WHOLE
    return unstopped and COMMA.search(piece.text) is not None and all(Role.FURNITURE in options[k] for k in range(i))
