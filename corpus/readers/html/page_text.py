"""Articles' lines to the page's text with marks and regions over it."""

from collections.abc import Sequence

from corpus.readers.html.articles import Stretch
from schemas.layout import Mark, Region


def assemble(stretches: Sequence[Stretch]) -> tuple[str, tuple[Mark, ...], tuple[Region, ...]]:
    """The text in the form of a dump: a line a block, an empty line at a gap of the layout, two between articles."""
    text: list[str] = []
    marks: list[Mark] = []
    regions: list[Region] = []
    at = 0

    def put(words: str) -> None:
        nonlocal at
        text.append(words)
        at += len(words)

    for stretch in stretches:
        start = -1
        for n, printed in enumerate(stretch.printed):
            if text:
                put("\n\n\n" if n == 0 else "\n\n" if printed.gap else "\n")
            start = at if start < 0 else start
            put(printed.text)
            if printed.reason:
                marks.append(
                    Mark(at - len(printed.text), at, printed.role, printed.reason, printed.points, printed.whole)
                )
        if stretch.single and start >= 0:
            regions.append(Region(start, at, stretch.reason, single=True))
    put("\n" if text else "")
    return "".join(text), tuple(marks), tuple(regions)
