"""cli.py activities: one row an activity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option, distinct_option, filter_options
from commands.paging import Paging, paging_options
from commands.printing import Column, Printer, printing_options

if TYPE_CHECKING:
    from corpus.archive.filters import Filters

COLUMNS = (
    Column("article", "article"),
    Column("id"),
    Column("from", "from"),
    Column("to", "to"),
    Column("date"),
    Column("edtf"),
    Column("type", "type"),
    Column("status"),
    Column("name", "activity", wrap=True),
    Column("organizers", "organizers", wrap=True),
    Column("partners"),
    Column("places", "places", wrap=True),
    Column("place_codes"),
    Column("audience", "audience", wrap=True),
    Column("counts", "counts", wrap=True),
    Column("evidence"),
    Column("title"),
    Column("paper"),
    Column("issue_date"),
    Column("page"),
    Column("path"),
    Column("accounts"),
)


@click.command()
@archive_option
@filter_options
@distinct_option
@paging_options(("archive", "date", "type", "name"), "archive: by path, page and place on the page.")
@printing_options
def activities(archive: Path, filters: Filters, distinct: bool, paging: Paging, printer: Printer) -> None:
    """Print the activities of an archive, one a row: what, who, where, when, for whom, with which figures.

    `date` is as printed, `from` and `to` are the days that it means; they are empty where the article leaves it open.
    `counts` are the figures as printed; cli.py counts has them as numbers. JSON and CSV also have the codes of places
    and the words that say it (evidence).
    """
    from corpus.archive import activities as held
    from corpus.archive import database

    try:
        with database.reading(archive) as connection, database.told(archive):
            total = held.total(connection, filters, distinct)
            found = held.rows(connection, filters, paging.order, paging.shown(printer), paging.offset, distinct)
            printer.write((row.values() for row in found), COLUMNS)
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    paging.tell(printer, total, "activity", "activities")
