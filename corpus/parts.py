"""A PDF or TIFF that hangs or kills its reader is read again page by page: a bad page costs itself, not the issue."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from corpus.limits import many_paged
from corpus.rejects import Reject
from corpus.sources import PageFile

Result = TypeVar("Result")

MOST_LOST = 3
"""Pages lost in a row after which the rest is given up: the file as a whole is what cannot be read."""
PAST_THE_END = "no_such_part"
"""The reason with which a reader refuses a page that is not there."""


def page_path(file: PageFile) -> str:
    """How the one page of a file is named, like the row of a table.

    >>> page_path(PageFile("issue.pdf", b"", part=3))
    'issue.pdf!3'
    """
    return file.path if file.part is None else f"{file.path}!{file.part}"


class PageByPage(Generic[Result]):
    """Which page to try next, after a file or a page of it was done; for one run, whose items come in order."""

    def __init__(self, lost: Callable[[Result], bool], ended: Callable[[Result], bool]) -> None:
        """`lost`: whether a result says that the file or page cannot be read; `ended`: that there is no such page."""
        self._lost, self._ended = lost, ended
        self._in_a_row = 0

    def following(self, item: PageFile | Reject, result: Result) -> Sequence[PageFile]:
        """The page to read now; none where the file is done or given up."""
        if isinstance(item, Reject) or not many_paged(item.data):
            return ()
        lost = self._lost(result)
        if item.part is None:
            self._in_a_row = 0
            return (replace(item, part=1),) if lost else ()
        self._in_a_row = self._in_a_row + 1 if lost else 0
        if self._in_a_row == MOST_LOST or self._ended(result):
            return ()
        return (replace(item, part=item.part + 1),)
