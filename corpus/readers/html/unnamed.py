"""Articles of pages whose markup names neither bodies nor headings: where the text is, and what stands out above it."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.html.articles import Stretch, by_bodies, page_head
from corpus.readers.html.dense import alike, as_body, densest
from corpus.readers.html.flow import Flow
from corpus.readers.html.paragraphs import Block
from corpus.readers.html.properties import Properties
from corpus.readers.html.roles import article, is_prose
from corpus.readers.html.titles import title_within
from corpus.readers.html.wording import names_page

LEAST_ALIKE = 2


def by_density(blocks: Sequence[Block], flow: Flow, known: Properties) -> list[Stretch]:
    """The articles of the element that holds most of the text: one, or one for each of its children that has a title
    and prose; nothing where no title stands out."""
    element = densest(blocks, flow)
    if element < 0 or any(block.dump for block in blocks):
        return []
    found = _alike(blocks, element, flow)
    if not found:
        epaper = any(names_page(block.text) for block in blocks)
        placed = [replace(block, place=replace(block.place, epaper=epaper)) for block in as_body(blocks, element, flow)]
        found = by_bodies(placed, flow, known)
    return found if any(printed.role == "main" for stretch in found for printed in stretch.printed) else []


def _alike(blocks: Sequence[Block], element: int, flow: Flow) -> list[Stretch]:
    """One article for each child of the element with a title and prose of its own; nothing where few have."""
    found: list[Stretch] = []
    before: list[Block] = []
    for first, last in alike(blocks, element, flow):
        inside = blocks[first:last]
        main = title_within(inside, Properties()) if any(is_prose(block) for block in inside) else range(0)
        if main:
            printed = tuple(article(inside, main, Properties(), epaper=True))
            found.append(Stretch(printed, "one of several alike", True))
        elif not found:
            before.extend(inside)
    if len(found) < LEAST_ALIKE:
        return []
    head = tuple(page_head(before))
    return ([Stretch(head)] if head else []) + found
