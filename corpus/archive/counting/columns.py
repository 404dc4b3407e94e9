"""Columns of whole numbers, one value or several a row: how they are packed, taken from, and counted.

Bytes of the same weight are put side by side before zstandard packs them: a column of ids then takes one or two bytes
a row.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import zstandard

from corpus.archive.packing import MOST_TEXT, PackingError

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Lists:
    """Several values a row: those of row r are values[starts[r] : starts[r + 1]]."""

    starts: Ints
    values: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def at(self, rows: Ints | None) -> Ints:
        """The places in `values` of what these rows have, in their order; of every row for None.

        >>> lists = lists_of(3, ints([0, 2, 2]), ints([7, 8, 9]))
        >>> lists.at(ints([2, 0])).tolist(), lists.at(None).tolist()
        ([1, 2, 0], [0, 1, 2])
        """
        if rows is None:
            return np.arange(len(self.values), dtype=np.int32)
        begin = self.starts[rows]
        lengths = self.starts[rows + 1] - begin
        before = np.cumsum(lengths) - lengths
        return np.repeat(ints(begin - before), lengths) + np.arange(lengths.sum(), dtype=np.int32)

    def of(self, rows: Ints | None) -> Ints:
        """The values of these rows, of every row for None."""
        return self.values if rows is None else self.values[self.at(rows)]

    def owners(self, rows: Ints | None) -> Ints:
        """For each value of `of(rows)`, the place in `rows` of the row that it is of."""
        lengths = np.diff(self.starts) if rows is None else self.starts[rows + 1] - self.starts[rows]
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    def rows_with(self, value: int) -> Ints:
        """The rows that have this value, in their order, each once.

        >>> lists_of(3, ints([0, 2, 2]), ints([7, 8, 7])).rows_with(7).tolist()
        [0, 2]
        """
        found = np.searchsorted(self.starts, np.flatnonzero(self.values == value), side="right") - 1
        return ints(each_once(found))

    def having(self, values: Ints) -> Mask:
        """For each row whether it has one of these values.

        >>> lists_of(3, ints([0, 2, 2]), ints([7, 8, 9])).having(ints([7, 9])).tolist()
        [True, False, True]
        """
        wanted = np.zeros(max(self.values.max(initial=0), values.max(initial=0)) + 1, dtype=bool)
        wanted[values] = True
        had = np.zeros(len(self), dtype=bool)
        had[np.searchsorted(self.starts, np.flatnonzero(wanted[self.values]), side="right") - 1] = True
        return had


def ints(values: Any) -> Ints:
    """Whole numbers below two thousand million as a column."""
    return np.asarray(values, dtype=np.int32)


def lists_of(rows: int, owners: Ints, values: Ints) -> Lists:
    """Lists for so many rows out of pairs of a row and a value, in any order; a row's values are sorted."""
    order = np.lexsort((values, owners))
    lengths = np.bincount(owners, minlength=rows)
    return Lists(ints(np.concatenate(([0], np.cumsum(lengths)))), values[order])


def each_once(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values in order, each once. By sorting: what comes in is nearly sorted, and np.unique hashes.

    >>> each_once(ints([1, 1, 3, 2])).tolist(), each_once(ints([])).tolist()
    ([1, 2, 3], [])
    """
    in_order: npt.NDArray[Any] = np.sort(values, kind="stable")
    first: Mask = np.concatenate((np.ones(min(1, len(values)), dtype=bool), in_order[1:] != in_order[:-1]))
    return np.compress(first, in_order)


def counted(values: Ints, minimum: int = 0) -> Ints:
    """How often each value from 0 on is there; `minimum`: for at least so many values.

    >>> counted(ints([1, 1, 3]), 5).tolist()
    [0, 2, 0, 1, 0]
    """
    return ints(np.bincount(values, minlength=minimum))


def most(counts: Ints, limit: int) -> Ints:
    """The values that are there most often, at most `limit`, the lower first where two are equal.

    >>> most(ints([0, 2, 5, 2]), 2).tolist()
    [2, 1]
    """
    there = np.flatnonzero(counts)
    if len(there) > limit:
        least = np.partition(counts[there], len(there) - limit)[len(there) - limit]
        there = there[counts[there] >= least]
    return ints(there[np.lexsort((there, -counts[there]))][:limit])


def taken(column: Ints, rows: Ints | None) -> Ints:
    """The values of these rows, of every row for None."""
    return column if rows is None else column[rows]


def pack(values: npt.NDArray[Any]) -> bytes:
    """A column of Ints or Floats as bytes."""
    width = values.dtype.itemsize
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    by_weight = np.ascontiguousarray(little).view(np.uint8).reshape(-1, width).T.tobytes()
    return bytes([width]) + zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(by_weight)


def unpack(packed: bytes) -> npt.NDArray[Any]:
    """The column again; PackingError where the bytes are damaged.

    >>> unpack(pack(ints([3, -1]))).tolist(), unpack(pack(np.array([0.5]))).tolist()
    ([3, -1], [0.5])
    """
    kinds: dict[int, np.dtype[Any]] = {4: np.dtype("<i4"), 8: np.dtype("<f8")}
    try:
        kind = kinds[packed[0]]
        by_weight = zstandard.ZstdDecompressor().decompress(packed[1:], MOST_TEXT)
        bytes_ = np.frombuffer(by_weight, np.uint8).reshape(kind.itemsize, -1).T
        return np.ascontiguousarray(bytes_).view(kind).reshape(-1)
    except (zstandard.ZstdError, ValueError, KeyError, IndexError) as error:
        raise PackingError(f"a column is damaged ({error})") from error
