"""A page's blocks to its articles: by the elements that hold a body, by <article>, by headings, or as a dump."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.html.flow import Flow
from corpus.readers.html.paragraphs import Block
from corpus.readers.html.properties import Properties
from corpus.readers.html.roles import Printed, article, is_prose
from corpus.readers.html.titles import is_title, known_title, title_within, weight_of
from corpus.readers.html.wording import is_byline, is_page_header, is_site

UNSURE = 2.0
"""Points of a paragraph of the markup where the markup knows of no headlines: it may be any line."""
REPORT = re.compile(r"[【\[]?本[报刊网台]讯|[【\[]|[（(]?(?:本报|本刊)?(?:记者|通讯员)|\S{2,10}讯[（(\s　]|新华社")

"""How a report begins, so that the heading above it is an article's title and no crosshead."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of the page's text that belong together; `single`: they are one article, and `reason` says why."""

    printed: tuple[Printed, ...]
    reason: str = ""
    single: bool = False


def by_bodies(blocks: Sequence[Block], flow: Flow, known: Properties) -> list[Stretch]:
    """One article for every element that the page names as an article's body; nothing where it names none.

    Headlines are looked for in the innermost element that holds both them and the body.
    """
    bodies = _bodies(blocks)
    found: list[Stretch] = []
    before: list[Printed] = []
    done = 0
    for n, (first, last) in enumerate(bodies):
        following = bodies[n + 1][0] if n + 1 < len(bodies) else len(blocks)
        head, main, scope = _head(blocks, range(done, first), flow, known, blocks[first].place.body)
        inside = list(range(first, last))
        tail = [
            k for k in range(last, following) if scope >= 0 and _is_in(blocks[k], scope, flow) and not _heads(blocks[k])
        ]
        belongs = set(head)
        before.extend(page_head(blocks[k] for k in range(done, first) if k not in belongs))
        chosen = [blocks[k] for k in (*head, *inside, *tail)]
        at = head.index(main.start) if main else 0
        where = range(at, at + len(main)) if main else title_within(chosen, known)
        epaper = blocks[first].place.epaper
        printed = list(article(chosen, where, known, epaper))
        while printed and printed[0].role == "furniture":  # the page's head, not the article's
            before.append(printed.pop(0))
        found.append(Stretch(tuple(printed), "an e-paper's article" if epaper else "an article", True))
        done = tail[-1] + 1 if tail else last
    return ([Stretch(tuple(before))] if before else []) + [each for each in found if each.printed]


def by_elements(blocks: Sequence[Block], known: Properties) -> list[Stretch]:
    """One article for every <article> with prose in it; nothing where there is none."""
    numbers = {b.place.article for b in blocks if b.place.article >= 0 and (is_prose(b) or b.place.role == "caption")}
    grouped: dict[int, list[Block]] = {}
    for block in blocks:
        if block.place.article in numbers and not block.place.chrome:
            grouped.setdefault(block.place.article, []).append(block)
    found = []
    for inside in grouped.values():
        one = known if len(numbers) == 1 else Properties()
        found.append(Stretch(tuple(article(inside, title_within(inside, one), one)), "<article>", True))
    around = [b for b in blocks if b.place.article not in numbers] if numbers else []
    before = tuple(page_head(around))
    return ([Stretch(before)] if before else []) + found


def by_headings(blocks: Sequence[Block], known: Properties) -> list[Stretch]:
    """One article for every heading that prose follows; nothing where no line is a heading."""
    begins = starts(blocks)
    if not begins and any(block.dump for block in blocks):
        return []
    title = known_title(blocks, known)
    if len(begins) < 2:
        main = title or (range(begins[0], begins[0] + 1) if begins else range(0))
        if not main:
            return []
        return [Stretch(tuple(article(blocks, main, known)), "the page's only title", True)]
    rules = [k for k, block in enumerate(blocks) if block.ruled]
    # rules set the articles apart: what stands between two of them without a title is one too
    ruled = len(rules) + 1 >= len(begins)
    found = []
    first = _with_kickers(blocks, begins[0])
    if first:
        found.append(Stretch(tuple(page_head(blocks[:first], keep=True))))
    edges = sorted({first, *(_with_kickers(blocks, start) for start in begins), *(rules if ruled else ())})
    mains = set(begins)
    for begin, end in pairwise((*(edge for edge in edges if edge >= first), len(blocks))):
        inside = blocks[begin:end]
        title_at = next((k for k in range(begin, end) if k in mains), begin)
        here = range(title_at - begin, title_at - begin + (title_at in mains))
        if printed := tuple(article(inside, here, Properties())):
            found.append(Stretch(printed, "a title with its text" if here else "between two rules", True))
    return found


def by_captions(blocks: Sequence[Block], known: Properties) -> list[Stretch]:
    """One article for the captions of a page that has nothing else: a picture story; nothing where there are none."""
    if not any(block.place.role == "caption" and not block.place.chrome for block in blocks):
        return []
    chosen = [
        b
        for b in blocks
        if not b.place.chrome and (b.place.role in ("caption", "head", "main") or is_title(b.text, known))
    ]
    before = tuple(page_head([block for block in blocks if block not in chosen]))
    printed = tuple(article(chosen, title_within(chosen, known), known, epaper=True))
    return [*([Stretch(before)] if before else []), Stretch(printed, "pictures and their captions", True)]


def as_dump(blocks: Sequence[Block]) -> list[Stretch]:
    """The lines as they stand, for restoration to judge; what the markup calls a paragraph is one."""
    printed = []
    for block in blocks:
        tag = block.place.tag
        if is_prose(block) and not block.dump and tag in ("p", "li"):
            printed.append(Printed(block.text, "paragraph", f"<{tag}>", UNSURE))
        else:
            printed.append(Printed(block.text, gap=block.gap or tag == "p"))
    return [Stretch(tuple(printed))] if printed else []


def _bodies(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where the blocks of each body stand, [first, after last); bodies of links and repeated ones are none."""
    found: list[tuple[int, int]] = []
    seen: set[str] = set()
    grouped: dict[int, list[int]] = {}
    for k, block in enumerate(blocks):
        if block.place.body >= 0:
            grouped.setdefault(block.place.body, []).append(k)
    for inside in grouped.values():
        text = "".join("".join(blocks[k].text.split()) for k in inside)
        linked = sum(len(blocks[k].text) * blocks[k].linked for k in inside)
        if linked < 0.6 * len(text) and text not in seen and not all(_is_site(blocks[k]) for k in inside):
            seen.add(text)
            found.append((inside[0], inside[-1] + 1))
    return found


