"""Drafts to articles: the text is written out here, once, and never rewritten.

Headlines come first, then byline lines, paragraphs and crossheads in reading order, then captions with their credits;
each block stands on its own line and knows the page characters that it was put together from.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.articles import Assembly, Draft
from extract.block_evidence import even_halves
from extract.block_roles import Role
from extract.bylines import bare_names, closing_credit, lead_credit, parse_credit, pen_name
from extract.joins import Part, PartKey
from extract.lines import Piece
from extract.marked import headline_part
from schemas.layout import Article, Block, BlockRole, Byline, Range

UNTOLD = ("", "作者")
"""Roles that say less than any other: an author's line above an article whose lead calls the same person 记者."""
INCOMPLETE = 0.6  # how surely an edge without its other half must be torn to be called incomplete
PLACE_LINE = re.compile(r"[\u4e00-\u9fff、和]{1,24}(?:社区|街道|小区|区|县|市|镇|乡|村)")
DASHES = ("——", "--", "—")


def restore(assemblies: Iterable[Assembly], page: str) -> tuple[Article, ...]:
    """The articles of a page, put together region by region, in the order in which they begin on it."""
    drafts: list[tuple[Draft, dict[PartKey, PartKey]]] = []
    for assembly in assemblies:
        chains = {link.first: link.second for link in assembly.links}
        drafts += ((draft, chains) for draft in (*assembly.drafts, *assembly.photos))
    drafts.sort(key=lambda each: each[0].start)
    digest = hashlib.sha256(page.encode("utf-8", "surrogatepass")).hexdigest()
    return tuple(_article(draft, chains, f"{digest}#{n}") for n, (draft, chains) in enumerate(drafts))


def _article(draft: Draft, chains: dict[PartKey, PartKey], seed: str) -> Article:
    identity = hashlib.sha256(seed.encode("utf-8")).hexdigest()[:16]
    photo = not draft.headlines and not draft.body
    blocks: list[tuple[BlockRole, tuple[Range, ...], str, bool]] = []
    for role, piece in zip(_headline_roles(draft.headlines), draft.headlines, strict=True):
        blocks.append((role, piece.ranges, piece.text, False))
    for piece in draft.credits:
        blocks.append(("credit", piece.ranges, piece.text, False))
    for chain in _paragraphs(draft.body, chains):
        block_role: BlockRole = "crosshead" if chain[0].role is Role.CROSSHEAD else "paragraph"
        torn = block_role == "paragraph" and (chain[0].torn_start >= INCOMPLETE or chain[-1].torn_end >= INCOMPLETE)
        ranges = tuple(each for p in chain for each in p.piece.part(p.start, p.end))
        blocks.append((block_role, ranges, "".join([p.text for p in chain]), torn))
    body = any(role in ("paragraph", "crosshead") for role, *_ in blocks)
    for picture in draft.pictures:
        # a picture story has its caption for a body, under a headline or without one
        piece = picture.caption
        blocks.append(("caption" if body else "paragraph", piece.ranges, piece.text, False))
        for credit in picture.credits:
            blocks.append(("credit", credit.ranges, credit.text, False))
    made, at = [], 0
    for role, ranges, line, incomplete in blocks:
        made.append(Block(role, at, at + len(line), _merged(ranges), incomplete))
        at += len(line) + 1
    text = "\n".join([line for _, _, line, _ in blocks])
    return Article(identity, "photo" if photo else "article", text, tuple(made), bylines(draft))


def _merged(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Ranges with touching neighbours made one."""
    if len(ranges) == 1:
        return (ranges[0],)
    out: list[Range] = []
    for start, end in ranges:
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _paragraphs(body: Sequence[Part], chains: dict[PartKey, PartKey]) -> list[list[Part]]:
    """The body's parts joined to paragraphs, in the print order of their first parts."""
    by_key = {p.key: p for p in body}
    followers = {chains[key] for key in by_key if key in chains}
    out = []
    for key in sorted(by_key):
        if key in followers:
            continue
        chain, at = [by_key[key]], key
        while at in chains and chains[at] in by_key:
            at = chains[at]
            chain.append(by_key[at])
        out.append(chain)
    return out


def _headline_roles(lines: Sequence[Piece]) -> list[BlockRole]:
    """The roles of a headline's lines: as the page's format names them, and otherwise by their looks."""
    named = [headline_part(line) for line in lines]
    if not any(named):
        return headline_roles([line.text for line in lines])
    first_main = named.index("main") if "main" in named else len(named)
    return [part or ("kicker" if k < first_main else "subtitle") for k, part in enumerate(named)]


def headline_roles(lines: Sequence[str]) -> list[BlockRole]:
    """Kicker, main or subtitle for each headline line, as printed.

    A slogan of even halves over a plain statement is the main headline over its subtitle; a longer line over a shorter
    one is a kicker; lines of like length, or a bare list of places over a line, are one broken headline.

    >>> headline_roles(["花开春城 邻里同乐", "盘龙区各社区举办赏花活动"])  # a slogan, then what it is about
    ['main', 'subtitle']
    >>> headline_roles(["为民办事不打烊的小窗口亮了", "夜间政务进社区"])
    ['kicker', 'main']
    >>> headline_roles(["龙泉街道", "为老人送餐"])
    ['main', 'main']
    """
    if len(lines) <= 1:
        return ["main"] * len(lines)
    roles: list[BlockRole] = ["main"] * len(lines)
    if lines[-1].startswith(DASHES):
        return [*headline_roles(lines[:-1]), "subtitle"]
    first, last = lines[0], lines[-1]
    if even_halves(first) and not even_halves(last):
        roles[1:] = ["subtitle"] * (len(lines) - 1)
    elif even_halves(last) and not even_halves(first):
        roles[:-1] = ["kicker"] * (len(lines) - 1)
    elif PLACE_LINE.fullmatch(first):
        pass
    elif len(first) >= 1.3 * len(lines[1]):
        roles[0] = "kicker"
    elif len(lines) == 2 and len(last) >= 1.3 * len(first):
        roles[-1] = "subtitle"
    return roles


def bylines(draft: Draft) -> tuple[Byline, ...]:
    """Everyone the article credits, each name with a role once, in printed order."""
    found = _credited(draft.credits)
    for part in draft.body:
        if part.role is Role.LEAD and (credit := lead_credit(part.text)):
            found.extend(credit.bylines)
        if credit := closing_credit(part.text):
            found.extend(credit.bylines)
    for picture in draft.pictures:
        if credit := closing_credit(picture.caption.text):
            found.extend(credit.bylines)
        found.extend(_credited(picture.credits))
    roles = {byline.name: byline.role for byline in found if byline.role not in UNTOLD}
    told = [
        replace(byline, role=roles.get(byline.name, byline.role)) if byline.role in UNTOLD else byline
        for byline in found
    ]
    return tuple(dict.fromkeys(told))


def _credited(pieces: Sequence[Piece]) -> list[Byline]:
    """Whom credit lines name; a role broken off from its name is put back: 本报记者 / 周晓棠.

    Bare names, which in plain text could be anything, are authors' where the page's format says byline; one alone
    between a headline and its text is taken for a pen name.
    """
    lines: list[str] = []
    marked: set[str] = set()
    for piece in pieces:
        if lines and parse_credit(lines[-1]) == ():
            lines[-1] += " " + piece.text
        else:
            lines.append(piece.text)
        if piece.mark and piece.mark.role == "byline":
            marked.add(lines[-1])
    return [
        byline
        for line in lines
        for byline in parse_credit(line) or (bare_names(line) if line in marked else None) or pen_name(line) or ()
    ]
