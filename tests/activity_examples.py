"""Example lines of activities as articles: names and dates are marked where they stand.

    {d:近日}，{community:柳荫社区}开展“暖冬”慰问活动。 => “暖冬”慰问活动 | care | 柳荫社区 | 柳荫社区 | 近日 | -

`{type:name}` is a mention, `{type:name=printed}` one whose suffix the text elides, `{d:近日}` a date. A division right
after another lies in it; an organization whose name begins with a place's belongs to it. Expected: name, types (any of,
by /), organizers and partners (+), places (+), date, audience (one of which must be read; /; - for any, 无 for nobody),
with - for none, + for several bodies; `无` where no activity is reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.tokens import WordCutter, Words, segmenter
from schemas.annotations import Entity, EntityType, Span, TimeExpression
from schemas.layout import Article, Block

FOLDER = Path(__file__).parent / "examples" / "activities"
MARK = re.compile(r"\{(?P<type>[a-z]+):(?P<name>[^}=]+)(?:=(?P<printed>[^}]+))?\}")
NOTHING = "无"
TOKENIZE = WordCutter(segmenter(), lambda text: ())


@dataclass(frozen=True, slots=True)
class Marked:
    """An article made of one example line, with what is marked in it."""

    article: Article
    entities: tuple[Entity, ...]
    dates: tuple[TimeExpression, ...]

    def words(self) -> Words:
        """The article's words."""
        return TOKENIZE(self.article.text)

    def names(self, ids: Sequence[str]) -> set[str]:
        """The names of the entities `ids`."""
        return {e.name for e in self.entities if e.id in ids}


def marked(line: str) -> Marked:
    """The article of an example's input."""
    text, at = "", 0
    found: dict[tuple[str, str], list[Span]] = {}
    parents: dict[tuple[str, str], tuple[str, str]] = {}
    dates: list[TimeExpression] = []
    before: tuple[tuple[str, str], int] | None = None
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        at = mark.end()
        printed = mark["printed"] or mark["name"]
        span = Span(len(text), len(text) + len(printed))
        text += printed
        if mark["type"] == "d":
            dates.append(TimeExpression(f"d{len(dates) + 1}", printed, span.start, span.end, None))
            continue
        key = (mark["type"], mark["name"])
        found.setdefault(key, []).append(span)
        owner = next((k for k in found if k != key and mark["name"].startswith(k[1])), None)
        if before and before[1] == span.start:
            parents.setdefault(key, before[0])
        elif owner:
            parents.setdefault(key, owner)
        before = (key, span.end)
    text += line[at:]
    ids = {key: f"e{i}" for i, key in enumerate(found, 1)}
    entities = tuple(
        Entity(
            ids[key],
            _type(key[0]),
            key[1],
            ids.get(parents.get(key, key)) if key in parents else None,
            None,
            "stated",
            tuple(spans),
        )
        for key, spans in found.items()
    )
    article = Article("0" * 16, "article", text, (Block("paragraph", 0, len(text), ((0, len(text)),)),))
    return Marked(article, entities, tuple(dates))


def examples(name: str) -> list[tuple[str, str]]:
    """The (input, expected) pairs of `FOLDER/NAME.txt`."""
    pairs: list[tuple[str, str]] = []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, _, wanted = line.partition(" => ")
            pairs.append((text.strip(), wanted.strip()))
    return pairs


def _type(name: str) -> EntityType:
    kinds: dict[str, EntityType] = {
        k: k
        for k in (
            "province",
            "city",
            "district",
            "street",
            "community",
            "estate",
            "road",
            "venue",
            "organization",
            "person",
        )
    }
    return kinds[name]
