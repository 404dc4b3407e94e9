"""The same pages in other layouts: what restoration owes to blank lines, and what it can do without them.

Every annotated page is printed again without picture gaps, without any blank line, hard-wrapped at two widths, and with
half-width punctuation. The articles must come out as the editor restored them, white space apart.

    python -m bench.layouts [--pages FOLDER --gold FOLDER] [--errors]
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.gold import pages
from extract.restoration import restore_page
from extract.tokens import Dictionary, dictionary
from schemas.layout import Article, Page, Source

HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")
LONG = 24  # characters from which a line is body text for the layouts that treat body and headlines differently

Item = tuple[str, str]
"""Kind (headline, paragraph, caption) and text without white space."""


def as_printed(text: str) -> str:
    """The page itself."""
    return text


def without_picture_gaps(text: str) -> str:
    """Gaps where a picture stood closed to one blank line."""
    return re.sub(r"\n{3,}", "\n\n", text)


def without_blank_lines(text: str) -> str:
    """No blank line left."""
    return re.sub(r"\n{2,}", "\n", text)


def wrapped(text: str, width: int = 20) -> str:
    """Body lines broken at a fixed width, blank lines kept."""
    return _body(text, lambda line: "\n".join(line[i : i + width] for i in range(0, len(line), width)))


def half_width(text: str) -> str:
    """Half-width punctuation instead of full-width."""
    return text.translate(HALF_WIDTH)


def _body(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(change(line) if len(line) >= LONG else line for line in text.split("\n"))


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as printed": as_printed,
    "no picture gaps": without_picture_gaps,
    "no blank lines": without_blank_lines,
    "wrapped at 20": wrapped,
    "wrapped at 38": lambda text: wrapped(text, 38),
    "half-width": half_width,
}


def restored(text: str, words: Dictionary) -> tuple[Article, ...]:
    """The articles of a page, without reading what they say."""
    return restore_page(Page(Source("page.txt", "", "utf-8", "text"), text), words).articles


def items(articles: Sequence[Article]) -> Iterator[Item]:
    """What is compared: each article's headline, each paragraph and each caption, without white space."""
    for article in articles:
        headline = ""
        for block in article.blocks:
            text = re.sub(r"\s+", "", article.quote(block)).translate(HALF_WIDTH)
            if block.role in ("kicker", "main", "subtitle"):
                headline += text
            elif block.role != "credit":
                yield ("caption" if block.role == "caption" else "paragraph"), text
        if headline:
            yield "headline", headline


def f1(expected: Sequence[Item], found: Sequence[Item]) -> float:
    """F1 of two bags of items."""
    same = sum((Counter(expected) & Counter(found)).values())
    return 2 * same / (len(expected) + len(found)) if expected or found else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=Path("corpus/samples"))
    parser.add_argument("--gold", type=Path, default=Path("tests/golden"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--least", type=float, default=0.0, help="fail where a layout falls under this figure")
    args = parser.parse_args()
    words = dictionary()
    failed = False
    for name, layout in LAYOUTS.items():
        expected: list[Item] = []
        found: list[Item] = []
        for page, articles in pages(args.pages, args.gold):
            wanted, got = list(items(articles)), list(items(restored(layout(page.text), words)))
            expected.extend(wanted)
            found.extend(got)
            if args.errors:
                for sign, missing in (("-", Counter(wanted) - Counter(got)), ("+", Counter(got) - Counter(wanted))):
                    for kind, text in missing:
                        print(f"{sign} {name:16} {Path(page.source.path).stem[:10]:10} {kind:9} {text[:60]}")
        figure = f1(expected, found)
        failed |= figure < args.least
        print(f"{name:18} {figure:.3f}  of {len(expected)} headlines, paragraphs and captions")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
