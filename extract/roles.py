"""What each piece of a page is: headline, lead, paragraph, crosshead, caption, credit or furniture.

Every piece gets evidence for every role from its own words and its place on the page; the best sequence of roles for
the whole page is then found by the Viterbi algorithm (Forney 1973) over the evidence and over what may follow what:
a headline awaits its body, a crosshead stands inside an article, a lead with a byline formula opens one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from statistics import median

from extract import lexicon
from extract.bylines import closing_credit, lead_credit, parse_credit
from extract.edges import CLOSING, DATE_START, NUMBERED, TERMINAL, torn_end, torn_start
from extract.evidence import Evidence, total
from extract.lines import Piece
from extract.stitching import SURE, edge_fit
from extract.tokens import Dictionary


class Role(StrEnum):
    HEADLINE = "headline"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"


PHOTO_ROLES = ("摄", "拍摄", "摄影", "摄影报道", "供图", "图")
SEEN = r"[\u4e00-\u9fff“”]{0,8}?(?:员|者|民|生|师|医|兵|警|人|们|孩子|朋友|手|童|队|家长|友|客|妇女|姐妹)[\u4e00-\u9fff“”、]{0,10}?"
COMMA = re.compile(r"[，,；;]")
SENTENCE_BREAK = re.compile(r"[。！？!?]")
DIVISION_NAME = re.compile(r"[\u4e00-\u9fff]{1,9}(?:街道|社区|小区|[镇乡村区县市])(?:[、 ][\u4e00-\u9fff]{1,9}(?:街道|社区|小区|[镇乡村区县市]))*")
CHAIN = re.compile(r"[\u4e00-\u9fff]{1,6}[市区县][\u4e00-\u9fff]{1,8}(?:街道|镇|乡|社区|村|学校|小学|中学|局|公安)|[\u4e00-\u9fff]{1,8}(?:街道|镇)[\u4e00-\u9fff]{1,8}(?:社区|村)")
RECENT = re.compile(r"近日|日前|连日来|近期|近年来|今年|去年|昨[日天]|上周|本周|(?:\d{1,2}月)?\d{1,2}日")
ROUND_UP = re.compile(r"各(?:社区|街道|地|村|学校|单位|镇)|纷纷|多个?社区|多地|系列|街道社区|丰富多彩|形式多样|精彩纷呈|亮点纷呈|掠影|集锦|扫描|速览|一线|镜头")
SPEECH = re.compile(r"[：:]“.*[。！？!?]”$|[。！？!?]”.{1,12}说$")
REACH = 9  # pieces that may stand between the halves of a paragraph
HALVES = re.compile(r"^(\S{3,12})[ \u3000](\S{3,12})(?:[ \u3000](\S{3,12}))?$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece with its role and the evidence that spoke for and against it; `margin` is its lead over the next best role."""

    piece: Piece
    role: Role
    evidence: tuple[Evidence, ...]
    torn_start: float = 0.0
    torn_end: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the page as a whole and is needed to judge a piece."""

    usual_gap: int
    indents: bool
    bylined: bool  # some lead on the page opens with a byline formula
    boxed: bool  # wide gaps set pictures and items apart

    def wide(self, piece: Piece) -> bool:
        """Whether a gap wider than usual stands above the piece."""
        return piece.index > 0 and piece.blanks > self.usual_gap + (1 if self.usual_gap else 0)


def setting(pieces: Sequence[Piece]) -> Setting:
    """Read the page's habits off its pieces."""
    gaps = [p.blanks for p in pieces[1:]] or [0]
    usual = int(median(gaps))
    body = [p for p in pieces if p.length > 40]
    wide = sum(g > usual + (1 if usual else 0) for g in gaps)
    return Setting(
        usual_gap=usual,
        indents=sum(p.indented for p in body) >= max(2, len(body) / 2),
        bylined=any(lead_credit(p.text) for p in pieces),
        boxed=0 < wide <= len(pieces) / 3,
    )


# ---------------------------------------------------------------------------------------------- evidence of one piece


