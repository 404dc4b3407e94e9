"""Mini pages with the articles that an editor would make of them, one layout phenomenon a file.

    # city: what the page shows
    -----
    the page, verbatim
    =====
    # article
    kicker: …    main: …    subtitle: …    byline: role name    paragraph: …    crosshead: …    caption: …
    # photo
    caption: …
    leftover: …

One field a line; `incomplete:` is a paragraph whose beginning or end is not on the page, `byline: - name` one without a
role. Credit lines show in the bylines alone. Only the restoration runs, not the readers of names and numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.articles import Assembly
from extract.blocks import Reading
from extract.lines import Piece
from extract.restoration import restore_page
from extract.tokens import Dictionary, dictionary
from schemas.layout import Article, Leftover, Page, Source

FOLDER = Path(__file__).with_name("examples") / "restoration"
HEADLINES = ("kicker", "main", "subtitle")


@dataclass(frozen=True, slots=True)
class Restored:
    """A page put together, with every step on the way."""

    page: str
    pieces: tuple[Piece, ...]
    readings: tuple[Reading, ...]
    assembly: Assembly
    articles: tuple[Article, ...]
    leftovers: tuple[Leftover, ...]


@cache
def words() -> Dictionary:
    """One for all tests: it loads a dictionary."""
    return dictionary()


def restored(page: str) -> Restored:
    """The restoration of a page by itself."""
    made = restore_page(Page(Source("page.txt", "", "utf-8", "text"), page), words())
    readings = tuple(reading for region in made.regions for reading in region.readings)
    assembly = made.regions[0].assembly if made.regions else Assembly((), (), (), ())
    return Restored(page, tuple(r.piece for r in readings), readings, assembly, made.articles, made.leftovers)


def example(path: Path) -> tuple[str, list[str]]:
    """The page of an example file, and what is expected of it, line by line."""
    _, _, rest = path.read_text("utf-8").partition("-----\n")
    page, bar, expected = rest.partition("\n=====\n")
    assert bar, f"{path}: no ===== between the page and what is expected of it"
    return page, [line for line in expected.splitlines() if line]


def shown(made: Restored) -> list[str]:
    """Articles and leftovers as the example files write them."""
    lines = [line for article in made.articles for line in article_lines(article)]
    return lines + [f"leftover: {made.page[left.start : left.end]}" for left in made.leftovers]


def article_lines(article: Article) -> Iterator[str]:
    """One article as the example files write it."""
    yield f"# {article.kind}"
    yield from (f"{b.role}: {article.quote(b)}" for b in article.blocks if b.role in HEADLINES)
    yield from (f"byline: {b.role or '-'} {b.name}" for b in article.bylines)
    for block in article.blocks:
        if block.role in HEADLINES or block.role == "credit":
            continue
        # a picture story's caption is its body; in the examples it is a caption wherever it stands
        role = "caption" if article.kind == "photo" else "incomplete" if block.incomplete else block.role
        yield f"{role}: {article.quote(block)}"


def missing(page: str, expected: Sequence[str]) -> list[str]:
    """Expected texts whose characters are not printed on the page in that order: slips of whoever wrote the example."""
    printed = "".join(page.split())
    found = []
    for line in expected:
        field, colon, text = line.partition(": ")
        if not colon or field == "byline":
            continue
        at, bare, tries = 0, "".join(text.split()), 0
        while at < len(bare):  # a paragraph is put together from a few stretches of the page
            size = next((n for n in range(len(bare) - at, 0, -1) if bare[at : at + n] in printed), 0)
            at, tries = at + size, tries + 1
            if not size or tries > 8:
                found.append(line)
                break
    return found
