"""Side by side with what a user would take instead, in one run on the annotated pages and our samples.

Every tool reads the articles as an editor restored them, line by line, without a network (connections are refused
while it runs). `same`: F1 of what is named exactly as annotated; `near`: F1 where one string holds the other (平城 for
平城区), for tools that draw their borders elsewhere.

    pip install '.[peers]' && python -m bench.peers            print the table
    python -m bench.peers --write                              write docs/peers.md
"""

import argparse
import contextlib
import datetime
import io
import json
import re
import socket
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import gold
from bench.peer_tools import TOOLS, Tool
from bench.quality import CORPORA, ROOT
from extract.pipeline import Extractor
from schemas.layout import Article, Page
from schemas.record import ArticleRecord

PAGE = ROOT / "docs" / "peers.md"
US = "this project"
UPPER = ("province", "city", "district")
MEASURES = {
    "divisions": "provinces, cities, districts",
    "places": "all places, from province to square",
    "persons": "persons",
    "organizations": "organizations",
    "numbers": "values of counted figures",
    "money": "amounts of money",
    "dates": "expressions of time",
}
NUMBERS = ("numbers", "money")  # 3 is not near 30
HEAD = """
# Side by side with other tools

Made by `python -m bench.peers --write` on {day}; do not edit. Installed from PyPI (`pip install '.[peers]'`) and run
offline on the annotated articles of `../shared` and `corpus/samples`, each as its editor restored it. F1, exactly as
annotated (`same`) and where one string holds the other (`near`: 平城 for 平城区). The tools were made for general text
and we for this genre; what was learnt from these very pages is in our figures, so read them as an upper bound.

| tool | version | characters a second |
|---|---|---|
""".strip()
BEYOND = """
- **jieba** knows the words of general language: outside community news its tags find names that our forms do not
  expect.
- **cpca** and **jionlp** read postal addresses (streets, numbers, buildings), and jionlp much else that we leave alone:
  identity and telephone numbers, licence plates, places abroad.
- **jionlp** and **Recognizers-Text** read hours of the clock, durations and recurring times with a start and an end to
  the minute; our values are days, parts of days and intervals of days.
- **Recognizers-Text** does the same in a dozen languages, also temperatures, ages and dimensions in many units.
""".strip()


@dataclass(slots=True)
class Score:
    """Hits, false finds and misses, by the exact and by the near comparison."""

    same: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)

    def add(self, sure: Sequence[str], optional: Sequence[str], found: Sequence[str]) -> None:
        """One article's share."""
        for tally, alike in ((self.same, _equal), (self.near, _holds)):
            left = list(found)
            for item in sure:
                match = next((f for f in left if f == item), None) or next((f for f in left if alike(f, item)), None)
                tally["hit" if match else "miss"] += 1
                if match:
                    left.remove(match)
            tally["false"] += sum(not any(alike(f, item) for item in (*optional, *sure)) for f in left)

    @staticmethod
    def f1(tally: Counter[str]) -> float:
        """Both ways of being wrong in one figure."""
        total = 2 * tally["hit"] + tally["false"] + tally["miss"]
        return 2 * tally["hit"] / total if total else 0.0


def _equal(a: str, b: str) -> bool:
    return a == b


def _holds(a: str, b: str) -> bool:
    return a in b or b in a


def expected(data: Mapping[str, Any], measure: str) -> tuple[list[str], list[str]]:
    """What the annotation of an article names, and what it leaves open."""
    if measure == "dates":
        items = [(re.sub(r"\s", "", d["text"]), d.get("optional")) for d in data.get("dates", [])]
    elif measure in NUMBERS:
        counts = [c for c in data.get("counts", []) if measure == "numbers" or c["unit"] == "元"]
        items = [(f"{float(c['value']):g}", c.get("optional")) for c in counts]
    else:
        entities = [e for e in data.get("entities", []) if _kind(e["type"], measure)]
        items = [(e["name"], e.get("optional")) for e in entities]
    sure = [item for item, optional in items if not optional]
    if measure not in NUMBERS:
        sure = list(dict.fromkeys(sure))
    return sure, [item for item, optional in items if optional]


def _kind(kind: str, measure: str) -> bool:
    if measure in ("persons", "organizations"):
        return kind == measure[:-1]
    return kind in UPPER if measure == "divisions" else kind not in ("person", "organization")


def ours(record: ArticleRecord, measure: str) -> list[str]:
    """What our record names."""
    if measure == "dates":
        return list(dict.fromkeys(re.sub(r"\s", "", d.text) for d in record.dates))
    if measure in NUMBERS:
        return [f"{c.value:g}" for c in record.counts if measure == "numbers" or c.unit == "元"]
    return list(dict.fromkeys(e.name for e in record.entities if _kind(e.type, measure)))


