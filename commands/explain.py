"""cli.py explain: why a page was read as it was."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from commands.looking import look
from commands.options import one_input

if TYPE_CHECKING:
    from inputs import Inputs


@click.command()
@one_input
@click.option("--article", metavar="ID", help="Only the article with this id.")
def explain(inputs: Inputs, article: str | None) -> None:
    """Show how the pages of PATH were put together: blocks, roles, joins, with reasons and scores.

    PATH is as for extract, or one member of an archive, row of a table or page of a PDF: archive.zip!member,
    table.csv!12, issue.pdf!3.
    """
    import work

    look(inputs, functools.partial(work.explain, inputs.settings, article), f"article {article}" if article else "page")
