"""Quality as numbers with floors: the whole pipeline, and extraction alone on articles that an editor restored.

    python -m bench.quality             print the figures; exit 1 where one is under its floor
    python -m bench.quality --propose   print the figures as they would stand in floors.toml
    python -m bench.quality --errors    print every miss and false find too

The scorer and five annotated pages are in ../shared, our own in corpus/samples and tests/golden. A corpus is known by
a fingerprint: floors hold for the very pages they were measured on.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from bench import gold
from corpus import readers, records
from corpus.sources import PageFile, page_files
from extract.pipeline import Extractor
from schemas.record import ArticleRecord

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "eval" / "score.py"
FLOORS = Path(__file__).with_name("floors.toml")

Figures = dict[str, float]
"""A measure's F1, or its mean where it is a share; `problems` is how often the contract was broken."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages with their annotations."""

    name: str
    pages: Path
    gold: Path

    def fingerprint(self) -> str:
        """16 hex digits over the names and bytes of pages and annotations."""
        digest = hashlib.sha256()
        annotated = sorted(self.gold.glob("*.json"))
        for path in [*annotated, *(self.pages / json.loads(p.read_text("utf-8"))["page"] for p in annotated)]:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]


CORPORA = (
    Corpus("shared", SHARED / "pages", SHARED / "gold"),
    Corpus("samples", ROOT / "corpus" / "samples", ROOT / "tests" / "golden"),
)


def whole(extractor: Extractor, corpus: Corpus) -> Iterable[ArticleRecord]:
    """The records of the whole pipeline, from the bytes."""
    for file in page_files([str(corpus.pages)]):
        if isinstance(file, PageFile):
            for page in readers.read(file).pages:
                yield from extractor.extract(page).records


def apart(extractor: Extractor, corpus: Corpus) -> Iterable[ArticleRecord]:
    """The records of extraction on articles as annotated: what is missing here, restoration did not lose."""
    number = count()
    for page, articles in gold.pages(corpus.pages, corpus.gold):
        # the records of all pages go into one file, where an id may stand only once
        known = tuple(replace(article, id=f"{next(number):016x}") for article in articles)
        yield from extractor.annotate(page.source, known)


def score(corpus: Corpus, found: Iterable[ArticleRecord], errors: bool) -> Figures:
    """The scorer's figures on `found`; with `errors`, its list of what is missed and wrong is printed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.jsonl"
        file.write_bytes(records.article_lines(list(found)))
        command = [sys.executable, str(SCORER), str(corpus.pages), str(corpus.gold), str(file)]
        if errors:
            subprocess.run([*command, "--errors"], check=True)
        printed = subprocess.run([*command, "--json"], check=True, capture_output=True).stdout
    result = json.loads(printed)
    for problem in result["problems"]:
        print(f"contract broken: {problem}")
    figures = {name: f.get("f1", f.get("mean")) for name, f in result["figures"].items()}
    return {**figures, "problems": float(len(result["problems"]))}


def table(corpus: Corpus, measured: Mapping[str, Figures], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The figures as lines, the ones under their floors marked."""
    lines = [
        f"\n{corpus.name:20}{'whole way':>18}{'articles given':>18}",
        f"{'':20}{'figure  floor':>18}{'figure  floor':>18}",
    ]
    for measure in measured["whole"]:
        line = f"{measure:20}"
        for way in ("whole", "apart"):
            figure, floor = measured[way].get(measure), floors.get(way, {}).get(measure)
            shown = "" if figure is None else f"{figure:.3f}"
            mark = "!" if missed(measure, figure, floor) else " "
            line += f"{shown:>11}{mark}{'' if floor is None else f'{floor:.3f}':>6}"
        lines.append(line.rstrip())
    return lines


def missed(measure: str, figure: float | None, floor: float | None) -> bool:
    """Whether a floor is not reached; of `problems` the floor is the most there may be."""
    if floor is None:
        return False
    if figure is None:
        return True
    return figure > floor if measure == "problems" else figure < floor


def main() -> int:
    """Measure, print, and say by the exit status whether every floor is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--propose", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--corpus", choices=[corpus.name for corpus in CORPORA])
    options = parser.parse_args()
    if not SCORER.exists():
        print(f"skipped: there is no scorer at {SCORER}; quality is measured where ../shared is present")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    extractor = Extractor()
    under = []
    for corpus in CORPORA:
        if options.corpus not in (None, corpus.name):
            continue
        ways = {"whole": whole(extractor, corpus), "apart": apart(extractor, corpus)}
        measured = {way: score(corpus, found, options.errors) for way, found in ways.items()}
        known = floors.get(corpus.name, {})
        if options.propose:
            print("\n".join(proposal(corpus, measured)))
            continue
        print("\n".join(table(corpus, measured, known)))
        if corpus.fingerprint() != known.get("fingerprint"):
            under.append(f"{corpus.name}: other pages than the floors were measured on; measure and set them anew")
        under += [
            f"{corpus.name}: {measure} is {measured[way].get(measure)}, its floor ({way}) {floor}"
            for way in ways
            for measure, floor in known.get(way, {}).items()
            if missed(measure, measured[way].get(measure), floor)
        ]
    print("\n" + "\n".join(under or ["every floor is reached"]) if not options.propose else "")
    return 1 if under else 0


def proposal(corpus: Corpus, measured: Mapping[str, Figures]) -> list[str]:
    """The figures as they would stand in floors.toml: a percent under what was measured, in steps of half a percent."""
    lines = [f"[{corpus.name}]", f'fingerprint = "{corpus.fingerprint()}"']
    for way, figures in measured.items():
        lines.append(f"\n[{corpus.name}.{way}]")
        lines += [
            f'"{m}" = {f if m == "problems" else max(0, int((f - 0.01) * 200) / 200)}' for m, f in figures.items()
        ]
    return [*lines, ""]


if __name__ == "__main__":
    sys.exit(main())
