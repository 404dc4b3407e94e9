"""China's official divisions, five levels deep: name to codes (GB/T 2260), opened by mmap in no time.

One edition is one file under `divisions/` (README there: source, year, form); `division_aliases` in lexicons/ maps
names that were abolished or are printed otherwise to today's. The table helps and never limits: a name that it does not
know is None of a code, not None of a place.
"""

import re
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
DIGITS = {"province": 6, "city": 6, "district": 6, "street": 9, "community": 12}
SUFFIX_OF_UPPER = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|新区|[省市区县旗州盟])$"
)


class Gazetteer:
    """Names and codes of one edition. Codes are trimmed to their level: 6, 9 or 12 digits.

    >>> gazetteer().codes("柏树林街道")
    ('610103002',)
    >>> len(gazetteer().codes("永安社区")) > 100  # "Eternal Peace" is everywhere; only context can decide
    True
    """

    def __init__(self, path: Path) -> None:
        self._trie = marisa_trie.RecordTrie(">I")
        self._trie.mmap(str(path))
        self.codes = lru_cache(maxsize=RECENT_NAMES)(self._codes_of_name)

    @cached_property
    def _upper(self) -> Mapping[int, tuple[str, str]]:
        """Place in the file's index to six-digit code and name."""
        entries = self._trie.items(INDEX_KEY)
        return {value[0] >> 20: (key[1:7], key[7:]) for key, value in entries}

    @cached_property
    def _by_short_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for _, name in self._upper.values():
            short = short_name(name)
            if len(short) > 1 and short != name:
                found.setdefault(short, []).append(name)
        return {short: tuple(dict.fromkeys(names)) for short, names in found.items()}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(self._upper.values())

    @cached_property
    def upper_names(self) -> frozenset[str]:
        """The names of provinces, cities and districts, and what stands in the alias table."""
        return frozenset(self._names.values()) | frozenset(self._aliases)

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        return {row["old"]: row["now"] for row in table("division_aliases")}

    def __contains__(self, name: str) -> bool:
        """Whether any division of any level is called so."""
        return ("\0" not in name and name in self._trie) or name in self._aliases

    def _codes_of_name(self, name: str) -> tuple[str, ...]:
        """The codes of every division called `name`, none if it is not in the table."""
        if "\0" in name:  # marisa-trie takes it for the end of the key and reads past the value
            return ()
        values = self._trie.get(name)
        if values is None:
            now = self._aliases.get(name)
            return self._codes_of_name(now) if now else ()
        return tuple(self._code(value) for (value,) in values)

    def items(self) -> Iterator[tuple[str, str]]:
        """Every name with every code that it has, 700,000 pairs; no order is promised."""
        for name, (value,) in self._trie.iteritems():
            if not name.startswith(INDEX_KEY):
                yield name, self._code(value)

    def codes_of(self, name: str, kind: EntityType) -> tuple[str, ...]:
        """The codes of those divisions called `name` that are of the level of `kind`.

        >>> gazetteer().codes_of("三台县", "district"), gazetteer().codes_of("达州市", "city")
        (('510722',), ('511700',))
        """
        digits = DIGITS.get(kind)
        return tuple(code for code in self.codes(name) if len(code) == digits and level(code) in (kind, "either"))

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

    def _code(self, value: int) -> str:
        county = self._upper[value >> 20][0]
        street, unit = value >> 10 & 1023, value & 1023
        if unit:
            return f"{county}{street:03}{unit:03}"
        return f"{county}{street:03}" if street else county


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


def inside(codes: Iterable[str], region: str) -> tuple[str, ...]:
    """Those of `codes` that lie in the division `region`."""
    start = stem(region)
    return tuple(code for code in codes if code.startswith(start))


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
