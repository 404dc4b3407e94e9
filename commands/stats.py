"""cli.py stats: activities counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.filter_options import archive_option, distinct_option, filter_options
from commands.printing import Column, Printer, printing_options

if TYPE_CHECKING:
    from corpus.archive.filters import Filters
    from corpus.archive.stats import StatsRow


class Dimensions(click.ParamType[tuple[str, ...]]):
    """street,type,month: what to count by."""

    name = "dimensions"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The dimensions, or a usage error that lists what there is."""
        from corpus.archive.stats import DIMENSIONS

        if isinstance(value, tuple):
            return value
        wanted = tuple(each.strip() for each in value.split(",") if each.strip())
        unknown = [each for each in wanted if each not in DIMENSIONS]
        if unknown or len(set(wanted)) < len(wanted):
            what = f"{unknown[0]!r} is nothing to count by" if unknown else "one is named twice"
            self.fail(f"{what}; there are {', '.join(DIMENSIONS)}", param, ctx)
        return wanted


@click.command()
@archive_option
@click.option(
    "--by", type=Dimensions(), default="type", show_default=True, metavar="A,B,…",
    help="province, city, district, street, community, organizer, type, status, paper, year, month, day.",
)  # fmt: skip
@filter_options
@distinct_option
@printing_options
def stats(archive: Path, by: tuple[str, ...], filters: Filters, distinct: bool, printer: Printer) -> None:
    """Count activities by street, type, month or what else they have in common, with the total.

    A place of an activity counts for all that it lies in; an activity at two places counts once for each, in the total
    once. Its month is that of the day it took place, else of the issue. What is not known is an empty value.
    """
    from corpus.archive import database, derive, matched
    from corpus.archive import stats as counted
    from corpus.archive.counting import held

    columns = [column for name in by for column in _columns(name)]
    columns += [Column("activities", "activities", right=True), Column("articles", "articles", right=True)]
    try:
        with database.reading(archive) as connection, database.told(archive):
            connection.execute("BEGIN")  # columns, names and what the filters find are of one state
            made = held.read(connection)
            found = matched.activities(connection, made, filters, distinct=distinct)
            printer.write((_row(row, by) for row in counted.rows(connection, made, found, by)), columns)
            [total] = counted.rows(connection, made, found, ())
            unfinished = derive.unfinished(connection)
    except (database.ArchiveError, counted.TooManyError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"total {total.activities:,} activities in {total.articles:,} articles", err=True)
    if unfinished:
        click.echo(
            "a run of cli.py index has not ended: counted is what there was when the last one did; if none is running, "
            "run it again",
            err=True,
        )


def _columns(dimension: str) -> list[Column]:
    from schemas.annotations import DIVISIONS

    code = [Column(f"{dimension}_code", "code")] if dimension in DIVISIONS else []
    return [Column(dimension, dimension, wrap=True), *code]


def _row(row: StatsRow, by: tuple[str, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {"activities": row.activities, "articles": row.articles}
    for dimension, value, code in zip(by, row.values, row.codes, strict=True):
        values |= {dimension: value, f"{dimension}_code": code}
    return values
