"""Texts as MinHash sketches, so that nearly the same ones are found among many (Broder 1997; rensa's R-MinHash)."""

import struct
from collections.abc import Iterable, Iterator

from rensa import RMinHash

from corpus.archive.folding import fold

PIECE = 4
"""Characters of a piece: shorter ones are in every article of the genre."""
NUMBERS = 63
"""Numbers of a sketch, of which 16 bits each are kept: two texts with nothing in common agree in one of 60,000."""
BAND = 3
"""Numbers of a band: of texts that share six pieces in ten 99 in 100 meet, of those that share two one in seven."""
SEED = 1
ALIKE = 0.6
"""Share of pieces in common (Jaccard) from which two texts are nearly the same."""
SHORTEST = 40
"""Characters below which texts are alike by chance."""
KEPT = 16
"""Texts of a bucket that later ones are compared with: a notice printed every week must not cost its square."""
_FORMAT = f"<{NUMBERS}H"


def sketch(text: str) -> bytes | None:
    """The sketch of a text, white space and script apart; None of one that is too short.

    >>> a, b = sketch("社区请来医生为居民量血压。" * 5), sketch("社區請來醫生 為居民量血壓。" * 5)
    >>> a == b  # the same in traditional characters
    True
    """
    letters = "".join(fold(text).split())
    if len(letters) < SHORTEST:
        return None
    made = RMinHash(num_perm=NUMBERS, seed=SEED)
    made.update(sorted({letters[at : at + PIECE] for at in range(len(letters) - PIECE + 1)}))
    return struct.pack(_FORMAT, *(number & 0xFFFF for number in made.digest()))


def alike(one: bytes, other: bytes) -> float:
    """The estimated share of pieces that two texts have in common."""
    return sum(a == b for a, b in zip(_numbers(one), _numbers(other), strict=True)) / NUMBERS


def near_pairs(sketches: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, int]]:
    """The pairs of nearly the same texts, by their keys, the one that came first before the other."""
    buckets: dict[tuple[int, bytes], list[int]] = {}
    size = 2 * BAND
    known: dict[int, bytes] = {}
    for key, made in sketches:
        met: dict[int, None] = {}
        for band in range(NUMBERS // BAND):
            bucket = buckets.setdefault((band, made[band * size : (band + 1) * size]), [])
            met.update(dict.fromkeys(bucket))
            if len(bucket) < KEPT:
                bucket.append(key)
        for other in met:
            if alike(known[other], made) >= ALIKE:
                yield other, key
        known[key] = made


def _numbers(made: bytes) -> tuple[int, ...]:
    return struct.unpack(_FORMAT, made)
