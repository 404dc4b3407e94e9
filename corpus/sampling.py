"""A sample of what lies under some paths, in strata of like files: by what their names promise and by size.

Only names and sizes are looked at, and memory is bounded by the number of strata, so that any archive can be asked.
"""

import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from corpus import containers, tables, urls
from corpus.described import Described
from corpus.folders import walk
from corpus.rejects import Reject

MOST = 64
"""Files of a stratum that are kept to choose from."""
NAMED = 40
"""Endings that are told apart; folders of anything at all have more."""


@dataclass(slots=True)
class Stratum:
    """Like files: how many, their bytes, and some of them (path, bytes) in an order of chance.

    `form`: the ending of their names, "zip" or "tar"; `scale`: the power of four that their size comes to.
    """

    form: str
    scale: int
    files: int = 0
    bytes: int = 0
    chosen: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """What there is: strata, the largest first, and how many paths could not be looked at."""

    strata: list[Stratum]
    rejects: int

    @property
    def files(self) -> int:
        """All files."""
        return sum(stratum.files for stratum in self.strata)

    @property
    def bytes(self) -> int:
        """Their bytes."""
        return sum(stratum.bytes for stratum in self.strata)


def survey(paths: Iterable[str | Reject], seed: int) -> Survey:
    """Goes through everything under `paths`; the same files and seed give the same sample."""
    chance = random.Random(seed)
    strata: dict[tuple[str, int], Stratum] = {}
    rejects = 0
    for path, size in _sizes(paths):
        if size is None:
            rejects += 1
            continue
        form = form_of(path)
        if form not in {each for each, _ in strata} and len(strata) >= NAMED:
            form = "other"
        key = (form, size.bit_length() // 2)
        stratum = strata.setdefault(key, Stratum(*key))
        stratum.files += 1
        stratum.bytes += size
        if len(stratum.chosen) < MOST:
            stratum.chosen.append((path, size))
        elif (at := chance.randrange(stratum.files)) < MOST:
            stratum.chosen[at] = (path, size)
    for stratum in strata.values():
        chance.shuffle(stratum.chosen)
    return Survey(sorted(strata.values(), key=lambda each: -each.bytes), rejects)


def form_of(path: str) -> str:
    """What a name promises.

    >>> form_of("2024.tar.gz"), form_of("table.CSV"), form_of("page"), form_of("A05.PDF")
    ('tar', 'csv', 'text', 'pdf')
    """
    return containers.kind(path) or PurePosixPath(path.lower()).suffix.removeprefix(".") or "text"


def many(path: str) -> bool:
    """Whether there are pages without number in a file, of which some may stand for all."""
    return bool(containers.kind(path) or tables.kind(path))


def _sizes(paths: Iterable[str | Reject]) -> Iterator[tuple[str, int | None]]:
    """Every file with its size; None where there is no telling."""
    for path in paths:
        if isinstance(path, Reject):
            yield path.path, None
        elif urls.is_url(path):
            for remote in urls.walk(path, Described(), 0):
                yield (remote.path, None) if isinstance(remote, Reject) else (remote.name, remote.size)
        else:
            for found in walk(path):
                yield (found.path, None) if isinstance(found, Reject) else (found, _size(found))


def _size(path: str) -> int | None:
    try:
        return os.stat(path).st_size if os.path.isfile(path) else None
    except OSError:
        return None
