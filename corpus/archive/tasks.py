"""What a plan is made of: how a run goes about it, what is to be done with an input, what became of it."""

import hashlib
import os
from dataclasses import dataclass

from corpus import readers
from corpus.archive.store import Content, Place
from corpus.part_source import MadeBy
from corpus.rejects import Reject


@dataclass(frozen=True, slots=True)
class How:
    """How a run goes about it.

    `version`: of the extractor; `settings`: what else its records depend on, as JSON; `limits`: what else decides
    whether an input can be read. `refresh`: extract again what another extractor made.
    """

    version: str
    settings: str
    limits: str
    reading: readers.Options = readers.Options()  # noqa: RUF009 - immutable
    refresh: bool = False
    dry_run: bool = False

    @property
    def made_by(self) -> MadeBy:
        """What decides which records there are."""
        return MadeBy(self.version, self.settings, self.limits)

    @property
    def tried(self) -> str:
        """A digest of all that decides whether an input is rejected."""
        return tried(self.made_by)


def tried(made_by: MadeBy) -> str:
    """A digest of all that decides whether an input is rejected."""
    return hashlib.sha256("\0".join((made_by.version, made_by.settings, made_by.limits)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made records, as the archive has it: the row of `maker`, its settings, and what it decides of rejects."""

    id: int
    settings: str
    tried: str


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one input, or of `count` of them in one file.

    `kind`: new, changed, refreshed, unchanged, moved or rejected.
    """

    kind: str
    path: str
    count: int = 1
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A page file that is being extracted, and what is to become of it: new, changed, moved or refreshed.

    `replaces`: the source at its place, or the one that lay elsewhere before.
    """

    path: str
    kind: str
    place: Place
    content: Content
    replaces: int | None = None


@dataclass(slots=True)
class OpenFile:
    """The file that is being read; `whole`: it cannot be read to its end."""

    id: int
    path: str
    status: os.stat_result | None
    settled: bool = True
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """All that is in a file has been planned."""

    file: OpenFile
