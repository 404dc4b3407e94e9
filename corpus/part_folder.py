"""A folder of parts as it is read: what is in it, whole and as its manifest says, or what is wrong with it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from corpus import part_source
from corpus.part_source import PartSource
from corpus.partition import Part, sources_of
from corpus.records import article_lines, from_json
from schemas import published
from schemas.record import ArticleRecord, from_dict

LONGEST_LINE = 2**28
"""Bytes: the pages of one source are one line."""
_BLOCK = 2**20


class BrokenPart(ValueError):  # noqa: N818 - a part is broken; it is not this program's error
    """A part cannot be used; `path` is the file at fault, the message says why."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Read:
    """One source of a part with its records."""

    source: PartSource
    records: tuple[ArticleRecord, ...]


def missing(folder: Path, part: Part) -> BrokenPart | None:
    """What is wrong with a part, as far as sizes tell."""
    for name, size, _ in _files(part):
        path = folder / name
        try:
            real = path.stat().st_size
        except OSError as error:
            return BrokenPart(path, f"the manifest names it and it cannot be read ({error.strerror})")
        if real != size:
            return BrokenPart(path, f"it has {real} bytes and the manifest says {size}")
    return None


def read(folder: Path, part: Part) -> Iterator[Read]:
    """The sources of a part in their order; BrokenPart, before the first one where bytes are not those of the manifest,
    later where a line does not fit its schema or the records are not those of their pages."""
    if wrong := missing(folder, part):
        raise wrong
    for name, _, digest in _files(part):
        _check(folder / name, digest)
    records, sources = folder / part.name, folder / sources_of(part)
    ahead = _Lines(records, "article")
    for number, values in _Lines(sources, "source"):
        try:
            source = part_source.read(values)
            of = [page for page, content in enumerate(source.pages) for _ in range(content.articles)]
            found = tuple(_record(records, ahead, source, page) for page in of)
        except BrokenPart:
            raise
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenPart(sources, f"line {number} contradicts itself ({error})") from error
        yield Read(source, found)
    if next(ahead, None):
        raise BrokenPart(records, "it has more records than its sources have articles")


def _files(part: Part) -> tuple[tuple[str, int, str], ...]:
    return (part.name, part.bytes, part.sha256), (sources_of(part), part.sources_bytes, part.sources_sha256)


def _check(path: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise BrokenPart(path, f"it cannot be read ({error.strerror})") from error
    if digest.hexdigest() != sha256:
        raise BrokenPart(path, "it is not as it was written: its digest is not the manifest's")


class _Lines(Iterator[tuple[int, dict[str, Any]]]):
    """The lines of a file with their numbers, each checked against a schema."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path, self._schema, self._number = path, schema, 0
        self._lines = self._each()

    def __next__(self) -> tuple[int, dict[str, Any]]:
        return next(self._lines)

    def _each(self) -> Iterator[tuple[int, dict[str, Any]]]:
        validator = _validator(self._schema)
        with self._path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                self._number += 1
                try:
                    values: dict[str, Any] = from_json(line)
                    validator.validate(values)
                except jsonschema_rs.ValidationError as error:
                    where = ".".join(map(str, error.instance_path))
                    raise BrokenPart(self._path, f"line {self._number}, {where}: {error.message[:120]}") from error
                except ValueError as error:
                    raise BrokenPart(self._path, f"line {self._number} is no JSON ({error})") from error
                yield self._number, values


def _record(path: Path, lines: _Lines, source: PartSource, page: int) -> ArticleRecord:
    number, values = next(lines, (0, None))
    if values is None:
        raise BrokenPart(path, "it has fewer records than its sources have articles")
    record, of = from_dict(values), source.pages[page]
    if record.source != of.source:
        raise BrokenPart(path, f"line {number} is of another page than the {page + 1}th of {source.origin.name}")
    if wrong := _outside(record, len(of.text)):
        raise BrokenPart(path, f"line {number}: {wrong}")
    if from_json(article_lines([record])) != values:
        raise BrokenPart(path, f"line {number}: its headlines or title are not those of its text")
    return record


def _outside(record: ArticleRecord, page: int) -> str | None:
    """Which offsets leave the text that they count."""
    size, blocks = len(record.article.text), record.article.blocks
    spans = [(each.start, each.end) for each in blocks]
    spans += [(each.start, each.end) for entity in record.entities for each in entity.mentions]
    spans += [(each.start, each.end) for each in record.counts]
    spans += [(each.start, each.end) for each in record.dates]
    spans += [(each.evidence.start, each.evidence.end) for each in record.activities]
    if any(not 0 <= start <= end <= size for start, end in spans):
        return "an offset leaves the article's text"
    if any(not 0 <= start <= end <= page for block in blocks for start, end in block.source):
        return "a block's source leaves the page's text"
    return None


@cache
def _validator(schema: str) -> "jsonschema_rs.Validator":
    return jsonschema_rs.validator_for(published.load(schema), validate_formats=True)
