"""python -m bench.scale WHAT: see --help.

    plan    what plan foretells against what runs take
    jobs    how much faster more workers are
    flat    memory and speed from the first page to the last

The program runs as its user runs it, on pages of bench.generate. What disturbed is told with every figure.
"""

import argparse
import sys
from pathlib import Path

from bench.generation.pages import STORIES
from bench.scale import flatness, foretold, jobs
from bench.scale.program import SHORT


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_subparsers(required=True, metavar="WHAT")
    plan = what.add_parser("plan")
    plan.add_argument("--sizes", type=int, nargs="+", default=[100, 500, 2000], metavar="PAGES")
    plan.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    plan.add_argument("--folder", type=Path, help="pages that are there, instead of generated ones")
    plan.set_defaults(run=lambda told: foretold.main(told.sizes, told.workers, told.folder))
    more = what.add_parser("jobs")
    more.add_argument("--pages", type=int, default=2000)
    more.add_argument("--most", type=int, default=2, metavar="WORKERS")
    more.add_argument("--short", action="store_true", help="pages of one article")
    more.set_defaults(run=lambda told: jobs.main(told.pages, told.most, SHORT if told.short else STORIES))
    flat = what.add_parser("flat")
    flat.add_argument("--pages", type=int, default=100_000)
    flat.add_argument("--jobs", type=int, default=2)
    flat.add_argument("--minutes", type=float, default=25, help="stop after so many")
    flat.set_defaults(run=lambda told: flatness.main(told.pages, told.jobs, told.minutes))
    told = parser.parse_args()
    told.run(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