def theirs(tool: Tool, article: Article, measure: str) -> list[str]:
    """What a tool names in the lines of an article."""
    found = [item for line in article.text.split("\n") if line.strip() for item in tool.finds[measure](line)]
    return found if measure in NUMBERS else list(dict.fromkeys(re.sub(r"\s", "", f) for f in found))


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """No connection can be opened."""
    before = socket.socket.connect

    def refuse(*_: object) -> None:
        raise OSError("peers are compared offline")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect = before  # type: ignore[method-assign]


Corpus = Sequence[tuple[Page, Article, Mapping[str, Any]]]


def articles() -> Corpus:
    """Every annotated article of all corpora as its editor restored it, with its annotation."""
    found = []
    for corpus in CORPORA:
        annotations = [json.loads(path.read_text("utf-8")) for path in corpus.gold.glob("*.json")]
        data = {annotation["page"]: annotation["articles"] for annotation in annotations}
        for page, restored in gold.pages(corpus.pages, corpus.gold):
            annotated = data[Path(page.source.path).name]
            found += [(page, article, a) for article, a in zip(restored, annotated, strict=True)]
    return found


def measure() -> tuple[dict[str, dict[str, Score]], dict[str, float], dict[str, str]]:
    """Scores by measure and tool, characters a second by tool, and each tool's version or why it does not run."""
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    seconds: dict[str, float] = {}
    about: dict[str, str] = {}
    corpus = articles()
    size = sum(len(article.text) for _, article, _ in corpus)
    extractor = Extractor()
    extractor.annotate(corpus[0][0].source, [corpus[0][1]])
    began = time.perf_counter()
    pages: dict[str, list[Article]] = defaultdict(list)
    for page, article, _ in corpus:
        pages[page.source.path].append(article)
    sources = {page.source.path: page.source for page, _, _ in corpus}
    records = [r for path, given in pages.items() for r in extractor.annotate(sources[path], given)]
    seconds[US] = time.perf_counter() - began
    for record, (_, _, data) in zip(records, corpus, strict=True):
        for name in MEASURES:
            scores[name][US].add(*expected(data, name), ours(record, name))
    for make in TOOLS:
        try:
            tool = make()
            about[tool.name] = tool.version
            with offline(), contextlib.redirect_stderr(io.StringIO()):  # jionlp prints the errors that it survives
                for name in tool.finds:  # the first call loads what it needs
                    theirs(tool, corpus[0][1], name)
                began = time.perf_counter()
                found = [{name: theirs(tool, article, name) for name in tool.finds} for _, article, _ in corpus]
                seconds[tool.name] = time.perf_counter() - began
        except Exception as error:
            about[make.__name__] = f"does not run: {type(error).__name__}: {error}"
            continue
        for each, (_, _, data) in zip(found, corpus, strict=True):
            for name, items in each.items():
                scores[name][tool.name].add(*expected(data, name), items)
    return scores, {tool: size / spent for tool, spent in seconds.items()}, about


def report(scores: Mapping[str, Mapping[str, Score]], rates: Mapping[str, float], about: Mapping[str, str]) -> str:
    """The page for docs/."""
    out = [HEAD.format(day=datetime.date.today())]
    out += [f"| {name} | {about.get(name, 'this tree')} | {rates[name]:,.0f} |" for name in rates]
    out += [f"| {name} | {why} | – |" for name, why in about.items() if name not in rates]
    out += [
        "",
        "Characters a second are for all that a row below asks of the tool; ours is everything a record holds.",
        "",
    ]
    out += ["| what | tool | same | near |", "|---|---|---|---|"]
    for name, title in MEASURES.items():
        for tool, score in scores[name].items():
            near = "" if name in NUMBERS else f"{Score.f1(score.near):.3f}"
            out.append(f"| {title} | {tool} | {Score.f1(score.same):.3f} | {near} |")
    better = list(_better(scores, rates))
    out += ["", "## Where they are better", "", *(better or ["In none of these figures on these pages."])]
    out += ["", "Beyond what is measured:", "", BEYOND, ""]
    return "\n".join(out)


def _better(scores: Mapping[str, Mapping[str, Score]], rates: Mapping[str, float]) -> Iterator[str]:
    for name, title in MEASURES.items():
        for tool, score in scores[name].items():
            us = scores[name][US]
            if Score.f1(score.same) > Score.f1(us.same):
                yield f"- {tool}: {title} (`same`)"
            if name not in NUMBERS and Score.f1(score.near) > Score.f1(us.near):
                yield f"- {tool}: {title} (`near`)"
    yield from (
        f"- {tool}: speed, {rate / rates[US]:.1f} times ours" for tool, rate in rates.items() if rate > rates[US]
    )


def main(arguments: Iterable[str] | None = None) -> int:
    """Measure and print, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/peers.md")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    page = report(*measure())
    if options.write:
        PAGE.write_text(page, "utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
