"""Short lines told apart: crossheads, which come in series inside an article and look alike, from headlines."""

import re
from collections.abc import Mapping, Sequence

from extract import lexicon
from extract.block_evidence import (
    COMMA,
    announces_round_up,
    even_halves,
    name_and_title,
    nothing_but_divisions,
)
from extract.block_roles import Options, Role
from extract.bylines import closing_credit
from extract.edges import CLOSING, NUMBERED, TERMINAL
from extract.evidence import Evidence
from extract.lines import Piece
from extract.topics import Topics

EITHER = frozenset((Role.HEADLINE, Role.CROSSHEAD))
"""A format's mark may leave a short line only one of the two, or make a crosshead of a credit or a label."""
REACH = 9  # pieces above a short line whose text is compared with that below it, or below it that may be signed
LONGEST_SHORT_LINE = 16
LONE_PLAIN = -1.75  # a crosshead seldom comes alone
MOST_LIKENESS = 1.5  # points that shared words can add to a crosshead
LONGEST_PLAIN_CROSSHEAD = 8
CAPTIONED = re.compile(r"[\u4e00-\u9fff]{2,9}(?:[、和][\u4e00-\u9fff]{2,9}){0,4}[：:]")


def weigh_series(pieces: Sequence[Piece], options: Sequence[Options], short: Sequence[bool], topics: Topics) -> None:
    """Tell crossheads, which come in series inside an article and look alike, from headlines.

    What stands between two sure openings of articles is taken for one article; a series that a foreign item cuts in two
    is known again by its form.
    """
    seen: set[tuple[str, int]] = set()  # form and length of the series so far
    runs: dict[str, list[int]] = {}
    opened = 0
    text_begins = next((k for k, piece in enumerate(pieces) if piece.length > LONGEST_SHORT_LINE), len(pieces))
    for i, piece in enumerate(pieces):
        lead = Role.LEAD in options[i]
        if lead or _sure_headline(pieces, options, short, i, i <= text_begins):
            _weigh_runs(pieces, options, runs, _opener(pieces, opened), seen)
            runs, opened = {}, i
        elif short[i] and options[i].keys() >= EITHER and _heads_text(pieces, options, short, i):
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


def _sure_headline(
    pieces: Sequence[Piece], options: Sequence[Options], short: Sequence[bool], i: int, above_text: bool
) -> bool:
    """Whether a short line is a headline by what stands around it: a byline below, or a second line.

    `above_text`: nothing but headlines and furniture stands above it.
    """
    if Role.HEADLINE not in options[i] or i + 1 >= len(pieces) or not short[i]:
        return False
    if above_text:
        return True
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
        if signed(piece):
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


def short_line(piece: Piece, options: Options) -> bool:
    """Whether a piece may be a headline or crosshead by its looks."""
    return (
        Role.CROSSHEAD in options
        and (piece.length <= LONGEST_SHORT_LINE or name_and_title(piece.text))
        and piece.text.rstrip(CLOSING)[-1:] not in TERMINAL + "，、；："
        and not COMMA.search(piece.text)
    )


def signed(piece: Piece) -> bool:
    """Whether a paragraph closes with its author in parentheses."""
    credit = closing_credit(piece.text)
    return credit is not None and piece.text[credit.start] in "（("
