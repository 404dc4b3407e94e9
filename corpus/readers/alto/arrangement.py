"""Lines of an ALTO page to its text: as the library says where it says it, else by where they stand (geometry)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median
from types import MappingProxyType

from corpus.issues import IssueArticle
from corpus.readers.alto import labels
from corpus.readers.alto.content import Content, PrintedLine
from corpus.readers.alto.sizes import sizes
from corpus.readers.geometry import Box, PageText, PositionedLine, Sheet, around, page_of
from corpus.readers.geometry.blocks import block
from corpus.readers.geometry.furniture import split_furniture
from corpus.readers.geometry.paragraphs import Printed, paragraphs
from corpus.readers.geometry.shapes import Writing
from corpus.readers.geometry.type_sizes import HEADLINE, Body, body_of
from corpus.readers.geometry.writing import Stretch, written
from schemas.layout import SETTLED, Mark, MarkRole, Region

LONGEST_HEADLINE = 60
"""Characters of a block in large type that is a headline."""
BY_SIZE = 3.5
"""Points of a headline that only its type's size shows."""
MOSTLY = 0.9
"""Share of lines with a block of their own from which blocks are no printed blocks."""
TYPE, SMALLEST = 10.0, 0.1
"""What the usual and the smallest size of type are scaled to: points, more or less."""
POINTS: Mapping[MarkRole, float] = MappingProxyType({"kicker": 3.0})
"""Labels that are less than certain: libraries call the name of a column an overline, too."""
LINE_ROLES = frozenset(("main", "kicker", "subtitle", "byline", "crosshead", "credit"))
"""Roles whose printed lines stay lines; paragraphs and captions run on."""


def page_text(content: Content, articles: Sequence[IssueArticle]) -> PageText:
    """The text of a page with its marks and regions. `articles`: what the issue's METS says, in reading order."""
    lines, numbered = _of_articles(content.lines, articles)
    lines = _completed(lines)
    placed = all(each.line.box and each.line.size > 0 for each in lines)
    rank = {name: at for at, name in reversed(list(enumerate(content.order)))}
    if not placed or not lines:
        return _as_filed(_ranked(lines, rank))
    sheet = _sheet(content, lines)
    if any(numbered):
        return _by_article(sheet, lines, numbered)
    if rank:
        at = {id(each): line for each, line in zip(lines, sheet.lines, strict=True)}
        ordered = [at[id(each)] for each in _ranked(lines, rank)]
        return written([Stretch(tuple(_in_order(ordered, body_of(sheet.lines))))])
    return page_of(sheet)


