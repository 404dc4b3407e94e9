"""A change of the corrections file, and what it changes in the archive as far as anybody looked."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.corrections.changes import pairs
from corpus.corrections.correction import Correction, CorrectionError
from corpus.corrections.file import Line
from corpus.corrections.replay import Changed
from corpus.records import article_lines
from schemas.record import ArticleRecord

SHOWN = 5
"""Articles whose changes are shown in full."""
Pair = tuple[ArticleRecord | None, ArticleRecord | None]
"""An article before and after; None where it is new or gone."""


class MeanwhileError(CorrectionError):
    """What was shown is not what would be done: somebody else has changed it since."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be added to the file, and what is to be taken out of it."""

    added: tuple[Correction, ...] = ()
    removed: str | None = None

    def of(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of the file after it."""
        kept = [each for each in lines if each.correction is None or each.correction.id != self.removed]
        last = max((each.number for each in lines), default=0)
        return [*kept, *(Line(n, each.line(), each) for n, each in enumerate(self.added, last + 1))]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a preview goes: for so many seconds, until so many articles have changed; `shown` of them in full."""

    seconds: float = math.inf
    articles: float = math.inf
    shown: int = SHOWN


@dataclass(frozen=True, slots=True)
class Lapse:
    """Another correction, of a line of the file, that does not apply any more once the change is made."""

    correction: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a change changes: `articles` on `sources`, some of them shown; `unseen`: sources that were not looked at.

    Where `unseen` is not 0 the numbers are the least that it may be. `known`: of the added corrections those that the
    file has already, with their lines; they are left out. `refusal`: why it will not be carried out. `fingerprint`
    stands for what is shown.
    """

    shown: tuple[Pair, ...] = ()
    articles: int = 0
    sources: int = 0
    unseen: int = 0
    lapsed: tuple[Lapse, ...] = ()
    known: Mapping[str, int] = field(default_factory=dict)
    refusal: str | None = None
    fingerprint: str = ""


@dataclass(slots=True)
class Tally:
    """What changes, counted source by source; the first `most` articles are kept to be shown."""

    change: Change
    most: int = SHOWN
    shown: list[Pair] = field(default_factory=list)
    articles: int = 0
    sources: int = 0

    def add(self, changed: Changed) -> None:
        """A source that changes."""
        self.sources += 1
        for pair in pairs(changed.before, changed.after):
            self.articles += 1
            if len(self.shown) < self.most:
                self.shown.append(pair)

    def fingerprint(self, whole: bool) -> str:
        """Of the change and the articles shown; `whole`: there are no others than were counted."""
        said = hashlib.sha256("\0".join((self.change.removed or "", *(e.id for e in self.change.added))).encode())
        for pair in self.shown:
            for record in pair:
                said.update(article_lines([record]) if record else b"-\n")
        if whole:
            said.update(f"{self.articles} {self.sources}".encode())
        return f"{len(self.shown)}{'' if whole else '+'}-{said.hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What an editor was shown before saying yes, by its fingerprint."""

    fingerprint: str

    @property
    def shown(self) -> int:
        """How many articles were shown."""
        count = self.fingerprint.partition("-")[0].removesuffix("+")
        return int(count) if count.isascii() and count.isdecimal() and len(count) < 5 else 0

    @property
    def whole(self) -> bool:
        """Whether nothing else was to change."""
        return "+" not in self.fingerprint.partition("-")[0]

    def check(self, tally: Tally, done: bool) -> None:
        """MeanwhileError where it is otherwise; while the work goes on as soon as that is certain."""
        known = done or (not self.whole and len(tally.shown) >= self.shown)
        if known and tally.fingerprint(self.whole) != self.fingerprint:
            raise MeanwhileError("it was changed meanwhile, and is not what was shown any more; look again")
