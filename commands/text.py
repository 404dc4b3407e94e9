"""cli.py text: what was read of a page, before anything is made of it."""

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
@click.option("--marks", is_flag=True, help="Instead, what markup or geometry says of the text's parts.")
def text(inputs: Inputs, marks: bool) -> None:
    """Print the text of the pages of PATH as it was read: what the ranges in `source` and leftovers count in.

    PATH is as for extract, or one member of an archive, row of a table or page of a PDF: archive.zip!member,
    table.csv!12, issue.pdf!3.
    """
    import work

    look(inputs, functools.partial(work.show, inputs.settings, marks), "page")
