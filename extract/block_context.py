"""What the pieces around a piece say of its role: half a paragraph above, like lines in a series, a byline below."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from extract import lexicon
from extract.block_evidence import (
    COMMA,
    announces_round_up,
    caption_like,
    even_halves,
    name_and_title,
    nothing_but_divisions,
)
from extract.bylines import Credit, bare_names, closing_credit, parse_credit, pen_name
from extract.edges import CLOSING, NUMBERED, SCENE_START, TERMINAL, opens_paragraph
from extract.evidence import Evidence, total
from extract.habits import Habits
from extract.lines import Piece
from extract.seams import beginning, ending, number_fit, seam
from extract.stitching import SURE, WHOLE, edge_fit, most_fit
from extract.tokens import Dictionary
from extract.topics import Topics

REACH = 9  # pieces that may stand between the halves of a paragraph
LONGEST_HALF = 160  # a longer piece needs no help to be taken for a paragraph
LEAST_CONTINUATION = 1.0  # points of the edges below which a piece is not taken for a second half
LONGEST_SHORT_LINE = 16
LONGEST_BOXED = 90
BEHIND_A_CAPTION = 4  # pieces below one that may be a caption, its credits among them
LONGEST_UNNAMED = 30  # printed characters of a caption that only says who is seen doing what
MAY_BEGIN = 0.15  # how torn the beginning of a paragraph may look that opens with words for a purpose
SHORTEST_HALF = 12  # printed characters of a line that may be half a sentence
WAITING_TAGS = frozenset("dpc")  # adverbs, prepositions, conjunctions: 还, 在, 和
BROKEN_OFF = Evidence("breaks off behind a word that waits for another", -3.0)
SHORTEST_OVER_A_NAME = 5  # printed characters of a headline over its author's name
SHORTEST_TOLD = 25  # printed characters of text under it
LONE_PLAIN = -1.75  # a crosshead seldom comes alone
FRAGMENT = 0.6  # torn so surely, a piece cannot begin a paragraph
MOST_LIKENESS = 1.5  # points that shared words can add to a crosshead
LONGEST_PLAIN_CROSSHEAD = 8
CAPTIONED = re.compile(r"[\u4e00-\u9fff]{2,9}(?:[、和][\u4e00-\u9fff]{2,9}){0,4}[：:]")


class Role(StrEnum):
    """What a piece is; a lead is the paragraph that opens an article with a byline formula."""

    HEADLINE = "headline"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"


OPENED = frozenset({Role.LEAD, Role.CREDIT, Role.FURNITURE})
"""Roles that a piece right under an author's name does not have."""

LABEL = Evidence("label", 5.0)

Options = dict[Role, list[Evidence]]
"""The roles that a piece may have, each with its evidence."""


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
    unfinished = [_unfinished(piece, end) for piece, (_, end) in zip(pieces, torn, strict=True)]
    short = [_short_line(piece, choices) for piece, choices in zip(pieces, options, strict=True)]
    _continuations(pieces, options, torn, unfinished, short, page, words)
    _broken_off(pieces, options, words)
    _short_first_halves(pieces, options, words)
    _series(pieces, options, short, topics)
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


def _unfinished(piece: Piece, torn_end: float) -> bool:
    """Whether a piece looks like the first half of a paragraph; a short line without a stop is rather a headline."""
    return (
        torn_end >= 0.5
        and piece.length >= SHORTEST_HALF
        and ("。" in piece.text or COMMA.search(piece.text) is not None)
    )


