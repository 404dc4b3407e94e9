"""cli.py index: page files into the archive."""

from __future__ import annotations

import functools
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import input_options
from commands.terminal import REJECTED, program, progress, terminate

if TYPE_CHECKING:
    from corpus.archive.tasks import Event, How
    from inputs import Inputs


FOLLOWING = (("search", "志愿者"), ("serve",))
"""What one does with an archive next."""


@click.command()
@input_options
@click.option(
    "--archive", metavar="FILE", required=True, type=click.Path(path_type=Path), help="The archive; made if not there."
)
@click.option("--refresh", is_flag=True, help="Read anew what another version or other settings made.")
@click.option("--drop-vanished", is_flag=True, help="Drop what was under the paths given and is not there any more.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option(
    "--wait", type=click.FloatRange(min=0), default=0, metavar="SECONDS", help="How long to wait for another writer."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was rejected.")
@click.option("-v", "--verbose", is_flag=True, help="A line for every source, and tracebacks.")
def index(
    inputs: Inputs,
    archive: Path,
    refresh: bool,
    drop_vanished: bool,
    dry_run: bool,
    wait: float,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read page files into the archive FILE, or bring it up to date with them.

    PATH is as for extract, or the folder of parts that extract --partition-size wrote: its records are taken as they
    are. What has not changed is not read again, what has is replaced, what lies elsewhere now is
    recognised. The run can be stopped at any moment: what was stored is kept, and the next run goes on there.

    Exit status: 0 all was read, 3 something was rejected (the rest is stored), 1 the archive cannot be used, 2 the
    command was wrong.
    """
    import work
    from corpus import report, urls
    from corpus.archive import database, telling
    from corpus.archive.indexing import Indexing
    from corpus.archive.taking import divided
    from corpus.corrections import file as corrections_file
    from corpus.corrections import replay
    from corpus.corrections import telling as corrections_telling
    from corpus.corrections.correction import CorrectionError
    from corpus.naming import printable
    from corpus.workers import WorkersError

    if remote := [path for path in inputs.paths if urls.is_url(path)]:
        # places in the archive are files of this system, asked after at every run
        raise click.UsageError(f"index reads files of this system; mount or copy {printable(remote[0])} first")
    if dry_run and not archive.exists():
        raise click.ClickException(
            f"there is no archive {printable(str(archive))} yet; run without --dry-run to make it"
        )
    signal.signal(signal.SIGTERM, terminate)
    started, rejected = time.monotonic(), 0
    how = _how(inputs, refresh, dry_run)
    try:
        with database.writing(archive, wait) as opened, progress(inputs, quiet) as bar:

            def tell(event: Event) -> None:
                nonlocal rejected
                for reject in event.rejects:
                    bar.write(report.reject(reject, verbose), file=sys.stderr)
                if (verbose or event.notes) and event.kind != "rejected" and not quiet:
                    notes = "".join(f"  ({note})" for note in event.notes)
                    bar.write(f"{event.kind:9} {printable(event.path)}{notes}", file=sys.stderr)
                rejected += len(event.rejects)
                bar.update(event.count)

            file = corrections_file.path_of(archive)
            lines = replay.lines(opened, file)
            run = Indexing(opened, how, tell, replay.Replay(opened, lines, work.reading_again))
            parts: list[Path] = []
            run.run(
                divided(inputs.given(), parts),
                functools.partial(inputs.files, database.files(archive)),
                lambda files: _extract(inputs, files),
                drop_vanished,
                parts,
            )
            troubles = list(corrections_telling.troubles(opened, lines, file.name))
    except (database.ArchiveError, CorrectionError, WorkersError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise click.ClickException("stopped; what was stored is kept, and the same command goes on there") from None
    for trouble in troubles:
        click.echo(trouble, err=True)
    if not quiet:
        following = [shlex.join([*program(), *each, "--archive", str(archive)]) for each in FOLLOWING]
        seconds = time.monotonic() - started
        for line in telling.summary(run.summary, str(archive), seconds, following, dry_run, refresh):
            click.echo(line, err=True)
    sys.exit(REJECTED if rejected else 0)


def _extract(inputs: Inputs, files: Any) -> Any:
    return inputs.work_on(files)


def _how(inputs: Inputs, refresh: bool, dry_run: bool) -> How:
    """How the run goes about it."""
    from corpus.archive.tasks import How

    made = inputs.made_by
    return How(made.version, made.settings, made.limits, inputs.settings.reading, refresh, dry_run)
