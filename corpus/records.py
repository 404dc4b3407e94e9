"""Records as JSON Lines: an object a line, UTF-8, the same bytes for the same record. Only this module knows orjson."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from corpus.rejects import Reject
from schemas.layout import Leftover, Page
from schemas.record import ArticleRecord, from_dict, to_dict

LEFTOVER_SCHEMA = "leftover/1"


class RecordError(ValueError):
    """A line is no record of this project; the message names the file and the line."""


def article_lines(records: Sequence[ArticleRecord]) -> bytes:
    """The records of a page as lines, each ending in a line feed."""
    return b"".join(_line(to_dict(record)) for record in records)


def leftover_lines(page: Page, leftovers: Sequence[Leftover]) -> bytes:
    """What of a page belongs to no article as lines, each with its text and its range in the page."""
    return b"".join(
        _line(
            {
                "schema": LEFTOVER_SCHEMA,
                "path": page.source.path,
                "sha256": page.source.sha256,
                "reason": leftover.reason,
                "start": leftover.start,
                "end": leftover.end,
                "text": page.text[leftover.start : leftover.end],
            }
        )
        for leftover in leftovers
    )


def reject_line(reject: Reject) -> bytes:
    """A reject as one line."""
    return _line(reject.to_dict())


def read(path: Path) -> Iterator[ArticleRecord]:
    """The records of a file, one at a time; RecordError names the line of whatever is not one."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield from_dict(orjson.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                reason = f"{type(error).__name__}: {error}"
                raise RecordError(f"{path}:{number}: not an article record ({reason}); write it again") from error


def _line(values: dict[str, Any]) -> bytes:
    return orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)


def parse(lines: bytes) -> list[ArticleRecord]:
    """The records that `article_lines` made `lines` of."""
    return [from_dict(orjson.loads(line)) for line in lines.splitlines()]


def to_json(values: Any) -> bytes:
    """Plain values as JSON in UTF-8, the same bytes for the same values."""
    return orjson.dumps(values)


def from_json(data: bytes) -> Any:
    """The values again; ValueError where it is no JSON."""
    return orjson.loads(data)
