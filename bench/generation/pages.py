"""Stories laid out as a page's dump, with the faults that dumps have, and the annotation of what came of them."""

import random
from dataclasses import dataclass
from typing import Any

from bench.generation.places import pick
from bench.generation.stories import Story, story, words

STORIES = (4, 9)
TORN = 0.35
"""Share of long paragraphs that a column break cuts in two."""
SHORTEST_TORN = 50
FURNISHED = 0.5


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page with its truth in the form of the annotation guide; `path` carries paper, day and page number."""

    path: str
    text: str
    gold: dict[str, Any]


class _Sheet:
    """Printed lines, from 1, blank lines between blocks."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def put(self, block: str, gap: int = 1) -> str:
        """Print a block and give its line's number as annotations write it."""
        self.lines.extend([""] * (gap if self.lines else 0))
        self.lines.append(block)
        return str(len(self.lines))


def page(seed: int, number: int, stories: tuple[int, int] = STORIES) -> MadePage:
    """The page of that number; the same for the same seed, and another for every other number.

    `stories`: the fewest and the most that it has.
    """
    chance = random.Random(f"{seed}/{number}")
    streets = pick(chance)
    sheet = _Sheet()
    gold: dict[str, Any] = {"page": "", "boilerplate": [], "articles": []}
    for _ in range(chance.randint(*stories)):
        gold["articles"].append(_print(story(chance.choice(streets), chance), sheet, chance))
        if chance.random() < FURNISHED / STORIES[1]:
            line = str(chance.choice(words()["furniture"]))
            line = line.format(phone=f"0{chance.randint(311, 999)}-{chance.randint(2000000, 8999999)}", k=number)
            gold["boilerplate"].append(int(sheet.put(line)))
    city = streets[0].city.removesuffix("市")
    day = f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    folder = f"{city}{chance.choice(words()['papers'])}/{day}"
    gold["page"] = f"{number:07}_{chance.randint(1, 16):02}.txt"
    return MadePage(f"{folder}/{gold['page']}", "\n".join(sheet.lines) + "\n", gold)


def _print(told: Story, sheet: _Sheet, chance: random.Random) -> dict[str, Any]:
    """Lay a story out; its annotation."""
    sheet.put(told.headline)
    paragraphs: list[list[str]] = []
    captions: list[list[str]] = []
    bylines = [{"name": told.reporter, "role": "记者"}]
    waiting = told.caption
    for paragraph in told.paragraphs:
        cut = _cut(paragraph, chance) if chance.random() < TORN else 0
        refs = [sheet.put(paragraph[:cut] if cut else paragraph)]
        if cut:
            if waiting:
                captions.append([sheet.put(f"{waiting} {told.photographer} 摄", gap=4)])
                bylines.append({"name": told.photographer, "role": "摄"})
                waiting = None
            refs.append(sheet.put(paragraph[cut:], gap=chance.choice((1, 4))))
        paragraphs.append(refs)
    if waiting:
        captions.append([sheet.put(f"{waiting} {told.photographer} 摄", gap=4)])
        bylines.append({"name": told.photographer, "role": "摄"})
    truth = told.truth
    return {
        "kind": "article",
        "headlines": [told.headline],
        "bylines": bylines,
        "paragraphs": paragraphs,
        "captions": captions,
        "incomplete": [],
        "entities": [
            {"type": kind, "name": name} | ({"in": above} if above else {})
            for (kind, name), above in truth.entities.items()
        ],
        "counts": [{"line": int(paragraphs[at][0]), **count} for at, count in truth.counts],
        "dates": [{"line": int(paragraphs[at][0]), "text": text} for at, text in truth.dates],
        "activities": [truth.activity | {"lines": [int(refs[0]) for refs in paragraphs]}],
    }


def _cut(paragraph: str, chance: random.Random) -> int:
    """Where a column break falls: between two characters, neither of them punctuation, well inside; 0 for nowhere."""
    if len(paragraph) < SHORTEST_TORN:
        return 0
    at = chance.randint(20, len(paragraph) - 15)
    while at < len(paragraph) - 5 and not (_letter(paragraph[at - 1]) and _letter(paragraph[at])):
        at += 1
    return at


def _letter(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