def _continuations(
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
        if page.indents and not piece.indented and _awaited(pieces, torn, unfinished, page, j):
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


def _broken_off(pieces: Sequence[Piece], options: Sequence[Options], words: Dictionary) -> None:
    """Tell the first half of a sentence from a headline: it breaks off behind an adverb or a preposition (…队员还|)."""
    for piece in pieces:
        choices = options[piece.index]
        if Role.HEADLINE not in choices or piece.length < SHORTEST_HALF or not COMMA.search(piece.text):
            continue
        last = ending(piece.text, words).last
        if last and len(last[0]) == 1 and last[1] in WAITING_TAGS:
            choices[Role.HEADLINE].append(BROKEN_OFF)


def _short_first_halves(pieces: Sequence[Piece], options: Sequence[Options], words: Dictionary) -> None:
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


def _series(pieces: Sequence[Piece], options: Sequence[Options], short: Sequence[bool], topics: Topics) -> None:
    """Tell crossheads, which come in series inside an article and look alike, from headlines.

    What stands between two sure openings of articles is taken for one article; a series that a foreign item cuts in two
    is known again by its form.
    """
    seen: set[tuple[str, int]] = set()  # form and length of the series so far
    runs: dict[str, list[int]] = {}
    opened = 0
    for i, piece in enumerate(pieces):
        lead = Role.LEAD in options[i]
        if lead or _sure_headline(pieces, options, short, i):
            _weigh_runs(pieces, options, runs, _opener(pieces, opened), seen)
            runs, opened = {}, i
        elif short[i] and _heads_text(pieces, options, short, i):
            runs.setdefault(_form(piece.text), []).append(i)
            told = [p.text for p in pieces[max(opened, i - REACH) : i] if p.length > LONGEST_SHORT_LINE]
            above, below = topics.subject(told), topics.subject([pieces[i + 1].text])
            _same_story(options[i], topics.shared(below, above))
    _weigh_runs(pieces, options, runs, _opener(pieces, opened), seen)


def _opener(pieces: Sequence[Piece], opened: int) -> str:
    """The lines that open an article: its lead, or its headlines and what follows them."""
    return "\n".join(p.text for p in pieces[opened : opened + 3])


def _same_story(options: Options, shared: float) -> None:
    """What it says of a short line that the text below it speaks of the same things as the text above, or of others."""
    if shared >= 1.0:
        points = min(0.4 * shared, MOST_LIKENESS)
        options[Role.CROSSHEAD].append(Evidence("the text below goes on with the story above", round(points, 2)))
        options[Role.HEADLINE].append(Evidence("the text below goes on with the story above", round(-points, 2)))
    elif shared < 0.3:
        options[Role.HEADLINE].append(Evidence("the text below is about other things", 0.5))


def _sure_headline(pieces: Sequence[Piece], options: Sequence[Options], short: Sequence[bool], i: int) -> bool:
    """Whether a short line is a headline by what stands around it: a byline below, or a second line."""
    if Role.HEADLINE not in options[i] or i + 1 >= len(pieces) or not short[i]:
        return False
    if all(piece.length <= LONGEST_SHORT_LINE for piece in pieces[:i]):
        return True  # nothing but headlines and furniture above
    below = options[i + 1]
    second_line = short[i + 1] and not nothing_but_divisions(pieces[i + 1].text)
    signed = Role.CREDIT in below and len(below) == 1 and Role.CAPTION not in options[i - 1] if i else False
    return second_line or signed


def _heads_text(pieces: Sequence[Piece], options: Sequence[Options], short: Sequence[bool], i: int) -> bool:
    """Whether body text stands right below a short line, and no short line right above it."""
    below = i + 1 < len(pieces) and Role.PARAGRAPH in options[i + 1] and pieces[i + 1].length > 25
    return below and not (i > 0 and short[i - 1])


def _weigh_runs(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    runs: Mapping[str, list[int]],
    opener: str,
    seen: set[tuple[str, int]],
) -> None:
    """Evidence for the short lines inside what may be one article, grouped by form; `opener` is how it begins."""
    for form, run in runs.items():
        lengths = [pieces[k].length for k in run]
        # headlines of short items follow each other too, but are longer and of any length
        even = max(lengths) - min(lengths) <= 1 and max(lengths) <= LONGEST_PLAIN_CROSSHEAD
        if len(run) > 1 and all(_signed_below(pieces, k) for k in run):
            for k in run:  # an item whose author is named stands by itself
                options[k][Role.HEADLINE].append(Evidence("each like line's text closes with a byline", 1.5))
            continue
        if all((form, length) in seen for length in lengths):
            evidence = [Evidence("like the crossheads further up", 2.0)]
        elif len(run) < 2 or (form == "plain" and not even):
            alone = Evidence("no like line among the paragraphs", LONE_PLAIN if form == "plain" else -1.0)
            evidence = [] if form in ("division", "numbered") else [alone]
        else:
            evidence = [Evidence(f"one of {len(run)} like lines among paragraphs", 1.5)]
            if form != "plain" or max(lengths) == min(lengths):
                evidence.append(Evidence("of one form with its fellows", 0.75))
                seen.update((form, length) for length in lengths)
            if form == "halves":  # even halves speak for a headline elsewhere, not in a series
                for k in run:
                    options[k][Role.HEADLINE].append(Evidence("one of a series of slogans", -1.5))
            if announces_round_up(opener):
                evidence.append(Evidence("the lead announces a round-up", 1.0))
        for k in run:
            if pieces[k].text in lexicon.words("box_heads"):
                options[k][Role.CROSSHEAD].append(Evidence("names a box inside an article", 3.0))
            else:
                options[k][Role.CROSSHEAD].extend(evidence)


def _signed_below(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the text under a short line closes with its author."""
    for piece in pieces[i + 1 : i + REACH]:
        if piece.length <= LONGEST_SHORT_LINE:
            return False
        if _signed(piece):
            return True
    return False


def _form(text: str) -> str:
    """What a short line looks like: crossheads of one article look alike."""
    if NUMBERED.match(text):
        return "numbered"
    if nothing_but_divisions(text):
        return "division"
    if CAPTIONED.match(text):
        return "name and title"
    return "halves" if even_halves(text) else "plain"


def _short_line(piece: Piece, options: Options) -> bool:
    """Whether a piece may be a headline or crosshead by its looks."""
    return (
        Role.CROSSHEAD in options
        and (piece.length <= LONGEST_SHORT_LINE or name_and_title(piece.text))
        and piece.text.rstrip(CLOSING)[-1:] not in TERMINAL + "，、；："
        and not COMMA.search(piece.text)
    )


def _awaited(
    pieces: Sequence[Piece],
    torn: Sequence[tuple[float, float]],
    unfinished: Sequence[bool],
    page: Habits,
    i: int,
) -> bool:
    """Whether nothing but boxed pictures and credits stand between an unfinished paragraph and a piece below it."""
    if torn[i][0] == 0 or closing_credit(pieces[i].text) or _over_picture_credit(pieces, i):
        return False
    for k in range(i - 1, max(i - REACH, -1), -1):
        if unfinished[k]:
            return True
        boxed = pieces[k].length <= LONGEST_BOXED and (page.wide(pieces[k]) or page.indents)
        if not boxed and parse_credit(pieces[k].text) is None:
            return False
    return False


def _over_picture_credit(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the line below a piece does nothing but name who took a picture."""
    below = parse_credit(pieces[i + 1].text) if i + 1 < len(pieces) else None
    return bool(below) and Credit(0, 0, below or ()).pictured


def _boxed_alone(
    pieces: Sequence[Piece],
    options: Sequence[Options],
    torn: Sequence[tuple[float, float]],
    unfinished: Sequence[bool],
    page: Habits,
) -> None:
    """A whole sentence or two in a box of its own, gaps above and below, is a picture's caption."""
    for piece in pieces:
        if Role.CAPTION in options[piece.index] and _over_picture_credit(pieces, piece.index):
            options[piece.index][Role.CAPTION].append(Evidence("who took the picture stands below", 1.5))
    if not page.boxed:
        return
    for above, below in pairwise(pieces):
        i = above.index
        if not (page.wide(above) and page.wide(below) and Role.CAPTION in options[i]):
            continue
        if _awaited(pieces, torn, unfinished, page, i):
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
            if _signed(above):
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
            if pieces[k].length > 25 and _signed(pieces[k]):
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


def _signed(piece: Piece) -> bool:
    """Whether a paragraph closes with its author in parentheses."""
    credit = closing_credit(piece.text)
    return credit is not None and piece.text[credit.start] in "（("
