"""cli.py export: the archive for other tools."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option, distinct_option, filter_options
from commands.terminal import FAILED

if TYPE_CHECKING:
    import sqlite3

    from corpus.archive.filters import Filters
    from schemas.record import ArticleRecord

FORMATS: Mapping[str, str] = {
    "jsonl": "records as extract writes them",
    "csv": "a zip of four tables with their data dictionary",
    "excel": "the same as a workbook",
    "parquet": "the same as a folder of Parquet files",
    "conll": "characters with BIO tags, for training",
    "docbin": "spaCy's DocBin, for training",
    "label-studio": "tasks for correction in Label Studio",
}


@click.command()
@archive_option
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True,
    help="; ".join(f"{name}: {what}" for name, what in FORMATS.items()) + ".",
)  # fmt: skip
@click.option("-o", "--output", "target", metavar="FILE", required=True, help="Where to; - is standard output.")
@filter_options
@distinct_option
def export(archive: Path, form: str, target: str, filters: Filters, distinct: bool) -> None:
    """Write the archive, or what the filters leave of it, for other tools.

    The same archive gives the same bytes. csv, excel and parquet have the tables articles, activities, counts and
    places, joined by the column `article`, and a data dictionary. label-studio also prints the labelling interface that
    fits its tasks; what editors change there comes back with cli.py correct --import.
    """
    from corpus.archive import database
    from exports.errors import ExportError

    started = time.monotonic()
    try:
        with database.reading(archive) as connection, database.told(archive):
            if form in ("csv", "excel", "parquet"):
                written = _tables(connection, form, target, filters, distinct)
            else:
                written = _records(connection, form, target, filters)
    except (database.ArchiveError, ExportError) as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:
        sys.exit(FAILED)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written ({error.strerror or error})") from error
    what = ", ".join(f"{count:,} {name}" for name, count in written.items())
    click.echo(f"{what}; {time.monotonic() - started:.1f} s\nwritten    {target}", err=True)


def _tables(
    connection: sqlite3.Connection, form: str, target: str, filters: Filters, distinct: bool
) -> Mapping[str, int]:
    from exports import csv_files, excel, parquet
    from exports.archive_tables import tables

    if target == "-":
        raise click.UsageError(f"{form} is no text for standard output; name a file with -o")
    write: Callable[..., Mapping[str, int]] = {
        "csv": csv_files.write_zip, "excel": excel.write, "parquet": parquet.write,
    }[form]  # fmt: skip
    written = write(tables(connection, filters, distinct), Path(target))
    return {name: count for name, count in written.items() if name != "dictionary"}


def _records(connection: sqlite3.Connection, form: str, target: str, filters: Filters) -> Mapping[str, int]:
    from corpus.archive import records
    from corpus.atomic import AtomicFile
    from exports.archive_tables import article_ids

    found = article_ids(connection, filters)
    chunks = _chunks(form, records.of_articles(connection, found))
    if target == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    else:
        with AtomicFile(Path(target)) as file:
            for chunk in chunks:
                file.write(chunk)
    if form == "label-studio":
        from exports.label_studio import configuration

        click.echo(configuration(), err=True, nl=False)
    return {"articles": len(found)}


def _chunks(form: str, found: Iterator[ArticleRecord]) -> Iterator[bytes]:
    from corpus.records import article_lines, to_json

    match form:
        case "jsonl":
            for record in found:
                yield article_lines([record])
        case "conll":
            from exports import conll

            for line in conll.lines(found):
                yield f"{line}\n".encode()
        case "docbin":
            from exports import docbin

            yield docbin.to_bytes(found)
        case "label-studio":
            from exports import label_studio

            before = b"[\n"
            for task in label_studio.tasks(found):
                yield before + to_json(task)
                before = b",\n"
            yield b"[]\n" if before == b"[\n" else b"\n]\n"
