"""Options and parameter types that several commands share; `input_options` is what every command that reads takes."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from corpus.name_pattern import NamePattern
    from inputs import Inputs

Command = Callable[..., Any]


class IsoDate(click.ParamType[datetime.date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day, or a usage error."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2024-03-12", param, ctx)


class Pattern(click.ParamType["NamePattern"]):
    """A pattern for the names of files and folders."""

    name = "PATTERN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> NamePattern:
        """The pattern, or a usage error that names what there is."""
        from corpus.name_pattern import NamePattern

        try:
            return NamePattern.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Columns(click.ParamType[tuple[tuple[str, str], ...]]):
    """Which column of a table holds which field: text=content,date=pubdate."""

    name = "FIELD=COLUMN,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The pairs, or a usage error that names the fields."""
        from corpus.readers.reading import FIELDS

        pairs = [tuple(part.strip() for part in each.partition("=")[::2]) for each in value.split(",")]
        for field, column in pairs:
            if field not in FIELDS:
                self.fail(f"{field!r} is no field; there are {', '.join(FIELDS)}, as in text=content", param, ctx)
            if not column:
                self.fail(f"{field!r} has no column; write {field}=COLUMN", param, ctx)
        return tuple(pairs)


class Checked(click.ParamType[str]):
    """A name that a function of choices.py knows, or refuses with the remedy."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name in full, or a usage error."""
        from commands import choices

        check = {"region": choices.region, "model": choices.model}[self.name]
        try:
            return check(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _installed(ctx: click.Context, param: click.Parameter, wanted: bool) -> bool:
    """Whether pictures are read; a usage error with the remedy where that is not installed."""
    from commands import choices

    if wanted and not choices.can_read_pictures():
        raise click.BadParameter("reading pictures is not installed; run: pip install '.[ocr]'", ctx, param)
    return wanted


_PATHS = (
    click.argument("paths", metavar="[PATH]...", nargs=-1),
    click.option(
        "--from-file", metavar="LIST", type=click.Path(exists=True, dir_okay=False, allow_dash=True),
        help="A file with more paths, one a line; - is standard input.",
    ),
)  # fmt: skip
_READING = (
    click.option(
        "--name-pattern", type=Pattern(),
        help="What names of files and folders say, such as {paper}/{date}/{page}; also {section}, {date:%d%m%y} and "
        "{*} for anything.",
    ),
    click.option(
        "--issue-date", type=IsoDate(),
        help="The day of the issue, for every page; wins over what names and pages say.",
    ),
    click.option(
        "--map", "columns", type=Columns(), multiple=True,
        help="The columns of tables: text, title, kicker, subtitle, author, date, paper, page; usual names are known.",
    ),
    click.option("--ocr", is_flag=True, callback=_installed, help="Read pictures of pages too (pip install '.[ocr]')."),
)  # fmt: skip
_EXTRACTION = (
    click.option(
        "--region", "regions", type=Checked("region"), metavar="NAME", multiple=True,
        help="The province, city or district that the papers are from, for places that the text leaves open; "
        "repeatable.",
    ),
    click.option(
        "--model", type=Checked("model"), metavar="NAME",
        help="An installed spaCy pipeline (or a folder with one) that adds the persons and organizations it sees.",
    ),
    click.option(
        "--segmenter", type=click.Choice(["rjieba", "jieba"]), default="rjieba", show_default=True,
        help="Who cuts sentences into words: jieba's Rust twin, or jieba itself (same words, 20 times slower).",
    ),
)  # fmt: skip
_ENGINE = (
    click.option(
        "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True,
        help="Where the work is done: in worker processes here, or by the workers of a Dask cluster.",
    ),
    click.option(
        "--scheduler", metavar="ADDRESS", help="The scheduler of the Dask cluster, such as tcp://10.0.0.7:8786."
    ),
)  # fmt: skip
_LIMITS = (
    click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.  [default: one a processor]"
    ),
    click.option(
        "--page-limit", type=click.FloatRange(min=0.001), default=8, show_default=True, metavar="MB",
        help="Largest text of a page that is read; XML may have 4 times, PDF and pictures 32 times as much.",
    ),
    click.option(
        "--time-limit", type=click.FloatRange(min=0.1), default=60, show_default=True, metavar="SECONDS",
        help="Longest time for one page.",
    ),
)  # fmt: skip


def input_options(command: Command) -> Command:
    """Give a command everything that says what is read and how, as its one parameter `inputs` (inputs.Inputs)."""
    return _collected(command, (*_PATHS, *_READING, *_EXTRACTION, *_LIMITS, *_ENGINE), one=False)


def one_input(command: Command) -> Command:
    """The same for a command that looks at one PATH: a file, or a member of an archive (archive.zip!member)."""
    return _collected(command, (click.argument("path"), *_READING, *_EXTRACTION, *_LIMITS[1:]), one=True)


def _collected(command: Command, options: tuple[Callable[[Any], Any], ...], one: bool) -> Command:
    @functools.wraps(command)
    def collect(**values: Any) -> Any:
        inputs = _one(values) if one else _inputs(values)
        return command(inputs=inputs, **values)

    collected: Command = collect
    for option in reversed(options):
        collected = option(collected)
    return collected


def _one(values: dict[str, Any]) -> Inputs:
    values["paths"], values["from_file"], values["jobs"] = (values.pop("path"),), None, 1
    values["engine"], values["scheduler"] = "local", None
    return _inputs(values)


def _inputs(values: dict[str, Any]) -> Inputs:
    """Take the shared options out of `values`."""
    paths, from_file = values.pop("paths"), values.pop("from_file")
    if not paths and from_file is None:
        raise click.UsageError(
            "Missing argument 'PATH...': name files, folders or archives, or a list with --from-file"
        )
    if (*paths, from_file).count("-") > 1:
        raise click.UsageError("standard input (-) can be read only once")
    scheduler = _scheduler(values.pop("engine"), values.pop("scheduler"))
    if scheduler is None:
        from corpus import fork_server

        fork_server.start(fork_server.PRELOAD)  # before this process imports the same
    import work
    from corpus.readers import Options
    from inputs import Inputs

    reading = Options(
        issue_date=values.pop("issue_date"),
        name_pattern=values.pop("name_pattern"),
        columns=tuple(pair for pairs in values.pop("columns") for pair in pairs),
        ocr=values.pop("ocr"),
    )
    settings = work.Settings(values.pop("segmenter"), reading, values.pop("regions"), values.pop("model"))
    limit = int(values.pop("page_limit") * 2**20)
    return Inputs(paths, from_file, settings, values.pop("jobs"), limit, values.pop("time_limit"), scheduler)


def _scheduler(engine: str, scheduler: str | None) -> str | None:
    """Where the Dask scheduler is, None where none is wanted; a usage error where the two options do not fit."""
    from commands import choices

    if engine == "local":
        if scheduler is not None:
            raise click.UsageError("--scheduler is for --engine dask")
        return None
    if not choices.can_use_dask():
        raise click.UsageError("Dask is not installed; run: pip install '.[dask]'")
    if scheduler is None:
        raise click.UsageError("--engine dask needs --scheduler ADDRESS; start one with: dask scheduler")
    return scheduler