def headline_evidence(piece: Piece, page: Setting) -> list[Evidence]:
    text, n = piece.text, piece.length
    found = [Evidence("headlines are few", -0.5)]
    if n > 36:
        found.append(Evidence("too long for a headline", -5.0))
    elif n > 26:
        found.append(Evidence("long for a headline", -1.0))
    elif n < 4:
        found.append(Evidence("short for a headline", -1.5))
    else:
        found.append(Evidence("as long as a headline", 1.5))
    if text[-1] in "。，、；：,;:" or (text[-1] in CLOSING and text.rstrip(CLOSING)[-1:] == "。"):
        found.append(Evidence("headlines do not end so", -5.0))
    if SENTENCE_BREAK.search(text[:-1].rstrip(CLOSING)):
        found.append(Evidence("a sentence ends inside", -4.0 if "。" in text else -1.0))
    if COMMA.search(text):
        found.append(Evidence("holds a comma", -1.0))
    halves = HALVES.match(text)
    if halves and max(map(len, filter(None, halves.groups()))) - min(map(len, filter(None, halves.groups()))) <= 2:
        found.append(Evidence("falls into even halves", 1.5))
    if page.wide(piece):
        found.append(Evidence("a wide gap above", 0.5))
    if page.indents and piece.indented and n > 12:
        found.append(Evidence("set in like a paragraph", -2.0))
    if RECENT.match(text):
        found.append(Evidence("opens with a date", -1.5))
    if SPEECH.search(text):
        found.append(Evidence("somebody speaks", -3.0))
    if text[0] in "，、。；：！？”’）》,;:%)":
        found.append(Evidence("opens with closing punctuation", -5.0))
    return found


def crosshead_evidence(piece: Piece, page: Setting) -> list[Evidence]:
    text, n = piece.text, piece.length
    found = [Evidence("crossheads are rare", -1.0)]
    if n > 16:
        found.append(Evidence("too long for a crosshead", -3.0))
    elif n <= 10:
        found.append(Evidence("as short as a crosshead", 1.0))
    if text[-1] in TERMINAL + "，、；：,;:" and text[-1] not in "！？!?":
        found.append(Evidence("crossheads do not end so", -5.0))
    if COMMA.search(text):
        found.append(Evidence("holds a comma", -2.0))
    if DIVISION_NAME.fullmatch(text):
        found.append(Evidence("nothing but a division's name", 2.0))
    if NUMBERED.match(text):
        found.append(Evidence("numbered", 1.5))
    if page.wide(piece):
        found.append(Evidence("a wide gap above", -1.0))
    if SENTENCE_BREAK.search(text[:-1]):
        found.append(Evidence("a sentence ends inside", -4.0))
    return found


@cache
def _caption_words() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    rows = lexicon.table("caption_words")
    kinds = {k: sorted((r["word"] for r in rows if r["kind"] == k), key=len, reverse=True) for k in ("marker", "agent", "scene")}
    scene = "|".join(kinds["scene"])
    return tuple(kinds["marker"]), tuple(kinds["agent"]), re.compile(scene), re.compile(f"{SEEN}(?:{scene})")


def caption_evidence(piece: Piece, page: Setting) -> list[Evidence]:
    text, n = piece.text, piece.length
    markers, agents, scene, seen = _caption_words()
    found = [Evidence("captions are few", -1.5)]
    if text.startswith(markers) or "图为" in text:
        found.append(Evidence("says that it is a caption", 5.0))
    if n > 110:
        found.append(Evidence("too long for a caption", -4.0))
    elif n > 75:
        found.append(Evidence("long for a caption", -1.0))
    elif n < 7:
        found.append(Evidence("short for a caption", -3.0))
    if page.boxed:
        found.append(Evidence("a wide gap above", 2.0) if page.wide(piece) else Evidence("no wide gap above", -0.75))
    credit = closing_credit(text)
    if credit and any(b.role for b in credit.bylines) and text[credit.start] not in "（(" and n <= 110:
        found.append(Evidence("closes with a credit", 3.5))
    body = text[: credit.start].rstrip() if credit else text
    breaks = len(SENTENCE_BREAK.findall(body))
    if breaks > 2 and "图为" not in text:
        found.append(Evidence("several sentences", -2.0))
    elif breaks == 1 and body[-1:] in TERMINAL:
        found.append(Evidence("one whole sentence", 0.5))
    if text.startswith(agents) or seen.match(text):
        found.append(Evidence("opens with who is seen", 1.5))
        if n <= 30 and breaks <= 1:
            found.append(Evidence("a scene and nothing more", 1.0))
    if scene.search(text) and n <= 75:
        found.append(Evidence("tells a scene", 0.5))
    elif not (credit or text.startswith(agents) or seen.match(text) or CHAIN.search(text) or RECENT.match(text)):
        found.append(Evidence("shows nobody doing anything", -1.0))
    if body.rstrip(CLOSING)[-1:] in "，、；：,;:":
        found.append(Evidence("captions do not end so", -4.0))
    if text[0] in "“「":
        found.append(Evidence("opens with a quotation", -2.0))
    return found


