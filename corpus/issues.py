"""What a METS file says of the files beside and below it: the issue's date and paper, page numbers, articles by block.

A reader sees one file at a time; so the METS of an issue is read first, and what it says of a page travels with it.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from corpus.rejects import Rejected


@dataclass(frozen=True, slots=True)
class Area:
    """A part of an article on one page: the id of an element of its ALTO file, and what the METS calls it."""

    block: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class IssueArticle:
    """One article as the METS sees it on one page, its areas in reading order; with the id "" the parts of none."""

    id: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What the METS says of one file; None and empty where it does not."""

    paper: str | None = None
    issue_date: str | None = None  # ISO 8601
    page: int | None = None
    articles: tuple[IssueArticle, ...] = ()


def could_describe(name: str) -> bool:
    """Whether a file may be a METS, by its name alone.

    >>> could_describe("1936/0506/METS.XML"), could_describe("page.txt")
    (True, False)
    """
    return name.lower().endswith(".xml")


class Issues:
    """The METS files met so far, and what they say of other files. Paths are separated by `/`."""

    def __init__(self) -> None:
        self._pages: dict[str, IssuePage] = {}

    def add(self, path: str, data: bytes) -> None:
        """Takes in the METS file at `path`; what is no METS, or a broken one, says nothing."""
        from corpus.readers.formats import root_is  # here: the readers know corpus.sources, which knows this

        if not root_is(data, "mets"):
            return
        from corpus.readers import mets

        try:
            described = mets.describe(data)
        except Rejected:
            return  # it is named as a reject when it is read itself
        folder = posixpath.dirname(_plain(path))
        for reference, page in described.items():
            self._pages[_resolved(folder, reference)] = page

    def page(self, path: str) -> IssuePage | None:
        """What is known of the file at `path`."""
        return self._pages.get(_resolved("", path)) if self._pages else None

    @property
    def pages(self) -> Mapping[str, IssuePage]:
        """All that is known, by path."""
        return MappingProxyType(self._pages)


def _resolved(folder: str, reference: str) -> str:
    """A path or a METS's reference to a file, so that the two can be compared.

    >>> _resolved("issue", "file://./ALTO/0001.xml"), _resolved("", "./issue/alto/0001.XML")
    ('issue/alto/0001.xml', 'issue/alto/0001.xml')
    """
    if reference.lower().startswith("file:"):
        reference = unquote(reference[5:])
        reference = reference.lstrip("/") if reference.startswith("//") or folder else reference
    return posixpath.normpath(posixpath.join(folder, _plain(reference))).lower()


def _plain(path: str) -> str:
    return path.replace("\\", "/")
