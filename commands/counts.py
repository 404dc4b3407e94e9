"""cli.py counts: one row a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option, filter_options
from commands.paging import Paging, paging_options
from commands.printing import Column, Printer, printing_options

if TYPE_CHECKING:
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
@paging_options(("archive", "date", "value", "object"), "archive: by path, page and place on the page.")
@printing_options
def counts(archive: Path, filters: Filters, paging: Paging, printer: Printer) -> None:
    """Print the figures of an archive, one a row: value, unit, what is counted, how exact, and whose activity it is.

    With --type, a place or an organization only the figures of such activities are there.
    """
    from corpus.archive import counts as figures
    from corpus.archive import database

    try:
        with database.reading(archive) as connection, database.told(archive):
            total = figures.total(connection, filters)
            found = figures.rows(connection, filters, paging.order, paging.shown(printer), paging.offset)
            printer.write((row.values() for row in found), COLUMNS)
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    paging.tell(printer, total, "count", "counts")