def paragraph_evidence(piece: Piece, page: Setting) -> list[Evidence]:
    text, n = piece.text, piece.length
    found = []
    if "。" in text:
        found.append(Evidence("holds a full stop", 2.0))
    elif COMMA.search(text):
        found.append(Evidence("holds a comma", 0.5))
    else:
        found.append(Evidence("neither a stop nor a comma", -2.5))
    if n >= 45:
        found.append(Evidence("as long as a paragraph", 2.5))
    elif n >= 25:
        found.append(Evidence("rather long", 1.0))
    elif text[0] not in "“「":
        found.append(Evidence("short for a paragraph", -1.0))
    credit = closing_credit(text)
    if credit and n <= 110 and any(b.role in PHOTO_ROLES for b in credit.bylines) and text[credit.start] not in "（(":
        found.append(Evidence("closes with a photo credit", -3.0))
    if page.indents:
        found.append(Evidence("set in like a paragraph", 2.0) if piece.indented else Evidence("not set in like a paragraph", -2.0))
    return found


# ---------------------------------------------------------------------------------------------- what follows what

START, PENDING, OPEN = "start", "pending", "open"
"""Where the page stands: nothing printed yet, a headline awaits its body, an article's body is under way."""


@dataclass(frozen=True, slots=True)
class State:
    """The role of a piece and how the page stands behind it."""

    role: Role
    stand: str


def follow(before: State | None, role: Role, piece: Piece, page: Setting, lead_like: float) -> tuple[str, list[Evidence]]:
    """What it means that `role` comes after `before`: the new stand, and the evidence for and against."""
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
            found.append(Evidence("a lead under its headline", 3.0) if pending else Evidence("a lead without headline", -3.0))
            return OPEN, found
        case Role.PARAGRAPH:
            if page.boxed and page.wide(piece):
                # below a picture the gap is the picture's own, and the column may go on
                below_box = last in (Role.CAPTION, Role.CREDIT, Role.FURNITURE)
                found.append(Evidence("a wide gap above", -0.5 if below_box else -2.0))
            if pending:
                points = lead_like - (1.0 if page.bylined else 0.0)
                found.append(Evidence("opens an article without a byline", points))
            elif last is Role.CROSSHEAD:
                found.append(Evidence("text under its crosshead", 1.0))
            elif stand == START:
                found.append(Evidence("body text before any headline", -1.5))
            return OPEN, found
        case Role.CROSSHEAD:
            if stand != OPEN:
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
                found.append(Evidence("a credit under a paragraph", -1.0))
            return stand, found
        case Role.CAPTION:
            if last is Role.CROSSHEAD:
                found.append(Evidence("a caption under a crosshead", -1.0))
            return stand, found
        case Role.FURNITURE:
            return stand, found


def lead_like(piece: Piece) -> float:
    """How much a paragraph without a byline reads like the opening of an article, in points."""
    head = piece.text[:60]
    points = 0.0
    if RECENT.search(head[:30]):
        points += 0.75
    if CHAIN.search(head):
        points += 0.75
    if piece.text[0] in "“「":
        points += 0.25
    return points


