"""cli.py sql: a query of one's own."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from commands.filter_options import archive_option
from commands.paging import MOST
from commands.printing import Column, Printer, printing_options


@click.command()
@click.argument("query")
@archive_option
@click.option("--limit", type=click.IntRange(0, MOST), help="Rows to print.  [default: all; 100 in a table]")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30, show_default=True, help="Longest time it may take."
)
@printing_options
def sql(query: str, archive: Path, limit: int | None, seconds: float, printer: Printer) -> None:
    """Run one SELECT on the archive and print what it gives.

    docs/archive.md describes the tables and views; v_activity, v_count, v_article, v_entity and v_place are the ones to
    begin with: cli.py sql "SELECT type, count(*) FROM v_activity GROUP BY type" --archive archive.db
    """
    from corpus.archive import database
    from corpus.archive.own_sql import OwnSqlError, ask

    if limit is None and printer.form == "table":
        limit = 100
    try:
        with database.reading(archive) as connection:
            answer = ask(connection, query, seconds)
            columns = [Column(name, name, wrap=True) for name in _apart(answer.columns)]
            rows = islice(answer.rows, limit)
            printer.write((dict(zip((c.name for c in columns), row, strict=True)) for row in rows), columns)
            if limit is not None and next(answer.rows, None) is not None:
                click.echo(f"only the first {limit:,} rows; more: --limit", err=True)
    except OwnSqlError as error:
        raise click.BadParameter(str(error), param_hint="'QUERY'") from error
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error


def _apart(names: tuple[str, ...]) -> list[str]:
    """Column names made different: a query may give one name twice."""
    out: list[str] = []
    for name in names:
        number, shown = 2, name
        while shown in out:
            number, shown = number + 1, f"{name} {number}"
        out.append(shown)
    return out
