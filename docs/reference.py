"""docs/cli.md from the commands' own --help, so that it is never out of date (a test compares).

python docs/reference.py     write it anew
"""

import sys
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "cli.md"
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


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from cli import cli

    PAGE.write_text(reference(cli), "utf-8")
