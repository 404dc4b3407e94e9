"""Every format gives the same articles: our sample pages rendered in each, read back, compared with what was printed.

    python -m bench.formats [--keep FOLDER] [--errors] [--only NAME …]

Headlines, paragraphs, captions and bylines are compared with the articles as an editor restored them (tests/golden),
which every format is rendered from; so is the text version itself. Entities with their codes, counts and activities
are compared with those of the text version. Texts are compared exactly, white space apart; all go through traditional
characters and back first, for Big5's sake.
Exit status 1 where headlines or paragraphs are under the bar in precision or recall.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.rendering.files import write
from bench.rendering.formats import BAR, FORMATS, LOWER_BARS, WITHOUT_PICTURE_STORIES
from bench.rendering.issue import GOLD, SAMPLES, Sheet, annotated
from bench.rendering.plain import simplified, traditional
from corpus import readers
from corpus.rejects import Reject, Rejected
from corpus.sources import page_files
from extract.pipeline import Extractor
from schemas.layout import HEADLINE_ROLES
from schemas.record import ArticleRecord

PRINTED = ("headlines", "paragraphs", "articles", "captions", "bylines")
FOUND = ("entities", "codes", "counts", "activities")
HELD = ("headlines", "paragraphs")

Items = Counter[tuple[str, ...]]


@dataclass(slots=True)
class Read:
    """What the program made of one format."""

    records: list[ArticleRecord] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def read(folder: Path, extractor: Extractor) -> Read:
    """All records of a folder, as the command makes them."""
    result = Read()
    for file in page_files([str(folder)]):
        if isinstance(file, Reject):
            result.rejects.append(file)
            continue
        try:
            reading = readers.read(file)
            result.rejects.extend(error.at(f"{file.path}!{number}") for number, error in reading.refused)
            for page in reading.pages:
                result.records.extend(extractor.extract(page).records)
        except Rejected as error:
            result.rejects.append(error.at(file.path))
    return result


def fold(text: str) -> str:
    """What two texts are compared by: no white space; simplified characters as they come back from traditional ones.

    >>> fold("東華街道　居民")  # Donghua subdistrict, residents
    '东华街道居民'
    """
    return simplified(traditional(re.sub(r"\s+", "", text)))


def printed(rendered: Iterable[Sheet], form: str = "text") -> dict[str, Items]:
    """What was printed in a format, by kind."""
    items: dict[str, Items] = {kind: Counter() for kind in PRINTED}
    for sheet in rendered:
        for story in sheet.stories:
            if story.is_photo and form in WITHOUT_PICTURE_STORIES:
                continue
            body = [fold(text) for _, text in story.body]
            _article(items, [fold(text) for text in story.headlines], body, [fold(text) for text in story.captions])
            items["bylines"].update((fold(name), fold(role)) for name, role in story.names)
    return items


def found(records: Iterable[ArticleRecord]) -> dict[str, Items]:
    """What was read, by kind."""
    items: dict[str, Items] = {kind: Counter() for kind in (*PRINTED, *FOUND)}
    for record in records:
        article = record.article
        quoted = [(block.role, fold(article.quote(block))) for block in article.blocks]
        photo = article.kind == "photo"
        body = [text for role, text in quoted if role in ("paragraph", "crosshead") and not photo]
        captions = [text for role, text in quoted if role == "caption" or (photo and role == "paragraph")]
        _article(items, [text for role, text in quoted if role in HEADLINE_ROLES], body, captions)
        items["bylines"].update((fold(byline.name), fold(byline.role)) for byline in article.bylines)
        items["entities"].update((e.type, fold(e.name)) for e in record.entities)
        items["codes"].update((fold(e.name), e.code) for e in record.entities if e.code)
        items["counts"].update((fold(c.text), f"{c.value} {c.max}", fold(c.unit)) for c in record.counts)
        items["activities"].update((fold(a.name), a.type) for a in record.activities)
    return items


def _article(items: dict[str, Items], headlines: list[str], body: list[str], captions: list[str]) -> None:
    items["headlines"].update([("".join(headlines),)] if headlines else [])
    items["paragraphs"].update((text,) for text in body)
    # a photographer's name may stand in the caption or apart from it
    captions = [re.sub(r"(?<=[。！？”])[^。！？”]{1,16}$", "", text) for text in captions]
    items["captions"].update((text,) for text in captions)
    items["articles"].update([("".join(headlines), *body, *sorted(captions))])


def share(wanted: Items, got: Items) -> tuple[float, float, float]:
    """Precision, recall and F1 of two bags."""
    same, all_wanted, all_got = (wanted & got).total(), wanted.total(), got.total()
    precision, recall = same / all_got if all_got else 1.0, same / all_wanted if all_wanted else 1.0
    return precision, recall, 2 * same / (all_wanted + all_got) if all_wanted + all_got else 1.0


def row(name: str, result: Read, wanted: dict[str, Items]) -> tuple[str, bool]:
    """A format's line of the table, and whether it reaches the bar."""
    if not result.records:
        reasons = ", ".join(f"{n} {reason}" for reason, n in Counter(r.reason for r in result.rejects).items())
        return f"{name:22} not read yet: {reasons or 'no records'}", False
    got = found(result.records)
    shares = {kind: share(wanted[kind], got[kind]) for kind in (*PRINTED, *FOUND)}
    bar = LOWER_BARS.get(name, BAR)
    held = all(min(shares[kind][:2]) >= bar for kind in HELD)
    cells = [f"{shares[kind][0]:10.3f}{shares[kind][1]:6.3f}" for kind in HELD]
    cells += [f"{shares[kind][2]:11.3f}" for kind in (*PRINTED[len(HELD) :], *FOUND)]
    note = f"  (bar {bar})" if bar != BAR else ""
    note += "" if held else "  under the bar"
    rejected = f"  {len(result.rejects)} rejected" if result.rejects else ""
    return f"{name:22}{''.join(cells)}{note}{rejected}", held


