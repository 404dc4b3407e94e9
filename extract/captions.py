"""Which article a picture belongs to, or whether it is a story of its own.

A caption that shares an article's names and words, or stands between its headline and its lead, illustrates it; one that
names a day, a place and a doer of its own, and shares them with nobody, is a photo story.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.edges import DATE_START, TERMINAL
from extract.evidence import Evidence, total
from extract.lines import Piece
from extract.roles import ROUND_UP, Reading, Role
from extract.topics import Topics, bigrams

if TYPE_CHECKING:
    from extract.articles import Draft, Placement

NAMED = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:社区|小区|街道|村|镇|学校|小学|中学|大学|公园|广场|派出所|医院|卫生院|花园|家园)")
DIVISIONS = ("区", "县", "市", "镇", "乡", "街道", "社区")
OWN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}(?:[市区县镇乡]|街道)[\u4e00-\u9fff]{1,10}(?:社区|村|街道|镇|小区|学校|小学|局|公司|公园)")
MOST_LIKENESS = 4.0  # points that shared words can add
GENERIC = re.compile(r"社区|街道|活动|开展|举办|居民|各|[市区县镇乡村]|我市|全市")


def place_captions(
    readings: Sequence[Reading], drafts: Sequence["Draft"], topics: Topics, placements: list["Placement"]
) -> list["Draft"]:
    """Add every caption to the draft that it illustrates; the others become photo drafts, which are returned."""
    from extract.articles import Draft, Placement

    photos: list[Draft] = []
    owner: Draft | None = None
    held: Piece | None = None
    for r in readings:
        if r.role is Role.CREDIT and held is not None and owner is not None:
            owner.caption_credits.setdefault(held.index, []).append(r.piece)
            continue
        held = None
        if r.role is not Role.CAPTION:
            continue
        home, evidence = _home(r.piece, readings, drafts, topics)
        if home is None:
            photos.append(Draft(captions=[r.piece], first=r.piece.index))
            owner = photos[-1]
            placements.append(Placement(r.piece.index, -1, evidence))
        else:
            owner = drafts[home]
            owner.captions.append(r.piece)
            placements.append(Placement(r.piece.index, home, evidence))
        held = r.piece
    return photos


def _home(
    piece: Piece, readings: Sequence[Reading], drafts: Sequence["Draft"], topics: Topics
) -> tuple[int | None, tuple[Evidence, ...]]:
    """The index of the draft that the caption illustrates, or None for a photo story, with the evidence."""
    alone = _alone(piece)
    best: tuple[float, int | None, tuple[Evidence, ...]] = (total(alone), None, alone)
    names = set(NAMED.findall(piece.text))
    for k, draft in enumerate(drafts):
        text = draft.text
        evidence = [Evidence("shares its words", min(topics.shared(piece.text, text), MOST_LIKENESS))]
        if _theme(draft) & bigrams(piece.text):
            evidence.append(Evidence("shares the headline's theme", 1.0))
        fresh = [n for n in names if n not in text and n[-4:] not in text]
        if names and not fresh:
            evidence.append(Evidence("names nothing that the article does not", 1.5))
        near = _neighbours(piece, readings, draft)
        if fresh and ROUND_UP.search(text) and near and _theme(draft) & bigrams(piece.text):
            evidence.append(Evidence("one more of the round-up's kind", 2.0))
        evidence.extend(near)
        if total(evidence) > best[0]:
            best = (total(evidence), k, tuple(evidence))
    return best[1], best[2]


def _theme(draft: "Draft") -> frozenset[str]:
    """The bigrams of a draft's headlines, words that stand in any headline and names of divisions apart."""
    found = bigrams(GENERIC.sub("，", "，".join(h.text for h in draft.headlines)))
    text = draft.text
    return frozenset(b for b in found if not any(b + suffix in text for suffix in DIVISIONS))


def _alone(piece: Piece) -> tuple[Evidence, ...]:
    """How much the caption tells by itself."""
    text = piece.text
    found = [Evidence("most pictures illustrate", 2.0)]
    if DATE_START.match(text) or text.startswith(("近日", "日前")):
        found.append(Evidence("says when", 1.0))
    if OWN_PLACE.search(text[:40]):
        found.append(Evidence("says where and who", 1.5))
    elif not NAMED.search(text):
        found.append(Evidence("names no place", -1.5))
    if piece.text[-1] not in TERMINAL and piece.length < 20:
        found.append(Evidence("a bare line", -1.0))
    if text.startswith("图为") or "图为" in text[:2]:
        found.append(Evidence("points at a story", -1.0))
    return tuple(found)


def _neighbours(piece: Piece, readings: Sequence[Reading], draft: "Draft") -> list[Evidence]:
    """What the caption's place on the page says: next to what of the draft it stands."""
    mine = {p.index for p in draft.headlines} | {p.piece.index for p in draft.body}
    heads = {p.index for p in draft.headlines}
    above = _nearest(readings, piece.index, -1)
    below = _nearest(readings, piece.index, +1)
    found = []
    if above in heads and below in mine:
        found.append(Evidence("stands between headline and body", 4.0))
    elif above in mine and below in mine:
        found.append(Evidence("stands inside the article", 1.5))
    elif below in heads:
        found.append(Evidence("stands just above the headline", 2.0 if piece.text[-1] not in TERMINAL else 0.5))
    elif above in mine:
        found.append(Evidence("stands just behind the article", 0.5))
    return found


def _nearest(readings: Sequence[Reading], index: int, step: int) -> int:
    """The next piece in that direction that is neither caption, credit nor furniture."""
    at = index + step
    while 0 <= at < len(readings) and readings[at].role in (Role.CAPTION, Role.CREDIT, Role.FURNITURE):
        at += step
    return at
