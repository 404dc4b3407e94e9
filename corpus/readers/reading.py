"""What a reader gives."""

from dataclasses import dataclass

from schemas.layout import Page


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of one file, and what the user should know about how they were read."""

    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()
