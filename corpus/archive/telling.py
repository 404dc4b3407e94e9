"""What a run of `index` tells its user, as text. Whoever calls prints it."""

from collections.abc import Iterator, Sequence

from corpus.archive.indexing import Summary
from corpus.naming import printable

KINDS = ("new", "changed", "refreshed", "moved", "unchanged", "rejected")
NAMED = 3
"""How many vanished sources are named."""


def summary(
    done: Summary, archive: str, seconds: float, following: Sequence[str], dry_run: bool = False, refresh: bool = False
) -> Iterator[str]:
    """What the run did, what is in the archive, what the user may want to do about it, and the commands to try next."""
    parts = [f"{done.sources[kind]} {kind}" for kind in KINDS if done.sources[kind]]
    would = "would be: " if dry_run else ""
    yield f"{would}{', '.join(parts) or 'nothing found'}; {seconds:.1f} s"
    if done.records:
        changed = [f"{done.records[kind]} {kind}" for kind in ("changed", "appeared", "gone", "same")]
        yield f"refreshed  records: {', '.join(changed)}"
    if done.corrected:
        yield f"corrected  {_sources(done.corrected)}, as the corrections file has changed"
    yield f"archive    {printable(archive)}: {done.articles} article{'s' * (done.articles != 1)}"
    if done.vanished:
        yield f"vanished   {_vanished(done)}"
    if done.older and not refresh:
        yield (
            f"older      {_sources(done.older)} made by another version or with other settings; --refresh makes "
            f"{'it' if done.older == 1 else 'them'} anew, with --dry-run it only says what would change"
        )
    if done.articles and not dry_run:
        yield from (f"next       {command}" for command in following)


def _vanished(done: Summary) -> str:
    names = ", ".join(printable(each.path) for each in done.vanished[:NAMED])
    more = " …" if len(done.vanished) > NAMED else ""
    remedy = "dropped" if done.dropped else "kept; --drop-vanished drops what is not there any more"
    return f"{_sources(len(done.vanished))} ({names}{more}): {remedy}"


def _sources(count: int) -> str:
    return f"{count} source{'s' * (count != 1)}"
