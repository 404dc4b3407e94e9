"""Any number of distinct made-up pages with known truth, for scale and for recall at scale; the same for the same seed.

    python -m bench.generate FOLDER --pages 1000 [--seed 1] [--gold FOLDER]

Each page is a file PAPER/DAY/NUMBER_PAGE.txt; with --gold its annotation is written too, in the form that
eval/score.py reads. The stories are plain: what is measured on them is speed and steadiness, not how good we are.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from tqdm import tqdm

from bench.generation.pages import STORIES, MadePage, page


def pages(seed: int = 1, start: int = 0, stories: tuple[int, int] = STORIES) -> Iterator[MadePage]:
    """Pages without end, from number `start`, each with so many stories.

    >>> first, again = next(pages(7)), next(pages(7))
    >>> first == again, first.text != next(pages(8)).text
    (True, True)
    """
    return (page(seed, number, stories) for number in count(start))


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gold", type=Path, help="folder for the annotations")
    given = parser.parse_args()
    for made in tqdm(islice(pages(given.seed), given.pages), total=given.pages, unit=" pages"):
        file = given.folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made.text, "utf-8")
        if given.gold:
            given.gold.mkdir(parents=True, exist_ok=True)
            annotation = given.gold / f"{file.stem}.json"
            annotation.write_text(json.dumps(made.gold, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
