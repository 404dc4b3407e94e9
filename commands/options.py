"""Options and parameter types that several commands share."""

from __future__ import annotations

import datetime
from typing import Any

import click


class IsoDate(click.ParamType[datetime.date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day, or a usage error."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2024-03-12", param, ctx)


segmenter_option = click.option(
    "--segmenter",
    type=click.Choice(["rjieba", "jieba"]),
    default="rjieba",
    show_default=True,
    help="Who cuts sentences into words: jieba's Rust twin, or jieba itself (same words, 20 times slower).",
)
date_option = click.option(
    "--issue-date",
    type=IsoDate(),
    help="The day of the issue, for every page; wins over the dates in names of files and folders.",
)


class Checked(click.ParamType[str]):
    """A name that a function of work.py knows, or refuses with the remedy."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name in full, or a usage error."""
        import work

        check = {"region": work.region, "model": work.model}[self.name]
        try:
            return check(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


region_option = click.option(
    "--region",
    "regions",
    type=Checked("region"),
    metavar="NAME",
    multiple=True,
    help="The province, city or district that the papers are from, for places that the text leaves open; repeatable.",
)
model_option = click.option(
    "--model",
    type=Checked("model"),
    metavar="NAME",
    help="An installed spaCy pipeline (or a folder with one) that adds the persons and organizations it sees.",
)
