"""Articles as an editor restored them (ANNOTATION.md), so that extraction is measured apart from restoration.

Given perfect articles, what do the readers find? The difference to the whole pipeline's figures is restoration's.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.layout import Article, ArticleKind, Block, BlockRole, Byline, Page, Range, Source


def pages(folder: Path, gold: Path) -> Iterator[tuple[Page, tuple[Article, ...]]]:
    """Every page of `folder` that `gold` annotates, with its articles as annotated."""
    for annotation in sorted(gold.glob("*.json")):
        data = json.loads(annotation.read_text("utf-8"))
        path = folder / data["page"]
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        source = Source(str(path), hashlib.sha256(raw).hexdigest(), "utf-8", "text")
        articles = (gold_article(a, text, f"{i:016x}") for i, a in enumerate(data["articles"]))
        yield Page(source, text), tuple(articles)


def gold_article(data: dict[str, Any], page: str, identity: str) -> Article:
    """One annotated article as the pipeline would have restored it."""
    lines, at = [], 0
    for line in page.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    parts: list[tuple[BlockRole, tuple[Range, ...]]] = []
    for headline in data["headlines"]:
        start, end = next(r for r in lines if page[slice(*r)].strip() == headline.strip())
        parts.append(("main", ((start, end),)))
    for paragraph in data["paragraphs"]:
        ranges = tuple(resolve(str(reference), lines) for reference in paragraph)
        text = "".join(page[s:e] for s, e in ranges).strip()
        short = data["kind"] == "article" and len(text) <= 12 and text[-1] not in "。！？”"
        parts.append(("crosshead" if short else "paragraph", ranges))
    for caption in data.get("captions", []):
        parts.append(("caption", tuple(resolve(str(reference), lines) for reference in caption)))
    text, blocks = "", []
    for role, ranges in parts:
        words = "".join(page[s:e] for s, e in ranges)
        if text:
            text += "\n"
        blocks.append(Block(role, len(text), len(text) + len(words), ranges))
        text += words
    kind: ArticleKind = data["kind"]
    bylines = tuple(Byline(b["name"], b["role"]) for b in data.get("bylines", []))
    return Article(identity, kind, text, tuple(blocks), bylines)


def resolve(reference: str, lines: list[Range]) -> Range:
    """A line reference, "33" or "33:0-64", as a range of the page's characters."""
    number, _, part = reference.partition(":")
    start, end = lines[int(number) - 1]
    if part:
        first, _, last = part.partition("-")
        start, end = start + int(first), start + (int(last) if last else end - start)
    return start, end
