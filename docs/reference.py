"""docs/cli.md from the commands' own --help, and the remedies in docs/sources.md, so that they are never out of date
(tests compare).

python docs/reference.py     write it anew
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "cli.md"
SOURCES = ROOT / "docs" / "sources.md"
REJECTS = "| reason | when | what to do |\n|---|---|---|\n"
HEAD = """# Command reference

Made by `make docs` from `--help`; do not edit. Inputs, rejects and limits are explained in [sources.md](sources.md).
"""


def reference(group: click.Group) -> str:
    """The reference of every command as Markdown."""
    parts = [HEAD]
    for name in sorted(group.commands):
        command = group.commands[name]
        context = click.Context(command, info_name=f"python cli.py {name}", max_content_width=100, terminal_width=100)
        context.help_option_names = ["-h", "--help"]
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def with_remedies(text: str, remedies: Mapping[str, str]) -> str:
    """The document of sources with the remedy of every reason in its row, the rows in the order of the reasons."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| .* \|$", text.partition(REJECTS)[2], re.MULTILINE))
    table = [f"| `{reason}` | {rows.get(reason, '…')} | {remedy} |" for reason, remedy in remedies.items()]
    return text.partition(REJECTS)[0] + REJECTS + "\n".join(table) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from cli import cli
    from corpus.rejects import REMEDIES

    PAGE.write_text(reference(cli), "utf-8")
    SOURCES.write_text(with_remedies(SOURCES.read_text("utf-8"), REMEDIES), "utf-8")
