"""Items in batches: what goes to another machine at once."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

ITEMS = 32
"""Items of a batch: with fewer the scheduler is kept busy, with more there are too few batches to share out."""
BYTES = 4 * 2**20
"""Bytes after which a batch is closed, so that large files go alone."""


def batches(items: Iterable[Item], weight: Callable[[Item], int]) -> Iterator[list[Item]]:
    """`items` in their order, ITEMS or BYTES at a time.

    >>> [len(batch) for batch in batches(range(70), lambda item: 1)], list(batches([], len))
    ([32, 32, 6], [])
    """
    batch: list[Item] = []
    held = 0
    for item in items:
        batch.append(item)
        held += weight(item)
        if len(batch) == ITEMS or held >= BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
