"""The command line: newspaper pages in, article records out. `cli.py COMMAND --help` explains each command.

Thin on purpose. Each command is a module of `commands`; what is done with a page is in work.py, the halves of the
program in `corpus` and `extract`. Heavy imports are inside the commands, so that --help is instant.
"""

import sys

import click

from commands.activities import activities
from commands.correct import correct
from commands.counts import counts
from commands.explain import explain
from commands.export import export
from commands.extract import extract
from commands.index import index
from commands.places import places
from commands.plan import plan
from commands.schema import schema
from commands.search import search
from commands.serve import serve
from commands.show import show
from commands.sql import sql
from commands.stats import stats
from commands.text import text


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Chinese newspaper pages in, article records out: who did what, where, when, for whom, with which figures."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the records are UTF-8 whatever the terminal or the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


COMMANDS = (
    extract, plan, explain, index, serve, search, activities, counts, places, stats, show, correct, sql, export, text,
    schema,
)  # fmt: skip
for command in COMMANDS:
    cli.add_command(command)


if __name__ == "__main__":
    cli()