def read_roles(pieces: Sequence[Piece], furniture: Mapping[int, str], words: Dictionary) -> tuple[Reading, ...]:
    """The best sequence of roles for a page's pieces, with the evidence of each.

    >>> from extract.lines import read_pieces
    >>> from extract.tokens import dictionary
    >>> page = "爱心义剪进社区\\n本报讯（记者 何苗）3月2日，江汉区满春街道多福社区开展义剪活动。\\n居民排队等候理发。 何苗摄"
    >>> [str(r.role) for r in read_roles(read_pieces(page), {}, dictionary())]
    ['headline', 'lead', 'caption']
    """
    if not pieces:
        return ()
    page = setting(pieces)
    torn = [(torn_start(p.text, words), torn_end(p.text)) for p in pieces]
    options = [_options(p, furniture, page) for p in pieces]
    _weigh_continuations(pieces, options, torn, words)
    for above, piece in pairwise(pieces):  # a credit broken after its role: 本报记者 / 周晓棠
        if parse_credit(above.text) == () and parse_credit(above.text + " " + piece.text):
            options[piece.index] = {Role.CREDIT: [Evidence("the name to the role above", 5.0)]}
    series = _series(pieces, options)
    best: dict[State, tuple[float, tuple[tuple[Role, tuple[Evidence, ...]], ...]]] = {}
    for piece, choices in zip(pieces, options, strict=True):
        extra = series.get(piece.index, {})
        above: Sequence[State | None] = list(best) or [None]
        opening = lead_like(piece)
        step: dict[State, tuple[float, tuple[tuple[Role, tuple[Evidence, ...]], ...]]] = {}
        for role, own in choices.items():
            local = [*own, *extra.get(role, ())]
            for before in above:
                points, path = best[before] if before else (0.0, ())
                stand, passing = follow(before, role, piece, page, opening)
                if role is Role.HEADLINE and before and before.role in (Role.PARAGRAPH, Role.LEAD):
                    passing.extend(_after(pieces[piece.index - 1], torn[piece.index - 1][1]))
                if role is Role.HEADLINE:
                    passing.extend(_under(pieces, piece.index, options))
                evidence = (*local, *passing)
                score = points + total(evidence)
                state = State(role, stand)
                if state not in step or score > step[state][0]:
                    step[state] = (score, (*path, (role, evidence)))
        best = step
    finals = ((score - (4.0 if state.stand == PENDING else 0.0), path) for state, (score, path) in best.items())
    _, path = max(finals, key=lambda f: f[0])
    return tuple(
        Reading(piece, role, evidence, *torn[piece.index])
        for piece, (role, evidence) in zip(pieces, path, strict=True)
    )


def _after(above: Piece, torn: float) -> list[Evidence]:
    """What the paragraph just above says about a headline here."""
    credit = closing_credit(above.text)
    if credit and above.text[credit.start] in "（(":
        return [Evidence("the paragraph above closes with its byline", 2.0)]
    return [Evidence("the paragraph above is unfinished", -0.5 * torn)] if torn > 0.5 else []


def _under(pieces: Sequence[Piece], index: int, options: Sequence[Mapping[Role, Sequence[Evidence]]]) -> list[Evidence]:
    """What the text below a short line says: one that closes with a byline of its own is an article of its own."""
    for k in range(index + 1, min(index + REACH, len(pieces))):
        if Role.LEAD in options[k]:
            break
        credit = closing_credit(pieces[k].text) if pieces[k].length > 25 else None
        if credit and pieces[k].text[credit.start] in "（(":
            return [Evidence("the text below closes with a byline", 1.5)]
        if k > index + 1 and _short_line(pieces[k], options[k]):
            break
    return []


def _options(piece: Piece, furniture: Mapping[int, str], page: Setting) -> dict[Role, list[Evidence]]:
    if reason := furniture.get(piece.index):
        return {Role.FURNITURE: [Evidence(reason, 5.0)]}
    if parse_credit(piece.text) is not None:
        return {Role.CREDIT: [Evidence("nothing but names and roles", 5.0)]}
    if lead_credit(piece.text):
        return {Role.LEAD: [Evidence("opens with a byline formula", 5.0)]}
    options = {Role.PARAGRAPH: paragraph_evidence(piece, page)}
    if piece.length <= 48:
        options[Role.HEADLINE] = headline_evidence(piece, page)
        options[Role.CROSSHEAD] = crosshead_evidence(piece, page)
    if piece.length <= 160:
        options[Role.CAPTION] = caption_evidence(piece, page)
    return options


