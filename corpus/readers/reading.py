"""What a reader is told and what it gives."""

import datetime
from dataclasses import dataclass

from corpus.name_pattern import NamePattern
from corpus.rejects import Rejected
from schemas.layout import Page

FIELDS = ("text", "title", "kicker", "subtitle", "author", "date", "paper", "page")
"""What a column of a table can hold."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says about the inputs; it wins over what the inputs say themselves.

    `columns`: pairs of one of FIELDS and the column of a table that holds it; fields that are not named are looked for
    under their usual names. `ocr`: read pictures of pages where the extra is installed.
    """

    issue_date: datetime.date | None = None
    name_pattern: NamePattern | None = None
    columns: tuple[tuple[str, str], ...] = ()
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of one file, and what the user should know about how they were read.

    `refused`: pages of the file that could not be read, by number, and why; each becomes a reject (`file.pdf!3`).
    """

    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()
    refused: tuple[tuple[int, Rejected], ...] = ()
