"""The command line: newspaper pages in, article records out. `cli.py COMMAND --help` explains each command.

Thin on purpose. Each command is a module of `commands`; what is done with a page is in work.py, the halves of the
program in `corpus` and `extract`. Heavy imports are inside the commands, so that --help is instant.
"""

import sys

import click

from commands.explain import explain
from commands.extract import extract
from commands.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Chinese newspaper pages in, article records out: who did what, where, when, for whom, with which figures."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the records are UTF-8 whatever the terminal or the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (extract, explain, schema):
    cli.add_command(command)


if __name__ == "__main__":
    cli()
