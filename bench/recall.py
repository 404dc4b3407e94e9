"""Recall at scale: figures over hundreds of made-up pages set in real districts, streets and communities.

    python -m bench.recall [--pages 120] [--seed 1] [--errors]

The stories are plain (bench/generate.py), the names are not: they are drawn from all urban districts of the country. So
what is lost here is lost on names. Exit 1 where a figure is under its floor; prints that it was skipped without
../shared, where the scorer is.
"""

import argparse
import json
import tempfile
import time
from itertools import islice
from pathlib import Path

from bench.generate import pages
from bench.quality import SCORER, Corpus, score, whole
from extract.pipeline import Extractor

FLOORS = {
    "articles": 0.99,
    "headlines": 0.99,
    "paragraphs": 0.97,
    "PLACES": 0.985,
    "in": 0.98,
    "organization": 0.97,
    "person": 0.97,
    "counts": 0.99,
    "dates": 0.99,
    "activities": 0.99,
    "activity type": 0.98,
    "activity name": 0.98,
}
"""Measured with the default seed, less about a hundredth."""


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    if not SCORER.exists():
        print(f"skipped: there is no scorer at {SCORER}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus("generated", Path(folder) / "pages", Path(folder) / "gold")
        corpus.pages.mkdir()
        corpus.gold.mkdir()
        for made in islice(pages(given.seed), given.pages):
            name = Path(made.path).name
            (corpus.pages / name).write_text(made.text, "utf-8")
            (corpus.gold / name).with_suffix(".json").write_text(json.dumps(made.gold, ensure_ascii=False), "utf-8")
        started = time.monotonic()
        figures = score(corpus, whole(Extractor(), corpus), given.errors)
        print(f"{given.pages} pages, seed {given.seed}, {time.monotonic() - started:.1f} s")
    for measure, floor in FLOORS.items():
        print(f"{measure:16}{figures[measure]:8.3f}{'!' if figures[measure] < floor else ' '} {floor:.3f}")
    return int(any(figures[measure] < floor for measure, floor in FLOORS.items()))


if __name__ == "__main__":
    raise SystemExit(main())
