"""China's official divisions, five levels deep: name to codes (GB/T 2260), opened by mmap in no time.

One edition is one file under `divisions/` (README there: source, year, form); `division_aliases` in lexicons/ maps
names that were abolished or are printed otherwise to today's. The table helps and never limits: a name that it does not
know is None of a code, not None of a place.
"""

import re
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]

from extract.lexicon import table, words
from schemas.annotations import EntityType

FOLDER = Path(__file__).with_name("divisions")
LATEST = "2023"
INDEX_KEY = "@"
RECENT_NAMES = 4096
COUNTY_BITS, STREET_BITS = 20, 10
BELOW_COUNTY, BELOW_STREET = (1 << COUNTY_BITS) - 1, (1 << STREET_BITS) - 1
"""What of a division's number says which street, and which community, it is."""
DIGITS = {"province": 6, "city": 6, "district": 6, "street": 9, "community": 12}
SUFFIX_OF_UPPER = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|新区|[省市区县旗州盟])$"
)


class Gazetteer:
    """Names and codes of one edition. Codes are trimmed to their level: 6, 9 or 12 digits.

    Where many are compared, a division is a number of 32 bits instead: the place of its first six digits in the file's
    index, then twice three digits. Numbers are in the order of codes, so that a region is a `range` of them.

    >>> gazetteer().codes("柏树林街道")
    ('610103002',)
    >>> len(gazetteer().codes("永安社区")) > 100  # "Eternal Peace" is everywhere; only context can decide
    True
    >>> [gazetteer().code(n) for n in inside(gazetteer().numbers("永安社区"), gazetteer().region("610104"))]
    ['610104004026']
    """

    def __init__(self, path: Path) -> None:
        self._trie = marisa_trie.BytesTrie()
        self._trie.mmap(str(path))
        self.numbers = lru_cache(maxsize=RECENT_NAMES)(self._numbers_of_name)
        self.region = lru_cache(maxsize=RECENT_NAMES)(self._region_of_code)

    @cached_property
    def _upper(self) -> tuple[tuple[str, str], ...]:
        """The file's index: six-digit code and name, in order."""
        entries = sorted((int.from_bytes(value), key) for key, value in self._trie.items(INDEX_KEY))
        return tuple((key[1:7], key[7:]) for _, key in entries)

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self._upper)

    @cached_property
    def _by_short_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for _, name in self._upper:
            short = short_name(name)
            if len(short) > 1 and short != name:
                found.setdefault(short, []).append(name)
        return {short: tuple(dict.fromkeys(names)) for short, names in found.items()}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(self._upper)

    @cached_property
    def upper_names(self) -> frozenset[str]:
        """The names of provinces, cities and districts, and what stands in the alias table."""
        return frozenset(self._names.values()) | frozenset(self._aliases)

    @cached_property
    def _upper_codes(self) -> Mapping[str, tuple[str, ...]]:
        return {
            name: tuple(self.code(n) for n in self._numbers_of_name(name) if not n & BELOW_COUNTY)
            for name in self.upper_names
        }

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        return {row["old"]: row["now"] for row in table("division_aliases")}

    def __contains__(self, name: str) -> bool:
        """Whether any division of any level is called so."""
        return bool(self.numbers(name))

    def _numbers_of_name(self, name: str) -> tuple[int, ...]:
        """The numbers of every division called `name`, in order; none if it is not in the table."""
        if "\0" in name:  # marisa-trie takes it for the end of the key and reads past the value
            return ()
        values = self._trie.get(name)
        if values is None:
            now = self._aliases.get(name)
            return self._numbers_of_name(now) if now else ()
        return struct.unpack(f">{len(values)}I", b"".join(sorted(values)))

    def _region_of_code(self, code: str) -> range:
        """The numbers that the division with this code and those inside it may have."""
        if len(code) == DIGITS["district"]:
            start = stem(code)
            first, last = bisect_left(self._codes, start), bisect_left(self._codes, start + ":")  # ":" is behind "9"
            return range(first << COUNTY_BITS, last << COUNTY_BITS)
        county = self.region(code[:6])
        return county and self.within(county.start | int(code[6:9]) << STREET_BITS | int(code[9:] or 0))

    def within(self, number: int) -> range:
        """The numbers that the division with this number and those inside it may have."""
        if number & BELOW_COUNTY:
            return range(number, number + (1 if number & BELOW_STREET else 1 << STREET_BITS))
        return self.region(self._codes[number >> COUNTY_BITS])

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of every division called `name`, none if it is not in the table."""
        return tuple(map(self.code, self.numbers(name)))

    def upper_codes(self, name: str) -> tuple[str, ...]:
        """The codes of every province, city and district called `name`.

        >>> gazetteer().upper_codes("海口市"), gazetteer().upper_codes("柏树林街道")
        (('460100',), ())
        """
        return self._upper_codes.get(name, ())

    def items(self) -> Iterator[tuple[str, str]]:
        """Every name with every code that it has, 700,000 pairs; no order is promised."""
        for name, value in self._trie.iteritems():
            if not name.startswith(INDEX_KEY):
                yield name, self.code(int.from_bytes(value))

    def numbers_of(self, name: str, kind: EntityType) -> tuple[int, ...]:
        """The numbers of those divisions called `name` that are of the level of `kind`.

        >>> [gazetteer().code(n) for n in gazetteer().numbers_of("三台县", "district")]
        ['510722']
        """
        if kind == "community":
            return tuple([n for n in self.numbers(name) if n & BELOW_STREET])
        if kind == "street":
            return tuple([n for n in self.numbers(name) if n & BELOW_COUNTY and not n & BELOW_STREET])
        upper = [n for n in self.numbers(name) if not n & BELOW_COUNTY]
        return tuple([n for n in upper if level(self.code(n)) in (kind, "either")])

    def codes_of(self, name: str, kind: EntityType) -> tuple[str, ...]:
        """The codes of those divisions called `name` that are of the level of `kind`.

        >>> gazetteer().codes_of("三台县", "district"), gazetteer().codes_of("达州市", "city")
        (('510722',), ('511700',))
        """
        return tuple(map(self.code, self.numbers_of(name, kind)))

    def name(self, code: str) -> str | None:
        """The name of a province, city or district by its six digits; None if there is none.

        >>> gazetteer().name("610103")
        '碑林区'
        """
        return self._names.get(code)

    def full_names(self, short: str) -> tuple[str, ...]:
        """Provinces, cities and districts whose name without its suffix is `short`.

        >>> gazetteer().full_names("绵阳"), gazetteer().full_names("延边")
        (('绵阳市',), ('延边朝鲜族自治州',))
        """
        return self._by_short_name.get(short, ())

    def code(self, number: int) -> str:
        """The code of the division with this number."""
        county, street, unit = number >> COUNTY_BITS, number >> STREET_BITS & BELOW_STREET, number & BELOW_STREET
        upper = self._codes[county]
        if unit:
            return f"{upper}{street:03}{unit:03}"
        return f"{upper}{street:03}" if street else upper


def level(code: str) -> str:
    """province, city, district, street or community; "either" for cities without districts.

    >>> level("140000"), level("140200"), level("140213"), level("140213066")
    ('province', 'city', 'district', 'street')
    """
    if len(code) > 6:
        return "street" if len(code) == 9 else "community"
    if code.endswith("0000"):
        return "province" if code[:2] not in ("11", "12", "31", "50") else "either"
    return "city" if code.endswith("00") else "district"


def stem(code: str) -> str:
    """What all codes inside a division start with.

    >>> stem("140000"), stem("140200"), stem("140213")
    ('14', '1402', '140213')
    """
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def inside(numbers: tuple[int, ...], region: range) -> tuple[int, ...]:
    """Those of `numbers`, which are in order, that lie in `region`."""
    return numbers[bisect_left(numbers, region.start) : bisect_left(numbers, region.stop)]


def any_inside(numbers: tuple[int, ...], regions: Iterable[range]) -> bool:
    """Whether one of `numbers`, which are in order, lies in one of `regions`."""
    for region in regions:
        at = bisect_left(numbers, region.start)
        if at < len(numbers) and numbers[at] < region.stop:
            return True
    return False


@lru_cache(maxsize=RECENT_NAMES)
def short_name(name: str) -> str:
    """A division's name without its suffix and the peoples named in it.

    >>> short_name("广西壮族自治区"), short_name("积石山保安族东乡族撒拉族自治县"), short_name("碑林区")
    ('广西', '积石山', '碑林')
    """
    bare = SUFFIX_OF_UPPER.sub("", name)
    if name.endswith(("自治州", "自治县", "自治旗")):
        bare = _peoples().sub("", bare)
    return bare if len(bare) > 1 else name


@lru_cache(maxsize=1)
def _peoples() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(words("peoples")) + "|各族)+$")


@lru_cache(maxsize=4)
def gazetteer(edition: str = LATEST) -> Gazetteer:
    """The gazetteer of a year; it is read once a process."""
    return Gazetteer(FOLDER / f"divisions-{edition}.trie")
