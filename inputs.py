"""What a command reads, and where the work on it is done: here, or on a Dask cluster."""

import json
from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import work
from corpus import given, sources
from corpus.part_source import MadeBy
from corpus.rejects import Reject
from corpus.sources import PageFile
from work import Outcome, Settings, Work, outcomes


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command reads, and how: what commands/options.py makes of the command line.

    `paths` as the user names them (files, folders, archives, patterns, "-"), `from_file` a list with more; `page_limit`
    in bytes, `seconds` for one page; `jobs` None: one a processor. `scheduler`: the address of a Dask cluster that does
    the work instead of worker processes here.
    """

    paths: tuple[str, ...]
    from_file: str | None = None
    settings: Settings = Settings()  # noqa: RUF009 - immutable
    jobs: int | None = None
    page_limit: int = sources.DEFAULT_LIMIT
    seconds: float = 60.0
    scheduler: str | None = None

    @property
    def made_by(self) -> MadeBy:
        """What decides which records the inputs give: version, settings and limits, the last two as JSON."""
        told, reading = self.settings, self.settings.reading
        settings = {
            "segmenter": told.segmenter,
            "regions": told.regions,
            "model": told.model,
            "issue_date": reading.issue_date and reading.issue_date.isoformat(),
            "name_pattern": reading.name_pattern and reading.name_pattern.text,
            "columns": reading.columns,
            "ocr": reading.ocr,
        }
        limits = {"page_limit": self.page_limit, "seconds": self.seconds}
        return MadeBy(work.version(), json.dumps(settings, ensure_ascii=False), json.dumps(limits))

    def given(self) -> Iterator[str | Reject]:
        """Every path that is named, patterns opened, then those of the list."""
        yield from given.expand(self.paths)
        if self.from_file is not None:
            yield from given.listed(self.from_file)

    def files(
        self,
        leave_out: Collection[Path] = (),
        given: Iterable[str | Reject] | None = None,
        known: sources.Known | None = None,
    ) -> Iterator[PageFile | Reject]:
        """Every page file, in a stable order; `leave_out`: absolute paths that this very run writes.

        `given`: the paths, where they have been opened already; `known`: files that need not be read.
        """
        paths = self.given() if given is None else given
        columns = self.settings.reading.columns
        if known is None:
            return sources.page_files(paths, self.page_limit, leave_out, columns)
        return sources.page_files(paths, self.page_limit, leave_out, columns, known)

    def count(self) -> int | None:
        """How many page files there will be, from names alone; None where only reading would tell."""
        return None if "-" in (*self.paths, self.from_file) else sources.count(self.given())

    def outcomes(self, leave_out: Collection[Path] = (), work: Work | None = None) -> Generator[Outcome, None, None]:
        """What becomes of every file, in their order; see `outcomes` below."""
        return self.work_on(self.files(leave_out), work)

    def work_on(self, files: Iterable[PageFile | Reject], work: Work | None = None) -> Generator[Outcome, None, None]:
        """What becomes of `files`, here or in the cluster."""
        if self.scheduler is None:
            return outcomes(files, self.settings, self.jobs, self.seconds, work)
        import cluster

        return cluster.outcomes(files, self.settings, self.seconds, self.scheduler, work)
