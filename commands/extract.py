"""cli.py extract: page files in, records out."""

from __future__ import annotations

import contextlib
import datetime
import shlex
import signal
import sys
import time
from typing import TYPE_CHECKING

import click

from commands.options import date_option, model_option, region_option, segmenter_option
from commands.terminal import REJECTED, leave_quietly, program, progress, terminate

if TYPE_CHECKING:
    from extract.tokens import SegmenterName


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="Where the records go (JSON Lines); - is standard output."
)
@date_option
@region_option
@model_option
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.  [default: one a processor]")
@segmenter_option
@click.option(
    "--page-limit", type=click.FloatRange(min=0.001), default=8, show_default=True, metavar="MB",
    help="Largest page file that is read.",
)  # fmt: skip
@click.option(
    "--time-limit", type=click.FloatRange(min=0.1), default=60, show_default=True, metavar="SECONDS",
    help="Longest time for one page file.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was rejected.")
@click.option("-v", "--verbose", is_flag=True, help="A line for every page file, and tracebacks.")
def extract(
    paths: tuple[str, ...],
    output: str,
    issue_date: datetime.date | None,
    regions: tuple[str, ...],
    model: str | None,
    jobs: int | None,
    segmenter: SegmenterName,
    page_limit: float,
    time_limit: float,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read page files and write one record an article.

    PATH is a text file, a folder (all files below it, sorted), or a zip or tar archive of them. What could not be
    read is named on standard error and in FILE.rejects.jsonl; what belongs to no article is in FILE.leftovers.jsonl.

    Exit status: 0 all was read, 3 something was rejected (the rest is written), 2 the command was wrong.
    """
    import work
    from corpus import report, sources
    from corpus.output import Output, OutputError
    from corpus.readers import Options
    from corpus.tally import Tally
    from corpus.workers import WorkersError

    try:
        out = Output(output)
    except OutputError as error:
        raise click.BadParameter(str(error), param_hint="'-o'") from error
    signal.signal(signal.SIGTERM, terminate)
    started, total, rejected, example = time.monotonic(), Tally(), 0, ""
    limit = int(page_limit * 2**20)
    files = sources.page_files(paths, limit, leave_out=out.paths)
    settings = work.Settings(segmenter, Options(issue_date), regions, model)
    outcomes = work.outcomes(files, settings, jobs, time_limit)
    try:
        with out, contextlib.closing(outcomes), progress(paths, quiet) as bar:
            for outcome in outcomes:
                out.write(outcome.records, outcome.leftovers)
                for reject in outcome.rejects:
                    out.reject(reject)
                    bar.write(report.reject(reject, verbose), file=sys.stderr)
                if outcome.tally:
                    total.add(outcome.tally)
                if outcome.records:
                    example = example or outcome.path
                if (verbose or outcome.notes) and outcome.tally and not quiet:
                    bar.write(report.page(outcome.path, outcome.tally, outcome.notes), file=sys.stderr)
                rejected += len(outcome.rejects)
                bar.set_postfix_str(f"{total.articles} articles", refresh=False)
                bar.update()
    except (WorkersError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            leave_quietly()
        raise click.ClickException(f"{error}; nothing was written under the final name") from error
    if not quiet:
        following = shlex.join([*program(), "explain", example])
        for line in report.summary(total, rejected, time.monotonic() - started, out, following):
            click.echo(line, err=True)
    sys.exit(REJECTED if rejected else 0)
