"""What commands do with the terminal: progress, the program's own name, leaving in order."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from tqdm import tqdm

    from inputs import Inputs

REJECTED = 3
"""Exit status where something was rejected and the rest was done."""
FAILED = 1


def progress(inputs: Inputs, quiet: bool) -> tqdm[NoReturn]:
    """Pages, articles, rate and time left on standard error; silent where nobody watches."""
    from tqdm import tqdm

    visible = sys.stderr.isatty() and not quiet
    total = inputs.count() if visible else None
    return tqdm(total=total, unit=" pages", file=sys.stderr, disable=not visible, leave=False)


def shown(line: str) -> str:
    """A line of a page: as it is for a program, with its control characters spelt out for a terminal."""
    from corpus.naming import printable

    return "\n".join(map(printable, line.split("\n"))) if sys.stdout.isatty() else line


def program() -> list[str]:
    """How this program was called, as the user can call it again."""
    if Path(sys.argv[0]).name != "cli.py":
        return [Path(sys.argv[0]).name]
    python = Path(sys.executable)
    near = python.is_relative_to(Path.cwd())
    return [str(python.relative_to(Path.cwd())) if near else "python", os.path.relpath(sys.argv[0])]


def terminate(number: int, frame: object) -> NoReturn:
    # leaving in order stops the workers and removes the temporary files
    sys.exit(128 + number)


def leave_quietly() -> NoReturn:
    # whoever read standard output has left (| head); flushing it again at exit would complain once more
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(FAILED)
