"""cli.py show: one article with what was read from it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.filter_options import archive_option

if TYPE_CHECKING:
    from exports.annotations import Label
    from schemas.record import ArticleRecord

COLOURS = {
    "province": "bright_black", "city": "bright_black", "district": "magenta", "street": "blue", "community": "cyan",
    "estate": "green", "road": "yellow", "venue": "bright_magenta", "organization": "bright_yellow", "person": "red",
    "date": "bright_blue", "count": "bright_green",
}  # fmt: skip


@click.command()
@click.argument("article_id", metavar="ID")
@archive_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(article_id: str, archive: Path, form: str) -> None:
    """Print the article ID with its places, people, dates and figures marked, and its activities below.

    Marks are 【words|type】, colours on a terminal. Copies of a page share their ids: all of them are printed. json
    gives the record as it stands in the archive.
    """
    from corpus.archive import database, records
    from corpus.records import article_lines

    if not re.fullmatch(r"[0-9a-f]{16}", article_id):
        what = f"{article_id!r} is no article's id: 16 hex digits, as search prints them"
        raise click.BadParameter(what, param_hint="'ID'")
    try:
        with database.reading(archive) as connection, database.told(archive):
            found = list(records.with_id(connection, article_id))
    except database.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException(f"there is no article {article_id} in {archive}; cli.py search finds ids")
    for number, record in enumerate(found):
        if form == "json":
            click.echo(article_lines([record]), nl=False)
            continue
        if number:
            click.echo()
        for line in _lines(record, sys.stdout.isatty()):
            click.echo(line)


def _lines(record: ArticleRecord, coloured: bool) -> Iterator[str]:
    from corpus.naming import printable
    from exports.annotations import labels

    source, article = record.source, record.article
    yield printable(f"{article.id}  {article.kind}  {source.path}")
    printed = (source.paper, source.issue_date, source.page and f"page {source.page}", source.format, source.encoding)
    yield printable("  ".join(str(each) for each in printed if each))
    if article.bylines:
        yield printable("by " + ", ".join(f"{b.name} ({b.role})" if b.role else b.name for b in article.bylines))
    marked = labels(record)
    for block in article.blocks:
        yield ""
        stretches = _stretches(record, marked, block.start, block.end)
        text = "".join(_painted(words, kind, coloured) for words, kind in stretches)
        label = "" if block.role == "paragraph" else f"[{block.role}] "
        yield f"{label}{text}{' [incomplete]' if block.incomplete else ''}"
    yield from _activities(record)


def _activities(record: ArticleRecord) -> Iterator[str]:
    from corpus.naming import printable

    names = {entity.id: entity.name for entity in record.entities}
    figures = {count.id: count.text for count in record.counts}
    days = {date.id: date for date in record.dates}
    for activity in record.activities:
        yield ""
        yield printable(f"{activity.id}  {activity.type}, {activity.status}: {activity.name}")
        day = days.get(activity.date or "")
        slots = (
            ("organizers", [names[each] for each in activity.organizers]),
            ("partners", [names[each] for each in activity.partners]),
            ("places", [names[each] for each in activity.places]),
            ("date", [f"{day.text} = {day.value or 'undecided'}"] if day else []),
            ("audience", list(activity.audience)),
            ("counts", [figures[each] for each in activity.counts]),
        )
        for label, values in slots:
            if values:
                yield printable(f"    {label:11}{', '.join(values)}")


def _stretches(
    record: ArticleRecord, marked: Sequence[Label], start: int, end: int
) -> Iterator[tuple[str, str | None]]:
    at, text = start, record.article.text
    for label in marked:
        if start <= label.start and label.end <= end:
            yield text[at : label.start], None
            yield text[label.start : label.end], label.type
            at = label.end
    yield text[at:end], None


def _painted(words: str, kind: str | None, coloured: bool) -> str:
    from corpus.naming import printable

    shown = printable(words)
    if kind is None or not shown:
        return shown
    return click.style(shown, fg=COLOURS[kind], bold=True) if coloured else f"【{shown}|{kind}】"
