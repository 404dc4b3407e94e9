"""What each block of one article is: headlines by their order around the main one, then the body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.html.paragraphs import Block
from corpus.readers.html.properties import Properties
from corpus.readers.html.wording import (
    LONGEST_HEADLINE,
    ends,
    is_appendix,
    is_byline,
    is_ending,
    is_imprint,
    is_invitation,
    is_page_header,
    is_rubric,
    is_site,
    labelled,
    parts,
)
from schemas.layout import SETTLED, MarkRole

LIKELY = 3.0
"""Points of what its looks say, and not its name."""
A_SENTENCE = 20
"""Characters from which on a line of a body that ends like a sentence is one, though it has a site's words in it."""
LONG = 40
"""Characters from which on a line is prose, whatever it ends in."""

_DASHES = ("——", "──", "—", "－－", "--")
_CAPTION = re.compile(
    r"[▲△▼◀▶↑↓←→]|[上下左右本]?[图圖][为為①②③④⑤1-9：:]|[上下左右][图圖]"
    r"|(?:资料图|效果图|示意图|图片|照片|資料圖|圖片)(?:[:：]|$)|.*(?:摄|攝|供图|供圖|摄影|攝影|摄影报道)[）)]?$"
)
_TIME = re.compile(r"(?:活动)?(?:时间|日期|時間|日期)")
"""What stands in notices inside a text too."""
_NUMBER = re.compile(r"(?:[0０]?[1-9１-９]|PART\.?\s*\d|No\.?\s*\d)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of the page's text and the mark over it; without a reason it is not marked at all."""

    text: str
    role: MarkRole | None = None
    reason: str = ""
    points: float = SETTLED
    whole: bool = False
    gap: bool = True


def same(a: str, b: str | None) -> bool:
    """Whether two texts are the same but for their white space."""
    return bool(b) and "".join(a.split()) == "".join((b or "").split())


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence or more, and no headline, caption or line of links."""
    return (
        not block.place.level
        and block.place.role not in ("main", "kicker", "subtitle", "byline", "caption", "source", "head", "furniture")
        and block.linked < 0.8
        and (ends(block.text) or len(block.text) > LONG or block.dump)
    )


def article(blocks: Sequence[Block], main: range, known: Properties, epaper: bool = False) -> Iterator[Printed]:
    """The lines of one article whose main headline is `blocks` of `main` (empty: it has none).

    Blocks before it are kickers, those between it and the body subtitles, bylines and lines of the paper's own.
    `epaper`: the page is an e-paper system's, which prints nothing but headlines around a headline.
    """
    body = next((k for k, block in enumerate(blocks) if k >= main.stop and is_prose(block)), len(blocks))
    around = [block for block in blocks[body:] if is_prose(block)]
    usual = sorted(block.size for block in around)[len(around) // 2] if around else 0.0
    kickers = _kickers(blocks, main, known, epaper)
    last = max((k for k, block in enumerate(blocks) if is_prose(block) and block.linked < 0.5), default=-1)
    ended = False
    for k, block in enumerate(blocks):
        if k > last and k >= body and is_appendix(block.text):
            return  # what follows is recommended by the site or the account
        if k >= body and is_ending(block.text):
            ended = True
            yield Printed(block.text, "furniture", "says that the article ends")
        elif k in main:
            if is_rubric(block.text):
                yield Printed(block.text, "furniture", "names the kind of article")
            elif k == main.start:
                text = " ".join(blocks[i].text for i in main)
                yield Printed(text, "main", _reason(block, "the page's title"), gap=k > 0 and blocks[k - 1].gap)
        elif _is_left_out(block):
            continue
        elif k in kickers:
            yield Printed(block.text, "kicker", _reason(block, "above the title"), gap=block.gap)
        elif (special := _special(block, known, usual, k >= body)) is not None:
            yield from special
        elif ended and not is_prose(block):
            yield Printed(block.text, "furniture", "below the article's end", LIKELY)
        elif k < main.start and len(main):
            yield Printed(block.text, "furniture", "outside the article", LIKELY)
        elif k < body and len(main):
            yield _below(block, known, epaper)
        else:
            yield _in_body(block)


def _is_left_out(block: Block) -> bool:
    return (
        block.place.chrome
        or (is_site(block.text) and not (block.place.body >= 0 and len(block.text) > A_SENTENCE and ends(block.text)))
        or is_invitation(block.text)
        or (block.linked > 0.9 and block.place.body < 0 and not block.place.level)
    )


def _special(block: Block, known: Properties, usual: float, inside: bool) -> list[Printed] | None:
    """What is the same above, below and in the body."""
    role, text = block.place.role, block.text
    if role == "caption" or block.place.tag in ("figcaption", "caption") or _looks_like_caption(block, usual):
        sure = (
            block.place.tag in ("figcaption", "caption")
            or block.place.centred
            or bool(_CAPTION.match(text))
            or bool(role)
        )
        return [Printed(text, "caption", _reason(block, "below a picture"), SETTLED if sure else LIKELY)]
    if role == "source" or (not block.place.level and labelled(text) and not (inside and _TIME.match(text))):
        return [
            Printed(text[part.start : part.end], part.kind, _reason(block, "a line of source and author"), gap=n == 0)
            for n, part in enumerate(parts(text))
        ]
    if role == "byline" or same(text, known.author) or (block.place.level not in (1, 2) and is_byline(text)):
        return [Printed(text, "byline", _reason(block, "names who wrote it"))]
    if is_imprint(text):
        return [Printed(text, "furniture", "names paper and page")]
    if _NUMBER.fullmatch(text) and inside:
        return [Printed(text, "furniture", "only a number", LIKELY)]
    if role == "furniture" or (block.place.body < 0 and not block.place.level and is_page_header(text)):
        return [Printed(text, "furniture", _reason(block, "names the page or the day"))]
    return None


def _looks_like_caption(block: Block, usual: float) -> bool:
    if not block.below_picture or len(block.text) > 120 or block.place.level or block.place.role:
        return False
    if is_page_header(block.text) or labelled(block.text):
        return False
    if _CAPTION.match(block.text):
        return True
    if block.bold > 0.9:
        return False
    smaller = 0 < block.size < usual
    apart = block.place.body < 0 or (block.place.tag in ("td", "th", "center", "figure") and not block.indented)
    return block.place.centred or smaller or apart


def _kickers(blocks: Sequence[Block], main: range, known: Properties, epaper: bool) -> range:
    """The blocks right above the main headline that are its kickers."""
    first = main.start
    while first > 0 and len(main):
        block = blocks[first - 1]
        place, text = block.place, block.text
        said = place.role == "kicker" or same(text, known.kicker)
        short = len(text) <= LONGEST_HEADLINE and not text.endswith("。") and place.role in (None, "head")
        other = _is_left_out(block) or block.linked > 0 or block.below_picture or is_page_header(text) or labelled(text)
        if not said and (other or not short or not (place.level or place.role == "head" or epaper)):
            break
        first -= 1
    return range(first, main.start)


def _below(block: Block, known: Properties, epaper: bool) -> Printed:
    place, short = block.place, len(block.text) <= LONGEST_HEADLINE and not block.text.endswith("。")
    if place.role == "subtitle" or same(block.text, known.subtitle):
        return Printed(block.text, "subtitle", _reason(block, "the page's subtitle"), gap=False)
    if short and (place.level or place.role == "head" or block.text.startswith(_DASHES)):
        return Printed(block.text, "subtitle", _reason(block, "below the title"), gap=False)
    if short and epaper and place.body < 0:
        return Printed(block.text, "subtitle", "below the title", LIKELY, gap=False)
    return _in_body(block)


def _in_body(block: Block) -> Printed:
    place = block.place
    if block.dump:
        return Printed(block.text, gap=block.gap)
    if place.row:
        return Printed(block.text, "paragraph", "a table's row", whole=True, gap=False)
    if place.level:
        return Printed(block.text, "crosshead", _reason(block, ""), whole=True)
    if is_prose(block):
        return Printed(block.text, "paragraph", f"<{place.tag}>", whole=block.whole)
    if block.bold > 0.9 or (block.place.centred and not block.below_picture):
        return Printed(block.text, "crosshead", "bold" if block.bold > 0.9 else "centred", LIKELY, whole=True)
    return Printed(block.text, None, f"<{place.tag}>", whole=block.whole)


def _reason(block: Block, otherwise: str) -> str:
    return block.place.selector or (f"<h{block.place.level}>" if block.place.level else otherwise)
