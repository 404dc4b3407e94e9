"""cli.py extract: page files in, records out."""

from __future__ import annotations

import contextlib
import shlex
import signal
import sys
import time
from typing import TYPE_CHECKING

import click

from commands.options import input_options
from commands.terminal import REJECTED, leave_quietly, program, progress, terminate

if TYPE_CHECKING:
    from work import Inputs


@click.command()
@input_options
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="Where the records go (JSON Lines); - is standard output."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was rejected.")
@click.option("-v", "--verbose", is_flag=True, help="A line for every page file, and tracebacks.")
def extract(inputs: Inputs, output: str, quiet: bool, verbose: bool) -> None:
    """Read page files and write one record an article.

    PATH is a file, a folder (all files below it, sorted), a zip or tar archive, a quoted pattern such as
    'pages/**/*.txt', or - for standard input. Files are text, web pages, PDF, ALTO or METS, or tables of articles
    (CSV, JSON Lines). What could not be read is named on standard error and in FILE.rejects.jsonl; what belongs to
    no article is in FILE.leftovers.jsonl.

    Exit status: 0 all was read, 3 something was rejected (the rest is written), 2 the command was wrong.
    """
    from corpus import report
    from corpus.output import Output, OutputError
    from corpus.tally import Tally
    from corpus.workers import WorkersError

    try:
        out = Output(output)
    except OutputError as error:
        raise click.BadParameter(str(error), param_hint="'-o'") from error
    signal.signal(signal.SIGTERM, terminate)
    started, total, rejected, example = time.monotonic(), Tally(), 0, ""
    outcomes = inputs.outcomes(leave_out=out.paths)
    try:
        with out, contextlib.closing(outcomes), progress(inputs, quiet) as bar:
            for outcome in outcomes:
                out.write(outcome.records, outcome.leftovers)
                for reject in outcome.rejects:
                    out.reject(reject)
                    bar.write(report.reject(reject, verbose), file=sys.stderr)
                if outcome.tally:
                    total.add(outcome.tally)
                    total.note(outcome.notes)
                if outcome.records:
                    example = example or outcome.path
                if verbose and outcome.tally and not quiet:
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
