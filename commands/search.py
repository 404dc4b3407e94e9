"""cli.py search: articles of an archive by their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.filter_options import archive_option, filter_options
from commands.paging import MOST
from commands.printing import Column, Printer, printing_options

if TYPE_CHECKING:
    from corpus.archive.filters import Filters
    from corpus.archive.search import Found, Hit

COLUMNS = (
    Column("id"),
    Column("score", "score", right=True),
    Column("issue_date", "issue"),
    Column("paper"),
    Column("page"),
    Column("kind"),
    Column("title", "title", wrap=True),
    Column("snippet", "text", wrap=True),
    Column("path", "path", wrap=True),
)


@click.command()
@click.argument("query", default="")
@archive_option
@filter_options
@click.option("--limit", type=click.IntRange(0, MOST), default=20, show_default="20", help="Articles to print.")
@click.option("--offset", type=click.IntRange(0, MOST), default=0, help="Articles to leave out before: the next page.")
@printing_options
def search(query: str, archive: Path, filters: Filters, limit: int, offset: int, printer: Printer) -> None:
    """Find the articles that hold QUERY, best first: every one a scan of all texts would find, and no other.

    Words set apart by spaces must all be there; OR or | between two means either; NOT or - before one means without;
    parentheses group. A word is found wherever its characters stand in a row, "in quotation marks" also with spaces
    and signs. title: body: paper: place: org: person: type: before a word say where it must be. Script, width,
    capitals, kinds of quotation marks and dashes, and spaces between Chinese characters make no difference.

    Without QUERY all articles that the filters leave are printed, newest first.
    """
    from corpus.archive import database, derive
    from corpus.archive.advice import advice
    from corpus.archive.query import QueryError
    from corpus.archive.search import search as find
    from corpus.archive.words import FullText

    try:
        with database.reading(archive) as connection, database.told(archive):
            if derive.outdated(connection, FullText()):
                raise click.ClickException(
                    f"{archive} was indexed by another version of this program; bring it up to date: cli.py index PATH "
                    f"--archive {archive}"
                )
            found = find(connection, query, filters, limit, offset)
            printer.write(map(_row, found.hits), COLUMNS)
            if printer.form == "table" or not found.total:
                click.echo(_summary(found, _asked(query, filters), limit, offset), err=True)
            if not found.total:
                for sentence in advice(connection, query, filters, found.expression):
                    click.echo(f"  {sentence}", err=True)
    except QueryError as error:
        raise click.BadParameter(f"{error}", param_hint="'QUERY'") from error
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error


def _row(hit: Hit) -> dict[str, Any]:
    return {column.name: getattr(hit, column.name) for column in COLUMNS}


def _asked(query: str, filters: Filters) -> str:
    """What was searched for, as on the command line."""
    from corpus.archive.advice import OPTIONS

    parts = [query.strip()] if query.strip() else []
    for field in filters.given():
        values = getattr(filters, field)
        parts += [f"--{OPTIONS[field]} {value}" for value in ((values,) if isinstance(values, str) else values)]
    return f" for {' '.join(parts)}" if parts else ""


def _summary(found: Found, asked: str, limit: int, offset: int) -> str:
    if not found.total:
        return f"no article found{asked}"
    many = f"{'' if found.exact else 'up to '}{found.total:,} article{'s' * (found.total != 1)}{asked}"
    shown = len(found.hits)
    if not shown and limit:
        return f"{many}; none behind --offset {offset}"
    if not shown or (offset == 0 and shown == found.total):
        return many
    following = f"; next page: --offset {offset + limit}" if offset + shown < found.total else ""
    return f"{many}, {offset + 1} to {offset + shown} shown{following}"
