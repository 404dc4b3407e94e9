"""Does it read the language, or these pages? The same pages with other names and numbers must give the same figures.

Every annotated page is printed again with other places, people, organizations and numbers (bench/renaming.py), its
annotation with it, and both are scored. No figure may fall by more than 0.02.

    python -m bench.renamed                     the table; exit 1 where a figure falls
    python -m bench.renamed --keep FOLDER       also keep the renamed pages and annotations, to look at
    python -m bench.renamed --errors            also print what is missed and wrong on the renamed pages
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.gold import resolve
from bench.quality import CORPORA, SCORER, Corpus, Figures, apart, score, whole
from bench.renaming import Renaming, renaming, value
from extract.pipeline import Extractor

MEASURES = ("paragraphs", "PLACES", "ENTITIES", "in", "counts", "dates", "activities")
ALLOWED = 0.02
SEEDS = 3
TEXTS = ("headlines", "name", "in", "text", "object", "organizers", "places", "date", "audience")


def renamed_page(page: str, gold: Mapping[str, Any], seed: int) -> tuple[str, dict[str, Any]]:
    """A page and its annotation with other names, character by character in the same places."""
    new = renaming(page, gold, seed)
    lines, at = [], 0
    for line in page.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    changes: dict[int, str] = {}
    for start, end in lines:
        changes |= {start + i: c for i, c in new.changes(page[start:end]).items()}
    # a name that a column break cuts is whole only in the restored paragraph
    for block in (b for a in gold["articles"] for b in (*a["paragraphs"], *a.get("captions", []))):
        places = [i for reference in block for i in range(*resolve(str(reference), lines))]
        changes |= {places[i]: c for i, c in new.changes("".join(page[i] for i in places)).items()}
    characters = list(page)
    for i, character in changes.items():
        characters[i] = character
    return "".join(characters), {**gold, "articles": [_annotation(a, new) for a in gold["articles"]]}


def _annotation(data: Any, new: Renaming, key: str = "") -> Any:
    """The annotation with the replacements in all that it quotes from the page, and the values of the new figures."""
    if isinstance(data, dict):
        changed = {k: _annotation(v, new, k) for k, v in data.items()}
        if "value" in data and "text" in data:
            changed["value"] = value(data["value"], data["text"], changed["text"])
        return changed
    if isinstance(data, list):
        return [_annotation(item, new, key) for item in data]
    return new(data) if isinstance(data, str) and key in TEXTS else data


def renamed(corpus: Corpus, folder: Path, seed: int) -> Corpus:
    """The corpus with other names, written below `folder`."""
    other = Corpus(corpus.name, folder / corpus.name / "pages", folder / corpus.name / "gold")
    for path in (other.pages, other.gold):
        path.mkdir(parents=True)
    for annotation in sorted(corpus.gold.glob("*.json")):
        gold = json.loads(annotation.read_text("utf-8"))
        page, changed = renamed_page((corpus.pages / gold["page"]).read_bytes().decode("utf-8"), gold, seed)
        (other.pages / gold["page"]).write_bytes(page.encode("utf-8"))
        (other.gold / annotation.name).write_text(json.dumps(changed, ensure_ascii=False, indent=1), "utf-8")
    return other


def measure(extractor: Extractor, corpus: Corpus, errors: bool = False) -> dict[str, Figures]:
    """The figures of the whole way and of extraction on given articles."""
    return {
        "whole way": score(corpus, whole(extractor, corpus), errors),
        "articles given": score(corpus, apart(extractor, corpus), errors),
    }


def compared(before: Figures, after: Sequence[Figures]) -> tuple[list[str], int]:
    """A line a measure, and how many fell by more than is allowed."""
    rows, fallen = [], 0
    for name in MEASURES:
        figures = [each[name] for each in after]
        mean = statistics.mean(figures)
        change = mean - before[name]
        fallen += change < -ALLOWED
        row = f"{name:26}{before[name]:>12.3f}{mean:>10.3f}{change:>+9.3f}{'!' if change < -ALLOWED else ' '}"
        rows.append(row + "  " + " ".join(f"{figure:.3f}" for figure in figures))
    return rows, fallen


def main() -> int:
    """Measure, print, and say by the exit status whether every figure holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many times each page is renamed")
    options = parser.parse_args()
    if not SCORER.exists():
        print(f"skipped: there is no scorer at {SCORER}; it is measured where ../shared is present")
        return 0
    extractor, fallen = Extractor(), 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for corpus in CORPORA:
            before = measure(extractor, corpus)
            after = [
                measure(extractor, renamed(corpus, folder / str(seed), seed), options.errors)
                for seed in range(options.seeds)
            ]
            for way in before:
                rows, under = compared(before[way], [a[way] for a in after])
                print(f"\n{corpus.name + ', ' + way:26}{'as printed':>12}{'renamed':>10}{'change':>9}   each time")
                print("\n".join(rows))
                fallen += under
    print(f"\n{fallen} figures fall by more than {ALLOWED}" if fallen else "\nno figure falls by more than 0.02")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
