"""The sample pages as an editor restored them: what every form of them is made of, and what must come out again."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

from bench.gold import pages

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "corpus" / "samples"
GOLD = ROOT / "tests" / "golden"

Part = Literal["crosshead", "paragraph"]
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Story:
    """One article as printed. A picture story has captions only.

    `byline` is a line of its own under the headline ("本报记者 李四"), "" where the text carries the bylines; `credits`
    are the photographers' lines, one a caption or fewer; `label` is the column's name above the headline or "".
    """

    kicker: tuple[str, ...]
    main: tuple[str, ...]
    subtitle: tuple[str, ...]
    body: tuple[tuple[Part, str], ...]
    captions: tuple[str, ...]
    byline: str
    credit: str
    names: tuple[tuple[str, str], ...]
    label: str = ""

    @property
    def headlines(self) -> tuple[str, ...]:
        """All headline lines in printed order."""
        return (*self.kicker, *self.main, *self.subtitle)

    @property
    def is_photo(self) -> bool:
        """Whether it is a captioned picture and nothing else."""
        return not self.body


@dataclass(frozen=True, slots=True)
class Sheet:
    """One newspaper page: what its masthead says, its stories in order, the small print at its foot."""

    stem: str
    paper: str
    date: datetime.date
    number: str
    name: str
    stories: tuple[Story, ...]
    notices: tuple[str, ...]
    dump: str  # the page's text file

    @property
    def day(self) -> str:
        """The day as mastheads print it.

        >>> sheets()[2].day
        '2024年3月12日 星期二'
        """
        day = self.date
        return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sample page that is annotated."""
    return tuple(annotated(SAMPLES, GOLD))


def annotated(folder: Path, gold: Path) -> Iterator[Sheet]:
    """Every page of `folder` that `gold` annotates. What the tables beside this module do not know of it is made up."""
    roles = dict(_rows("headline_roles.tsv"))
    mastheads = {row[0]: row[1:] for row in _rows("sheets.tsv")}
    for number, (page, articles) in enumerate(pages(folder, gold), 1):
        stem = Path(page.source.path).stem
        paper, date, printed, name = mastheads.get(stem, ("城市社区报", "2024-03-12", f"{number:02}", "社区"))
        annotation = json.loads((gold / f"{stem}.json").read_text("utf-8"))
        lines = page.text.split("\n")
        small = [lines[at - 1].strip() for at in annotation["boilerplate"]]
        stories: list[Story] = []
        for data, article in zip(annotation["articles"], articles, strict=True):
            label = next((s for s in small if s.startswith("【") and _follows(page.text, s, data, lines)), "")
            quoted = [(block.role, article.quote(block)) for block in article.blocks]
            headlines = [text for role, text in quoted if role == "main"]
            photo = article.kind == "photo"
            played = partial(_played, headlines, roles)
            unprinted = [(b["name"], b["role"]) for b in data["bylines"] if b["name"] not in article.text]
            stories.append(
                Story(
                    kicker=tuple(text for text in headlines if played(text) == "kicker"),
                    main=tuple(text for text in headlines if played(text) == "main"),
                    subtitle=tuple(text for text in headlines if played(text) == "subtitle"),
                    body=() if photo else tuple((r, t) for r, t in quoted if r == "crosshead" or r == "paragraph"),
                    captions=tuple(text for role, text in quoted if role == "caption" or (photo and role != "main")),
                    byline="" if photo else " ".join(_credit(n, r) for n, r in unprinted if "摄" not in r),
                    credit=" ".join(_credit(n, r) for n, r in unprinted if photo or "摄" in r),
                    names=tuple((b["name"], b["role"]) for b in data["bylines"]),
                    label=label,
                )
            )
        masthead = (paper, f"{int(date[:4])}年")
        notices = tuple(s for s in small if not s.startswith("【") and not any(m in s for m in masthead))
        day = datetime.date.fromisoformat(date)
        yield Sheet(stem, paper, day, printed, name, tuple(stories), notices, page.text)


def _played(headlines: list[str], roles: dict[str, str], text: str) -> str:
    """The part of one headline line: as the table says; else a long first line is the kicker, the last the subtitle."""
    if text in roles or len(headlines) == 1:
        return roles.get(text, "main")
    if text == headlines[0]:
        return "kicker" if len(text) > len(headlines[1]) else "main"
    return "main" if len(headlines[0]) > len(headlines[1]) and text == headlines[1] else "subtitle"


def _follows(page: str, label: str, data: dict[str, list[str]], lines: list[str]) -> bool:
    """Whether the article is the first whose headline stands below `label`."""
    after = page.index(label) + len(label)
    return bool(data["headlines"]) and page[after:].strip().startswith(data["headlines"][0].strip())


def _credit(name: str, role: str) -> str:
    return f"{name} {role}" if "摄" in role else f"本报记者 {name}" if role == "记者" else f"{role} {name}".strip()


def _rows(name: str) -> Iterator[list[str]]:
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