def _weigh_continuations(
    pieces: Sequence[Piece],
    options: Sequence[dict[Role, list[Evidence]]],
    torn: Sequence[tuple[float, float]],
    words: Dictionary,
) -> None:
    """Tell a torn paragraph's second half from a caption or headline: it fits an open edge above it."""
    for j, piece in enumerate(pieces):
        if Role.PARAGRAPH not in options[j] or piece.length > 160:
            continue
        best, origin = 0.0, j
        for i in range(j - 1, max(j - REACH, -1), -1):
            if torn[i][1] < 0.5 or not ({Role.PARAGRAPH, Role.LEAD} & options[i].keys()) or pieces[i].length < 12:
                continue
            if not COMMA.search(pieces[i].text) and "。" not in pieces[i].text:
                continue  # more likely a headline than half a paragraph
            points = total(edge_fit(pieces[i].text, piece.text, torn[j][0], words)) - 0.15 * (j - i - 1)
            if points > best:
                best, origin = points, i
        if best < 1.0:
            continue
        options[j][Role.PARAGRAPH].append(Evidence(f"goes on from piece {origin}", min(best, 4.0)))
        for between in range(origin + 1, j):
            if best >= SURE and Role.CAPTION in options[between]:
                options[between][Role.CAPTION].append(Evidence("stands between the halves of a paragraph", 1.5))


def _series(pieces: Sequence[Piece], options: Sequence[Mapping[Role, Sequence[Evidence]]]) -> dict[int, dict[Role, list[Evidence]]]:
    """Evidence that short lines between two leads form a series of crossheads."""
    found: dict[int, dict[Role, list[Evidence]]] = {}
    runs: dict[str, list[int]] = {}
    opener = ""
    for i, piece in enumerate([*pieces, None]):
        if piece is None or Role.LEAD in options[i]:
            for form, run in runs.items():
                lengths = [pieces[k].length for k in run]
                if len(run) < 2 or (form == "plain" and max(lengths) - min(lengths) > 2):
                    if form not in ("division", "numbered"):
                        found.update({k: {Role.CROSSHEAD: [Evidence("no like line among the paragraphs", -1.0)]} for k in run})
                    continue
                evidence = [Evidence(f"one of {len(run)} like lines among paragraphs", 1.5)]
                if form != "plain" or max(lengths) == min(lengths):
                    evidence.append(Evidence("of one form with its fellows", 0.75))
                if ROUND_UP.search(opener):
                    evidence.append(Evidence("the lead announces a round-up", 1.0))
                found.update({k: {Role.CROSSHEAD: evidence} for k in run})
            runs = {}
            opener = piece.text if piece else ""
            continue
        below = options[i + 1] if i + 1 < len(pieces) else {}
        if _short_line(piece, options[i]) and Role.PARAGRAPH in below and pieces[i + 1].length > 25:
            above_short = i > 0 and _short_line(pieces[i - 1], options[i - 1])
            if not above_short:
                runs.setdefault(_form(piece.text), []).append(i)
    return found


def _form(text: str) -> str:
    """What a short line looks like: crossheads of one article look alike."""
    if NUMBERED.match(text):
        return "numbered"
    if DIVISION_NAME.fullmatch(text):
        return "division"
    if re.match(r"[\u4e00-\u9fff]{2,9}[：:]", text):
        return "division and title"
    return "halves" if HALVES.match(text) else "plain"


def _short_line(piece: Piece, options: Mapping[Role, Sequence[Evidence]]) -> bool:
    return (
        Role.CROSSHEAD in options
        and piece.length <= 16
        and piece.text[-1] not in TERMINAL + "，、；："
        and not COMMA.search(piece.text)
    )