def differences(result: Read, wanted: dict[str, Items], kinds: Sequence[str]) -> Iterator[str]:
    """What was printed and not read (-), what was read and not printed (+)."""
    got = found(result.records)
    for kind in kinds:
        for sign, items in (("-", wanted[kind] - got[kind]), ("+", got[kind] - wanted[kind])):
            for item in sorted(items.elements()):
                yield f"  {sign} {kind:10} {' | '.join(item)[:150]}"
    for reject in result.rejects:
        yield f"  ! {reject.reason:10} {reject.path}: {reject.message}"


def main() -> int:
    """Render, read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the rendered files there")
    parser.add_argument("--errors", action="store_true", help="list what differs")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="formats whose names contain one of these")
    parser.add_argument("--pages", type=Path, default=SAMPLES, help="text pages to render instead of the samples")
    parser.add_argument("--gold", type=Path, default=GOLD, help="their annotations")
    options = parser.parse_args()
    rendered = tuple(annotated(options.pages, options.gold))
    chosen = [n for n in FORMATS if n == "text" or not options.only or any(part in n for part in options.only)]
    extractor, under, known = Extractor(), 0, dict[str, Items]()
    head = "".join(f"{kind + ' P, R':>16}" for kind in HELD) + "".join(
        f"{k:>11}" for k in (*PRINTED[len(HELD) :], *FOUND)
    )
    print(f"{len(rendered)} pages, {printed(rendered)['articles'].total()} articles\n{'':22}{head}")
    with tempfile.TemporaryDirectory() as scratch:
        for name in chosen:
            folder = (options.keep or Path(scratch)) / re.sub(r"[^a-z0-9]+", "-", name.lower())
            write(FORMATS[name](rendered), folder)
            result = read(folder, extractor)
            if name == "text":
                known = {kind: found(result.records)[kind] for kind in FOUND}
            wanted = printed(rendered, name) | known
            line, held = row(name, result, wanted)
            under += not held
            print(line, flush=True)
            for difference in differences(result, wanted, (*PRINTED, *FOUND)) if options.errors else ():
                print(difference)
    print(
        f"{under} of {len(chosen)} formats under the bar of {BAR}" if under else "every format gives the same articles"
    )
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