def _completed(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines, those few without a place put under the one before them; all as they are where many have none."""
    placed = [each for each in lines if each.line.box and each.line.size > 0]
    if len(placed) < MOSTLY * len(lines) or not placed:
        return list(lines)
    found: list[PrintedLine] = []
    for each in lines:
        if each.line.box and each.line.size > 0:
            found.append(each)
            continue
        before = (found[-1] if found else placed[0]).line
        at, down, long = before.box, 1.4 * before.size, len(each.line.text) * before.size
        assert at is not None
        under = Box(at.left, at.top + down, at.left + long, at.bottom + down)
        if before.vertical:
            under = Box(at.left - down, at.top, at.right - down, at.top + long)
        found.append(replace(each, line=replace(before, text=each.line.text, box=under)))
    return found


def _of_articles(
    lines: Sequence[PrintedLine], articles: Sequence[IssueArticle]
) -> tuple[list[PrintedLine], list[tuple[int, int] | None]]:
    """The lines with what the METS calls them, and of each its place: (article, area) in reading order, or None."""
    places: dict[str, tuple[int, int, str, str]] = {}
    for n, article in enumerate(articles):
        for m, area in enumerate(article.areas):
            places.setdefault(area.block, (n, m, area.label, article.id))
    tagged = {name: len(articles) + n for n, name in enumerate(dict.fromkeys(each.article for each in lines))}
    named, numbered = [], list[tuple[int, int] | None]()
    for at, each in enumerate(lines):
        place = next((places[name] for name in reversed(each.ids) if name in places), None)
        if place:
            n, m, label, identity = place
            role = labels.role(label) or each.role
            named.append(replace(each, role=role, label=label if labels.role(label) else each.label, article=identity))
            numbered.append((n, m) if identity else None)
        else:
            named.append(each)
            numbered.append((tagged[each.article], at) if each.article else None)
    return named, numbered


def _positioned(each: PrintedLine, size: float) -> PositionedLine:
    at = each.line.box
    assert at is not None
    return PositionedLine(
        each.line.text, at, size, each.bold, each.face, "vertical" if each.line.vertical else "horizontal",
        each.block, each.article, each.role,
    )  # fmt: skip


def _sheet(content: Content, lines: Sequence[PrintedLine]) -> Sheet:
    """The page as geometry sees it. An engine that makes a block of every line says nothing with its blocks."""
    positioned = list(map(_positioned, lines, sizes(lines)))
    if len({each.block for each in lines}) > MOSTLY * len(lines) > 4:
        positioned = [replace(each, block="") for each in positioned]
    whole = around([*(each.box for each in positioned), Box(0, 0, 1, 1)])
    width, height = max(content.width, whole.right), max(content.height, whole.bottom)
    sheet = Sheet(width, height, tuple(positioned), (), tuple(content.rules), tuple(content.pictures))
    scale = TYPE / median(each.size for each in positioned)
    downwards = sum(len(each.text) for each in positioned if each.writing == "vertical")
    if 2 * downwards > sum(len(each.text) for each in positioned):
        return _scaled(sheet, scale, lambda box: Box(box.top, width - box.right, box.bottom, width - box.left))
    return _scaled(sheet, scale, None)


def _scaled(sheet: Sheet, scale: float, turn: Callable[[Box], Box] | None) -> Sheet:
    """The sheet with type of the usual size, whatever the file counts in, and turned where it is set downwards.

    Columns of characters from right to left become lines from above, and all that holds of lines holds of them.
    """

    def moved(box: Box) -> Box:
        box = turn(box) if turn else box
        return Box(box.left * scale, box.top * scale, box.right * scale, box.bottom * scale)

    page = moved(Box(0, 0, sheet.width, sheet.height))
    other: dict[Writing, Writing] = {"horizontal": "vertical", "vertical": "horizontal"}
    lines = (
        replace(
            each, box=moved(each.box), size=max(SMALLEST, each.size * scale),
            writing=other[each.writing] if turn else each.writing,
        )
        for each in sheet.lines
    )  # fmt: skip
    return Sheet(
        page.width, page.height, tuple(lines), (), tuple(map(moved, sheet.rules)), tuple(map(moved, sheet.pictures))
    )


def _ranked(lines: Sequence[PrintedLine], rank: dict[str, int]) -> list[PrintedLine]:
    """Lines in the order of the blocks that they are in; what it does not name stays behind what is before it."""
    at = -1
    keys = []
    for each in lines:
        at = next((rank[name] for name in reversed(each.ids) if name in rank), at)
        keys.append(at)
    return [lines[n] for n in sorted(range(len(lines)), key=lambda n: keys[n])]


def _by_article(sheet: Sheet, lines: Sequence[PrintedLine], numbered: Sequence[tuple[int, int] | None]) -> PageText:
    """Each article a region of its own in the order of the METS; what belongs to none is read by geometry, behind."""
    body = body_of(sheet.lines)
    members: dict[int, list[int]] = {}
    for at, place in enumerate(numbered):
        if place:
            members.setdefault(place[0], []).append(at)
    texts: list[tuple[PageText, str]] = []
    for _, ats in sorted(members.items()):
        mine = [sheet.lines[at] for at in sorted(ats, key=lambda at: numbered[at] or (0, 0))]
        said = any(line.role for line in mine)
        text = written([Stretch(tuple(_in_order(mine, body)))]) if said else page_of(replace(sheet, lines=tuple(mine)))
        texts.append((text, "an article of the library's"))
    rest = [line for line, place in zip(sheet.lines, numbered, strict=True) if not place]
    top, inner, foot = split_furniture(rest, sheet, body)
    return _together(
        [(_running(top, "running head"), ""), *texts, (page_of(replace(sheet, lines=tuple(inner))), ""),
         (_running(foot, "foot"), "")]
    )  # fmt: skip


def _running(lines: Sequence[PositionedLine], where: str) -> PageText:
    """Running heads and feet, each line by itself."""
    made = written([Stretch(tuple(Printed(line.text, "furniture", where) for line in lines), where)])
    return replace(made, header=tuple(line.text for line in lines))


def _in_order(lines: Sequence[PositionedLine], body: Body) -> list[Printed]:
    """Lines in reading order as printed blocks: by their roles, and where there is none by their size."""
    found: list[Printed] = []
    for role, group in groupby(lines, key=lambda line: _role(line, lines, body)):
        run = list(group)
        if role is None or role == "paragraph":
            stacked = [block(list(each)) for _, each in groupby(run, key=lambda line: line.block)]
            found += [
                replace(each, role="paragraph") if role and each.role is None else each
                for each in paragraphs(stacked, body, True)
            ]
            continue
        said = run[0].role is not None
        reason, points = ("the library's label", POINTS.get(role, SETTLED)) if said else ("larger type", BY_SIZE)
        if role in LINE_ROLES:
            found += [Printed(line.text, role, reason, points, True) for line in run]
        else:
            for _, each in groupby(run, key=lambda line: line.block):
                found.append(Printed(_flowing(line.text for line in each), role, reason, points, True))
    return found


def _role(line: PositionedLine, lines: Sequence[PositionedLine], body: Body) -> MarkRole | None:
    if line.role or body.times(line.size) < HEADLINE:
        return line.role
    length = sum(len(other.text) for other in lines if other.block == line.block)
    return "main" if length <= LONGEST_HEADLINE else None


def _flowing(texts: Iterable[str]) -> str:
    """Lines of one block as one, with a space between Latin words."""
    text = ""
    for each in texts:
        text += " " * (text[-1:].isascii() and text[-1:].isalnum() and each[:1].isascii() and each[:1].isalnum()) + each
    return text


def _as_filed(lines: Sequence[PrintedLine]) -> PageText:
    """Lines without places in the order of the file: a dump, a blank line between blocks, labels as marks."""
    text, marks = "", list[Mark]()
    for at, each in enumerate(lines):
        if at:
            text += "\n" if each.block == lines[at - 1].block else "\n\n"
        start = len(text)
        text += each.line.text
        if each.role:
            marks.append(Mark(start, len(text), each.role, f"label {each.label}"))
    return PageText(text, tuple(marks), ())


def _together(texts: Sequence[tuple[PageText, str]]) -> PageText:
    """Texts one below the other; those with a reason are regions of one article each."""
    text = ""
    marks: list[Mark] = []
    regions: list[Region] = []
    header: list[str] = []
    for each, reason in texts:
        if not each.text:
            continue
        text += "\n\n" if text else ""
        start = len(text)
        text += each.text
        marks += [replace(mark, start=mark.start + start, end=mark.end + start) for mark in each.marks]
        if reason:
            regions.append(Region(start, len(text), reason, single=True))
        else:
            regions += [replace(one, start=one.start + start, end=one.end + start) for one in each.regions]
            header += each.header
    return PageText(text, tuple(marks), tuple(regions), tuple(header))
