"""Which division of the table a name means, given what stands above it, around it and on the page.

Names repeat (298 communities are called 永安): a code is only given where the evidence leaves one, never by chance.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from extract.gazetteer import DIGITS, Gazetteer, inside
from extract.parents import LEVELS, Key, ancestors
from schemas.annotations import DIVISIONS


class Region(Protocol):
    """What the surroundings say: codes of divisions, surest first."""

    @property
    def home(self) -> tuple[str, ...]:
        """The paper's home."""

    @property
    def page(self) -> tuple[str, ...]:
        """Divisions that the page names."""


ENOUGH = 2


def decide_codes(keys: Iterable[Key], parents: Mapping[Key, Key], context: Region, gaz: Gazetteer) -> dict[Key, str]:
    """The code of every place that has one, by key; from the top down, so that each level narrows the next."""
    ordered = sorted((k for k in keys if k[0] in DIGITS), key=lambda k: LEVELS[k[0]])
    candidates = {k: gaz.codes_of(k[1], k[0]) for k in ordered}
    decided: dict[Key, str] = {}
    for kind in DIVISIONS:
        level = [k for k in ordered if k[0] == kind]
        for k in level:
            code = _by_chain(k, candidates, decided, parents, context) or _by_children(k, candidates, parents)
            if code is not None:
                decided[k] = code
    return decided


def _by_chain(
    k: Key,
    candidates: Mapping[Key, tuple[str, ...]],
    decided: Mapping[Key, str],
    parents: Mapping[Key, Key],
    context: Region,
) -> str | None:
    """The one candidate inside the nearest decided ancestor; without one, inside the article's, page's, home region."""
    codes = candidates[k]
    if not codes:
        return None
    above = list(ancestors(k, parents))
    for a in above:
        if a in decided:
            return _single(inside(codes, decided[a]))
        if a[0] in DIGITS and not candidates.get(a):
            if (
                a[0] == "street"
            ):  # a street the table lacks: its communities may still be filed elsewhere in the district
                continue
            return None  # a district the table lacks holds nothing that the table has
    article = [decided[d] for d in decided if LEVELS[d[0]] < LEVELS[k[0]]]
    for regions in (article, context.page, context.home):
        found = {code for region in regions for code in inside(codes, region)}
        if len(found) == 1:
            return found.pop()
        if len(found) > 1:
            codes = tuple(sorted(found))
    if k[0] in ("province", "city", "district") and not article and _agrees(codes, context):
        return _single(codes)
    if k[0] in ("province", "city", "district") and len(candidates[k]) == 1:
        return candidates[k][0]
    return None


def _agrees(codes: tuple[str, ...], context: Region) -> bool:
    return len(codes) == 1 or bool(context.home or context.page)


def _single(codes: tuple[str, ...]) -> str | None:
    return codes[0] if len(codes) == 1 else None


def _by_children(k: Key, candidates: Mapping[Key, tuple[str, ...]], parents: Mapping[Key, Key]) -> str | None:
    """The one candidate under which the table has most of the places that the article puts below it."""
    codes = candidates[k]
    children = [c for c, parent in parents.items() if parent == k and candidates.get(c)]
    if not codes or not children or any(a in candidates for a in ancestors(k, parents)):
        return None
    votes = {code: sum(_weight(candidates[c]) for c in children if inside(candidates[c], code)) for code in codes}
    best = max(votes.values())
    winners = [code for code, vote in votes.items() if vote == best]
    return winners[0] if best >= ENOUGH and len(winners) == 1 else None


def _weight(codes: tuple[str, ...]) -> int:
    """A name that the country has once says all, one that it has often needs a second."""
    return ENOUGH if len(codes) == 1 else 1
