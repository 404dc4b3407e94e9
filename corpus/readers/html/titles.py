"""Which block of a page is the main headline: what the markup stores or names so, or what stands out."""

from collections.abc import Sequence

from corpus.metadata import PAPER
from corpus.readers.html.paragraphs import Block
from corpus.readers.html.properties import Properties
from corpus.readers.html.roles import is_prose
from corpus.readers.html.wording import is_byline, is_page_header, is_site, labelled

MOST_TITLE_LINES = 3
LEAST_TITLE = 6
"""Characters that a printed line must share with the title in the markup to be it, where the markup's is longer."""
LARGER, USUAL_SIZE = 1.3, 16.0
"""How much larger than its text a headline is set; the size, in pixels, of text that says none."""
LEAST_HEADING = 4
"""Characters that it must have to be the first part of the page's <title>."""
_AFTER_TITLE = ("", "-", "_", "|", "｜", "–", "—", "·", "，", "(", "（", "<", "《", "：", ":")


def weight_of(block: Block, known: Properties) -> float:
    """How much speaks for a block outside a body as the main headline."""
    place = block.place
    if place.chrome or place.role in ("kicker", "subtitle", "byline", "caption", "source", "furniture"):
        return 0.0
    if len(block.text) > 80 or is_site(block.text) or PAPER.fullmatch(block.text) or is_page_header(block.text):
        return 0.0
    if is_title(block.text, known):
        return 6.0
    if place.role == "main":
        return 5.0
    if place.level and block.linked < 0.9:
        return 4.5 - 0.5 * place.level
    if place.selector == ".font01":
        return 4.0
    if place.role == "head" and not block.linked:
        return 2.5 + 0.5 * (block.bold > 0.9) + min(block.size, 40.0) / 80
    if block.linked or labelled(block.text) or is_byline(block.text) or is_prose(block):
        return 0.0
    return 1.0 + (block.bold > 0.9) * 0.5 + min(block.size, 40.0) / 80 if block.bold > 0.9 or block.size > 16 else 0.0


def is_title(text: str, known: Properties) -> bool:
    """Whether a line is the title that the markup stores, or the first part of one that goes on.

    >>> is_title("老街亮灯", Properties(heading="老街亮灯-社区-临江晚报"))  # lights in the old street
    True
    """
    bare = "".join(text.split())
    stored = "".join((known.title or "").split())
    if bare == stored or (len(bare) >= LEAST_TITLE and stored.startswith(bare)):
        return True
    heading = "".join(known.heading.split())  # 老街亮灯-社区-临江晚报
    first = heading.startswith(bare) and heading[len(bare) : len(bare) + 1] in _AFTER_TITLE
    return first and len(bare) >= LEAST_HEADING and not PAPER.fullmatch(bare) and not is_site(text)


def known_title(blocks: Sequence[Block], known: Properties) -> range:
    """The blocks that are the title which the markup names, on one line or several; empty where there are none."""
    for count in range(1, MOST_TITLE_LINES + 1):
        for k in range(len(blocks) - count, -1, -1):
            together = blocks[k : k + count]
            text = "".join(block.text for block in together)
            if is_title(text, known) and not any(block.place.chrome or is_prose(block) for block in together):
                return range(k, k + count)
    return range(0)


def title_within(blocks: Sequence[Block], known: Properties) -> range:
    """The main headline among the blocks of one article, before its prose."""
    prose = next((k for k, block in enumerate(blocks) if is_prose(block)), len(blocks))
    if title := known_title(blocks[:prose], known):
        return title
    weighed = [(weight, -k) for k, block in enumerate(blocks[:prose]) if (weight := weight_of(block, known)) >= 2.0]
    at = -max(weighed)[1] if weighed else next((k for k in range(prose) if _stands_out(blocks[k], blocks[prose:])), -1)
    return range(at, at + 1) if at >= 0 else range(0)


def _stands_out(block: Block, below: Sequence[Block]) -> bool:
    """Whether a block looks like the headline of what stands below it: larger than its text, or bold in the middle."""
    sizes = sorted(each.size for each in below if is_prose(each))
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    larger = block.size >= LARGER * (usual or USUAL_SIZE)
    return weight_of(block, Properties()) >= 1.0 and (larger or (block.bold > 0.9 and block.place.centred))
