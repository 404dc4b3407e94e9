"""The command line: newspaper pages in, article records out. `cli.py COMMAND --help` explains each command.

Thin on purpose: parse, call, print. The only module that prints. What is done with a page is in work.py, the halves of
the program in `corpus` and `extract`. Heavy imports are inside the commands, so that --help is instant.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from tqdm import tqdm

    from extract.tokens import SegmenterName

REJECTED = 3
FAILED = 1


class IsoDate(click.ParamType[datetime.date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day, or a usage error."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2024-03-12", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Chinese newspaper pages in, article records out: who did what, where, when, for whom, with which figures."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the records are UTF-8 whatever the terminal or the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


segmenter_option = click.option(
    "--segmenter",
    type=click.Choice(["rjieba", "jieba"]),
    default="rjieba",
    show_default=True,
    help="Who cuts sentences into words: jieba's Rust twin, or jieba itself (same words, 20 times slower).",
)
date_option = click.option(
    "--issue-date",
    type=IsoDate(),
    help="The day of the issue, for every page; wins over the dates in names of files and folders.",
)


class Checked(click.ParamType[str]):
    """A name that a function of work.py knows, or refuses with the remedy."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name in full, or a usage error."""
        import work

        check = {"region": work.region, "model": work.model}[self.name]
        try:
            return check(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


region_option = click.option(
    "--region",
    "regions",
    type=Checked("region"),
    metavar="NAME",
    multiple=True,
    help="The province, city or district that the papers are from, for places that the text leaves open; repeatable.",
)
model_option = click.option(
    "--model",
    type=Checked("model"),
    metavar="NAME",
    help="An installed spaCy pipeline (or a folder with one) that adds the persons and organizations it sees.",
)


@cli.command()
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
    from corpus.tally import Tally
    from corpus.workers import WorkersError

    try:
        out = Output(output)
    except OutputError as error:
        raise click.BadParameter(str(error), param_hint="'-o'") from error
    signal.signal(signal.SIGTERM, _terminate)
    started, total, rejected, example = time.monotonic(), Tally(), 0, ""
    limit = int(page_limit * 2**20)
    files = sources.page_files(paths, limit, leave_out=out.paths)
    settings = work.Settings(segmenter, issue_date, regions, model)
    outcomes = work.outcomes(files, settings, jobs, time_limit)
    try:
        with out, contextlib.closing(outcomes), _progress(paths, quiet) as bar:
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
            _leave_quietly()
        raise click.ClickException(f"{error}; nothing was written under the final name") from error
    if not quiet:
        following = shlex.join([*_program(), "explain", example])
        for line in report.summary(total, rejected, time.monotonic() - started, out, following):
            click.echo(line, err=True)
    sys.exit(REJECTED if rejected else 0)


@cli.command()
@click.argument("path")
@click.option("--article", metavar="ID", help="Only the article with this id.")
@date_option
@region_option
@model_option
@segmenter_option
def explain(
    path: str,
    article: str | None,
    issue_date: datetime.date | None,
    regions: tuple[str, ...],
    model: str | None,
    segmenter: SegmenterName,
) -> None:
    """Show how the pages of PATH were put together: blocks, roles, joins, with reasons and scores.

    PATH is as for extract, or one member of an archive: archive.zip!member.
    """
    import work
    from corpus import readers, report, sources
    from corpus.rejects import Reject, Rejected
    from corpus.workers import WorkersError

    try:
        reader = work.extractor(work.Settings(segmenter, issue_date, regions, model))
    except WorkersError as error:
        raise click.ClickException(str(error)) from error
    archive, _, member = path.partition("!")
    inside = bool(member) and not os.path.exists(path)
    shown = rejected = 0
    for file in sources.page_files([archive if inside else path]):
        if inside and file.path != path:
            continue
        try:
            if isinstance(file, Reject):
                raise Rejected(file.reason, file.message)
            for page in readers.read(file, issue_date).pages:
                result = reader.extract(page)
                if article and article not in [record.article.id for record in result.records]:
                    continue
                shown += 1
                for line in result.explanation.lines(article):
                    click.echo(line)
        except Rejected as error:
            rejected += 1
            click.echo(report.reject(error.at(file.path)), err=True)
    if not shown and not rejected:
        what = f"no article {article}" if article else f"no member {member}" if inside else "no page"
        raise click.UsageError(f"{path} has {what}; `cli.py extract {archive} -o -` prints what is there")
    sys.exit(REJECTED if rejected else 0)


@cli.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema NAME; without a name, list what there is."""
    from schemas import published

    if name is None:
        for each in published.names():
            title = published.load(each)
            click.echo(f"{each:10} {title['title']:12} {title['description'].partition('. ')[0].rstrip('.')}.")
    elif name in published.names():
        click.echo(published.text(name), nl=False)
    else:
        raise click.BadParameter(f"there is none named {name!r}; there are: {', '.join(published.names())}")


def _progress(paths: tuple[str, ...], quiet: bool) -> tqdm[NoReturn]:
    """Pages, articles, rate and time left on standard error; silent where nobody watches."""
    from tqdm import tqdm

    from corpus import sources

    visible = sys.stderr.isatty() and not quiet
    total = sources.count(paths) if visible else None
    return tqdm(total=total, unit=" pages", file=sys.stderr, disable=not visible, leave=False)


def _program() -> list[str]:
    """How this program was called, as the user can call it again."""
    if Path(sys.argv[0]).name != Path(__file__).name:
        return [Path(sys.argv[0]).name]
    python = Path(sys.executable)
    near = python.is_relative_to(Path.cwd())
    return [str(python.relative_to(Path.cwd())) if near else "python", os.path.relpath(__file__)]


def _terminate(number: int, frame: object) -> NoReturn:
    # leaving in order stops the workers and removes the temporary files
    sys.exit(128 + number)


def _leave_quietly() -> NoReturn:
    # whoever read standard output has left (| head); flushing it again at exit would complain once more
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(FAILED)


if __name__ == "__main__":
    cli()
