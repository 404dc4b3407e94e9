"""The filters that every command which asks an archive takes, and the archive itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from commands.options import IsoDate

Command = TypeVar("Command", bound=Callable[..., Any])

archive_option = click.option(
    "--archive", type=click.Path(path_type=Path), metavar="FILE", required=True,
    help="The archive, made by cli.py index.",
)  # fmt: skip
_PLACES = (("province", "provinces"), ("city", "cities"), ("district", "districts"), ("street", "streets"))
_NAMED = (
    *((option, field, f"{option.capitalize()} with all that lies in it; its suffix may be left out, its code given.")
      for option, field in _PLACES),
    ("community", "communities", "Community or village (社区, 村)."),
    ("place", "places", "Place of any kind: the above, estates, roads, venues."),
    ("organization", "organizations", "Organization whose name holds this."),
    ("person", "persons", "Person of exactly this name."),
    ("paper", "papers", "Paper whose name holds this."),
)  # fmt: skip


class ActivityType(click.ParamType[str]):
    """A type of activity that the published schema has."""

    name = "type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The type, or a usage error that lists what there is."""
        from schemas import published

        types = published.load("article")["properties"]["activities"]["items"]["properties"]["type"]["enum"]
        if value not in types:
            self.fail(f"{value!r} is no type of activity; there are {', '.join(types)}", param, ctx)
        return str(value)


def filter_options(command: Command) -> Command:
    """Give a command the filters, as its one parameter `filters` (corpus.archive.filters.Filters)."""

    @functools.wraps(command)
    def collected(**values: Any) -> Any:
        from corpus.archive.filters import Filters

        fields = ("types", *(field for _, field, _ in _NAMED), "kinds")
        chosen = {field: tuple(values.pop(field)) for field in fields}
        since, until = values.pop("since"), values.pop("until")
        if since and until and since > until:
            raise click.UsageError(f"--since {since} is after --until {until}: no day is in between")
        filters = Filters(**chosen, since=since and since.isoformat(), until=until and until.isoformat())
        return command(filters=filters, **values)

    options = [
        click.option("--type", "types", type=ActivityType(), multiple=True, metavar="TYPE",
                     help="Type of activity, as antifraud; docs/search.md lists them. Every filter but days may be "
                     "given several times: one of them is enough."),
        *(click.option(f"--{name}", field, multiple=True, metavar="NAME", help=text) for name, field, text in _NAMED),
        click.option("--since", type=IsoDate(), help="First day: of the issue, for activities their own."),
        click.option("--until", type=IsoDate(), help="Last day."),
        click.option("--kind", "kinds", type=click.Choice(["article", "photo"]), multiple=True, help="Of the article."),
    ]  # fmt: skip
    decorated: Any = collected
    for option in reversed(options):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


distinct_option = click.option(
    "--distinct", is_flag=True, help="What several articles tell of one activity counts once: the first account of it."
)
