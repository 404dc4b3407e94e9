"""cli.py extract: page files in, records out."""

from __future__ import annotations

import contextlib
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import input_options
from commands.terminal import REJECTED, leave_quietly, program, progress, terminate

if TYPE_CHECKING:
    from collections.abc import Generator

    from corpus.output import Output
    from corpus.part_forms import Form
    from corpus.partitions import Partitions
    from inputs import Inputs
    from work import Outcome


@click.command()
@input_options
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="Where the records go (JSON Lines); - is standard output."
)
@click.option(
    "--partition-size", type=click.IntRange(min=1), metavar="N",
    help="Make the output a folder of parts with at most N sources each; a later run makes only what is missing.",
)  # fmt: skip
@click.option(
    "--partition-format", "form", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True,
    help="Parts as JSON Lines, which index reads too, or as Parquet (pip install '.[parquet]').",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was rejected.")
@click.option("-v", "--verbose", is_flag=True, help="A line for every page file, and tracebacks.")
def extract(inputs: Inputs, output: str, partition_size: int | None, form: Form, quiet: bool, verbose: bool) -> None:
    """Read page files and write one record an article.

    PATH is a file, a folder (all files below it, sorted), a zip or tar archive, a quoted pattern such as
    'pages/**/*.txt', or - for standard input. Files are text, web pages, PDF, ALTO or METS, or tables of articles
    (CSV, JSON Lines). What could not be read is named on standard error and in FILE.rejects.jsonl; what belongs to
    no article is in FILE.leftovers.jsonl.

    Exit status: 0 all was read, 3 something was rejected (the rest is written), 2 the command was wrong.
    """
    from corpus import report
    from corpus.output import OutputError
    from corpus.tally import Tally
    from corpus.workers import WorkersError

    try:
        out = _output(inputs, output, partition_size, form)
    except OutputError as error:
        raise click.BadParameter(str(error), param_hint="'-o'") from error
    signal.signal(signal.SIGTERM, terminate)
    started, total, rejected, example = time.monotonic(), Tally(), 0, ""
    outcomes = _outcomes(inputs, out)
    try:
        with out, contextlib.closing(outcomes), progress(inputs, quiet) as bar:
            for outcome in outcomes:
                out.add(outcome.records, outcome.leftovers, outcome.rejects, outcome.pages)
                for reject in outcome.rejects:
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
    except (WorkersError, OutputError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            leave_quietly()
        raise click.ClickException(f"{error}; {_left(out)}") from error
    rejected += _rejected_before(out)
    if not quiet:
        following = shlex.join([*program(), "explain", example])
        for line in report.summary(total, rejected, time.monotonic() - started, out, following):
            click.echo(line, err=True)
    sys.exit(REJECTED if rejected else 0)


def _output(inputs: Inputs, output: str, partition_size: int | None, form: Form) -> Output | Partitions:
    """Where the records go; OutputError where they cannot."""
    from corpus.output import STANDARD_OUTPUT, Output, OutputError

    if partition_size is None:
        if form != "jsonl":
            raise OutputError("Parquet is written in parts; give --partition-size too, such as 5000")
        return Output(output)
    if output == STANDARD_OUTPUT:
        raise OutputError("parts need a folder; name one")
    folder = Path(output).resolve()
    for path in inputs.paths:
        if folder.is_relative_to(Path(path).resolve()):
            raise OutputError(f"{output} lies in {path}, which is read; name a folder outside of it")
    from corpus.partitions import Partitions

    return Partitions(Path(output), partition_size, inputs.made_by, form)


def _outcomes(inputs: Inputs, out: Output | Partitions) -> Generator[Outcome, None, None]:
    """What becomes of the files of this run; of those that belong to finished parts nothing."""
    from corpus.output import Output

    if isinstance(out, Output):
        return inputs.outcomes(leave_out=out.paths)
    return inputs.work_on(out.todo(inputs.files(known=out.known)))


def _left(out: Output | Partitions) -> str:
    """What there is after a run that could not go on."""
    from corpus.output import Output

    if isinstance(out, Output):
        return "nothing was written under the final name"
    return "the parts that were finished are kept, and the same command goes on there"


def _rejected_before(out: Output | Partitions) -> int:
    """Rejects in the parts that are kept."""
    from corpus.output import Output

    return 0 if isinstance(out, Output) else sum(part.rejects for part in out.kept)
