"""cli.py counts: one row a figure."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option, filter_options
from commands.printing import Column, Printer, printing_options

if TYPE_CHECKING:
    from corpus.archive.counts import Order
    from corpus.archive.filters import Filters

COLUMNS = (
    Column("article", "article"),
    Column("id"),
    Column("value", "value", right=True),
    Column("max", "to", right=True),
    Column("mod", "mod"),
    Column("unit", "unit"),
    Column("object", "of", wrap=True),
    Column("role", "role"),
    Column("text", "as printed", wrap=True),
    Column("activity", "activity", wrap=True),
    Column("type"),
    Column("title"),
    Column("paper"),
    Column("issue_date", "issue"),
    Column("page"),
    Column("path"),
)


@click.command()
@archive_option
@filter_options
@click.option(
    "--sort", "order", type=click.Choice(["archive", "date", "value", "object"]), default="archive", show_default=True,
    help="archive: by path, page and place on the page.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), help="Counts to print.  [default: all; 50 in a table]")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Counts to leave out before.")
@printing_options
def counts(archive: Path, filters: Filters, order: Order, limit: int | None, offset: int, printer: Printer) -> None:
    """Print the figures of an archive, one a row: value, unit, what is counted, how exact, and whose activity it is.

    With --type, a place or an organization only the figures of such activities are there.
    """
    from corpus.archive import counts as figures
    from corpus.archive import database

    shown = 50 if limit is None and printer.form == "table" else limit
    try:
        with database.reading(archive) as connection, database.told(archive):
            total = figures.total(connection, filters)
            printer.write(map(asdict, figures.rows(connection, filters, order, shown, offset)), COLUMNS)
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    if printer.form == "table" or not total:
        left = max(total - offset - (total if shown is None else shown), 0)
        more = f"; {left:,} more: --offset {offset + (shown or 0)}, or --limit" if left else ""
        click.echo(f"{total:,} count{'s' * (total != 1)}{more}", err=True)