def _head(
    blocks: Sequence[Block], before: range, flow: Flow, known: Properties, body: int
) -> tuple[list[int], range, int]:
    """The blocks that belong to the body's headlines, the main one among them, and the element that holds them all."""
    best: tuple[float, int] | None = None
    for k in before:
        weight = weight_of(blocks[k], known)
        if weight and (best is None or weight >= best[0]):
            best = (weight, k)
    if best is None:
        return [], range(0), -1
    main = known_title(blocks[before.start : before.stop], known)
    main = range(main.start + before.start, main.stop + before.start) if main else range(best[1], best[1] + 1)
    around = set(flow.within(blocks[main.start].place.element))
    scope = next((element for element in flow.within(body) if element in around), -1)
    head = [k for k in before if _is_in(blocks[k], scope, flow)]
    return head, main, scope


def _is_site(block: Block) -> bool:
    return block.place.chrome or is_site(block.text)


def _heads(block: Block) -> bool:
    return bool(block.place.level) or block.place.role in ("main", "head", "kicker")


def _is_in(block: Block, scope: int, flow: Flow) -> bool:
    return scope in flow.within(block.place.element)


def page_head(blocks: Iterator[Block] | Sequence[Block], keep: bool = False) -> Iterator[Printed]:
    """Lines around the articles that the printed page has too; with `keep` all that are not the site's."""
    for block in blocks:
        if block.place.chrome or is_site(block.text) or block.linked > 0.9:
            continue
        if is_page_header(block.text) or keep or block.place.role == "furniture":
            yield Printed(block.text, "furniture", "outside the articles", gap=block.gap)


def starts(blocks: Sequence[Block]) -> list[int]:
    """The headings that an article begins with: of the highest level that several with prose below them share."""
    leading = _leading(blocks)
    for level in sorted({blocks[k].place.level for k in leading}):
        alike = [k for k in leading if blocks[k].place.level == level]
        if len(alike) == 1:
            deeper = [k for k in leading if blocks[k].place.level > level and _reports(blocks, k)]
            if len(deeper) < 2 or not _is_over(blocks, alike[0], deeper):
                return alike
        elif len(alike) > 1:
            return alike
    return []


def _is_over(blocks: Sequence[Block], k: int, deeper: Sequence[int]) -> bool:
    """Whether the heading `k` is that of the page whose articles the deeper ones begin: no report of its own below."""
    return k < deeper[0] and not _reports(blocks, k)


def _leading(blocks: Sequence[Block]) -> list[int]:
    """The headings below which prose comes before another of their level or a higher one."""
    found: list[int] = []
    open_ones: list[int] = []  # headings without prose so far, each of a deeper level than the one before
    for k, block in enumerate(blocks):
        if level := block.place.level:
            while open_ones and blocks[open_ones[-1]].place.level >= level:
                open_ones.pop()
            open_ones.append(k)
        elif is_prose(block):
            found.extend(open_ones)
            open_ones.clear()
    return sorted(found)


def _reports(blocks: Sequence[Block], k: int) -> bool:
    """Whether what comes right below a heading begins like a report, or is a byline."""
    for block in blocks[k + 1 : k + 4]:
        if is_byline(block.text) or REPORT.match(block.text):
            return True
        if block.place.level or is_prose(block):
            return False
    return False


def _with_kickers(blocks: Sequence[Block], k: int) -> int:
    """Where the article whose main headline is `k` begins: headings of lower rank right above it are its kickers."""
    while (
        k
        and (block := blocks[k - 1]).place.role != "furniture"
        and (block.place.role == "kicker" or block.place.level > blocks[k].place.level)
    ):
        k -= 1
    return k
