"""cli.py places: the authority file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.filter_options import archive_option, filter_options
from commands.printing import Column, Printer, printing_options

if TYPE_CHECKING:
    from corpus.archive.filters import Filters
    from corpus.archive.places import Order, PlaceRow

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
TYPES = ("province", "city", "district", "street", "community", "estate", "road", "venue")


@click.command()
@archive_option
@filter_options
@click.option(
    "--level", "levels", multiple=True, type=click.Choice(TYPES), help="Only places of this type; repeatable."
)
@click.option(
    "--sort", "order", type=click.Choice(["place", "name", "articles", "first"]), default="place", show_default=True,
    help="place: from provinces down, by their codes.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), help="Places to print.  [default: all; 50 in a table]")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Places to leave out before.")
@printing_options
def places(
    archive: Path,
    filters: Filters,
    levels: tuple[str, ...],
    order: Order,
    limit: int | None,
    offset: int,
    printer: Printer,
) -> None:
    """Print every distinct place that the archive has met: what it lies in, its code, how often, since when.

    What a place lies in is known by its code, or because articles print the two as one chain (`told` says how many,
    `example` is one of them). `learned` articles name the place alone; they mean it because no other place of the name
    is in that paper. Filters give the places of those articles; a place given as a filter, what lies in it.
    """
    from corpus.archive import database
    from corpus.archive import places as authority

    shown = 50 if limit is None and printer.form == "table" else limit
    try:
        with database.reading(archive) as connection, database.told(archive):
            total = authority.total(connection, filters, levels)
            printer.write(map(_row, authority.rows(connection, filters, levels, order, shown, offset)), COLUMNS)
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    if printer.form == "table" or not total:
        left = max(total - offset - (total if shown is None else shown), 0)
        more = f"; {left:,} more: --offset {offset + (shown or 0)}, or --limit" if left else ""
        click.echo(f"{total:,} place{'s' * (total != 1)}{more}", err=True)


def _row(row: PlaceRow) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name, None) for column in COLUMNS}
    return values | {"in": list(row.chain), "variants": list(row.variants)}
