"""Halves of paragraphs told from headlines and captions: what an open edge above or below says of a piece."""

from collections.abc import Sequence

from extract.block_evidence import COMMA, LONGEST_UNNAMED, caption_like
from extract.block_roles import Options, Role
from extract.bylines import Credit, closing_credit, parse_credit
from extract.edges import SCENE_START, TERMINAL, opens_paragraph
from extract.evidence import Evidence, total
from extract.habits import Habits
from extract.lines import Piece
from extract.seams import beginning, ending, number_fit, seam
from extract.stitching import SURE, WHOLE, edge_fit, most_fit
from extract.tokens import Dictionary

REACH = 9  # pieces that may stand between the halves of a paragraph
LONGEST_HALF = 160  # a longer piece needs no help to be taken for a paragraph
LEAST_CONTINUATION = 1.0  # points of the edges below which a piece is not taken for a second half
LONGEST_BOXED = 90
BEHIND_A_CAPTION = 4  # pieces below one that may be a caption, its credits among them
MAY_BEGIN = 0.15  # how torn the beginning of a paragraph may look that opens with words for a purpose
SHORTEST_HALF = 12  # printed characters of a line that may be half a sentence
FRAGMENT = 0.6  # torn so surely, a piece cannot begin a paragraph
WAITING_TAGS = frozenset("dpc")  # adverbs, prepositions, conjunctions: 还, 在, 和
BROKEN_OFF = Evidence("breaks off behind a word that waits for another", -3.0)


def unfinished_piece(piece: Piece, torn_end: float) -> bool:
    """Whether a piece looks like the first half of a paragraph; a short line without a stop is rather a headline."""
    return (
        torn_end >= 0.5
        and piece.length >= SHORTEST_HALF
        and ("。" in piece.text or COMMA.search(piece.text) is not None)
    )


def weigh_continuations(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    torn: Sequence[tuple[float, float]],
    unfinished: Sequence[bool],
    short: Sequence[bool],
    page: Habits,
    words: Dictionary,
) -> None:
    """Tell a torn paragraph's second half from a caption or headline: it fits an open edge above it."""
    open_above: list[int] = []  # pieces above that end within a paragraph
    for j, piece in enumerate(pieces):
        ends = [i for i in reversed(open_above) if i > j - REACH]
        if unfinished[j] and (Role.PARAGRAPH in options[j] or Role.LEAD in options[j]):
            open_above = [*open_above[-REACH:], j]
        if Role.PARAGRAPH not in options[j] or piece.length > LONGEST_HALF:
            continue
        if j and short[j - 1] and _completes_number(pieces, torn, j, words):
            options[j - 1][Role.PARAGRAPH].append(Evidence(f"goes on in piece {j}", 4.0))
        best, origin = 0.0, j
        for i in ends:
            end, start, far = ending(pieces[i].text, words), beginning(piece.text, words), 0.15 * (j - i - 1)
            if most_fit(end, start, torn[j][0]) - far < max(best, LEAST_CONTINUATION):
                continue
            points = total(edge_fit(end, start, torn[j][0], words).evidence) - far
            if points > best:
                best, origin = points, i
        if j and unfinished[j - 1] and _goes_on_below(pieces, options, torn, j, page, words):
            options[j][Role.PARAGRAPH].append(Evidence("what goes on with the paragraph above stands below", -2.0))
            if _may_be_seen(piece, page) and Role.CAPTION in options[j]:
                options[j][Role.CAPTION].append(Evidence("stands between the halves of a paragraph", 1.5))
        elif j and unfinished[j - 1] and torn[j][0] > 0 and not closing_credit(piece.text):
            # a wide gap there is that of a picture without a caption
            points = 1.0 if not page.wide(piece) else 2.0
            options[j][Role.PARAGRAPH].append(Evidence("right below an unfinished paragraph", points))
        if page.indents and not piece.indented and awaited(pieces, torn, unfinished, page, j):
            options[j][Role.PARAGRAPH].append(Evidence("not set in, and an unfinished paragraph waits above", 3.0))
        if best < LEAST_CONTINUATION:
            continue
        options[j][Role.PARAGRAPH].append(Evidence(f"goes on from piece {origin}", min(best, 4.0)))
        for between in range(origin + 1, j):
            if best >= SURE and {Role.CAPTION, Role.PARAGRAPH} <= options[between].keys():
                if _may_be_seen(pieces[between], page):
                    options[between][Role.CAPTION].append(Evidence("stands between the halves of a paragraph", 1.5))
                if torn[between][0] <= WHOLE and torn[between][1] < WHOLE:
                    options[between][Role.PARAGRAPH].append(Evidence("parts the halves of a paragraph", -2.5))


