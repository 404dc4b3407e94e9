"""--sort, --limit and --offset, and what is said of the rows that were not printed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from commands.printing import Printer

Command = TypeVar("Command", bound=Callable[..., Any])
ON_A_SCREEN = 50
"""Rows of a table where no limit is given."""
MOST = 1_000_000_000
"""More than an archive has, and no more than SQLite counts to."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows are wanted, in which order."""

    order: str
    limit: int | None
    offset: int

    def shown(self, printer: Printer) -> int | None:
        """How many rows are printed at most; None: all."""
        return ON_A_SCREEN if self.limit is None and printer.form == "table" else self.limit

    def tell(self, printer: Printer, total: int, one: str, several: str) -> None:
        """Say on standard error how many there are and how to see the rest; only beside a table, or where none are."""
        if printer.form != "table" and total:
            return
        shown = self.shown(printer)
        left = max(total - self.offset - (total if shown is None else shown), 0)
        more = f"; {left:,} more: --offset {self.offset + (shown or 0)}, or --limit" if left else ""
        click.echo(f"{total:,} {one if total == 1 else several}{more}", err=True)


def paging_options(orders: Sequence[str], meaning: str) -> Callable[[Command], Command]:
    """Give a command its paging as the one parameter `paging`; the first of `orders` is the default."""

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def collected(order: str, limit: int | None, offset: int, **values: Any) -> Any:
            return command(paging=Paging(order, limit, offset), **values)

        options = (
            click.option(
                "--sort", "order", type=click.Choice(orders), default=orders[0], show_default=True, help=meaning
            ),
            click.option(
                "--limit",
                type=click.IntRange(0, MOST),
                help=f"Rows to print.  [default: all; {ON_A_SCREEN} in a table]",
            ),
            click.option("--offset", type=click.IntRange(0, MOST), default=0, help="Rows to leave out before."),
        )
        decorated: Any = collected
        for option in reversed(options):
            decorated = option(decorated)
        return decorated  # type: ignore[no-any-return]

    return decorate
