"""Pages of unknown shape: which of their blocks are the text and which the site, by trafilatura's judgement."""

import copy
import logging
from collections.abc import Sequence

from lxml import etree

from corpus.readers.html.paragraphs import Block

LEAST_CLUTTER = 0.25
"""Share of linked characters from which on a page is a site's and not a bare text."""
MOST_WORK = 1_000_000
"""Characters of text up to which trafilatura is asked; it takes about a second for so many."""


def main_text(root: etree._Element, blocks: Sequence[Block]) -> list[Block]:
    """The blocks that are no clutter; all of them where the page has none, or where nothing would be left."""
    total = sum(len(block.text) for block in blocks)
    linked = sum(len(block.text) * block.linked for block in blocks)
    plain = [block for block in blocks if not block.place.chrome and (block.linked < 0.9 or block.place.level)]
    if linked < LEAST_CLUTTER * total or total > MOST_WORK:
        return plain
    text = _extracted(root)
    chosen = [k for k, block in enumerate(plain) if "".join(block.text.split()) in text]
    if not chosen:
        return plain
    # headlines and bylines above the text are often left out as too short
    first = chosen[0]
    while first and (plain[first - 1].place.level or plain[first - 1].place.role):
        first -= 1
    return [
        block
        for k, block in enumerate(plain[: chosen[-1] + 1])
        if k >= first and (k in set(chosen) or block.place.level or block.place.role)
    ]


def _extracted(root: etree._Element) -> str:
    """What trafilatura takes for the page's main text, without white space; "" where it finds none."""
    import trafilatura  # only here: it costs a fifth of a second to load

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = copy.deepcopy(root)
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True, include_tables=True)
    except Exception:
        return ""
    return "".join((getattr(found, "text", "") or "").split())
