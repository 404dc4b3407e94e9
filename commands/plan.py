"""cli.py plan: how long, how much memory and disk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from commands.options import input_options
from commands.terminal import program

if TYPE_CHECKING:
    from commands.forecast import Estimate, Sample
    from inputs import Inputs

SLOWEST = 5
"""Kinds of files that are named as the ones that take the time."""


@click.command()
@input_options
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
    help="Worker processes that the run will have.",
)  # fmt: skip
@click.option(
    "--processors", type=click.IntRange(min=1), metavar="N",
    help="Processors like this one's that the run will have, for its workers and for the process that feeds them and "
    "stores.  [default: those of this machine; for a cluster say one more than its workers]",
)  # fmt: skip
@click.option(
    "--sample", "files", type=click.IntRange(min=1), default=60, show_default=True, metavar="N",
    help="Most files that are read for it.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30, show_default=True, metavar="S",
    help="About how long the sample may take.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed draws another sample.")
@click.option("--json", "as_json", is_flag=True, help="Figures as one JSON object: seconds and bytes.")
def plan(
    inputs: Inputs, workers: int, processors: int | None, files: int, seconds: float, seed: int, as_json: bool
) -> None:
    """Tell how long extracting PATH will take with N workers, how much memory and how much disk.

    Lists everything under PATH, extracts a sample of it here, drawn by format and size, and scales that up. Nothing is
    written. The ranges say how far other samples would have led, times what machines differ; what the figures do not
    rest on is named.

    Exit status: 0, 1 where there is nothing to extract, 2 the command was wrong.
    """
    import work
    from commands import forecast
    from corpus.given import STANDARD_INPUT
    from corpus.workers import WorkersError

    if STANDARD_INPUT in inputs.paths:
        raise click.UsageError("standard input can be read only once, by the run itself; name files")
    if inputs.scheduler is not None:
        raise click.UsageError("plan reads its sample here; leave --engine out, and name the cluster's --workers")
    try:
        taken = forecast.sample(inputs, files, seconds, seed)
    except WorkersError as error:
        raise click.ClickException(str(error)) from error
    if not taken.files:
        raise click.ClickException("there is nothing to extract under these paths")
    told = figures(taken, workers, processors or work.processors())
    if as_json:
        from corpus.records import to_json

        click.echo(to_json(told).decode())
    else:
        for line in lines(taken, told, workers):
            click.echo(line)
        click.echo(f"next       {' '.join(program())} extract … --jobs {workers}", err=not sys.stdout.isatty())


def figures(taken: Sample, workers: int, processors: int) -> dict[str, Any]:
    """The forecast as plain values: seconds and bytes; ranges as [value, low, high]."""
    from commands.forecast import IN_FLIGHT, MACHINE
    from corpus.archive.database import CACHE

    work = taken.estimate(lambda cost: cost.worker)
    reading = taken.estimate(lambda cost: cost.reader)
    articles = taken.estimate(lambda cost: cost.articles)
    start = taken.start

    def clock(shared: float, alone: float) -> float:
        # whoever is slowest sets the pace: all the workers, the one process that feeds them and writes, or the
        # processors, where there are fewer than processes
        return start + max(shared / min(workers, taken.survey.files), alone, (shared + alone) / processors)

    margins = (1.0, *MACHINE)
    extract = [
        clock(shared, alone) * margin
        for shared, alone, margin in zip(_range(work), _range(reading), margins, strict=True)
    ]
    # the one process that stores is also the one that reads; what ends a run comes when all is stored
    index = [
        (clock(shared, alone + taken.store * stored) + taken.finish * stored) * margin
        for shared, alone, stored, margin in zip(_range(work), _range(reading), _range(articles), margins, strict=True)
    ]
    limit = work.value / max(1e-9, reading.value)
    memory = taken.base + taken.server + workers * taken.memory + min(IN_FLIGHT, taken.survey.bytes)
    archive = [taken.empty + taken.kept * each for each in _range(articles)]
    return {
        "files": taken.survey.files,
        "bytes": taken.survey.bytes,
        "sampled": taken.files,
        "workers": workers,
        "processors": processors,
        "pages": _range(taken.estimate(lambda cost: cost.pages)),
        "articles": _range(articles),
        "processor_seconds": [start + reading.value + each for each in _range(work)],
        "extract_seconds": extract,
        "index_seconds": index,
        "most_workers": round(limit),
        "memory_bytes": memory,
        # what SQLite keeps at hand of the archive
        "index_memory_bytes": round(memory + min(CACHE, archive[0])),
        "worker_memory_bytes": taken.memory,
        "records_bytes": _range(taken.estimate(lambda cost: cost.written)),
        "archive_bytes": archive,
        "slowest": _slowest(taken),
        "unknown": taken.unknown,
    }


def lines(taken: Sample, told: dict[str, Any], workers: int) -> list[str]:
    """The forecast for people."""
    from corpus.limits import megabytes

    def between(key: str, name: Any) -> str:
        value, low, high = told[key]
        return f"{name(value)}  (between {name(low)} and {name(high)})"

    slowest = ", ".join(
        f"{each['form']} {each['share']:.0%} ({each['seconds_a_file']:.2g} s a file)" for each in told["slowest"]
    )
    return [
        f"input      {told['files']} files, {size(told['bytes'])}; {told['sampled']} of them read for this",
        f"finds      {between('pages', count)} pages, {between('articles', count)} articles",
        f"extract    {between('extract_seconds', duration)} with {workers} worker{'s' * (workers > 1)}",
        f"index      {between('index_seconds', duration)}, where one process stores what the workers find",
        f"assumed    the run has {told['processors']} processor{'s' * (told['processors'] > 1)} to itself, for workers "
        "and for the process that feeds them and stores; --processors for another number",
        f"more       up to some {told['most_workers']} workers help, each with a processor: the one process that feeds "
        "them is the limit",
        f"memory     {megabytes(told['memory_bytes'])}: {megabytes(told['worker_memory_bytes'])} a worker;"
        f" {megabytes(told['index_memory_bytes'])} for index",
        f"disk       {between('records_bytes', size)} of records; {between('archive_bytes', size)} of archive",
        f"time goes  {slowest}",
        *(f"unknown    {each}" for each in told["unknown"]),
    ]


def _range(estimate: Estimate) -> list[float]:
    return [estimate.value, estimate.low, estimate.high]


def _slowest(taken: Sample) -> list[dict[str, Any]]:
    """The forms that take the time, by their share of it."""
    seconds: dict[str, list[float]] = {}
    for stratum, costs in taken.costs:
        total = taken.of_stratum(stratum, costs, lambda cost: cost.worker)
        entry = seconds.setdefault(stratum.form, [0.0, 0.0])
        entry[0] += total
        entry[1] += stratum.files
    whole = max(1e-9, sum(each[0] for each in seconds.values()))
    ranked = sorted(seconds.items(), key=lambda each: -each[1][0])[:SLOWEST]
    return [{"form": form, "share": each[0] / whole, "seconds_a_file": each[0] / each[1]} for form, each in ranked]


def duration(seconds: float) -> str:
    """A time for people.

    >>> duration(0.4), duration(75), duration(7300), duration(400_000)
    ('0.4 s', '75 s', '2.0 hours', '4.6 days')
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 600:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours" if seconds < 2 * 86400 else f"{seconds / 86400:.1f} days"


def size(count: float) -> str:
    """Bytes for people.

    >>> size(900), size(12_345_678), size(5e12)
    ('900 bytes', '12 MB', '5.0 TB')
    """
    for unit, bytes_ in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if count >= bytes_:
            return f"{count / bytes_:.1f} {unit}" if count < 10 * bytes_ else f"{count / bytes_:.0f} {unit}"
    return f"{count:.0f} bytes"


def count(number: float) -> str:
    """A number for people.

    >>> count(1234567.8)
    '1,234,568'
    """
    return f"{number:,.0f}"
