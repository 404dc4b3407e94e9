"""What the commands share that look at the pages of one path: explain and text."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from commands.terminal import REJECTED, leave_quietly, shown

if TYPE_CHECKING:
    from corpus.rejects import Reject
    from corpus.sources import PageFile
    from inputs import Inputs
    from work import Work


def look(inputs: Inputs, work: Work, what: str) -> None:
    """Print what `work` tells of every page of the one path of `inputs`; a usage error where there is no `what`."""
    from corpus import report
    from corpus.workers import WorkersError
    from work import outcomes

    (path,) = inputs.paths
    archive, wanted = _member(path)
    inputs = dataclasses.replace(inputs, paths=(archive,))
    files = _only(inputs.files(), wanted) if wanted else inputs.files()
    told = rejected = 0
    with contextlib.closing(outcomes(files, inputs.settings, inputs.jobs, inputs.seconds, work)) as results:
        try:
            for outcome in results:
                for line in outcome.told:
                    click.echo(shown(line))
                told += bool(outcome.told)
                for reject in outcome.rejects:
                    rejected += 1
                    click.echo(report.reject(reject), err=True)
        except BrokenPipeError:
            leave_quietly()
        except WorkersError as error:
            raise click.ClickException(str(error)) from error
    if not told and not rejected:
        lacking = f"no member {wanted}" if wanted and what == "page" else f"no {what}"
        raise click.UsageError(f"{path} has {lacking}; `cli.py extract {archive} -o -` prints what is there")
    sys.exit(REJECTED if rejected else 0)


def _member(path: str) -> tuple[str, str]:
    """The file on the disk that `path` names, and all of `path` where it names something inside that file."""
    if not os.path.lexists(path):
        ends = [at for at, character in enumerate(path) if character == "!"]
        for at in reversed(ends):
            if os.path.isfile(path[:at]) or path[:at] == "-":
                return path[:at], path
    return path, ""


def _only(files: Iterator[PageFile | Reject], wanted: str) -> Iterator[PageFile | Reject]:
    """Those files that are what is wanted, or lie in it, or the one page of a file; what cannot be read says so."""
    from corpus.limits import many_paged
    from corpus.rejects import Reject

    archive = _member(wanted)[0]
    above, _, page = wanted.rpartition("!")
    for file in files:
        if file.path == wanted or file.path.startswith(f"{wanted}!"):
            yield file
        elif isinstance(file, Reject):
            if file.path in (above, archive):
                yield file
        elif file.path == above and page.isdecimal() and many_paged(file.data):
            yield dataclasses.replace(file, part=int(page))
