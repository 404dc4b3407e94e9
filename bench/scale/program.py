"""The program's command line, and pages to give it."""

import sys
from itertools import islice
from pathlib import Path

from bench.generate import pages
from bench.generation.pages import STORIES

ROOT = Path(__file__).parent.parent.parent
SHORT = (1, 1)
"""Stories of a short page."""
ISSUE = 16
"""Pages of one day's paper."""


def command(*arguments: object) -> list[str]:
    """The program as its user runs it."""
    return [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]


def generated(folder: Path, number: int, stories: tuple[int, int] = STORIES) -> Path:
    """A folder with so many pages: ISSUE pages in a folder, a thousand in a folder above them."""
    issue = Path()
    for at, made in enumerate(islice(pages(stories=stories), number)):
        if at % ISSUE == 0:
            issue = folder / f"{at // 1000:04}" / Path(made.path).parent
            issue.mkdir(parents=True, exist_ok=True)
        (issue / Path(made.path).name).write_text(made.text, "utf-8")
    return folder
