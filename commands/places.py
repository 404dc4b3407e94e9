"""cli.py places: the authority file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option, filter_options
from commands.paging import Paging, paging_options
from commands.printing import Column, Printer, printing_options
from schemas.annotations import PLACE_TYPES

if TYPE_CHECKING:
    from corpus.archive.filters import Filters

COLUMNS = (
    Column("type", "type"),
    Column("name", "name", wrap=True),
    Column("code", "code"),
    Column("in", "in", wrap=True),
    Column("basis", "known by"),
    Column("told", "told", right=True),
    Column("learned", "learned", right=True),
    Column("articles", "articles", right=True),
    Column("activities", "activities", right=True),
    Column("mentions"),
    Column("first", "first"),
    Column("last", "last"),
    Column("variants", "also printed", wrap=True),
    Column("example"),
)


@click.command()
@archive_option
@filter_options
@click.option(
    "--level", "levels", multiple=True, type=click.Choice(PLACE_TYPES), help="Only places of this type; repeatable."
)
@paging_options(("place", "name", "articles", "first"), "place: from provinces down, by their codes.")
@printing_options
def places(
    archive: Path,
    filters: Filters,
    levels: tuple[str, ...],
    paging: Paging,
    printer: Printer,
) -> None:
    """Print every distinct place that the archive has met: what it lies in, its code, how often, since when.

    What a place lies in is known by its code, or because articles print the two as one chain (`told` says how many,
    `example` is one of them). `learned` articles name the place alone; they mean it because no other place of the name
    is in that paper. Filters give the places of those articles; a place given as a filter, what lies in it.
    """
    from corpus.archive import database
    from corpus.archive import places as authority

    try:
        with database.reading(archive) as connection, database.told(archive):
            total = authority.total(connection, filters, levels)
            shown = paging.shown(printer)
            found = authority.rows(connection, filters, levels, paging.order, shown, paging.offset)
            printer.write((row.values() for row in found), COLUMNS)
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    paging.tell(printer, total, "place", "places")
