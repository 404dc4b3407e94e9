"""Words that with a place's suffix name no place, 老旧|小区, 辖区|街道, and those that are praise: 文明|社区."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extract.endings import Endings
from extract.lexicon import table

COUNTED = re.compile(
    r"(?:[两数几多各](?:个|家|座|处|条|大)?|(?:[一二三四五六七八九十百]+|\d{1,4})(?:多|余)?(?:[个家座处条站段]|大))乡?"
)
ENDS_COUNTED = frozenset("两数几多各个家座处条大站段乡")


@dataclass(frozen=True, slots=True)
class Generic:
    """What is generic before the suffixes of one kind.

    `slogans`: praise or a programme unless a division holds it, 文明(社区), 幸福(村).

    >>> generic("estate").holds("老旧"), generic("community").holds("两个"), generic("community").holds("永宁")
    (True, True, False)
    >>> generic("village").ends("建设全国重点", 2, 6)  # a key (village) of the whole country
    True
    """

    always: frozenset[str]
    slogans: frozenset[str]
    endings: Endings

    def holds(self, core: str) -> bool:
        """Whether `core` before the suffix never names: 老旧(小区), 两个(社区), 搜狐(社区)."""
        return core in self.always or (core[-1:] in ENDS_COUNTED and COUNTED.fullmatch(core) is not None)

    def ends(self, text: str, start: int, end: int) -> bool:
        """Whether the end of text[start:end], two characters or more, is generic: 全国重点(村)."""
        return bool(self.endings.starts(text, end, start))


def generic(kind: str) -> Generic:
    """What is generic before suffixes of a kind of `generic_places`; a village is no community, a town no street."""
    return _by_kind()[kind]


@cache
def _by_kind() -> Mapping[str, Generic]:
    always: dict[str, set[str]] = {}
    slogans: dict[str, set[str]] = {}
    for row in table("generic_places"):
        for kind in row["always"].split():
            always.setdefault(kind, set()).add(row["word"])
        for kind in row["slogan"].split():
            slogans.setdefault(kind, set()).add(row["word"])
    return {
        kind: Generic(frozenset(words), frozenset(slogans.get(kind, ())), Endings(words))
        for kind, words in always.items()
    }
