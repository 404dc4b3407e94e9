"""The words of page headers: page_header.toml, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Lists of words as in page_header.toml, longest first, and the fold of traditional characters to simplified."""

    columns: tuple[str, ...]
    credits: tuple[str, ...]
    registers: tuple[str, ...]
    never: tuple[str, ...]
    terms: tuple[str, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    simplified: dict[int, str]


@cache
def words() -> HeaderWords:
    """The words; the names of months and weekdays are in their own order."""
    data = tomllib.loads(Path(__file__).with_name("page_header.toml").read_text("utf-8"))
    lists = {name: tuple(sorted(set(text.split()), key=len, reverse=True)) for name, text in data.items()}
    lists |= {name: tuple(data[name].split()) for name in ("months", "weekdays")}
    pairs = data["traditional"]
    del lists["traditional"]
    return HeaderWords(**lists, simplified=dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True)))
