"""Stories with their truth: a headline, paragraphs, and what an editor would find in them."""

import random
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bench.generation.places import Street

FOLDER = Path(__file__).parent
SLOT = re.compile(r"\{([^{}]+)\}")
ABOUT = (("", "exact", 0.7), ("余", "over", 0.15), ("近", "about", 0.15))
"""How a number is hedged: the word, the `mod` of the record, how often."""


@dataclass(slots=True)
class Truth:
    """What stands in a story, in the words of the annotation guide; counts and dates by the paragraph they stand in."""

    entities: dict[tuple[str, str], str | None] = field(default_factory=dict)
    counts: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    dates: list[tuple[int, str]] = field(default_factory=list)
    activity: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """One article before it is laid out."""

    headline: str
    paragraphs: tuple[str, ...]
    caption: str | None
    photographer: str
    reporter: str
    truth: Truth


@cache
def words() -> dict[str, Any]:
    """The lists of words.toml."""
    return tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))


@cache
def activities() -> tuple[dict[str, Any], ...]:
    """The entries of stories.toml."""
    return tuple(tomllib.loads((FOLDER / "stories.toml").read_text("utf-8"))["activity"])


def person(chance: random.Random) -> str:
    """A full name that belongs to nobody in particular."""
    return str(chance.choice(words()["surnames"])) + str(chance.choice(words()["given"]))


def story(street: Street, chance: random.Random) -> Story:
    """An activity of a community of `street`, held and reported."""
    return _Writer(street, chance).write()


class _Writer:
    def __init__(self, street: Street, chance: random.Random) -> None:
        self.chance = chance
        self.street = street
        self.theme = chance.choice(activities())
        self.truth = Truth()
        self.paragraph = 0
        self.fixed: dict[str, str] = {
            "community": chance.choice(street.communities),
            "street": street.name,
            "district": street.district,
            "audience": chance.choice(self.theme["audience"]),
            "kind": chance.choice(self.theme["kinds"]),
            "slogan": chance.choice(self.theme["slogans"]),
            "role": str(chance.choice(words()["roles"])),
            "when": self._when(),
        }

    def write(self) -> Story:
        chance, fixed = self.chance, self.fixed
        community, street, district = fixed["community"], fixed["street"], fixed["district"]
        self.truth.entities |= {("district", district): None, ("street", street): district}
        self.truth.entities |= {("community", community): street}
        organizers = [community]
        partner = ""
        if chance.random() < 0.5:
            body = district + chance.choice(self.theme["bodies"])
            self.truth.entities[("organization", body)] = district
            organizers.append(body)
            partner = f"联合{body}"
        reporter = person(chance)
        first, second = chance.sample(self.theme["doing"], 2)
        name = f"“{fixed['slogan']}”{fixed['kind']}"
        lead = (
            f"本报讯（记者 {reporter}）{fixed['when']}，{district}{street}{community}{partner}面向{fixed['audience']}"
            f"开展{name}。活动中，工作人员{self._filled(first)}。"
        )
        self.paragraph = 1
        rest = f"现场还{self._filled(second)}。{self._filled(chance.choice(self.theme['closing']))}"
        self.truth.dates.append((0, fixed["when"]))
        self.truth.activity = {
            "name": name,
            "types": [self.theme["type"]],
            "organizers": organizers,
            "places": [community],
            "date": fixed["when"],
            "audience": [fixed["audience"]],
            "optional": False,
        }
        caption = self._filled(chance.choice(self.theme["scenes"])) if chance.random() < 0.4 else None
        headline = self._filled(chance.choice(self.theme["headlines"]))
        return Story(headline, (lead, rest), caption, person(chance), reporter, self.truth)

    def _when(self) -> str:
        text = str(self.chance.choice(words()["whens"]))
        return text.format(d=self.chance.randint(1, 28), m=self.chance.randint(1, 12))

    def _filled(self, template: str) -> str:
        return SLOT.sub(lambda slot: self._slot(slot[1]), template)

    def _slot(self, slot: str) -> str:
        if slot.startswith("n:"):
            return self._count(*slot.split(":")[1:])
        if slot == "person":
            name = person(self.chance)
            self.truth.entities[("person", name)] = None
            return name
        return self.fixed[slot]

    def _count(self, unit: str, counted: str, low: str, high: str) -> str:
        value = self.chance.randint(int(low), int(high))
        hedge, mod, _ = self.chance.choices(ABOUT, [share for *_, share in ABOUT])[0]
        if mod == "over":
            value = max(value // 10 * 10, 10)
        number = f"近{value}" if mod == "about" else f"{value}{hedge}"
        text = f"{number}{unit}{counted}"
        self.truth.counts.append(
            (self.paragraph, {"text": text, "value": value, "unit": unit, "object": counted, "mod": mod})
        )
        return text