def _completes_number(pieces: Sequence[Piece], torn: Sequence[tuple[float, float]], j: int, words: Dictionary) -> bool:
    """Whether the piece above ends in a number that the piece goes on with."""
    end = ending(pieces[j - 1].text, words)
    if not end.number and not end.month:
        return False
    start = beginning(pieces[j].text, words)
    return bool(number_fit(end, start, words)) and total(edge_fit(end, start, torn[j][0], words).evidence) >= SURE


def _goes_on_below(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    torn: Sequence[tuple[float, float]],
    j: int,
    page: Habits,
    words: Dictionary,
) -> bool:
    """Whether a piece that is whole parts an unfinished paragraph from a fragment that fits it better.

    A fragment cannot begin a paragraph, so that it must go on with something; a whole sentence need not.
    """
    if torn[j][0] > WHOLE or torn[j][1] >= WHOLE:
        return False
    for k in range(j + 1, min(j + BEHIND_A_CAPTION, len(options))):
        if Role.LEAD in options[k]:
            return False
        if Role.PARAGRAPH in options[k]:
            # below a picture's gap a short sentence is rather its caption; elsewhere only a sure fragment says so
            pictured = page.wide(pieces[j]) and pieces[j].length <= LONGEST_UNNAMED and torn[k][0] > MAY_BEGIN
            if torn[k][0] < FRAGMENT and not pictured:
                return False
            end = ending(pieces[j - 1].text, words)
            below, next_to = (
                total(edge_fit(end, beginning(pieces[m].text, words), torn[m][0], words).evidence) for m in (k, j)
            )
            return below > next_to or (pictured and below == next_to)
    return False


def _may_be_seen(piece: Piece, page: Habits) -> bool:
    """Whether a piece looks like a caption at all: a gap, a credit, somebody seen, a day and a place."""
    return page.wide(piece) or closing_credit(piece.text) is not None or caption_like(piece.text)


def weigh_broken_lines(pieces: Sequence[Piece], options: Sequence[Options], words: Dictionary) -> None:
    """Tell the first half of a sentence from a headline: it breaks off behind an adverb or a preposition (…队员还|)."""
    for piece in pieces:
        choices = options[piece.index]
        if Role.HEADLINE not in choices or piece.length < SHORTEST_HALF or not COMMA.search(piece.text):
            continue
        last = ending(piece.text, words).last
        if last and len(last[0]) == 1 and last[1] in WAITING_TAGS:
            choices[Role.HEADLINE].append(BROKEN_OFF)


def weigh_short_halves(pieces: Sequence[Piece], options: Sequence[Options], words: Dictionary) -> None:
    """Tell the short first half of a paragraph from a headline: the report moves on in it, or its second half follows.

    A caption may stand between the halves; a headline's last character may make a word with whatever stands below.
    """
    for i, piece in enumerate(pieces):
        choices = options[i]
        if not (Role.HEADLINE in choices and Role.PARAGRAPH in choices) or piece.text[-1] in TERMINAL:
            continue
        moves_on = opens_paragraph(piece.text, "scene", "source", "order") or SCENE_START.match(piece.text)
        if moves_on and COMMA.search(piece.text):
            choices[Role.HEADLINE].append(Evidence("the report moves on", -2.5))
        for j in range(i + 1, min(i + BEHIND_A_CAPTION, len(pieces))):
            if Role.LEAD in options[j]:
                break
            below = pieces[j].text
            if Role.PARAGRAPH not in options[j] or "。" not in below:
                continue
            end, start = ending(piece.text, words), beginning(below, words)
            quoted = end.opened and start.closed
            if quoted or (end.stump and not end.number and seam(end, start, words).word):
                choices[Role.PARAGRAPH].append(Evidence(f"goes on in piece {j}", 4.0))
                break


def awaited(
    pieces: Sequence[Piece],
    torn: Sequence[tuple[float, float]],
    unfinished: Sequence[bool],
    page: Habits,
    i: int,
) -> bool:
    """Whether nothing but boxed pictures and credits stand between an unfinished paragraph and a piece below it."""
    if torn[i][0] == 0 or closing_credit(pieces[i].text) or over_picture_credit(pieces, i):
        return False
    for k in range(i - 1, max(i - REACH, -1), -1):
        if unfinished[k]:
            return True
        boxed = pieces[k].length <= LONGEST_BOXED and (page.wide(pieces[k]) or page.indents)
        if not boxed and parse_credit(pieces[k].text) is None:
            return False
    return False


def over_picture_credit(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the line below a piece does nothing but name who took a picture."""
    below = parse_credit(pieces[i + 1].text) if i + 1 < len(pieces) else None
    return bool(below) and Credit(0, 0, below or ()).pictured
