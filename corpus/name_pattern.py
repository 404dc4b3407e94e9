"""Patterns that say what the names of files and folders mean: `{paper}/{date}/{page}`."""

import re
from dataclasses import dataclass

from corpus.metadata import Metadata


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A user's pattern for paths."""

    text: str
    expression: re.Pattern[str]

    def read(self, path: str) -> Metadata | None:
        """What `path` says by this pattern; None where the pattern does not fit it."""
        raise NotImplementedError
