"""cli.py explain: why a page was read as it was."""

from __future__ import annotations

import datetime
import os
import sys
from typing import TYPE_CHECKING

import click

from commands.options import date_option, model_option, region_option, segmenter_option
from commands.terminal import REJECTED

if TYPE_CHECKING:
    from extract.tokens import SegmenterName


@click.command()
@click.argument("path")
@click.option("--article", metavar="ID", help="Only the article with this id.")
@date_option
@region_option
@model_option
@segmenter_option
def explain(
    path: str,
    article: str | None,
    issue_date: datetime.date | None,
    regions: tuple[str, ...],
    model: str | None,
    segmenter: SegmenterName,
) -> None:
    """Show how the pages of PATH were put together: blocks, roles, joins, with reasons and scores.

    PATH is as for extract, or one member of an archive: archive.zip!member.
    """
    import work
    from corpus import readers, report, sources
    from corpus.rejects import Reject, Rejected
    from corpus.workers import WorkersError

    settings = work.Settings(segmenter, readers.Options(issue_date), regions, model)
    try:
        reader = work.extractor(settings)
    except WorkersError as error:
        raise click.ClickException(str(error)) from error
    archive, _, member = path.partition("!")
    inside = bool(member) and not os.path.exists(path)
    shown = rejected = 0
    for file in sources.page_files([archive if inside else path]):
        if inside and file.path != path:
            continue
        try:
            if isinstance(file, Reject):
                raise Rejected(file.reason, file.message)
            for page in readers.read(file, settings.reading).pages:
                result = reader.extract(page)
                if article and article not in [record.article.id for record in result.records]:
                    continue
                shown += 1
                for line in result.explanation.lines(article):
                    click.echo(line)
        except Rejected as error:
            rejected += 1
            click.echo(report.reject(error.at(file.path)), err=True)
    if not shown and not rejected:
        what = f"no article {article}" if article else f"no member {member}" if inside else "no page"
        raise click.UsageError(f"{path} has {what}; `cli.py extract {archive} -o -` prints what is there")
    sys.exit(REJECTED if rejected else 0)
